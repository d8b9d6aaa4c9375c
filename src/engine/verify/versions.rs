//! Every version of a scenario follows the same rules as the first.

use trapwise_model::diagnostic::Diagnostic;

use super::{Options, Pack, grade_variants};
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
