//! The questions that conditions ask of the world, their answers and why.

use trapwise_documents::message::Message;
use trapwise_model::LinkKind;

use super::operator::status;
use crate::finding::Step;
use crate::report::Status;
use crate::world::{Compute, Hop, Node, Route, What, World, iam};

/// A question.
#[derive(Clone, Copy, Debug)]
pub(super) enum Relation<'c, 'd> {
    /// Whether connections arrive.
    Reachable {
        /// Who connects.
        from: Node<'d>,
        /// To what.
        to: Node<'d>,
        /// On which port; none for the port they use.
        port: Option<u16>,
    },
    /// Whether ECS can pull every image of the workload.
    PullsImage(Node<'d>),
    /// Whether ECS can fetch every secret the workload references.
    FetchesSecret(Node<'d>),
    /// Whether the workload's log lines arrive.
    WritesLogs(Node<'d>),
    /// Whether a role allows an action.
    Grants {
        /// Whose.
        role: Node<'d>,
        /// Without wildcards.
        action: &'c str,
        /// On what.
        on: Node<'d>,
    },
    /// Whether it goes on when zones fail.
    Survives {
        /// What.
        node: Node<'d>,
        /// How many zones.
        zone_loss: u32,
    },
}

/// Why a workload cannot be asked.
enum Obstacle {
    NoWorkload,
    NoTask,
    /// By the key of what is said of it.
    Nothing(&'static str),
    Nowhere,
    Idle,
}

impl<'d> Relation<'_, 'd> {
    /// The answer.
    pub fn status(self, world: &World<'d>) -> Status {
        match self {
            Self::Reachable { from, to, port } => {
                let idle = idle(world, from).or_else(|| idle(world, to));
                status(idle.is_none() && world.route(from, to, port).ok())
            }
            Self::PullsImage(node) | Self::FetchesSecret(node) | Self::WritesLogs(node) => {
                match self.launch(world, node) {
                    Ok(route) => status(route.ok()),
                    Err(Obstacle::NoWorkload) => Status::Unknown,
                    Err(_) => Status::Fail,
                }
            }
            Self::Grants { role, action, on } => {
                status(iam::grant(world.graph(), role, action, on).is_some())
            }
            Self::Survives { node, zone_loss } => status(world.survives(node, zone_loss)),
        }
    }

    /// Why that is the answer, and its steps.
    pub fn explain(self, world: &World<'d>) -> (Message, Vec<Step>) {
        let steps = |route: &Route<'d>| route.hops.iter().map(Hop::step).collect::<Vec<_>>();
        let blocked = |route: &Route<'d>| route.hops.iter().find(|hop| !hop.ok).map(|hop| hop.step().message);
        match self {
            Self::Reachable { from, to, port } => {
                let route = world.route(from, to, port);
                let idle = idle(world, from).or_else(|| idle(world, to));
                let reaches = |key| Message::new(key).name("from", from).name("to", to);
                let why = idle.or_else(|| blocked(&route)).unwrap_or_else(|| match port {
                    Some(port) => reaches("condition.reaches.port").arg("port", port),
                    None => reaches("condition.reaches"),
                });
                (why, steps(&route))
            }
            Self::PullsImage(node) | Self::FetchesSecret(node) | Self::WritesLogs(node) => {
                match self.launch(world, node) {
                    Ok(route) => (blocked(&route).unwrap_or_else(|| self.works(node)), steps(&route)),
                    Err(obstacle) => (obstacle.message(node, world), Vec::new()),
                }
            }
            Self::Grants { role, action, on } => {
                let ok = iam::grant(world.graph(), role, action, on).is_some();
                let step =
                    Hop { what: What::Allows { role, action, on }, at: Some(role), link: None, ok }.step();
                (step.message.clone(), vec![step])
            }
            Self::Survives { node, zone_loss } => (survives(world, node, zone_loss), Vec::new()),
        }
    }

    /// What the launch of a workload goes through.
    fn launch(self, world: &World<'d>, node: Node<'d>) -> Result<Route<'d>, Obstacle> {
        let workload = world.workload(node).ok_or(Obstacle::NoWorkload)?;
        let task = workload.task.ok_or(Obstacle::NoTask)?;
        if workload.is_idle(world.graph()) {
            return Err(Obstacle::Idle);
        }
        let (route, asked, what) = match self {
            Self::FetchesSecret(_) => (
                world.secret_fetch(workload),
                world.launch_secrets(task).next().is_some(),
                "condition.no-secret",
            ),
            Self::WritesLogs(_) => {
                (world.log_writes(workload), world.awslogs(task).next().is_some(), "condition.no-log-group")
            }
            _ => {
                let images = world.graph().out(task, LinkKind::Image);
                (world.image_pull(workload), !images.is_empty(), "condition.no-image")
            }
        };
        if !asked {
            return Err(Obstacle::Nothing(what));
        }
        let somewhere = route.hops.iter().any(|hop| matches!(hop.what, What::Way { .. }));
        if somewhere { Ok(route) } else { Err(Obstacle::Nowhere) }
    }

    fn works(self, node: Node<'d>) -> Message {
        let key = match self {
            Self::FetchesSecret(_) => "condition.fetches-secret",
            Self::WritesLogs(_) => "condition.writes-logs",
            _ => "condition.pulls-image",
        };
        Message::new(key).name("node", node)
    }
}

impl Obstacle {
    fn message(&self, node: Node<'_>, world: &World<'_>) -> Message {
        let task = || {
            let node = world.graph().node(node.id.as_str())?;
            world.workload(node)?.task.map(|task| task.id.clone())
        };
        match self {
            Self::NoWorkload => Message::new("condition.no-workload").name("node", node),
            Self::NoTask => Message::new("condition.no-task").name("node", node),
            Self::Nothing(key) => Message::new(*key).name("node", task().unwrap_or_else(|| node.id.clone())),
            Self::Nowhere => Message::new("condition.nowhere").name("node", node),
            Self::Idle => no_task(node),
        }
    }
}

/// What is to be said of a workload that never has a task.
fn idle<'d>(world: &World<'d>, node: Node<'d>) -> Option<Message> {
    let workload = world.workload(node)?;
    if workload.is_idle(world.graph()) {
        return Some(no_task(node));
    }
    workload.lacks_hosts().then(|| Message::new("condition.no-host").name("node", node))
}

fn no_task(node: Node<'_>) -> Message {
    Message::new("condition.idle").name("node", node)
}

fn survives<'d>(world: &World<'d>, node: Node<'d>, zone_loss: u32) -> Message {
    let workload = world.workload(node);
    let zones = workload.map_or_else(|| world.zones(node), |one| world.task_zones(one));
    let does = world.survives(node, zone_loss);
    let mut said = Message::new(if does { "condition.survives" } else { "condition.survives.not" })
        .name("node", node)
        .arg("lost", counted(zone_loss, "condition.zone", "condition.zones"))
        .arg("zones", counted(zones.len(), "condition.zone", "condition.zones"));
    let Some(workload) = workload else { return said };
    let tasks = counted(workload.least_tasks(), "condition.task", "condition.tasks");
    said = Message::new("condition.survives.tasks").arg("survives", said).arg("tasks", tasks);
    let hosts = world.hosts_of(workload);
    // Elsewhere there are as many hosts as tasks need, and they are not visible.
    if workload.compute == [Compute::Ec2] && hosts <= i64::from(zone_loss) {
        let hosts = counted(hosts, "condition.host", "condition.hosts");
        said = Message::new("condition.survives.hosts").arg("survives", said).arg("hosts", hosts);
    }
    said
}

fn counted(number: impl TryInto<u64>, one: &'static str, many: &'static str) -> Message {
    let number = number.try_into().unwrap_or(u64::MAX);
    Message::new(if number == 1 { one } else { many }).arg("number", number)
}
