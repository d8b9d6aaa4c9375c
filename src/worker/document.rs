//! One document on its own.

use trapwise_documents::design::load_design;
use trapwise_documents::messages::{DocumentFile, ExamineKind, Examined};
use trapwise_engine::scenario::{Loaded, load_facts, load_index, load_scenario, load_variant};

/// Everything that is wrong with a document of that kind.
pub fn examine(kind: ExamineKind, file: &DocumentFile) -> Examined {
    let DocumentFile { path, text } = file;
    match kind {
        ExamineKind::Scenario => answer(path, load_scenario(path, text, None)),
        ExamineKind::Variant => answer(path, load_variant(path, text)),
        ExamineKind::Index => answer(path, load_index(path, text)),
        ExamineKind::Facts => answer(path, load_facts(path, text)),
        ExamineKind::Design => {
            Examined { scenario: None, problems: load_design(path, text).err().unwrap_or_default() }
        }
    }
}

fn answer<T>(path: &str, loaded: Loaded<T>) -> Examined {
    let Loaded { document, diagnostics } = loaded;
    Examined { scenario: document.map(|_| path.to_owned()), problems: diagnostics }
}
