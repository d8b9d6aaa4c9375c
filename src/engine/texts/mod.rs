//! The words of the traps, and whether they fit what the traps find. The command line embeds them (feature
//! `texts`), the page fetches all of them in one file.

#[cfg(feature = "texts")]
mod embedded;

pub use trapwise_documents::texts::*;

use crate::finding::Detection;
#[cfg(feature = "texts")]
use crate::traps::{TRAPS, Trap};

/// The texts of the whole library, as they were when the engine was built.
#[cfg(feature = "texts")]
#[must_use]
pub fn embedded() -> Texts {
    let mut texts = Texts::new();
    for (trap, text) in embedded::texts() {
        // A test holds that every one of them is well formed.
        if let Ok(text) = parse(text) {
            texts.insert(&trap, text);
        }
    }
    texts
}

/// Every trap with its text, as the page shows them.
#[cfg(feature = "texts")]
#[must_use]
pub fn library() -> TrapLibrary {
    let summary = |trap: &&Trap| TrapSummary {
        id: trap.id.to_owned(),
        area: trap.area,
        severity: trap.severity,
        domain: trap.domain,
        facts: trap.facts.iter().map(|fact| (*fact).to_owned()).collect(),
    };
    TrapLibrary::new(TRAPS.iter().map(summary).collect(), embedded())
}

/// Where a text and what its trap found do not fit together: placeholders that the detection does not fill,
/// fixes that the text does not name. Empty when all is well.
#[must_use]
pub fn misfits(text: &TrapText, detection: &Detection) -> Vec<String> {
    let mut misfits = Vec::new();
    let mut check = |what: &str, template: &str| {
        for name in placeholders(template).filter(|name| !detection.args.contains_key(*name)) {
            misfits.push(format!("{what} uses `{{{name}}}`, which the detection does not fill"));
        }
    };
    check("message", &text.message);
    for fix in &detection.fixes {
        if let Some(template) = text.fixes.get(fix.key) {
            check(&format!("fix.{}", fix.key), template);
        }
    }
    let unnamed = detection.fixes.iter().filter(|fix| !text.fixes.contains_key(fix.key));
    misfits.extend(unnamed.map(|fix| format!("fix.{} is missing", fix.key)));
    misfits
}
