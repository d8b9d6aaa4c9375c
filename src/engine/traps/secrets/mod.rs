//! Traps of secrets: how values get into containers.

pub(super) mod execution_role_lacks_secret_permission;
pub(super) mod secret_in_plain_environment;
