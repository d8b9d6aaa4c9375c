//! Verifies content: a scenario teaches what it states, its references are correct, and each of its
//! variants has exactly the effects that it lists.
//!
//! A pure function over files in memory, so that the command line (which reads a folder) and the page
//! (which receives files) report the same. All problems are reported together.

mod ablate;
mod accept;
mod build;
mod canonical;
mod cases;
mod coverage;
mod grade_variants;
mod pack;
mod parts;
mod rename;
mod varied_words;
mod versions;

use trapwise_model::diagnostic::{Collector, Diagnostic, Level};
use trapwise_model::source::Source;
use trapwise_model::{Design, SortedSet};

use crate::scenario::{Facts, Index, IndexEntry, Scenario, Variant, load_facts, load_index};
use crate::texts::Texts;
use crate::traps::TRAPS;

pub use accept::{AcceptedVariant, ListChange, accept_variants};
pub use coverage::{Coverage, FactCoverage, TrapCoverage, coverage};
pub use pack::Pack;
pub use versions::verify_version;

use cases::{FiredInCases, fired_in_cases};
use pack::Folder;

/// Where a pack keeps its facts.
const FACTS: &str = "facts.json";

/// What to verify.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The texts of the traps, to be checked against what the traps find; `None` skips this.
    pub texts: Option<&'a Texts>,
    /// The pack is separate from the library: it does not have to fire every trap.
    pub part: bool,
}

/// The result for a pack.
#[derive(Clone, Debug)]
pub struct Verification {
    /// All problems, by file.
    pub diagnostics: Vec<Diagnostic>,
    /// How many scenarios there are.
    pub scenarios: usize,
    /// How many references.
    pub references: usize,
    /// How many variants.
    pub variants: usize,
}

impl Verification {
    /// Sorts the diagnostics by file and line.
    fn sorted(mut self) -> Self {
        self.diagnostics.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        self
    }

    /// Whether there is no error; warnings are allowed.
    #[must_use]
    pub fn ok(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// A scenario with its references and variants, all of them loaded.
#[derive(Debug)]
pub(crate) struct Content {
    pub scenario: Scenario,
    /// By name, sorted.
    pub references: Vec<(String, Design)>,
    /// By name, sorted.
    pub variants: Vec<(String, Variant)>,
}

/// Verifies a pack against every rule for content.
#[must_use]
pub fn verify(pack: &Pack, options: &Options<'_>) -> Verification {
    let (mut verification, contents) = verify_folders(pack, options);
    let complete = contents.len() == verification.scenarios;
    let diagnostics = &mut verification.diagnostics;
    verify_index(pack, &contents, complete, diagnostics);
    if !options.part && complete {
        verify_traps(&contents, &fired_in_cases(pack, diagnostics), diagnostics);
        if !pack.files.contains_key(FACTS)
            && contents.iter().any(|content| !content.scenario.facts.is_empty())
        {
            let message = "scenarios cite facts, but the pack has no facts".to_owned();
            diagnostics.push(Diagnostic::of_file("missing-file", FACTS, message));
        }
    }
    if let Some((text, facts)) =
        pack.files.get(FACTS).and_then(|text| Some((text, load_facts(FACTS, text).document?)))
    {
        verify_trap_facts(&facts, options, diagnostics);
        if !options.part && complete {
            let mut at = Collector::default();
            verify_taught(&facts, &contents, &mut at);
            diagnostics.extend(Source::new(FACTS, text).place_all(at));
        }
    }
    verification.sorted()
}

/// Verifies only the scenarios of a pack, one by one: for files that an author has opened.
#[must_use]
pub fn verify_scenarios(pack: &Pack, options: &Options<'_>) -> Verification {
    verify_folders(pack, options).0.sorted()
}

fn verify_folders(pack: &Pack, options: &Options<'_>) -> (Verification, Vec<Content>) {
    let mut diagnostics = Vec::new();
    let (folders, stray) = pack.folders();
    for path in stray {
        let message = "a pack has no file with this name or path".to_owned();
        let help = "a pack has `index.json`, `facts.json`, and for each scenario `ID/scenario.json`, `ID/reference*.json` and `ID/variants/NAME.json`";
        diagnostics.push(Diagnostic::of_file("stray-file", path, message).with_help(help));
    }
    let facts = read_facts(pack, &mut diagnostics);
    let mut contents = Vec::new();
    let mut counts = (0, 0);
    for folder in &folders {
        counts.0 += folder.references.len();
        counts.1 += folder.variants.len();
        let content = folder.read(facts.as_ref(), &mut diagnostics);
        if let Some(content) = content {
            grade_variants::verify_content(folder, &content, options, &mut diagnostics);
            contents.push(content);
        }
    }
    let (references, variants) = counts;
    (Verification { diagnostics, scenarios: folders.len(), references, variants }, contents)
}

/// The correct index of a pack; scenarios that cannot be read are omitted.
#[must_use]
pub fn index(pack: &Pack) -> Index {
    let mut ignored = Vec::new();
    let contents: Vec<_> =
        pack.folders().0.iter().filter_map(|folder| folder.read(None, &mut ignored)).collect();
    index_of(&contents)
}

fn index_of(contents: &[Content]) -> Index {
    let mut contents: Vec<_> = contents.iter().collect();
    contents.sort_by_key(|content| (content.scenario.order, &content.scenario.id));
    let entry = |content: &&Content| {
        let Scenario { id, title, summary, exams, domain, difficulty, minutes, facts, .. } =
            &content.scenario;
        let variants = content.variants.iter();
        IndexEntry {
            id: id.clone(),
            title: title.clone(),
            summary: summary.clone(),
            exams: exams.clone(),
            domain: *domain,
            difficulty: *difficulty,
            minutes: *minutes,
            facts: facts.clone(),
            references: content.references.iter().map(|(name, _)| name.clone()).collect(),
            variants: variants.map(|(name, variant)| (name.clone(), variant.fires.clone())).collect(),
        }
    };
    Index { schema_version: 1, scenarios: contents.iter().map(entry).collect() }
}

fn read_facts(pack: &Pack, diagnostics: &mut Vec<Diagnostic>) -> Option<Facts> {
    let text = pack.files.get(FACTS)?;
    let loaded = load_facts(FACTS, text);
    diagnostics.extend(loaded.diagnostics);
    loaded.document
}

/// The index is current: it lists exactly the scenarios of the pack.
fn verify_index(pack: &Pack, contents: &[Content], complete: bool, diagnostics: &mut Vec<Diagnostic>) {
    const FILE: &str = "index.json";
    const HELP: &str = "run `trapwise index`";
    let Some(text) = pack.files.get(FILE) else {
        diagnostics.push(
            Diagnostic::of_file("missing-file", FILE, "the pack has no index".to_owned()).with_help(HELP),
        );
        return;
    };
    let loaded = load_index(FILE, text);
    diagnostics.extend(loaded.diagnostics);
    let Some(found) = loaded.document.filter(|_| complete) else { return };
    let wanted = index_of(contents);
    if found == wanted {
        return;
    }
    let mut at = Collector::default();
    at.key("scenarios", |at| {
        let listed = SortedSet::from_iter(found.scenarios.iter().map(|entry| &entry.id));
        let missing = wanted.scenarios.iter().filter(|entry| !listed.contains(&entry.id));
        for entry in missing {
            at.error("stale-index", format!("`{}` is not listed", entry.id)).help(HELP);
        }
        for (index, entry) in found.scenarios.iter().enumerate() {
            at.index(index, |at| match wanted.scenarios.iter().find(|wanted| wanted.id == entry.id) {
                None => {
                    at.error("stale-index", format!("there is no scenario `{}`", entry.id)).help(HELP);
                }
                Some(wanted) if wanted != entry => {
                    let message = format!("the entry of `{}` is not current", entry.id);
                    at.error("stale-index", message).help(HELP).on("id");
                }
                Some(_) => {}
            });
        }
        if !at.has_errors() {
            at.error("stale-index", "the scenarios are not in the correct order").help(HELP);
        }
    });
    diagnostics.extend(Source::new(FILE, text).place_all(at));
}

/// Every trap of the library fires in a variant or, until it has one, in a case.
fn verify_traps(contents: &[Content], cases: &FiredInCases, diagnostics: &mut Vec<Diagnostic>) {
    let fired = SortedSet::from_iter(
        contents
            .iter()
            .flat_map(|content| content.variants.iter().map(|(_, variant)| variant))
            .flat_map(|variant| &variant.fires),
    );
    let fires = |id: &str| fired.contains(&id.to_owned()) || cases.contains_key(id);
    for trap in TRAPS.iter().filter(|trap| !fires(trap.id)) {
        let message = format!("no variant of any scenario fires the trap `{}`, and no case does", trap.id);
        diagnostics.push(
            Diagnostic::of_file("unfired-trap", "", message)
                .with_help("add a variant that fires it, or a case under `tests/cases`"),
        );
    }
}

/// Every fact is taught by some scenario or trap.
fn verify_taught(facts: &Facts, contents: &[Content], at: &mut Collector) {
    let cited = contents.iter().flat_map(|content| &content.scenario.facts).map(String::as_str);
    let of_traps = TRAPS.iter().flat_map(|trap| trap.facts.iter().copied());
    let taught = SortedSet::from_iter(cited.chain(of_traps));
    at.each("facts", &facts.facts, |at, fact| {
        if !taught.contains(fact.id.as_str()) {
            at.error("untaught-fact", format!("no scenario and no trap teaches `{}`", fact.id))
                .on("id")
                .help("cite it in the `facts` of a scenario that drills it");
        }
    });
}

/// The facts that traps and their texts cite exist.
fn verify_trap_facts(facts: &Facts, options: &Options<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let known = SortedSet::from_iter(facts.facts.iter().map(|fact| fact.id.as_str()));
    for trap in TRAPS {
        let text = options.texts.and_then(|texts| texts.get(trap.id));
        let cited = SortedSet::from_iter(trap.facts.iter().copied());
        for fact in cited.difference(&known) {
            let message =
                format!("the trap `{}` cites the fact `{fact}`, which is not in this file", trap.id);
            let severity = if options.part { Level::Warning } else { Level::Error };
            diagnostics.push(Diagnostic { severity, ..Diagnostic::of_file("unknown-fact", FACTS, message) });
        }
        if options.texts.is_some() && text.is_none() {
            diagnostics.push(Diagnostic::of_file(
                "missing-text",
                "",
                format!("the trap `{}` has no text", trap.id),
            ));
        }
    }
}

impl Folder<'_> {
    /// Path of one of its files.
    pub(crate) fn path(&self, file: &str) -> String {
        format!("{}/{file}", self.id)
    }
}
