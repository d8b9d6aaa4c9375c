//! What means the same is graded the same: a reference in other words passes as before, and falls into
//! nothing.

use trapwise_engine::evaluate;
use trapwise_model::{
    Component, ComponentId, ComponentKind, Design, Edit, Link, LinkId, LinkKind, Set, Target, Value,
};

use crate::library::LIBRARY;

/// Says the same in other words; no edits where a design has nothing to say so.
type Rewrite = fn(&Design) -> Vec<Edit>;

const SAME: &[(&str, Rewrite)] = &[
    ("Fargate by a strategy in place of the launch type", by_strategy),
    ("the managed policy of the execution role written out", written_out),
    ("one more security group on each service", one_more_group),
    ("weights of a strategy, all three times as much", thrice_the_weights),
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
        let Some(cluster) = cluster.filter(|_| service.text("launchType") == Some("FARGATE")) else {
            continue;
        };
        let id = format!("zz-fargate-{}", service.id);
        let mut provider = component(&id, ComponentKind::CapacityProvider);
        provider.props.insert("type".to_owned(), Value::from("FARGATE"));
        let mut uses = link(LinkKind::Uses, service.id.as_str(), &id);
        uses.props.insert("weight".to_owned(), Value::Int(1));
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
    for role in design.components().filter(|one| one.list("managedPolicies") == [Value::from(POLICY)]) {
        edits.push(set(&role.id, "managedPolicies", None));
        for granted in design.components() {
            let actions: &[&str] = match granted.kind {
                ComponentKind::EcrRepository => &PULL,
                ComponentKind::LogGroup => &LOG,
                _ => continue,
            };
            let mut grant = link(LinkKind::Grants, role.id.as_str(), granted.id.as_str());
            let actions = actions.iter().map(|action| Value::from(*action)).collect();
            grant.props.insert("actions".to_owned(), Value::List(actions));
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
        let value = Some(Value::Int(link.int("weight")? * 3));
        Some(Edit::Set(Set { of: Target::Link(link.id.clone()), prop: "weight".to_owned(), value }))
    };
    weighed.filter_map(|link| thrice(link)).collect()
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
