//! Work that needs more memory than its Lambda function has (`pat-lambda-hybrid`).

use super::functions::invoked;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "job-larger-than-lambda",
    area: Area::Orchestration,
    severity: Severity::Critical,
    domain: Domain::HighPerforming,
    facts: &["pat-lambda-hybrid"],
    needs: &[],
    detect,
};

/// The most memory that a function can be given, in MB.
const LIMIT: i64 = 10_240;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    invoked(world.graph())
        .filter_map(|function| {
            let (work, memory) = (function.int(prop::WORK_MEMORY)?, function.int(prop::MEMORY_SIZE)?);
            (work > memory).then(|| detection(world, function, work, memory))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, function: Node<'d>, work: i64, memory: i64) -> Detection {
    // Beyond the limit no setting helps: the work belongs into a task.
    let more = FixBuilder::new(world).set(function, prop::MEMORY_SIZE, work).done("raise-memory");
    Detection::new()
        .pin(function)
        .at(function, true, step("work-takes").name("function", function).arg("work", work))
        .at(function, false, step("has-memory").arg("memory", memory))
        .name("function", function)
        .arg("work", work)
        .arg("memory", memory)
        .fixes(if work <= LIMIT { vec![more] } else { Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_work_beyond_the_memory() {
        check(
            &TRAP,
            "
            #! fixes raise-memory
            nightly: eventbridge-rule
            resize: lambda-function workMemory=10240 memorySize=1024    #! job-larger-than-lambda: The work of `resize` takes 10240 MB of memory, and it has 1024: the invocation fails.
            check: lambda-function workMemory=129    #! job-larger-than-lambda
            nightly -> resize: sends
            nightly -> check: sends",
        );
        check(
            &TRAP,
            "
            nightly: eventbridge-rule
            film: lambda-function workMemory=10241 memorySize=10240    #! job-larger-than-lambda
            nightly -> film: sends",
        );
    }

    #[test]
    fn silent_on_work_that_fits_is_not_known_or_is_never_given() {
        check(
            &TRAP,
            "
            nightly: eventbridge-rule
            resize: lambda-function workMemory=10240 memorySize=10240
            check: lambda-function workMemory=128
            mail: lambda-function
            idle: lambda-function workMemory=999
            nightly -> resize: sends
            nightly -> check: sends
            nightly -> mail: sends",
        );
    }
}
