//! Traps of logs and metrics.

pub(super) mod container_metrics_not_enhanced;
pub(super) mod create_log_group_not_permitted;
pub(super) mod exec_with_readonly_root;
pub(super) mod firelens_destination_not_on_task_role;
pub(super) mod log_group_missing;
pub(super) mod logs_may_be_dropped;
pub(super) mod logs_not_permitted;
