//! What a pack teaches, and what it does not teach yet.

use serde::Serialize;

use super::cases::fired_in_cases;
use super::{Content, Pack};
use crate::scenario::load_facts;
use crate::traps::TRAPS;
use trapwise_model::SortedSet;

/// What a pack teaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// Every fact of `facts.json`.
    pub facts: Vec<FactCoverage>,
    /// Every trap of the library.
    pub traps: Vec<TrapCoverage>,
}

/// Where a fact is taught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactCoverage {
    /// Its id.
    pub id: String,
    /// The scenarios that cite it.
    pub scenarios: Vec<String>,
    /// The traps that teach it.
    pub traps: Vec<String>,
}

/// Where a trap fires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrapCoverage {
    /// Its id.
    pub id: String,
    /// The variants that fire it, as `scenario/variant`.
    pub variants: Vec<String>,
    /// The cases in which it fires.
    pub cases: Vec<String>,
}

impl TrapCoverage {
    /// Whether it fires in a case and in no variant.
    #[must_use]
    pub fn is_only_in_cases(&self) -> bool {
        self.variants.is_empty() && !self.cases.is_empty()
    }

    /// Whether it fires in no variant and in no case.
    #[must_use]
    pub fn is_unfired(&self) -> bool {
        self.variants.is_empty() && self.cases.is_empty()
    }
}

impl FactCoverage {
    /// Whether a scenario or a trap teaches it.
    #[must_use]
    pub fn is_taught(&self) -> bool {
        !self.scenarios.is_empty() || !self.traps.is_empty()
    }
}

/// What a pack teaches; files that cannot be read are ignored.
#[must_use]
pub fn coverage(pack: &Pack) -> Coverage {
    let mut ignored = Vec::new();
    let contents: Vec<Content> =
        pack.folders().0.iter().filter_map(|folder| folder.read(None, &mut ignored)).collect();
    let facts = pack.files.get("facts.json").and_then(|text| load_facts("facts.json", text).document);
    let known =
        SortedSet::from_iter(facts.iter().flat_map(|facts| &facts.facts).map(|fact| fact.id.as_str()));
    let facts = known.into_iter().map(|id| FactCoverage {
        id: id.to_owned(),
        scenarios: contents
            .iter()
            .filter(|content| content.scenario.facts.iter().any(|fact| fact == id))
            .map(|content| content.scenario.id.clone())
            .collect(),
        traps: TRAPS.iter().filter(|trap| trap.facts.contains(&id)).map(|trap| trap.id.to_owned()).collect(),
    });
    let fired = fired_in_cases(pack, &mut ignored);
    let traps = TRAPS.iter().map(|trap| TrapCoverage {
        id: trap.id.to_owned(),
        variants: contents
            .iter()
            .flat_map(|content| {
                let fires = content.variants.iter().filter(|(_, variant)| variant.fires.contains(trap.id));
                fires.map(|(name, _)| format!("{}/{name}", content.scenario.id))
            })
            .collect(),
        cases: fired.get(trap.id).into_iter().flatten().cloned().collect(),
    });
    Coverage { facts: facts.collect(), traps: traps.collect() }
}
