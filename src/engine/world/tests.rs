//! The derived relations on small boards, each with the settings that flip it.

use trapwise_model::{Design, fixture};

use super::*;

/// A public load balancer in front of private Fargate tasks with a database behind them; NAT in zone a.
const THREE_TIERS: &str = "
    users: users
    vpc: vpc
      igw: internet-gateway
      pub-a: subnet tier=public
        nat: nat-gateway
        alb: load-balancer + pub-b
      pub-b: subnet tier=public availabilityZone=b
      app-a: subnet
        web: ecs-service launchType=FARGATE desiredCount=2 + app-b
      app-b: subnet availabilityZone=b
      db-a: subnet tier=data
        db: rds-database multiAZ=true + db-b
      db-b: subnet tier=data availabilityZone=b
      alb-sg: security-group
      web-sg: security-group
      db-sg: security-group
    task: task-definition cpu=256 memory=512 containers=[{\"name\":\"app\",\"containerPort\":8080}]
    exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
    repo: ecr-repository
    lines: log-group
    web -> task: runs
    task -> exec: role as=executionRoleArn
    task -> repo: image
    task -> lines: logs
    pub-a -> igw: routes
    pub-b -> igw: routes
    app-a -> nat: routes
    app-b -> nat: routes
    users -> alb: sends
    alb -> web: forwards targetType=ip
    web -> db: calls
    alb-sg -> alb: guards
    web-sg -> web: guards
    db-sg -> db: guards
    from-users = users -> alb-sg: allows
    from-alb = alb-sg -> web-sg: allows fromPort=8080
    from-web = web-sg -> db-sg: allows fromPort=5432";

fn board(text: &str) -> Design {
    fixture::parse(text).unwrap().design
}

fn changed(from: &str, to: &str) -> Design {
    assert!(THREE_TIERS.contains(from), "{from}");
    board(&THREE_TIERS.replace(from, to))
}

fn node<'d>(world: &World<'d>, id: &str) -> Node<'d> {
    world.graph().node(id).unwrap()
}

fn reaches(design: &Design, from: &str, to: &str, port: Option<u16>) -> bool {
    let world = World::new(design);
    world.route(node(&world, from), node(&world, to), port).ok()
}

#[test]
fn route_tables_make_subnets_public_private_or_isolated() {
    let design = board(THREE_TIERS);
    let world = World::new(&design);
    let exposure = |id| world.network().exposure(node(&world, id));
    assert_eq!(exposure("pub-a"), Exposure::Public);
    assert_eq!(exposure("app-b"), Exposure::Private);
    assert_eq!(exposure("db-a"), Exposure::Isolated);

    let unrouted = changed("    pub-a -> igw: routes\n", "");
    let world = World::new(&unrouted);
    let app = world.network().exposure(node(&world, "app-a"));
    assert_eq!(app, Exposure::Isolated, "a NAT gateway in a subnet without an internet route leads nowhere");
}

#[test]
fn an_internet_gateway_of_another_vpc_does_not_count() {
    let design = board(
        "
        one: vpc
          a: subnet
        two: vpc
          igw: internet-gateway
        a -> igw: routes",
    );
    let world = World::new(&design);
    assert_eq!(world.network().exposure(node(&world, "a")), Exposure::Isolated);
}

#[test]
fn connections_arrive_through_the_load_balancer_or_not_at_all() {
    let design = board(THREE_TIERS);
    assert!(reaches(&design, "users", "alb", Some(443)));
    assert!(reaches(&design, "users", "web", Some(8080)));
    assert!(reaches(&design, "users", "web", None));
    assert!(reaches(&design, "alb", "web", Some(8080)));
    assert!(reaches(&design, "web", "db", None));
    assert!(!reaches(&design, "users", "alb", Some(80)), "nothing listens there");
    assert!(!reaches(&design, "users", "web", Some(9000)), "not the target's port");
    assert!(!reaches(&design, "users", "db", None));
    assert!(!reaches(&design, "alb", "db", None), "the database admits the tasks only");
}

#[test]
fn each_setting_of_the_chain_can_break_it() {
    for (from, to) in [
        ("from-users = users -> alb-sg: allows", "from-users = users -> alb-sg: allows fromPort=80"),
        (
            "from-alb = alb-sg -> web-sg: allows fromPort=8080",
            "from-alb = alb-sg -> web-sg: allows fromPort=80",
        ),
        (
            "from-alb = alb-sg -> web-sg: allows fromPort=8080",
            "from-alb = web-sg -> alb-sg: allows fromPort=8080",
        ),
        ("alb -> web: forwards targetType=ip", "alb -> web: forwards targetType=instance"),
        ("alb -> web: forwards targetType=ip", "alb -> web: forwards targetType=ip listener=none"),
        ("alb: load-balancer + pub-b", "alb: load-balancer scheme=internal + pub-b"),
        ("    pub-b -> igw: routes\n", ""),
        (
            "from-users = users -> alb-sg: allows",
            "from-users = users -> alb-sg: allows\n    out = db-sg -> alb-sg: allows direction=egress fromPort=8080",
        ),
    ] {
        assert!(!reaches(&changed(from, to), "users", "web", None), "{to}");
    }
}

#[test]
fn the_evidence_is_the_way_with_the_fewest_blocked_hops() {
    let design = changed("from-alb = alb-sg -> web-sg: allows fromPort=8080", "");
    let world = World::new(&design);
    let route = world.route(node(&world, "users"), node(&world, "web"), None);
    let blocked: Vec<_> =
        route.hops.iter().filter(|hop| !hop.ok).map(|hop| hop.step().message.to_string()).collect();
    assert_eq!(blocked, ["no inbound rule of `web` admits `alb` on port 8080"]);
}

#[test]
fn images_need_a_role_and_a_way() {
    let pulls = |design: &Design| {
        let world = World::new(design);
        let workload = world.workload(node(&world, "web")).unwrap();
        (world.image_pull(workload).ok(), world.log_writes(workload).ok())
    };
    assert_eq!(pulls(&board(THREE_TIERS)), (true, true));
    assert_eq!(pulls(&changed("    task -> exec: role as=executionRoleArn\n", "")), (false, false));
    assert_eq!(pulls(&changed("role as=executionRoleArn", "role as=taskRoleArn")), (false, false));
    assert_eq!(pulls(&changed("    app-b -> nat: routes\n", "")), (false, false), "every place counts");
    let drawn = changed(
        "exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]",
        "exec: iam-role\n    exec -> repo: grants actions=[\"ecr:*\"]",
    );
    assert_eq!(pulls(&drawn), (true, false));
}

#[test]
fn endpoints_replace_nat_when_the_set_is_whole() {
    let text = "
        vpc: vpc
          app: subnet
            web: ecs-service launchType=FARGATE
            api: vpc-endpoint service=ecr.api vpcEndpointType=Interface
            dkr: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
          s3: vpc-endpoint service=s3
          web-sg: security-group
          ep-sg: security-group
        task: task-definition
        exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
        repo: ecr-repository
        web -> task: runs
        task -> exec: role as=executionRoleArn
        task -> repo: image
        app -> s3: routes
        web-sg -> web: guards
        ep-sg -> api: guards
        ep-sg -> dkr: guards
        web-sg -> ep-sg: allows";
    let gaps = |text: &str| {
        let design = board(text);
        let world = World::new(&design);
        world
            .launch_gaps()
            .iter()
            .map(|gap| format!("{:?}", std::mem::discriminant(&gap.gap)))
            .collect::<Vec<_>>()
            .len()
    };
    assert_eq!(gaps(text), 0);
    for (from, to) in [
        ("app -> s3: routes", "app -> api: routes"),
        ("web-sg -> ep-sg: allows", "web-sg -> ep-sg: allows fromPort=80"),
        (
            "service=ecr.dkr vpcEndpointType=Interface",
            "service=ecr.dkr vpcEndpointType=Interface privateDnsEnabled=false",
        ),
        ("service=ecr.dkr", "service=ecs"),
    ] {
        assert!(text.contains(from), "{from}");
        assert_ne!(gaps(&text.replace(from, to)), 0, "{to}");
    }
}

#[test]
fn strategies_launch_types_and_clusters_decide_what_tasks_run_on() {
    let compute = |text: &str| {
        let design = board(text);
        let world = World::new(&design);
        let workload = world.workload(node(&world, "web")).unwrap();
        (workload.compute.clone(), workload.network_mode, workload.hosts.len())
    };
    let cluster = "
        web: ecs-service
        cluster: ecs-cluster
        spot: capacity-provider type=FARGATE_SPOT
        ec2: capacity-provider type=EC2_AUTOSCALING
        hosts: auto-scaling-group
        web -> cluster: in-cluster
        hosts -> ec2: backs
        ec2 -> cluster: provides";
    assert_eq!(compute(cluster), (vec![Compute::Ec2], NetworkMode::Bridge, 1));
    let default = format!("{cluster}\n        cluster -> spot: uses weight=1");
    assert_eq!(compute(&default), (vec![Compute::FargateSpot], NetworkMode::Awsvpc, 0));
    let own = format!("{default}\n        web -> ec2: uses weight=1");
    assert_eq!(compute(&own), (vec![Compute::Ec2], NetworkMode::Bridge, 1));
    let typed = default.replace("web: ecs-service", "web: ecs-service launchType=FARGATE");
    assert_eq!(compute(&typed), (vec![Compute::Fargate], NetworkMode::Awsvpc, 0));
}

#[test]
fn zones_and_survival() {
    let design = board(THREE_TIERS);
    let world = World::new(&design);
    let survives = |id| world.survives(node(&world, id), 1);
    assert_eq!(world.zones(node(&world, "web")).len(), 2);
    assert!(survives("web") && survives("alb") && survives("db") && survives("repo"));
    assert!(!survives("nat"));
    let one = changed("desiredCount=2", "desiredCount=1");
    let world = World::new(&one);
    assert!(!world.survives(node(&world, "web"), 1), "one task is in one zone");
    let single = changed("multiAZ=true", "multiAZ=false");
    let world = World::new(&single);
    assert!(!world.survives(node(&world, "db"), 1));
}

#[test]
fn tasks_survive_with_as_many_hosts_as_they_have() {
    let survives = |text: &str| {
        let design = board(text);
        let world = World::new(&design);
        world.survives(node(&world, "web"), 1)
    };
    let text = "
        vpc: vpc
          a: subnet availabilityZone=a
            hosts: auto-scaling-group minSize=2 maxSize=2 + b
          b: subnet availabilityZone=b
        cluster: ecs-cluster
        web: ecs-service launchType=EC2 desiredCount=6
        web -> cluster: in-cluster
        hosts -> cluster: in-cluster";
    assert!(survives(text));
    for (size, why) in [
        ("minSize=1 maxSize=2", "nothing raises it before a zone fails"),
        ("minSize=1 maxSize=1", "one host is in one zone"),
        ("minSize=0 maxSize=0", "no host"),
        ("minSize=3 maxSize=2", "refused"),
    ] {
        assert!(!survives(&text.replace("minSize=2 maxSize=2", size)), "{why}");
    }
    let managed = text.replace("launchType=EC2 ", "").replace("minSize=2", "minSize=0")
        + "
        provider: capacity-provider type=EC2_AUTOSCALING
        provider -> cluster: provides
        hosts -> provider: backs
        web -> provider: uses weight=1";
    assert!(survives(&managed), "hosts follow the tasks");
}

#[test]
fn a_load_balancer_reaches_targets_of_the_right_type() {
    let reaches = |mode: &str, set: &str| {
        let design = board(&format!(
            "
        vpc: vpc
          a: subnet
            alb: load-balancer
            hosts: auto-scaling-group
            web: ecs-service launchType=EC2
        cluster: ecs-cluster
        task: task-definition networkMode={mode}
        web -> task: runs
        web -> cluster: in-cluster
        hosts -> cluster: in-cluster
        alb -> web: forwards targetType={set}"
        ));
        let world = World::new(&design);
        world.route(node(&world, "alb"), node(&world, "web"), Some(8080)).ok()
    };
    assert!(reaches("awsvpc", "ip") && reaches("bridge", "instance"));
    assert!(!reaches("awsvpc", "instance") && !reaches("bridge", "ip"));
}

#[test]
fn tasks_on_hosts_are_where_hosts_are() {
    let survives = |hosts: &str| {
        let design = board(&format!(
            "
        vpc: vpc
          a: subnet availabilityZone=a
            hosts: auto-scaling-group minSize=2 maxSize=2 {hosts}
            web: ecs-service launchType=EC2 desiredCount=2 + b
          b: subnet availabilityZone=b
        cluster: ecs-cluster
        task: task-definition networkMode=awsvpc
        web -> task: runs
        web -> cluster: in-cluster
        hosts -> cluster: in-cluster"
        ));
        let world = World::new(&design);
        world.survives(node(&world, "web"), 1)
    };
    assert!(survives("+ b"));
    assert!(!survives(""), "no host in zone b");
}

#[test]
fn code_reaches_regional_services_by_any_way_its_groups_leave_open() {
    let reaches = |rest: &str| {
        let design = board(&format!(
            "
        users: users
        vpc: vpc
          s3: vpc-endpoint service=s3 vpcEndpointType=Gateway
          app: subnet
            web: ecs-service launchType=FARGATE
          web-sg: security-group
        task: task-definition
        files: s3-bucket
        web -> task: runs
        web-sg -> web: guards
        {rest}"
        ));
        let world = World::new(&design);
        world.route(node(&world, "web"), node(&world, "files"), None).ok()
    };
    assert!(!reaches(""), "nothing leads there");
    assert!(reaches("app -> s3: routes"));
    let shut = "app -> s3: routes\n        users -> web-sg: allows direction=egress fromPort=";
    assert!(!reaches(&format!("{shut}80")));
    assert!(reaches(&format!("{shut}443")));
}

#[test]
fn nothing_arrives_where_no_container_listens() {
    let arrives = |ports: &str, port: u16| {
        let design = board(&format!(
            "
        vpc: vpc
          a: subnet
            shop: ecs-service launchType=FARGATE
            web: ecs-service launchType=FARGATE
        task: task-definition containers=[{ports}]
        web -> task: runs"
        ));
        let world = World::new(&design);
        world.route(node(&world, "shop"), node(&world, "web"), Some(port)).ok()
    };
    let two = r#"{"name":"app","containerPort":8080},{"name":"admin","containerPort":9000}"#;
    assert!(arrives(two, 8080) && arrives(two, 9000));
    assert!(!arrives(two, 80));
    assert!(arrives(r#"{"name":"app"}"#, 80), "where no port is written down, nothing is known");
}

#[test]
fn instance_scaling_counts_only_for_tasks_started_through_the_provider() {
    let layers = |text: &str| {
        let design = board(text);
        let world = World::new(&design);
        let ScalingLayers { tasks, instances } =
            world.scaling_layers(world.workload(node(&world, "web")).unwrap());
        (tasks, instances)
    };
    let text = "
        web: ecs-service
        cluster: ecs-cluster
        provider: capacity-provider type=EC2_AUTOSCALING
        hosts: auto-scaling-group
        policy: scaling-policy
        web -> cluster: in-cluster
        provider -> cluster: provides
        hosts -> provider: backs
        policy -> web: scales
        web -> provider: uses weight=1";
    assert_eq!(layers(text), (true, true));
    assert_eq!(layers(&text.replace("type=EC2", "managedScaling=DISABLED type=EC2")), (true, false));
    assert_eq!(layers(&text.replace("web: ecs-service", "web: ecs-service launchType=EC2")), (true, false));
    assert_eq!(layers(&text.replace("policy -> web", "policy -> hosts")), (false, true));
    assert_eq!(layers("web: ecs-service launchType=FARGATE"), (false, true));
}
