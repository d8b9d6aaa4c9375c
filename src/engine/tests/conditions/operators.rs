//! Each operator, by hand.

use trapwise_engine::report::Status::{self, Fail, Pass, Unknown};
use trapwise_model::Design;

use crate::{design, explain, status};

fn board() -> Design {
    design(
        r#"
        vpc: vpc
          pub-a: subnet tier=public
            alb: load-balancer(front) + pub-b
          pub-b: subnet tier=public availabilityZone=b
          app-a: subnet
            web: ecs-service(web) launchType=FARGATE desiredCount=4 + app-b
          app-b: subnet availabilityZone=b
            one: ecs-service(one)
          igw: internet-gateway
          alb-sg: security-group
          web-sg: security-group
        users: users
        cluster: ecs-cluster
        task: task-definition cpu=512 memory=2048 containers=[{"name":"app","containerPort":8080,"gpu":1},{"name":"log"}]
        exec: iam-role managedPolicies=["AmazonECSTaskExecutionRolePolicy"]
        app: iam-role trust=["ecs-tasks.amazonaws.com","ec2.amazonaws.com"]
        images: ecr-repository
        uploads: s3-bucket
        lines: log-group
        pub-a -> igw: routes
        pub-b -> igw: routes
        users -> alb: sends
        f = alb -> web: forwards targetType=ip targetPort=8080
        web -> task: runs
        task -> exec: role as=executionRoleArn
        task -> app: role as=taskRoleArn
        task -> images: image
        app -> uploads: grants actions=["s3:Get*"]
        alb-sg -> alb: guards
        web-sg -> web: guards
        users -> alb-sg: allows
        alb-sg -> web-sg: allows fromPort=8080"#,
    )
}

/// The status of one test of one property of the components of a kind.
fn attr(kind: &str, prop: &str, test: &str) -> Status {
    let json = format!(r#"{{"attr":{{"of":{{"kind":"{kind}"}},"prop":"{prop}","is":{test}}}}}"#);
    status(&board(), &json)
}

#[test]
fn comparisons_of_a_number() {
    for (test, wanted) in [
        (r#"{"eq":512}"#, Pass),
        (r#"{"eq":256}"#, Fail),
        (r#"{"ne":256}"#, Pass),
        (r#"{"ne":512}"#, Fail),
        (r#"{"in":[256,512]}"#, Pass),
        (r#"{"in":[256]}"#, Fail),
        (r#"{"lt":513}"#, Pass),
        (r#"{"lt":512}"#, Fail),
        (r#"{"le":512}"#, Pass),
        (r#"{"le":511}"#, Fail),
        (r#"{"gt":511}"#, Pass),
        (r#"{"gt":512}"#, Fail),
        (r#"{"ge":512}"#, Pass),
        (r#"{"ge":513}"#, Fail),
        (r#"{"between":[512,600]}"#, Pass),
        (r#"{"between":[400,512]}"#, Pass),
        (r#"{"between":[513,600]}"#, Fail),
        (r#"{"exists":true}"#, Pass),
        (r#"{"exists":false}"#, Fail),
        (r#"{"ge":512,"le":512}"#, Pass),
        (r#"{"ge":512,"le":511}"#, Fail),
    ] {
        assert_eq!(attr("task-definition", "cpu", test), wanted, "{test}");
    }
}

#[test]
fn an_absent_property_has_its_default() {
    assert_eq!(attr("task-definition", "networkMode", r#"{"eq":"bridge"}"#), Pass);
    assert_eq!(attr("task-definition", "networkMode", r#"{"exists":false}"#), Pass);
    assert_eq!(attr("task-definition", "ephemeralStorageGiB", r#"{"ge":20}"#), Unknown);
    assert_eq!(attr("task-definition", "ephemeralStorageGiB", r#"{"ne":20}"#), Unknown);
    assert_eq!(attr("task-definition", "ephemeralStorageGiB", r#"{"exists":true}"#), Fail);
    assert_eq!(attr("iam-role", "trust", r#"{"exists":true}"#), Fail, "not on every role");
}

#[test]
fn texts_match_whole_patterns() {
    let matches =
        |pattern: &str| attr("ecs-cluster", "containerInsights", &format!(r#"{{"matches":"{pattern}"}}"#));
    for pattern in ["disabled", "dis*", "*", "*abled", "d?sabled", "*a*", "????????"] {
        assert_eq!(matches(pattern), Pass, "{pattern}");
    }
    for pattern in ["dis", "abled", "DISABLED", "d??sabled", "", "*x*", "?????????"] {
        assert_eq!(matches(pattern), Fail, "{pattern}");
    }
}

#[test]
fn lists() {
    let trust = |test: &str| {
        let json = format!(
            r#"{{"any":{{"select":{{"kind":"iam-role","where":{{"trust":{{"exists":true}}}}}},"bind":"r",
            "onEmpty":"fail","hold":{{"attr":{{"of":"$r","prop":"trust","is":{test}}}}}}}}}"#
        );
        status(&board(), &json)
    };
    for (test, wanted) in [
        (r#"{"contains":"ec2.amazonaws.com"}"#, Pass),
        (r#"{"contains":"ec2"}"#, Fail),
        (r#"{"subsetOf":["ec2.amazonaws.com","ecs-tasks.amazonaws.com","x"]}"#, Pass),
        (r#"{"subsetOf":["ec2.amazonaws.com"]}"#, Fail),
        (r#"{"eq":["ec2.amazonaws.com","ecs-tasks.amazonaws.com"]}"#, Pass),
        (r#"{"eq":["ec2.amazonaws.com"]}"#, Fail),
        (r#"{"eq":"ec2.amazonaws.com"}"#, Pass),
        (r#"{"ne":"ec2.amazonaws.com"}"#, Fail),
        (r#"{"in":["ec2.amazonaws.com"]}"#, Pass),
        (r#"{"matches":"ec2.*"}"#, Pass),
        (r#"{"matches":"lambda.*"}"#, Fail),
    ] {
        assert_eq!(trust(test), wanted, "{test}");
    }
}

#[test]
fn fields_of_records_are_lists() {
    assert_eq!(attr("task-definition", "containers.gpu", r#"{"ge":1}"#), Pass);
    assert_eq!(attr("task-definition", "containers.gpu", r#"{"eq":[1]}"#), Pass);
    assert_eq!(attr("task-definition", "containers.name", r#"{"eq":["log","app"]}"#), Pass);
    assert_eq!(attr("task-definition", "containers.essential", r#"{"eq":[true,true]}"#), Pass, "default");
    assert_eq!(attr("task-definition", "containers.memory", r#"{"exists":true}"#), Fail);
    assert_eq!(attr("task-definition", "containers.memory", r#"{"ge":0}"#), Fail, "none has one");
    assert_eq!(attr("task-definition", "containers.app.essential", r#"{"eq":[true]}"#), Pass, "of one");
    assert_eq!(attr("task-definition", "containers.log.gpu", r#"{"ge":1}"#), Fail, "the other has it");
    assert_eq!(attr("task-definition", "containers.none.essential", r#"{"contains":true}"#), Fail);
    assert_eq!(attr("task-definition", "containers.log.gpu", r#"{"exists":true}"#), Fail);
    let bare = design("task: task-definition");
    let test = |prop: &str, test: &str| {
        status(
            &bare,
            &format!(r#"{{"attr":{{"of":{{"kind":"task-definition"}},"prop":"{prop}","is":{test}}}}}"#),
        )
    };
    assert_eq!(test("containers.name", r#"{"eq":["app"]}"#), Pass, "the implied container");
    assert_eq!(test("containers.app.essential", r#"{"contains":true}"#), Pass, "by its name, too");
    assert_eq!(test("containers.readonlyRootFilesystem", r#"{"subsetOf":[true]}"#), Fail);
    assert_eq!(test("containers", r#"{"exists":false}"#), Pass);
}

#[test]
fn comparisons_with_another_property() {
    let bound = |prop: &str, test: &str| {
        let json = format!(
            r#"{{"any":{{"select":{{"kind":"task-definition"}},"bind":"t","onEmpty":"fail",
            "hold":{{"attr":{{"of":"$t","prop":"{prop}","is":{test}}}}}}}}}"#
        );
        status(&board(), &json)
    };
    let lookup = r#"{"lookup":{"table":"fargate-sizes","key":{"of":"$t","prop":"cpu"}}}"#;
    assert_eq!(bound("memory", lookup), Pass);
    assert_eq!(bound("cpu", lookup), Fail, "512 MiB is not offered with 512 units");
    assert_eq!(bound("memory", &lookup.replace("cpu", "ephemeralStorageGiB")), Unknown);
    assert_eq!(bound("memory", r#"{"sameAs":{"of":"$t","prop":"memory"}}"#), Pass);
    assert_eq!(bound("memory", r#"{"sameAs":{"of":"t","prop":"cpu"}}"#), Fail);
    assert_eq!(bound("memory", r#"{"sameAs":{"of":"$t","prop":"ephemeralStorageGiB"}}"#), Unknown);
    assert_eq!(bound("memory", r#"{"sameAs":{"of":"$nobody","prop":"cpu"}}"#), Unknown);
}

#[test]
fn derived_properties() {
    assert_eq!(attr("vpc", "@zones", r#"{"ge":0}"#), Unknown, "a VPC has none");
    let of = |preset: &str, prop: &str, test: &str| {
        let json = format!(r#"{{"attr":{{"of":{{"preset":"{preset}"}},"prop":"{prop}","is":{test}}}}}"#);
        status(&board(), &json)
    };
    assert_eq!(of("web", "@zones", r#"{"eq":2}"#), Pass);
    assert_eq!(of("one", "@zones", r#"{"eq":1}"#), Pass);
    assert_eq!(of("front", "@exposure", r#"{"eq":"public"}"#), Pass);
    assert_eq!(of("web", "@exposure", r#"{"eq":"isolated"}"#), Pass);
    assert_eq!(of("web", "@addressing", r#"{"eq":["ipv4"]}"#), Pass);
    assert_eq!(of("web", "@tasks", r#"{"eq":4}"#), Pass);
    assert_eq!(of("web", "@runningTasksMin", r#"{"eq":4}"#), Pass);
    assert_eq!(of("web", "@runningTasksMax", r#"{"eq":8}"#), Pass);
    assert_eq!(of("web", "@compute", r#"{"eq":["fargate"]}"#), Pass);
    assert_eq!(of("one", "@compute", r#"{"subsetOf":["fargate"]}"#), Fail, "no launch type means EC2");
    assert_eq!(of("web", "@networkMode", r#"{"eq":"awsvpc"}"#), Pass);
    assert_eq!(of("web", "@onDemandTasks", r#"{"eq":4}"#), Pass);
    assert_eq!(of("web", "@spotTasks", r#"{"eq":0}"#), Pass);
    assert_eq!(of("web", "@onDemandShare", r#"{"eq":1000}"#), Pass);
    assert_eq!(of("web", "@instances", r#"{"eq":0}"#), Pass);
    assert_eq!(of("web", "@firstPlacement", r#"{"eq":"zones"}"#), Pass, "the default");
    assert_eq!(of("web", "@scalingLayers", r#"{"eq":1}"#), Pass, "Fargate has its own hosts");
    assert_eq!(of("one", "@scalingLayers", r#"{"eq":0}"#), Pass);
}

#[test]
fn a_reference_stands_for_every_component_it_selects() {
    let subnets = |tier: &str, zone: &str| {
        let json = format!(
            r#"{{"attr":{{"of":{{"kind":"subnet","where":{{"tier":{{"eq":"{tier}"}}}}}},
            "prop":"availabilityZone","is":{zone}}}}}"#
        );
        status(&board(), &json)
    };
    assert_eq!(subnets("public", r#"{"in":["a","b"]}"#), Pass);
    assert_eq!(subnets("public", r#"{"eq":"a"}"#), Fail);
    assert_eq!(subnets("data", r#"{"in":["a","b"]}"#), Fail, "none is selected");
    assert_eq!(attr("iam-role", "trust", r#"{"contains":"ec2.amazonaws.com"}"#), Fail);
    assert_eq!(status(&board(), r#"{"attr":{"of":"$x","prop":"cpu","is":{"eq":1}}}"#), Unknown);
}

#[test]
fn connected() {
    let connected = |from: &str, link: &str, to: &str, tests: &str| {
        let json = format!(
            r#"{{"connected":{{"from":{{"kind":"{from}"}},"link":"{link}","to":{{"kind":"{to}"}},"where":{tests}}}}}"#
        );
        status(&board(), &json)
    };
    assert_eq!(connected("load-balancer", "forwards", "ecs-service", "{}"), Fail, "not to every service");
    assert_eq!(connected("task-definition", "role", "iam-role", "{}"), Pass);
    assert_eq!(
        connected("task-definition", "role", "iam-role", r#"{"as":{"eq":"taskRoleArn"}}"#),
        Fail,
        "one of the roles is the other one"
    );
    assert_eq!(connected("iam-role", "role", "task-definition", "{}"), Fail, "the wrong way round");
    let front = |tests: &str| {
        let json = format!(
            r#"{{"connected":{{"from":{{"preset":"front"}},"link":"forwards","to":{{"preset":"web"}},"where":{tests}}}}}"#
        );
        status(&board(), &json)
    };
    assert_eq!(front(r#"{"targetType":{"eq":"ip"},"listenerPort":{"eq":443}}"#), Pass, "443 by default");
    assert_eq!(front(r#"{"targetGroup":{"ne":"blue"}}"#), Fail, "an unknown test does not pass");
    assert_eq!(front(r#"{"targetGroup":{"exists":false}}"#), Pass);
}

#[test]
fn within() {
    let within = |of: &str, container: &str| {
        status(&board(), &format!(r#"{{"within":{{"of":{of},"in":{container}}}}}"#))
    };
    let public = r#"{"kind":"subnet","where":{"tier":{"eq":"public"}}}"#;
    let zone_a = r#"{"kind":"subnet","where":{"availabilityZone":{"eq":"a"}}}"#;
    assert_eq!(within(r#"{"preset":"web"}"#, r#"{"kind":"vpc"}"#), Pass, "however deep");
    assert_eq!(within(r#"{"preset":"front"}"#, public), Pass, "each place in one of them");
    assert_eq!(within(r#"{"preset":"web"}"#, public), Fail);
    assert_eq!(within(r#"{"preset":"web"}"#, zone_a), Fail, "one place is elsewhere");
    assert_eq!(within(r#"{"kind":"vpc"}"#, r#"{"kind":"vpc"}"#), Fail, "nothing stands in itself");
    assert_eq!(within(r#"{"kind":"users"}"#, r#"{"kind":"vpc"}"#), Fail, "it stands in nothing");
}

#[test]
fn path() {
    let path = |from: &str, to: &str, more: &str, links: &str| {
        let json = format!(
            r#"{{"path":{{"from":{{"kind":"{from}"}},"to":{{"kind":"{to}"}},{more}"links":{links}}}}}"#
        );
        status(&board(), &json)
    };
    let all = r#"["sends","forwards","runs","role"]"#;
    assert_eq!(path("users", "task-definition", "", all), Pass);
    assert_eq!(path("users", "task-definition", "", r#"["sends","runs"]"#), Fail, "a link is missing");
    assert_eq!(path("task-definition", "users", "", all), Fail, "the wrong way round");
    assert_eq!(path("users", "iam-role", "", all), Pass, "to every role");
    assert_eq!(path("users", "users", "", all), Fail, "a path has a link");
    assert_eq!(path("users", "iam-role", r#""via":{"kind":"load-balancer"},"#, all), Pass);
    assert_eq!(path("users", "iam-role", r#""via":{"kind":"ecs-cluster"},"#, all), Fail);
    assert_eq!(path("users", "iam-role", r#""via":{"kind":"nat-gateway"},"#, all), Fail, "there is none");
    assert_eq!(path("users", "iam-role", r#""avoid":{"kind":"load-balancer"},"#, all), Fail);
    assert_eq!(path("users", "iam-role", r#""avoid":{"kind":"nat-gateway"},"#, all), Pass, "there is none");
    assert_eq!(path("users", "load-balancer", r#""avoid":{"kind":"load-balancer"},"#, all), Pass, "an end");
    assert_eq!(path("users", "load-balancer", r#""via":{"kind":"load-balancer"},"#, all), Fail, "an end");
}

#[test]
fn what_a_path_goes_through_may_depend_on_what_is_bound() {
    let board = design(
        "
        users: users
        outer: load-balancer
        inner: load-balancer scheme=internal
        web: ecs-service
        users -> outer: sends
        outer -> web: forwards",
    );
    let json = r#"{"exactly":{"count":1,"select":{"kind":"load-balancer"},"bind":"y","onEmpty":"fail","hold":
        {"path":{"from":{"kind":"users"},"to":{"kind":"ecs-service"},"links":["sends","forwards"],
        "via":{"kind":"load-balancer","where":{"scheme":{"sameAs":{"of":"$y","prop":"scheme"}}}}}}}}"#;
    assert_eq!(status(&board, json), Pass);
    for bound in ["via", "avoid"] {
        let json = format!(
            r#"{{"exactly":{{"count":1,"select":{{"kind":"load-balancer"}},"bind":"y","onEmpty":"fail","hold":
            {{"path":{{"from":{{"kind":"users"}},"to":{{"kind":"ecs-service"}},"links":["sends","forwards"],
            "{bound}":"$y"}}}}}}}}"#
        );
        assert_eq!(status(&board, &json), Pass, "{bound}");
    }
}

#[test]
fn distinct() {
    let distinct = |of: &str, attr: &str, ge: u32| {
        status(&board(), &format!(r#"{{"distinct":{{"of":{of},"attr":"{attr}","ge":{ge}}}}}"#))
    };
    assert_eq!(distinct(r#"{"kind":"subnet"}"#, "availabilityZone", 2), Pass);
    assert_eq!(distinct(r#"{"kind":"subnet"}"#, "availabilityZone", 3), Fail);
    assert_eq!(distinct(r#"{"kind":"iam-role"}"#, "trust", 2), Pass, "items count");
    assert_eq!(distinct(r#"{"kind":"ecs-service"}"#, "launchType", 1), Pass);
    assert_eq!(distinct(r#"{"kind":"ecs-service"}"#, "launchType", 2), Unknown, "one is not set");
    assert_eq!(distinct(r#"{"kind":"ecs-service"}"#, "launchType", 3), Fail);
    assert_eq!(distinct(r#"{"kind":"nat-gateway"}"#, "connectivityType", 0), Fail, "none is selected");
}

#[test]
fn derived_relations() {
    let board = board();
    let on = |json: &str| explain(&board, json);
    let reach = |from: &str, to: &str, port: &str| {
        on(&format!(r#"{{"reachable":{{"from":{from},"to":{to}{port}}}}}"#)).0
    };
    let (users, front, web) = (r#"{"kind":"users"}"#, r#"{"preset":"front"}"#, r#"{"preset":"web"}"#);
    assert_eq!(reach(users, front, r#","port":443"#), Pass);
    assert_eq!(reach(users, front, r#","port":80"#), Fail);
    assert_eq!(reach(front, web, ""), Pass);
    assert_eq!(reach(users, web, ""), Pass, "through the load balancer");

    let grants = |action: &str| {
        let json = format!(
            r#"{{"any":{{"select":{{"kind":"iam-role"}},"bind":"r","onEmpty":"fail",
            "hold":{{"roleGrants":{{"role":"$r","action":"{action}","on":{{"kind":"s3-bucket"}}}}}}}}}}"#
        );
        on(&json).0
    };
    assert_eq!((grants("s3:GetObject"), grants("s3:PutObject")), (Pass, Fail));

    let survives = |preset: &str, zones: u32| {
        on(&format!(r#"{{"survives":{{"of":{{"preset":"{preset}"}},"zoneLoss":{zones}}}}}"#)).0
    };
    assert_eq!((survives("web", 1), survives("one", 1), survives("web", 2)), (Pass, Fail, Fail));
}

#[test]
fn launch_questions_do_not_pass_over_nothing() {
    let board = board();
    let ask = |what: &str, of: &str| explain(&board, &format!(r#"{{"{what}":{{"of":{of}}}}}"#));
    let (status, witness) = ask("canPullImage", r#"{"preset":"web"}"#);
    assert_eq!((status, witness.reason.as_str()), (Fail, "from `app-a` nothing leads to ecr.api"));
    assert!(witness.path.iter().any(|step| step.ok) && witness.path.iter().any(|step| !step.ok));
    for (what, of, wanted, reason) in [
        ("canFetchSecret", "web", Fail, "`task` names no secret"),
        ("canWriteLogs", "web", Fail, "`task` names no log group"),
        ("canPullImage", "one", Fail, "`one` runs no task definition"),
        ("canPullImage", "front", Unknown, "`alb` is no service or standalone task"),
    ] {
        let (status, witness) = ask(what, &format!(r#"{{"preset":"{of}"}}"#));
        assert_eq!((status, witness.reason.as_str()), (wanted, reason));
    }
    let floating = design(
        "
        web: ecs-service launchType=FARGATE
        task: task-definition
        images: ecr-repository
        exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
        web -> task: runs
        task -> images: image
        task -> exec: role as=executionRoleArn",
    );
    let (status, witness) = explain(&floating, r#"{"canPullImage":{"of":{"kind":"ecs-service"}}}"#);
    assert_eq!((status, witness.reason.as_str()), (Fail, "`web` has no place to run in"));
}

#[test]
fn a_service_without_tasks_does_nothing() {
    let ask = |text: &str, condition: &str| {
        let board = design(&format!(
            "
        vpc: vpc
          a: subnet
            web: ecs-service launchType=FARGATE desiredCount=0 {text}"
        ));
        let (status, witness) = explain(&board, condition);
        (status, witness.reason)
    };
    let pull = r#"{"canPullImage":{"of":{"kind":"ecs-service"}}}"#;
    let call = r#"{"reachable":{"from":{"kind":"ecs-service"},"to":{"kind":"ecs-service"},"port":80}}"#;
    let task = "\n        task: task-definition\n        web -> task: runs";
    for condition in [pull, call] {
        assert_eq!(ask(task, condition), (Fail, "no task of `web` is wanted".to_owned()));
    }
    let (status, witness) = explain(&design("web: ecs-service launchType=EC2"), call);
    assert_eq!((status, witness.reason.as_str()), (Fail, "`web` has no instance to run on"));
    // A policy will want some, and a daemon counts hosts.
    let scaled = format!("{task}\n        policy: scaling-policy\n        policy -> web: scales");
    assert_eq!(ask(&scaled, call).0, Pass);
    assert_eq!(ask(&format!("schedulingStrategy=DAEMON{task}"), call).0, Pass);
}
