//! The documents that authors write: scenarios, variants, facts, the index.

mod document;

pub use document::{
    Ablation, Check, Fact, FactStatus, Facts, Hint, Index, IndexEntry, Keyword, LinkSelector, Question,
    QuestionOption, Requirement, Scenario, Source, StartDesign, Variant,
};
