//! Traps of compute: what tasks can run on.

mod strategy;

pub(super) mod all_spot_production;
pub(super) mod architecture_mismatch;
pub(super) mod awsvpc_on_external;
pub(super) mod daemon_on_fargate;
pub(super) mod eni_limit;
pub(super) mod express_without_infrastructure_role;
pub(super) mod gpu_host_missing;
pub(super) mod gpu_on_fargate;
pub(super) mod invalid_fargate_size;
pub(super) mod launch_type_with_strategy;
pub(super) mod load_balancer_on_external;
pub(super) mod managed_instances_limits;
pub(super) mod no_gpu_reserved;
pub(super) mod no_weight_in_strategy;
pub(super) mod other_network_mode_on_fargate;
pub(super) mod packed_into_one_zone;
pub(super) mod placement_on_fargate;
pub(super) mod privileged_on_fargate;
pub(super) mod provider_not_in_cluster;
pub(super) mod single_zone_service;
pub(super) mod spot_host_not_drained;
pub(super) mod task_larger_than_host;
pub(super) mod two_bases_in_strategy;
pub(super) mod windows_host_mismatch;
pub(super) mod windows_where_linux_only;
