//! Reads the documents of authors: everything wrong with one is said, with its place; nothing panics.

use trapwise_model::diagnostic::{Collector, Diagnostic, Problem, Step, nearest};
use trapwise_model::json::Json;
use trapwise_model::load::{may_follow_in_design, read_checked};
use trapwise_model::read::FromJson;
use trapwise_model::shape::{Shape, Shaped};
use trapwise_model::source::Source;

use super::lint::{lint_scenario, note_repeated};
use super::{Facts, Index, Scenario, Variant};
use crate::versions::{DocumentKind, parse};

/// What became of a document.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    /// The document, unless there is an error.
    pub document: Option<T>,
    /// Everything to be said of it, first things first; warnings too.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a scenario. With `facts`, the facts it cites have to be among them.
#[must_use]
pub fn load_scenario(file: &str, text: &str, facts: Option<&Facts>) -> Loaded<Scenario> {
    load(DocumentKind::Scenario, file, text, |scenario, at| lint_scenario(scenario, facts, at))
}

/// Reads a variant. With `traps`, the ones it falls into have to be among them. What its edits do is seen only
/// with its reference at hand.
#[must_use]
pub fn load_variant(file: &str, text: &str, traps: Option<&[&str]>) -> Loaded<Variant> {
    load(DocumentKind::Variant, file, text, |variant: &Variant, at| {
        // A set has forgotten where each was written: the first place will do.
        at.key("fires", |at| {
            let Some(known) = traps else { return };
            for trap in variant.fires.iter().filter(|trap| !known.contains(&trap.as_str())) {
                let meant = || nearest(trap, known.iter().copied());
                at.error("unknown-trap", format!("there is no trap `{trap}`"))
                    .maybe_help(|| meant().map(|meant| format!("did you mean `{meant}`?")));
            }
        });
        if variant.edits.is_empty() {
            at.key("edits", |at| {
                at.error("no-effect", "a variant without edits is the reference itself");
            });
        }
    })
}

/// Reads the facts.
#[must_use]
pub fn load_facts(file: &str, text: &str) -> Loaded<Facts> {
    load(DocumentKind::Facts, file, text, |facts: &Facts, at| {
        note_repeated("facts", "fact", facts.facts.iter().map(|fact| fact.id.as_str()), at);
    })
}

/// Reads the index of a pack.
#[must_use]
pub fn load_index(file: &str, text: &str) -> Loaded<Index> {
    load(DocumentKind::Index, file, text, |index: &Index, at| {
        note_repeated("scenarios", "scenario", index.scenarios.iter().map(|entry| entry.id.as_str()), at);
    })
}

fn load<T: FromJson + Shaped>(
    kind: DocumentKind,
    file: &str,
    text: &str,
    lint: impl FnOnce(&T, &mut Collector),
) -> Loaded<T> {
    let source = Source::new(file, text);
    let json = match parse(kind, &source) {
        Ok(json) => json,
        Err(diagnostics) => return Loaded { document: None, diagnostics },
    };
    let mut at = Collector::default();
    T::shape().check(&json, &mut at);
    // What it means is looked at even where its form is wrong, as far as that can be told.
    let document: T = read_checked(&json, &mut at);
    let mut meaning = Collector::default();
    lint(&document, &mut meaning);
    at.add(meaning, |form, problem| {
        !form.problems().iter().any(|wrong| may_follow(problem, wrong, &json, T::shape()))
    });
    let document = Some(document).filter(|_| !at.has_errors());
    Loaded { document, diagnostics: source.place_all(at) }
}

/// What the meaning of one field takes from another: of its items these fields, seen in problems of
/// these codes.
struct Depends {
    field: &'static str,
    /// A field, or the way to it.
    on: &'static str,
    parts: &'static [&'static str],
    codes: &'static [&'static str],
}

const fn depends(
    field: &'static str,
    on: &'static str,
    parts: &'static [&'static str],
    codes: &'static [&'static str],
) -> Depends {
    Depends { field, on, parts, codes }
}

/// What a selector finds out about what can be on the board.
const ON_BOARD: &[&str] = &["unknown-preset", "never-selected", "contradiction"];
const NAMES: &[&str] = &["kind", "preset"];
const NAMES_AND_LIMIT: &[&str] = &["kind", "preset", "limit"];

const DEPENDS: [Depends; 23] = [
    depends("checks", "requirements", &["id"], &["unknown-requirement"]),
    depends("checks", "start/components", NAMES, ON_BOARD),
    depends("checks", "palette", NAMES_AND_LIMIT, ON_BOARD),
    depends("checks", "maxComponents", &[], &["contradiction"]),
    depends("checks", "best", &[], &["contradiction"]),
    depends("checks", "checks", &["points"], &["wrong-sum"]),
    depends("checks", "checks", &["required"], &["contradiction"]),
    depends("hints", "requirements", &["id"], &["unknown-requirement"]),
    depends("keywords", "brief", &[], &["unknown-phrase"]),
    depends("lockedLinks", "start/links", &["id"], &["unknown-link"]),
    depends("locks", "start/components", &["id"], &["unknown-component"]),
    depends("locks", "start/components", &["kind"], &["unknown-property"]),
    depends("maxComponents", "start/components", &[], &["contradiction"]),
    depends("optional", "start/components", NAMES, ON_BOARD),
    depends("optional", "palette", NAMES_AND_LIMIT, ON_BOARD),
    depends("optional", "maxComponents", &[], &["contradiction"]),
    depends("question", "question", &["correct"], &["contradiction"]),
    depends("requirements", "checks", &["requirement"], &["unchecked-requirement"]),
    depends("teaches", "start/components", NAMES, ON_BOARD),
    depends("teaches", "palette", NAMES_AND_LIMIT, ON_BOARD),
    depends("teaches", "maxComponents", &[], &["contradiction"]),
    depends("varies", "palette", NAMES, &["unknown-component"]),
    depends("palette", "palette", NAMES, &["duplicate-id"]),
];

/// Whether something wrong with what a place means may only follow from something wrong with the form.
fn may_follow(problem: &Problem, wrong: &Problem, json: &Json, shape: &Shape) -> bool {
    let Some(field) = problem.path.top().filter(|field| json.get(field).is_some()) else { return true };
    let mut depends = DEPENDS.iter().filter(|one| one.field == field);
    let first = |one: &Depends| one.on.split('/').next().unwrap_or_default();
    let Some(top) = wrong.path.top() else {
        // The document as a whole; where it lacks fields, what needs one of them.
        return wrong.code != "missing-field" || depends.any(|one| lacks(json, shape, first(one)));
    };
    if wrong.code == "unknown-field" && json.get(top).is_some() && wrong.path.0.len() == 1 {
        // It may be one of those that are not there, misspelt.
        return depends.any(|one| json.get(first(one)).is_none());
    }
    if field == "start" && top == "start" {
        return may_follow_in_design(problem, wrong, json, &[Step::Key("start".to_owned())]);
    }
    let on_the_way = |on: &str| {
        wrong.path.0.iter().zip(on.split('/')).all(|(step, key)| matches!(step, Step::Key(own) if own == key))
    };
    is_about_the_same(problem, wrong, json)
        || depends.filter(|one| on_the_way(one.on)).any(|one| {
            let codes = one.codes.contains(&problem.code);
            let named = || one.parts == NAMES || one.parts == NAMES_AND_LIMIT;
            wrong.concerns(one.parts, json) && (codes || named() && is_named(problem, wrong, json))
        })
}

/// Whether a field is missing that every scenario has.
fn lacks(json: &Json, shape: &Shape, field: &str) -> bool {
    let Shape::Record(record) = shape else { return false };
    json.get(field).is_none() && record.fields.iter().any(|one| one.name == field && one.required)
}

/// Whether both are about the same item; of a check, whose fields say different things, about the same field.
fn is_about_the_same(problem: &Problem, wrong: &Problem, json: &Json) -> bool {
    match (problem.path.item(), wrong.path.item()) {
        (Some((here, rest)), Some((there, other))) => {
            let apart = match rest.first() {
                Some(own @ Step::Key(key)) if problem.path.top() == Some("checks") => {
                    other.first() != Some(own) && json.at(here).is_some_and(|item| item.get(key).is_some())
                }
                _ => false,
            };
            here == there && !apart
        }
        // What is said of a list is about its items only as far as the table says.
        (None, Some(_)) => false,
        _ => problem.path.meets(&wrong.path),
    }
}

/// Whether one is about something that selects by the preset of what the other is about.
fn is_named(problem: &Problem, wrong: &Problem, json: &Json) -> bool {
    let (Some((here, _)), Some((there, _))) = (problem.path.item(), wrong.path.item()) else { return false };
    let preset = json.at(there).and_then(|part| part.get("preset")).and_then(Json::as_text);
    preset.is_some_and(|preset| json.at(here).is_some_and(|item| item.mentions(preset)))
}
