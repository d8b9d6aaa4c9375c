//! Reads designs that people wrote: everything wrong with one is said, nothing panics.

use std::sync::Arc;

use crate::design::DesignFile;
use crate::diagnostic::{Anchor, Collector, Diagnostic, Problem, nearest};
use crate::json::Json;
use crate::legal::PlaceRefusal;
use crate::read::{FromJson, read, read_what_fits};
use crate::shape::Shaped;
use crate::source::Source;
use crate::{Component, ComponentId, Design, EditError, Link, PartIndex, Props, SortedMap, SortedSet};

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
    at.end_form(json, Design::shape());
    let design = assemble(&document.components, &document.links, &mut at);
    if at.has_errors() { Err(source.place_all(at)) } else { Ok(design) }
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
    let written = Written {
        components: parts.iter().map(|(index, part)| (part.id.as_str(), *index)).collect(),
        links: lines.iter().map(|(index, link)| (link.id.as_str(), *index)).collect(),
        ids_known: at.is_sound("components/*/id"),
    };
    for (index, why) in &refused {
        match index {
            PartIndex::Component(index) => {
                let Some((index, part)) = parts.get(*index) else { continue };
                let around_known = written.kinds_known(&part.containers, at);
                at.key("components", |at| {
                    at.index(*index, |at| note_component(part, why, &written, around_known, at));
                });
            }
            PartIndex::Link(index) => {
                let Some((index, link)) = lines.get(*index) else { continue };
                let around_known = written.around_link_known(link, why, at);
                at.key("links", |at| {
                    at.index(*index, |at| note_link(link, why, &written, around_known, at));
                });
            }
        }
    }
    design
}

/// What a document says of a design, with the index of each part, whether it fits or not.
struct Written<'a> {
    components: SortedMap<&'a str, usize>,
    links: SortedMap<&'a str, usize>,
    /// Whether every component has an id that can be used, so that it is known which ids there are not.
    ids_known: bool,
}

impl Written<'_> {
    fn has(&self, id: &ComponentId) -> bool {
        self.components.contains_key(id.as_str())
    }

    /// Whether the kinds of these components are known.
    fn kinds_known<'i>(&self, ids: impl IntoIterator<Item = &'i ComponentId>, at: &Collector) -> bool {
        let mut indices = ids.into_iter().filter_map(|id| self.components.get(id.as_str()));
        indices.all(|index| at.is_sound(&format!("components/{index}/kind")))
    }

    /// Whether what a link is compared with is known: the kinds of its ends, and another link.
    fn around_link_known(&self, link: &Link, why: &EditError, at: &Collector) -> bool {
        let other = match why {
            EditError::SameLink(id) | EditError::LinkTaken(id) => self.links.get(id.as_str()),
            _ => None,
        };
        self.kinds_known([&link.from, &link.to], at)
            && other.is_none_or(|index| at.is_sound(&format!("links/{index}")))
    }

    fn note_unknown(&self, why: &EditError, id: &ComponentId, field: &str, at: &mut Collector) {
        if self.ids_known && !self.has(id) {
            at.examine(&[field], |at| {
                note(why, at).on(field).maybe_help(|| {
                    let meant = nearest(id.as_str(), self.components.keys().copied());
                    meant.map(|name| format!("did you mean `{name}`?"))
                });
            });
        }
    }
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
                    at.examine(&["id"], |at| {
                        at.error("duplicate-id", message).on("id");
                    });
                });
            });
        }
    }
    first
}

/// Notes what is wrong with a component; `around_known` says whether the kinds of its containers are known.
fn note_component(
    part: &Component,
    why: &EditError,
    written: &Written<'_>,
    around_known: bool,
    at: &mut Collector,
) {
    match why {
        EditError::Place(PlaceRefusal::Unknown(_)) => {
            for id in &part.containers {
                let why = EditError::Place(PlaceRefusal::Unknown(id.clone()));
                written.note_unknown(&why, id, "in", at);
            }
        }
        EditError::Place(PlaceRefusal::InItself(_)) => at.examine(&["id", "in"], |at| {
            note(why, at).on("in");
        }),
        EditError::Place(_) if around_known => at.examine(&["kind", "in"], |at| {
            note(why, at).on(if part.containers.is_empty() { "id" } else { "in" });
        }),
        EditError::Place(_) => {}
        EditError::UnknownProp { .. } | EditError::BadValue(_) => at.examine(&["kind", "props"], |at| {
            note(why, at).on("props");
        }),
        _ => at.examine(&[""], |at| {
            note(why, at);
        }),
    }
}

/// Notes what is wrong with a link; `around_known` says whether what it is compared with is known.
fn note_link(part: &Link, why: &EditError, written: &Written<'_>, around_known: bool, at: &mut Collector) {
    match why {
        EditError::UnknownComponent(_) => {
            for (field, id) in [("from", &part.from), ("to", &part.to)] {
                written.note_unknown(&EditError::UnknownComponent(id.clone()), id, field, at);
            }
        }
        _ if !around_known => {}
        EditError::Link(_) => at.examine(&["kind", "from", "to"], |at| {
            note(why, at).on("kind");
        }),
        EditError::NeedsAnswer { prop, .. } => at.examine(&["kind", "from", "to", "props"], |at| {
            let problem = note(why, at);
            match part.props.contains_key(prop.as_str()) {
                true => problem.on("props").on(prop.as_str()),
                false => problem.mark(Anchor::Opening),
            };
        }),
        EditError::UnknownProp { .. } | EditError::BadValue(_) => at.examine(&["kind", "props"], |at| {
            note(why, at).on("props");
        }),
        _ => at.examine(&[""], |at| {
            note(why, at);
        }),
    }
}

fn note<'c>(why: &EditError, at: &'c mut Collector) -> &'c mut Problem {
    let code = edit_code(why);
    at.error(code, why.to_string())
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
    fn two_faults_of_one_component_are_said_together() {
        let text = r#"{ "schemaVersion": 1,
  "components": [
    { "id": "r", "kind": "iam-role", "at": "left", "in": ["vcp"], "props": { "trusts": [] } }
  ] }"#;
        let said = problems(text);
        let starts = [
            "d:3:44: error[wrong-type]",
            "d:3:58: error[unknown-component]",
            "d:3:78: error[unknown-property]",
        ];
        assert!(
            said.len() == 3 && said.iter().zip(starts).all(|(one, start)| one.starts_with(start)),
            "{said:#?}"
        );
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
