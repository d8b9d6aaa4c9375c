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
//! Points for what somebody has to look after, with reasons: see `operations`.

mod bill;
mod capacity;
mod compute;
mod data;
mod network;
mod operations;
mod support;
#[cfg(test)]
mod tests;

pub use trapwise_documents::cost::{Best, Estimate, Line, Reason, Volumes, decimal, dollars};

use crate::data::prices;
use crate::world::World;
use bill::Bill;

/// Hours of a month.
pub const HOURS: u64 = 730;

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
