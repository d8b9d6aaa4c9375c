//! The documents that authors write, read with the traps of this engine at hand.

pub use trapwise_documents::scenario::*;

use crate::traps::TRAPS;

/// Reads a variant; the traps it falls into have to be among those of this engine.
#[must_use]
pub fn load_variant(file: &str, text: &str) -> Loaded<Variant> {
    load_variant_version(&Variation::default(), file, text)
}

/// Reads a variant in a version of its scenario, in the same way.
#[must_use]
pub fn load_variant_version(variation: &Variation, file: &str, text: &str) -> Loaded<Variant> {
    let traps: Vec<_> = TRAPS.iter().map(|trap| trap.id).collect();
    trapwise_documents::scenario::load_variant_version(variation, file, text, Some(&traps))
}
