//! Traps of scaling: what follows the load.

mod policy;

pub(super) mod launch_type_under_managed_scaling;
pub(super) mod no_task_scaling;
pub(super) mod one_scaling_layer_on_ec2;
pub(super) mod raw_queue_depth;
pub(super) mod rival_asg_policy;
