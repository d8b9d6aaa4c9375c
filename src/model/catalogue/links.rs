//! Link kinds.

use super::props::{choice, flag, int, one, text, texts};
use super::{ComponentKind as K, DefaultValue, Ends, Limit, LinkSpec, PropSpec, prop};

const fn ends(from: &'static [K], to: &'static [K]) -> Ends {
    Ends { from, to, only: &[] }
}

const fn ends_as(from: &'static [K], to: &'static [K], only: &'static [&'static str]) -> Ends {
    Ends { from, to, only }
}

const CONTAINER: PropSpec = text(
    prop::CONTAINER,
    "Container",
    "Which container it is for; absent means the first.",
    &["app", "sidecar"],
);

pub(super) const ROUTES: LinkSpec = LinkSpec {
    label: "routes to",
    help: "The subnet's route table sends traffic for addresses outside the VPC there.",
    provisions: "A route: 0.0.0.0/0 or ::/0 to a gateway, or the service's prefix list to a gateway endpoint.",
    ends: &[ends(&[K::Subnet], &[K::InternetGateway, K::NatGateway, K::VpcEndpoint])],
    limit: Limit::Many,
    props: &[],
    asks: None,
};

pub(super) const SENDS: LinkSpec = LinkSpec {
    label: "sends to",
    help: "Requests, messages or events go there.",
    provisions: "Traffic, an event source mapping, a subscription or a target, as the ends suggest.",
    ends: &[
        ends(&[K::Users, K::OnPremises], &[K::LoadBalancer, K::EcsService, K::StandaloneTask]),
        ends(
            &[
                K::SqsQueue,
                K::SnsTopic,
                K::S3Bucket,
                K::EventbridgeRule,
                K::EventbridgePipe,
                K::LambdaFunction,
                K::StepFunctions,
            ],
            &[
                K::SqsQueue,
                K::SnsTopic,
                K::LambdaFunction,
                K::StepFunctions,
                K::EventbridgePipe,
                K::EventbridgeRule,
            ],
        ),
    ],
    limit: Limit::Many,
    props: &[int(prop::PORT, "Port", "The port that clients use.", (1, 65_535, ""), DefaultValue::Int(443))],
    asks: None,
};

pub(super) const FORWARDS: LinkSpec = LinkSpec {
    label: "forwards to",
    help: "Requests on a listener go to healthy tasks of the target.",
    provisions: "A listener rule and a target group in which the service registers its tasks.",
    ends: &[ends(&[K::LoadBalancer], &[K::EcsService, K::LambdaFunction, K::KubernetesWorkload])],
    limit: Limit::Many,
    props: &[
        int(
            prop::LISTENER_PORT,
            "Listener port",
            "The port clients connect to.",
            (1, 65_535, ""),
            DefaultValue::Int(443),
        ),
        int(
            prop::TARGET_PORT,
            "Target port",
            "The port on the target; absent means the container's own port.",
            (1, 65_535, ""),
            DefaultValue::None,
        ),
        choice(
            prop::TARGET_TYPE,
            "Target type",
            "What is registered in the target group.",
            &[
                one("ip", "IP address", "The task's own address: for awsvpc tasks."),
                one(
                    "instance",
                    "Instance",
                    "The container instance and host port: for bridge and host mode.",
                ),
            ],
            DefaultValue::Text("instance"),
        ),
        choice(
            prop::IP_ADDRESS_TYPE,
            "Target addresses",
            "Which kind of address the target group takes (target type ip).",
            &[one("ipv4", "IPv4", ""), one("ipv6", "IPv6", "The load balancer must be dual-stack.")],
            DefaultValue::Text("ipv4"),
        ),
        choice(
            prop::LISTENER,
            "Listener",
            "What the listener is for.",
            &[
                one("production", "Production", ""),
                one("test", "Test", "Reaches the new task set before production does."),
                one("none", "None yet", "A second target group that a deployment will use."),
            ],
            DefaultValue::Text("production"),
        ),
        text(
            prop::TARGET_GROUP,
            "Target group",
            "Its name; blue/green needs two different ones.",
            &["blue", "green"],
        ),
        int(
            prop::DEREGISTRATION_DELAY_SECONDS,
            "Deregistration delay",
            "How long a target that is taken out may finish its requests.",
            (0, 3_600, "s"),
            DefaultValue::Int(300),
        ),
        text(
            prop::HEALTH_CHECK_PATH,
            "Health check path",
            "The path that must answer 200.",
            &["/", "/healthz"],
        ),
    ],
    asks: None,
};

pub(super) const CALLS: LinkSpec = LinkSpec {
    label: "calls",
    help: "The application's code opens connections to it.",
    provisions: "Nothing: it says what the code does. Network and permissions have to make it possible.",
    ends: &[ends(
        &[K::EcsService, K::StandaloneTask, K::LambdaFunction, K::KubernetesWorkload],
        &[
            K::EcsService,
            K::LoadBalancer,
            K::RdsDatabase,
            K::Elasticache,
            K::DynamodbTable,
            K::S3Bucket,
            K::SqsQueue,
            K::SnsTopic,
            K::Secret,
            K::SsmParameter,
            K::LambdaFunction,
            K::StepFunctions,
            K::OnPremises,
        ],
    )],
    limit: Limit::Many,
    props: &[
        int(
            prop::PORT,
            "Port",
            "The port called; absent means the target's usual one.",
            (1, 65_535, ""),
            DefaultValue::None,
        ),
        choice(
            prop::VIA,
            "By way of",
            "How the callee is found and reached.",
            &[
                one("direct", "Direct", "By an address or the AWS API."),
                one("cloud-map", "Cloud Map", "By a name in a Cloud Map namespace."),
                one("service-connect", "Service Connect", "Through the managed proxy beside each task."),
                one("load-balancer", "Load balancer", "Through the load balancer in front of it."),
                one("lattice", "VPC Lattice", "Through a service network."),
            ],
            DefaultValue::Text("direct"),
        ),
        texts(
            prop::ACTIONS,
            "API actions",
            "The AWS API actions that the code uses; absent means any one of the usual ones.",
            &[
                "s3:GetObject",
                "s3:PutObject",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "sqs:ReceiveMessage",
                "sqs:SendMessage",
            ],
        ),
    ],
    asks: None,
};

pub(super) const REGISTERS: LinkSpec = LinkSpec {
    label: "registers in",
    help: "The service takes a name in the namespace, or only looks names up.",
    provisions: "A service registry or a Service Connect configuration on the ECS service.",
    ends: &[ends(&[K::EcsService], &[K::CloudMapNamespace])],
    limit: Limit::Many,
    props: &[
        choice(
            prop::AS,
            "As",
            "What part it takes.",
            &[
                one("discovery", "Service discovery", "Cloud Map keeps DNS records of its tasks."),
                one(
                    "client-server",
                    "Service Connect, client and server",
                    "Callable by name, and calls others.",
                ),
                one("client", "Service Connect, client only", "Calls others by name."),
            ],
            DefaultValue::Text("discovery"),
        ),
        text(prop::DISCOVERY_NAME, "Name", "The name others use.", &["api", "orders"]),
        choice(
            prop::RECORD_TYPE,
            "DNS record",
            "What Cloud Map publishes (service discovery).",
            &[one("A", "A", "An address: awsvpc only."), one("SRV", "SRV", "Address and port.")],
            DefaultValue::Text("A"),
        ),
        int(
            prop::TTL,
            "TTL",
            "How long resolvers may cache the record.",
            (0, 86_400, "s"),
            DefaultValue::Int(60),
        ),
    ],
    asks: Some(prop::AS),
};

pub(super) const RUNS: LinkSpec = LinkSpec {
    label: "runs",
    help: "Tasks are started from this task definition.",
    provisions: "The taskDefinition of the service or of the RunTask call.",
    ends: &[ends(
        &[
            K::EcsService,
            K::StandaloneTask,
            K::LambdaFunction,
            K::EventbridgePipe,
            K::EventbridgeRule,
            K::StepFunctions,
        ],
        &[K::TaskDefinition],
    )],
    limit: Limit::One,
    props: &[],
    asks: None,
};

pub(super) const RUNS_ON: LinkSpec = LinkSpec {
    label: "runs on",
    help: "The workload is scheduled by this Kubernetes cluster.",
    provisions: "Nothing: manifests are applied to the cluster as they are.",
    ends: &[ends(&[K::KubernetesWorkload], &[K::EksCluster])],
    limit: Limit::One,
    props: &[],
    asks: None,
};

pub(super) const IN_CLUSTER: LinkSpec = LinkSpec {
    label: "belongs to",
    help: "It is part of this ECS cluster.",
    provisions: "The cluster of the service or task; the cluster name in the agent's configuration of an instance.",
    ends: &[ends(
        &[K::EcsService, K::StandaloneTask, K::ExternalInstance, K::AutoScalingGroup],
        &[K::EcsCluster],
    )],
    limit: Limit::One,
    props: &[],
    asks: None,
};

pub(super) const ROLE: LinkSpec = LinkSpec {
    label: "assumes",
    help: "It takes on the role's permissions.",
    provisions: "The role property named below, and a trust policy for whoever assumes it.",
    ends: &[
        ends_as(&[K::TaskDefinition], &[K::IamRole], &["taskRoleArn", "executionRoleArn"]),
        ends_as(&[K::AutoScalingGroup, K::ExternalInstance], &[K::IamRole], &["instanceProfile"]),
        ends_as(&[K::CapacityProvider], &[K::IamRole], &["infrastructureRole", "instanceProfile"]),
        ends_as(&[K::EcsService, K::StandaloneTask], &[K::IamRole], &["infrastructureRole"]),
        ends_as(
            &[
                K::CodedeployDeploymentGroup,
                K::Codepipeline,
                K::LambdaFunction,
                K::StepFunctions,
                K::EventbridgePipe,
                K::EventbridgeRule,
            ],
            &[K::IamRole],
            &["serviceRole"],
        ),
    ],
    limit: Limit::OnePerAnswer,
    props: &[choice(
        prop::AS,
        "As",
        "Which role property it fills.",
        &[
            one("taskRoleArn", "Task role", "For the application's own calls, while it runs."),
            one(
                "executionRoleArn",
                "Task execution role",
                "For ECS, before the application runs: image, logs, secrets.",
            ),
            one("instanceProfile", "Instance profile", "For the host and its agent."),
            one("serviceRole", "Service role", "For the AWS service itself."),
            one(
                "infrastructureRole",
                "Infrastructure role",
                "For ECS to manage volumes, listeners or instances.",
            ),
        ],
        DefaultValue::None,
    )],
    asks: Some(prop::AS),
};

pub(super) const GRANTS: LinkSpec = LinkSpec {
    label: "grants access to",
    help: "The role may do these actions on it.",
    provisions: "An inline policy statement with the actions on this resource.",
    ends: &[ends(
        &[K::IamRole],
        &[
            K::EcrRepository,
            K::LogGroup,
            K::Secret,
            K::SsmParameter,
            K::KmsKey,
            K::S3Bucket,
            K::DynamodbTable,
            K::SqsQueue,
            K::SnsTopic,
            K::EfsFileSystem,
            K::RdsDatabase,
            K::LambdaFunction,
            K::StepFunctions,
            K::EcsService,
            K::StandaloneTask,
            K::TaskDefinition,
            K::CodedeployDeploymentGroup,
            K::IamRole,
        ],
    )],
    limit: Limit::Many,
    props: &[texts(
        prop::ACTIONS,
        "Actions",
        "The IAM actions allowed; `*` stands for any run of characters.",
        &[],
    )],
    asks: None,
};

pub(super) const ENCRYPTS: LinkSpec = LinkSpec {
    label: "encrypts",
    help: "The resource is encrypted with this customer managed key.",
    provisions: "The key of the resource's encryption settings.",
    ends: &[ends(
        &[K::KmsKey],
        &[
            K::Secret,
            K::SsmParameter,
            K::S3Bucket,
            K::SqsQueue,
            K::SnsTopic,
            K::LogGroup,
            K::EfsFileSystem,
            K::EcrRepository,
            K::RdsDatabase,
            K::DynamodbTable,
        ],
    )],
    limit: Limit::Many,
    props: &[],
    asks: None,
};

pub(super) const IMAGE: LinkSpec = LinkSpec {
    label: "pulls from",
    help: "A container's image comes from this registry.",
    provisions: "The image of a container definition.",
    ends: &[ends(&[K::TaskDefinition], &[K::EcrRepository, K::ExternalRegistry])],
    limit: Limit::Many,
    props: &[
        CONTAINER,
        text(prop::TAG, "Tag or digest", "Which image of the repository.", &["latest", "1.0.0"]),
        flag(
            prop::DUAL_STACK_URI,
            "Dual-stack URI",
            "Whether the image is named by ECR's dual-stack endpoint, which has IPv6 addresses.",
            false,
        ),
    ],
    asks: None,
};

pub(super) const SECRET: LinkSpec = LinkSpec {
    label: "reads",
    help: "A container gets the value in an environment variable.",
    provisions: "An entry of `secrets` (valueFrom) or of `environment` (plain text) in the container definition.",
    ends: &[ends(&[K::TaskDefinition], &[K::Secret, K::SsmParameter])],
    limit: Limit::Many,
    props: &[
        choice(
            prop::AS,
            "As",
            "How the value gets into the variable.",
            &[
                one(
                    "valueFrom",
                    "Reference (secrets)",
                    "ECS fetches it with the execution role when the task starts.",
                ),
                one(
                    "environment",
                    "Plain text (environment)",
                    "The value itself is written into the task definition.",
                ),
            ],
            DefaultValue::None,
        ),
        CONTAINER,
        text(prop::VARIABLE, "Variable", "Name of the environment variable.", &["DB_PASSWORD", "API_KEY"]),
    ],
    asks: Some(prop::AS),
};

pub(super) const LOGS: LinkSpec = LinkSpec {
    label: "logs to",
    help: "What containers write to standard output goes there.",
    provisions: "The logConfiguration of a container definition.",
    ends: &[ends(&[K::TaskDefinition], &[K::LogGroup])],
    limit: Limit::Many,
    props: &[
        CONTAINER,
        choice(
            prop::DRIVER,
            "Log driver",
            "What carries the lines.",
            &[
                one("awslogs", "awslogs", "ECS sends them to CloudWatch Logs with the execution role."),
                one("awsfirelens", "FireLens", "A log router sidecar sends them with the task role."),
            ],
            DefaultValue::Text("awslogs"),
        ),
        choice(
            prop::MODE,
            "Mode",
            "What happens when logs cannot be sent fast enough.",
            &[
                one("non-blocking", "Non-blocking", "Lines beyond the buffer are dropped."),
                one("blocking", "Blocking", "The application waits."),
            ],
            DefaultValue::Text("non-blocking"),
        ),
        flag(
            prop::CREATE_GROUP,
            "Create the group",
            "Whether the driver creates the log group; needs logs:CreateLogGroup.",
            false,
        ),
    ],
    asks: None,
};

pub(super) const MOUNTS: LinkSpec = LinkSpec {
    label: "mounts",
    help: "Containers see it as a directory.",
    provisions: "A volume of the task definition and a mount point of its container.",
    ends: &[ends(&[K::TaskDefinition], &[K::EfsFileSystem, K::EbsVolume])],
    limit: Limit::Many,
    props: &[
        CONTAINER,
        choice(
            prop::TRANSIT_ENCRYPTION,
            "Encryption in transit",
            "Whether NFS traffic is encrypted; IAM and access points need it.",
            &[one("ENABLED", "Enabled", ""), one("DISABLED", "Disabled", "")],
            DefaultValue::Text("DISABLED"),
        ),
        text(
            prop::ACCESS_POINT,
            "Access point",
            "Its name; confines the mount to one directory and POSIX user.",
            &["uploads", "content"],
        ),
        choice(
            prop::IAM,
            "IAM authorization",
            "Whether the task role is presented when mounting.",
            &[one("ENABLED", "Enabled", ""), one("DISABLED", "Disabled", "")],
            DefaultValue::Text("DISABLED"),
        ),
        flag(prop::READ_ONLY, "Read-only", "Whether containers may only read.", false),
    ],
    asks: None,
};

pub(super) const GUARDS: LinkSpec = LinkSpec {
    label: "guards",
    help: "The group's rules hold for its network interfaces.",
    provisions: "The security group in the component's network configuration.",
    ends: &[ends(
        &[K::SecurityGroup],
        &[
            K::EcsService,
            K::StandaloneTask,
            K::LoadBalancer,
            K::VpcEndpoint,
            K::RdsDatabase,
            K::Elasticache,
            K::EfsFileSystem,
            K::LambdaFunction,
            K::AutoScalingGroup,
            K::EksCluster,
        ],
    )],
    limit: Limit::Many,
    props: &[],
    asks: None,
};

pub(super) const ALLOWS: LinkSpec = LinkSpec {
    label: "is allowed by",
    help: "A rule of the group lets this peer through on these ports. Replies need no rule.",
    provisions: "An inbound or outbound rule of the security group, with the other end as its peer.",
    ends: &[ends(&[K::SecurityGroup, K::Users, K::OnPremises, K::Vpc, K::Subnet], &[K::SecurityGroup])],
    limit: Limit::Many,
    props: &[
        choice(
            prop::DIRECTION,
            "Direction",
            "Which way the connection is opened.",
            &[
                one("ingress", "Inbound", "The peer may connect to what the group guards."),
                one(
                    "egress",
                    "Outbound",
                    "What the group guards may connect to the peer; the first such rule replaces AWS's allow-all.",
                ),
            ],
            DefaultValue::Text("ingress"),
        ),
        choice(
            prop::PROTOCOL,
            "Protocol",
            "Which transport.",
            &[one("tcp", "TCP", ""), one("udp", "UDP", ""), one("all", "All", "Every protocol and port.")],
            DefaultValue::Text("tcp"),
        ),
        int(
            prop::FROM_PORT,
            "From port",
            "First port of the range.",
            (0, 65_535, ""),
            DefaultValue::Int(443),
        ),
        int(
            prop::TO_PORT,
            "To port",
            "Last port; absent means the first one only.",
            (0, 65_535, ""),
            DefaultValue::None,
        ),
    ],
    asks: None,
};

pub(super) const PROVIDES: LinkSpec = LinkSpec {
    label: "provides capacity to",
    help: "The cluster may use this capacity provider.",
    provisions: "An entry of the cluster's capacityProviders.",
    ends: &[ends(&[K::CapacityProvider], &[K::EcsCluster])],
    limit: Limit::Many,
    props: &[],
    asks: None,
};

pub(super) const BACKS: LinkSpec = LinkSpec {
    label: "backs",
    help: "The capacity provider's instances are those of this group.",
    provisions: "The autoScalingGroupArn of the capacity provider.",
    ends: &[ends(&[K::AutoScalingGroup], &[K::CapacityProvider])],
    limit: Limit::One,
    props: &[],
    asks: None,
};

pub(super) const USES: LinkSpec = LinkSpec {
    label: "uses",
    help: "Tasks are spread over providers by base and weight.",
    provisions: "An entry of capacityProviderStrategy, or of the cluster's default strategy.",
    ends: &[ends(&[K::EcsService, K::StandaloneTask, K::EcsCluster], &[K::CapacityProvider])],
    limit: Limit::Many,
    props: &[
        int(
            prop::BASE,
            "Base",
            "How many tasks run here before weights count; one entry only may have it.",
            (0, 100_000, "tasks"),
            DefaultValue::Int(0),
        ),
        int(
            prop::WEIGHT,
            "Weight",
            "Relative share of the rest. The API's default is 0, the console's 1.",
            (0, 1_000, ""),
            DefaultValue::Int(0),
        ),
    ],
    asks: None,
};

pub(super) const SCALES: LinkSpec = LinkSpec {
    label: "scales",
    help: "The policy changes its size.",
    provisions: "A scalable target with its bounds, and the policy on it.",
    ends: &[ends(&[K::ScalingPolicy], &[K::EcsService, K::AutoScalingGroup])],
    limit: Limit::One,
    props: &[],
    asks: None,
};

pub(super) const MEASURES: LinkSpec = LinkSpec {
    label: "measures",
    help: "The policy's metric is taken there.",
    provisions: "The metric's dimensions or resource label.",
    ends: &[ends(&[K::ScalingPolicy], &[K::SqsQueue, K::LoadBalancer])],
    limit: Limit::One,
    props: &[],
    asks: None,
};

pub(super) const DEPLOYS: LinkSpec = LinkSpec {
    label: "deploys",
    help: "It carries out releases of it.",
    provisions: "A deploy action, or the service of a deployment group.",
    ends: &[
        ends(&[K::Codepipeline], &[K::CodedeployDeploymentGroup, K::EcsService]),
        ends(&[K::CodedeployDeploymentGroup], &[K::EcsService]),
    ],
    limit: Limit::Many,
    props: &[],
    asks: None,
};

pub(super) const WATCHES: LinkSpec = LinkSpec {
    label: "watches",
    help: "The alarm's metric is taken there.",
    provisions: "The dimensions of the alarm.",
    ends: &[ends(
        &[K::CloudwatchAlarm],
        &[K::EcsService, K::LoadBalancer, K::SqsQueue, K::AutoScalingGroup, K::EcsCluster],
    )],
    limit: Limit::One,
    props: &[],
    asks: None,
};

pub(super) const TRIGGERS: LinkSpec = LinkSpec {
    label: "triggers",
    help: "The alarm's state starts or stops it.",
    provisions: "An alarm action, or an alarm of the deployment's configuration.",
    ends: &[ends(
        &[K::CloudwatchAlarm],
        &[K::ScalingPolicy, K::CodedeployDeploymentGroup, K::EcsService, K::SnsTopic],
    )],
    limit: Limit::Many,
    props: &[],
    asks: None,
};
