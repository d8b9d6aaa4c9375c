//! Every kind of component and link: the one table from which palette, inspector, JSON Schema and
//! diagnostics are made. Names and defaults are those of the AWS APIs; ids are part of the file
//! format and never change. Where an API demands a value and so has no default (ports, the bounds of a
//! group, engines, a record's TTL), ours is only what a new part begins with.

mod compute;
mod data;
mod delivery;
mod identity;
mod links;
mod network;
mod operations;
pub mod prop;
mod props;

pub use prop::PropId;
pub use props::{Choice, DefaultValue, MAX_LIST_LEN, MAX_TEXT_LEN, PropSpec, PropType};

use crate::named_enum;

named_enum! {
    /// A kind of component.
    pub enum ComponentKind {
        Vpc = "vpc",
        Subnet = "subnet",
        InternetGateway = "internet-gateway",
        NatGateway = "nat-gateway",
        VpcEndpoint = "vpc-endpoint",
        SecurityGroup = "security-group",
        LoadBalancer = "load-balancer",
        Users = "users",
        OnPremises = "on-premises",
        CloudMapNamespace = "cloud-map-namespace",
        EcsCluster = "ecs-cluster",
        EcsService = "ecs-service",
        StandaloneTask = "standalone-task",
        TaskDefinition = "task-definition",
        CapacityProvider = "capacity-provider",
        AutoScalingGroup = "auto-scaling-group",
        ExternalInstance = "external-instance",
        EksCluster = "eks-cluster",
        KubernetesWorkload = "kubernetes-workload",
        LambdaFunction = "lambda-function",
        StepFunctions = "step-functions",
        EventbridgePipe = "eventbridge-pipe",
        EventbridgeRule = "eventbridge-rule",
        IamRole = "iam-role",
        KmsKey = "kms-key",
        EcrRepository = "ecr-repository",
        ExternalRegistry = "external-registry",
        CodedeployDeploymentGroup = "codedeploy-deployment-group",
        Codepipeline = "codepipeline",
        Secret = "secret",
        SsmParameter = "ssm-parameter",
        LogGroup = "log-group",
        CloudwatchAlarm = "cloudwatch-alarm",
        ScalingPolicy = "scaling-policy",
        EfsFileSystem = "efs-file-system",
        EbsVolume = "ebs-volume",
        S3Bucket = "s3-bucket",
        RdsDatabase = "rds-database",
        DynamodbTable = "dynamodb-table",
        Elasticache = "elasticache",
        SqsQueue = "sqs-queue",
        SnsTopic = "sns-topic",
    }
}

named_enum! {
    /// A kind of link. Each says what drawing it means; [`LinkSpec::provisions`] says what it creates.
    pub enum LinkKind {
        Routes = "routes",
        Sends = "sends",
        Forwards = "forwards",
        Calls = "calls",
        Registers = "registers",
        Runs = "runs",
        RunsOn = "runs-on",
        InCluster = "in-cluster",
        Role = "role",
        Grants = "grants",
        Encrypts = "encrypts",
        Image = "image",
        Secret = "secret",
        Logs = "logs",
        Mounts = "mounts",
        Guards = "guards",
        Allows = "allows",
        Provides = "provides",
        Backs = "backs",
        Uses = "uses",
        Scales = "scales",
        Measures = "measures",
        Deploys = "deploys",
        Watches = "watches",
        Triggers = "triggers",
    }
}

named_enum! {
    /// Where a kind is found in the palette, and the colour of its icon.
    pub enum Group {
        Network = "network",
        Compute = "compute",
        Identity = "identity",
        Delivery = "delivery",
        Config = "config",
        Observability = "observability",
        Scaling = "scaling",
        Data = "data",
    }
}

/// What the catalogue says of a kind of component.
#[derive(Debug)]
pub struct KindSpec {
    /// Name on screen, singular, for example `ECS service`.
    pub label: &'static str,
    /// One sentence: what it is.
    pub help: &'static str,
    /// Its place in the palette.
    pub group: Group,
    /// What it may stand in. All containers of one component are of one of these kinds.
    pub containers: &'static [Container],
    /// Whether it may stand in nothing: on a shelf beside the VPC.
    pub floats: bool,
    /// Its properties, in the order of the inspector.
    pub props: &'static [PropSpec],
    /// IAM actions commonly granted on it; the first ones are those an application needs most.
    pub actions: &'static [&'static str],
    /// The port it listens on unless told otherwise.
    pub port: Option<u16>,
}

/// One kind of container a component may stand in.
#[derive(Debug)]
pub struct Container {
    /// The container's kind.
    pub kind: ComponentKind,
    /// How many of them at most (AWS: a service takes up to 16 subnets).
    pub max: usize,
}

/// What the catalogue says of a kind of link.
#[derive(Debug)]
pub struct LinkSpec {
    /// What it says between its ends, for example `forwards to`.
    pub label: &'static str,
    /// One sentence: what it means.
    pub help: &'static str,
    /// What AWS resources drawing it creates or sets.
    pub provisions: &'static str,
    /// Which kinds it joins.
    pub ends: &'static [Ends],
    /// How many may leave one component.
    pub limit: Limit,
    /// Its properties, in the order of the inspector.
    pub props: &'static [PropSpec],
    /// The property a learner is asked for when drawing it, where more than one value is possible.
    pub asks: Option<PropId>,
}

/// From one of these kinds to one of those.
#[derive(Debug)]
pub struct Ends {
    /// Kinds it may leave.
    pub from: &'static [ComponentKind],
    /// Kinds it may reach.
    pub to: &'static [ComponentKind],
    /// The values that [`LinkSpec::asks`] may have between these; empty for all.
    pub only: &'static [&'static str],
}

/// How many links of a kind may leave one component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Any number.
    Many,
    /// One, for example the task definition that a service runs.
    One,
    /// One for each value of the property asked for, for example one execution role and one task role.
    OnePerAnswer,
}

impl KindSpec {
    /// The property of that id.
    #[must_use]
    pub fn prop(&self, id: PropId) -> Option<&'static PropSpec> {
        self.props.iter().find(|prop| prop.id == id)
    }

    /// The property of that name, which comes from a document.
    #[must_use]
    pub fn prop_named(&self, name: &str) -> Option<&'static PropSpec> {
        self.props.iter().find(|prop| prop.id.as_str() == name)
    }
}

impl LinkSpec {
    /// The property of that id.
    #[must_use]
    pub fn prop(&self, id: PropId) -> Option<&'static PropSpec> {
        self.props.iter().find(|prop| prop.id == id)
    }

    /// The property of that name, which comes from a document.
    #[must_use]
    pub fn prop_named(&self, name: &str) -> Option<&'static PropSpec> {
        self.props.iter().find(|prop| prop.id.as_str() == name)
    }

    /// The first pair of ends that joins `from` to `to`.
    #[must_use]
    pub fn ends(&self, from: ComponentKind, to: ComponentKind) -> Option<&'static Ends> {
        self.ends.iter().find(|ends| ends.from.contains(&from) && ends.to.contains(&to))
    }
}

impl ComponentKind {
    /// What the catalogue says of it.
    #[must_use]
    pub const fn spec(self) -> &'static KindSpec {
        match self {
            Self::Vpc => &network::VPC,
            Self::Subnet => &network::SUBNET,
            Self::InternetGateway => &network::INTERNET_GATEWAY,
            Self::NatGateway => &network::NAT_GATEWAY,
            Self::VpcEndpoint => &network::VPC_ENDPOINT,
            Self::SecurityGroup => &network::SECURITY_GROUP,
            Self::LoadBalancer => &network::LOAD_BALANCER,
            Self::Users => &network::USERS,
            Self::OnPremises => &network::ON_PREMISES,
            Self::CloudMapNamespace => &network::CLOUD_MAP_NAMESPACE,
            Self::EcsCluster => &compute::ECS_CLUSTER,
            Self::EcsService => &compute::ECS_SERVICE,
            Self::StandaloneTask => &compute::STANDALONE_TASK,
            Self::TaskDefinition => &compute::TASK_DEFINITION,
            Self::CapacityProvider => &compute::CAPACITY_PROVIDER,
            Self::AutoScalingGroup => &compute::AUTO_SCALING_GROUP,
            Self::ExternalInstance => &compute::EXTERNAL_INSTANCE,
            Self::EksCluster => &compute::EKS_CLUSTER,
            Self::KubernetesWorkload => &compute::KUBERNETES_WORKLOAD,
            Self::LambdaFunction => &compute::LAMBDA_FUNCTION,
            Self::StepFunctions => &compute::STEP_FUNCTIONS,
            Self::EventbridgePipe => &compute::EVENTBRIDGE_PIPE,
            Self::EventbridgeRule => &compute::EVENTBRIDGE_RULE,
            Self::IamRole => &identity::IAM_ROLE,
            Self::KmsKey => &identity::KMS_KEY,
            Self::EcrRepository => &delivery::ECR_REPOSITORY,
            Self::ExternalRegistry => &delivery::EXTERNAL_REGISTRY,
            Self::CodedeployDeploymentGroup => &delivery::CODEDEPLOY_DEPLOYMENT_GROUP,
            Self::Codepipeline => &delivery::CODEPIPELINE,
            Self::Secret => &identity::SECRET,
            Self::SsmParameter => &identity::SSM_PARAMETER,
            Self::LogGroup => &operations::LOG_GROUP,
            Self::CloudwatchAlarm => &operations::CLOUDWATCH_ALARM,
            Self::ScalingPolicy => &operations::SCALING_POLICY,
            Self::EfsFileSystem => &data::EFS_FILE_SYSTEM,
            Self::EbsVolume => &data::EBS_VOLUME,
            Self::S3Bucket => &data::S3_BUCKET,
            Self::RdsDatabase => &data::RDS_DATABASE,
            Self::DynamodbTable => &data::DYNAMODB_TABLE,
            Self::Elasticache => &data::ELASTICACHE,
            Self::SqsQueue => &data::SQS_QUEUE,
            Self::SnsTopic => &data::SNS_TOPIC,
        }
    }
}

impl LinkKind {
    /// What the catalogue says of it.
    #[must_use]
    pub const fn spec(self) -> &'static LinkSpec {
        match self {
            Self::Routes => &links::ROUTES,
            Self::Sends => &links::SENDS,
            Self::Forwards => &links::FORWARDS,
            Self::Calls => &links::CALLS,
            Self::Registers => &links::REGISTERS,
            Self::Runs => &links::RUNS,
            Self::RunsOn => &links::RUNS_ON,
            Self::InCluster => &links::IN_CLUSTER,
            Self::Role => &links::ROLE,
            Self::Grants => &links::GRANTS,
            Self::Encrypts => &links::ENCRYPTS,
            Self::Image => &links::IMAGE,
            Self::Secret => &links::SECRET,
            Self::Logs => &links::LOGS,
            Self::Mounts => &links::MOUNTS,
            Self::Guards => &links::GUARDS,
            Self::Allows => &links::ALLOWS,
            Self::Provides => &links::PROVIDES,
            Self::Backs => &links::BACKS,
            Self::Uses => &links::USES,
            Self::Scales => &links::SCALES,
            Self::Measures => &links::MEASURES,
            Self::Deploys => &links::DEPLOYS,
            Self::Watches => &links::WATCHES,
            Self::Triggers => &links::TRIGGERS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SortedSet;

    fn check_props(owner: &str, props: &[PropSpec]) {
        let mut seen = SortedSet::new();
        for prop in props {
            assert!(seen.insert(prop.id), "{owner} has `{}` twice", prop.id);
            assert!(!prop.label.is_empty(), "{owner}.{} has no label", prop.id);
            assert!(prop.help.ends_with('.'), "{owner}.{}: help is a sentence", prop.id);
            if let Some(default) = prop.default.to_value() {
                assert_eq!(prop.check(&default), Ok(()), "{owner}.{}: its default is of its type", prop.id);
            }
            if let PropType::Records { fields, .. } = prop.ty {
                check_props(prop.id.as_str(), fields);
            }
        }
    }

    fn note_ids(specs: &[PropSpec], ids: &mut SortedSet<&'static str>) {
        for spec in specs {
            ids.insert(spec.id.as_str());
            if let PropType::Records { fields, .. } = spec.ty {
                note_ids(fields, ids);
            }
        }
    }

    #[test]
    fn every_id_is_named_after_itself_and_used() {
        let mut used = SortedSet::new();
        ComponentKind::ALL.iter().for_each(|kind| note_ids(kind.spec().props, &mut used));
        LinkKind::ALL.iter().for_each(|kind| note_ids(kind.spec().props, &mut used));
        let lines = include_str!("prop.rs").lines().filter_map(|line| line.strip_prefix("pub const "));
        let mut declared = SortedSet::new();
        for line in lines {
            let (name, rest) = line.split_once(": PropId = PropId(\"").unwrap();
            let id = rest.strip_suffix("\");").unwrap();
            assert_eq!(name.replace('_', ""), id.to_ascii_uppercase());
            assert!(declared.insert(id), "`{id}` is declared twice");
        }
        assert_eq!(declared, used);
    }

    #[test]
    fn every_kind_is_described() {
        for kind in ComponentKind::ALL {
            let spec = kind.spec();
            assert!(!spec.label.is_empty() && spec.help.ends_with('.'), "{kind}");
            assert!(spec.floats || !spec.containers.is_empty(), "{kind} can stand nowhere");
            check_props(kind.name(), spec.props);
        }
    }

    #[test]
    fn every_link_is_described() {
        for kind in LinkKind::ALL {
            let spec = kind.spec();
            assert!(!spec.label.is_empty() && spec.help.ends_with('.'), "{kind}");
            assert!(spec.provisions.ends_with('.') && !spec.ends.is_empty(), "{kind}");
            check_props(kind.name(), spec.props);
            let asked = spec.asks.and_then(|id| spec.prop(id));
            assert_eq!(asked.is_some(), spec.asks.is_some(), "{kind} asks for a property it has");
            for value in spec.ends.iter().flat_map(|ends| ends.only) {
                let asked = asked.map(|prop| prop.check(&crate::Value::from(*value)));
                assert_eq!(asked, Some(Ok(())), "{kind}: `{value}` is a value of what it asks");
            }
        }
    }
}
