//! What ECS has to do before the application runs: pull images, fetch secrets, open log streams.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::World;
use super::egress::{INTERNET, is_ipv6_only};
use super::graph::{Edge, Node};
use super::hop::{Hop, Way, What};
use super::iam;
use super::reach::Route;
use super::workload::{Compute, Workload};

/// The actions that pulling from ECR needs.
pub const ECR_PULL: &[&str] = &[
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
];
/// The actions that the `awslogs` driver needs.
pub const AWSLOGS: &[&str] = &["logs:CreateLogStream", "logs:PutLogEvents"];

/// What the driver needs on top when it is to create its group.
pub const CREATE_LOG_GROUP: &str = "logs:CreateLogGroup";

/// The action that fetches a secret or parameter at launch.
#[must_use]
pub fn fetch_action(source: Node<'_>) -> &'static str {
    if source.kind == ComponentKind::SsmParameter {
        "ssm:GetParameters"
    } else {
        "secretsmanager:GetSecretValue"
    }
}

/// The endpoint service behind which a secret or parameter is fetched.
#[must_use]
pub fn fetch_service(source: Node<'_>) -> &'static str {
    if source.kind == ComponentKind::SsmParameter { "ssm" } else { "secretsmanager" }
}

impl<'d> World<'d> {
    /// The references to secrets and parameters that ECS resolves at launch.
    pub fn launch_secrets<'a>(&'a self, task: Node<'d>) -> impl Iterator<Item = Edge<'d>> + use<'a, 'd> {
        let edges = self.graph().out(task, LinkKind::Secret).iter().copied();
        edges.filter(|edge| edge.link.is(prop::AS, "valueFrom"))
    }

    /// The log groups written through the `awslogs` driver.
    pub fn awslogs<'a>(&'a self, task: Node<'d>) -> impl Iterator<Item = Edge<'d>> + use<'a, 'd> {
        let edges = self.graph().out(task, LinkKind::Logs).iter().copied();
        edges.filter(|edge| edge.link.is(prop::DRIVER, "awslogs"))
    }

    /// What has to be reached before the workload's application runs: endpoint services, each once, or
    /// [`INTERNET`] for an image of an external registry.
    #[must_use]
    pub fn launch_needs(&self, workload: &Workload<'d>) -> Vec<&'static str> {
        let mut needs = Vec::new();
        let Some(task) = workload.task else { return needs };
        for image in self.graph().out(task, LinkKind::Image) {
            if image.to.kind == ComponentKind::ExternalRegistry {
                needs.push(INTERNET);
            } else {
                needs.extend(["ecr.api", "ecr.dkr", "s3"]);
            }
        }
        needs.extend(self.launch_secrets(task).map(|edge| fetch_service(edge.to)));
        needs.extend(self.awslogs(task).map(|_| "logs"));
        let mut seen = trapwise_model::SortedSet::new();
        needs.retain(|need| seen.insert(*need));
        needs
    }

    /// The roles whose permissions decide whether ECS may do these actions on a resource before the task
    /// runs: its execution role; on instances the hosts' own where that alone suffices, because the agent
    /// may pull and log with either (`role-container-instance`).
    #[must_use]
    pub fn launch_roles(&self, workload: &Workload<'d>, actions: &[&str], on: Node<'d>) -> Vec<Node<'d>> {
        let execution = workload.task.and_then(|task| iam::role(self.graph(), task, "executionRoleArn"));
        let hosts =
            workload.hosts.iter().filter_map(|host| iam::role(self.graph(), *host, "instanceProfile"));
        let hosts: Vec<_> =
            if workload.on_fargate() { Vec::new() } else { hosts.map(|edge| edge.to).collect() };
        let may = |role: &Node<'d>| {
            actions.iter().all(|action| iam::grant(self.graph(), *role, action, on).is_some())
        };
        match execution.map(|edge| edge.to) {
            Some(role) if may(&role) || hosts.is_empty() || !hosts.iter().all(may) => vec![role],
            _ => hosts,
        }
    }

    /// Everything between a workload and its images: permissions, then the network from every place.
    #[must_use]
    pub fn image_pull(&self, workload: &Workload<'d>) -> Route<'d> {
        let mut route = Route::default();
        let Some(task) = workload.task else { return route };
        for image in self.graph().out(task, LinkKind::Image) {
            if image.to.kind == ComponentKind::ExternalRegistry {
                route.hops.extend(self.ways(workload, workload.launch_interfaces(), INTERNET));
                continue;
            }
            self.permissions(workload, ECR_PULL, image.to, &mut route);
            if image.to.flag(prop::OTHER_ACCOUNT) {
                let admits = image.to.flag(prop::POLICY_ALLOWS_PULL);
                route.hops.push(Hop::at(What::RepositoryPolicy(image.to), image.to, admits));
            }
            for service in ["ecr.api", "ecr.dkr", "s3"] {
                let mut hops = self.ways(workload, workload.launch_interfaces(), service);
                for hop in hops.iter_mut().filter(|_| !image.link.flag(prop::DUAL_STACK_URI)) {
                    // Its usual name has IPv4 addresses only.
                    if let What::Way { subnet, by: by @ (Way::EgressOnly(_) | Way::Public(_)), .. } =
                        &mut hop.what
                        && is_ipv6_only(*subnet)
                    {
                        (*by, hop.ok) = (Way::None, false);
                    }
                }
                route.hops.append(&mut hops);
            }
        }
        route
    }

    /// Everything between a workload and the secrets it references.
    #[must_use]
    pub fn secret_fetch(&self, workload: &Workload<'d>) -> Route<'d> {
        let mut route = Route::default();
        let Some(task) = workload.task else { return route };
        for secret in self.launch_secrets(task) {
            let action: &'static str = fetch_action(secret.to);
            match iam::role(self.graph(), task, "executionRoleArn") {
                None => route.hops.push(Hop::at(What::HasRole(task, "executionRoleArn"), task, false)),
                Some(edge) => self.allowed(edge.to, action, secret.to, &mut route),
            }
            if let Some(key) = self.key_of(secret.to)
                && let Some(edge) = iam::role(self.graph(), task, "executionRoleArn")
            {
                self.allowed(edge.to, "kms:Decrypt", key, &mut route);
            }
            route.hops.extend(self.ways(workload, workload.launch_interfaces(), fetch_service(secret.to)));
        }
        route
    }

    /// Everything between a workload and its log groups (`awslogs`).
    #[must_use]
    pub fn log_writes(&self, workload: &Workload<'d>) -> Route<'d> {
        let mut route = Route::default();
        let Some(task) = workload.task else { return route };
        for logs in self.awslogs(task) {
            let (there, creates) = (logs.to.flag(prop::CREATED), logs.link.flag(prop::CREATE_GROUP));
            route.hops.push(Hop::at(What::GroupThere(logs.to), logs.to, there || creates));
            if creates && !there {
                self.permissions(workload, &[CREATE_LOG_GROUP], logs.to, &mut route);
            }
            self.permissions(workload, AWSLOGS, logs.to, &mut route);
            route.hops.extend(self.ways(workload, workload.launch_interfaces(), "logs"));
        }
        route
    }

    /// The customer managed key that encrypts a resource.
    #[must_use]
    pub fn key_of(&self, resource: Node<'d>) -> Option<Node<'d>> {
        self.graph().inc(resource, LinkKind::Encrypts).first().map(|edge| edge.from)
    }

    fn permissions(
        &self,
        workload: &Workload<'d>,
        actions: &[&'static str],
        on: Node<'d>,
        route: &mut Route<'d>,
    ) {
        let roles = self.launch_roles(workload, actions, on);
        if roles.is_empty() {
            let place =
                if workload.compute == [Compute::Ec2] { "instanceProfile" } else { "executionRoleArn" };
            let at = workload.task.unwrap_or(workload.node);
            route.hops.push(Hop::at(What::HasRole(at, place), at, false));
        }
        for role in roles {
            for action in actions {
                self.allowed(role, action, on, route);
            }
        }
    }

    fn allowed(&self, role: Node<'d>, action: &'static str, on: Node<'d>, route: &mut Route<'d>) {
        let ok = iam::grant(self.graph(), role, action, on).is_some();
        route.hops.push(Hop::at(What::Allows { role, action, on }, role, ok));
    }
}
