//! What learners read, pinned: for every design of the content, the checks, findings and points that the
//! engine reports. A change in them shows up in the diff of `tests/golden/` and is reviewed there.
//!
//! `cargo insta review` accepts a change, and so does a test run with `INSTA_UPDATE=always`.

#![allow(clippy::disallowed_types, reason = "tests are not downloaded")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use trapwise_documents::design::load_design;
use trapwise_documents::message::Ids;
use trapwise_engine::evaluate::{Evaluation, estimate};
use trapwise_engine::report::{CheckReport, FindingReport, Report, Status, StepReport};
use trapwise_engine::scenario::Scenario;
use trapwise_engine::terms::Need;
use trapwise_engine::texts::{self, Texts};
use trapwise_engine::trap::Finding;
use trapwise_engine::traps::TRAPS;
use trapwise_engine::{evaluate, evaluate_free};
use trapwise_model::Design;

use crate::library::{LIBRARY, stem, text};

#[test]
fn what_every_scenario_reports() {
    let texts = texts::embedded();
    for content in LIBRARY.iter() {
        let scenario = &content.scenario;
        let mut golden = String::new();
        for (name, design) in content.designs() {
            let evaluation = evaluate(scenario, &design);
            write_evaluation(&mut golden, &name, &evaluation, Some(scenario), &design, &texts);
        }
        assert_golden("scenarios", &scenario.id, &golden);
    }
}

#[test]
fn what_every_public_case_reports() {
    let texts = texts::embedded();
    let folder = root().join("tests/cases");
    let needs: BTreeMap<String, Vec<String>> =
        serde_json::from_str(&text(&folder.join("needs.json"))).expect("a list of needs for each case");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| {
        path.extension().is_some_and(|extension| extension == "json") && stem(path) != "needs"
    });
    cases.sort();
    assert!(cases.len() > 60, "only {} cases", cases.len());
    let unknown: Vec<_> =
        needs.keys().filter(|case| !cases.iter().any(|path| stem(path) == **case)).collect();
    assert!(unknown.is_empty(), "needs.json names what is no case: {unknown:?}");
    let mut golden = String::new();
    for path in &cases {
        let name = stem(path);
        let design = load_design(&name, &text(path)).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        let given = needs.get(&name).map_or(&[][..], Vec::as_slice);
        let needs: Vec<Need> = given.iter().map(|need| Need::from_name(need).expect("a need")).collect();
        let title = if given.is_empty() { name } else { format!("{name}, needs {}", given.join(", ")) };
        let evaluation = evaluate_free(&needs, &design);
        write_evaluation(&mut golden, &title, &evaluation, None, &design, &texts);
    }
    assert_golden(".", "cases", &golden);
}

#[test]
fn what_every_trap_says() {
    let texts = texts::embedded();
    let mut golden = String::new();
    for trap in TRAPS {
        let text = texts.get(trap.id).expect("every trap has its text");
        writeln!(
            golden,
            "{} ({}, {}, {})",
            trap.id,
            trap.area.name(),
            trap.severity.name(),
            trap.domain.name()
        )
        .unwrap();
        writeln!(golden, "  title: {}", text.title).unwrap();
        writeln!(golden, "  message: {}", text.message).unwrap();
        for (key, title) in text.fixes.iter() {
            writeln!(golden, "  fix {key}: {title}").unwrap();
        }
        if let Some(mnemonic) = &text.mnemonic {
            writeln!(golden, "  mnemonic: {mnemonic}").unwrap();
        }
        writeln!(golden, "  facts: {}", trap.facts.join(", ")).unwrap();
    }
    assert_golden(".", "traps", &golden);
}

fn assert_golden(folder: &str, name: &str, golden: &str) {
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(root().join("tests/golden").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, golden));
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn write_evaluation(
    to: &mut String,
    name: &str,
    evaluation: &Evaluation,
    scenario: Option<&Scenario>,
    design: &Design,
    texts: &Texts,
) {
    let report = evaluation.report(texts);
    let verdict = if report.passed { "passed" } else { "not passed" };
    let Report { score, earned, possible, penalty, .. } = &report;
    writeln!(
        to,
        "\n=== {name}: {verdict}, {score} percent, {earned} of {possible} points, penalty {penalty}"
    )
    .unwrap();
    for domain in &report.domains {
        writeln!(to, "domain {}: {} of {}", domain.id.name(), domain.earned, domain.possible).unwrap();
    }
    for requirement in &report.requirements {
        let status = status(requirement.status);
        writeln!(
            to,
            "requirement {}: {status}, {} of {}",
            requirement.id, requirement.points, requirement.possible
        )
        .unwrap();
    }
    report.checks.iter().for_each(|check| write_check(to, check));
    for (finding, said) in evaluation.findings.iter().zip(&report.findings) {
        write_finding(to, finding, said, texts);
    }
    let estimate = estimate(scenario, design);
    writeln!(to, "estimate: {} cents a month, operations {}", estimate.monthly_cents, estimate.operations)
        .unwrap();
}

fn write_check(to: &mut String, check: &CheckReport) {
    let required = if check.required { ", required" } else { "" };
    let CheckReport { id, points, possible, witness, .. } = check;
    writeln!(to, "check {id}: {}, {points} of {possible}{required}", status(check.status)).unwrap();
    if check.status == Status::Pass {
        return;
    }
    let bound: Vec<_> = witness.bound.iter().map(|(name, id)| format!("{name}={id}")).collect();
    writeln!(to, "  at {} with {}", witness.leaf, bound.join(" ")).unwrap();
    writeln!(to, "  {}", witness.reason).unwrap();
    witness.path.iter().for_each(|step| write_step(to, step));
}

fn write_finding(to: &mut String, found: &Finding, finding: &FindingReport, texts: &Texts) {
    let FindingReport { trap, severity, penalty, .. } = finding;
    writeln!(to, "finding {trap}: {}, penalty {penalty}", severity.name()).unwrap();
    let components: Vec<_> = finding.components.iter().map(|id| id.as_str()).collect();
    let links: Vec<_> = finding.links.iter().map(|id| id.as_str()).collect();
    writeln!(to, "  on {} / {}", components.join(" "), links.join(" ")).unwrap();
    writeln!(to, "  {}", finding.message).unwrap();
    for (name, value) in found.detection.args.iter() {
        writeln!(to, "  {name} = {}", texts.say_arg(value, &Ids)).unwrap();
    }
    finding.evidence.iter().for_each(|step| write_step(to, step));
    for fix in &finding.fixes {
        writeln!(to, "  fix {}: {}", fix.key, fix.title).unwrap();
        for edit in fix.edits.iter() {
            writeln!(to, "    {}", serde_json::to_string(edit).unwrap()).unwrap();
        }
    }
}

fn write_step(to: &mut String, step: &StepReport) {
    let mark = if step.ok { "ok" } else { "no" };
    let component = step.component.as_ref().map(|id| id.as_str());
    let place = component.or(step.link.as_ref().map(|id| id.as_str())).unwrap_or_default();
    writeln!(to, "  {mark} {place}: {}", step.text).unwrap();
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Fail => "fail",
        Status::NotApplicable => "not applicable",
        Status::Unknown => "unknown",
    }
}
