//! The words of every trap, as files. A test keeps this list in step with the folder and the registry.

macro_rules! embed {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../traps/", $path, ".md")))),*]
    };
}

/// `area/file_stem` and text, in the order of the folders.
const FILES: &[(&str, &str)] = embed! {
    "compute/all_spot_production"
    "compute/architecture_mismatch"
    "compute/awsvpc_on_external"
    "compute/daemon_on_fargate"
    "compute/eni_limit"
    "compute/express_without_infrastructure_role"
    "compute/gpu_host_missing"
    "compute/gpu_on_fargate"
    "compute/invalid_fargate_size"
    "compute/launch_type_with_strategy"
    "compute/load_balancer_on_external"
    "compute/managed_instances_limits"
    "compute/no_gpu_reserved"
    "compute/no_weight_in_strategy"
    "compute/other_network_mode_on_fargate"
    "compute/packed_into_one_zone"
    "compute/placement_on_fargate"
    "compute/privileged_on_fargate"
    "compute/provider_not_in_cluster"
    "compute/single_zone_service"
    "compute/spot_host_not_drained"
    "compute/task_larger_than_host"
    "compute/two_bases_in_strategy"
    "compute/windows_host_mismatch"
    "compute/windows_where_linux_only"
    "delivery/anonymous_registry_pulls"
    "delivery/blue_green_without_alternate_target_group"
    "delivery/blue_green_without_infrastructure_role"
    "delivery/circuit_breaker_beside_rolling"
    "delivery/circuit_breaker_without_rollback"
    "delivery/codedeploy_canary_on_nlb"
    "delivery/codedeploy_controller_without_group"
    "delivery/codedeploy_may_not_deploy"
    "delivery/codedeploy_with_ebs_volume"
    "delivery/codedeploy_with_lattice"
    "delivery/codedeploy_with_one_target_group"
    "delivery/codedeploy_with_service_connect"
    "delivery/codedeploy_without_load_balancer"
    "delivery/deployment_controller_mismatch"
    "delivery/deployment_percentages_stuck"
    "delivery/ecs_action_for_codedeploy_service"
    "delivery/essential_sidecar"
    "delivery/grace_period_zero"
    "delivery/min_max_100"
    "delivery/mutable_tag"
    "delivery/native_strategy_with_codedeploy"
    "delivery/no_automatic_rollback"
    "delivery/no_deployment_alarm"
    "delivery/no_essential_container"
    "delivery/old_tasks_gone_at_once"
    "delivery/pass_role_missing"
    "delivery/release_with_downtime"
    "delivery/request_count_scaling_with_codedeploy"
    "delivery/requests_cut_off"
    "delivery/rolling_for_instant_rollback"
    "delivery/stopped_before_handover"
    "delivery/test_listener_on_other_balancer"
    "discovery/a_record_without_awsvpc"
    "discovery/discovery_on_external"
    "discovery/lattice_without_infrastructure_role"
    "discovery/name_not_registered"
    "discovery/no_route_between_vpcs"
    "discovery/service_connect_not_joined"
    "discovery/service_connect_not_supported"
    "discovery/stale_addresses"
    "network/database_in_public_subnet"
    "network/database_open_to_network"
    "network/database_open_to_shared_hosts"
    "network/ec2_awsvpc_in_public_subnet"
    "network/endpoint_set_incomplete"
    "network/endpoints_in_one_zone"
    "network/exec_without_path"
    "network/fixed_host_port"
    "network/instance_sg_misses_dynamic_ports"
    "network/instance_target_with_awsvpc"
    "network/internal_load_balancer_for_internet"
    "network/internet_facing_in_private_subnet"
    "network/ipv4_image_uri_in_ipv6"
    "network/ipv4_target_group_for_ipv6"
    "network/load_balancer_in_one_zone"
    "network/nat_in_one_zone"
    "network/nat_where_forbidden"
    "network/not_in_ipv6_only"
    "network/port_nobody_listens_on"
    "network/private_pull_without_egress"
    "network/public_subnet_without_public_ip"
    "network/pull_through_cache_without_internet"
    "network/s3_gateway_missing"
    "network/security_group_chain_broken"
    "network/security_group_reversed"
    "network/tasks_exposed_in_public_subnet"
    "network/zone_not_on_load_balancer"
    "observability/container_metrics_not_enhanced"
    "observability/create_log_group_not_permitted"
    "observability/exec_with_readonly_root"
    "observability/firelens_destination_not_on_task_role"
    "observability/log_group_missing"
    "observability/logs_may_be_dropped"
    "observability/logs_not_permitted"
    "orchestration/job_larger_than_lambda"
    "orchestration/job_longer_than_lambda"
    "orchestration/kubernetes_by_reflex"
    "orchestration/kubernetes_on_ecs"
    "orchestration/run_not_awaited"
    "orchestration/starter_lacks_permission"
    "orchestration/task_for_every_message"
    "orchestration/worker_as_standalone_task"
    "roles/broad_managed_policy"
    "roles/cross_account_pull_without_policy"
    "roles/exec_without_ssm_permission"
    "roles/execution_role_missing"
    "roles/image_pull_not_permitted"
    "roles/instance_profile_for_task_permissions"
    "roles/instance_role_lacks_agent_policy"
    "roles/instance_role_reachable_from_tasks"
    "roles/managed_instances_without_role"
    "roles/one_role_for_everything"
    "roles/task_role_lacks_app_permission"
    "roles/wrong_trust_policy"
    "scaling/launch_type_under_managed_scaling"
    "scaling/no_task_scaling"
    "scaling/one_scaling_layer_on_ec2"
    "scaling/raw_queue_depth"
    "scaling/rival_asg_policy"
    "secrets/execution_role_lacks_secret_permission"
    "secrets/kms_decrypt_missing"
    "secrets/rotation_never_arrives"
    "secrets/secret_also_readable_by_code"
    "secrets/secret_in_plain_environment"
    "state/ebs_for_lasting_data"
    "state/ebs_without_infrastructure_role"
    "state/efs_access_not_on_task_role"
    "state/efs_mount_target_missing"
    "state/efs_mounted_anonymously"
    "state/efs_where_not_supported"
    "state/efs_without_transit_encryption"
    "state/single_zone_database"
};

/// Trap and text.
pub(super) fn texts() -> impl Iterator<Item = (String, &'static str)> {
    FILES.iter().map(|(path, text)| {
        let stem = path.split_once('/').map_or(*path, |(_, stem)| stem);
        (stem.replace('_', "-"), *text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Severity;
    use crate::texts::parse;
    use crate::traps::{TRAPS, Trap};
    use std::path::Path;

    /// `area/file_stem` of every file of that extension in the folders of the areas, sorted.
    fn files(extension: &str) -> Vec<String> {
        let traps = Path::new(env!("CARGO_MANIFEST_DIR")).join("traps");
        let mut files = Vec::new();
        for area in std::fs::read_dir(traps).unwrap().map(|entry| entry.unwrap().path()) {
            if !area.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(&area).unwrap().map(|entry| entry.unwrap().path()) {
                let (area, stem) = (area.file_name().unwrap(), file.file_stem().unwrap());
                if file.extension().is_some_and(|found| found == extension) && stem != "mod" {
                    files.push(format!("{}/{}", area.to_str().unwrap(), stem.to_str().unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    #[test]
    fn every_text_is_embedded() {
        let embedded: Vec<_> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        let files = files("md");
        assert_eq!(embedded, files, "embed! in {} should list: {files:#?}", file!());
    }

    #[test]
    fn every_text_is_well_formed() {
        let bad: Vec<_> = FILES
            .iter()
            .filter_map(|(path, text)| parse(text).err().map(|problems| (path, problems)))
            .flat_map(|(path, problems)| problems.into_iter().map(move |why| format!("{path}.md: {why}")))
            .collect();
        assert!(bad.is_empty(), "{bad:#?}");
    }

    #[test]
    fn every_trap_has_its_text_beside_it_and_every_text_its_trap() {
        let traps: Vec<_> =
            TRAPS.iter().map(|trap| format!("{}/{}", trap.area, trap.id.replace('-', "_"))).collect();
        assert_eq!(traps, files("md"));
    }

    /// Whether only a demand of the scenario makes this trap, by the file of its code.
    fn bound_to_a_demand(path: &str) -> bool {
        let traps = Path::new(env!("CARGO_MANIFEST_DIR")).join("traps");
        let source = std::fs::read_to_string(traps.join(format!("{path}.rs"))).unwrap();
        let detect = source.split_once("fn detect(").unwrap().1.split_once("\n}").unwrap().0;
        // Most declare what must be demanded; a choice of demands is in the code.
        !source.contains("    needs: &[],\n") || detect.contains("if !scene.needs(")
    }

    #[test]
    fn what_breaks_a_demand_and_works_is_not_critical() {
        // Charts that ECS cannot read, and a step without the result it needs: these do not work.
        let broken = ["kubernetes-on-ecs", "run-not-awaited"];
        let critical = TRAPS.iter().filter(|trap| trap.severity == Severity::Critical);
        let file = |trap: &Trap| format!("{}/{}", trap.area, trap.id.replace('-', "_"));
        let bound: Vec<_> =
            critical.filter(|trap| bound_to_a_demand(&file(trap))).map(|trap| trap.id).collect();
        assert_eq!(bound, broken, "see `Severity` for the rule");
    }

    #[test]
    fn texts_are_worded_alike() {
        let mut bad = Vec::new();
        for (path, text) in FILES {
            let text = parse(text).unwrap();
            if text.title.ends_with('.')
                || text.title.len() > 64
                || !text.title.starts_with(char::is_uppercase)
            {
                bad.push(format!("{path}: a title names the mistake in a few words: {}", text.title));
            }
            if !text.message.ends_with('.') {
                bad.push(format!("{path}: a message is a sentence: {}", text.message));
            }
            let bound = bound_to_a_demand(path);
            if bound != text.why_the_exam_asks.contains("This trap speaks only where ") {
                bad.push(format!("{path}: say what words decide exactly where a need does"));
            }
        }
        assert!(bad.is_empty(), "{bad:#?}");
    }
}
