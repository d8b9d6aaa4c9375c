//! Traps of delivery: how releases get out, and what undoes them.

mod release;

pub(super) mod deployment_percentages_stuck;
pub(super) mod essential_sidecar;
pub(super) mod grace_period_zero;
pub(super) mod min_max_100;
pub(super) mod no_essential_container;
