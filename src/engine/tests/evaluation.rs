//! From a design to its report: points, penalties, fixes, words.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use serde_json::{Value as Json, json};
use trapwise_engine::report::{CheckReport, Report, Status, Witness};
use trapwise_engine::scenario::Scenario;
use trapwise_engine::score::Score;
use trapwise_engine::terms::{Domain, Need, Severity};
use trapwise_engine::texts::{Texts, parse};
use trapwise_engine::{evaluate, evaluate_free};
use trapwise_model::diagnostic::Collector;
use trapwise_model::read::read_text;
use trapwise_model::shape::Shaped;
use trapwise_model::{Design, fixture};

fn check(domain: Domain, points: u32, required: bool, status: Status) -> CheckReport {
    CheckReport {
        id: "c".to_owned(),
        title: "c".to_owned(),
        requirement: "r".to_owned(),
        domain,
        required,
        status,
        points: if status == Status::Pass { points } else { 0 },
        possible: if status == Status::NotApplicable { 0 } else { points },
        witness: Witness::default(),
    }
}

#[test]
fn percent_is_what_is_left_of_what_is_possible_rounded_down() {
    use Domain::{CostOptimised, Resilient, Secure};
    use Status::{Fail, NotApplicable, Pass, Unknown};
    let checks = [
        check(Secure, 30, true, Pass),
        check(Secure, 10, false, Fail),
        check(Resilient, 20, false, Unknown),
        check(Resilient, 7, false, NotApplicable),
    ];
    let score = Score::of(&checks, &[]);
    assert_eq!((score.earned, score.possible, score.percent, score.scaled), (30, 60, 50, 550));
    assert!(score.passed, "what is not required may fail");
    let domains: Vec<_> = score.domains.iter().map(|one| (one.id, one.earned, one.possible)).collect();
    assert_eq!(domains, [(Secure, 30, 40), (Resilient, 0, 20)]);

    let minor = Score::of(&checks, &[(Severity::Minor, Secure)]);
    assert_eq!((minor.percent, minor.domains[0].earned, minor.passed), (45, 27, true));
    let nowhere = Score::of(&checks, &[(Severity::Minor, CostOptimised)]);
    assert_eq!((nowhere.percent, nowhere.domains.len()), (45, 2), "no points in its domain");
    let empty = Score::of(&checks, &[(Severity::Major, Resilient)]);
    assert_eq!((empty.percent, empty.domains[1].earned), (36, 0), "22 of 60, and no domain below 0");
    let critical = Score::of(&checks, &[(Severity::Critical, Secure); 3]);
    assert_eq!((critical.percent, critical.scaled, critical.passed), (0, 100, false));
}

#[test]
fn every_required_check_has_to_pass_or_not_to_apply() {
    use Status::{Fail, NotApplicable, Pass, Unknown};
    for (status, passed) in [(Pass, true), (NotApplicable, true), (Fail, false), (Unknown, false)] {
        let checks = [check(Domain::Secure, 10, true, Pass), check(Domain::Secure, 10, true, status)];
        assert_eq!(Score::of(&checks, &[]).passed, passed, "{status:?}");
    }
    let nothing = Score::of(&[check(Domain::Secure, 10, false, NotApplicable)], &[]);
    assert_eq!((nothing.percent, nothing.scaled), (0, 100));
}

#[test]
fn a_free_design_loses_its_penalties() {
    let score = Score::free(&[(Severity::Major, Domain::Secure), (Severity::Minor, Domain::Secure)]);
    assert_eq!((score.percent, score.passed, score.domains.len()), (89, true, 0));
    assert!(!Score::free(&[(Severity::Critical, Domain::Secure)]).passed);
}

/// A service without scaling, and a task that names a size Fargate does not offer.
const BOARD: &str = "
    vpc: vpc
      app-a: subnet
        web: ecs-service(web) launchType=FARGATE desiredCount=2 + app-b
      app-b: subnet availabilityZone=b
    task: task-definition(web) networkMode=awsvpc cpu=256 memory=4096
    web -> task: runs";

fn board() -> Design {
    fixture::parse(BOARD).unwrap().design
}

fn scenario(changes: Json) -> Scenario {
    let attr = |id: &str, requirement: &str, prop: &str, is: Json| {
        json!({ "id": id, "title": id, "requirement": requirement, "points": 50, "required": true,
            "when": { "attr": { "of": { "kind": "ecs-service", "preset": "web" }, "prop": prop, "is": is } } })
    };
    let mut scenario = json!({
        "schemaVersion": 1, "id": "s", "title": "S", "summary": "s", "order": 1, "exams": ["SAA-C03"],
        "domain": "resilient", "difficulty": "introductory", "minutes": 5, "brief": "b",
        "requirements": [{ "id": "zones", "text": "z" }, { "id": "tasks", "text": "t" }, { "id": "x", "text": "x" }],
        "keywords": [], "palette": [], "teaches": [], "hints": [], "debrief": "d", "facts": [], "sources": [],
        "checks": [
            attr("two-zones", "zones", "@zones", json!({ "ge": 2 })),
            attr("three-tasks", "tasks", "desiredCount", json!({ "ge": 3 })),
            attr("fargate", "tasks", "launchType", json!({ "eq": "FARGATE" })),
        ],
        "question": { "prompt": "q", "options": [] }, "verifiedOn": "2026-11-22",
    });
    for (key, value) in changes.as_object().unwrap() {
        scenario[key] = value.clone();
    }
    read_text(&scenario.to_string()).unwrap()
}

#[test]
fn a_report_says_what_each_requirement_earned() {
    let report = evaluate(&scenario(json!({})), &board()).report(&Texts::new());
    let told: Vec<_> = report
        .requirements
        .iter()
        .map(|one| (one.id.as_str(), one.status, one.points, one.possible))
        .collect();
    assert_eq!(
        told,
        [
            ("zones", Status::Pass, 50, 50),
            ("tasks", Status::Fail, 50, 100),
            ("x", Status::NotApplicable, 0, 0),
        ]
    );
    let failed = &report.checks[1];
    assert_eq!(failed.witness.reason, "`desiredCount` of `web` is 2, not at least 3");
    assert_eq!(failed.witness.leaf, "/attr");
    assert_eq!((report.earned, report.possible, report.domains[0].id), (100, 150, Domain::Resilient));
}

fn keys(report: &Report, trap: &str) -> Vec<String> {
    let finding = report.findings.iter().find(|finding| finding.trap == trap).expect("found");
    finding.fixes.iter().map(|fix| fix.key.clone()).collect()
}

#[test]
fn fixes_that_the_scenario_forbids_are_dropped() {
    let elastic = |mut changes: Json| {
        changes["needs"] = json!(["elastic"]);
        evaluate(&scenario(changes), &board()).report(&Texts::new())
    };
    let free = elastic(json!({}));
    assert_eq!(keys(&free, "no-task-scaling"), ["add-policy"]);
    assert_eq!(keys(&free, "invalid-fargate-size"), ["nearest-size"]);

    let palette = elastic(json!({ "palette": [{ "kind": "ecs-service" }] }));
    assert_eq!(keys(&palette, "no-task-scaling"), [""; 0], "the palette has no scaling policy");
    let full = elastic(json!({ "maxComponents": 5 }));
    assert_eq!(keys(&full, "no-task-scaling"), [""; 0], "the board is full");
    let locked = elastic(json!({ "locks": [{ "component": "task" }] }));
    assert_eq!(keys(&locked, "invalid-fargate-size"), [""; 0], "the task definition is given");
    let open = elastic(json!({ "locks": [{ "component": "task", "except": ["cpu", "memory"] }] }));
    assert_eq!(keys(&open, "invalid-fargate-size"), ["nearest-size"]);
    assert_eq!(free.score, locked.score, "a fix that is not offered changes no score");
}

#[test]
fn needs_decide_what_is_found() {
    let found = |needs: &[Need]| {
        let report = evaluate_free(needs, &board()).report(&Texts::new());
        report.findings.iter().any(|finding| finding.trap == "no-task-scaling")
    };
    assert!(found(&[Need::Elastic]) && !found(&[]));
}

#[test]
fn the_words_come_from_the_texts_at_hand() {
    let evaluation = evaluate_free(&[], &board());
    let told = |texts: &Texts| {
        let report = evaluation.report(texts);
        let finding = report.findings.iter().find(|one| one.trap == "invalid-fargate-size").unwrap();
        (finding.title.clone(), finding.message.clone(), finding.fixes[0].title.clone())
    };
    let fallback = ("Invalid fargate size", "Invalid fargate size: `task`", "Nearest size");
    let (title, message, fix) = told(&Texts::new());
    assert_eq!((title.as_str(), message.as_str(), fix.as_str()), fallback);

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/traps/compute/invalid_fargate_size.md");
    let mut texts = Texts::new();
    let text = parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    texts.insert("invalid-fargate-size", text.clone());
    let (title, message, fix) = told(&texts);
    assert_eq!(title, text.title);
    assert!(message.contains("`task`") && !message.contains('{'), "{message}");
    assert!(!fix.is_empty() && !fix.contains('{'), "{fix}");
}

#[test]
fn a_report_is_the_same_byte_for_byte_and_keeps_its_contract() {
    let scenario = scenario(json!({ "needs": ["elastic", "survives-zone-loss"] }));
    let write =
        |design: &Design| serde_json::to_string(&evaluate(&scenario, design).report(&Texts::new())).unwrap();
    let text = write(&board());
    assert_eq!(text, write(&board()));

    let mut at = Collector::default();
    Report::shape().check(&serde_json::from_str(&text).unwrap(), &mut at);
    assert_eq!(at.into_problems().0, []);

    let back: Report = serde_json::from_str(&text).unwrap();
    assert_eq!(
        back,
        evaluate(&scenario, &board()).report(&Texts::new()),
        "it crosses to another program whole"
    );
    assert_eq!(serde_json::to_string(&back).unwrap(), text);

    let json: Json = serde_json::from_str(&text).unwrap();
    assert_eq!((&json["schemaVersion"], &json["scenario"]), (&json!(1), &json!("s")));
    for key in ["passed", "score", "scaled", "domains", "checks", "findings"] {
        assert!(!json[key].is_null(), "{key}");
    }
    for key in ["id", "status", "points", "possible", "witness"] {
        assert!(!json["checks"][0][key].is_null(), "checks.{key}");
    }
    for key in ["trap", "severity", "components", "links", "message", "key", "args", "evidence", "fixes"] {
        assert!(!json["findings"][0][key].is_null(), "findings.{key}");
    }
}
