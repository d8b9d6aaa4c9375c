//! One scenario with what belongs to it, wherever it came from.

use std::rc::Rc;

use trapwise_documents::messages::{Board, ScenarioSource};
use trapwise_documents::scenario::{Scenario, Variant, Variation};
use trapwise_model::{BuildRules, Design};
use trapwise_session::VERSION;
use yew::Callback;

use crate::platform::address;
use crate::platform::files::OpenedFile;
use crate::ui::document_loader;
use crate::ui::hooks::{Trouble, fetch, text};
use crate::ui::router::Route;

/// A scenario, and where the rest of it is.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Its key in the attempt store.
    pub place: String,
    /// The document.
    pub scenario: Scenario,
    /// What may be built.
    pub rules: BuildRules,
    /// The document as it is written.
    text: Rc<str>,
    source: Source,
    /// Which version it is; 0 is the one that is written.
    pub seed: u32,
    variation: Variation,
    on_version: Option<Callback<u32>>,
}

/// The way to another version.
pub enum Next {
    /// A page.
    Page(Route),
    /// In the place of this one.
    Here(Callback<()>),
}

/// The same scenario, not an equal one: it is always shared.
impl PartialEq for Pack {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Where references and variants are.
#[derive(Clone, Debug)]
enum Source {
    /// Beneath this address, which ends with a slash.
    Folder(String),
    /// Among these files.
    Files(Vec<OpenedFile>),
}

impl Pack {
    /// A scenario of this site, in the version of that seed: the document with its text. Each version has
    /// a place of its own, so that work at one never meets work at another.
    #[must_use]
    pub fn of_site(scenario: Scenario, text: &str, seed: u32) -> Self {
        let source = Source::Folder(format!("scenarios/{}/", scenario.id));
        Self::new(scenario.id.clone(), scenario, text, source).version(seed)
    }

    fn new(place: String, scenario: Scenario, text: &str, source: Source) -> Self {
        let (rules, text) = (scenario.build_rules(), text.into());
        Self {
            place,
            rules,
            scenario,
            text,
            source,
            seed: 0,
            variation: Variation::default(),
            on_version: None,
        }
    }

    /// A design for it, as the engine is asked about it.
    #[must_use]
    pub fn board(&self, design: &Rc<Design>) -> Board {
        let scenario = ScenarioSource { text: Rc::clone(&self.text), seed: self.seed };
        Board { scenario, design: Rc::clone(design) }
    }

    /// Its version of that seed; itself if it does not vary.
    fn version(self, seed: u32) -> Self {
        let variation = Variation::of(&self.scenario, seed);
        if variation.is_first() {
            return self;
        }
        let Some(scenario) = variation.scenario(&self.text) else { return self };
        let place = format!("{}{VERSION}{seed}", self.place);
        Self { place, seed, variation, rules: scenario.build_rules(), scenario, ..self }
    }

    /// How another version is come to, if there are any: the page of one of this site, or what to call with
    /// its seed where it is from files.
    #[must_use]
    pub fn next_version(&self) -> Option<Next> {
        self.scenario.varies.as_ref()?;
        let seed = self.seed.wrapping_add(1);
        match &self.source {
            Source::Folder(folder) if folder.starts_with("scenarios/") => {
                Some(Next::Page(Route::version(self.scenario.id.clone(), seed)))
            }
            _ => self.on_version.as_ref().map(|on_version| Next::Here(on_version.reform(move |()| seed))),
        }
    }

    /// A scenario of an address that the learner agreed to.
    #[must_use]
    pub fn of_address((scenario, text): &(Scenario, String), href: &str) -> Self {
        let folder = address::resolve(href).map_or_else(String::new, |address| folder(&address.href));
        let place = format!("url:{href}");
        Self::new(place, scenario.clone(), text, Source::Folder(folder))
    }

    /// A scenario of opened files, in the version of that seed: the document with its text, and what asks for
    /// another version.
    #[must_use]
    pub fn of_files(
        (scenario, text): &(Scenario, String),
        files: Vec<OpenedFile>,
        seed: u32,
        on_version: Callback<u32>,
    ) -> Self {
        let place = format!("file:{}", scenario.id);
        let pack = Self::new(place, scenario.clone(), text, Source::Files(files));
        Self { on_version: Some(on_version), ..pack }.version(seed)
    }

    /// The name of the learner's file that it was read from.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        let Source::Files(files) = &self.source else { return None };
        let file = files.iter().find(|file| file.path.ends_with("scenario.json")).or(files.first());
        file.map(|file| file.path.as_str())
    }

    /// One of its variants.
    ///
    /// # Errors
    /// Why not.
    pub async fn variant(&self, name: &str) -> Result<Variant, Trouble> {
        self.read(&format!("variants/{name}.json"), &document_loader::VARIANT).await
    }

    /// One of its references.
    ///
    /// # Errors
    /// Why not.
    pub async fn reference(&self, name: &str) -> Result<Design, Trouble> {
        self.read(&format!("{name}.json"), &document_loader::DESIGN).await
    }

    /// The names of its references: those of the index, of the files, or the usual one.
    pub async fn references(&self) -> Vec<String> {
        let named = match &self.source {
            Source::Files(files) => files.iter().filter_map(|file| reference_name(&file.path)).collect(),
            Source::Folder(folder) if folder.starts_with("scenarios/") => {
                let index = fetch("scenarios/index.json", &document_loader::INDEX).await.ok();
                let entries = index.into_iter().flat_map(|index| index.scenarios);
                entries
                    .filter(|entry| entry.id == self.scenario.id)
                    .flat_map(|entry| entry.references)
                    .collect()
            }
            Source::Folder(_) => Vec::new(),
        };
        if named.is_empty() { vec!["reference".to_owned()] } else { named }
    }

    /// The board that a variant builds.
    ///
    /// # Errors
    /// Why not.
    pub async fn build(&self, variant: &Variant) -> Result<Design, Trouble> {
        let mut design = self.reference(&variant.reference).await?;
        // An edit that does not fit is a mistake of the author; what fits is shown all the same.
        for edit in &variant.edits {
            let _ = design.apply(edit);
        }
        Ok(design)
    }

    async fn read<T>(&self, path: &str, reader: &document_loader::Reader<T>) -> Result<T, Trouble> {
        let (file, text) = match &self.source {
            Source::Folder(folder) => {
                let file = format!("{folder}{path}");
                let text = text(&file).await?;
                (file, text)
            }
            Source::Files(files) => {
                let file = files.iter().find(|file| ends_with_path(&file.path, path));
                let text = file.and_then(|file| file.text.clone().ok());
                (path.to_owned(), text.ok_or_else(|| Trouble::unopened(path))?)
            }
        };
        let text = self.variation.rewrite(&text);
        reader.read(&file, &text).await.map_err(|problems| Trouble::unusable(&file, text, problems))
    }
}

/// Everything before the file's name; a query belongs to the file.
fn folder(href: &str) -> String {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// Files that were chosen one by one have lost their folder.
fn ends_with_path(opened: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    opened == path || opened == name || opened.ends_with(&format!("/{path}"))
}

fn reference_name(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?.strip_suffix(".json")?;
    name.starts_with("reference").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_with_and_without_their_folder() {
        for opened in ["variants/a.json", "a.json", "two-roles/variants/a.json"] {
            assert!(ends_with_path(opened, "variants/a.json"), "{opened}");
        }
        assert!(!ends_with_path("variants/aa.json", "variants/a.json"));
        assert_eq!(reference_name("x/reference-2.json").as_deref(), Some("reference-2"));
        assert_eq!(reference_name("scenario.json"), None);
    }

    #[test]
    fn the_folder_of_an_address_is_what_stands_before_the_file() {
        assert_eq!(folder("https://a.b/c/scenario.json?x=/y"), "https://a.b/c/");
    }
}
