//! The documents that authors write: scenarios, variants, facts, the index.

mod beside;
mod document;
mod lint;
mod load;
mod vary;

pub use beside::{Fact, FactStatus, Facts, Index, IndexEntry, Variant};
pub use document::{
    Ablation, Check, Choice, Distractors, Hint, Keyword, LinkSelector, OptionalPart, Question,
    QuestionOption, Requirement, Scenario, Source, StartDesign, Varies,
};
pub use load::{
    Loaded, load_facts, load_index, load_scenario, load_scenario_version, load_variant, load_variant_version,
};
pub use vary::Variation;
