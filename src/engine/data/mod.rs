//! Tables of AWS facts that rules look things up in.

pub mod fargate_sizes;
pub mod instance_prices;
pub mod instance_types;
pub mod managed_policies;
pub mod prices;
