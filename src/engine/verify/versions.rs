//! Every version of a scenario follows the same rules as the first.

use trapwise_model::diagnostic::{Collector, Diagnostic, excerpt};

use super::pack::Folder;
use super::{Content, Options, Pack, grade_variants};
use crate::scenario::Variation;

/// Verifies the versions for a seed. In a scenario that does not vary, the zones are swapped: no verdict
/// may depend on their letters.
#[must_use]
pub fn verify_version(pack: &Pack, seed: u32, options: &Options<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for folder in pack.folders().0 {
        // Problems of the first version are reported for the first version only.
        let Some(first) = folder.read(None, &mut Vec::new()) else { continue };
        let variation = match &first.scenario.varies {
            Some(_) => Variation::of(&first.scenario, seed),
            None => Variation::of_zones(seed),
        };
        let mut found = Vec::new();
        if let Some(mut content) = folder.read_version(&variation, None, &mut found) {
            variation.thin_out(&mut content.scenario);
            // The replacing words are expected to be present now.
            content.scenario.varies = None;
            grade_variants::verify_content(&folder, &content, options, &mut found);
        }
        // Warnings would only repeat those of the first version.
        diagnostics.extend(found.into_iter().filter(Diagnostic::is_error).map(|one| {
            let message = format!("with seed {seed}: {}", one.message);
            Diagnostic { message, ..one }
        }));
    }
    diagnostics
}

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
