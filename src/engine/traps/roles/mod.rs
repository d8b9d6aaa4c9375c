//! Traps of roles: who acts, and with whose permissions.

pub(super) mod broad_managed_policy;
pub(super) mod cross_account_pull_without_policy;
pub(super) mod exec_without_ssm_permission;
pub(super) mod execution_role_missing;
pub(super) mod image_pull_not_permitted;
pub(super) mod instance_profile_for_task_permissions;
pub(super) mod instance_role_lacks_agent_policy;
pub(super) mod instance_role_reachable_from_tasks;
pub(super) mod managed_instances_without_role;
pub(super) mod one_role_for_everything;
pub(super) mod task_role_lacks_app_permission;
pub(super) mod wrong_trust_policy;
