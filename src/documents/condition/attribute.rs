//! Derived properties: `@name` in conditions. Their values are for the engine to say; it also checks that the
//! names listed here are the ones it derives.

use trapwise_model::{ComponentKind, named_enum};

named_enum! {
    /// A property that follows from the design as a whole.
    pub enum Attribute {
        /// Of a subnet: `public`, `private` or `isolated`, by its routes; of what stands in subnets: the
        /// most open of them.
        Exposure = "@exposure",
        /// A list of the kinds of addresses that the subnets of its interfaces give.
        Addressing = "@addressing",
        /// In how many Availability Zones it stands.
        Zones = "@zones",
        /// Tasks wanted.
        Tasks = "@tasks",
        /// Fewest tasks that run during a deployment.
        RunningTasksMin = "@runningTasksMin",
        /// Most tasks that run during a deployment.
        RunningTasksMax = "@runningTasksMax",
        /// A list of what tasks may run on.
        Compute = "@compute",
        /// The network mode in force.
        NetworkMode = "@networkMode",
        /// Tasks on capacity that AWS may take back.
        SpotTasks = "@spotTasks",
        /// The other tasks.
        OnDemandTasks = "@onDemandTasks",
        /// Of a thousand further tasks, beyond every base, how many run on other capacity than that.
        OnDemandShare = "@onDemandShare",
        /// Instances: of a group, or of all groups and servers that a workload may run on.
        Instances = "@instances",
        /// What the first placement strategy of a service does: `zones` also where there is none.
        FirstPlacement = "@firstPlacement",
        /// How many of the two layers of scaling there are: tasks, and the instances under them.
        ScalingLayers = "@scalingLayers",
    }
}

/// What kind of value a derived property has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeType {
    /// A whole number, 0 or more.
    Number,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A list of these texts.
    ListOf(&'static [&'static str]),
}

impl Attribute {
    /// What kind of value it has.
    #[must_use]
    pub const fn ty(self) -> AttributeType {
        match self {
            Self::Exposure => AttributeType::OneOf(&["public", "private", "isolated"]),
            Self::NetworkMode => AttributeType::OneOf(&["awsvpc", "bridge", "host", "none"]),
            Self::Compute => {
                AttributeType::ListOf(&["fargate", "fargate-spot", "ec2", "managed-instances", "external"])
            }
            Self::FirstPlacement => AttributeType::OneOf(&["zones", "spread", "binpack", "random"]),
            Self::Addressing => AttributeType::ListOf(&["dual-stack", "ipv4", "ipv6"]),
            _ => AttributeType::Number,
        }
    }

    /// Whether components of that kind have it.
    #[must_use]
    pub fn applies_to(self, kind: ComponentKind) -> bool {
        let workload = matches!(kind, ComponentKind::EcsService | ComponentKind::StandaloneTask);
        match self {
            Self::Exposure | Self::Zones => {
                workload
                    || kind == ComponentKind::Subnet
                    || kind.spec().containers.iter().any(|place| place.kind == ComponentKind::Subnet)
            }
            Self::Instances => workload || kind == ComponentKind::AutoScalingGroup,
            _ => workload,
        }
    }
}
