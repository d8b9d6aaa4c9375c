//! `trapwise verify --accept`: writes the effects of variants into their files.

use std::path::Path;

use trapwise_engine::scenario::Variant;
use trapwise_engine::verify::{AcceptedVariant, Pack, accept_variants};
use trapwise_model::diagnostic::{Diagnostic, names};
use trapwise_model::shape::Shaped;
use trapwise_model::source::Source;

use super::full_path;
use super::index::{is_current, write_index};
use crate::files::write;
use crate::format::format;

/// Writes the changed variants into the folder and the pack, and the index where it was current before.
/// Returns what was written, with the paths that messages name, and what could not be written.
pub fn accept(dir: &Path, pack: &mut Pack) -> (Vec<AcceptedVariant>, Vec<Diagnostic>) {
    let (mut accepted, mut unwritten) = (Vec::new(), Vec::new());
    let index_was_current = is_current(pack);
    for mut variant in accept_variants(pack) {
        // A file that `trapwise fmt` would not change stays so, even if its lists become long.
        if pack.files.get(&variant.file).is_some_and(|old| formatted(old).as_ref() == Some(old)) {
            variant.text = formatted(&variant.text).unwrap_or(variant.text);
        }
        match write(&dir.join(&variant.file), &variant.text) {
            Ok(()) => {
                pack.files.insert(variant.file.clone(), variant.text.clone());
                variant.file = full_path(dir, &variant.file);
                accepted.push(variant);
            }
            Err(why) => unwritten.push(*why),
        }
    }
    if index_was_current
        && !is_current(pack)
        && let Err(why) = write_index(dir, pack)
    {
        unwritten.push(*why);
    }
    (accepted, unwritten)
}

/// What changed in a variant, one line for each list.
pub fn describe(variant: &AcceptedVariant) -> String {
    let mut out = String::new();
    for change in &variant.changes {
        let ids = |ids: &[String]| names(ids.iter().map(String::as_str));
        let parts: Vec<_> = [("added", &change.added), ("removed", &change.removed)]
            .into_iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(what, list)| format!("{what} {}", ids(list)))
            .collect();
        out.push_str(&format!("{}: {}: {}\n", variant.file, change.field, parts.join("; ")));
    }
    out
}

fn formatted(text: &str) -> Option<String> {
    Some(format(&Source::new("", text).parse().ok()?, Variant::shape()))
}
