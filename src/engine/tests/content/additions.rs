//! What has nothing to do with a design does it no harm: every reference with any one of these beside it
//! passes as before, and falls into nothing.

use trapwise_engine::condition::{Condition, Op};
use trapwise_engine::evaluate;
use trapwise_engine::scenario::Scenario;
use trapwise_model::{Design, fixture};

use crate::library::LIBRARY;

/// Parts that nobody asked for, as fixtures. What costs by the hour or has to be operated is none of them.
const HARMLESS: &[(&str, &str)] = &[
    ("another bucket", "x: s3-bucket"),
    (
        "a bucket that everybody may read",
        "x: s3-bucket\nr: iam-role\nr -> x: grants actions=[\"s3:GetObject\"]",
    ),
    ("an unused role", "x: iam-role"),
    ("a role that Lambda may take on, unused", "x: iam-role trust=[\"lambda.amazonaws.com\"]"),
    ("a second log group", "x: log-group"),
    ("a queue", "x: sqs-queue"),
    ("a topic", "x: sns-topic"),
    ("a table", "x: dynamodb-table"),
    ("an unconnected parameter", "x: ssm-parameter"),
    ("an unconnected secret", "x: secret"),
    ("a secret with a key of its own", "x: secret\nk: kms-key\nk -> x: encrypts"),
    ("an unused key", "x: kms-key"),
    ("users who use nothing", "x: users"),
    ("another cluster", "x: ecs-cluster"),
    ("an unused repository", "x: ecr-repository"),
    ("a registry elsewhere", "x: external-registry"),
    ("a namespace without services", "x: cloud-map-namespace"),
    ("an office", "x: on-premises"),
    ("another VPC", "x: vpc"),
    ("another VPC with subnets", "x: vpc\n  s: subnet tier=data\n  t: subnet availabilityZone=b tier=data"),
    ("a group in another VPC", "x: vpc\n  g: security-group"),
    ("an unused capacity provider", "x: capacity-provider type=FARGATE_SPOT"),
    ("a file system that nobody mounts", "x: efs-file-system"),
    ("a function", "x: lambda-function"),
    ("a state machine", "x: step-functions"),
    ("a rule that starts nothing", "x: eventbridge-rule"),
    ("an alarm on nothing", "x: cloudwatch-alarm"),
    ("a pipeline that deploys nothing", "x: codepipeline"),
    ("a task definition that nobody runs", "x: task-definition"),
];

#[test]
fn what_has_nothing_to_do_with_it_does_no_harm() {
    let mut wrong = Vec::new();
    for content in LIBRARY.iter() {
        for (name, design) in &content.references {
            for (what, text) in HARMLESS {
                let more = beside(design, text);
                let evaluation = evaluate(&content.scenario, &more);
                let score = &evaluation.score;
                let harmed = evaluation.checks.iter().filter(|check| check.points < check.possible);
                // What costs is not harmless where the bill is what is asked for.
                let dearer = evaluation.findings.is_empty()
                    && harmed.clone().count() > 0
                    && harmed.clone().all(|check| is_budget(&content.scenario, &check.id));
                if dearer {
                    continue;
                }
                if !score.passed || score.percent != 100 || !evaluation.findings.is_empty() {
                    let traps: Vec<_> = evaluation.findings.iter().map(|one| one.trap.id).collect();
                    let failed: Vec<_> = harmed.map(|check| check.id.as_str()).collect();
                    let id = &content.scenario.id;
                    wrong.push(format!("{id}/{name} with {what}: {} {traps:?} {failed:?}", score.percent));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a check asks for the cost or the work of the whole design.
fn is_budget(scenario: &Scenario, check: &str) -> bool {
    let check = scenario.checks.iter().find(|one| one.id == check).unwrap();
    matches!(&*check.when, Condition::Op(op) if matches!(**op, Op::Cost(_) | Op::Operations(_)))
}

/// The design with the parts of a fixture beside it, under ids of their own.
fn beside(design: &Design, text: &str) -> Design {
    let more = fixture::parse(text).unwrap().design;
    let own =
        |id: &trapwise_model::ComponentId| trapwise_model::ComponentId::new(&format!("zz-{id}")).unwrap();
    let components = more.components().map(|component| {
        let mut component = component.as_ref().clone();
        component.id = own(&component.id);
        component.containers = component.containers.iter().map(own).collect();
        component.into()
    });
    let links = more.links().map(|link| {
        let mut link = link.as_ref().clone();
        link.id = trapwise_model::LinkId::new(&format!("zz-{}", link.id)).unwrap();
        (link.from, link.to) = (own(&link.from), own(&link.to));
        link.into()
    });
    let components = design.components().cloned().chain(components).collect();
    Design::from_parts(components, design.links().cloned().chain(links).collect()).unwrap()
}
