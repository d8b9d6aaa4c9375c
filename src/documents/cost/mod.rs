//! What an estimate says: costs and work, as reports and scenarios state them. The engine works them out.

mod volumes;
mod words;

pub use volumes::Volumes;
pub use words::{decimal, dollars};

use serde::{Deserialize, Serialize};
use trapwise_model::ComponentId;
use trapwise_model::read::{At, FromJson};

/// What a design costs a month, and what work it makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// The Region whose list prices these are.
    pub region: String,
    /// The day of the prices, `YYYY-MM-DD`.
    pub priced_on: String,
    /// US cents a month: the sum of the lines.
    pub monthly_cents: u64,
    /// What is paid for, the dearest first.
    pub lines: Vec<Line>,
    /// Components that cost something nobody here knows, for example instances of an unknown type.
    pub unpriced: Vec<ComponentId>,
    /// Points of work: the sum of the reasons.
    pub operations: u32,
    /// What makes work, the most first.
    pub reasons: Vec<Reason>,
    /// How much is assumed to flow.
    pub volumes: Volumes,
}

/// The least that the references of a scenario come to, each figure for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Best {
    /// US cents a month.
    pub cost_cents: u64,
    /// Points of work.
    pub operations: u32,
}

impl FromJson for Best {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { cost_cents: at.need("costCents"), operations: at.need("operations") })
    }
}

/// What is paid for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// In words, unique among the lines.
    pub what: String,
    /// Which components it is paid for, by id.
    pub components: Vec<ComponentId>,
    /// How much, in thousandths of the unit.
    pub quantity_milli: u64,
    /// What is counted.
    pub unit: String,
    /// Millionths of a US dollar for one unit.
    pub unit_price_micros: u64,
    /// US cents a month, rounded.
    pub monthly_cents: u64,
}

/// Something that makes work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// In words, unique among the reasons.
    pub what: String,
    /// Where, by id.
    pub components: Vec<ComponentId>,
    /// Points in all.
    pub points: u32,
}
