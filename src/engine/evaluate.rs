//! Evaluating a design: checks, traps, score; and the report, which adds the words.

use std::sync::Arc;

use trapwise_documents::message::Ids;
use trapwise_documents::versions::{DocumentKind, current};
use trapwise_model::{BuildRules, Design, Edit};

use crate::condition::{Evaluator, Tally};
use crate::cost::{self, Estimate};
use crate::finding::Fix;
use crate::report::{CheckReport, FindingReport, FixReport, Report, RequirementReport, Status, Witness};
use crate::scenario::{Check, Scenario};
use crate::score::{Score, total};
use crate::terms::{Domain, Need, Severity};
use crate::texts::Texts;
use crate::trap::Finding;
use crate::trap::Scene;
use crate::traps::find_all;
use crate::world::World;

/// What a design is worth.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The scenario's id; none for a free design.
    pub scenario: Option<String>,
    /// The outcome in numbers.
    pub score: Score,
    /// Every requirement, in the scenario's order.
    pub requirements: Vec<RequirementReport>,
    /// Every check, in the scenario's order.
    pub checks: Vec<CheckReport>,
    /// Every finding, worst first, with the fixes that the learner may carry out.
    pub findings: Vec<Finding>,
}

/// Evaluates a design against a scenario.
#[must_use]
pub fn evaluate(scenario: &Scenario, design: &Design) -> Evaluation {
    let world = World::new(design);
    let evaluator = Evaluator::new(&world).with_figures(scenario.volumes.unwrap_or_default(), scenario.best);
    let checks: Vec<_> = scenario.checks.iter().map(|check| result(scenario, check, &evaluator)).collect();
    let requirements = scenario.requirements.iter().map(|requirement| roll_up(&requirement.id, &checks));
    let requirements = requirements.collect();
    let findings = findings(&world, &scenario.needs, design, &scenario.build_rules());
    let score = Score::of(&checks, &penalties(&findings));
    Evaluation { scenario: Some(scenario.id.clone()), score, requirements, checks, findings }
}

/// Evaluates a design on its own: every trap, no checks. `needs` is what traps may assume.
#[must_use]
pub fn evaluate_free(needs: &[Need], design: &Design) -> Evaluation {
    let world = World::new(design);
    let rules = BuildRules { max_components: Some(usize::MAX), ..BuildRules::default() };
    let findings = findings(&world, needs, design, &rules);
    let score = Score::free(&penalties(&findings));
    Evaluation { scenario: None, score, requirements: Vec::new(), checks: Vec::new(), findings }
}

/// What a design costs a month and what work it makes, with the volumes of the scenario.
#[must_use]
pub fn estimate(scenario: Option<&Scenario>, design: &Design) -> Estimate {
    let volumes = scenario.and_then(|scenario| scenario.volumes).unwrap_or_default();
    cost::estimate(&World::new(design), &volumes)
}

impl Evaluation {
    /// Puts the evaluation into words; the estimate is for the caller to add. The same evaluation and texts give the same report, byte for byte.
    #[must_use]
    pub fn report(&self, texts: &Texts) -> Report {
        let Score { passed, percent, scaled, earned, possible, penalty, ref domains } = self.score;
        let mut report = Report {
            schema_version: current(DocumentKind::Report),
            scenario: self.scenario.clone(),
            passed,
            score: percent,
            scaled,
            earned,
            possible,
            penalty,
            domains: domains.clone(),
            requirements: self.requirements.clone(),
            checks: self.checks.clone(),
            findings: self.findings.iter().map(without_words).collect(),
            estimate: None,
        };
        report.put_into_words(texts, &Ids);
        report
    }
}

fn result(scenario: &Scenario, check: &Check, evaluator: &Evaluator<'_, '_>) -> CheckReport {
    let (status, witness): (Status, Witness) = evaluator.explain(&check.when);
    let applies = status != Status::NotApplicable;
    CheckReport {
        id: check.id.clone(),
        title: check.title.clone(),
        requirement: check.requirement.clone(),
        domain: check.domain.unwrap_or(scenario.domain),
        required: check.required,
        status,
        points: if status == Status::Pass { check.points } else { 0 },
        possible: if applies { check.points } else { 0 },
        witness,
    }
}

fn roll_up(requirement: &str, checks: &[CheckReport]) -> RequirementReport {
    let mine = || checks.iter().filter(|check| check.requirement == requirement);
    let mut tally = Tally::default();
    mine().for_each(|check| tally.add(check.status));
    RequirementReport {
        id: requirement.to_owned(),
        status: tally.all(),
        points: total(mine().map(|check| check.points)),
        possible: total(mine().map(|check| check.possible)),
    }
}

fn findings<'a>(
    world: &'a World<'a>,
    needs: &'a [Need],
    design: &Design,
    rules: &BuildRules,
) -> Vec<Finding> {
    let mut findings = find_all(&Scene { world, needs });
    let mut verdicts = try_fixes(&findings, design, rules).into_iter();
    for finding in &mut findings {
        finding.detection.fixes.retain(|_| verdicts.next().unwrap_or(false));
    }
    findings
}

/// Whether each fix of each finding is possible, in their order.
fn try_fixes(findings: &[Finding], design: &Design, rules: &BuildRules) -> Vec<bool> {
    // Each is tried on one board that is put back after it.
    let mut board = None;
    let mut verdicts = Vec::new();
    let mut before: Vec<(&Fix, bool)> = Vec::new();
    for finding in findings {
        let mut tried = Vec::new();
        for fix in &finding.detection.fixes {
            // The findings of one trap often have the same way out, which is tried once.
            let same = before.iter().find(|(other, _)| other.edits == fix.edits);
            let possible = match same {
                Some((_, possible)) => *possible,
                None => is_possible(fix, board.get_or_insert_with(|| design.clone()), rules),
            };
            tried.push((fix, possible));
            verdicts.push(possible);
        }
        before = tried;
    }
    verdicts
}

/// Whether the learner may make these edits, and the design stays sound. The board is left as it was.
fn is_possible(fix: &Fix, board: &mut Design, rules: &BuildRules) -> bool {
    let mut undo = Vec::new();
    let mut possible = !fix.edits.is_empty();
    for edit in fix.edits.iter() {
        match apply(edit, board, rules) {
            Some(inverse) => undo.push(inverse),
            None => {
                possible = false;
                break;
            }
        }
    }
    for edit in undo.into_iter().rev().flatten() {
        let undone = board.apply(&edit);
        debug_assert!(undone.is_ok(), "what undoes an edit can be applied: {edit:?}: {undone:?}");
    }
    possible
}

fn apply(edit: &Edit, board: &mut Design, rules: &BuildRules) -> Option<Vec<Edit>> {
    rules.check(board, edit).ok()?;
    board.apply(edit).ok()
}

fn penalties(findings: &[Finding]) -> Vec<(Severity, Domain)> {
    findings.iter().map(|finding| (finding.trap.severity, finding.trap.domain)).collect()
}

/// A finding without its trap's words.
fn without_words(finding: &Finding) -> FindingReport {
    let Finding { trap, detection } = finding;
    let fixes = detection.fixes.iter().map(|fix| FixReport {
        key: fix.key.to_owned(),
        title: String::new(),
        edits: Arc::clone(&fix.edits),
    });
    FindingReport {
        trap: trap.id.to_owned(),
        title: String::new(),
        severity: trap.severity,
        domain: trap.domain,
        penalty: trap.severity.penalty(),
        components: detection.components.clone(),
        links: detection.links.clone(),
        message: String::new(),
        key: format!("{}.message", trap.id).into(),
        args: detection.args.clone(),
        evidence: detection.evidence.iter().cloned().map(Into::into).collect(),
        fixes: fixes.collect(),
    }
}
