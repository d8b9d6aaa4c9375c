//! What a design costs a month, and what work it makes.
//!
//! Both are estimates for comparing designs, not bills. Prices are the list prices of one Region
//! ([`crate::data::prices`]); how much flows through a design is no part of it and is assumed
//! ([`Volumes`]). All arithmetic is in whole numbers, so that the same design gives the same estimate
//! to the byte; every line is rounded to the cent, and the total is the sum of the lines.
//!
//! # What is counted
//! A month has [`HOURS`] hours. Services run their desired tasks all month, standalone tasks for the
//! hours assumed; a strategy's tasks are split by base and weight. A blue/green, linear or canary release
//! runs a second set of tasks for the minutes assumed plus the time the old set is kept (on Fargate; instances are there anyway). An Auto Scaling
//! group has its desired size; under managed scaling it has what its tasks need, but loses no instance
//! as long as some service on it is not packed (`binpack`, first or after a spread over zones), because only
//! instances without tasks go.
//! Left out because they are much the same whatever the design: traffic to the internet and between
//! zones, free tiers, backups.
//!
//! # Operations
//! Points for what somebody has to look after, with reasons: see [`operations`](Reason).

mod bill;
mod capacity;
mod compute;
mod data;
mod network;
mod operations;
mod support;
#[cfg(test)]
mod tests;
mod volumes;
mod words;

pub use bill::Line;
pub use operations::Reason;
pub use volumes::Volumes;
pub use words::{decimal, dollars};

use serde::Serialize;
use trapwise_model::ComponentId;
use trapwise_model::read::{At, FromJson};

use crate::data::prices;
use crate::world::World;
use bill::Bill;

/// Hours of a month.
pub const HOURS: u64 = 730;

/// What a design costs a month, and what work it makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

/// Estimates a design. O(n log n) in its components and links; depends on neither ids nor order.
#[must_use]
pub fn estimate(world: &World<'_>, volumes: &Volumes) -> Estimate {
    let mut bill = Bill::default();
    compute::tasks(world, volumes, &mut bill);
    compute::hosts(world, &mut bill);
    compute::others(world, volumes, &mut bill);
    network::add(world, volumes, &mut bill);
    data::add(world, volumes, &mut bill);
    support::add(world, volumes, &mut bill);
    let (lines, unpriced) = bill.close();
    let reasons = operations::reasons(world);
    Estimate {
        region: prices::REGION.to_owned(),
        priced_on: prices::PRICED_ON.to_owned(),
        monthly_cents: lines.iter().map(|line| line.monthly_cents).sum(),
        lines,
        unpriced,
        operations: reasons.iter().map(|reason| reason.points).sum(),
        reasons,
        volumes: *volumes,
    }
}
