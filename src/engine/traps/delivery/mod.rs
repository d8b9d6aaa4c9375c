//! Traps of delivery: how releases get out, and what undoes them.

mod release;

pub(super) mod anonymous_registry_pulls;
pub(super) mod blue_green_without_alternate_target_group;
pub(super) mod blue_green_without_infrastructure_role;
pub(super) mod circuit_breaker_beside_rolling;
pub(super) mod circuit_breaker_without_rollback;
pub(super) mod codedeploy_canary_on_nlb;
pub(super) mod codedeploy_controller_without_group;
pub(super) mod codedeploy_may_not_deploy;
pub(super) mod codedeploy_with_ebs_volume;
pub(super) mod codedeploy_with_lattice;
pub(super) mod codedeploy_with_one_target_group;
pub(super) mod codedeploy_with_service_connect;
pub(super) mod codedeploy_without_load_balancer;
pub(super) mod deployment_controller_mismatch;
pub(super) mod deployment_percentages_stuck;
pub(super) mod ecs_action_for_codedeploy_service;
pub(super) mod essential_sidecar;
pub(super) mod grace_period_zero;
pub(super) mod min_max_100;
pub(super) mod mutable_tag;
pub(super) mod native_strategy_with_codedeploy;
pub(super) mod no_automatic_rollback;
pub(super) mod no_deployment_alarm;
pub(super) mod no_essential_container;
pub(super) mod old_tasks_gone_at_once;
pub(super) mod pass_role_missing;
pub(super) mod release_with_downtime;
pub(super) mod request_count_scaling_with_codedeploy;
pub(super) mod requests_cut_off;
pub(super) mod rolling_for_instant_rollback;
pub(super) mod stopped_before_handover;
pub(super) mod test_listener_on_other_balancer;
