//! Every property of the catalogue is there for something: some design gets another finding, check or
//! figure by another value of it.

use std::path::Path;
use std::sync::{LazyLock, OnceLock};

use trapwise_engine::cost::{self, Estimate};
use trapwise_engine::evaluate;
use trapwise_engine::report::Status;
use trapwise_engine::scenario::Scenario;
use trapwise_engine::terms::Need;
use trapwise_engine::trap::Scene;
use trapwise_engine::traps::find_all;
use trapwise_engine::world::World;
use trapwise_model::load::load_design;
use trapwise_model::{Design, Edit, Props, Set, Target, Value, fixture};

use crate::library::{LIBRARY, stem, text};
use crate::owner::{Owner, Property};

/// Properties that nothing reads, each with the reason why it is there all the same.
const UNREAD: &[(&str, &str)] = &[
    ("vpc.enableDnsSupport", "private names are taken to resolve in every VPC"),
    ("cloud-map-namespace.name", "services find each other by the namespace, whatever it is called"),
    ("ecs-service.availabilityZoneRebalancing", "zones are judged as the scheduler first fills them"),
    ("standalone-task.placementConstraints.type", "a constraint counts on Fargate, whatever it says"),
    ("standalone-task.placementConstraints.expression", "a constraint counts on Fargate, whatever it says"),
    ("capacity-provider.managedTerminationProtection", "only draining keeps tasks from a loss of hosts"),
    ("external-instance.gpu", "a host for GPU tasks is looked for among Auto Scaling groups only"),
    ("efs-file-system.encrypted", "no scenario asks for encryption at rest"),
    ("registers link.discoveryName", "services find each other by the link, whatever name it gives"),
    ("secret link.container", "a role covers all containers of its task"),
    ("mounts link.container", "a role covers all containers of its task"),
];

/// In how many places a listed property is tried, for the sake of time.
const MOST_PLACES: usize = 50;

/// Designs that show what no design of the content does.
const MORE: &[&str] = &[
    // A standalone task that has only a public address to pull its image by.
    r#"
    vpc: vpc
      public-a: subnet availabilityZone=a tier=public
        job: standalone-task launchType=FARGATE assignPublicIp=ENABLED
      igw: internet-gateway
    public-a -> igw: routes
    task: task-definition cpu=256 memory=512
    repo: ecr-repository
    job -> task: runs
    task -> repo: image
    "#,
    // A standalone task that mounts a file system.
    r#"
    job: standalone-task launchType=FARGATE platformVersion=1.3.0
    task: task-definition cpu=256 memory=512
    files: efs-file-system
    job -> task: runs
    task -> files: mounts
    "#,
    // A standalone task whose placement keeps hosts.
    r#"
    vpc: vpc
      a: subnet
        group: auto-scaling-group instanceType=m5.large minSize=1 desiredCapacity=4 maxSize=6
    job: standalone-task count=8 placementStrategy=[{"type":"spread","field":"cpu"},{"type":"binpack","field":"cpu"}]
    provider: capacity-provider type=EC2_AUTOSCALING managedScaling=ENABLED
    task: task-definition cpu=512 memory=1024 networkMode=bridge
    group -> provider: backs
    job -> provider: uses weight=1
    job -> task: runs
    "#,
];

#[test]
fn every_property_of_a_component_is_read() {
    check(|property| matches!(property.owner, Owner::Component(_)));
}

#[test]
fn every_property_of_a_link_is_read() {
    check(|property| matches!(property.owner, Owner::Link(_)));
}

#[test]
fn the_list_names_properties_of_the_catalogue() {
    let known: Vec<_> = Property::all().iter().map(Property::name).collect();
    let gone: Vec<_> = UNREAD.iter().filter(|(name, _)| !known.iter().any(|one| one == name)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

fn check(wanted: impl Fn(&Property) -> bool) {
    let mut wrong = Vec::new();
    for property in Property::all().into_iter().filter(wanted) {
        let name = property.name();
        let listed = UNREAD.iter().any(|(unread, _)| *unread == name);
        let most = if listed { MOST_PLACES } else { usize::MAX };
        match (effect(&property, &SUBJECTS, most), listed) {
            (Some(what), true) => wrong.push(format!("{name} changes a {what}: take it from the list")),
            (None, false) => wrong.push(format!("{name} changes no finding, check or figure")),
            (Some(_), false) | (None, true) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A design of the content, with its scenario if it has one.
struct Subject {
    design: Design,
    scenario: Option<&'static Scenario>,
    findings: [OnceLock<Vec<String>>; 2],
    estimate: OnceLock<Estimate>,
    checks: OnceLock<Vec<Status>>,
}

/// Every design, the small ones first, which are evaluated faster.
static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| {
    let mut subjects = subjects();
    subjects.sort_by_key(|subject| subject.design.components().len() + subject.design.links().len());
    subjects
});

fn subjects() -> Vec<Subject> {
    let fixtures = MORE.iter().map(|text| Subject::new(fixture::parse(text).unwrap().design, None));
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut paths: Vec<_> = std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let cases = paths.iter().filter_map(|path| load_design(&stem(path), &text(path)).ok());
    let cases = cases.map(|design| Subject::new(design, None));
    let designs = LIBRARY.iter().flat_map(|content| {
        content.designs().into_iter().map(|(_, design)| Subject::new(design, Some(&content.scenario)))
    });
    fixtures.chain(cases).chain(designs).collect()
}

/// What another value of it changes first, in so many places at most.
fn effect(property: &Property, subjects: &[Subject], most: usize) -> Option<&'static str> {
    let seen = seen(property, subjects);
    // Where it is set, it is likelier to matter.
    let (set, unset): (Vec<_>, Vec<_>) = subjects
        .iter()
        .flat_map(|subject| places(property, &subject.design).into_iter().map(move |place| (subject, place)))
        .partition(|(_, (_, before))| before.is_some());
    set.into_iter().chain(unset).take(most).find_map(|(subject, (target, before))| {
        let change = |design: &Design, value: Option<Value>| {
            let set = Set { of: target.clone(), prop: property.spec.id.into(), value };
            let mut design = design.clone();
            design.apply(&Edit::Set(set)).ok().map(|_| design)
        };
        let difference = |subject: &Subject, before: Option<&Value>| {
            let others = property.others(before, &seen).into_iter();
            let mut designs = others.filter_map(|value| change(&subject.design, value));
            designs.find_map(|design| subject.difference(&design))
        };
        match before {
            // A field is compared in a record that is there.
            None if property.field.is_some() => {
                let records = Value::List(vec![property.record("app")]);
                let with_record = change(&subject.design, Some(records.clone()))?;
                difference(&Subject::new(with_record, subject.scenario), Some(&records))
            }
            before => difference(subject, before.as_ref()),
        }
    })
}

/// The components or links that may have it, with its value there.
fn places(property: &Property, design: &Design) -> Vec<(Target, Option<Value>)> {
    let value = |props: &Props| props.get(property.spec.id.as_str()).cloned();
    match property.owner {
        Owner::Component(kind) => design
            .components()
            .filter(|one| one.kind == kind)
            .map(|one| (Target::Component(one.id.clone()), value(&one.props)))
            .collect(),
        Owner::Link(kind) => design
            .links()
            .filter(|one| one.kind == kind)
            .map(|one| (Target::Link(one.id.clone()), value(&one.props)))
            .collect(),
    }
}

/// The values that designs have, each once.
fn seen(property: &Property, subjects: &[Subject]) -> Vec<Value> {
    let mut seen = Vec::new();
    let values = subjects.iter().flat_map(|subject| places(property, &subject.design));
    for value in values.filter_map(|(_, value)| value) {
        let values = match property.field {
            Some(field) => value
                .as_list()
                .unwrap_or_default()
                .iter()
                .filter_map(|one| one.field(field.id))
                .cloned()
                .collect(),
            None => vec![value],
        };
        for value in values {
            if !seen.contains(&value) {
                seen.push(value);
            }
        }
    }
    seen
}

impl Subject {
    fn new(design: Design, scenario: Option<&'static Scenario>) -> Self {
        let findings = [OnceLock::new(), OnceLock::new()];
        Self { design, scenario, findings, estimate: OnceLock::new(), checks: OnceLock::new() }
    }

    /// What is not the same for another design.
    fn difference(&self, other: &Design) -> Option<&'static str> {
        let world = World::new(other);
        for (base, needs, what) in
            [(&self.findings[0], Need::ALL, "finding with all needs"), (&self.findings[1], &[], "finding")]
        {
            let base = base.get_or_init(|| findings(&World::new(&self.design), needs));
            if *base != findings(&world, needs) {
                return Some(what);
            }
        }
        let volumes = self.scenario.and_then(|scenario| scenario.volumes).unwrap_or_default();
        let base = self.estimate.get_or_init(|| cost::estimate(&World::new(&self.design), &volumes));
        if *base != cost::estimate(&world, &volumes) {
            return Some("figure");
        }
        let scenario = self.scenario?;
        let base = self.checks.get_or_init(|| checks(scenario, &self.design));
        (*base != checks(scenario, other)).then_some("check")
    }
}

fn findings<'a>(world: &'a World<'a>, needs: &'a [Need]) -> Vec<String> {
    let found = find_all(&Scene { world, needs }).into_iter().map(|finding| {
        let (trap, found) = (finding.trap.id, finding.detection);
        // Fixes copy properties that nothing reads.
        let fixes = found.fixes.iter().map(|fix| fix.key).collect::<Vec<_>>();
        format!(
            "{trap} {:?} {:?} {:?} {:?} {fixes:?}",
            found.components, found.links, found.evidence, found.args
        )
    });
    found.collect()
}

fn checks(scenario: &Scenario, design: &Design) -> Vec<Status> {
    evaluate(scenario, design).checks.iter().map(|check| check.status).collect()
}
