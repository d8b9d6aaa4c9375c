//! An image in another account's repository, which does not let this account pull
//! (`pat-ecr-execution-role`): across accounts both sides have to allow.

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::fix::FixBuilder;
use crate::world::{Hop, What};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "cross-account-pull-without-policy",
    area: Area::Roles,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["image-across-accounts", "pat-ecr-execution-role"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let foreign = graph.of_kind(ComponentKind::EcrRepository).iter().filter(|repository| {
        repository.flag(prop::OTHER_ACCOUNT) && !repository.flag(prop::POLICY_ALLOWS_PULL)
    });
    let mut found = Vec::new();
    for repository in foreign {
        let images = graph.inc(*repository, LinkKind::Image);
        for image in images.chunk_by(|a, b| a.from == b.from).filter_map(<[_]>::first) {
            let task = image.from;
            if graph.inc(task, LinkKind::Runs).is_empty() {
                continue;
            }
            let policy = What::RepositoryPolicy(*repository);
            found.push(
                Detection::new()
                    .pin(task)
                    .pin(*repository)
                    .pin_link(image.link)
                    .on(
                        image.link,
                        true,
                        Message::new("evidence.pulls-image")
                            .name("task", task)
                            .name("repository", repository),
                    )
                    .step(Hop { what: policy, at: Some(*repository), link: None, ok: false }.step())
                    .name("task", task)
                    .name("repository", *repository)
                    .fix(
                        FixBuilder::new(world)
                            .set(*repository, prop::POLICY_ALLOWS_PULL, true)
                            .done("allow-account"),
                    ),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_for_each_task_definition() {
        check(
            &TRAP,
            "
            #! fixes allow-account
            web: ecs-service launchType=FARGATE
            task: task-definition    #! cross-account-pull-without-policy: `shared` is in another account, and its repository policy does not let this one pull for `task`: no task starts.
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            shared: ecr-repository otherAccount=true
            web -> task: runs
            task -> shared: image container=a
            task -> shared: image container=b
            task -> exec: role as=executionRoleArn",
        );
    }

    #[test]
    fn silent_at_home_when_admitted_or_when_nothing_runs() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            task: task-definition
            other: task-definition
            idle: task-definition
            own: ecr-repository
            open: ecr-repository otherAccount=true policyAllowsPull=true
            closed: ecr-repository otherAccount=true
            web -> task: runs
            api -> other: runs
            task -> own: image
            other -> open: image
            idle -> closed: image",
        );
    }
}
