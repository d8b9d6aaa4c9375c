//! Traps of files, volumes and databases.

pub(super) mod ebs_for_lasting_data;
pub(super) mod ebs_without_infrastructure_role;
pub(super) mod efs_access_not_on_task_role;
pub(super) mod efs_mount_target_missing;
pub(super) mod efs_mounted_anonymously;
pub(super) mod efs_where_not_supported;
pub(super) mod efs_without_transit_encryption;
pub(super) mod single_zone_database;
