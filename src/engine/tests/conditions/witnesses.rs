//! Which leaf decides, and the sentences a learner reads.

use trapwise_engine::report::Status::{self, Fail, Pass, Unknown};
use trapwise_model::Design;

use crate::{design, explain};

fn board() -> Design {
    design(
        r#"
        vpc: vpc
          app-a: subnet
            web: ecs-service(web) launchType=EC2
          app-b: subnet availabilityZone=b
        alb: load-balancer
        task-a: task-definition(web) cpu=256 memory=700
        task-b: task-definition(other) cpu=512
        role-a: iam-role trust=["ecs-tasks.amazonaws.com"]
        role-b: iam-role
        role-c: iam-role
        uploads: s3-bucket
        web -> task-a: runs
        task-a -> role-b: role as=executionRoleArn
        task-b -> role-c: role as=taskRoleArn
        role-c -> uploads: grants actions=["s3:GetObject"]"#,
    )
}

fn decided(json: &str) -> (Status, String, String) {
    let (status, witness) = explain(&board(), json);
    (status, witness.leaf, witness.reason)
}

#[track_caller]
fn says(json: &str, status: Status, leaf: &str, reason: &str) {
    assert_eq!(decided(json), (status, leaf.to_owned(), reason.to_owned()));
}

#[test]
fn a_failed_any_is_decided_by_the_candidate_that_got_furthest() {
    let json = r#"{"any":{"select":{"kind":"task-definition"},"bind":"td","onEmpty":"fail","hold":
        {"any":{"select":{"kind":"iam-role"},"bind":"role","onEmpty":"fail","hold":{"allOf":[
            {"connected":{"from":"$td","link":"role","to":"$role","where":{"as":{"eq":"taskRoleArn"}}}},
            {"roleGrants":{"role":"$role","action":"s3:PutObject","on":{"kind":"s3-bucket"}}}]}}}}}"#;
    let (status, witness) = explain(&board(), json);
    assert_eq!(status, Fail);
    assert_eq!(witness.leaf, "/any/hold/any/hold/allOf/1/roleGrants");
    let bound: Vec<_> = witness.bound.iter().map(|(name, id)| (name.as_str(), id.as_str())).collect();
    assert_eq!(bound, [("role", "role-c"), ("td", "task-b")]);
    assert_eq!(witness.reason, "`role-c` does not allow s3:PutObject on `uploads`");
    assert_eq!(witness.path.len(), 1);
}

#[test]
fn the_first_failure_in_document_order_decides() {
    let cpu = |value: u32| {
        format!(
            r#"{{"attr":{{"of":{{"preset":"web","kind":"task-definition"}},"prop":"cpu","is":{{"ge":{value}}}}}}}"#
        )
    };
    let (low, high, higher) = (cpu(1), cpu(512), cpu(1024));
    says(
        &format!(r#"{{"allOf":[{low},{high},{higher}]}}"#),
        Fail,
        "/allOf/1/attr",
        "`cpu` of `task-a` is 256, not at least 512",
    );
    says(
        &format!(r#"{{"anyOf":[{high},{{"allOf":[{low},{high}]}},{{"allOf":[{low},{higher}]}}]}}"#),
        Fail,
        "/anyOf/1/allOf/1/attr",
        "`cpu` of `task-a` is 256, not at least 512",
    );
    says(&format!(r#"{{"not":{low}}}"#), Fail, "/not/attr", "`cpu` of `task-a` is 256");
    says(
        &format!(r#"{{"if":{low},"then":{high}}}"#),
        Fail,
        "/then/attr",
        "`cpu` of `task-a` is 256, not at least 512",
    );
    says(
        &format!(r#"{{"if":{high},"then":{low}}}"#),
        Status::NotApplicable,
        "/if/attr",
        "`cpu` of `task-a` is 256, not at least 512",
    );
}

#[test]
fn none_is_decided_by_what_passes() {
    let json = r#"{"none":{"select":{"kind":"iam-role"},"bind":"role","onEmpty":"pass","hold":{"allOf":[
        {"connected":{"from":{"preset":"other"},"link":"role","to":"$role"}},
        {"roleGrants":{"role":"$role","action":"s3:GetObject","on":{"kind":"s3-bucket"}}}]}}}"#;
    says(json, Fail, "/none/hold/allOf/1/roleGrants", "`role-c` allows s3:GetObject on `uploads`");
}

#[test]
fn counts_say_how_many() {
    let count = |name: &str, count: u32| {
        format!(
            r#"{{"{name}":{{"count":{count},"select":{{"kind":"task-definition"}},"bind":"t","onEmpty":"fail",
            "hold":{{"attr":{{"of":"$t","prop":"cpu","is":{{"ge":300}}}}}}}}}}"#
        )
    };
    says(&count("atMost", 0), Fail, "/atMost", "it holds for 1 of 2, not for at most 0");
    says(&count("atLeast", 2), Fail, "/atLeast/hold/attr", "`cpu` of `task-a` is 256, not at least 300");
    says(&count("exactly", 1), Pass, "/exactly", "it holds for 1 of 2");
    let all = r#"{"atLeast":{"count":3,"select":{"kind":"task-definition"},"bind":"t","onEmpty":"fail",
        "hold":{"attr":{"of":"$t","prop":"cpu","is":{"exists":true}}}}}"#;
    says(all, Fail, "/atLeast", "it holds for 2 of 2, not for at least 3");
}

#[test]
fn few_hosts_are_named_where_they_are_too_few() {
    let survives = |size: &str| {
        let board = design(&format!(
            "
        vpc: vpc
          a: subnet
            hosts: auto-scaling-group {size} + b
          b: subnet availabilityZone=b
        cluster: ecs-cluster
        web: ecs-service(web) launchType=EC2 desiredCount=6
        web -> cluster: in-cluster
        hosts -> cluster: in-cluster"
        ));
        explain(&board, r#"{"survives":{"of":{"preset":"web"},"zoneLoss":1}}"#).1.reason
    };
    let stands = "the loss of 1 zone: it stands in 2 zones with 6 tasks";
    assert_eq!(survives("minSize=2 maxSize=2"), format!("`web` survives {stands}"));
    assert_eq!(survives("minSize=1 maxSize=1"), format!("`web` does not survive {stands} on 1 host"));
}

#[test]
fn reasons_are_sentences() {
    let web_task = r#"{"kind":"task-definition","preset":"web"}"#;
    let attr =
        |prop: &str, test: &str| format!(r#"{{"attr":{{"of":{web_task},"prop":"{prop}","is":{test}}}}}"#);
    let bound = |test: &str| {
        format!(
            r#"{{"all":{{"select":{web_task},"bind":"t","onEmpty":"fail",
            "hold":{{"attr":{{"of":"$t","prop":"memory","is":{test}}}}}}}}}"#
        )
    };
    let role = |to: &str, place: &str| {
        format!(
            r#"{{"connected":{{"from":{web_task},"link":"role","to":{to},"where":{{"as":{{"eq":"{place}"}}}}}}}}"#
        )
    };
    let lookup = r#"{"lookup":{"table":"fargate-sizes","key":{"of":"$t","prop":"cpu"}}}"#;
    let same = r#"{"sameAs":{"of":"$t","prop":"cpu"}}"#;
    for (json, status, reason) in [
        (attr("cpu", r#"{"in":[512,1024]}"#), Fail, "`cpu` of `task-a` is 256, not one of 512, 1024"),
        (attr("cpu", r#"{"ne":256}"#), Fail, "`cpu` of `task-a` is 256, not anything else than 256"),
        (attr("cpu", r#"{"between":[1,2]}"#), Fail, "`cpu` of `task-a` is 256, not from 1 to 2"),
        (attr("cpu", r#"{"exists":false}"#), Fail, "`cpu` of `task-a` is set"),
        (attr("ephemeralStorageGiB", r#"{"ge":1}"#), Unknown, "`ephemeralStorageGiB` of `task-a` is not set"),
        (attr("networkMode", r#"{"eq":"awsvpc"}"#), Fail, "`networkMode` of `task-a` is bridge, not awsvpc"),
        (attr("networkMode", r#"{"matches":"a*"}"#), Fail, "`networkMode` of `task-a` is bridge, not like `a*`"),
        (attr("@tasks", r#"{"ge":1}"#), Unknown, "`task-a` has no `@tasks`"),
        (
            attr("containers.gpu", r#"{"contains":1}"#),
            Fail,
            "`containers.gpu` of `task-a` is empty, without 1",
        ),
        (
            attr("containers.name", r#"{"subsetOf":["web"]}"#),
            Fail,
            "`containers.name` of `task-a` has app, which is not among web",
        ),
        (bound(lookup), Fail, "`memory` of `task-a` is 700, not in the row 256 of `fargate-sizes` for `cpu` of `task-a`"),
        (bound(same), Fail, "`memory` of `task-a` is 700, not 256 like `cpu` of `task-a`"),
        (role(r#"{"preset":"x"}"#, "taskRoleArn"), Fail, "the board has no component `x`"),
        (role(r#"{"kind":"iam-role"}"#, "taskRoleArn"), Fail, "`task-a` has no task role"),
        (
            role(r#"{"kind":"iam-role"}"#, "executionRoleArn"),
            Fail,
            "`role-a` is not the task execution role of `task-a`",
        ),
        (
            r#"{"connected":{"from":{"kind":"load-balancer"},"link":"forwards","to":{"preset":"web","kind":"ecs-service"}}}"#
                .to_owned(),
            Fail,
            "no link `forwards` leads from `alb` to `web`",
        ),
        (
            r#"{"connected":{"from":{"kind":"ecs-service"},"link":"runs","to":{"kind":"task-definition","preset":"web"}}}"#
                .to_owned(),
            Pass,
            "`web` runs `task-a`",
        ),
        (
            r#"{"within":{"of":{"kind":"ecs-service"},"in":{"kind":"subnet","where":{"availabilityZone":{"eq":"b"}}}}}"#
                .to_owned(),
            Fail,
            "`web` does not stand in `app-b`",
        ),
        (
            r#"{"path":{"from":{"kind":"ecs-service"},"to":{"kind":"s3-bucket"},"links":["runs","role"]}}"#
                .to_owned(),
            Fail,
            "no path of `runs`, `role` leads from `web` to `uploads`",
        ),
        (
            r#"{"distinct":{"of":{"kind":"subnet"},"attr":"tier","ge":2}}"#.to_owned(),
            Fail,
            "`tier` has 1 value, not at least 2",
        ),
        (
            r#"{"attr":{"of":{"kind":"subnet","where":{"tier":{"eq":"data"}}},"prop":"tier","is":{"eq":"data"}}}"#
                .to_owned(),
            Fail,
            "the board has no subnet with `tier` data",
        ),
    ] {
        let (got, _, said) = decided(&json);
        assert_eq!((got, said.as_str()), (status, reason), "{json}");
    }
}
