//! What somebody has to look after, in points.
//!
//! # The scale
//! One point is a thing to be done again and again, for as long as the design stands; a design on Fargate
//! alone has none. Numbers of instances do not count: a group of ten is patched as a group of two is.
//!
//! | what | for each | points |
//! |---|---|---:|
//! | hosts to patch and to replace | Auto Scaling group, EKS node group | 2 |
//! | a machine image to keep current | Auto Scaling group, EKS node group | 1 |
//! | GPU drivers to keep current | Auto Scaling group of GPU instances | 1 |
//! | a second layer to scale, by managed scaling | Auto Scaling group | 1 |
//! | a second layer to scale, by hand or by rules of one's own | Auto Scaling group, EKS node group | 2 |
//! | interruptions to catch | Auto Scaling group of Spot instances | 1 |
//! | instances that AWS replaces every few weeks, and their tasks with them | Managed Instances provider | 1 |
//! | a Kubernetes control plane to upgrade, with its add-ons | EKS cluster | 3 |
//! | manifests and controllers to maintain | Kubernetes workload | 1 |
//! | servers to patch, power and replace | external instance | 2 |
//! | agents to run and to update | external instance; service that runs one task on each host | 1 |
//! | a release system of its own | CodeDeploy deployment group | 1 |

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::Reason;
use crate::data::instance_types;
use crate::world::{Node, World};

/// What makes work, the most first.
pub(super) fn reasons(world: &World<'_>) -> Vec<Reason> {
    let mut reasons = Reasons::default();
    for node in world.graph().nodes().iter().copied() {
        match node.kind {
            ComponentKind::AutoScalingGroup => group(world, node, &mut reasons),
            ComponentKind::CapacityProvider if node.is(prop::TYPE, "MANAGED_INSTANCES") => {
                reasons.add("Instances that AWS replaces every few weeks", node, 1);
            }
            ComponentKind::EksCluster => {
                reasons.add("Kubernetes control plane to upgrade", node, 3);
                if node.is(prop::COMPUTE, "managed-nodes") {
                    reasons.add(HOSTS, node, 2);
                    reasons.add(IMAGE, node, 1);
                    reasons.add(LAYER, node, 2);
                }
            }
            ComponentKind::KubernetesWorkload => {
                reasons.add("Manifests and controllers to maintain", node, 1)
            }
            ComponentKind::ExternalInstance => {
                reasons.add("Servers of your own to patch", node, 2);
                reasons.add(AGENTS, node, 1);
            }
            ComponentKind::EcsService if node.is(prop::SCHEDULING_STRATEGY, "DAEMON") => {
                reasons.add(AGENTS, node, 1);
            }
            ComponentKind::CodedeployDeploymentGroup => reasons.add("A release system of its own", node, 1),
            _ => {}
        }
    }
    reasons.0.sort_by(|a, b| b.points.cmp(&a.points).then_with(|| a.what.cmp(&b.what)));
    reasons.0
}

const HOSTS: &str = "Hosts to patch and to replace";
const IMAGE: &str = "Machine images to keep current";
const AGENTS: &str = "Agents to run and to update";
const LAYER: &str = "A second layer to scale";

fn group<'d>(world: &World<'d>, group: Node<'d>, reasons: &mut Reasons) {
    reasons.add(HOSTS, group, 2);
    reasons.add(IMAGE, group, 1);
    if group.text(prop::INSTANCE_TYPE).is_some_and(instance_types::has_gpu) {
        reasons.add("GPU drivers to keep current", group, 1);
    }
    if group.is(prop::MARKET, "spot") {
        reasons.add("Interruptions to catch", group, 1);
    }
    let mut backed = world.graph().out(group, LinkKind::Backs).iter();
    let managed = backed.any(|edge| edge.to.is(prop::MANAGED_SCALING, "ENABLED"));
    reasons.add(LAYER, group, if managed { 1 } else { 2 });
}

#[derive(Default)]
struct Reasons(Vec<Reason>);

impl Reasons {
    fn add(&mut self, what: &str, node: Node<'_>, points: u32) {
        match self.0.iter_mut().find(|reason| reason.what == what) {
            Some(reason) => {
                reason.points += points;
                reason.components.push(node.id.clone());
            }
            None => {
                self.0.push(Reason { what: what.to_owned(), components: vec![node.id.clone()], points });
            }
        }
    }
}
