//! Every row of the truth tables, with leaves whose status is known.

use trapwise_engine::report::Status::{self, Fail, NotApplicable, Pass, Unknown};
use trapwise_model::Design;

use crate::{design, status};

const STATUSES: [Status; 4] = [Pass, Fail, Unknown, NotApplicable];

fn board() -> Design {
    design(
        "
        task: task-definition networkMode=awsvpc
        role-a: iam-role
        role-b: iam-role
        role-c: iam-role",
    )
}

/// A condition with that status on the board: `cpu` has no default, and there is no VPC.
fn with(status: Status) -> &'static str {
    match status {
        Pass => r#"{"attr":{"of":{"kind":"task-definition"},"prop":"networkMode","is":{"eq":"awsvpc"}}}"#,
        Fail => r#"{"attr":{"of":{"kind":"task-definition"},"prop":"networkMode","is":{"eq":"host"}}}"#,
        Unknown => r#"{"attr":{"of":{"kind":"task-definition"},"prop":"cpu","is":{"eq":256}}}"#,
        NotApplicable => {
            r#"{"all":{"select":{"kind":"vpc"},"bind":"v","onEmpty":"not-applicable","hold":{"allOf":[]}}}"#
        }
    }
}

#[test]
fn leaves_have_the_status_they_stand_for() {
    for wanted in STATUSES {
        assert_eq!(status(&board(), with(wanted)), wanted);
    }
}

/// Kleene's table, with what is not applicable left out.
fn table(a: Status, b: Status, strongest: [Status; 3]) -> Status {
    strongest.into_iter().find(|status| a == *status || b == *status).unwrap_or(NotApplicable)
}

#[test]
fn all_of_and_any_of() {
    let board = board();
    for a in STATUSES {
        for b in STATUSES {
            let pair = format!("[{},{}]", with(a), with(b));
            let all = status(&board, &format!(r#"{{"allOf":{pair}}}"#));
            assert_eq!(all, table(a, b, [Fail, Unknown, Pass]), "{a:?} and {b:?}");
            let any = status(&board, &format!(r#"{{"anyOf":{pair}}}"#));
            assert_eq!(any, table(a, b, [Pass, Unknown, Fail]), "{a:?} or {b:?}");
        }
    }
    assert_eq!(status(&board, r#"{"allOf":[]}"#), NotApplicable);
    assert_eq!(status(&board, r#"{"anyOf":[]}"#), NotApplicable);
}

#[test]
fn not_swaps_pass_and_fail_only() {
    for (inner, wanted) in [(Pass, Fail), (Fail, Pass), (Unknown, Unknown), (NotApplicable, NotApplicable)] {
        assert_eq!(status(&board(), &format!(r#"{{"not":{}}}"#, with(inner))), wanted, "{inner:?}");
    }
}

#[test]
fn if_then() {
    for condition in STATUSES {
        for then in STATUSES {
            let wanted = match condition {
                Pass => then,
                Unknown => Unknown,
                Fail | NotApplicable => NotApplicable,
            };
            let rule = format!(r#"{{"if":{},"then":{}}}"#, with(condition), with(then));
            assert_eq!(status(&board(), &rule), wanted, "if {condition:?} then {then:?}");
        }
    }
}

/// Three roles whose `trust` decides: `a` passes, `f` fails, `u` is unknown, `n` does not apply.
fn mixed(statuses: &str) -> (Design, String) {
    let lines = statuses.char_indices().map(|(index, letter)| match letter {
        'p' => format!("t{index}: task-definition(p) cpu=256\n"),
        'f' => format!("t{index}: task-definition(p) cpu=512\n"),
        'u' => format!("t{index}: task-definition(p)\n"),
        _ => format!("t{index}: task-definition(p) networkMode=none\n"),
    });
    let hold = r#"{"if":{"attr":{"of":"$t","prop":"networkMode","is":{"ne":"none"}}},
        "then":{"attr":{"of":"$t","prop":"cpu","is":{"eq":256}}}}"#;
    (design(&lines.collect::<String>()), hold.to_owned())
}

fn quantified(name: &str, count: Option<u32>, statuses: &str) -> Status {
    let (board, hold) = mixed(statuses);
    let count = count.map_or(String::new(), |count| format!(r#""count":{count},"#));
    let select = r#""select":{"preset":"p"},"bind":"t","onEmpty":"fail""#;
    status(&board, &format!(r#"{{"{name}":{{{count}{select},"hold":{hold}}}}}"#))
}

#[test]
fn all_any_none() {
    for (statuses, all, any) in [
        ("pp", Pass, Pass),
        ("pf", Fail, Pass),
        ("ff", Fail, Fail),
        ("pu", Unknown, Pass),
        ("fu", Fail, Unknown),
        ("uu", Unknown, Unknown),
        ("pn", Pass, Pass),
        ("fn", Fail, Fail),
        ("un", Unknown, Unknown),
        ("nn", NotApplicable, NotApplicable),
    ] {
        assert_eq!(quantified("all", None, statuses), all, "all of {statuses}");
        assert_eq!(quantified("any", None, statuses), any, "any of {statuses}");
        let none = match any {
            Pass => Fail,
            Fail => Pass,
            other => other,
        };
        assert_eq!(quantified("none", None, statuses), none, "none of {statuses}");
    }
}

#[test]
fn counts() {
    for (statuses, exactly_one, at_least_one, at_most_one) in [
        ("p", Pass, Pass, Pass),
        ("f", Fail, Fail, Pass),
        ("u", Unknown, Unknown, Pass),
        ("n", NotApplicable, NotApplicable, NotApplicable),
        ("pp", Fail, Pass, Fail),
        ("pu", Unknown, Pass, Unknown),
        ("ppu", Fail, Pass, Fail),
        ("uu", Unknown, Unknown, Unknown),
        ("fu", Unknown, Unknown, Pass),
        ("pfn", Pass, Pass, Pass),
        ("ff", Fail, Fail, Pass),
    ] {
        assert_eq!(quantified("exactly", Some(1), statuses), exactly_one, "exactly 1 of {statuses}");
        assert_eq!(quantified("atLeast", Some(1), statuses), at_least_one, "at least 1 of {statuses}");
        assert_eq!(quantified("atMost", Some(1), statuses), at_most_one, "at most 1 of {statuses}");
    }
}

#[test]
fn nothing_selected_is_what_on_empty_says() {
    let board = board();
    for name in ["all", "any", "none", "exactly", "atLeast", "atMost"] {
        for (rule, wanted) in [("pass", Pass), ("fail", Fail), ("not-applicable", NotApplicable)] {
            let count = if ["all", "any", "none"].contains(&name) { "" } else { r#""count":0,"# };
            let json = format!(
                r#"{{"{name}":{{{count}"select":{{"kind":"vpc"}},"bind":"v","onEmpty":"{rule}",
                "hold":{{"attr":{{"of":"$v","prop":"enableDnsSupport","is":{{"eq":true}}}}}}}}}}"#
            );
            assert_eq!(status(&board, &json), wanted, "{name} {rule}");
        }
    }
}
