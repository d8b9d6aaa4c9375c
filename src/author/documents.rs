//! One document on its own.

use trapwise_documents::design::load_design;
use trapwise_engine::scenario::{Loaded, load_facts, load_index, load_scenario, load_variant};

use super::Answer;

/// Everything that is wrong with a document of that kind.
pub fn examine(kind: &str, path: &str, text: &str) -> Answer {
    match kind {
        "scenario" => answer(path, load_scenario(path, text, None)),
        "variant" => answer(path, load_variant(path, text)),
        "index" => answer(path, load_index(path, text)),
        "facts" => answer(path, load_facts(path, text)),
        _ => Answer { scenario: None, problems: load_design(path, text).err().unwrap_or_default() },
    }
}

fn answer<T>(path: &str, loaded: Loaded<T>) -> Answer {
    let Loaded { document, diagnostics } = loaded;
    Answer { scenario: document.map(|_| path.to_owned()), problems: diagnostics }
}
