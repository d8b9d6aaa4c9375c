//! Traps of files, volumes and databases.

pub(super) mod single_zone_database;
