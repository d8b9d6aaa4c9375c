//! Traps of discovery: how services find each other.

mod names;

pub(super) mod a_record_without_awsvpc;
pub(super) mod discovery_on_external;
pub(super) mod lattice_without_infrastructure_role;
pub(super) mod name_not_registered;
pub(super) mod no_route_between_vpcs;
pub(super) mod service_connect_not_joined;
pub(super) mod service_connect_not_supported;
pub(super) mod stale_addresses;
