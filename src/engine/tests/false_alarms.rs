//! Designs at which a checker that looks at one setting raises its voice, and at which the whole library
//! stays silent. Each case says why it is right to, and names the one change after which a trap does
//! fire: silence out of blindness would not pass.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use trapwise_engine::terms::Need;
use trapwise_engine::trap::Scene;
use trapwise_engine::traps::{find_all, trap};
use trapwise_engine::world::World;
use trapwise_model::{SortedSet, fixture};

/// One design that is fine.
struct Case {
    /// What a naive checker objects to.
    name: &'static str,
    /// Why nothing is wrong with it.
    why: &'static str,
    /// What the scenario asks for.
    needs: &'static str,
    board: &'static str,
    /// What would make it wrong …
    change: Change,
    /// … and which trap then fires.
    fires: &'static str,
}

enum Change {
    /// The scenario asks for this as well.
    Need(&'static str),
    /// This piece of the board is another.
    Text(&'static str, &'static str),
}

use Change::{Need as Asked, Text};

const CASES: &[Case] = &[
    // Secrets.
    Case {
        name: "a plain parameter as an environment variable",
        why: "A Region or a log level is no secret; what is to be kept is a secret or a SecureString.",
        needs: "production least-privilege",
        board: "
            task: task-definition cpu=512 memory=1024
            level: ssm-parameter type=String
            task -> level: secret as=environment",
        change: Text("type=String", "type=SecureString"),
        fires: "secret-in-plain-environment",
    },
    Case {
        name: "a secret without kms:Decrypt",
        why: "Under the key that AWS manages nobody needs a permission on the key; only a key of one's own asks for it.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024
            password: secret
            key: kms-key
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> password: secret as=valueFrom
            exec -> password: grants actions=[\"secretsmanager:GetSecretValue\"]",
        change: Text("task -> password", "key -> password: encrypts\n            task -> password"),
        fires: "kms-decrypt-missing",
    },
    Case {
        name: "a secret that is read only when a task starts",
        why: "Where nothing is rotated, the value that a task started with stays the right one.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024
            password: secret rotation=true
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> password: secret as=valueFrom
            exec -> password: grants actions=[\"secretsmanager:GetSecretValue\"]",
        change: Asked("rotation"),
        fires: "rotation-never-arrives",
    },
    Case {
        name: "a secret that no execution role may fetch",
        why: "Code that fetches its secret itself does so with the task role; the agent never touches it.",
        needs: "rotation",
        board: "
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024
            password: secret rotation=true
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            app: iam-role
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn
            web -> password: calls
            app -> password: grants actions=[\"secretsmanager:GetSecretValue\"]",
        change: Text("web -> password: calls", "task -> password: secret as=valueFrom"),
        fires: "execution-role-lacks-secret-permission",
    },
    // Network.
    Case {
        name: "tasks with public addresses in a public subnet",
        why: "Nothing asks for private tasks, and an address of its own is the cheapest way to the registry.",
        needs: "internet-facing lowest-cost",
        board: "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                web: ecs-service launchType=FARGATE assignPublicIp=ENABLED
            task: task-definition cpu=512 memory=1024
            repo: ecr-repository
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            pub -> igw: routes
            web -> task: runs
            task -> repo: image
            task -> exec: role as=executionRoleArn",
        change: Asked("private-tasks"),
        fires: "tasks-exposed-in-public-subnet",
    },
    Case {
        name: "no public address in a private subnet",
        why: "The NAT gateway carries what leaves; an address would do nothing there.",
        needs: "private-tasks",
        board: "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
              app: subnet
                web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024
            repo: ecr-repository
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            pub -> igw: routes
            app -> nat: routes
            web -> task: runs
            task -> repo: image
            task -> exec: role as=executionRoleArn",
        change: Text("app -> nat: routes", "app -> igw: routes"),
        fires: "public-subnet-without-public-ip",
    },
    Case {
        name: "a NAT gateway",
        why: "It is a fault only where the scenario rules every way to the internet out.",
        needs: "private-tasks production",
        board: "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
              app: subnet
                web: ecs-service launchType=FARGATE
            pub -> igw: routes
            app -> nat: routes",
        change: Asked("no-nat"),
        fires: "nat-where-forbidden",
    },
    Case {
        name: "a subnet without any way to the internet",
        why: "Two interface endpoints and the gateway of S3 carry everything that a start needs.",
        needs: "no-nat private-tasks",
        board: "
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
                dkr-ep: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
              s3: vpc-endpoint service=s3
            task: task-definition cpu=512 memory=1024
            repo: ecr-repository
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            app -> s3: routes
            web -> task: runs
            task -> repo: image
            task -> exec: role as=executionRoleArn",
        change: Text("app -> s3: routes\n", "\n"),
        fires: "s3-gateway-missing",
    },
    Case {
        name: "an internal load balancer",
        why: "Its callers are other services of the VPC; nobody on the internet is to reach it.",
        needs: "production",
        board: "
            vpc: vpc
              app-a: subnet
                web: ecs-service launchType=FARGATE + app-b
                front: load-balancer type=application scheme=internal + app-b
              app-b: subnet availabilityZone=b
            front -> web: forwards targetType=ip",
        change: Text("front -> web", "people: users\n            people -> front: sends port=443\n            front -> web"),
        fires: "internal-load-balancer-for-internet",
    },
    Case {
        name: "targets registered by instance",
        why: "In bridge mode the host's port is the target; only tasks with addresses of their own need type `ip`.",
        needs: "production",
        board: "
            vpc: vpc
              app-a: subnet
                hosts: auto-scaling-group + app-b
                front: load-balancer type=application scheme=internal + app-b
              app-b: subnet availabilityZone=b
            cluster: ecs-cluster
            web: ecs-service launchType=EC2
            task: task-definition cpu=512 memory=1024 networkMode=bridge containers=[{\"name\":\"app\",\"containerPort\":8080}]
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs
            front -> web: forwards targetType=instance targetPort=8080",
        change: Text("networkMode=bridge", "networkMode=awsvpc"),
        fires: "instance-target-with-awsvpc",
    },
    Case {
        name: "a fixed host port",
        why: "A daemon has one task on each instance, so that nothing else claims the port.",
        needs: "production",
        board: "
            hosts: auto-scaling-group
            cluster: ecs-cluster
            agent: ecs-service launchType=EC2 schedulingStrategy=DAEMON
            task: task-definition cpu=512 memory=1024 networkMode=bridge containers=[{\"name\":\"app\",\"containerPort\":8126,\"hostPort\":8126}]
            hosts -> cluster: in-cluster
            agent -> cluster: in-cluster
            agent -> task: runs",
        change: Text("schedulingStrategy=DAEMON", "desiredCount=4"),
        fires: "fixed-host-port",
    },
    Case {
        name: "a database that the whole VPC may reach",
        why: "Nothing asks for a database that is closed to all but its callers.",
        needs: "production",
        board: "
            vpc: vpc
              data: subnet tier=data
                db: rds-database
              db-sg: security-group
            db-sg -> db: guards
            vpc -> db-sg: allows direction=ingress protocol=tcp fromPort=5432",
        change: Asked("isolated-data"),
        fires: "database-open-to-network",
    },
    // Roles.
    Case {
        name: "a task definition without a task role",
        why: "The code calls a database by password and no AWS service; a role would grant nothing.",
        needs: "least-privilege",
        board: "
            vpc: vpc
              data: subnet tier=data
                web: ecs-service launchType=FARGATE
                db: rds-database
            files: s3-bucket
            task: task-definition cpu=512 memory=1024
            web -> task: runs
            web -> db: calls",
        change: Text("web -> db: calls", "web -> files: calls"),
        fires: "task-role-lacks-app-permission",
    },
    Case {
        name: "an image from ECR without an execution role",
        why: "On instances the agent pulls with the instance's role.",
        needs: "production",
        board: "
            hosts: auto-scaling-group
            host-role: iam-role managedPolicies=[\"AmazonEC2ContainerServiceforEC2Role\"]
            cluster: ecs-cluster
            web: ecs-service launchType=EC2
            task: task-definition cpu=512 memory=1024
            repo: ecr-repository
            hosts -> host-role: role as=instanceProfile
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs
            task -> repo: image",
        change: Text("launchType=EC2", "launchType=FARGATE"),
        fires: "execution-role-missing",
    },
    Case {
        name: "one role in both places",
        why: "Untidy, and working: a finding only where permissions have to be told apart.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024
            both: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            web -> task: runs
            task -> both: role as=executionRoleArn
            task -> both: role as=taskRoleArn",
        change: Asked("least-privilege"),
        fires: "one-role-for-everything",
    },
    Case {
        name: "an administrator's policy",
        why: "Nobody has the role: what nothing can take on opens nothing.",
        needs: "least-privilege",
        board: "
            task: task-definition cpu=512 memory=1024
            web: ecs-service launchType=FARGATE
            admin: iam-role managedPolicies=[\"AdministratorAccess\"]
            web -> task: runs",
        change: Text("web -> task: runs", "web -> task: runs\n            task -> admin: role as=taskRoleArn"),
        fires: "broad-managed-policy",
    },
    // Compute.
    Case {
        name: "one task in one zone",
        why: "A development system that need not outlive its zone.",
        needs: "lowest-cost",
        board: "
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE desiredCount=1",
        change: Asked("survives-zone-loss"),
        fires: "single-zone-service",
    },
    Case {
        name: "a job in one zone",
        why: "A task that is started once and ends has nothing to keep up while a zone fails.",
        needs: "survives-zone-loss",
        board: "
            vpc: vpc
              app: subnet
                night: standalone-task launchType=FARGATE",
        change: Text("standalone-task", "ecs-service"),
        fires: "single-zone-service",
    },
    Case {
        name: "everything on Spot",
        why: "Nobody waits for these workers, in production either: work that can be done again is what Spot is for.",
        needs: "lowest-cost production",
        board: "
            cluster: ecs-cluster
            spot: capacity-provider type=FARGATE_SPOT
            render: ecs-service desiredCount=6
            shop: ecs-service launchType=FARGATE
            spot -> cluster: provides
            render -> cluster: in-cluster
            render -> spot: uses weight=1",
        change: Text("render -> spot", "shop -> render: calls\n            render -> spot"),
        fires: "all-spot-production",
    },
    Case {
        name: "a daemon",
        why: "On instances one task for each host is what an agent needs; Fargate has no hosts to count.",
        needs: "production",
        board: "
            agent: ecs-service launchType=EC2 schedulingStrategy=DAEMON",
        change: Text("EC2", "FARGATE"),
        fires: "daemon-on-fargate",
    },
    Case {
        name: "a weight of zero",
        why: "The first entry gives the base, the second takes all the rest.",
        needs: "production",
        board: "
            cluster: ecs-cluster
            steady: capacity-provider type=FARGATE
            spot: capacity-provider type=FARGATE_SPOT
            web: ecs-service desiredCount=6
            steady -> cluster: provides
            spot -> cluster: provides
            web -> cluster: in-cluster
            web -> steady: uses base=2 weight=0
            web -> spot: uses weight=1",
        change: Text("uses weight=1", "uses weight=0"),
        fires: "no-weight-in-strategy",
    },
    Case {
        name: "an ARM image",
        why: "Fargate has Graviton: the task definition says the architecture, and no host contradicts it.",
        needs: "lowest-cost",
        board: "
            hosts: auto-scaling-group instanceType=m5.large
            cluster: ecs-cluster
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024 cpuArchitecture=ARM64
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs",
        change: Text("launchType=FARGATE", "launchType=EC2"),
        fires: "architecture-mismatch",
    },
    Case {
        name: "a privileged container",
        why: "Instances allow it, and an agent may need it; Fargate does not start it.",
        needs: "production",
        board: "
            agent: ecs-service launchType=EC2
            task: task-definition cpu=512 memory=1024 containers=[{\"name\":\"app\",\"privileged\":true}]
            agent -> task: runs",
        change: Text("EC2", "FARGATE"),
        fires: "privileged-on-fargate",
    },
    // Scaling.
    Case {
        name: "a fixed number of tasks",
        why: "The load does not vary.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE desiredCount=2",
        change: Asked("elastic"),
        fires: "no-task-scaling",
    },
    Case {
        name: "a target on CPU for a worker",
        why: "Nothing says that work waits in a queue; CPU is a fair measure of it.",
        needs: "elastic",
        board: "
            web: ecs-service launchType=FARGATE minCapacity=1 maxCapacity=9
            by-cpu: scaling-policy policyType=TargetTrackingScaling metric=ECSServiceAverageCPUUtilization
            by-cpu -> web: scales",
        change: Text("ECSServiceAverageCPUUtilization", "ApproximateNumberOfMessagesVisible"),
        fires: "raw-queue-depth",
    },
    // Delivery.
    Case {
        name: "the tag `latest`",
        why: "Nothing asks that the very image which was tested runs.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024
            repo: ecr-repository
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            web -> task: runs
            task -> repo: image tag=latest
            task -> exec: role as=executionRoleArn",
        change: Asked("pinned-images"),
        fires: "mutable-tag",
    },
    Case {
        name: "no grace period for health checks",
        why: "The container answers within seconds; only a slow start is killed by its checks.",
        needs: "production",
        board: "
            vpc: vpc
              app-a: subnet
                web: ecs-service launchType=FARGATE + app-b
                front: load-balancer type=application scheme=internal + app-b
              app-b: subnet availabilityZone=b
            task: task-definition cpu=512 memory=1024 containers=[{\"name\":\"app\",\"containerPort\":8080,\"startupSeconds\":5}]
            web -> task: runs
            front -> web: forwards targetType=ip targetPort=8080",
        change: Text("\"startupSeconds\":5", "\"startupSeconds\":300"),
        fires: "grace-period-zero",
    },
    Case {
        name: "a container that ends while the task goes on",
        why: "It is not essential: the task outlives it, as one that only prepares files has to be.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024 containers=[{\"name\":\"app\"},{\"name\":\"prepare\",\"mayEnd\":true,\"essential\":false}]
            web -> task: runs",
        change: Text(",\"essential\":false", ""),
        fires: "essential-sidecar",
    },
    Case {
        name: "no alarm watches the release",
        why: "The circuit breaker undoes a release that does not start, which is all that is asked.",
        needs: "automatic-rollback",
        board: "
            web: ecs-service launchType=FARGATE deploymentCircuitBreaker=true deploymentRollback=true",
        change: Asked("alarm-rollback"),
        fires: "no-deployment-alarm",
    },
    Case {
        name: "one target group",
        why: "A rolling release needs no second one; a shift by CodeDeploy does.",
        needs: "production",
        board: "
            vpc: vpc
              app-a: subnet
                web: ecs-service launchType=FARGATE + app-b
                front: load-balancer type=application scheme=internal + app-b
              app-b: subnet availabilityZone=b
            front -> web: forwards targetType=ip targetGroup=blue",
        change: Text("launchType=FARGATE", "launchType=FARGATE deploymentController=CODE_DEPLOY"),
        fires: "codedeploy-with-one-target-group",
    },
    // State.
    Case {
        name: "a volume that goes with its task",
        why: "Scratch space is meant to go; only files that others need or that must last may not.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024
            scratch: ebs-volume
            volumes: iam-role managedPolicies=[\"AmazonECSInfrastructureRolePolicyForVolumes\"] trust=[\"ecs.amazonaws.com\"]
            web -> task: runs
            web -> volumes: role as=infrastructureRole
            task -> scratch: mounts",
        change: Asked("shared-files"),
        fires: "ebs-for-lasting-data",
    },
    Case {
        name: "a database without a standby",
        why: "A development database may be gone while its zone is.",
        needs: "lowest-cost",
        board: "
            vpc: vpc
              data: subnet tier=data
                db: rds-database multiAZ=false",
        change: Asked("survives-zone-loss"),
        fires: "single-zone-database",
    },
    Case {
        name: "a file system with one mount target",
        why: "Its tasks run in that zone only; each zone that tasks run in needs one.",
        needs: "shared-files",
        board: "
            vpc: vpc
              app-a: subnet
                web: ecs-service launchType=FARGATE
                files: efs-file-system
              app-b: subnet availabilityZone=b
            task: task-definition cpu=512 memory=1024
            web -> task: runs
            task -> files: mounts transitEncryption=ENABLED",
        change: Text("launchType=FARGATE", "launchType=FARGATE + app-b"),
        fires: "efs-mount-target-missing",
    },
    // Observability.
    Case {
        name: "no log group",
        why: "The driver creates it, and the execution role may.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024
            lines: log-group created=false
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"] wildcardActions=[\"logs:CreateLogGroup\"]
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> lines: logs createGroup=true",
        change: Text("logs:CreateLogGroup", "logs:CreateLogStream"),
        fires: "create-log-group-not-permitted",
    },
    Case {
        name: "lines that may be dropped",
        why: "A full buffer then drops lines instead of stopping the application, unless every line counts.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE
            task: task-definition cpu=512 memory=1024
            lines: log-group
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> lines: logs mode=non-blocking",
        change: Asked("complete-logs"),
        fires: "logs-may-be-dropped",
    },
    Case {
        name: "Container Insights switched off",
        why: "The metrics of each service come without it; those of tasks and containers nobody asked for.",
        needs: "production elastic",
        board: "
            cluster: ecs-cluster
            web: ecs-service launchType=FARGATE minCapacity=2 maxCapacity=8
            by-cpu: scaling-policy policyType=TargetTrackingScaling metric=ECSServiceAverageCPUUtilization
            web -> cluster: in-cluster
            by-cpu -> web: scales",
        change: Asked("container-metrics"),
        fires: "container-metrics-not-enhanced",
    },
    Case {
        name: "a root file system that is read-only",
        why: "It hardens the container; only a shell through ECS Exec needs to write there.",
        needs: "production",
        board: "
            web: ecs-service launchType=FARGATE enableExecuteCommand=false
            task: task-definition cpu=512 memory=1024 containers=[{\"name\":\"app\",\"readonlyRootFilesystem\":true}]
            web -> task: runs",
        change: Text("enableExecuteCommand=false", "enableExecuteCommand=true"),
        fires: "exec-with-readonly-root",
    },
    // Discovery and orchestration.
    Case {
        name: "a DNS record that is cached for five minutes",
        why: "Where callers try again, an old address costs one attempt; only a demand forbids it.",
        needs: "production",
        board: "
            web: ecs-service
            api: ecs-service
            names: cloud-map-namespace
            api -> names: registers as=discovery ttl=300
            web -> api: calls via=cloud-map port=8080",
        change: Asked("no-stale-addresses"),
        fires: "stale-addresses",
    },
    Case {
        name: "a namespace of the type HTTP",
        why: "Service Connect needs no DNS records; its proxies know the names.",
        needs: "production",
        board: "
            web: ecs-service
            api: ecs-service
            names: cloud-map-namespace type=HTTP
            web -> names: registers as=client
            api -> names: registers as=client-server
            web -> api: calls via=service-connect port=8080",
        change: Text("via=service-connect", "via=cloud-map"),
        fires: "name-not-registered",
    },
    Case {
        name: "a rule without a role",
        why: "A function lets a rule in by a policy of its own. Only tasks are started with the rule's role.",
        needs: "least-privilege",
        board: "
            nightly: eventbridge-rule
            report: lambda-function
            task: task-definition
            nightly -> report: sends",
        change: Text("report: sends", "task: runs"),
        fires: "starter-lacks-permission",
    },
    Case {
        name: "a state machine that does not wait for its task",
        why: "A job that nobody needs the end of may be started and left alone.",
        needs: "",
        board: "
            flow: step-functions
            role: iam-role
            task: task-definition
            flow -> role: role as=serviceRole
            role -> task: grants actions=[\"ecs:RunTask\"]
            flow -> task: runs",
        change: Asked("waits-for-job"),
        fires: "run-not-awaited",
    },
    Case {
        name: "a function whose work takes as long as it may run",
        why: "A limit that is met is not exceeded.",
        needs: "",
        board: "
            jobs: sqs-queue
            film: lambda-function timeout=900 workSeconds=900 memorySize=10240 workMemory=10240
            jobs -> film: sends",
        change: Text("workSeconds=900", "workSeconds=901"),
        fires: "job-longer-than-lambda",
    },
    Case {
        name: "Kubernetes and ECS side by side",
        why: "Charts that have a cluster are kept; what else a company runs may run on ECS.",
        needs: "keep-kubernetes",
        board: "
            charts: kubernetes-workload
            cluster: eks-cluster
            web: ecs-service
            charts -> cluster: runs-on",
        change: Text("charts -> cluster: runs-on", ""),
        fires: "kubernetes-on-ecs",
    },
];

#[test]
fn the_library_is_silent_where_nothing_is_wrong() {
    let mut wrong = Vec::new();
    for case in CASES {
        let found = found(case.needs, case.board);
        if !found.is_empty() {
            wrong.push(format!("{}: {found:?} fires, although: {}", case.name, case.why));
        }
        assert!(trap(case.fires).is_some(), "{}: there is no trap `{}`", case.name, case.fires);
        let (needs, board) = match case.change {
            Asked(need) => (format!("{} {need}", case.needs), case.board.to_owned()),
            Text(from, to) => {
                assert!(case.board.contains(from), "{}: the board has no `{from}`", case.name);
                (case.needs.to_owned(), case.board.replacen(from, to, 1))
            }
        };
        let after = self::found(&needs, &board);
        if !after.contains(case.fires) {
            wrong.push(format!("{}: after the change {after:?} fire, and not `{}`", case.name, case.fires));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(CASES.len() >= 25);
}

/// The traps of the whole library that such a design falls into.
fn found(needs: &str, board: &str) -> SortedSet<&'static str> {
    let needs: Vec<_> = needs
        .split_whitespace()
        .map(|need| Need::from_name(need).unwrap_or_else(|| panic!("{need}")))
        .collect();
    let design = fixture::parse(board).unwrap_or_else(|why| panic!("{why}: {board}")).design;
    let world = World::new(&design);
    find_all(&Scene { world: &world, needs: &needs }).iter().map(|finding| finding.trap.id).collect()
}
