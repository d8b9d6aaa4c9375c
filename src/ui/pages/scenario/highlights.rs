//! From a report to what the canvas points out.

use std::rc::Rc;

use trapwise_documents::message::Names;
use trapwise_documents::report::{Report, StepReport, merge};
use trapwise_documents::terms::Severity;
use trapwise_documents::texts::Texts;
use trapwise_editor::words;
use trapwise_model::{ComponentId, Design, Edit, PaletteItem, SortedMap, Target};

use super::state::Open;
use crate::ui::annotations::{Annotation, Annotations, PathStep, Preview};
use crate::ui::markdown::plain;

/// The report with the names that the board shows in the place of ids, and what several steps say said once.
#[must_use]
pub fn named(mut report: Report, texts: &Texts, design: &Design, palette: &[PaletteItem]) -> Report {
    report.findings.iter_mut().for_each(|finding| merge(&mut finding.evidence));
    report.put_into_words(texts, &BoardNames { design, palette });
    report
}

/// Components by their titles and presets by their labels, in bold; properties by the labels of the inspector.
struct BoardNames<'a> {
    design: &'a Design,
    palette: &'a [PaletteItem],
}

impl BoardNames<'_> {
    fn label(&self, preset: &str) -> Option<String> {
        let item = self.palette.iter().find(|item| item.preset.as_deref() == Some(preset))?;
        Some(item.label.clone().unwrap_or_else(|| item.kind.spec().label.to_owned()))
    }
}

impl Names for BoardNames<'_> {
    fn component(&self, id: &ComponentId) -> String {
        let component = self.design.component(id.as_str());
        component.map_or_else(|| self.code(id.as_str()), |it| format!("**{}**", words::title(it)))
    }

    fn preset(&self, preset: &str) -> String {
        self.label(preset).map_or_else(|| self.code(preset), |label| format!("**{label}**"))
    }

    fn property(&self, name: &str, of: Option<&ComponentId>) -> String {
        // What is worked out has a name of its own: `@runningTasksMax`.
        if let Some(derived) = name.strip_prefix('@') {
            let spaced = |letter: char| {
                letter.is_ascii_uppercase().then_some(' ').into_iter().chain([letter.to_ascii_lowercase()])
            };
            return format!("*{}*", derived.chars().flat_map(spaced).collect::<String>());
        }
        let owner = of.and_then(|id| self.design.component(id.as_str()));
        let spec = owner.and_then(|owner| owner.kind.spec().prop_named(name));
        spec.map_or_else(|| self.code(name), |spec| format!("*{}*", spec.label))
    }
}

/// Findings pinned on parts, and the way of what is opened.
#[must_use]
pub fn annotations(report: Option<&Report>, open: Option<&Open>) -> Annotations {
    let mut annotations = Annotations::default();
    if let Some(Open::Parts(ids)) = open {
        let step = |id: &_| PathStep { component: Some(Clone::clone(id)), link: None, ok: true };
        annotations.path = ids.iter().map(step).collect();
    }
    let Some(report) = report else { return annotations };
    let opened = if let Some(Open::Finding(index)) = open { Some(*index) } else { None };
    for (index, finding) in report.findings.iter().enumerate() {
        for id in &finding.components {
            pin(&mut annotations.components, id.clone(), finding.severity, index, opened);
        }
        for id in &finding.links {
            pin(&mut annotations.links, id.clone(), finding.severity, index, opened);
        }
    }
    match open {
        Some(Open::Finding(index)) => {
            if let Some(finding) = report.findings.get(*index) {
                annotations.path = way(&finding.evidence);
                if annotations.path.is_empty() {
                    let step = |id: &_| PathStep { component: Some(Clone::clone(id)), link: None, ok: false };
                    annotations.path = finding.components.iter().map(step).collect();
                }
            }
        }
        Some(Open::Check(id)) => {
            if let Some(check) = report.checks.iter().find(|check| check.id == *id) {
                let ok = check.status == trapwise_documents::report::Status::Pass;
                annotations.path = way(&check.witness.path);
                if annotations.path.is_empty() {
                    let bound = check.witness.bound.values().cloned();
                    annotations.path =
                        bound.map(|id| PathStep { component: Some(id), link: None, ok }).collect();
                }
            }
        }
        Some(Open::Parts(_)) | None => {}
    }
    annotations
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
    annotated: &mut SortedMap<Id, Annotation>,
    id: Id,
    severity: Severity,
    index: usize,
    open: Option<usize>,
) {
    let annotation =
        annotated.entry(id).or_insert(Annotation { severity, count: 0, active: false, opens: index });
    if open.is_some_and(|open| annotation.opens <= open && open < index) {
        annotation.opens = index;
    }
    annotation.severity = annotation.severity.min(severity);
    annotation.count += 1;
    annotation.active |= open == Some(index);
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
    use trapwise_documents::message::{Arg, Message};
    use trapwise_model::fixture;

    #[test]
    fn ids_become_names() {
        let design = fixture::parse("shop-task: task-definition\n").unwrap().design;
        let names = BoardNames { design: &design, palette: &[] };
        let say = |message: Message| Texts::new().say(&message.key, &message.args, &names);
        let task = ComponentId::new("shop-task").unwrap();
        let prop = |name: &str| names.property(name, Some(&task));
        assert_eq!(prop("cpu"), "*Task CPU*");
        assert_eq!(prop("@runningTasksMax"), "*running tasks max*");
        assert_eq!(prop("unknown"), "`unknown`");
        let both =
            Message::new("condition.within").name("node", task).arg("places", Arg::Preset("web".into()));
        assert_eq!(say(both), "**Shop task** stands in `web`");
    }
}
