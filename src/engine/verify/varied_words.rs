//! What a scenario says of its versions.

use trapwise_model::diagnostic::{Collector, excerpt};

use super::Content;
use super::pack::Folder;
use crate::scenario::Variation;

/// A word that replaces another must not be present already: the two could not be distinguished.
pub(super) fn verify_varies(folder: &Folder<'_>, content: &Content, at: &mut Collector) {
    let Some(varies) = &content.scenario.varies else { return };
    let designs = folder.references.iter().chain(&folder.variants).map(|(_, source)| source);
    let documents: Vec<_> =
        folder.scenario.iter().chain(designs).filter_map(|source| source.parse().ok()).collect();
    at.key("varies", |at| {
        at.each("choices", &varies.choices, |at, choice| {
            at.each("among", &choice.among, |at, others| {
                for other in others.as_list().unwrap_or_default().iter().filter(|it| !choice.is.contains(it))
                {
                    let Some(word) = other.as_text() else { continue };
                    if documents.iter().any(|document| Variation::says(document, word)) {
                        let message = format!(
                            "`{}` is already present and could not be distinguished from it",
                            excerpt(word)
                        );
                        at.error("ambiguous-version", message);
                    }
                }
            });
        });
    });
}
