//! Traps of orchestration: what runs containers, and what starts tasks.

mod functions;

pub(super) mod job_larger_than_lambda;
pub(super) mod job_longer_than_lambda;
pub(super) mod kubernetes_by_reflex;
pub(super) mod kubernetes_on_ecs;
pub(super) mod run_not_awaited;
pub(super) mod starter_lacks_permission;
pub(super) mod task_for_every_message;
pub(super) mod worker_as_standalone_task;
