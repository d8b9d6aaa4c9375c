//! What an estimate says: costs and work, as reports and scenarios state them. The engine works them out.

mod volumes;
mod words;

pub use volumes::Volumes;
pub use words::{decimal, dollars};

use serde::{Deserialize, Serialize};
use trapwise_model::ComponentId;
use trapwise_model::read::FromJson;
use trapwise_model::shape::Shaped;

use crate::limits::{MAX_FIGURE, MAX_POINTS, MOST};

/// What a design costs a month, and what work it makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// The Region whose list prices these are.
    #[document(text(Any))]
    pub region: String,
    /// The day of the prices, `YYYY-MM-DD`.
    #[document(text(Any))]
    pub priced_on: String,
    /// US cents a month: the sum of the lines.
    #[document(range(0, i64::MAX))]
    pub monthly_cents: u64,
    /// What is paid for, the dearest first.
    #[document(len(0, 1_000))]
    pub lines: Vec<Line>,
    /// Components that cost something nobody here knows, for example instances of an unknown type.
    #[document(len(0, MOST))]
    pub unpriced: Vec<ComponentId>,
    /// Points of work: the sum of the reasons.
    #[document(range(0, MAX_POINTS))]
    pub operations: u32,
    /// What makes work, the most first.
    #[document(len(0, 1_000))]
    pub reasons: Vec<Reason>,
    /// How much is assumed to flow in a month.
    pub volumes: Volumes,
}

/// The least that the references of a scenario come to, each figure for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromJson, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Best {
    /// US cents a month of the cheapest reference.
    #[document(range(0, i64::MAX))]
    pub cost_cents: u64,
    /// Points of the least laborious reference.
    #[document(range(0, MAX_FIGURE))]
    pub operations: u32,
}

/// What is paid for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// What is paid for, in words; unique among the lines.
    #[document(text(Any))]
    pub what: String,
    /// Which components it is paid for, by id.
    #[document(len(0, MOST))]
    pub components: Vec<ComponentId>,
    /// How much, in thousandths of the unit.
    #[document(range(0, i64::MAX))]
    pub quantity_milli: u64,
    /// What is counted.
    #[document(text(Any))]
    pub unit: String,
    /// Millionths of a US dollar for one unit.
    #[document(range(0, i64::MAX))]
    pub unit_price_micros: u64,
    /// US cents a month, rounded.
    #[document(range(0, i64::MAX))]
    pub monthly_cents: u64,
}

/// Something that makes work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Shaped)]
pub struct Reason {
    /// What makes work, in words; unique among the reasons.
    #[document(text(Any))]
    pub what: String,
    /// Where, by id.
    #[document(len(0, MOST))]
    pub components: Vec<ComponentId>,
    /// Points in all.
    #[document(range(0, MAX_POINTS))]
    pub points: u32,
}
