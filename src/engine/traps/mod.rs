//! The trap library: one file each, under the folder of its area.
//!
//! A trap's file has its definition, its detection, its fixes and its tests; its words stand beside it
//! as `<trap>.md` and are no part of the engine. How they are worded is told in `texts`, and how bad a trap is in
//! the rule of [`Severity`].

mod compute;
mod delivery;
mod detection;
mod discovery;
mod evidence;
mod external;
mod fix;
mod infrastructure;
mod network;
mod observability;
mod orchestration;
mod permissions;
mod roles;
mod scaling;
mod secrets;
mod state;
#[cfg(test)]
mod testing;

use crate::trap::{Finding, Scene, Trap};

/// Every trap, by area and then by id.
pub static TRAPS: &[&Trap] = &[
    &compute::all_spot_production::TRAP,
    &compute::architecture_mismatch::TRAP,
    &compute::awsvpc_on_external::TRAP,
    &compute::daemon_on_fargate::TRAP,
    &compute::eni_limit::TRAP,
    &compute::express_without_infrastructure_role::TRAP,
    &compute::gpu_host_missing::TRAP,
    &compute::gpu_on_fargate::TRAP,
    &compute::invalid_fargate_size::TRAP,
    &compute::launch_type_with_strategy::TRAP,
    &compute::load_balancer_on_external::TRAP,
    &compute::managed_instances_limits::TRAP,
    &compute::no_gpu_reserved::TRAP,
    &compute::no_weight_in_strategy::TRAP,
    &compute::other_network_mode_on_fargate::TRAP,
    &compute::packed_into_one_zone::TRAP,
    &compute::placement_on_fargate::TRAP,
    &compute::privileged_on_fargate::TRAP,
    &compute::provider_not_in_cluster::TRAP,
    &compute::single_zone_service::TRAP,
    &compute::spot_host_not_drained::TRAP,
    &compute::task_larger_than_host::TRAP,
    &compute::two_bases_in_strategy::TRAP,
    &compute::windows_host_mismatch::TRAP,
    &compute::windows_where_linux_only::TRAP,
    &delivery::anonymous_registry_pulls::TRAP,
    &delivery::blue_green_without_alternate_target_group::TRAP,
    &delivery::blue_green_without_infrastructure_role::TRAP,
    &delivery::circuit_breaker_beside_rolling::TRAP,
    &delivery::circuit_breaker_without_rollback::TRAP,
    &delivery::codedeploy_canary_on_nlb::TRAP,
    &delivery::codedeploy_controller_without_group::TRAP,
    &delivery::codedeploy_may_not_deploy::TRAP,
    &delivery::codedeploy_with_ebs_volume::TRAP,
    &delivery::codedeploy_with_lattice::TRAP,
    &delivery::codedeploy_with_one_target_group::TRAP,
    &delivery::codedeploy_with_service_connect::TRAP,
    &delivery::codedeploy_without_load_balancer::TRAP,
    &delivery::deployment_controller_mismatch::TRAP,
    &delivery::deployment_percentages_stuck::TRAP,
    &delivery::ecs_action_for_codedeploy_service::TRAP,
    &delivery::essential_sidecar::TRAP,
    &delivery::grace_period_zero::TRAP,
    &delivery::min_max_100::TRAP,
    &delivery::mutable_tag::TRAP,
    &delivery::native_strategy_with_codedeploy::TRAP,
    &delivery::no_automatic_rollback::TRAP,
    &delivery::no_deployment_alarm::TRAP,
    &delivery::no_essential_container::TRAP,
    &delivery::old_tasks_gone_at_once::TRAP,
    &delivery::pass_role_missing::TRAP,
    &delivery::release_with_downtime::TRAP,
    &delivery::request_count_scaling_with_codedeploy::TRAP,
    &delivery::requests_cut_off::TRAP,
    &delivery::rolling_for_instant_rollback::TRAP,
    &delivery::stopped_before_handover::TRAP,
    &delivery::test_listener_on_other_balancer::TRAP,
    &discovery::a_record_without_awsvpc::TRAP,
    &discovery::discovery_on_external::TRAP,
    &discovery::lattice_without_infrastructure_role::TRAP,
    &discovery::name_not_registered::TRAP,
    &discovery::no_route_between_vpcs::TRAP,
    &discovery::service_connect_not_joined::TRAP,
    &discovery::service_connect_not_supported::TRAP,
    &discovery::stale_addresses::TRAP,
    &network::database_in_public_subnet::TRAP,
    &network::database_open_to_network::TRAP,
    &network::database_open_to_shared_hosts::TRAP,
    &network::ec2_awsvpc_in_public_subnet::TRAP,
    &network::endpoint_set_incomplete::TRAP,
    &network::endpoints_in_one_zone::TRAP,
    &network::exec_without_path::TRAP,
    &network::fixed_host_port::TRAP,
    &network::instance_sg_misses_dynamic_ports::TRAP,
    &network::instance_target_with_awsvpc::TRAP,
    &network::internal_load_balancer_for_internet::TRAP,
    &network::internet_facing_in_private_subnet::TRAP,
    &network::ipv4_image_uri_in_ipv6::TRAP,
    &network::ipv4_target_group_for_ipv6::TRAP,
    &network::load_balancer_in_one_zone::TRAP,
    &network::nat_in_one_zone::TRAP,
    &network::nat_where_forbidden::TRAP,
    &network::not_in_ipv6_only::TRAP,
    &network::port_nobody_listens_on::TRAP,
    &network::private_pull_without_egress::TRAP,
    &network::public_subnet_without_public_ip::TRAP,
    &network::pull_through_cache_without_internet::TRAP,
    &network::s3_gateway_missing::TRAP,
    &network::security_group_chain_broken::TRAP,
    &network::security_group_reversed::TRAP,
    &network::tasks_exposed_in_public_subnet::TRAP,
    &network::zone_not_on_load_balancer::TRAP,
    &observability::container_metrics_not_enhanced::TRAP,
    &observability::create_log_group_not_permitted::TRAP,
    &observability::exec_with_readonly_root::TRAP,
    &observability::firelens_destination_not_on_task_role::TRAP,
    &observability::log_group_missing::TRAP,
    &observability::logs_may_be_dropped::TRAP,
    &observability::logs_not_permitted::TRAP,
    &orchestration::job_larger_than_lambda::TRAP,
    &orchestration::job_longer_than_lambda::TRAP,
    &orchestration::kubernetes_by_reflex::TRAP,
    &orchestration::kubernetes_on_ecs::TRAP,
    &orchestration::run_not_awaited::TRAP,
    &orchestration::starter_lacks_permission::TRAP,
    &orchestration::task_for_every_message::TRAP,
    &orchestration::worker_as_standalone_task::TRAP,
    &roles::broad_managed_policy::TRAP,
    &roles::cross_account_pull_without_policy::TRAP,
    &roles::exec_without_ssm_permission::TRAP,
    &roles::execution_role_missing::TRAP,
    &roles::image_pull_not_permitted::TRAP,
    &roles::instance_profile_for_task_permissions::TRAP,
    &roles::instance_role_lacks_agent_policy::TRAP,
    &roles::instance_role_reachable_from_tasks::TRAP,
    &roles::managed_instances_without_role::TRAP,
    &roles::one_role_for_everything::TRAP,
    &roles::task_role_lacks_app_permission::TRAP,
    &roles::wrong_trust_policy::TRAP,
    &scaling::launch_type_under_managed_scaling::TRAP,
    &scaling::no_task_scaling::TRAP,
    &scaling::one_scaling_layer_on_ec2::TRAP,
    &scaling::raw_queue_depth::TRAP,
    &scaling::rival_asg_policy::TRAP,
    &secrets::execution_role_lacks_secret_permission::TRAP,
    &secrets::kms_decrypt_missing::TRAP,
    &secrets::rotation_never_arrives::TRAP,
    &secrets::secret_also_readable_by_code::TRAP,
    &secrets::secret_in_plain_environment::TRAP,
    &state::ebs_for_lasting_data::TRAP,
    &state::ebs_without_infrastructure_role::TRAP,
    &state::efs_access_not_on_task_role::TRAP,
    &state::efs_mount_target_missing::TRAP,
    &state::efs_mounted_anonymously::TRAP,
    &state::efs_where_not_supported::TRAP,
    &state::efs_without_transit_encryption::TRAP,
    &state::single_zone_database::TRAP,
];

/// The trap of that id.
#[must_use]
pub fn trap(id: &str) -> Option<&'static Trap> {
    TRAPS.iter().copied().find(|trap| trap.id == id)
}

/// Every finding of the whole library, worst first, then by trap and by where it is pinned.
#[must_use]
pub fn find_all(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings: Vec<_> = TRAPS
        .iter()
        .flat_map(|trap| trap.find(scene).into_iter().map(|detection| Finding { trap, detection }))
        .collect();
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.trap.severity, finding.trap.id);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.detection.components.cmp(&b.detection.components))
            .then_with(|| a.detection.links.cmp(&b.detection.links))
    });
    findings
}
