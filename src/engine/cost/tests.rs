//! Figures by hand, and what holds of every design.

use proptest::prelude::*;
use trapwise_model::catalogue::prop;
use trapwise_model::{Component, ComponentId, ComponentKind, Design, Edit, fixture};

use super::*;

fn of(text: &str) -> Estimate {
    estimated(&design(text))
}

/// The design of a fixture in which only what begins with a dot is indented, by two for each dot.
fn design(text: &str) -> Design {
    let line = |line: &str| {
        let line = line.trim();
        let rest = line.trim_start_matches('.');
        format!("{}{rest}\n", "  ".repeat(line.len() - rest.len()))
    };
    let text: String = text.lines().map(line).collect();
    fixture::parse(&text).unwrap_or_else(|why| panic!("{why}\n{text}")).design
}

fn estimated(design: &Design) -> Estimate {
    estimate(&World::new(design), &Volumes::default())
}

/// The cents of the line that is called so; 0 when there is none.
fn cents(estimate: &Estimate, what: &str) -> u64 {
    estimate.lines.iter().find(|line| line.what == what).map_or(0, |line| line.monthly_cents)
}

const SERVICE: &str = "
    task: task-definition cpu=512 memory=1024
    web -> task: runs";

#[test]
fn fargate_by_the_vcpu_and_the_gb() {
    // 2 tasks × 0.5 vCPU × 730 h = 730 × 0.04048 = 29.5504; 2 × 1 GB × 730 = 1,460 × 0.004445 = 6.4897.
    let estimate = of(&format!("web: ecs-service launchType=FARGATE desiredCount=2{SERVICE}"));
    assert_eq!(cents(&estimate, "Fargate CPU"), 2_955);
    assert_eq!(cents(&estimate, "Fargate memory"), 649);
    assert_eq!(estimate.monthly_cents, 2_955 + 649);
    assert_eq!((estimate.operations, estimate.reasons.len()), (0, 0));
    assert_eq!(estimate.lines[0].quantity_milli, 730_000);
    assert_eq!(estimate.lines[0].components.len(), 1);
}

#[test]
fn fargate_on_graviton_on_windows_and_with_more_storage() {
    let with = |props: &str| {
        of(&format!(
            "web: ecs-service launchType=FARGATE
             task: task-definition cpu=1024 memory=2048 {props}
             web -> task: runs"
        ))
    };
    // 730 × 0.03238 = 23.6374; 1,460 × 0.00356 = 5.1976.
    let arm = with("cpuArchitecture=ARM64");
    assert_eq!(cents(&arm, "Fargate CPU, Graviton"), 2_364);
    assert_eq!(cents(&arm, "Fargate memory, Graviton"), 520);
    // 730 × 0.092552 = 67.56296.
    let windows = with("operatingSystemFamily=WINDOWS_SERVER_2022_CORE");
    assert_eq!(cents(&windows, "Fargate CPU, Windows with licence"), 6_756);
    // 80 GB × 730 h × 0.000111 = 6.4824.
    assert_eq!(cents(&with("ephemeralStorageGiB=100"), "Fargate storage above 20 GB"), 648);
    assert_eq!(cents(&with("ephemeralStorageGiB=20"), "Fargate storage above 20 GB"), 0);
}

#[test]
fn a_strategy_is_paid_by_its_split() {
    // 4 tasks, base 1 and weights 1:2: 2 on demand, 2 on Spot, each 0.5 vCPU for 730 h.
    let estimate = of(&format!(
        "web: ecs-service desiredCount=4
         fargate: capacity-provider type=FARGATE
         spot: capacity-provider type=FARGATE_SPOT
         web -> fargate: uses base=1 weight=1
         web -> spot: uses weight=2{SERVICE}"
    ));
    assert_eq!(cents(&estimate, "Fargate CPU"), 2_955);
    // 730 × 0.012144 = 8.86512.
    assert_eq!(cents(&estimate, "Fargate Spot CPU"), 887);
}

#[test]
fn a_standalone_task_runs_for_the_hours_assumed() {
    // 3 tasks × 100 h × 0.5 vCPU = 150 × 0.04048 = 6.072.
    let estimate = of(&format!("web: standalone-task launchType=FARGATE count=3{SERVICE}"));
    assert_eq!(cents(&estimate, "Fargate CPU"), 607);
}

#[test]
fn what_a_rule_starts_runs_for_the_hours_assumed() {
    // 100 h × 0.5 vCPU = 50 × 0.04048 = 2.024; a standalone task beside it says where, and is paid instead.
    let rule = "rule: eventbridge-rule\nrule -> task: runs\ntask: task-definition cpu=512 memory=1024";
    assert_eq!(cents(&of(rule), "Fargate CPU"), 202);
    let placed = format!("{rule}\nonce: standalone-task launchType=FARGATE\nonce -> task: runs");
    assert_eq!(cents(&of(&placed), "Fargate CPU"), 202);
}

#[test]
fn a_release_in_two_colours_runs_two_sets_for_a_while() {
    // 8 releases × (30 + 30) min = 8 h; × 2 tasks × 0.5 vCPU = 8 vCPU hours × 0.04048 = 0.32384.
    let native = of(&format!(
        "web: ecs-service launchType=FARGATE desiredCount=2 deploymentStrategy=BLUE_GREEN bakeTimeInMinutes=30{SERVICE}"
    ));
    assert_eq!(cents(&native, "Fargate CPU, second set in releases"), 32);
    let by_codedeploy = of(&format!(
        "web: ecs-service launchType=FARGATE desiredCount=2 deploymentController=CODE_DEPLOY
         deploy: codedeploy-deployment-group terminationWaitTimeInMinutes=30
         deploy -> web: deploys{SERVICE}"
    ));
    assert_eq!(cents(&by_codedeploy, "Fargate CPU, second set in releases"), 32);
    assert_eq!(by_codedeploy.operations, 1);
}

#[test]
fn instances_have_the_size_of_their_group() {
    // 3 × 730 × 0.096 = 210.24; 3 × 30 GB × 0.08 = 7.20; Spot 30 percent: 63.072.
    let group = |props: &str| of(&format!("group: auto-scaling-group {props}"));
    let usual = group("instanceType=m5.large minSize=1 desiredCapacity=3 maxSize=4");
    assert_eq!(cents(&usual, "m5.large instances, On-Demand"), 21_024);
    assert_eq!(cents(&usual, "EBS volumes (gp3)"), 720);
    assert_eq!(usual.operations, 5);
    let spot = group("instanceType=m5.large minSize=3 maxSize=4 market=spot");
    assert_eq!(cents(&spot, "m5.large instances, Spot"), 6_307);
    assert_eq!(group("instanceType=x9.huge").unpriced.len(), 1);
}

/// Eight tasks of 512 units and 1,024 MiB under managed scaling: four fit one m5.large by CPU.
fn packed(strategy: &str) -> String {
    format!(
        r#"vpc: vpc
             .a: subnet
             ..group: auto-scaling-group instanceType=m5.large minSize=1 desiredCapacity=4 maxSize=6
           web: ecs-service desiredCount=8 placementStrategy=[{{"type":"{strategy}","field":"cpu"}}]
           provider: capacity-provider type=EC2_AUTOSCALING managedScaling=ENABLED
           group -> provider: backs
           web -> provider: uses weight=1
           task: task-definition cpu=512 memory=1024 networkMode=bridge
           web -> task: runs"#
    )
}

#[test]
fn managed_scaling_removes_only_instances_without_tasks() {
    // 730 × 0.096 = 70.08 for each.
    let dense = of(&packed("binpack"));
    assert_eq!(cents(&dense, "m5.large instances, On-Demand"), 2 * 7_008);
    let spread = of(&packed("spread"));
    assert_eq!(cents(&spread, "m5.large instances, On-Demand"), 4 * 7_008);
    assert_eq!((dense.operations, spread.operations), (4, 4));
    // Of 5,000 MiB only one fits each host of 7,680, so six would not do for eight, and there are no more.
    let large = of(&packed("binpack").replace("memory=1024", "memory=5000"));
    assert_eq!(cents(&large, "m5.large instances, On-Demand"), 6 * 7_008);
    // Over the one zone there is first, then packed: as before.
    let zones =
        r#"[{"type":"spread","field":"attribute:ecs.availability-zone"},{"type":"binpack","field":"cpu"}]"#;
    let both = of(&packed("binpack").replace(r#"[{"type":"binpack","field":"cpu"}]"#, zones));
    assert_eq!(cents(&both, "m5.large instances, On-Demand"), 2 * 7_008);
    // Two interfaces of three are left to tasks of their own: eight tasks need four instances.
    let own = of(&packed("binpack").replace("bridge", "awsvpc"));
    assert_eq!(cents(&own, "m5.large instances, On-Demand"), 4 * 7_008);
}

#[test]
fn managed_instances_cost_their_fee() {
    // Two zones, so two instances: 2 × 730 × 0.0816 = 119.136; 12 percent of it: 0.009792 × 1,460 = 14.29632.
    let estimate = of("vpc: vpc
        .a: subnet
        ..web: ecs-service desiredCount=2 + b
        .b: subnet availabilityZone=b
        provider: capacity-provider type=MANAGED_INSTANCES instanceType=m7g.large
        web -> provider: uses weight=1
        task: task-definition cpu=512 memory=1024 networkMode=awsvpc
        web -> task: runs");
    assert_eq!(cents(&estimate, "m7g.large instances, On-Demand"), 11_914);
    assert_eq!(cents(&estimate, "Managed Instances fee, m7g.large"), 1_430);
    assert_eq!(estimate.operations, 1);
}

#[test]
fn kubernetes_servers_and_functions() {
    let estimate = of("eks: eks-cluster compute=auto-mode
        shop: kubernetes-workload
        shop -> eks: runs-on
        server: external-instance
        resize: lambda-function memorySize=512");
    assert_eq!(cents(&estimate, "EKS control plane"), 7_300);
    assert_eq!(cents(&estimate, "m5.large instances, On-Demand"), 14_016);
    // 0.01152 × 1,460 = 16.8192.
    assert_eq!(cents(&estimate, "EKS Auto Mode fee, m5.large"), 1_682);
    // 730 × 0.01025 = 7.4825.
    assert_eq!(cents(&estimate, "ECS Anywhere"), 748);
    // 1,000,000 × 0.2 s × 0.5 GB = 100 thousand GB seconds × 0.016667 = 1.6667.
    assert_eq!(cents(&estimate, "Lambda run time"), 167);
    assert_eq!(cents(&estimate, "Lambda requests"), 20);
    // Control plane 3, manifests 1, server 2 and its agents 1.
    assert_eq!(estimate.operations, 7);
    let nodes = of("eks: eks-cluster");
    assert_eq!(nodes.operations, 8);
}

const NETWORK: &str = "
    vpc: vpc
    .igw: internet-gateway
    .out: subnet tier=public
    ..nat: nat-gateway
    .in: subnet
    out -> igw: routes
    in -> nat: routes";

#[test]
fn nat_by_the_hour_and_the_gb() {
    let estimate = of(NETWORK);
    assert_eq!(cents(&estimate, "NAT gateways"), 3_285);
    // (20 + 40 + 20) GB × 0.045 = 3.60; the address 730 × 0.005 = 3.65.
    assert_eq!(cents(&estimate, "Traffic through NAT"), 360);
    assert_eq!(cents(&estimate, "Public IPv4 addresses"), 365);
}

#[test]
fn a_regional_nat_gateway_is_paid_in_each_zone_that_uses_it() {
    let estimate = of("vpc: vpc
        .nat: nat-gateway availabilityMode=regional
        .a: subnet
        .b: subnet availabilityZone=b
        a -> nat: routes
        b -> nat: routes");
    assert_eq!(cents(&estimate, "NAT gateways"), 2 * 3_285);
    assert_eq!(cents(&estimate, "Public IPv4 addresses"), 2 * 365);
}

#[test]
fn endpoints_take_their_traffic_from_nat() {
    let free = of(&format!(
        "{NETWORK}
         .s3: vpc-endpoint service=s3
         in -> s3: routes"
    ));
    // 40 GB less through NAT, and nothing for the gateway endpoint.
    assert_eq!(cents(&free, "Traffic through NAT"), 180);
    assert_eq!(cents(&free, "Interface endpoints, in each zone"), 0);
    // Of two subnets behind NAT one has no way to the endpoint: half of the 40 GB stay.
    let half = of(&format!(
        "{NETWORK}
         .s3: vpc-endpoint service=s3
         .other: subnet availabilityZone=b
         in -> s3: routes
         other -> nat: routes"
    ));
    assert_eq!(cents(&half, "Traffic through NAT"), 270);
    let both = of("vpc: vpc
        .a: subnet
        ..logs: vpc-endpoint service=logs vpcEndpointType=Interface + b
        ..secrets: vpc-endpoint service=secretsmanager vpcEndpointType=Interface + b
        .b: subnet availabilityZone=b");
    // 2 endpoints × 2 zones × 730 × 0.01 = 29.20; 20 GB × 0.01 = 0.20 once.
    assert_eq!(cents(&both, "Interface endpoints, in each zone"), 2_920);
    assert_eq!(cents(&both, "Traffic through interface endpoints"), 20);
    assert_eq!(both.monthly_cents, 2_940);
}

#[test]
fn load_balancers_and_public_addresses() {
    let estimate = of(&format!(
        "vpc: vpc
         .a: subnet
         ..alb: load-balancer + b
         ..nlb: load-balancer type=network scheme=internal + b
         ..web: ecs-service launchType=FARGATE desiredCount=3 assignPublicIp=ENABLED
         .b: subnet availabilityZone=b{SERVICE}"
    ));
    // 730 × 0.0225 = 16.425; 730 × 0.008 = 5.84; 730 × 0.006 = 4.38; 2 + 3 addresses × 3.65.
    assert_eq!(cents(&estimate, "Application Load Balancers"), 1_643);
    assert_eq!(cents(&estimate, "Application Load Balancer capacity"), 584);
    assert_eq!(cents(&estimate, "Network Load Balancers"), 1_643);
    assert_eq!(cents(&estimate, "Network Load Balancer capacity"), 438);
    assert_eq!(cents(&estimate, "Public IPv4 addresses"), 1_825);
}

#[test]
fn state_and_messages() {
    let estimate = of(&format!(
        "files: efs-file-system
         bucket: s3-bucket
         db: rds-database multiAZ=true
         cluster-db: rds-database engine=aurora-mysql
         table: dynamodb-table
         cache: elasticache
         queue: sqs-queue
         topic: sns-topic
         disk: ebs-volume sizeInGiB=100
         web: ecs-service launchType=FARGATE desiredCount=2
         task -> disk: mounts{SERVICE}"
    ));
    assert_eq!(cents(&estimate, "EFS Standard storage"), 1_500);
    assert_eq!(cents(&estimate, "S3 Standard storage"), 115);
    // 2 × 730 × 0.065 = 94.90; 2 × 50 × 0.115 = 11.50.
    assert_eq!(cents(&estimate, "RDS instances (db.t4g.medium)"), 9_490);
    assert_eq!(cents(&estimate, "RDS storage (gp3)"), 1_150);
    // 730 × 0.073 = 53.29.
    assert_eq!(cents(&estimate, "Aurora instances (db.t4g.medium)"), 5_329);
    assert_eq!(cents(&estimate, "Aurora storage"), 500);
    assert_eq!(cents(&estimate, "DynamoDB writes on demand"), 63);
    assert_eq!(cents(&estimate, "DynamoDB storage"), 1_250);
    assert_eq!(cents(&estimate, "ElastiCache nodes (cache.t4g.small)"), 2_336);
    // Three requests for each of a million messages.
    assert_eq!(cents(&estimate, "SQS requests"), 120);
    assert_eq!(cents(&estimate, "SNS messages"), 50);
    // A volume for each of two tasks: 200 GB × 0.08.
    assert_eq!(cents(&estimate, "EBS volumes (gp3)"), 1_600);
}

#[test]
fn logs_metrics_secrets_images_and_names() {
    let estimate = of(&format!(
        "cluster: ecs-cluster containerInsights=enhanced
         web: ecs-service launchType=FARGATE desiredCount=2
         web -> cluster: in-cluster
         lines: log-group retentionInDays=30
         idle: log-group
         task -> lines: logs
         alarm: cloudwatch-alarm
         key: kms-key
         secret: secret
         images: ecr-repository
         theirs: ecr-repository otherAccount=true
         pipeline: codepipeline
         names: cloud-map-namespace
         web -> names: registers as=discovery
         flow: step-functions
         pipe: eventbridge-pipe{SERVICE}"
    ));
    assert_eq!(cents(&estimate, "Logs taken in"), 250);
    // 5 GB × 15 percent × 1 month × 0.03 = 0.0225.
    assert_eq!(cents(&estimate, "Logs kept, compressed"), 2);
    // 10 + 10 + 2 tasks × (task + container) × 10 = 60 × 0.07.
    assert_eq!(cents(&estimate, "Container Insights metrics, enhanced"), 420);
    assert_eq!(cents(&estimate, "CloudWatch alarms"), 10);
    assert_eq!(cents(&estimate, "KMS customer managed keys"), 100);
    assert_eq!(cents(&estimate, "Secrets Manager secrets"), 40);
    assert_eq!(cents(&estimate, "ECR storage"), 50);
    assert_eq!(cents(&estimate, "CodePipeline pipelines"), 100);
    assert_eq!(cents(&estimate, "Private DNS zones of Cloud Map"), 50);
    assert_eq!(cents(&estimate, "Cloud Map registrations"), 20);
    // 5 thousand transitions × 0.025 = 0.125.
    assert_eq!(cents(&estimate, "Step Functions transitions"), 13);
    assert_eq!(cents(&estimate, "EventBridge Pipes"), 40);
}

#[test]
fn the_empty_design_costs_nothing() {
    let estimate = estimated(&Design::new());
    assert_eq!((estimate.monthly_cents, estimate.operations, estimate.lines.len()), (0, 0, 0));
}

#[test]
fn work_is_counted_with_its_reasons() {
    let estimate = of("group: auto-scaling-group instanceType=g5.xlarge market=spot
        agent: ecs-service schedulingStrategy=DAEMON launchType=EC2");
    // Hosts 2, image 1, drivers 1, interruptions 1, second layer by hand 2, agents 1.
    assert_eq!(estimate.operations, 8);
    assert_eq!(estimate.reasons.iter().map(|reason| reason.points).sum::<u32>(), 8);
    assert!(estimate.reasons.iter().all(|reason| !reason.components.is_empty()));
}

fn id(text: &str) -> ComponentId {
    ComponentId::new(text).unwrap()
}

/// A board with a bit of everything that components may change the price of.
fn board() -> Design {
    let text = format!(
        "{NETWORK}
           web: ecs-service launchType=FARGATE desiredCount=2
           group: auto-scaling-group instanceType=m5.large minSize=2
           cluster: ecs-cluster containerInsights=enabled
           web -> cluster: in-cluster{SERVICE}"
    );
    design(&text)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// With the volumes assumed, a component more never makes a design cheaper, but for the gateway
    /// endpoint, which is there for that, or less work.
    #[test]
    fn a_component_more_never_costs_less(kinds in proptest::collection::vec(0..ComponentKind::ALL.len(), 1..12)) {
        let mut design = board();
        let mut before = estimated(&design);
        for (number, kind) in kinds.into_iter().enumerate() {
            let kind = ComponentKind::ALL[kind];
            let mut component = Component::new(id(&format!("extra-{number}")), kind);
            if kind == ComponentKind::VpcEndpoint {
                component.props.insert(prop::VPC_ENDPOINT_TYPE.into(), "Interface".into());
                component.props.insert(prop::SERVICE.into(), "logs".into());
            }
            let place = |place: &trapwise_model::catalogue::Container| match place.kind {
                ComponentKind::Subnet => Some(id("in")),
                ComponentKind::Vpc => Some(id("vpc")),
                _ => None,
            };
            component.containers.extend(kind.spec().containers.iter().find_map(place));
            // What stands only in something that is not there is left out.
            if design.apply(&Edit::Add(component)).is_err() {
                continue;
            }
            let after = estimated(&design);
            prop_assert!(after.monthly_cents >= before.monthly_cents, "{kind}");
            prop_assert!(after.operations >= before.operations, "{kind}");
            before = after;
        }
    }
    /// Neither what parts are called nor the order they were added in changes a figure.
    #[test]
    fn names_and_order_change_nothing(seed: u32) {
        let design = board();
        let name = |old: &str| id(&format!("n{}", old.bytes().fold(seed, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u32::from(byte))
        })));
        let mut components: Vec<_> = design.components().map(|one| Component::clone(one)).collect();
        for one in &mut components {
            one.id = name(one.id.as_str());
            one.containers.iter_mut().for_each(|place| *place = name(place.as_str()));
        }
        let mut links: Vec<_> = design.links().map(|one| trapwise_model::Link::clone(one)).collect();
        for one in &mut links {
            (one.from, one.to) = (name(one.from.as_str()), name(one.to.as_str()));
        }
        components.reverse();
        links.reverse();
        let shared = (components.into_iter().map(Into::into).collect(), links.into_iter().map(Into::into).collect());
        let after = estimated(&Design::from_parts(shared.0, shared.1).unwrap());
        let mut wanted = estimated(&design);
        for ids in wanted.lines.iter_mut().map(|line| &mut line.components)
            .chain(wanted.reasons.iter_mut().map(|reason| &mut reason.components))
        {
            ids.iter_mut().for_each(|old| *old = name(old.as_str()));
            ids.sort();
        }
        prop_assert_eq!(after, wanted);
    }
}
