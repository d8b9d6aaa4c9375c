//! Reads the documents of authors: everything wrong with one is said, with its place; nothing panics.

use trapwise_model::SortedSet;
use trapwise_model::diagnostic::{Collector, Diagnostic, Path, Problem, nearest};
use trapwise_model::json::Json;
use trapwise_model::load::read_checked;
use trapwise_model::read::FromJson;
use trapwise_model::shape::Shape;
use trapwise_model::source::Source;

use super::lint::{lint_scenario, note_repeated};
use super::shape::{FACTS, INDEX, SCENARIO, VARIANT};
use super::{Facts, Index, Scenario, Variant};
use crate::traps;

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
    load(file, text, &SCENARIO, |scenario, at| lint_scenario(scenario, facts, at))
}

/// Reads a variant. What its edits do is seen only with its reference at hand.
#[must_use]
pub fn load_variant(file: &str, text: &str) -> Loaded<Variant> {
    load(file, text, &VARIANT, |variant: &Variant, at| {
        // A set has forgotten where each was written: the first place will do.
        at.key("fires", |at| {
            for trap in variant.fires.iter().filter(|trap| traps::trap(trap).is_none()) {
                let meant = nearest(trap, traps::TRAPS.iter().map(|trap| trap.id));
                at.error("unknown-trap", format!("there is no trap `{trap}`"))
                    .maybe_help(meant.map(|meant| format!("did you mean `{meant}`?")));
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
    load(file, text, &FACTS, |facts: &Facts, at| {
        note_repeated("facts", "fact", facts.facts.iter().map(|fact| fact.id.as_str()), at);
    })
}

/// Reads the index of a pack.
#[must_use]
pub fn load_index(file: &str, text: &str) -> Loaded<Index> {
    load(file, text, &INDEX, |index: &Index, at| {
        note_repeated("scenarios", "scenario", index.scenarios.iter().map(|entry| entry.id.as_str()), at);
    })
}

fn load<T: FromJson>(
    file: &str,
    text: &str,
    shape: &Shape,
    lint: impl FnOnce(&T, &mut Collector),
) -> Loaded<T> {
    let source = Source::new(file, text);
    let json = match source.parse() {
        Ok(json) => json,
        Err(diagnostics) => return Loaded { document: None, diagnostics },
    };
    let mut at = Collector::default();
    shape.check(&json, &mut at);
    // What it means is looked at even where its form is wrong, as far as that can be told.
    let document: T = read_checked(&json, &mut at);
    let mut meaning = Collector::default();
    lint(&document, &mut meaning);
    at.add(meaning, |form, problem| !may_follow(&problem.path, form.problems(), &json));
    let document = Some(document).filter(|_| !at.has_errors());
    Loaded { document, diagnostics: source.place_all(at) }
}

/// Fields whose meaning depends on others.
const DEPENDS: [(&str, &[&str]); 10] = [
    ("checks", &["requirements", "start", "palette", "maxComponents", "best"]),
    ("hints", &["requirements"]),
    ("keywords", &["brief"]),
    ("lockedLinks", &["start"]),
    ("locks", &["start"]),
    ("maxComponents", &["start"]),
    ("optional", &["start", "palette", "maxComponents", "best"]),
    ("requirements", &["checks"]),
    ("start", &["start"]),
    ("teaches", &["start", "palette", "maxComponents", "best"]),
];

/// Whether something wrong with what a place means may only follow from what is wrong with the form.
fn may_follow(path: &Path, form: &[Problem], json: &Json) -> bool {
    let Some(field) = path.top().filter(|field| json.get(field).is_some()) else { return !form.is_empty() };
    let depends = DEPENDS.iter().find(|(name, _)| *name == field).map_or(&[][..], |(_, on)| on);
    // What varies is rewritten all over the document.
    form.iter().any(|wrong| {
        field == "varies"
            || wrong.path.meets(path)
            || wrong.path.top().is_some_and(|top| depends.contains(&top))
    })
}

/// The ids of facts.
#[must_use]
pub fn fact_ids(facts: &Facts) -> SortedSet<&str> {
    facts.facts.iter().map(|fact| fact.id.as_str()).collect()
}
