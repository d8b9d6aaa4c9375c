//! What tasks ask of AWS and by which roles they may: shared by the traps of roles and secrets.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentId, ComponentKind, LinkKind, SortedMap, SortedSet, Value};

use super::fix::FixBuilder;
use crate::finding::Step;
use crate::world::{Compute, Edge, Graph, Hop, Node, What, Workload, World, iam};

/// What the code of one task definition does with one AWS resource.
pub(super) struct Access<'d> {
    /// The task definition.
    pub(super) task: Node<'d>,
    /// What is called.
    pub(super) resource: Node<'d>,
    /// The calls, by caller; at least one.
    pub(super) calls: Vec<Edge<'d>>,
}

impl<'d> Access<'d> {
    /// The actions that the role lacks; every one when there is no role.
    pub(super) fn missing(&self, graph: &Graph<'d>, role: Option<Node<'d>>) -> Vec<&'d str> {
        missing(graph, role, &self.calls, self.resource)
    }

    /// The actions that calls name.
    pub(super) fn named(&self) -> impl Iterator<Item = &'d str> {
        named(&self.calls)
    }

    /// The first caller.
    pub(super) fn caller(&self) -> Option<Node<'d>> {
        self.calls.first().map(|call| call.from)
    }
}

/// The accesses of a task definition to AWS APIs, by resource, with those calls that are wanted.
pub(super) fn accesses<'d>(
    world: &World<'d>,
    task: Node<'d>,
    wanted: &dyn Fn(&Workload<'d>, Edge<'d>) -> bool,
) -> Vec<Access<'d>> {
    let mut calls: SortedMap<Node<'d>, Vec<Edge<'d>>> = SortedMap::new();
    for workload in world.runners(task) {
        for call in world.graph().out(workload.node, LinkKind::Calls) {
            if is_aws_api(call.to.kind) && wanted(workload, *call) {
                calls.entry(call.to).or_default().push(*call);
            }
        }
    }
    calls.into_iter().map(|(resource, calls)| Access { task, resource, calls }).collect()
}

/// Whether calls to it are signed with a role's credentials.
const fn is_aws_api(kind: ComponentKind) -> bool {
    matches!(
        kind,
        ComponentKind::S3Bucket
            | ComponentKind::DynamodbTable
            | ComponentKind::SqsQueue
            | ComponentKind::SnsTopic
            | ComponentKind::Secret
            | ComponentKind::SsmParameter
            | ComponentKind::StepFunctions
            | ComponentKind::LambdaFunction
    )
}

fn missing<'d>(
    graph: &Graph<'d>,
    role: Option<Node<'d>>,
    calls: &[Edge<'d>],
    resource: Node<'d>,
) -> Vec<&'d str> {
    let mut missing = SortedSet::from_iter(lacking(graph, role, named(calls), resource));
    if role.is_none_or(|role| iam::grants_any(graph, role, resource).is_none()) {
        missing.extend(usual(calls, resource));
    }
    missing.into_iter().collect()
}

fn named<'a, 'd>(calls: &'a [Edge<'d>]) -> impl Iterator<Item = &'d str> + use<'a, 'd> {
    calls.iter().flat_map(|call| call.link.list(prop::ACTIONS)).filter_map(Value::as_text)
}

/// The usual actions of the resource, if some call does not say which ones it uses.
fn usual<'d>(calls: &[Edge<'d>], resource: Node<'d>) -> impl Iterator<Item = &'d str> + use<'d> {
    let unsaid = calls.iter().any(|call| call.link.list(prop::ACTIONS).is_empty());
    let actions: &[&'static str] = if unsaid { resource.kind.spec().actions } else { &[] };
    actions.iter().copied()
}

/// The role of the hosts that a task without one of its own gets by with: on EC2 only, when every host
/// has such a role and does not keep tasks from its metadata (`mis-instance-role`).
pub(super) fn host_role<'d>(world: &World<'d>, workload: &Workload<'d>, call: Edge<'d>) -> Option<Edge<'d>> {
    let graph = world.graph();
    if workload.compute != [Compute::Ec2] || iam::role(graph, workload.task?, "taskRoleArn").is_some() {
        return None;
    }
    let lends = |host: &Node<'d>| {
        let role = iam::role(graph, *host, "instanceProfile")
            .filter(|_| !host.flag(prop::BLOCK_INSTANCE_METADATA))?;
        missing(graph, Some(role.to), &[call], call.to).is_empty().then_some(role)
    };
    let first = workload.hosts.first().and_then(lends)?;
    workload.hosts.iter().all(|host| lends(host).is_some()).then_some(first)
}

/// What roles are used for, gathered once so that many findings can ask about a shared role.
pub(super) struct Uses<'d> {
    /// The places each role is attached in.
    places: SortedMap<Node<'d>, SortedSet<&'d str>>,
    /// Secrets and the execution roles that fetch them at launch.
    at_launch: SortedSet<(Node<'d>, Node<'d>)>,
    /// Resources and the task roles of the code that calls them.
    by_code: SortedSet<(Node<'d>, Node<'d>)>,
}

impl<'d> Uses<'d> {
    /// Gathers them; O(n log n) in the links of roles, secrets and calls.
    pub(super) fn new(world: &World<'d>) -> Self {
        let graph = world.graph();
        let (mut places, mut at_launch, mut by_code) = (SortedMap::new(), SortedSet::new(), SortedSet::new());
        for role in graph.of_kind(ComponentKind::IamRole) {
            let attached = graph.inc(*role, LinkKind::Role).iter();
            places.insert(*role, attached.filter_map(|edge| edge.link.text(prop::AS)).collect());
        }
        for task in graph.of_kind(ComponentKind::TaskDefinition) {
            if let Some(role) = iam::role(graph, *task, "executionRoleArn") {
                at_launch.extend(world.launch_secrets(*task).map(|edge| (edge.to, role.to)));
            }
            if let Some(role) = iam::role(graph, *task, "taskRoleArn") {
                let calls = world.runners(*task).flat_map(|one| graph.out(one.node, LinkKind::Calls));
                by_code.extend(calls.map(|edge| (edge.to, role.to)));
            }
        }
        Self { places, at_launch, by_code }
    }

    /// Whether a role is attached nowhere.
    pub(super) fn is_unused(&self, role: Node<'d>) -> bool {
        self.places.get(&role).is_none_or(SortedSet::is_empty)
    }

    /// Whether a role is attached in that place only, or nowhere.
    pub(super) fn only_as(&self, role: Node<'d>, place: &str) -> bool {
        self.places.get(&role).is_none_or(|places| places.iter().all(|used| *used == place))
    }

    /// Whether one more task definition may have the role in that place: it is in no other use, and its
    /// trust allows tasks to assume it.
    pub(super) fn free_for(&self, role: Node<'d>, place: &str) -> bool {
        let trusted = role.list(prop::TRUST);
        let trusts_tasks =
            trusted.is_empty() || trusted.iter().any(|who| who.as_text() == Some("ecs-tasks.amazonaws.com"));
        trusts_tasks && self.only_as(role, place)
    }

    /// The roles free for that place that have AWS managed policies, by id.
    pub(super) fn managed_roles(&self, place: &str) -> impl Iterator<Item = Node<'d>> {
        let managed =
            self.places.keys().copied().filter(|role| !role.list(prop::MANAGED_POLICIES).is_empty());
        managed.filter(move |role| self.free_for(*role, place))
    }

    /// Whether ECS fetches the secret with this role when tasks start.
    pub(super) fn fetches_at_launch(&self, role: Node<'d>, secret: Node<'d>) -> bool {
        self.at_launch.contains(&(secret, role))
    }

    /// Whether code that has this task role calls the resource.
    pub(super) fn serves_code(&self, role: Node<'d>, resource: Node<'d>) -> bool {
        self.by_code.contains(&(resource, role))
    }
}

/// The actions that the role does not allow on the resource; every one when there is no role.
pub(super) fn lacking<'a, 'd>(
    graph: &Graph<'d>,
    role: Option<Node<'d>>,
    actions: impl IntoIterator<Item = &'a str>,
    on: Node<'d>,
) -> Vec<&'a str> {
    let denied = |action: &&str| role.is_none_or(|role| iam::grant(graph, role, action, on).is_none());
    actions.into_iter().filter(denied).collect()
}

/// Whether the role allows the action on the resource, as evidence.
pub(super) fn permission<'d>(role: Node<'d>, action: &'d str, on: Node<'d>, ok: bool) -> Step {
    Hop { what: What::Allows { role, action, on }, at: Some(role), link: None, ok }.step()
}

/// The actions that the role lacks on the resource, or that there is no role in that place, as evidence.
pub(super) fn denials<'d>(
    owner: Node<'d>,
    place: &'static str,
    role: Option<Node<'d>>,
    missing: &[&'d str],
    on: Node<'d>,
) -> Vec<Step> {
    match role {
        Some(role) => missing.iter().map(|action| permission(role, action, on, false)).collect(),
        None => vec![no_role(owner, place)],
    }
}

/// There is no role in that place of a component, as evidence.
pub(super) fn no_role<'d>(owner: Node<'d>, place: &'static str) -> Step {
    Hop { what: What::HasRole(owner, place), at: Some(owner), link: None, ok: false }.step()
}

/// The permissions drawn from the role to the resource that cover some of these actions.
pub(super) fn drawn<'d>(graph: &Graph<'d>, role: Node<'d>, actions: &[&str], on: Node<'d>) -> Vec<Edge<'d>> {
    let covers = |edge: &&Edge<'d>| {
        let mut patterns = edge.link.list(prop::ACTIONS).iter().filter_map(Value::as_text);
        patterns.any(|pattern| actions.iter().any(|action| iam::matches(pattern, action)))
    };
    graph.between(role, LinkKind::Grants, on).iter().filter(covers).copied().collect()
}

/// Lets the role do these actions too: adds them to a permission that is drawn already, else draws one.
pub(super) fn grant<'f, 'd>(
    fix: &'f mut FixBuilder<'d>,
    graph: &Graph<'d>,
    role: Node<'d>,
    actions: &[&str],
    on: Node<'d>,
) -> &'f mut FixBuilder<'d> {
    let Some(edge) = graph.between(role, LinkKind::Grants, on).first() else {
        return fix.link(LinkKind::Grants, &role.id, &on.id).with(prop::ACTIONS, list(actions));
    };
    let mut all = edge.link.list(prop::ACTIONS).to_vec();
    all.extend(actions.iter().map(|action| Value::from(*action)));
    fix.set_link(edge.link, prop::ACTIONS, all)
}

/// Takes drawn permissions from their role and gives them to another.
pub(super) fn move_grants<'f, 'd>(
    fix: &'f mut FixBuilder<'d>,
    grants: &[Edge<'d>],
    to: &ComponentId,
) -> &'f mut FixBuilder<'d> {
    for edge in grants {
        let actions = Value::from(edge.link.list(prop::ACTIONS).to_vec());
        fix.unlink(edge.link).link(LinkKind::Grants, to, &edge.to.id).with(prop::ACTIONS, actions);
    }
    fix
}

/// A list of texts as a property's value.
pub(super) fn list(items: &[&str]) -> Value {
    Value::from(items.iter().map(|item| Value::from(*item)).collect::<Vec<_>>())
}
