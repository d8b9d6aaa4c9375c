//! Every version of a scenario keeps the promises of the first.

use trapwise_model::diagnostic::{Collector, Diagnostic, excerpt};

use super::pack::Folder;
use super::{Content, Options, Pack, grade_variants};
use crate::scenario::Variation;

/// Holds the versions of that seed to what is promised of scenarios. Of a scenario that does not vary,
/// the zones change places: no verdict may depend on their letters.
#[must_use]
pub fn verify_version(pack: &Pack, seed: u32, options: &Options<'_>) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    for folder in pack.folders().0 {
        // What is wrong with the first version is said of the first version.
        let Some(first) = folder.read(None, &mut Vec::new()) else { continue };
        let variation = match &first.scenario.varies {
            Some(_) => Variation::of(&first.scenario, seed),
            None => Variation::of_zones(seed),
        };
        let own = pack.files.iter().filter(|(path, _)| path.split('/').next() == Some(folder.id));
        let mut version = Pack::default();
        for (path, text) in own {
            version.files.insert(path.clone(), variation.rewrite(text));
        }
        let mut found = Vec::new();
        for folder in version.folders().0 {
            if let Some(mut content) = folder.read(None, &mut found) {
                variation.thin_out(&mut content.scenario);
                // Words that replace others are there now, and rightly.
                content.scenario.varies = None;
                grade_variants::verify_content(&folder, &content, options, &mut found);
            }
        }
        // Warnings are those of the first version once more.
        said.extend(found.into_iter().filter(Diagnostic::is_error).map(|one| {
            let message = format!("with seed {seed}: {}", one.message);
            Diagnostic { message, ..one }
        }));
    }
    said
}

/// A word that takes the place of another must not be there already: the two would become one.
pub(super) fn verify_varies(folder: &Folder<'_>, content: &Content, at: &mut Collector) {
    let Some(varies) = &content.scenario.varies else { return };
    let sources = || {
        let designs = folder.references.iter().chain(&folder.variants).map(|(_, source)| source);
        folder.scenario.iter().chain(designs)
    };
    at.key("varies", |at| {
        at.each("choices", &varies.choices, |at, choice| {
            at.each("among", &choice.among, |at, others| {
                for other in others.as_list().unwrap_or_default().iter().filter(|it| !choice.is.contains(it))
                {
                    let Some(word) = other.as_text() else { continue };
                    if sources().any(|source| Variation::says(source.text, word)) {
                        let message =
                            format!("`{}` is there already, and would be taken for it", excerpt(word));
                        at.error("ambiguous-version", message);
                    }
                }
            });
        });
    });
}
