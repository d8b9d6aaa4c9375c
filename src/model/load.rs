//! Reads designs that people wrote: everything wrong with one is said, nothing panics.

use std::sync::Arc;

use crate::design::DesignFile;
use crate::diagnostic::{Anchor, Collector, Diagnostic, Problem, Step, nearest};
use crate::json::Json;
use crate::legal::PlaceRefusal;
use crate::read::{FromJson, read, read_what_fits};
use crate::shape::Shaped;
use crate::source::Source;
use crate::{Component, ComponentId, Design, EditError, Link, PartIndex, Props, SortedSet};

/// Reads a design.
///
/// # Errors
/// Everything wrong with it, at least one diagnostic.
pub fn load_design(file: &str, text: &str) -> Result<Design, Vec<Diagnostic>> {
    let source = Source::new(file, text);
    let json = source.parse()?;
    load_parsed_design(&source, &json)
}

/// Reads a design from its tree, which need not be word for word what the source says: it may have been brought
/// to the current version.
///
/// # Errors
/// Everything wrong with it, at least one diagnostic.
pub fn load_parsed_design(source: &Source<'_>, json: &Json) -> Result<Design, Vec<Diagnostic>> {
    let mut at = Collector::default();
    Design::shape().check(json, &mut at);
    let document: DesignFile = read_checked(json, &mut at);
    let mut meaning = Collector::default();
    let design = assemble(&document.components, &document.links, &mut meaning);
    at.add(meaning, |form, problem| {
        !form.problems().iter().any(|wrong| may_follow_in_design(problem, wrong, json, &[]))
    });
    if at.has_errors() { Err(source.place_all(at)) } else { Ok(design) }
}

/// Whether what is wrong with a part of a design, which stands at `root` of a document, may only follow
/// from what is wrong with the form of the same part, of one that it names, or of the design itself.
#[must_use]
pub fn may_follow_in_design(problem: &Problem, wrong: &Problem, json: &Json, root: &[Step]) -> bool {
    let (Some((here, _)), Some((there, _))) = (problem.path.item(), wrong.path.item()) else {
        let has_parts = || json.at(root).is_some_and(|design| design.get("components").is_some());
        return match wrong.code {
            "missing-field" | "unknown-field" => wrong.path.0.starts_with(root) && !has_parts(),
            _ => wrong.path.meets(&problem.path),
        };
    };
    if here == there {
        return true;
    }
    let of_component = there.iter().rev().nth(1) == Some(&Step::Key("components".to_owned()));
    let id = json.at(there).and_then(|part| part.get("id")).and_then(Json::as_text);
    let named = || id.is_some_and(|id| json.at(here).is_some_and(|part| part.mentions(id)));
    let unnamed = problem.code == "unknown-component" && wrong.concerns(&["id"], json);
    of_component && (unnamed || wrong.concerns(&["kind"], json) && named())
}

/// Reads a document whose form was checked: where that is wrong, as far as it fits.
pub fn read_checked<T: FromJson>(json: &Json, at: &mut Collector) -> T {
    if !at.has_errors() {
        if let Some(document) = read(json) {
            return document;
        }
        debug_assert!(false, "the shape accepts what its type refuses: {json:?}");
        at.error("unreadable", "it cannot be read");
    }
    read_what_fits(json)
}

/// Puts the parts of a design together and notes every part that does not fit. The fields
/// `components` and `links` are looked for at the collector's place.
pub fn assemble(components: &[Arc<Component>], links: &[Arc<Link>], at: &mut Collector) -> Design {
    let parts = first_of_each(components, |part| part.id.as_str(), ("components", "component"), at);
    let lines = first_of_each(links, |link| link.id.as_str(), ("links", "link"), at);
    let only_parts = |list: &[(usize, &Arc<Component>)]| -> Vec<_> {
        list.iter().map(|(_, part)| Arc::clone(part)).collect()
    };
    let only_links = |list: &[(usize, &Arc<Link>)]| list.iter().map(|(_, link)| Arc::clone(link)).collect();
    let (mut design, mut refused) = Design::from_parts_lossy(only_parts(&parts), only_links(&lines));
    // What is wrong with the properties of a part says nothing of what stands in it or is linked to it.
    let by_props = |(index, why): &(PartIndex, EditError)| match (index, why) {
        (PartIndex::Component(index), EditError::UnknownProp { .. } | EditError::BadValue(_)) => Some(*index),
        _ => None,
    };
    if refused.iter().any(|one| by_props(one).is_some()) {
        let mut others = only_parts(&parts);
        for index in refused.iter().filter_map(by_props) {
            if let Some(part) = others.get_mut(index) {
                Arc::make_mut(part).props = Props::new();
            }
        }
        let rest;
        (design, rest) = Design::from_parts_lossy(others, only_links(&lines));
        refused.retain(|one| by_props(one).is_some());
        refused.extend(rest);
    }
    // What was refused drags along what stands in it and is linked to it; only the cause is worth saying.
    let written = SortedSet::from_iter(parts.iter().map(|(_, part)| part.id.as_str()));
    let dragged = |id: &ComponentId| design.component(id.as_str()).is_none() && written.contains(id.as_str());
    for (index, why) in &refused {
        match index {
            PartIndex::Component(index) => {
                let Some((index, part)) = parts.get(*index) else { continue };
                if !matches!(why, EditError::Place(PlaceRefusal::Unknown(id)) if dragged(id)) {
                    let known = written.iter().copied();
                    at.key("components", |at| at.index(*index, |at| note_component(part, why, known, at)));
                }
            }
            PartIndex::Link(index) => {
                let Some((index, link)) = lines.get(*index) else { continue };
                if !matches!(why, EditError::UnknownComponent(id) if dragged(id)) {
                    let known = written.iter().copied();
                    at.key("links", |at| at.index(*index, |at| note_link(link, why, known, at)));
                }
            }
        }
    }
    design
}

/// The parts with their index, each id once; the others are noted.
fn first_of_each<'a, T>(
    parts: &'a [Arc<T>],
    id: impl Fn(&T) -> &str,
    (field, what): (&str, &str),
    at: &mut Collector,
) -> Vec<(usize, &'a Arc<T>)> {
    let mut by_id: Vec<_> = parts.iter().map(|part| id(part)).enumerate().collect();
    by_id.sort_by_key(|(_, id)| *id);
    let firsts = by_id.chunk_by(|(_, id), (_, other)| id == other).filter_map(|same| same.first());
    let firsts: SortedSet<usize> = firsts.map(|(index, _)| *index).collect();
    let mut first = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        if firsts.contains(&index) {
            first.push((index, part));
        } else {
            let message = format!("there is already a {what} `{}`", id(part));
            at.key(field, |at| {
                at.index(index, |at| {
                    at.error("duplicate-id", message).on("id");
                })
            });
        }
    }
    first
}

fn note_component<'a>(
    part: &Component,
    why: &EditError,
    known: impl Iterator<Item = &'a str>,
    at: &mut Collector,
) {
    let problem = note(why, at);
    match why {
        EditError::Place(PlaceRefusal::Unknown(id)) => problem.on("in").maybe_help(|| meant(id, known)),
        EditError::Place(_) if part.containers.is_empty() => problem.on("id"),
        EditError::Place(_) => problem.on("in"),
        EditError::UnknownProp { .. } | EditError::BadValue(_) => problem.on("props"),
        _ => problem,
    };
}

fn note_link<'a>(part: &Link, why: &EditError, known: impl Iterator<Item = &'a str>, at: &mut Collector) {
    let problem = note(why, at);
    match why {
        EditError::UnknownComponent(id) => {
            problem.on(if *id == part.from { "from" } else { "to" }).maybe_help(|| meant(id, known))
        }
        EditError::Link(_) => problem.on("kind"),
        EditError::NeedsAnswer { prop, .. } if part.props.contains_key(prop.as_str()) => {
            problem.on("props").on(prop.as_str())
        }
        EditError::NeedsAnswer { .. } => problem.mark(Anchor::Opening),
        EditError::UnknownProp { .. } | EditError::BadValue(_) => problem.on("props"),
        _ => problem,
    };
}

fn note<'c>(why: &EditError, at: &'c mut Collector) -> &'c mut Problem {
    let code = edit_code(why);
    at.error(code, why.to_string())
}

fn meant<'a>(id: &ComponentId, known: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(id.as_str(), known).map(|name| format!("did you mean `{name}`?"))
}

/// The code of a diagnostic that says why an edit is refused.
#[must_use]
pub const fn edit_code(why: &EditError) -> &'static str {
    match why {
        EditError::UnknownComponent(_) | EditError::Place(PlaceRefusal::Unknown(_)) => "unknown-component",
        EditError::UnknownLink(_) => "unknown-link",
        EditError::ComponentExists(_) | EditError::LinkExists(_) => "duplicate-id",
        EditError::SameLink(_) => "same-link",
        EditError::LinkTaken(_) => "link-taken",
        EditError::NeedsAnswer { .. } => "missing-answer",
        EditError::UnknownProp { .. } => "unknown-property",
        EditError::BadValue(_) => "bad-value",
        EditError::Place(PlaceRefusal::InItself(_)) => "contains-itself",
        EditError::Place(_) => "bad-place",
        EditError::Link(_) => "meaningless-link",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        load_design("d", text).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_problem_of_form_is_said() {
        let text = r#"{ "schemaVersion": 2,
  "components": [
    { "id": "Web", "kind": "ecs-servise" },
    { "id": "td", "kind": "task-definition", "props": { "cpus": 256, "memory": 1, "networkMode": "awsvp",
      "containers": [{ "name": "a" }, { "name": "a", "gpu": 1.5 }, {}] } },
    { "kind": "vpc", "in": null }
  ],
  "link": [] }"#;
        assert_eq!(
            problems(text),
            [
                "d:1:20: error[unknown-version]: this file has version 2 of its format; version 1 is the only one that can be read",
                "d:3:13: error[bad-text]: `Web` is not an id: 1 to 64 lower-case letters, digits and single hyphens",
                "d:3:28: error[unknown-value]: unknown component kind `ecs-servise`; did you mean `ecs-service`?",
                "d:4:57: error[unknown-property]: Task definition has no property `cpus`; did you mean `cpu`?",
                "d:4:80: error[out-of-range]: expected a number from 4 to 1048576, found 1",
                "d:4:98: error[unknown-value]: `networkMode` cannot be `awsvp`; did you mean `awsvpc`?",
                "d:5:49: error[duplicate-id]: there is another container with the name `a`",
                "d:5:61: error[wrong-type]: expected a whole number, found 1.5",
                "d:5:68: error[missing-field]: container lacks `name`",
                "d:6:5: error[missing-field]: component lacks `id`",
                "d:6:28: error[wrong-type]: expected a list, found null; leave the field out instead",
                "d:8:3: error[unknown-field]: design has no field `link`; did you mean `links`?",
            ]
        );
    }

    #[test]
    fn what_is_wrong_with_one_part_hides_nothing_of_another() {
        let text = r#"{
  "components": [
    { "id": "vpc", "kind": "vpc", "props": { "cidr": 7 } },
    { "id": "a", "kind": "subnet", "in": ["vcp"] },
    { "id": "Task", "kind": "task-definition" },
    { "id": "web", "kind": "ecs-servise" },
    { "kind": "iam-role" },
    { "id": "r", "kind": "iam-role" }
  ],
  "links": [
    { "id": "l1", "kind": "runs", "from": "web", "to": "r" },
    { "id": "l2", "kind": "runs", "from": "r", "to": "s" },
    { "id": "l3", "kind": "runs", "from": "r", "to": "vpc" },
    { "id": "l4", "kind": "rans", "from": "r", "to": "vpc" }
  ] }"#;
        assert_eq!(
            problems(text),
            [
                "d:1:1: error[missing-field]: design lacks `schemaVersion`",
                "d:3:46: error[unknown-property]: VPC has no property `cidr`; known are `enableDnsSupport`",
                "d:5:13: error[bad-text]: `Task` is not an id: 1 to 64 lower-case letters, digits and single hyphens",
                "d:6:28: error[unknown-value]: unknown component kind `ecs-servise`; did you mean `ecs-service`?",
                "d:7:5: error[missing-field]: component lacks `id`",
                "d:13:27: error[meaningless-link]: `runs` does not lead from IAM role to VPC",
                "d:14:27: error[unknown-value]: unknown link kind `rans`; did you mean `runs`?",
            ],
            "`vcp` and `s` may be what the parts without an id were to be called"
        );
        let whole = text.replace("\"Task\"", "\"task\"").replace("{ \"kind\": \"iam-role\" },", "");
        let said = problems(&whole);
        assert!(said.iter().any(|one| one.contains("there is no component `vcp`")), "{said:#?}");
        assert!(said.iter().any(|one| one.contains("there is no component `s`")), "{said:#?}");
        assert!(!said.iter().any(|one| one.starts_with("d:11:")), "{said:#?}");
    }

    #[test]
    fn links_of_a_design_without_components_are_not_all_wrong() {
        let text = r#"{ "schemaVersion": 1, "component": [{ "id": "r", "kind": "iam-role" }],
  "links": [{ "id": "l", "kind": "runs", "from": "r", "to": "r" }] }"#;
        let said = problems(text);
        assert!(said.len() <= 2 && said.iter().all(|one| one.starts_with("d:1:")), "{said:#?}");
    }

    #[test]
    fn every_unsound_part_is_said_once() {
        let text = r#"{ "schemaVersion": 1,
  "components": [
    { "id": "vpc", "kind": "vpc" },
    { "id": "a", "kind": "subnet", "in": ["vcp"] },
    { "id": "web", "kind": "ecs-service", "in": ["a"] },
    { "id": "web", "kind": "vpc" },
    { "id": "td", "kind": "task-definition", "in": ["vpc"] },
    { "id": "x", "kind": "subnet" },
    { "id": "r", "kind": "iam-role" },
    { "id": "td2", "kind": "task-definition" }
  ],
  "links": [
    { "id": "l1", "kind": "runs", "from": "web", "to": "td" },
    { "id": "l2", "kind": "role", "from": "td2", "to": "s" },
    { "id": "l3", "kind": "role", "from": "td2", "to": "r" },
    { "id": "l4", "kind": "runs", "from": "r", "to": "td2" }
  ] }"#;
        assert_eq!(
            problems(text),
            [
                "d:4:42: error[unknown-component]: there is no component `vcp` to stand in; did you mean `vpc`?",
                "d:6:13: error[duplicate-id]: there is already a component `web`",
                "d:7:52: error[bad-place]: Task definition does not stand in VPC",
                "d:8:13: error[bad-place]: Subnet has to stand in a VPC",
                "d:14:56: error[unknown-component]: there is no component `s`",
                "d:15:5: error[missing-answer]: the link needs `as` to be taskRoleArn or executionRoleArn",
                "d:16:27: error[meaningless-link]: `runs` does not lead from IAM role to Task definition",
            ]
        );
    }
}
