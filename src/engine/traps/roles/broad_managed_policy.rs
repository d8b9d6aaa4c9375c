//! A managed policy that opens a whole service, or everything, where permissions are to be no wider than
//! needed (needs `least-privilege`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedMap, SortedSet, Value};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{accesses, drawn, grant};
use crate::world::{CREATE_LOG_GROUP, Edge, Node, World, fetch_action};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "broad-managed-policy",
    area: Area::Roles,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["feat-task-role", "mis-instance-role"],
    needs: &[Need::LeastPrivilege],
    detect,
};

/// Policies that allow a service's actions on every resource of the account.
const BROAD: &[&str] = &[
    "AdministratorAccess",
    "AmazonDynamoDBFullAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonSQSFullAccess",
    "SecretsManagerReadWrite",
];

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let roles = world.graph().of_kind(ComponentKind::IamRole).iter();
    roles
        .filter_map(|role| {
            let policies = role.component().list(prop::MANAGED_POLICIES).iter().filter_map(Value::as_text);
            let broad = policies.filter(|policy| BROAD.contains(policy)).collect::<Vec<_>>();
            let places = world.graph().inc(*role, LinkKind::Role);
            (!broad.is_empty() && !places.is_empty()).then(|| detection(world, *role, places, &broad))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, role: Node<'d>, places: &[Edge<'d>], broad: &[&str]) -> Detection {
    let mut evidence = places
        .iter()
        .map(|edge| {
            let place = edge.link.text(prop::AS).unwrap_or_default();
            Step::on(
                edge.link,
                true,
                step("has-role").name("user", edge.from).name("role", role).words("place", place),
            )
        })
        .collect::<Vec<_>>();
    evidence.extend(
        broad
            .iter()
            .map(|policy| Step::at(role, false, step("holds-for-everything").words("policy", policy))),
    );
    Detection::new()
        .pin(role)
        .pin_links(places)
        .steps(evidence)
        .name("role", role)
        .codes("policy", broad.iter().copied())
        .fix(fix(world, role, places))
}

/// Drops the policies and draws what the design uses of them.
fn fix<'d>(world: &World<'d>, role: Node<'d>, places: &[Edge<'d>]) -> Fix {
    let graph = world.graph();
    let mut kept: SortedSet<&str> = SortedSet::new();
    let mut used: SortedMap<Node<'d>, SortedSet<&'d str>> = SortedMap::new();
    let mut administrator = false;
    for policy in role.component().list(prop::MANAGED_POLICIES).iter().filter_map(Value::as_text) {
        administrator |= policy == "AdministratorAccess";
        if !BROAD.contains(&policy) {
            kept.insert(policy);
        }
    }
    for place in places {
        match place.link.text(prop::AS) {
            Some("taskRoleArn") => {
                for access in accesses(world, place.from, &|_, _| true) {
                    used.entry(access.resource).or_default().extend(access.missing(graph, None));
                }
            }
            Some("executionRoleArn") => {
                for reference in world.launch_secrets(place.from) {
                    used.entry(reference.to).or_default().insert(fetch_action(reference.to));
                    if let Some(key) = world.key_of(reference.to).filter(|_| administrator) {
                        used.entry(key).or_default().insert("kms:Decrypt");
                    }
                }
                if administrator {
                    let creating = world.awslogs(place.from);
                    for logs in creating
                        .filter(|logs| logs.link.flag(prop::CREATE_GROUP) && !logs.to.flag(prop::CREATED))
                    {
                        used.entry(logs.to).or_default().insert(CREATE_LOG_GROUP);
                    }
                    kept.insert("AmazonECSTaskExecutionRolePolicy");
                }
            }
            Some("instanceProfile") if administrator => {
                kept.insert("AmazonEC2ContainerServiceforEC2Role");
            }
            _ => {}
        }
    }
    let mut fix = FixBuilder::new(world);
    let policies = kept.into_iter().map(Value::from).collect::<Vec<_>>();
    if policies.is_empty() {
        fix.reset(role, prop::MANAGED_POLICIES)
    } else {
        fix.set(role, prop::MANAGED_POLICIES, policies)
    };
    for (resource, actions) in used {
        let lacking = actions
            .into_iter()
            .filter(|action| drawn(graph, role, &[*action], resource).is_empty())
            .collect::<Vec<_>>();
        if !lacking.is_empty() {
            grant(&mut fix, graph, role, &lacking, resource);
        }
    }
    fix.done("narrow")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;
    use crate::world::{World, iam};

    const BOARD: &str = "
            #! needs least-privilege
            web: ecs-service launchType=FARGATE
            task: task-definition
            uploads: s3-bucket
            password: secret
            web -> task: runs
            web -> uploads: calls actions=[\"s3:GetObject\"]
            task -> password: secret as=valueFrom
            task -> role: role as=";

    #[test]
    fn fires_on_whole_services_and_on_everything() {
        for (place, policies) in [
            ("taskRoleArn", "\"AmazonS3FullAccess\""),
            ("taskRoleArn", "\"AmazonS3ReadOnlyAccess\",\"AmazonSQSFullAccess\""),
            ("executionRoleArn", "\"AmazonECSTaskExecutionRolePolicy\",\"SecretsManagerReadWrite\""),
            ("executionRoleArn", "\"AdministratorAccess\""),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes narrow
            role: iam-role managedPolicies=[{policies}]    #! broad-managed-policy
            {BOARD}{place}"
                ),
            );
        }
    }

    #[test]
    fn what_is_used_is_granted_by_name() {
        let text = format!(
            "            role: iam-role managedPolicies=[\"AmazonS3FullAccess\"]\n{BOARD}taskRoleArn"
        );
        let fixture = trapwise_model::fixture::parse(&text).unwrap();
        let needs = [crate::terms::Need::LeastPrivilege];
        let world = World::new(&fixture.design);
        let found = TRAP.find(&super::Scene { world: &world, needs: &needs });
        let mut mended = fixture.design.clone();
        mended.apply_all(&found[0].fixes[0].edits).unwrap();
        let world = World::new(&mended);
        let node = |id| world.graph().node(id).unwrap();
        let may = |action| iam::grant(world.graph(), node("role"), action, node("uploads")).is_some();
        assert!(may("s3:GetObject") && !may("s3:PutObject"));
    }

    #[test]
    fn silent_for_launch_policies_idle_roles_and_other_needs() {
        for role in [
            "role: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]",
            "role: iam-role
            spare: iam-role managedPolicies=[\"AdministratorAccess\"]",
        ] {
            check(&TRAP, &format!("            {role}\n{BOARD}executionRoleArn"));
        }
        let text = format!(
            "            role: iam-role managedPolicies=[\"AmazonS3FullAccess\"]\n{BOARD}taskRoleArn"
        );
        check(&TRAP, &text.replace("least-privilege", "production"));
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            &format!(
                "
            role: iam-role managedPolicies=[\"AmazonS3FullAccess\"]    #! broad-managed-policy: `role` has `AmazonS3FullAccess`, which holds for every resource of the account and not just those in use.
            {BOARD}taskRoleArn"
            ),
        );
    }
}
