//! Grades the boards of a scenario: the start board fails, references pass, and variants have exactly the
//! effects that they list.

use trapwise_model::diagnostic::{Collector, Diagnostic, names};
use trapwise_model::load::edit_code;
use trapwise_model::source::Source;
use trapwise_model::{Design, SortedSet};

use super::ablate::ablated;
use super::build::obstacles;
use super::canonical::canonical;
use super::pack::{Folder, named};
use super::parts::verify_parts;
use super::rename::{Renamed, verdict};
use super::varied_words::verify_varies;
use super::{Content, Options};
use crate::condition::{Condition, Op};
use crate::cost::Best;
use crate::evaluate::{Evaluation, estimate, evaluate};
use crate::report::Status;
use crate::scenario::{Scenario, Variant};
use crate::texts::misfits;
use crate::trap::Finding;

/// Reports every rule that a scenario breaks.
pub(super) fn verify_content(
    folder: &Folder<'_>,
    content: &Content,
    options: &Options<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut about = Collector::default();
    verify_boards(&content.scenario, &mut about);
    let mut passed = SortedSet::new();
    for (name, design) in &content.references {
        let Some(source) = named(&folder.references, name) else { continue };
        let evaluation = evaluate(&content.scenario, design);
        passed.extend(checks(&evaluation, |status| status == Status::Pass));
        let mut at = Collector::default();
        verify_reference(&content.scenario, design, &evaluation, &mut at);
        diagnostics.extend(source.place_all(at));
    }
    verify_difference(folder, content, diagnostics);
    verify_best(content, &mut about);
    verify_teaches(content, &mut about);
    verify_varies(folder, content, &mut about);
    verify_parts(folder, content, &mut about, diagnostics);
    let mut failed = SortedSet::new();
    for (name, variant) in &content.variants {
        let Some(source) = named(&folder.variants, name) else { continue };
        let mut at = Collector::default();
        failed.extend(verify_variant(content, name, variant, source, options, &mut at));
        diagnostics.extend(source.place_all(at));
    }
    about.each("checks", &content.scenario.checks, |at, check| {
        if !passed.contains(&check.id) {
            at.error("idle-check", format!("no reference passes the check `{}`", check.id)).on("id");
        }
        if !failed.contains(&check.id) {
            at.error("idle-check", format!("no variant fails the check `{}`", check.id))
                .on("id")
                .help("add a variant with the mistake that it should detect");
        }
    });
    diagnostics.extend(folder.scenario.iter().flat_map(|source| source.place_all(about.take())));
}

fn checks(evaluation: &Evaluation, wanted: impl Fn(Status) -> bool) -> SortedSet<String> {
    evaluation.checks.iter().filter(|check| wanted(check.status)).map(|check| check.id.clone()).collect()
}

/// The start board and an empty board must not pass.
fn verify_boards(scenario: &Scenario, at: &mut Collector) {
    for (what, design) in [("the start board", scenario.start_design()), ("an empty board", Design::new())] {
        if evaluate(scenario, &design).score.passed {
            at.error("passes-unbuilt", format!("{what} passes")).on("checks");
        }
    }
}

fn verify_reference(scenario: &Scenario, design: &Design, evaluation: &Evaluation, at: &mut Collector) {
    let score = &evaluation.score;
    if !score.passed || score.percent != 100 {
        let verdict = if score.passed { "passes" } else { "does not pass" };
        at.error("reference-falls-short", format!("the reference {verdict}: {} percent", score.percent));
    }
    for check in
        evaluation.checks.iter().filter(|check| matches!(check.status, Status::Fail | Status::Unknown))
    {
        let message = format!("the check `{}` does not pass: {}", check.id, check.witness.reason);
        at.error("reference-falls-short", message);
    }
    for finding in &evaluation.findings {
        at.error("reference-falls-short", format!("the reference has a finding: {}", describe(finding)));
    }
    for obstacle in obstacles(scenario, design) {
        at.error("cannot-be-built", obstacle);
    }
    verify_renaming(scenario, design, evaluation, at);
}

fn describe(finding: &Finding) -> String {
    let components = finding.detection.components.iter().map(|id| id.as_str());
    let links = finding.detection.links.iter().map(|id| id.as_str());
    let culprit: Vec<_> = components.chain(links).take(1).collect();
    format!("`{}` at {}", finding.trap.id, names(culprit))
}

/// The verdict must not change when every id, the order and the order hints change.
fn verify_renaming(scenario: &Scenario, design: &Design, evaluation: &Evaluation, at: &mut Collector) {
    let renamed = Renamed::of(scenario, design);
    let after = evaluate(&renamed.scenario, &renamed.design);
    if verdict(evaluation, &|id| id) != verdict(&after, &|id| renamed.original(id)) {
        at.error("depends-on-names", "the verdict changes when ids and order change");
    }
}

/// The references of a scenario must be different solutions.
fn verify_difference(folder: &Folder<'_>, content: &Content, diagnostics: &mut Vec<Diagnostic>) {
    let forms: Vec<_> = content.references.iter().map(|(name, design)| (name, canonical(design))).collect();
    for (index, (name, form)) in forms.iter().enumerate() {
        let same = forms.iter().take(index).find(|(_, other)| other == form);
        if let (Some((other, _)), Some(source)) = (same, named(&folder.references, name)) {
            let message = format!("this is the same design as `{other}.json` except for ids and order");
            diagnostics.push(Diagnostic::of_file("same-reference", source.file, message));
        }
    }
}

/// The `best` of the scenario must be the best estimate of its references.
fn verify_best(content: &Content, at: &mut Collector) {
    let scenario = &content.scenario;
    let estimates: Vec<_> =
        content.references.iter().map(|(_, design)| estimate(Some(scenario), design)).collect();
    let cost = estimates.iter().map(|estimate| estimate.monthly_cents).min();
    let operations = estimates.iter().map(|estimate| estimate.operations).min();
    let (Some(cost_cents), Some(operations)) = (cost, operations) else { return };
    let asked = scenario.checks.iter().any(|check| compares(&check.when));
    if scenario.best == Some(Best { cost_cents, operations }) || (scenario.best.is_none() && !asked) {
        return;
    }
    let wanted = format!("`\"best\": {{ \"costCents\": {cost_cents}, \"operations\": {operations} }}`");
    match scenario.best {
        None => at.error("missing-field", format!("a check compares with the best reference: add {wanted}")),
        Some(_) => at.error("wrong-best", format!("the references give {wanted}")).on("best"),
    };
}

/// Whether a condition compares with the best reference.
fn compares(condition: &Condition) -> bool {
    let op = match condition {
        Condition::IfThen(one) => return compares(&one.condition) || compares(&one.then),
        Condition::Op(op) => op.as_ref(),
    };
    match op {
        Op::AllOf(parts) | Op::AnyOf(parts) => parts.iter().any(compares),
        Op::Not(part) => compares(part),
        Op::All(each) | Op::Any(each) | Op::None(each) => compares(&each.hold),
        Op::Exactly(each) | Op::AtLeast(each) | Op::AtMost(each) => compares(&each.hold),
        Op::Cost(budget) | Op::Operations(budget) => budget.le_best_percent.is_some(),
        _ => false,
    }
}

/// Without the parts that the scenario teaches, no reference may pass.
fn verify_teaches(content: &Content, at: &mut Collector) {
    at.each("teaches", &content.scenario.teaches, |at, part| {
        let mut taken = false;
        for (name, design) in &content.references {
            match ablated(design, part) {
                Ok(None) => {}
                Ok(Some(less)) => {
                    taken = true;
                    if evaluate(&content.scenario, &less).score.passed {
                        at.error("not-taught", format!("`{name}.json` passes without this"));
                    }
                }
                Err(why) => {
                    taken = true;
                    at.error("not-taught", format!("this cannot be removed from `{name}.json`: {why}"));
                }
            }
        }
        if !taken {
            at.error("not-taught", "no reference has this part");
        }
    });
}

/// Reports where a variant differs from what it lists; returns the checks that it fails.
fn verify_variant(
    content: &Content,
    name: &str,
    variant: &Variant,
    source: &Source<'_>,
    options: &Options<'_>,
    at: &mut Collector,
) -> SortedSet<String> {
    let Some(reference) = named(&content.references, &variant.reference) else { return SortedSet::new() };
    let mut design = reference.clone();
    if let Err((index, why)) = design.apply_all(&variant.edits) {
        at.key("edits", |at| {
            at.index(index, |at| {
                at.error(edit_code(&why), format!("this edit cannot be applied: {why}"));
            });
        });
        return SortedSet::new();
    }
    let scenario = &content.scenario;
    let evaluation = evaluate(scenario, &design);
    let (fired, failed) = effects(&evaluation);
    compare(("fires", "wrong-traps"), &variant.fires, &fired, at);
    compare(("failsChecks", "wrong-checks"), &variant.fails_checks, &failed, at);
    if fired.is_empty() && failed.is_empty() {
        at.error("no-effect", "this variant fires no trap and fails no check");
    }
    let option = scenario.question.options.iter().find(|option| option.variant.as_deref() == Some(name));
    if let Some(option) = option.filter(|_| evaluation.score.passed) {
        at.error(
            "wrong-option-passes",
            format!("this builds the wrong option `{}`, but it passes", option.id),
        );
    }
    for obstacle in obstacles(scenario, &design) {
        at.error("cannot-be-built", obstacle).warn();
    }
    verify_renaming(scenario, &design, &evaluation, at);
    for finding in &evaluation.findings {
        verify_fixes(scenario, &design, (finding, &evaluation.findings), at);
        let text = options.texts.and_then(|texts| texts.get(finding.trap.id));
        for misfit in text.iter().flat_map(|text| misfits(text, &finding.detection)) {
            let message = format!("the text of `{}` does not fit: {misfit}", finding.trap.id);
            at.error("text-misfit", message).on("fires");
        }
    }
    debug_assert!(source.file.contains(name), "a variant is named as its file");
    failed
}

/// The traps that fire and the checks that fail.
pub(super) fn effects(evaluation: &Evaluation) -> (SortedSet<String>, SortedSet<String>) {
    let fired = evaluation.findings.iter().map(|finding| finding.trap.id.to_owned()).collect();
    (fired, checks(evaluation, |status| matches!(status, Status::Fail | Status::Unknown)))
}

fn compare(
    (field, code): (&str, &'static str),
    listed: &SortedSet<String>,
    found: &SortedSet<String>,
    at: &mut Collector,
) {
    let list = |ids: Vec<&String>| names(ids.into_iter().map(String::as_str));
    let (missing, unlisted): (Vec<_>, Vec<_>) =
        (listed.difference(found).collect(), found.difference(listed).collect());
    at.key(field, |at| {
        if !missing.is_empty() {
            at.error(code, format!("listed, but does not occur: {}", list(missing)));
        }
        if !unlisted.is_empty() {
            at.error(code, format!("occurs, but is not listed: {}", list(unlisted)));
        }
    });
}

/// Every fix can be applied, is allowed, and removes its finding: the same trap fires once less at the
/// same component.
fn verify_fixes(
    scenario: &Scenario,
    design: &Design,
    (finding, all): (&Finding, &[Finding]),
    at: &mut Collector,
) {
    let rules = scenario.build_rules();
    let culprit = |finding: &Finding| {
        let detection = &finding.detection;
        (finding.trap.id, detection.components.first().cloned(), detection.links.first().cloned())
    };
    let times = |findings: &[Finding]| findings.iter().filter(|one| culprit(one) == culprit(finding)).count();
    for fix in &finding.detection.fixes {
        let mut fixed = design.clone();
        let refused = fix.edits.iter().find_map(|edit| {
            let refusal = rules.check(&fixed, edit).err().map(|why| why.to_string());
            refusal.or_else(|| fixed.apply(edit).err().map(|why| why.to_string()))
        });
        let what = format!("the fix `{}` of {}", fix.key, describe(finding));
        if let Some(why) = refused {
            at.error("bad-fix", format!("{what} cannot be applied: {why}")).on("fires");
        } else if times(&evaluate(scenario, &fixed).findings) >= times(all) {
            at.error("bad-fix", format!("{what} does not remove it")).on("fires");
        }
    }
}
