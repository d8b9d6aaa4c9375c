//! The questions that conditions ask of the world, their answers and why.

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

    /// The answer in a sentence, and its steps.
    pub fn explain(self, world: &World<'d>) -> (String, Vec<Step>) {
        let steps = |route: &Route<'d>| route.hops.iter().map(Hop::step).collect::<Vec<_>>();
        let blocked = |route: &Route<'d>| route.hops.iter().find(|hop| !hop.ok).map(|hop| hop.step().text);
        match self {
            Self::Reachable { from, to, port } => {
                let route = world.route(from, to, port);
                let idle = idle(world, from).or_else(|| idle(world, to));
                let text = idle.or_else(|| blocked(&route)).unwrap_or_else(|| match port {
                    Some(port) => format!("connections from `{}` reach `{}` on port {port}", from.id, to.id),
                    None => format!("connections from `{}` reach `{}`", from.id, to.id),
                });
                (text, steps(&route))
            }
            Self::PullsImage(node) | Self::FetchesSecret(node) | Self::WritesLogs(node) => {
                match self.launch(world, node) {
                    Ok(route) => (blocked(&route).unwrap_or_else(|| self.works(node)), steps(&route)),
                    Err(obstacle) => (obstacle.text(node, world), Vec::new()),
                }
            }
            Self::Grants { role, action, on } => {
                let ok = iam::grant(world.graph(), role, action, on).is_some();
                let not = if ok { "allows" } else { "does not allow" };
                let text = format!("`{}` {not} {action} on `{}`", role.id, on.id);
                let step = Step { component: Some(role.id.clone()), link: None, ok, text: text.clone() };
                (text, vec![step])
            }
            Self::Survives { node, zone_loss } => {
                let zones =
                    world.workload(node).map_or_else(|| world.zones(node), |one| world.task_zones(one));
                let zones = zones.len();
                let does = if world.survives(node, zone_loss) { "survives" } else { "does not survive" };
                let (lost, stands) = (counted(zone_loss, "zone"), counted(zones, "zone"));
                let tasks = world.workload(node).map_or(String::new(), |workload| {
                    let tasks = counted(workload.least_tasks(), "task");
                    let hosts = world.hosts_of(workload);
                    // Elsewhere there are as many hosts as tasks need, and nobody sees them.
                    let few = workload.compute == [Compute::Ec2] && hosts <= i64::from(zone_loss);
                    let on = if few { format!(" on {}", counted(hosts, "host")) } else { String::new() };
                    format!(" with {tasks}{on}")
                });
                (format!("`{}` {does} the loss of {lost}: it stands in {stands}{tasks}", node.id), Vec::new())
            }
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
            Self::FetchesSecret(_) => {
                (world.secret_fetch(workload), world.launch_secrets(task).next().is_some(), "secret")
            }
            Self::WritesLogs(_) => {
                (world.log_writes(workload), world.awslogs(task).next().is_some(), "log group")
            }
            _ => {
                let images = world.graph().out(task, LinkKind::Image);
                (world.image_pull(workload), !images.is_empty(), "image")
            }
        };
        if !asked {
            return Err(Obstacle::Nothing(what));
        }
        let somewhere = route.hops.iter().any(|hop| matches!(hop.what, What::Way { .. }));
        if somewhere { Ok(route) } else { Err(Obstacle::Nowhere) }
    }

    fn works(self, node: Node<'d>) -> String {
        let what = match self {
            Self::FetchesSecret(_) => "fetch every secret",
            Self::WritesLogs(_) => "write its logs",
            _ => "pull every image",
        };
        format!("ECS can {what} for `{}`", node.id)
    }
}

impl Obstacle {
    fn text(&self, node: Node<'_>, world: &World<'_>) -> String {
        let task = || {
            let node = world.graph().node(node.id.as_str())?;
            world.workload(node)?.task.map(|task| task.id.clone())
        };
        match self {
            Self::NoWorkload => format!("`{}` is no service or standalone task", node.id),
            Self::NoTask => format!("`{}` runs no task definition", node.id),
            Self::Nothing(what) => match task() {
                Some(task) => format!("`{task}` names no {what}"),
                None => format!("`{}` names no {what}", node.id),
            },
            Self::Nowhere => format!("`{}` has no place to run in", node.id),
            Self::Idle => no_task(node),
        }
    }
}

/// What is to be said of a workload that never has a task.
fn idle<'d>(world: &World<'d>, node: Node<'d>) -> Option<String> {
    let workload = world.workload(node)?;
    if workload.is_idle(world.graph()) {
        return Some(no_task(node));
    }
    workload.lacks_hosts().then(|| format!("`{}` has no instance to run on", node.id))
}

fn no_task(node: Node<'_>) -> String {
    format!("no task of `{}` is wanted", node.id)
}

fn counted(number: impl TryInto<u64>, what: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
