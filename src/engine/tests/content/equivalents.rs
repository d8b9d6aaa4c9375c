//! What means the same is graded the same: a reference in other words passes as before, and falls into
//! nothing.

use trapwise_engine::evaluate;
use trapwise_model::catalogue::{PropSpec, prop};
use trapwise_model::{
    Component, ComponentId, ComponentKind, Design, Edit, Link, LinkId, LinkKind, Props, Set, Target, Value,
};

use crate::library::LIBRARY;

/// Says the same in other words; no edits where a design has nothing to say so.
type Rewrite = fn(&Design) -> Vec<Edit>;

const SAME: &[(&str, Rewrite)] = &[
    ("Fargate by a strategy in place of the launch type", by_strategy),
    ("the managed policy of the execution role written out", written_out),
    ("one more security group on each service", one_more_group),
    ("every default written out", defaults),
    ("a statement for each action", one_action_each),
    ("outbound rules for everything", outbound),
    ("weights of a strategy, all three times as much", thrice_the_weights),
    ("a strategy as the default of the cluster", by_default),
    ("the allow-all for what leaves written out", let_out),
    ("actions in capitals, which IAM does not tell apart", in_capitals),
    ("no target port, which is that of the only container", no_target_port),
];

#[test]
fn what_means_the_same_is_graded_the_same() {
    let mut wrong = Vec::new();
    for (what, rewrite) in SAME {
        let mut tried = 0;
        for content in LIBRARY.iter() {
            for (name, design) in &content.references {
                let edits = rewrite(design);
                let mut other = design.clone();
                other.apply_all(&edits).unwrap();
                tried += usize::from(!edits.is_empty());
                let evaluation = evaluate(&content.scenario, &other);
                if evaluation.score.percent != 100 || !evaluation.findings.is_empty() {
                    let traps: Vec<_> = evaluation.findings.iter().map(|one| one.trap.id).collect();
                    let percent = evaluation.score.percent;
                    wrong.push(format!("{}/{name} with {what}: {percent} {traps:?}", content.scenario.id));
                }
            }
        }
        assert!(tried > 20, "{what}: only {tried} references say so");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn by_strategy(design: &Design) -> Vec<Edit> {
    let mut edits = Vec::new();
    for service in design.components().filter(|one| one.kind == ComponentKind::EcsService) {
        let mut links = design.links_of(service.id.as_str());
        let cluster = links.find(|link| link.kind == LinkKind::InCluster && link.from == service.id);
        let Some(cluster) = cluster.filter(|_| service.text(prop::LAUNCH_TYPE) == Some("FARGATE")) else {
            continue;
        };
        let id = format!("zz-fargate-{}", service.id);
        let mut provider = component(&id, ComponentKind::CapacityProvider);
        provider.props.insert(prop::TYPE.into(), Value::from("FARGATE"));
        let mut uses = link(LinkKind::Uses, service.id.as_str(), &id);
        uses.props.insert(prop::WEIGHT.into(), Value::Int(1));
        edits.extend([
            set(&service.id, "launchType", None),
            Edit::Add(provider),
            Edit::Link(link(LinkKind::Provides, &id, cluster.to.as_str())),
            Edit::Link(uses),
        ]);
    }
    edits
}

fn written_out(design: &Design) -> Vec<Edit> {
    const POLICY: &str = "AmazonECSTaskExecutionRolePolicy";
    const PULL: [&str; 4] = [
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetImage",
    ];
    const LOG: [&str; 2] = ["logs:CreateLogStream", "logs:PutLogEvents"];
    let mut edits = Vec::new();
    for role in design.components().filter(|one| one.list(prop::MANAGED_POLICIES) == [Value::from(POLICY)]) {
        edits.push(set(&role.id, "managedPolicies", None));
        for granted in design.components() {
            let actions: &[&str] = match granted.kind {
                ComponentKind::EcrRepository => &PULL,
                ComponentKind::LogGroup => &LOG,
                _ => continue,
            };
            let mut grant = link(LinkKind::Grants, role.id.as_str(), granted.id.as_str());
            let actions = actions.iter().map(|action| Value::from(*action)).collect();
            grant.props.insert(prop::ACTIONS.into(), Value::List(actions));
            edits.push(Edit::Link(grant));
        }
    }
    edits
}

fn one_more_group(design: &Design) -> Vec<Edit> {
    let mut edits = Vec::new();
    for guards in design.links().filter(|link| link.kind == LinkKind::Guards) {
        let guarded = design.component(guards.to.as_str()).unwrap();
        let id = format!("zz-sg-{}", guards.id);
        if guarded.kind == ComponentKind::EcsService {
            let mut group = component(&id, ComponentKind::SecurityGroup);
            group.containers.clone_from(&design.component(guards.from.as_str()).unwrap().containers);
            edits.extend([Edit::Add(group), Edit::Link(link(LinkKind::Guards, &id, guarded.id.as_str()))]);
        }
    }
    edits
}

fn thrice_the_weights(design: &Design) -> Vec<Edit> {
    let weighed = design.links().filter(|link| link.kind == LinkKind::Uses);
    let thrice = |link: &Link| {
        let value = Some(Value::Int(link.int(prop::WEIGHT)? * 3));
        Some(Edit::Set(Set { of: Target::Link(link.id.clone()), prop: prop::WEIGHT.into(), value }))
    };
    weighed.filter_map(|link| thrice(link)).collect()
}

fn defaults(design: &Design) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut write = |of: Target, props: &Props, specs: &[PropSpec]| {
        for spec in specs.iter().filter(|spec| !props.contains_key(spec.id.as_str())) {
            let value = spec.default.to_value();
            // Without a mode, Fargate takes its own.
            if value.is_some() && spec.id != prop::NETWORK_MODE {
                edits.push(Edit::Set(Set { of: of.clone(), prop: spec.id.into(), value }));
            }
        }
    };
    for one in design.components() {
        write(Target::Component(one.id.clone()), &one.props, one.kind.spec().props);
    }
    for one in design.links() {
        write(Target::Link(one.id.clone()), &one.props, one.kind.spec().props);
    }
    edits
}

fn one_action_each(design: &Design) -> Vec<Edit> {
    let mut edits = Vec::new();
    for grant in design.links().filter(|link| link.kind == LinkKind::Grants) {
        let actions = grant.props.get(prop::ACTIONS.as_str()).and_then(Value::as_list).unwrap_or_default();
        for (index, action) in actions.iter().enumerate().skip(1) {
            let mut other = Link::clone(grant);
            other.id = LinkId::new(&format!("zz-{}-{index}", grant.id)).unwrap();
            other.props.insert(prop::ACTIONS.into(), Value::List(vec![action.clone()]));
            edits.push(Edit::Link(other));
        }
        if let [first, _, ..] = actions {
            let value = Some(Value::List(vec![first.clone()]));
            edits.push(Edit::Set(Set {
                of: Target::Link(grant.id.clone()),
                prop: prop::ACTIONS.into(),
                value,
            }));
        }
    }
    edits
}

fn outbound(design: &Design) -> Vec<Edit> {
    let groups = || design.components().filter(|one| one.kind == ComponentKind::SecurityGroup);
    let users = design.components().find(|one| one.kind == ComponentKind::Users);
    let everyone = users.map_or("zz-everyone", |users| users.id.as_str());
    let new = users.is_none().then(|| Edit::Add(component(everyone, ComponentKind::Users)));
    let mut edits: Vec<_> = new.into_iter().collect();
    for group in groups() {
        for peer in [everyone, group.containers.first().unwrap().as_str()] {
            let mut rule = link(LinkKind::Allows, peer, group.id.as_str());
            rule.props.insert(prop::DIRECTION.into(), Value::from("egress"));
            rule.props.insert(prop::PROTOCOL.into(), Value::from("all"));
            edits.push(Edit::Link(rule));
        }
    }
    if groups().next().is_none() { Vec::new() } else { edits }
}

fn by_default(design: &Design) -> Vec<Edit> {
    let mut edits = Vec::new();
    let runs_there = |cluster: &ComponentId, design: &Design| {
        let members = design.links().filter(|link| link.kind == LinkKind::InCluster && link.to == *cluster);
        members
            .filter(|link| {
                design.component(link.from.as_str()).unwrap().kind != ComponentKind::AutoScalingGroup
            })
            .count()
    };
    for uses in design.links().filter(|link| link.kind == LinkKind::Uses) {
        let mut clusters =
            design.links_of(uses.from.as_str()).filter(|link| link.kind == LinkKind::InCluster);
        let Some(cluster) = clusters.next().map(|link| link.to.clone()) else { continue };
        if runs_there(&cluster, design) == 1 {
            let mut default = link(LinkKind::Uses, cluster.as_str(), uses.to.as_str());
            default.props.clone_from(&uses.props);
            edits.extend([Edit::Unlink(uses.id.clone()), Edit::Link(default)]);
        }
    }
    edits
}

fn let_out(design: &Design) -> Vec<Edit> {
    let Some(users) = design.components().find(|one| one.kind == ComponentKind::Users) else {
        return Vec::new();
    };
    let groups = design.components().filter(|one| one.kind == ComponentKind::SecurityGroup);
    let free = groups.filter(|group| {
        let mut rules = design
            .links_of(group.id.as_str())
            .filter(|link| link.kind == LinkKind::Allows && link.to == group.id);
        !rules.any(|rule| rule.text(prop::DIRECTION) == Some("egress"))
    });
    free.map(|group| {
        let mut rule = link(LinkKind::Allows, users.id.as_str(), group.id.as_str());
        rule.props.insert(prop::DIRECTION.into(), Value::from("egress"));
        rule.props.insert(prop::PROTOCOL.into(), Value::from("all"));
        Edit::Link(rule)
    })
    .collect()
}

fn in_capitals(design: &Design) -> Vec<Edit> {
    let grants = design.links().filter(|link| link.kind == LinkKind::Grants);
    grants
        .map(|grant| {
            let upper = |action: &Value| Value::from(action.as_text().unwrap().to_ascii_uppercase().as_str());
            let value = Some(Value::List(grant.list(prop::ACTIONS).iter().map(upper).collect()));
            Edit::Set(Set { of: Target::Link(grant.id.clone()), prop: prop::ACTIONS.into(), value })
        })
        .collect()
}

fn no_target_port(design: &Design) -> Vec<Edit> {
    let forwards = design
        .links()
        .filter(|link| link.kind == LinkKind::Forwards && link.int(prop::TARGET_PORT).is_some());
    let alone = |forward: &Link| {
        let mut links = design.links_of(forward.to.as_str());
        let runs = links.find(|link| link.kind == LinkKind::Runs && link.from == forward.to);
        runs.is_some_and(|runs| design.component(runs.to.as_str()).unwrap().list(prop::CONTAINERS).len() == 1)
    };
    let unset = |forward: &Link| {
        Edit::Set(Set { of: Target::Link(forward.id.clone()), prop: prop::TARGET_PORT.into(), value: None })
    };
    forwards.filter(|forward| alone(forward)).map(|forward| unset(forward)).collect()
}

fn component(id: &str, kind: ComponentKind) -> Component {
    Component::new(ComponentId::new(id).unwrap(), kind)
}

fn link(kind: LinkKind, from: &str, to: &str) -> Link {
    let end = |id: &str| ComponentId::new(id).unwrap();
    Link::new(LinkId::new(&format!("zz-{from}-{kind}-{to}")).unwrap(), kind, end(from), end(to))
}

fn set(id: &ComponentId, prop: &str, value: Option<Value>) -> Edit {
    Edit::Set(Set { of: Target::Component(id.clone()), prop: prop.to_owned(), value })
}
