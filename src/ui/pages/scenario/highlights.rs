//! From a report to what the canvas points out.

use std::rc::Rc;

use trapwise_documents::report::{Report, StepReport};
use trapwise_documents::terms::Severity;
use trapwise_editor::words;
use trapwise_model::{Design, Edit, PaletteItem, SortedMap, Target};

use super::state::Open;
use crate::ui::annotations::{Annotation, Annotations, PathStep, Preview};
use crate::ui::markdown::plain;

/// The report with the names that the board shows in the place of ids.
#[must_use]
pub fn named(mut report: Report, design: &Design, palette: &[PaletteItem]) -> Report {
    let name = |text: &mut String| *text = with_names(text, design, palette);
    for finding in &mut report.findings {
        name(&mut finding.message);
        merge(&mut finding.evidence);
        finding.evidence.iter_mut().for_each(|step| name(&mut step.text));
        finding.fixes.iter_mut().for_each(|fix| name(&mut fix.title));
    }
    for check in &mut report.checks {
        name(&mut check.witness.reason);
        check.witness.path.iter_mut().for_each(|step| name(&mut step.text));
    }
    report
}

/// Says once what several steps say of several parts, and then of several things: the steps that are
/// said with others are left without words, as the board still shows them.
fn merge(steps: &mut [StepReport]) {
    for by_part in [true, false] {
        let mut groups: Vec<Group> = Vec::new();
        for (index, step) in steps.iter().enumerate().filter(|(_, step)| !step.text.is_empty()) {
            let near = if by_part { groups.len() } else { 1 };
            let found = groups.iter_mut().rev().take(near).find_map(|group| {
                let first = steps.get(group.first)?;
                let at = differs_at(&first.text, &step.text)?;
                let word = |step: &StepReport| step.text.split(' ').nth(at).unwrap_or_default().to_owned();
                let is_part = |step: &StepReport| {
                    step.component.as_ref().is_some_and(|id| word(step) == format!("`{id}`"))
                };
                let fits = if by_part {
                    is_part(first) && is_part(step)
                } else {
                    first.component == step.component && first.link == step.link
                };
                let same = first.ok == step.ok && group.at.is_none_or(|other| other == at);
                (fits && same).then(|| (word(first), word(step), at, group))
            });
            match found {
                Some((first, word, at, group)) => {
                    if group.words.is_empty() {
                        group.words.push(first);
                    }
                    group.at = Some(at);
                    group.words.push(word);
                    group.rest.push(index);
                }
                None => groups.push(Group { first: index, at: None, words: Vec::new(), rest: Vec::new() }),
            }
        }
        for group in groups {
            let Some(at) = group.at else { continue };
            let said = list(&group.words);
            if let Some(step) = steps.get_mut(group.first) {
                let words: Vec<_> = step.text.split(' ').collect();
                let word = |(index, word): (usize, &&str)| {
                    if index == at { said.clone() } else { (*word).to_owned() }
                };
                step.text = words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ");
            }
            for index in group.rest {
                if let Some(step) = steps.get_mut(index) {
                    step.text.clear();
                }
            }
        }
    }
}

/// Steps that differ in one word.
struct Group {
    first: usize,
    at: Option<usize>,
    words: Vec<String>,
    rest: Vec<usize>,
}

/// The only word in which two sentences differ, by its place.
fn differs_at(a: &str, b: &str) -> Option<usize> {
    if a.split(' ').count() != b.split(' ').count() {
        return None;
    }
    let mut places = a.split(' ').zip(b.split(' ')).enumerate().filter(|(_, (a, b))| a != b);
    let (at, _) = places.next()?;
    places.next().is_none().then_some(at)
}

/// `a, b and c`.
fn list(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// Text in which every id in backticks has become a name in bold; what is not on the board is called
/// as the palette calls it.
fn with_names(text: &str, design: &Design, palette: &[PaletteItem]) -> String {
    let in_palette = |preset: &str| {
        let item = palette.iter().find(|item| item.preset.as_deref() == Some(preset))?;
        Some(item.label.clone().unwrap_or_else(|| item.kind.spec().label.to_owned()))
    };
    let pieces: Vec<&str> = text.split('`').collect();
    let piece = |(index, piece): (usize, &&str)| {
        if index % 2 == 0 {
            return (*piece).to_owned();
        }
        // `desiredCount` of `web`: what the inspector calls it.
        if let [" of ", owner, ..] = pieces.get(index + 1..).unwrap_or_default()
            && let Some(prop) = design.component(owner).and_then(|owner| owner.kind.spec().prop_named(piece))
        {
            return format!("*{}*", prop.label);
        }
        // What is worked out has a name of its own: `@runningTasksMax`.
        if let Some(derived) = piece.strip_prefix('@') {
            let spaced = |letter: char| {
                letter.is_ascii_uppercase().then_some(' ').into_iter().chain([letter.to_ascii_lowercase()])
            };
            return format!("*{}*", derived.chars().flat_map(spaced).collect::<String>());
        }
        // Some texts name several at once: `app-a, app-b`.
        let name = |id: &str| {
            let name = design.component(id).map(|component| words::title(component));
            name.or_else(|| in_palette(id)).map(|name| format!("**{name}**"))
        };
        let names: Option<Vec<String>> = piece.split(", ").map(name).collect();
        names.map_or_else(|| format!("`{piece}`"), |names| list(&names))
    };
    pieces.iter().enumerate().map(piece).collect()
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
    use trapwise_model::{ComponentId, fixture};

    #[test]
    fn what_is_so_of_several_parts_is_said_once() {
        let step = |component: &str, ok: bool, text: &str| StepReport {
            component: Some(ComponentId::new(component).unwrap()),
            link: None,
            ok,
            text: text.to_owned(),
        };
        let mut steps = vec![
            step("role", true, "`role` allows ecr:GetImage on `shop`"),
            step("app-a", false, "from `app-a` nothing leads to ecr.api"),
            step("app-b", false, "from `app-b` nothing leads to ecr.api"),
            step("app-a", false, "from `app-a` nothing leads to s3"),
            step("app-b", false, "from `app-b` nothing leads to s3"),
            step("role", false, "`role` does not allow logs:Create on `shop`"),
        ];
        merge(&mut steps);
        let said: Vec<_> = steps.iter().map(|step| step.text.as_str()).collect();
        let once = "from `app-a` and `app-b` nothing leads to ecr.api and s3";
        let last = "`role` does not allow logs:Create on `shop`";
        assert_eq!(said, ["`role` allows ecr:GetImage on `shop`", once, "", "", "", last]);
    }

    #[test]
    fn ids_become_names() {
        let design = fixture::parse("shop-task: task-definition\n").unwrap().design;
        assert_eq!(
            with_names("`shop-task` has no `cpu` set", &design, &[]),
            "**Shop task** has no `cpu` set"
        );
        assert_eq!(
            with_names("from `shop-task, shop-task`", &design, &[]),
            "from **Shop task** and **Shop task**"
        );
        assert_eq!(
            with_names("`cpu` of `shop-task` is 256", &design, &[]),
            "*Task CPU* of **Shop task** is 256"
        );
        assert_eq!(
            with_names("`@runningTasksMax` of `shop-task` is 1", &design, &[]),
            "*running tasks max* of **Shop task** is 1"
        );
        assert_eq!(with_names("an odd ` sign", &design, &[]), "an odd ` sign`");
    }
}
