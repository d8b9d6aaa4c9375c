//! Traps of places, routes, endpoints, load balancers and security groups.

mod dynamic_ports;
mod groups;
mod ipv6;
mod launch;

pub(super) mod database_in_public_subnet;
pub(super) mod database_open_to_network;
pub(super) mod database_open_to_shared_hosts;
pub(super) mod ec2_awsvpc_in_public_subnet;
pub(super) mod endpoint_set_incomplete;
pub(super) mod endpoints_in_one_zone;
pub(super) mod exec_without_path;
pub(super) mod fixed_host_port;
pub(super) mod instance_sg_misses_dynamic_ports;
pub(super) mod instance_target_with_awsvpc;
pub(super) mod internal_load_balancer_for_internet;
pub(super) mod internet_facing_in_private_subnet;
pub(super) mod ipv4_image_uri_in_ipv6;
pub(super) mod ipv4_target_group_for_ipv6;
pub(super) mod load_balancer_in_one_zone;
pub(super) mod nat_in_one_zone;
pub(super) mod nat_where_forbidden;
pub(super) mod not_in_ipv6_only;
pub(super) mod port_nobody_listens_on;
pub(super) mod private_pull_without_egress;
pub(super) mod public_subnet_without_public_ip;
pub(super) mod pull_through_cache_without_internet;
pub(super) mod s3_gateway_missing;
pub(super) mod security_group_chain_broken;
pub(super) mod security_group_reversed;
pub(super) mod tasks_exposed_in_public_subnet;
pub(super) mod zone_not_on_load_balancer;
