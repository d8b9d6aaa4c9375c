//! The effects of variants, written into their files, so that a change is reviewed as a diff.

use serde::Serialize;
use trapwise_model::SortedSet;
use trapwise_model::diagnostic::{Anchor, Path, Step};
use trapwise_model::json::Json;
use trapwise_model::source::{Source, locate};

use super::Pack;
use super::grade_variants::effects;
use super::pack::named;
use crate::evaluate::evaluate;

/// A variant's file that lists what the variant really does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AcceptedVariant {
    /// Its path in the pack.
    pub file: String,
    /// Its new text; nothing but the changed lists differs.
    #[serde(skip)]
    pub text: String,
    /// What differs, at least one field.
    pub changes: Vec<ListChange>,
}

/// How a list of ids changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListChange {
    /// `fires` or `failsChecks`.
    pub field: &'static str,
    /// New ids.
    pub added: Vec<String>,
    /// Ids that no longer apply.
    pub removed: Vec<String>,
}

/// Every variant that does not do what it lists, with the lists corrected. A variant that has no effect
/// any more is left unchanged: that is never what its author intended.
#[must_use]
pub fn accept_variants(pack: &Pack) -> Vec<AcceptedVariant> {
    let mut accepted = Vec::new();
    for folder in pack.folders().0 {
        // What cannot be read is reported when the pack is verified.
        let Some(content) = folder.read(None, &mut Vec::new()) else { continue };
        for (name, variant) in &content.variants {
            let Some(source) = named(&folder.variants, name) else { continue };
            let Some(mut design) = named(&content.references, &variant.reference).cloned() else { continue };
            if design.apply_all(&variant.edits).is_err() {
                continue;
            }
            let (fired, failed) = effects(&evaluate(&content.scenario, &design));
            if fired.is_empty() && failed.is_empty() {
                continue;
            }
            let changes: Vec<_> = [
                change("fires", &variant.fires, &fired),
                change("failsChecks", &variant.fails_checks, &failed),
            ]
            .into_iter()
            .flatten()
            .collect();
            let text = changes.iter().try_fold(source.text.to_owned(), |text, change| rewrite(&text, change));
            if let Some(text) = text.filter(|_| !changes.is_empty()) {
                accepted.push(AcceptedVariant { file: source.file.to_owned(), text, changes });
            }
        }
    }
    accepted
}

fn change(field: &'static str, listed: &SortedSet<String>, found: &SortedSet<String>) -> Option<ListChange> {
    let added: Vec<_> = found.difference(listed).cloned().collect();
    let removed: Vec<_> = listed.difference(found).cloned().collect();
    (!added.is_empty() || !removed.is_empty()).then_some(ListChange { field, added, removed })
}

/// The text with one list changed. What stays in the list keeps its order.
fn rewrite(text: &str, change: &ListChange) -> Option<String> {
    let json = Source::new("", text).parse().ok()?;
    let Some(Json::List(items)) = json.get(change.field) else { return None };
    let listed = items.iter().filter_map(Json::as_text);
    let kept = listed.filter(|id| change.removed.iter().all(|removed| removed != id));
    let ids: Vec<_> =
        kept.chain(change.added.iter().map(String::as_str)).map(|id| format!("\"{id}\"")).collect();
    let place = locate(text, &Path(vec![Step::Key(change.field.to_owned())]), Anchor::Value);
    Some(format!("{}[{}]{}", text.get(..place.start)?, ids.join(", "), text.get(place.end..)?))
}
