//! Compute kinds: ECS, and what is weighed against it.

use super::network::IN_SUBNETS;
use super::props::{choice, flag, int, one, text};
use super::{Choice, ComponentKind as K, Container, DefaultValue, Group, KindSpec, PropSpec, PropType, prop};
use DefaultValue::{Int, None as Absent, Text};

const COMPUTE: KindSpec = KindSpec {
    label: "",
    help: "",
    group: Group::Compute,
    containers: &[],
    floats: true,
    props: &[],
    actions: &[],
    port: None,
};

pub(super) const ECS_CLUSTER: KindSpec = KindSpec {
    label: "ECS cluster",
    help: "A logical group of services, tasks and the capacity they run on.",
    props: &[choice(
        prop::CONTAINER_INSIGHTS,
        "Container Insights",
        "How detailed the telemetry is; charged as custom metrics.",
        &[
            one("disabled", "Disabled", "Service-level CPU and memory only."),
            one("enabled", "Enabled", "Metrics of cluster, service and task definition."),
            one("enhanced", "Enhanced", "Metrics down to the task and the container."),
        ],
        Text("disabled"),
    )],
    ..COMPUTE
};

const LAUNCH_TYPE: PropSpec = choice(
    prop::LAUNCH_TYPE,
    "Launch type",
    "Where tasks run. Leave it out when a capacity provider strategy decides.",
    &[
        one("FARGATE", "Fargate", "Serverless: AWS runs and patches the hosts."),
        one("EC2", "EC2", "On container instances you run."),
        one("EXTERNAL", "External", "On your own servers (ECS Anywhere)."),
    ],
    Absent,
);

const ASSIGN_PUBLIC_IP: PropSpec = choice(
    prop::ASSIGN_PUBLIC_IP,
    "Public IP",
    "Whether each task's interface gets a public address (Fargate only).",
    &[one("DISABLED", "Disabled", ""), one("ENABLED", "Enabled", "")],
    Text("DISABLED"),
);

const PLATFORM_VERSION: PropSpec = choice(
    prop::PLATFORM_VERSION,
    "Platform version",
    "The Fargate runtime.",
    &[one("LATEST", "Latest", ""), one("1.4.0", "1.4.0", ""), one("1.3.0", "1.3.0", "")],
    Text("LATEST"),
);

const EXECUTE_COMMAND: PropSpec = flag(
    prop::ENABLE_EXECUTE_COMMAND,
    "ECS Exec",
    "Whether a shell can be opened in containers of tasks started from now on.",
    false,
);

const PLACEMENT_STRATEGY: PropSpec = PropSpec {
    id: prop::PLACEMENT_STRATEGY,
    label: "Placement strategy",
    help: "How container instances are chosen, in this order; best effort. Not on Fargate.",
    ty: PropType::Records {
        item: "strategy",
        key: None,
        fields: &[
            choice(
                prop::TYPE,
                "Type",
                "What the strategy aims for.",
                &[
                    one("spread", "Spread", "Evenly over the values of the field."),
                    one("binpack", "Binpack", "On as few instances as possible."),
                    one("random", "Random", ""),
                ],
                Absent,
            ),
            text(
                prop::FIELD,
                "Field",
                "What is spread over or packed by.",
                &["attribute:ecs.availability-zone", "instanceId", "memory", "cpu"],
            ),
        ],
    },
    default: Absent,
};

const PLACEMENT_CONSTRAINTS: PropSpec = PropSpec {
    id: prop::PLACEMENT_CONSTRAINTS,
    label: "Placement constraints",
    help: "Which container instances qualify; binding. Not on Fargate.",
    ty: PropType::Records {
        item: "constraint",
        key: None,
        fields: &[
            choice(
                prop::TYPE,
                "Type",
                "What the constraint demands.",
                &[
                    one("distinctInstance", "Distinct instance", "No two tasks on one instance."),
                    one("memberOf", "Member of", "Instances that match the expression."),
                ],
                Absent,
            ),
            text(
                prop::EXPRESSION,
                "Expression",
                "A cluster query expression.",
                &["attribute:ecs.instance-type == g4dn.xlarge"],
            ),
        ],
    },
    default: Absent,
};

pub(super) const ECS_SERVICE: KindSpec = KindSpec {
    label: "ECS service",
    help: "Keeps the wanted number of tasks of a task definition running and replaces those that fail.",
    containers: IN_SUBNETS,
    props: &[
        LAUNCH_TYPE,
        int(
            prop::DESIRED_COUNT,
            "Desired tasks",
            "How many tasks to keep running.",
            (0, 5_000, "tasks"),
            Int(1),
        ),
        ASSIGN_PUBLIC_IP,
        choice(
            prop::SCHEDULING_STRATEGY,
            "Scheduling",
            "How tasks are counted.",
            &[
                one("REPLICA", "Replica", "The wanted number, wherever they fit."),
                one("DAEMON", "Daemon", "One on each container instance; not on Fargate."),
            ],
            Text("REPLICA"),
        ),
        int(
            prop::MIN_CAPACITY,
            "Minimum tasks",
            "Lower bound for Application Auto Scaling.",
            (0, 5_000, "tasks"),
            Absent,
        ),
        int(
            prop::MAX_CAPACITY,
            "Maximum tasks",
            "Upper bound for Application Auto Scaling.",
            (0, 5_000, "tasks"),
            Absent,
        ),
        choice(
            prop::DEPLOYMENT_CONTROLLER,
            "Deployment controller",
            "Who carries out deployments.",
            &[
                one("ECS", "ECS", "ECS itself, by the deployment strategy."),
                one("CODE_DEPLOY", "CodeDeploy", "CodeDeploy shifts traffic between two task sets."),
                one("EXTERNAL", "External", "A controller of your own."),
            ],
            Text("ECS"),
        ),
        choice(
            prop::DEPLOYMENT_STRATEGY,
            "Deployment strategy",
            "How ECS replaces tasks.",
            &[
                one("ROLLING", "Rolling", "New tasks start, then old ones stop, within the two percentages."),
                one("BLUE_GREEN", "Blue/green", "All traffic moves at once to a complete second set."),
                one("LINEAR", "Linear", "Traffic moves in equal steps."),
                one("CANARY", "Canary", "A small share of traffic moves first."),
            ],
            Text("ROLLING"),
        ),
        int(
            prop::BAKE_TIME_IN_MINUTES,
            "Bake time",
            "How long the old tasks stay after all traffic has moved, for an instant way back (not for rolling).",
            (0, 1_440, "min"),
            Absent,
        ),
        // Of both percentages, the defaults of replica services; a daemon's are a maximum of 100 and a minimum of 0
        // (50 in the console).
        int(
            prop::MINIMUM_HEALTHY_PERCENT,
            "Minimum healthy percent",
            "Floor of healthy tasks during a deployment, rounded up.",
            (0, 100, "%"),
            Int(100),
        ),
        int(
            prop::MAXIMUM_PERCENT,
            "Maximum percent",
            "Ceiling of running tasks during a deployment, rounded down.",
            (100, 400, "%"),
            Int(200),
        ),
        flag(
            prop::DEPLOYMENT_CIRCUIT_BREAKER,
            "Circuit breaker",
            "Whether a rolling deployment that cannot start its tasks is declared failed.",
            false,
        ),
        flag(
            prop::DEPLOYMENT_ROLLBACK,
            "Roll back on failure",
            "Whether a failed deployment returns to the last completed one.",
            false,
        ),
        int(
            prop::HEALTH_CHECK_GRACE_PERIOD_SECONDS,
            "Health check grace period",
            "How long unhealthy checks are ignored after a task starts.",
            (0, 2_147_483_647, "s"),
            Int(0),
        ),
        flag(
            prop::EXPRESS_MODE,
            "Express Mode",
            "Whether ECS sets up load balancer, HTTPS, scaling by CPU from 1 to 20 tasks and canary releases itself.",
            false,
        ),
        EXECUTE_COMMAND,
        PLATFORM_VERSION,
        choice(
            prop::AVAILABILITY_ZONE_REBALANCING,
            "Zone rebalancing",
            "Whether ECS moves tasks when zones become uneven.",
            &[one("ENABLED", "Enabled", ""), one("DISABLED", "Disabled", "")],
            Text("ENABLED"),
        ),
        PLACEMENT_STRATEGY,
        PLACEMENT_CONSTRAINTS,
    ],
    actions: &["ecs:UpdateService", "ecs:DescribeServices"],
    ..COMPUTE
};

pub(super) const STANDALONE_TASK: KindSpec = KindSpec {
    label: "Standalone task",
    help: "Tasks started once by RunTask; nothing replaces them when they stop.",
    containers: IN_SUBNETS,
    props: &[
        LAUNCH_TYPE,
        int(prop::COUNT, "Tasks", "How many tasks one call starts.", (1, 10, "tasks"), Int(1)),
        ASSIGN_PUBLIC_IP,
        EXECUTE_COMMAND,
        PLATFORM_VERSION,
        PLACEMENT_STRATEGY,
        PLACEMENT_CONSTRAINTS,
    ],
    actions: &["ecs:RunTask", "ecs:StopTask", "ecs:DescribeTasks"],
    ..COMPUTE
};

const OPERATING_SYSTEMS: &[Choice] = &[
    one("LINUX", "Linux", ""),
    one("WINDOWS_SERVER_2019_CORE", "Windows Server 2019 Core", ""),
    one("WINDOWS_SERVER_2022_CORE", "Windows Server 2022 Core", ""),
];

pub(super) const TASK_DEFINITION: KindSpec = KindSpec {
    label: "Task definition",
    help: "The blueprint of a task: its containers, size, network mode and roles.",
    props: &[
        choice(
            prop::NETWORK_MODE,
            "Network mode",
            "How containers are attached to the network; Fargate needs awsvpc.",
            &[
                one("awsvpc", "awsvpc", "Each task has its own interface and security groups."),
                one("bridge", "bridge", "Containers share the host's interface through port mappings."),
                one("host", "host", "Containers use the host's interface directly."),
                one("none", "none", "No network."),
            ],
            Text("bridge"),
        ),
        int(
            prop::CPU,
            "Task CPU",
            "CPU of the whole task; 1,024 units are one vCPU. Fargate needs it.",
            (128, 196_608, "units"),
            Absent,
        ),
        int(
            prop::MEMORY,
            "Task memory",
            "Memory of the whole task. Fargate needs it.",
            (4, 1_048_576, "MiB"),
            Absent,
        ),
        choice(
            prop::CPU_ARCHITECTURE,
            "CPU architecture",
            "Must match the image.",
            &[one("X86_64", "x86-64", ""), one("ARM64", "ARM64 (Graviton)", "")],
            Text("X86_64"),
        ),
        choice(
            prop::OPERATING_SYSTEM_FAMILY,
            "Operating system",
            "What the containers run on; that of their image.",
            OPERATING_SYSTEMS,
            Text("LINUX"),
        ),
        int(
            prop::EPHEMERAL_STORAGE_GIB,
            "Ephemeral storage",
            "Scratch space of a Fargate task; the image counts against it.",
            (20, 200, "GiB"),
            Absent,
        ),
        CONTAINERS,
    ],
    actions: &["ecs:RegisterTaskDefinition"],
    ..COMPUTE
};

const CONTAINERS: PropSpec = PropSpec {
    id: prop::CONTAINERS,
    label: "Containers",
    help: "The containers of the task. Without any, it has one container named `app`.",
    ty: PropType::Records {
        item: "container",
        key: Some(prop::NAME),
        fields: &[
            text(prop::NAME, "Name", "Tells containers of the task apart.", &["app", "sidecar"]),
            flag(
                prop::ESSENTIAL,
                "Essential",
                "Whether the whole task stops when this container stops.",
                true,
            ),
            flag(
                prop::RESTART_POLICY,
                "Restart policy",
                "Whether ECS restarts this container alone when it ends, without replacing the task.",
                false,
            ),
            flag(
                prop::MAY_END,
                "May end",
                "Whether the program in it ends, or crashes now and then, while the others work on.",
                false,
            ),
            int(
                prop::STARTUP_SECONDS,
                "Time to start",
                "What the program in it takes until it answers requests.",
                (0, 3_600, "s"),
                Absent,
            ),
            int(
                prop::REQUEST_SECONDS,
                "Longest request",
                "How long the program in it may take to answer one request.",
                (0, 4_000, "s"),
                Absent,
            ),
            int(
                prop::HANDOVER_SECONDS,
                "Time to hand over",
                "How long the program in it needs after SIGTERM until its work is safe.",
                (0, 3_600, "s"),
                Absent,
            ),
            int(prop::CPU, "CPU", "CPU units reserved for this container.", (0, 196_608, "units"), Absent),
            int(
                prop::MEMORY,
                "Memory",
                "Hard memory limit of this container.",
                (4, 1_048_576, "MiB"),
                Absent,
            ),
            int(
                prop::CONTAINER_PORT,
                "Container port",
                "The port the container listens on.",
                (1, 65_535, ""),
                Absent,
            ),
            int(
                prop::HOST_PORT,
                "Host port",
                "The port on the container instance; 0 or absent means a dynamic one (bridge mode).",
                (0, 65_535, ""),
                Absent,
            ),
            choice(
                prop::APP_PROTOCOL,
                "Protocol",
                "What is spoken on the container port; Service Connect counts requests of protocols it knows.",
                &[one("http", "HTTP", ""), one("http2", "HTTP/2", ""), one("grpc", "gRPC", "")],
                Absent,
            ),
            int(prop::GPU, "GPUs", "Physical GPUs reserved for this container.", (0, 16, ""), Absent),
            flag(
                prop::READONLY_ROOT_FILESYSTEM,
                "Read-only root",
                "Whether the root file system is read-only.",
                false,
            ),
            flag(
                prop::PRIVILEGED,
                "Privileged",
                "Whether it has root's rights on the host; not on Fargate.",
                false,
            ),
            int(
                prop::STOP_TIMEOUT,
                "Stop timeout",
                "Time between SIGTERM and SIGKILL.",
                (2, 120, "s"),
                Int(30),
            ),
        ],
    },
    default: Absent,
};

pub(super) const CAPACITY_PROVIDER: KindSpec = KindSpec {
    label: "Capacity provider",
    help: "A named source of compute that services and clusters can prefer by base and weight.",
    props: &[
        choice(
            prop::TYPE,
            "Type",
            "What the capacity is.",
            &[
                one("FARGATE", "Fargate", "Serverless, on demand."),
                one(
                    "FARGATE_SPOT",
                    "Fargate Spot",
                    "Serverless, cheap, may be taken back with two minutes' notice.",
                ),
                one("EC2_AUTOSCALING", "Auto Scaling group", "EC2 instances that ECS can scale for you."),
                one(
                    "MANAGED_INSTANCES",
                    "Managed Instances",
                    "EC2 instances that AWS launches, patches and removes for you.",
                ),
            ],
            Text("FARGATE"),
        ),
        // AWS's reference names no default for `managedScaling.status`. On, since that is what such a provider
        // is put on a board for; scenarios about it say what they mean.
        choice(
            prop::MANAGED_SCALING,
            "Managed scaling",
            "Whether ECS sets the size of the Auto Scaling group from what tasks need.",
            &[one("ENABLED", "Enabled", ""), one("DISABLED", "Disabled", "")],
            Text("ENABLED"),
        ),
        int(
            prop::TARGET_CAPACITY,
            "Target capacity",
            "How full managed scaling keeps the group; below 100 leaves room.",
            (1, 100, "%"),
            Int(100),
        ),
        choice(
            prop::MANAGED_TERMINATION_PROTECTION,
            "Termination protection",
            "Whether instances that run tasks are spared on scale-in.",
            &[one("ENABLED", "Enabled", ""), one("DISABLED", "Disabled", "")],
            Text("DISABLED"),
        ),
        choice(
            prop::MANAGED_DRAINING,
            "Managed draining",
            "Whether tasks are moved before an instance goes.",
            &[one("ENABLED", "Enabled", ""), one("DISABLED", "Disabled", "")],
            Text("ENABLED"),
        ),
        text(
            prop::INSTANCE_TYPE,
            "Instance type",
            "The type wanted (Managed Instances).",
            &["m7g.large", "c7i.large", "g5.xlarge", "g4dn.xlarge"],
        ),
    ],
    ..COMPUTE
};

pub(super) const AUTO_SCALING_GROUP: KindSpec = KindSpec {
    label: "Auto Scaling group",
    help: "EC2 container instances of one type, kept at a size between two bounds.",
    containers: IN_SUBNETS,
    props: &[
        text(
            prop::INSTANCE_TYPE,
            "Instance type",
            "The EC2 instance type, for example `m5.large`.",
            &["t3.medium", "m5.large", "c5.large", "m7g.large", "g4dn.xlarge", "g5.xlarge", "p3.2xlarge"],
        ),
        int(prop::MIN_SIZE, "Minimum size", "Fewest instances.", (0, 10_000, "instances"), Int(1)),
        int(prop::MAX_SIZE, "Maximum size", "Most instances.", (0, 10_000, "instances"), Int(1)),
        int(
            prop::DESIRED_CAPACITY,
            "Desired size",
            "Instances wanted now; absent means the minimum.",
            (0, 10_000, "instances"),
            Absent,
        ),
        choice(
            prop::MARKET,
            "Market",
            "How instances are bought.",
            &[
                one("on-demand", "On-Demand", ""),
                one("spot", "Spot", "Cheap; taken back with two minutes' notice."),
            ],
            Text("on-demand"),
        ),
        flag(
            prop::SPOT_INSTANCE_DRAINING,
            "Drain on Spot notice",
            "Whether the agent drains its host when Spot gives notice (ECS_ENABLE_SPOT_INSTANCE_DRAINING).",
            false,
        ),
        flag(
            prop::ENI_TRUNKING,
            "Network interface trunking",
            "Whether instances launched from now on take more awsvpc tasks (account setting awsvpcTrunking).",
            false,
        ),
        choice(
            prop::OPERATING_SYSTEM,
            "Operating system",
            "What the hosts run: that of the image they start from.",
            OPERATING_SYSTEMS,
            Text("LINUX"),
        ),
        flag(
            prop::CUSTOM_IMAGE,
            "Image of your own",
            "Whether hosts start from a machine image of your own, which you keep current.",
            false,
        ),
        flag(prop::GPU_AMI, "GPU image", "Whether hosts start from the ECS GPU-optimised image.", false),
        flag(
            prop::BLOCK_INSTANCE_METADATA,
            "Block instance metadata",
            "Whether tasks are kept from the host's metadata and so from its role.",
            false,
        ),
    ],
    ..COMPUTE
};

pub(super) const EXTERNAL_INSTANCE: KindSpec = KindSpec {
    label: "External instance",
    help: "A server of your own, registered with ECS Anywhere.",
    containers: &[Container { kind: K::OnPremises, max: 1 }],
    props: &[flag(prop::GPU, "GPU", "Whether the server has a GPU.", false)],
    ..COMPUTE
};

pub(super) const EKS_CLUSTER: KindSpec = KindSpec {
    label: "EKS cluster",
    help: "A managed Kubernetes control plane.",
    containers: IN_SUBNETS,
    props: &[choice(
        prop::COMPUTE,
        "Compute",
        "What pods run on.",
        &[
            one("fargate", "Fargate", ""),
            one("managed-nodes", "Managed node group", ""),
            one("auto-mode", "Auto Mode", ""),
        ],
        Text("managed-nodes"),
    )],
    ..COMPUTE
};

pub(super) const KUBERNETES_WORKLOAD: KindSpec = KindSpec {
    label: "Kubernetes workload",
    help: "Manifests, Helm charts or operators, as they are.",
    ..COMPUTE
};

pub(super) const LAMBDA_FUNCTION: KindSpec = KindSpec {
    label: "Lambda function",
    help: "Code run for one event at a time, for at most 15 minutes.",
    containers: IN_SUBNETS,
    props: &[
        int(prop::TIMEOUT, "Timeout", "How long one invocation may take.", (1, 900, "s"), Int(3)),
        int(prop::MEMORY_SIZE, "Memory", "Memory of one invocation.", (128, 10_240, "MB"), Int(128)),
        int(
            prop::WORK_SECONDS,
            "Longest work",
            "What the work of one event takes at most, if nothing cuts it off.",
            (0, 604_800, "s"),
            Absent,
        ),
        int(
            prop::WORK_MEMORY,
            "Memory of the work",
            "What the work of one event needs at most.",
            (0, 1_000_000, "MB"),
            Absent,
        ),
    ],
    actions: &["lambda:InvokeFunction"],
    ..COMPUTE
};

pub(super) const STEP_FUNCTIONS: KindSpec = KindSpec {
    label: "Step Functions",
    help: "A state machine that calls services in order, waits and retries.",
    props: &[choice(
        prop::INTEGRATION,
        "Integration",
        "How it calls a task.",
        &[
            one("request-response", "Request and go on", "Starts the task and moves on."),
            one("sync", "Run a job (.sync)", "Waits until the task has stopped."),
            one("waitForTaskToken", "Wait for token", "Waits until the task calls back."),
        ],
        Text("request-response"),
    )],
    actions: &["states:StartExecution"],
    ..COMPUTE
};

pub(super) const EVENTBRIDGE_PIPE: KindSpec = KindSpec {
    label: "EventBridge pipe",
    help: "Takes events from one source and hands each to one target.",
    props: &[text(
        prop::FILTER,
        "Filter",
        "A pattern; events that do not match are dropped. Absent means that all go on.",
        &["{\"body\":{\"kind\":[\"order\"]}}"],
    )],
    ..COMPUTE
};

pub(super) const EVENTBRIDGE_RULE: KindSpec = KindSpec {
    label: "EventBridge rule",
    help: "Starts targets on a schedule or when an event matches.",
    props: &[text(
        prop::SCHEDULE,
        "Schedule",
        "A rate or cron expression; absent means an event pattern.",
        &["rate(1 hour)", "cron(0 2 * * ? *)"],
    )],
    ..COMPUTE
};
