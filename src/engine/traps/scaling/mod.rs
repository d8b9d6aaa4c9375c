//! Traps of scaling: what follows the load.

mod policy;

pub(super) mod no_task_scaling;
pub(super) mod one_scaling_layer_on_ec2;
