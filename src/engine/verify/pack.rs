//! The files of a pack, assigned to its scenarios.

use trapwise_documents::design::load_design_version;
use trapwise_model::diagnostic::{Collector, Diagnostic, Step, suggest};
use trapwise_model::source::Source;
use trapwise_model::{SortedMap, is_id};

use super::Content;
use crate::scenario::{Facts, Scenario, Variant, Variation, load_scenario_version, load_variant_version};

/// A pack of scenarios, in memory.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// Text by path from the pack's folder, with `/` between names, for example
    /// `two-roles/variants/roles-swapped.json`.
    pub files: SortedMap<String, String>,
    /// The designs of `tests/cases` and their `needs.json`: text by the path that messages name.
    pub cases: SortedMap<String, String>,
}

/// The files of one scenario.
#[derive(Debug, Default)]
pub(crate) struct Folder<'p> {
    /// Its name.
    pub id: &'p str,
    /// `scenario.json`.
    pub scenario: Option<Source<'p>>,
    /// `reference*.json`, by name without `.json`.
    pub references: Vec<(&'p str, Source<'p>)>,
    /// `variants/*.json`, by name without `.json`.
    pub variants: Vec<(&'p str, Source<'p>)>,
}

impl Pack {
    /// The scenarios by folder, and the paths that belong to no scenario.
    pub(crate) fn folders(&self) -> (Vec<Folder<'_>>, Vec<&str>) {
        let mut folders: Vec<Folder<'_>> = Vec::new();
        let mut stray = Vec::new();
        for (path, text) in &self.files {
            let source = Source::new(path, text);
            let parts: Vec<_> = path.split('/').collect();
            let stem = parts.last().and_then(|file| file.strip_suffix(".json")).filter(|stem| is_id(stem));
            match (parts.as_slice(), stem) {
                (["index.json" | "facts.json"], _) => {}
                ([id, _], Some("scenario")) => folder(&mut folders, id).scenario = Some(source),
                ([id, _], Some(stem)) if stem == "reference" || stem.starts_with("reference-") => {
                    folder(&mut folders, id).references.push((stem, source));
                }
                ([id, "variants", _], Some(stem)) => {
                    folder(&mut folders, id).variants.push((stem, source));
                }
                _ => stray.push(path.as_str()),
            }
        }
        // Paths are sorted, but the names in them are not: `a-b.json` precedes `a.json`.
        for folder in &mut folders {
            folder.references.sort_by_key(|(name, _)| *name);
            folder.variants.sort_by_key(|(name, _)| *name);
        }
        (folders, stray)
    }
}

/// The folder with that name. It is the last one or a new one, because paths are sorted.
fn folder<'p, 'f>(folders: &'f mut Vec<Folder<'p>>, id: &'p str) -> &'f mut Folder<'p> {
    if folders.last().is_none_or(|last| last.id != id) {
        folders.push(Folder { id, ..Folder::default() });
    }
    let last = folders.len() - 1;
    #[expect(clippy::indexing_slicing, reason = "the last of a list that is not empty")]
    &mut folders[last]
}

/// The item of a list that has a name.
pub(super) fn named<'a, K: AsRef<str>, T>(list: &'a [(K, T)], name: &str) -> Option<&'a T> {
    list.iter().find(|(known, _)| known.as_ref() == name).map(|(_, item)| item)
}

impl Folder<'_> {
    /// Reads every file; `None` when one of them has an error.
    pub fn read(&self, facts: Option<&Facts>, diagnostics: &mut Vec<Diagnostic>) -> Option<Content> {
        self.read_version(&Variation::default(), facts, diagnostics)
    }

    /// Reads every file in a version of the scenario; `None` when one of them has an error.
    pub fn read_version(
        &self,
        variation: &Variation,
        facts: Option<&Facts>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Content> {
        let scenario = self.read_scenario(variation, facts, diagnostics);
        let mut complete = true;
        let mut references = Vec::new();
        for (name, source) in &self.references {
            match load_design_version(variation, source.file, source.text) {
                Ok(design) => references.push(((*name).to_owned(), design)),
                Err(wrong) => {
                    complete = false;
                    diagnostics.extend(wrong);
                }
            }
        }
        if self.references.is_empty() {
            complete = false;
            let message = "the scenario has no reference".to_owned();
            diagnostics.push(Diagnostic::of_file("missing-file", &self.path("reference.json"), message));
        }
        let mut variants = Vec::new();
        for (name, source) in &self.variants {
            let loaded = load_variant_version(variation, source.file, source.text);
            diagnostics.extend(loaded.diagnostics);
            match loaded.document {
                Some(variant) => variants.push(((*name).to_owned(), variant)),
                None => complete = false,
            }
        }
        let scenario = scenario?;
        self.check_names(&scenario, &variants, diagnostics);
        complete.then_some(Content { scenario, references, variants })
    }

    fn read_scenario(
        &self,
        variation: &Variation,
        facts: Option<&Facts>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Scenario> {
        let Some(source) = &self.scenario else {
            let message = "this folder has no scenario".to_owned();
            diagnostics.push(Diagnostic::of_file("missing-file", &self.path("scenario.json"), message));
            return None;
        };
        let loaded = load_scenario_version(variation, source.file, source.text, facts);
        diagnostics.extend(loaded.diagnostics);
        let scenario = loaded.document?;
        if scenario.id != self.id {
            let message = format!("the folder is named `{}`, but the scenario `{}`", self.id, scenario.id);
            let mut at = Collector::default();
            at.error("wrong-id", message).on("id");
            diagnostics.extend(source.place_all(at));
        }
        Some(scenario)
    }

    /// The references, checks and variants that are named exist.
    fn check_names(
        &self,
        scenario: &Scenario,
        variants: &[(String, Variant)],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for (name, variant) in variants {
            let Some(source) = named(&self.variants, name) else { continue };
            let mut at = Collector::default();
            if named(&self.references, &variant.reference).is_none() {
                at.error("unknown-reference", format!("there is no `{}.json`", variant.reference))
                    .on("reference")
                    .maybe_help(|| {
                        suggest(&variant.reference, self.references.iter().map(|(name, _)| *name))
                    });
            }
            let known = || scenario.checks.iter().map(|check| check.id.as_str());
            for check in variant.fails_checks.iter().filter(|id| known().all(|known| known != **id)) {
                at.error("unknown-check", format!("there is no check `{check}`"))
                    .on("failsChecks")
                    .maybe_help(|| suggest(check, known()));
            }
            diagnostics.extend(source.place_all(at));
        }
        let mut at = Collector::default();
        for (index, option) in scenario.question.options.iter().enumerate() {
            let missing = option.variant.as_deref().filter(|name| named(&self.variants, name).is_none());
            if let Some(name) = missing {
                let problem = at.error("unknown-variant", format!("there is no variant `{name}`"));
                problem.on("question").on("options");
                problem.path.0.push(Step::Index(index));
                problem
                    .on("variant")
                    .maybe_help(|| suggest(name, self.variants.iter().map(|(name, _)| *name)));
            }
        }
        diagnostics.extend(self.scenario.iter().flat_map(|source| source.place_all(at.take())));
    }
}
