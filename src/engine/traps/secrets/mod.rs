//! Traps of secrets: how values get into containers.

pub(super) mod execution_role_lacks_secret_permission;
pub(super) mod kms_decrypt_missing;
pub(super) mod rotation_never_arrives;
pub(super) mod secret_also_readable_by_code;
pub(super) mod secret_in_plain_environment;
