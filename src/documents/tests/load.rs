//! What the loader says of scenarios that are wrong.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use serde_json::{Value, json};
use trapwise_documents::scenario::{Facts, load_scenario, load_variant};

const SMALL: &str = include_str!("data/small.json");

/// What is said of the small scenario when the value at `pointer` is another.
fn said(pointer: &str, value: Value) -> Vec<String> {
    let mut scenario: Value = serde_json::from_str(SMALL).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match scenario.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")) {
        Value::Object(fields) => drop(fields.insert(key.to_owned(), value)),
        Value::Array(items) => match items.get_mut(key.parse::<usize>().unwrap()) {
            Some(item) => *item = value,
            None => items.push(value),
        },
        other => panic!("{other} has no parts"),
    }
    let facts = Facts { schema_version: 1, facts: Vec::new() };
    let loaded = load_scenario("s", &scenario.to_string(), Some(&facts));
    let told: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|one| {
            let help = one.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
            format!("{} [{}] {}{help}", one.pointer, one.code, one.message)
        })
        .collect();
    assert_eq!(loaded.document.is_none(), loaded.diagnostics.iter().any(|one| one.is_error()));
    told
}

/// What is said when the check asks something else, in an `any` over task definitions bound as `td`.
fn said_of(condition: Value) -> Vec<String> {
    let prefix = "/checks/0/when/any/hold";
    said(prefix, condition)
        .into_iter()
        .map(|line| line.replacen(prefix, "", 1))
        .filter(|line| !line.contains("unused-name"))
        .collect()
}

fn attr(prop: &str, is: Value) -> Vec<String> {
    said_of(json!({ "attr": { "of": "$td", "prop": prop, "is": is } }))
}

#[test]
fn the_small_scenario_is_sound() {
    let loaded = load_scenario("s", SMALL, None);
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(loaded.document.unwrap().id, "small");
}

#[test]
fn names_have_to_name_something() {
    assert_eq!(
        said("/checks/0/requirement", json!("reed")),
        [
            "/checks/0/requirement [unknown-requirement] there is no requirement `reed`; did you mean `read`?",
            "/requirements/0/id [unchecked-requirement] no check belongs to the requirement `read`",
        ]
    );
    assert_eq!(
        said("/hints/0/requirement", json!("x")),
        ["/hints/0/requirement [unknown-requirement] there is no requirement `x`; known are `read`"]
    );
    assert_eq!(
        said("/locks/0/component", json!("file")),
        [
            "/locks/0/component [unknown-component] `file` is not on the board at the start; did you mean `files`?"
        ]
    );
    assert_eq!(
        said("/locks/1/except", json!(["retentionInDay"])),
        [
            "/locks/1/except [unknown-property] Log group has no property `retentionInDay`; did you mean `retentionInDays`?"
        ]
    );
    assert_eq!(
        said("/lockedLinks", json!(["l9"])),
        ["/lockedLinks [unknown-link] the link `l9` is not on the board at the start"]
    );
    assert_eq!(said("/facts", json!(["tip"])), ["/facts/0 [unknown-fact] there is no fact `tip`"]);
    assert_eq!(
        said("/keywords/0/phrase", json!("read files")),
        ["/keywords/0/phrase [unknown-phrase] this phrase is not in the brief"]
    );
    assert_eq!(
        said("/teaches/0", json!({ "text": "x", "component": { "kind": "iam-role" }, "reset": "trusts" })),
        [
            "/teaches/0/reset [unknown-property] nothing selected here has a property `trusts`; did you mean `trust`?"
        ]
    );
}

#[test]
fn documents_have_to_add_up() {
    assert_eq!(
        said("/checks/0/points", json!(90)),
        ["/checks [wrong-sum] the points of the checks sum to 90, not to 100"]
    );
    assert_eq!(
        said("/checks/0/required", json!(false)),
        ["/checks [contradiction] no check is required, so any board would pass"]
    );
    assert_eq!(
        said("/maxComponents", json!(1)),
        ["/maxComponents [contradiction] 2 components are given, but the board holds 1"]
    );
    assert_eq!(
        said("/palette/3", json!({ "kind": "iam-role" })),
        [
            "/palette/3 [duplicate-id] the palette already has `iam-role` without a preset; give each a `preset` of its own"
        ]
    );
    assert_eq!(
        said("/requirements/1", json!({ "id": "read", "text": "Again." })),
        ["/requirements/1/id [duplicate-id] there is already a requirement `read`"]
    );
    assert_eq!(
        said("/question/options/1/correct", json!(true)),
        [
            "/question/options [contradiction] every option is correct",
            "/question/options/1/variant [contradiction] a correct option has no variant; a reference builds it",
        ]
    );
    assert_eq!(
        said("/question/options/1", json!({ "id": "b", "text": "x", "why": "y" })),
        [
            "/question/options/1 [missing-field] the wrong option `b` names no variant; name the variant that builds it, so that a learner can see it fail"
        ]
    );
}

#[test]
fn the_start_has_to_be_sound() {
    assert_eq!(
        said("/start/links", json!([{ "id": "l", "kind": "grants", "from": "files", "to": "filez" }])),
        ["/start/links/0/to [unknown-component] there is no component `filez`; did you mean `files`?"]
    );
}

#[test]
fn words_have_their_form() {
    assert_eq!(
        said("/verifiedOn", json!("2026-02-30")),
        ["/verifiedOn [bad-text] `2026-02-30` is not a date as `YYYY-MM-DD`"]
    );
    assert_eq!(
        said("/sources/0/url", json!("http://a.b")),
        ["/sources/0/url [bad-text] `http://a.b` is not an address that starts with `https://`"]
    );
    assert_eq!(
        said("/debrief", json!("so <b>bold</b>")),
        ["/debrief [raw-html] raw HTML is not allowed: `<b>`; write Markdown; put literal text in backticks"]
    );
    assert_eq!(
        said("/needs", json!(["prodution"])),
        ["/needs/0 [unknown-value] unknown need `prodution`; did you mean `production`?"]
    );
}

#[test]
fn conditions_know_what_is_bound() {
    let grants = |role: &str| {
        said_of(
            json!({ "roleGrants": { "role": role, "action": "s3:GetObject", "on": { "preset": "files" } } }),
        )
    };
    assert_eq!(grants("$t"), ["/roleGrants/role [unbound-name] `$t` is not bound; bound here are `$td`"]);
    assert_eq!(
        grants("$td"),
        ["/roleGrants/role [meaningless] this is asked of `iam-role`, never of `task-definition`"]
    );
    let again = json!({ "all": { "select": { "kind": "iam-role" }, "bind": "td", "onEmpty": "pass", "hold":
        { "attr": { "of": "$td", "prop": "trust", "is": { "exists": true } } } } });
    assert_eq!(
        said_of(again),
        ["/all/bind [shadowed-name] `td` is already bound around this; use another name"]
    );
    assert_eq!(
        said("/checks/0/when", json!({ "canPullImage": { "of": "$td" } })),
        [
            "/checks/0/when/canPullImage/of [unbound-name] `$td` is not bound; nothing is bound here; only `hold` knows names"
        ]
    );
}

#[test]
fn conditions_know_properties() {
    assert_eq!(
        attr("cpus", json!({ "eq": 1 })),
        ["/attr/prop [unknown-property] `task-definition` has no property `cpus`; did you mean `cpu`?"]
    );
    assert_eq!(attr("@zones", json!({ "ge": 2 })).len(), 1);
    assert_eq!(attr("containers.gpu", json!({ "ge": 1 })), [""; 0]);
    assert_eq!(attr("containers.gpus", json!({ "ge": 1 })).len(), 1);
    assert_eq!(attr("containers.app.gpu", json!({ "ge": 1 })), [""; 0]);
    assert_eq!(attr("containers.app.gpus", json!({ "ge": 1 })).len(), 1);
    assert_eq!(
        attr("networkMode", json!({ "eq": "aws-vpc" })),
        ["/attr/is/eq [unknown-value] `networkMode` is never `aws-vpc`; did you mean `awsvpc`?"]
    );
    assert_eq!(
        attr("cpu", json!({ "eq": "256" })),
        ["/attr/is/eq [wrong-type] `cpu` is a whole number, never text"]
    );
    assert_eq!(
        attr("cpu", json!({ "in": [256, 64] })),
        ["/attr/is/in/1 [out-of-range] `cpu` is never 64: it is from 128 to 196608"]
    );
    assert_eq!(
        attr("networkMode", json!({ "ge": 5 })),
        ["/attr/is/ge [wrong-type] `networkMode` is no number"]
    );
    assert_eq!(attr("cpu", json!({ "contains": 256 })), ["/attr/is/contains [wrong-type] `cpu` is no list"]);
    assert_eq!(
        attr("cpu", json!({ "sameAs": { "of": "$role", "prop": "cpu" } })),
        ["/attr/is/sameAs/of [unbound-name] `$role` is not bound; bound here are `$td`"]
    );
    assert_eq!(
        attr(
            "memory",
            json!({ "lookup": { "table": "fargate-sizes", "key": { "of": "$td", "prop": "cpu" } } })
        ),
        [""; 0]
    );
}

#[test]
fn budgets_have_to_leave_room_for_the_best() {
    assert_eq!(
        said_of(json!({ "cost": { "leBestPercent": 90 } })),
        [
            "/cost/leBestPercent [contradiction] no reference can come to less than the best of them; 100 is as much as the best reference"
        ]
    );
    assert_eq!(said_of(json!({ "operations": { "le": 3, "leBestPercent": 100 } })), [""; 0]);
    assert_eq!(said_of(json!({ "cost": {} })).len(), 1, "a budget has a bound");
}

#[test]
fn contradictions_are_seen() {
    assert_eq!(
        attr("cpu", json!({ "ge": 512, "le": 256 })),
        ["/attr/is [contradiction] no number is at least 512 and at most 256"]
    );
    assert_eq!(
        attr("cpu", json!({ "between": [512, 256] })),
        [
            "/attr/is/between [contradiction] no number lies between 512 and 256; the smaller number comes first"
        ]
    );
    assert_eq!(
        attr("cpu", json!({ "gt": 196_608 })),
        ["/attr/is [contradiction] `cpu` is never 196609 or more: it is from 128 to 196608"]
    );
    assert_eq!(
        attr("cpu", json!({ "eq": 1024, "le": 512 })),
        ["/attr/is/eq [contradiction] 1024 does not lie in the range asked for"]
    );
    let count = json!({ "atLeast": { "count": 3, "select": { "preset": "web", "kind": "ecs-service" }, "bind": "s", "onEmpty": "fail", "hold":
        { "attr": { "of": "$s", "prop": "@tasks", "is": { "ge": 1 } } } } });
    assert_eq!(said_of(count), ["/atLeast/count [contradiction] the palette allows 2 of these, so never 3"]);
}

#[test]
fn links_have_to_join() {
    let connected = |from: Value, link: &str, to: Value| {
        said_of(json!({ "connected": { "from": from, "link": link, "to": to } }))
    };
    assert_eq!(
        connected(json!({ "kind": "iam-role" }), "role", json!("$td")),
        [
            "/connected/link [meaningless] `role` never leads from `iam-role` to `task-definition`; the other way round it does"
        ]
    );
    assert_eq!(
        connected(json!("$td"), "runs", json!({ "kind": "iam-role" })),
        [
            "/connected/link [meaningless] `runs` never leads from `task-definition` to `iam-role`; `role` does"
        ]
    );
    assert_eq!(
        connected(json!({ "preset": "webb" }), "runs", json!("$td")),
        ["/connected/from/preset [unknown-preset] no component has the preset `webb`; did you mean `web`?"]
    );
    assert_eq!(
        connected(json!({ "preset": "files", "kind": "iam-role" }), "grants", json!("$td")),
        ["/connected/from/preset [unknown-preset] `files` is a preset of `s3-bucket`, not of `iam-role`"]
    );
    assert_eq!(
        said_of(json!({ "within": { "of": "$td", "in": { "kind": "iam-role" } } })),
        ["/within [meaningless] `task-definition` never stands in `iam-role`"]
    );
    let action = json!({ "roleGrants": { "role": { "kind": "iam-role" }, "action": "sqs:SendMessage", "on": { "preset": "files" } } });
    assert_eq!(
        said_of(action),
        [
            "/roleGrants/action [meaningless] `sqs:SendMessage` is no action on `s3-bucket`; known are `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject`, `s3:ListBucket`"
        ]
    );
    assert_eq!(said_of(json!({ "within": { "of": "$td", "in": { "kind": "kms-key" } } })).len(), 2);
}

#[test]
fn mutated_scenarios_never_panic() {
    let mut state = 7_u64;
    for path in ["first-service", "three-tiers"] {
        let file = format!("{}/../../scenarios/{path}/scenario.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read(&file).unwrap();
        for _ in 0..400 {
            let mut text = text.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(state >> 33).unwrap() % text.len();
                match state % 4 {
                    0 => text[at] = text[at].wrapping_add(1),
                    1 => drop(text.remove(at)),
                    2 => text.swap(at, 0),
                    // Another letter or digit: still JSON, another meaning.
                    _ if text[at].is_ascii_alphanumeric() => text[at] ^= 1,
                    _ => {}
                }
            }
            let loaded = load_scenario("s", &String::from_utf8_lossy(&text), None);
            assert!(loaded.document.is_some() || !loaded.diagnostics.is_empty());
        }
    }
}

#[test]
fn variants_name_traps() {
    let said = |text: &str| -> Vec<_> {
        load_variant("v", text, Some(&["gpu-on-fargate"]))
            .diagnostics
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(
        said(
            r#"{ "reference": "reference", "title": "x", "edits": [], "fires": ["no-such-trap-at-all-here"], "failsChecks": [] }"#
        ),
        [
            "v:1:52: error[no-effect]: a variant without edits is the reference itself",
            "v:1:65: error[unknown-trap]: there is no trap `no-such-trap-at-all-here`",
        ]
    );
    assert_eq!(said(r#"{ "reference": "reference", "title": "x", "edits": [{ "del": "x" }], "fires": [], "failsChecks": [] }"#).len(), 1);
}

#[test]
fn versions_have_to_be_possible() {
    let choice =
        |is: Value, among: Value| json!({ "choices": [{ "is": is, "among": among, "under": ["port"] }] });
    assert_eq!(said("/varies", choice(json!(["web", 80]), json!([["api", 81]]))), [""; 0]);
    let uneven = "/varies/choices/0/among/1 [wrong-type] this is not as many of the same types as `is`";
    assert_eq!(said("/varies", choice(json!(["web"]), json!([["api"], ["a", "b"]]))), [uneven]);
    assert_eq!(said("/varies", choice(json!(["web"]), json!([["api"], [81]]))), [uneven]);
    assert_eq!(
        said("/varies", json!({ "choices": [{ "is": [80], "among": [[81]] }] })),
        ["/varies/choices/0/is [missing-field] name the fields in which the number is replaced; add `under`"]
    );
    assert_eq!(
        said(
            "/varies",
            json!({ "distractors": { "take": 1, "among": [{ "kind": "iam-role" }, { "kind": "vpc" }] } })
        ),
        ["/varies/distractors/among/1 [unknown-component] the palette has no such entry"]
    );
}

/// Where something is said to be wrong with the small scenario after some changes, and as what.
fn places(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut scenario: Value = serde_json::from_str(SMALL).unwrap();
    change(&mut scenario);
    let loaded = load_scenario("s", &scenario.to_string(), None);
    assert!(loaded.document.is_none());
    let mut said: Vec<_> =
        loaded.diagnostics.iter().map(|one| format!("{} {}", one.pointer, one.code)).collect();
    said.sort();
    said
}

#[test]
fn what_is_wrong_with_the_meaning_is_said_beside_what_is_wrong_with_the_form() {
    let said = places(|scenario| {
        scenario["minutes"] = json!("ten");
        scenario["checks"][0]["title"] = json!(7);
        scenario["checks"][0]["requirement"] = json!("nothing");
        scenario["checks"][0]["points"] = json!(90);
        scenario["keywords"][0]["phrase"] = json!("read files");
    });
    let wanted = [
        "/checks wrong-sum",
        "/checks/0/requirement unknown-requirement",
        "/checks/0/title wrong-type",
        "/keywords/0/phrase unknown-phrase",
        "/minutes wrong-type",
        "/requirements/0/id unchecked-requirement",
    ];
    assert_eq!(said, wanted);
}

#[test]
fn points_out_of_range_do_not_overflow() {
    let said = places(|scenario| {
        let first = scenario["checks"][0].clone();
        scenario["checks"].as_array_mut().unwrap().push(first);
        for check in scenario["checks"].as_array_mut().unwrap() {
            check["points"] = json!(4_294_967_295_u32);
        }
    });
    assert!(said.contains(&"/checks/0/points out-of-range".to_owned()), "{said:?}");
}

#[test]
fn deeply_nested_quantifiers_get_a_warning() {
    let nested = |depth: usize| {
        (0..depth).rev().fold(json!({ "attr": { "of": "$b0", "prop": "kind", "is": { "exists": true } } }), |hold, level| {
            json!({ "all": { "select": { "kind": "ecs-service" }, "bind": format!("b{level}"), "onEmpty": "fail", "hold": hold } })
        })
    };
    let warned = |depth: usize| {
        let said = places(|scenario| scenario["checks"][0]["when"] = nested(depth));
        said.into_iter().filter(|one| one.ends_with("nested-quantifiers")).collect::<Vec<_>>()
    };
    assert_eq!(warned(4), [""; 0]);
    assert_eq!(warned(6), ["/checks/0/when/all/hold/all/hold/all/hold/all/hold/all/bind nested-quantifiers"]);
}

#[test]
fn a_missing_field_hides_only_what_needs_it() {
    let said = places(|scenario| {
        let fields = scenario.as_object_mut().unwrap();
        fields.remove("minutes");
        fields.remove("brief");
        scenario["keywords"][0]["phrase"] = json!("read files");
        scenario["lockedLinks"] = json!(["l9"]);
        scenario["checks"][0]["when"]["any"]["hold"] =
            json!({ "attr": { "of": "$t", "prop": "cpu", "is": { "exists": true } } });
    });
    assert_eq!(
        said,
        [
            " missing-field",
            "/checks/0/when/any/bind unused-name",
            "/checks/0/when/any/hold/attr/of unbound-name",
            "/lockedLinks unknown-link",
        ]
    );
    // Which may be there, misspelt.
    let said = places(|scenario| {
        let requirements = scenario.as_object_mut().unwrap().remove("requirements").unwrap();
        scenario["requirement"] = requirements;
        scenario["facts"] = json!(["a", "a"]);
    });
    assert_eq!(said, [" missing-field", "/facts/1 duplicate-id", "/requirement unknown-field"]);
}

#[test]
fn a_malformed_part_hides_only_what_names_it() {
    let said = places(|scenario| {
        scenario["start"]["components"][0]["props"] = json!({ "no-such": 1 });
        scenario["start"]["links"] = json!([{ "id": "l", "kind": "grants", "from": "files", "to": "filez" }]);
        scenario["palette"][0]["label"] = json!(1);
        scenario["teaches"][0]["link"]["from"]["preset"] = json!("nobody");
    });
    assert_eq!(
        said,
        [
            "/palette/0/label wrong-type",
            "/start/components/0/props/no-such unknown-property",
            "/start/links/0/to unknown-component",
            "/teaches/0/link/from/preset unknown-preset",
        ]
    );
    // Nobody knows what the part without an id was to be called, nor what has that preset.
    let said = places(|scenario| {
        scenario["start"]["components"][0]["id"] = json!("No Id");
        scenario["palette"][0]["kind"] = json!("ecs-servise");
    });
    assert_eq!(said, ["/palette/0/kind unknown-value", "/start/components/0/id bad-text"]);
}

/// Every place of a document.
fn every_place(json: &Value, place: &str, into: &mut Vec<String>) {
    into.push(place.to_owned());
    match json {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| every_place(value, &format!("{place}/{key}"), into));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| every_place(item, &format!("{place}/{index}"), into));
        }
        _ => {}
    }
}

#[test]
fn a_wrong_form_has_no_consequences() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios");
    let read = |id: &str| std::fs::read_to_string(format!("{folder}/{id}/scenario.json")).unwrap();
    for text in [SMALL.to_owned(), read("first-service"), read("three-tiers")] {
        let scenario: Value = serde_json::from_str(&text).unwrap();
        let mut all = Vec::new();
        every_place(&scenario, "", &mut all);
        for place in all {
            for (wrong, codes) in
                [(Value::Null, ["wrong-type"; 2]), (json!("\u{7}"), ["bad-text", "unknown-value"])]
            {
                let mut scenario = scenario.clone();
                *scenario.pointer_mut(&place).unwrap() = wrong;
                let said = load_scenario("s", &scenario.to_string(), None).diagnostics;
                let consequence = said.iter().find(|one| one.pointer != place);
                // Some text may be anything.
                if said.iter().any(|one| one.pointer == place && codes.contains(&&*one.code)) {
                    assert_eq!(consequence, None, "{place}");
                }
            }
        }
    }
}

#[test]
fn what_is_wrong_with_one_branch_hides_nothing_of_another() {
    let said = places(|scenario| {
        let first = scenario["checks"][0]["when"].clone();
        let unbound = json!({ "attr": { "of": "$x", "prop": "cpu", "is": { "exists": true } } });
        scenario["checks"][0]["when"] = json!({ "allOf": [first, { "connect": {} }, { "not": unbound }] });
    });
    assert_eq!(
        said,
        ["/checks/0/when/allOf/1/connect unknown-field", "/checks/0/when/allOf/2/not/attr/of unbound-name"]
    );
}

#[test]
fn two_faults_of_one_part_are_said_together() {
    let said = places(|scenario| {
        scenario["start"]["components"][0]["props"] = json!({ "no-such": 1 });
        scenario["start"]["components"][0]["in"] = json!(["nowhere", "nothing"]);
        scenario["start"]["links"] =
            json!([{ "id": "L", "kind": "grants", "from": "here", "to": "there", "props": 1 }]);
    });
    assert_eq!(
        said,
        [
            "/start/components/0/in unknown-component",
            "/start/components/0/in unknown-component",
            "/start/components/0/props/no-such unknown-property",
            "/start/links/0/from unknown-component",
            "/start/links/0/id bad-text",
            "/start/links/0/props wrong-type",
            "/start/links/0/to unknown-component",
        ]
    );
}

#[test]
fn what_may_only_follow_from_a_wrong_form_is_not_said() {
    let mut scenario: Value = serde_json::from_str(SMALL).unwrap();
    scenario["requirements"][0]["id"] = json!("Not An Id");
    let loaded = load_scenario("s", &scenario.to_string(), None);
    let wrong: Vec<_> = loaded.diagnostics.iter().filter(|one| one.is_error()).collect();
    assert!(wrong.iter().all(|one| one.pointer.starts_with("/requirements/0")), "{wrong:?}");
}

#[test]
fn given_components_in_themselves_are_refused() {
    let with = |more: Value| {
        let scenario: Value = serde_json::from_str(SMALL).unwrap();
        let mut components = scenario["start"]["components"].clone();
        components.as_array_mut().unwrap().extend(more.as_array().unwrap().clone());
        said("/start/components", components)
    };
    let subnet = |id: &str, place: &str| json!({ "id": id, "kind": "subnet", "preset": "x", "in": [place] });
    assert_eq!(
        with(json!([subnet("a", "a")])),
        ["/start/components/2/in [contains-itself] `a` is in itself"]
    );
    assert_eq!(
        with(json!([subnet("a", "b"), subnet("b", "a")])),
        [
            "/start/components/2/in [contains-itself] `a` is in `b`, which is in `a`",
            "/start/components/3/in [contains-itself] `b` is in `a`, which is in `b`",
        ]
    );
}

/// Where the time grows with the square of the number, this does not end.
#[test]
fn very_many_items_and_fields_are_refused() {
    const MANY: usize = 8_000;
    let mut scenario: Value = serde_json::from_str(SMALL).unwrap();
    let names = || (0..MANY).rev().map(|at| format!("component-{at:05}"));
    let list = |item: &dyn Fn(String) -> Value| Value::from(names().map(item).collect::<Vec<_>>());
    scenario["requirements"] = list(&|id| json!({ "id": id, "text": "x" }));
    scenario["hints"] = list(&|id| json!({ "requirement": format!("{id}-x"), "stages": ["x"] }));
    scenario["locks"] = list(&|id| json!({ "component": format!("{id}-x") }));
    scenario["lockedLinks"] = list(&|id| json!(format!("{id}-x")));
    scenario["palette"] = list(&|id| json!({ "kind": "iam-role", "preset": id }));
    scenario["start"]["components"] = list(&|id| json!({ "id": id, "kind": "iam-role", "preset": id }));
    let selects: Vec<_> = (0..MANY)
        .map(|at| {
            json!({ "survives": { "zoneLoss": 1, "of": { "kind": "iam-role", "preset": format!("p-{at}") } } })
        })
        .collect();
    scenario["checks"][0]["when"] = json!({ "allOf": selects });
    for name in names() {
        scenario[name] = json!(1);
    }
    let loaded = load_scenario("s", &scenario.to_string(), None);
    assert!(loaded.document.is_none());
    assert_eq!(loaded.diagnostics.len(), 101);
    // The same without what is wrong with its form.
    let fields = scenario.as_object_mut().unwrap();
    fields.retain(|name, _| !name.starts_with("component-"));
    for name in ["requirements", "hints", "palette"] {
        fields[name].as_array_mut().unwrap().truncate(50);
    }
    fields["locks"].as_array_mut().unwrap().truncate(1_000);
    fields["start"]["components"].as_array_mut().unwrap().truncate(5_000);
    let loaded = load_scenario("s", &scenario.to_string(), None);
    assert!(loaded.document.is_none());
    assert_eq!(loaded.diagnostics.len(), 101);
}
