//! Traps of places, routes, endpoints, load balancers and security groups.

pub(super) mod instance_target_with_awsvpc;
