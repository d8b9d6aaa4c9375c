//! From a report to what the canvas points out.

use std::rc::Rc;

use trapwise_editor::words;
use trapwise_engine::report::{Report, StepReport};
use trapwise_engine::terms::Severity;
use trapwise_model::{Design, Edit, PaletteItem, SortedMap, Target};

use super::state::Open;
use crate::ui::markdown::plain;
use crate::ui::marks::{Mark, Marks, PathStep, Preview};

/// The report with the names that the board shows in the place of ids.
#[must_use]
pub fn named(mut report: Report, design: &Design, palette: &[PaletteItem]) -> Report {
    let name = |text: &mut String| *text = with_names(text, design, palette);
    for finding in &mut report.findings {
        name(&mut finding.message);
        finding.evidence.iter_mut().for_each(|step| name(&mut step.text));
        finding.fixes.iter_mut().for_each(|fix| name(&mut fix.title));
    }
    for check in &mut report.checks {
        name(&mut check.witness.reason);
        check.witness.path.iter_mut().for_each(|step| name(&mut step.text));
    }
    report
}

/// Text in which every id in backticks has become a name in bold; what is not on the board is called
/// as the palette calls it.
fn with_names(text: &str, design: &Design, palette: &[PaletteItem]) -> String {
    let in_palette = |preset: &str| {
        let item = palette.iter().find(|item| item.preset.as_deref() == Some(preset))?;
        Some(item.label.clone().unwrap_or_else(|| item.kind.spec().label.to_owned()))
    };
    let piece = |(index, piece): (usize, &str)| {
        if index % 2 == 0 {
            return piece.to_owned();
        }
        match design.component(piece).map(|component| words::title(component)).or_else(|| in_palette(piece)) {
            Some(name) => format!("**{name}**"),
            None => format!("`{piece}`"),
        }
    };
    text.split('`').enumerate().map(piece).collect()
}

/// Findings pinned on parts, and the way of what is opened.
#[must_use]
pub fn marks(report: &Report, open: Option<&Open>) -> Marks {
    let mut marks = Marks::default();
    let opened = if let Some(Open::Finding(index)) = open { Some(*index) } else { None };
    for (index, finding) in report.findings.iter().enumerate() {
        for id in &finding.components {
            pin(&mut marks.components, id.clone(), finding.severity, index, opened);
        }
        for id in &finding.links {
            pin(&mut marks.links, id.clone(), finding.severity, index, opened);
        }
    }
    match open {
        Some(Open::Finding(index)) => {
            if let Some(finding) = report.findings.get(*index) {
                marks.path = way(&finding.evidence);
                if marks.path.is_empty() {
                    let step = |id: &_| PathStep { component: Some(Clone::clone(id)), link: None, ok: false };
                    marks.path = finding.components.iter().map(step).collect();
                }
            }
        }
        Some(Open::Check(id)) => {
            if let Some(check) = report.checks.iter().find(|check| check.id == *id) {
                let ok = check.status == trapwise_engine::report::Status::Pass;
                marks.path = way(&check.witness.path);
                if marks.path.is_empty() {
                    let bound = check.witness.bound.values().cloned();
                    marks.path = bound.map(|id| PathStep { component: Some(id), link: None, ok }).collect();
                }
            }
        }
        None => {}
    }
    marks
}

/// The parts of a way, the first that does not work in front.
#[must_use]
pub fn to_see(path: &[PathStep]) -> Vec<Target> {
    let target = |step: &PathStep| {
        let link = step.link.clone().map(Target::Link);
        step.component.clone().map(Target::Component).or(link)
    };
    let (works, fails): (Vec<_>, Vec<_>) = path.iter().partition(|step| step.ok);
    fails.into_iter().chain(works).filter_map(target).collect()
}

/// How the board would be after a fix; none when the fix no longer fits it.
#[must_use]
pub fn preview(design: &Design, title: &str, edits: &[Edit]) -> Option<Preview> {
    let mut design = design.clone();
    design.apply_all(edits).ok()?;
    Some(Preview { design: Rc::new(design), title: plain(title) })
}

fn pin<Id: Ord>(
    pins: &mut SortedMap<Id, Mark>,
    id: Id,
    severity: Severity,
    index: usize,
    open: Option<usize>,
) {
    let mark = pins.entry(id).or_insert(Mark { severity, count: 0, active: false, opens: index });
    if open.is_some_and(|open| mark.opens <= open && open < index) {
        mark.opens = index;
    }
    mark.severity = mark.severity.min(severity);
    mark.count += 1;
    mark.active |= open == Some(index);
}

fn way(steps: &[StepReport]) -> Vec<PathStep> {
    let step = |step: &StepReport| PathStep {
        component: step.component.clone(),
        link: step.link.clone(),
        ok: step.ok,
    };
    steps.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use trapwise_model::fixture;

    #[test]
    fn ids_become_names() {
        let design = fixture::parse("shop-task: task-definition\n").unwrap().design;
        assert_eq!(
            with_names("`shop-task` has no `cpu` set", &design, &[]),
            "**Shop task** has no `cpu` set"
        );
        assert_eq!(with_names("an odd ` sign", &design, &[]), "an odd ` sign`");
    }
}
