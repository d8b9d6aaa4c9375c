//! Traps of compute: what tasks can run on.

pub(super) mod gpu_on_fargate;
pub(super) mod invalid_fargate_size;
pub(super) mod single_zone_service;
