//! Every scenario of `scenarios/`, with every design that it has.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use trapwise_documents::design::load_design;
use trapwise_engine::scenario::{Scenario, Variant, load_scenario, load_variant};
use trapwise_model::Design;

/// A scenario and what stands beside it.
pub struct Content {
    pub scenario: Scenario,
    /// By name.
    pub references: Vec<(String, Design)>,
    /// By name, each with the design that it makes.
    pub variants: Vec<(String, Variant, Design)>,
}

impl Content {
    /// Start, references and variants, each with a name for messages.
    pub fn designs(&self) -> Vec<(String, Design)> {
        let id = &self.scenario.id;
        let start = (format!("{id} at the start"), self.scenario.start_design());
        let references =
            self.references.iter().map(|(name, design)| (format!("{id}/{name}"), design.clone()));
        let variants =
            self.variants.iter().map(|(name, _, design)| (format!("{id}/variants/{name}"), design.clone()));
        std::iter::once(start).chain(references).chain(variants).collect()
    }
}

/// The library, read once.
pub static LIBRARY: LazyLock<Vec<Content>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let library: Vec<_> =
        sorted(&root).iter().filter(|path| path.is_dir()).map(|path| content(path)).collect();
    assert!(!library.is_empty(), "no scenario in {}", root.display());
    library
});

fn content(folder: &Path) -> Content {
    let scenario = load_scenario("scenario.json", &text(&folder.join("scenario.json")), None);
    let scenario =
        scenario.document.unwrap_or_else(|| panic!("{}: {:?}", folder.display(), scenario.diagnostics));
    let references: Vec<_> = sorted(folder)
        .iter()
        .filter(|path| stem(path).starts_with("reference"))
        .map(|path| (stem(path), load_design("reference.json", &text(path)).unwrap()))
        .collect();
    let variants = sorted(&folder.join("variants")).into_iter().map(|path| {
        let variant = load_variant("variant.json", &text(&path)).document.unwrap();
        let (_, base) = references.iter().find(|(name, _)| *name == variant.reference).unwrap();
        let mut design = base.clone();
        design.apply_all(&variant.edits).unwrap();
        (stem(&path), variant, design)
    });
    Content { variants: variants.collect(), scenario, references }
}

fn sorted(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}
