//! Reads the documents of authors: everything wrong with one is said, with its place; nothing panics.

use trapwise_model::diagnostic::{Collector, Diagnostic, nearest};
use trapwise_model::load::read_checked;
use trapwise_model::read::FromJson;
use trapwise_model::shape::Shaped;
use trapwise_model::source::Source;

use super::lint::{lint_scenario, note_repeated};
use super::{Facts, Index, Scenario, Variant, Variation};
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
    load_scenario_version(&Variation::default(), file, text, facts)
}

/// Reads a version of a scenario; places are those of the text that is written.
#[must_use]
pub fn load_scenario_version(
    variation: &Variation,
    file: &str,
    text: &str,
    facts: Option<&Facts>,
) -> Loaded<Scenario> {
    load(DocumentKind::Scenario, variation, file, text, |scenario, at| lint_scenario(scenario, facts, at))
}

/// Reads a variant. With `traps`, the ones it falls into have to be among them. What its edits do is seen only
/// with its reference at hand.
#[must_use]
pub fn load_variant(file: &str, text: &str, traps: Option<&[&str]>) -> Loaded<Variant> {
    load_variant_version(&Variation::default(), file, text, traps)
}

/// Reads a variant in a version of its scenario; places are those of the text that is written.
#[must_use]
pub fn load_variant_version(
    variation: &Variation,
    file: &str,
    text: &str,
    traps: Option<&[&str]>,
) -> Loaded<Variant> {
    load(DocumentKind::Variant, variation, file, text, |variant: &Variant, at| {
        // A set has forgotten where each was written: the first place will do.
        at.key("fires", |at| {
            let Some(known) = traps.filter(|_| at.is_sound("")) else { return };
            for trap in variant.fires.iter().filter(|trap| !known.contains(&trap.as_str())) {
                let meant = || nearest(trap, known.iter().copied());
                at.error("unknown-trap", format!("there is no trap `{trap}`"))
                    .maybe_help(|| meant().map(|meant| format!("did you mean `{meant}`?")));
            }
        });
        if variant.edits.is_empty() && at.is_sound("edits") {
            at.key("edits", |at| {
                at.error("no-effect", "a variant without edits is the reference itself");
            });
        }
    })
}

/// Reads the facts.
#[must_use]
pub fn load_facts(file: &str, text: &str) -> Loaded<Facts> {
    load(DocumentKind::Facts, &Variation::default(), file, text, |facts: &Facts, at| {
        note_repeated("facts", "fact", facts.facts.iter().map(|fact| fact.id.as_str()), at);
    })
}

/// Reads the index of a pack.
#[must_use]
pub fn load_index(file: &str, text: &str) -> Loaded<Index> {
    load(DocumentKind::Index, &Variation::default(), file, text, |index: &Index, at| {
        note_repeated("scenarios", "scenario", index.scenarios.iter().map(|entry| entry.id.as_str()), at);
    })
}

fn load<T: FromJson + Shaped>(
    kind: DocumentKind,
    variation: &Variation,
    file: &str,
    text: &str,
    lint: impl FnOnce(&T, &mut Collector),
) -> Loaded<T> {
    let source = Source::new(file, text);
    let mut json = match parse(kind, &source) {
        Ok(json) => json,
        Err(diagnostics) => return Loaded { document: None, diagnostics },
    };
    variation.apply(&mut json);
    let mut at = Collector::default();
    T::shape().check(&json, &mut at);
    // What it means is looked at even where its form is wrong, as far as that can be told.
    let document: T = read_checked(&json, &mut at);
    at.end_form(&json, T::shape());
    lint(&document, &mut at);
    let document = Some(document).filter(|_| !at.has_errors());
    Loaded { document, diagnostics: source.place_all(at) }
}
