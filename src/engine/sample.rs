//! Architectures of any size to measure with: one VPC, shared groups and roles, services that call each
//! other. Behind the feature `sample`: benchmarks use it, native and in the browser, and nothing else.

use std::sync::Arc;

use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::read::read_text;
use trapwise_model::{
    Component, ComponentId, ComponentKind as K, Design, Link, LinkId, LinkKind as L, Value,
};

use crate::evaluate::evaluate;
use crate::scenario::Scenario;
use crate::texts::Texts;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Everything works: nothing is found.
    Clean,
    /// About every second service has a mistake of its own, and all share two: no way out of one
    /// subnet, and a group chain that stops at the wrong port.
    Broken,
}

/// A sample to evaluate again and again, parsed and built beforehand.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Checks and needs that make every trap look.
    pub scenario: Scenario,
    /// The board.
    pub design: Design,
    /// The words of the report.
    pub texts: Texts,
}

impl Sample {
    /// A sample of that many components, 33 or more.
    ///
    /// # Errors
    /// When the sample itself is not well formed, which a test rules out.
    pub fn new(components: usize, form: Form, texts: Texts) -> Result<Self, String> {
        let scenario =
            read_text(include_str!("sample.json")).ok_or("the sample's scenario cannot be read")?;
        Ok(Self { scenario, design: design(components, form)?, texts })
    }

    /// Evaluates and explains once. Returns the score and the number of findings.
    #[must_use]
    pub fn run(&self) -> (u32, usize) {
        let report = evaluate(&self.scenario, &self.design).report(&self.texts);
        (report.score, report.findings.len())
    }
}

/// An architecture of that many components. What it is made of is in proportion at every size: of 33
/// components, four are services with a task definition and a policy each.
fn design(components: usize, form: Form) -> Result<Design, String> {
    let mut parts = Parts { form, components: Vec::new(), links: Vec::new() };
    parts.network()?;
    parts.shared()?;
    let services = components * 4 / 33;
    let balancers = services.div_ceil(BALANCED);
    let sets = components.saturating_sub(parts.components.len() + balancers + 3 * services) / DATA.len();
    for set in 0..sets {
        parts.data(set)?;
    }
    for service in 0..services {
        if service % BALANCED == 0 {
            parts.balancer(service / BALANCED)?;
        }
        parts.service(service, service % sets.max(1))?;
    }
    while parts.components.len() < components {
        parts.add(&format!("topic-{}", parts.components.len()), K::SnsTopic, &[], &[])?;
    }
    Design::from_parts(parts.components, parts.links).map_err(|(part, why)| format!("{part:?}: {why}"))
}

/// Services behind one load balancer.
const BALANCED: usize = 25;

/// What one set of data parts has: services use a set each, shared when there are fewer sets.
const DATA: [(&str, K); 6] = [
    ("images", K::EcrRepository),
    ("lines", K::LogGroup),
    ("password", K::Secret),
    ("files", K::S3Bucket),
    ("jobs", K::SqsQueue),
    ("db", K::RdsDatabase),
];

struct Parts {
    form: Form,
    components: Vec<Arc<Component>>,
    links: Vec<Arc<Link>>,
}

impl Parts {
    fn add(&mut self, id: &str, kind: K, places: &[&str], props: &[(PropId, Value)]) -> Result<(), String> {
        let component_id = |text: &str| ComponentId::new(text).map_err(|why| why.to_string());
        let mut component = Component::new(component_id(id)?, kind);
        component.containers = places.iter().map(|place| component_id(place)).collect::<Result<_, _>>()?;
        component.props = props.iter().map(|(prop, value)| ((*prop).into(), value.clone())).collect();
        self.components.push(component.into());
        Ok(())
    }

    fn link(&mut self, kind: L, from: &str, to: &str, props: &[(PropId, Value)]) -> Result<(), String> {
        let component_id = |text: &str| ComponentId::new(text).map_err(|why| why.to_string());
        let id = LinkId::new(&format!("l{}", self.links.len())).map_err(|why| why.to_string())?;
        let mut link = Link::new(id, kind, component_id(from)?, component_id(to)?);
        link.props = props.iter().map(|(prop, value)| ((*prop).into(), value.clone())).collect();
        self.links.push(link.into());
        Ok(())
    }

    /// One VPC with two tiers in two zones, and the groups everything shares.
    fn network(&mut self) -> Result<(), String> {
        self.add("vpc", K::Vpc, &[], &[])?;
        self.add("users", K::Users, &[], &[])?;
        self.add("igw", K::InternetGateway, &["vpc"], &[])?;
        self.add("public-a", K::Subnet, &["vpc"], &[(prop::TIER, Value::from("public"))])?;
        self.add("app-a", K::Subnet, &["vpc"], &[])?;
        let zone_b = (prop::AVAILABILITY_ZONE, Value::from("b"));
        self.add("public-b", K::Subnet, &["vpc"], &[(prop::TIER, Value::from("public")), zone_b.clone()])?;
        self.add("app-b", K::Subnet, &["vpc"], &[zone_b])?;
        self.add("nat", K::NatGateway, &["vpc"], &[(prop::AVAILABILITY_MODE, Value::from("regional"))])?;
        for group in ["alb-sg", "app-sg", "db-sg"] {
            self.add(group, K::SecurityGroup, &["vpc"], &[])?;
        }
        self.link(L::Routes, "public-a", "igw", &[])?;
        self.link(L::Routes, "public-b", "igw", &[])?;
        self.link(L::Routes, "app-a", "nat", &[])?;
        if self.form == Form::Clean {
            self.link(L::Routes, "app-b", "nat", &[])?;
        }
        self.link(L::Allows, "users", "alb-sg", &[])?;
        let port = if self.form == Form::Clean { 8080 } else { 80 };
        self.link(L::Allows, "alb-sg", "app-sg", &[(prop::FROM_PORT, Value::Int(port))])?;
        self.link(L::Allows, "app-sg", "app-sg", &[(prop::FROM_PORT, Value::Int(8080))])?;
        self.link(L::Allows, "app-sg", "db-sg", &[(prop::FROM_PORT, Value::Int(5432))])
    }

    /// The cluster and the two roles of all tasks.
    fn shared(&mut self) -> Result<(), String> {
        self.add("cluster", K::EcsCluster, &[], &[])?;
        let policies = list(&["AmazonECSTaskExecutionRolePolicy"]);
        self.add("launch-role", K::IamRole, &[], &[(prop::MANAGED_POLICIES, policies)])?;
        self.add("app-role", K::IamRole, &[], &[])
    }

    /// One set of what services use.
    fn data(&mut self, set: usize) -> Result<(), String> {
        for (name, kind) in DATA {
            let id = format!("{name}-{set}");
            let places: &[&str] = if kind == K::RdsDatabase { &["app-a", "app-b"] } else { &[] };
            let props = (kind == K::RdsDatabase).then_some((prop::MULTI_AZ, Value::Bool(true)));
            self.add(&id, kind, places, props.as_slice())?;
        }
        // Checks name this one bucket, as authors do.
        if let Some(bucket) =
            self.components.iter_mut().rev().find(|part| part.kind == K::S3Bucket && set == 0)
        {
            Arc::make_mut(bucket).preset = Some("files".to_owned());
        }
        let grant = |action: &str| [(prop::ACTIONS, list(&[action]))];
        let secret = grant("secretsmanager:GetSecretValue");
        self.link(L::Grants, "launch-role", &format!("password-{set}"), &secret)?;
        self.link(L::Grants, "app-role", &format!("files-{set}"), &grant("s3:*Object"))?;
        self.link(L::Grants, "app-role", &format!("jobs-{set}"), &grant("sqs:*"))?;
        self.link(L::Guards, "db-sg", &format!("db-{set}"), &[])
    }

    fn balancer(&mut self, number: usize) -> Result<(), String> {
        let id = format!("alb-{number}");
        self.add(&id, K::LoadBalancer, &["public-a", "public-b"], &[])?;
        self.link(L::Sends, "users", &id, &[])?;
        self.link(L::Guards, "alb-sg", &id, &[])
    }

    /// A service with its task definition and scaling policy, behind the last load balancer.
    fn service(&mut self, unit: usize, set: usize) -> Result<(), String> {
        let wrong = |kind: usize| self.form == Form::Broken && unit % 8 == kind;
        let (one_zone, public, bad_size, plain, unscaled) =
            (wrong(0), wrong(4), wrong(2), wrong(5), wrong(6));
        let (service, task, policy) =
            (format!("svc-{unit}"), format!("task-{unit}"), format!("policy-{unit}"));
        let places: &[&str] = match (one_zone, public) {
            (true, _) => &["app-a"],
            (_, true) => &["public-a", "public-b"],
            _ => &["app-a", "app-b"],
        };
        let mut props = vec![
            (prop::LAUNCH_TYPE, Value::from("FARGATE")),
            (prop::DESIRED_COUNT, Value::Int(2)),
            (prop::MIN_CAPACITY, Value::Int(2)),
            (prop::MAX_CAPACITY, Value::Int(6)),
        ];
        props.extend(public.then(|| (prop::ASSIGN_PUBLIC_IP, Value::from("ENABLED"))));
        self.add(&service, K::EcsService, places, &props)?;
        let container = [(prop::NAME, Value::from("app")), (prop::CONTAINER_PORT, Value::Int(8080))];
        let container = container.map(|(field, value)| (field.into(), value)).into();
        let props = [
            (prop::NETWORK_MODE, Value::from("awsvpc")),
            (prop::CPU, Value::Int(512)),
            (prop::MEMORY, Value::Int(if bad_size { 700 } else { 1024 })),
            (prop::CONTAINERS, Value::List(vec![Value::Record(container)])),
        ];
        self.add(&task, K::TaskDefinition, &[], &props)?;
        let metric = [
            (prop::METRIC, Value::from("ECSServiceAverageCPUUtilization")),
            (prop::TARGET_VALUE, Value::Int(60)),
        ];
        self.add(&policy, K::ScalingPolicy, &[], &metric)?;

        self.link(L::InCluster, &service, "cluster", &[])?;
        self.link(L::Runs, &service, &task, &[])?;
        self.link(L::Guards, "app-sg", &service, &[])?;
        self.link(L::Role, &task, "launch-role", &[(prop::AS, Value::from("executionRoleArn"))])?;
        self.link(L::Role, &task, "app-role", &[(prop::AS, Value::from("taskRoleArn"))])?;
        self.link(L::Image, &task, &format!("images-{set}"), &[])?;
        self.link(L::Logs, &task, &format!("lines-{set}"), &[])?;
        let how = if plain { "environment" } else { "valueFrom" };
        self.link(L::Secret, &task, &format!("password-{set}"), &[(prop::AS, Value::from(how))])?;
        if !unscaled {
            self.link(L::Scales, &policy, &service, &[])?;
        }
        self.link(L::Calls, &service, &format!("files-{set}"), &[])?;
        self.link(L::Calls, &service, &format!("jobs-{set}"), &[])?;
        self.link(L::Calls, &service, &format!("db-{set}"), &[])?;
        // Each service calls the one before it and one far away.
        let before = unit.checked_sub(1);
        let far = Some(unit / 2).filter(|far| *far != unit && Some(*far) != before);
        for other in before.into_iter().chain(far) {
            self.link(L::Calls, &service, &format!("svc-{other}"), &[(prop::PORT, Value::Int(8080))])?;
        }
        let balancer = format!("alb-{}", unit / BALANCED);
        self.link(L::Forwards, &balancer, &service, &[(prop::TARGET_TYPE, Value::from("ip"))])
    }
}

fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| Value::from(*item)).collect())
}
