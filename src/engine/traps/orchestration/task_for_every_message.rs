//! A pipe that starts a task for each of thousands of messages an hour (`pat-sqs-scaling`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "task-for-every-message",
    area: Area::Orchestration,
    severity: Severity::Major,
    domain: Domain::CostOptimised,
    facts: &["pat-sqs-scaling"],
    needs: &[],
    detect,
};

/// From so many messages an hour on, starting tasks is most of what is done.
const MANY: i64 = 1_000;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let pipes = world.graph().of_kind(ComponentKind::EventbridgePipe).iter();
    pipes.filter_map(|pipe| detection(world, *pipe)).collect()
}

fn detection<'d>(world: &World<'d>, pipe: Node<'d>) -> Option<Detection> {
    let graph = world.graph();
    let runs = graph.out(pipe, LinkKind::Runs).first()?;
    let busy = |edge: &&Edge<'d>| edge.from.int(prop::MESSAGES_PER_HOUR).is_some_and(|count| count >= MANY);
    let source = graph.inc(pipe, LinkKind::Sends).iter().find(busy)?;
    let count = source.from.int(prop::MESSAGES_PER_HOUR)?;
    // A filter may leave a few of them.
    if pipe.text(prop::FILTER).is_some() {
        return None;
    }
    Some(
        Detection::new()
            .pin(pipe)
            .pin(source.from)
            .pin(runs.to)
            .pin_link(source.link)
            .pin_link(runs.link)
            .on(source.link, true, step("messages-arrive").arg("count", count).name("queue", source.from))
            .on(runs.link, false, step("starts-as-many").name("pipe", pipe))
            .name("pipe", pipe)
            .name("queue", source.from)
            .name("task", runs.to)
            .arg("count", count),
    )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(queue: &str, pipe: &str, target: &str) -> String {
        format!(
            "
            jobs: sqs-queue {queue}
            task: task-definition
            work: lambda-function
            pipe: eventbridge-pipe {pipe}
            jobs -> pipe: sends
            pipe -> {target}"
        )
    }

    #[test]
    fn fires_on_thousands_an_hour() {
        check(
            &TRAP,
            &board(
                "messagesPerHour=1000",
                "    #! task-for-every-message: `pipe` starts `task` for each of 1000 messages an hour from `jobs`: starting takes longer than the work.",
                "task: runs",
            ),
        );
    }

    #[test]
    fn silent_on_few_filtered_or_cheaply_handled_messages() {
        check(&TRAP, &board("messagesPerHour=999", "", "task: runs"));
        check(&TRAP, &board("", "", "task: runs"));
        check(&TRAP, &board("messagesPerHour=50000", "filter=masters", "task: runs"));
        check(&TRAP, &board("messagesPerHour=50000", "", "work: sends"));
    }
}
