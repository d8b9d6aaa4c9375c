//! Work that takes longer than its Lambda function may run (`pat-lambda-hybrid`).

use super::functions::invoked;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "job-longer-than-lambda",
    area: Area::Orchestration,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["pat-lambda-hybrid"],
    needs: &[],
    detect,
};

/// The longest timeout that a function can be given, in seconds.
const LIMIT: i64 = 900;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    invoked(world.graph())
        .filter_map(|function| {
            let (work, timeout) = (function.int(prop::WORK_SECONDS)?, function.int(prop::TIMEOUT)?);
            (work > timeout).then(|| detection(world, function, work, timeout))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, function: Node<'d>, work: i64, timeout: i64) -> Detection {
    // Beyond the limit no setting helps: the work belongs into a task.
    let longer = FixBuilder::new(world).set(function, prop::TIMEOUT, work).done("raise-timeout");
    Detection::new()
        .pin(function)
        .at(function, true, step("invoked").name("function", function))
        .at(function, false, step("ended-early").arg("timeout", timeout).arg("work", work))
        .name("function", function)
        .arg("work", work)
        .arg("timeout", timeout)
        .fixes(if work <= LIMIT { vec![longer] } else { Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_work_beyond_the_timeout() {
        check(
            &TRAP,
            "
            #! fixes raise-timeout
            web: ecs-service
            jobs: sqs-queue
            resize: lambda-function workSeconds=900 timeout=60    #! job-longer-than-lambda: The work of `resize` takes up to 900 seconds, and it is ended after 60.
            check: lambda-function workSeconds=4    #! job-longer-than-lambda
            jobs -> resize: sends
            web -> check: calls",
        );
        check(
            &TRAP,
            "
            jobs: sqs-queue
            film: lambda-function workSeconds=901 timeout=900    #! job-longer-than-lambda
            jobs -> film: sends",
        );
    }

    #[test]
    fn silent_on_work_that_fits_is_not_known_or_is_never_given() {
        check(
            &TRAP,
            "
            jobs: sqs-queue
            resize: lambda-function workSeconds=900 timeout=900
            check: lambda-function workSeconds=3
            mail: lambda-function
            idle: lambda-function workSeconds=999
            jobs -> resize: sends
            jobs -> check: sends
            jobs -> mail: sends",
        );
    }
}
