//! Requests that last longer than a target may take its leave (`release-deregistration-delay`): every
//! release and every scale-in cuts them off.

use trapwise_model::catalogue::prop;
use trapwise_model::{LinkKind, Value};

use super::release::services;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "requests-cut-off",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["release-deregistration-delay"],
    needs: &[],
    detect,
};

/// What a delay is rounded up to, in seconds.
const STEP: i64 = 60;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    services(world)
        .filter_map(|(service, _)| Some((service.node, longest_request(service.task?)?)))
        .flat_map(|(service, request)| {
            let cut = world.graph().inc(service, LinkKind::Forwards).iter().copied();
            cut.filter(move |forward| delay(*forward) < request)
                .map(move |forward| detection(world, forward, request))
        })
        .collect()
}

fn longest_request(task: Node<'_>) -> Option<i64> {
    let containers = task.component().list(prop::CONTAINERS).iter();
    containers.filter_map(|one| one.field(prop::REQUEST_SECONDS).and_then(Value::as_int)).max()
}

fn delay(forward: Edge<'_>) -> i64 {
    forward.link.int(prop::DEREGISTRATION_DELAY_SECONDS).unwrap_or(0)
}

fn detection<'d>(world: &World<'d>, forward: Edge<'d>, request: i64) -> Detection {
    let (balancer, service) = (forward.from, forward.to);
    let delay = delay(forward);
    let enough = (request / STEP + 1) * STEP;
    Detection::new()
        .pin(service)
        .pin(balancer)
        .pin_link(forward.link)
        .at(service, true, step("request-takes").name("service", service).arg("request", request))
        .on(forward.link, false, step("time-to-finish").arg("delay", delay))
        .name("service", service)
        .name("balancer", balancer)
        .arg("request", request)
        .arg("delay", delay)
        .arg("enough", enough)
        .fix(
            FixBuilder::new(world)
                .set_link(forward.link, prop::DEREGISTRATION_DELAY_SECONDS, enough)
                .done("longer-delay"),
        )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(mark: &str, forward: &str, request: &str) -> String {
        format!(
            "
            #! fixes longer-delay
            alb: load-balancer
            web: ecs-service    {mark}
            task: task-definition containers=[{{\"name\":\"app\"{request}}}]
            web -> task: runs
            alb -> web: forwards {forward}"
        )
    }

    #[test]
    fn fires_on_requests_longer_than_the_delay() {
        let mark = "#! requests-cut-off";
        check(&TRAP, &board(mark, "", ",\"requestSeconds\":420"));
        check(&TRAP, &board(mark, "deregistrationDelaySeconds=30", ",\"requestSeconds\":45"));
    }

    #[test]
    fn silent_on_short_requests_and_long_enough_delays() {
        check(&TRAP, &board("", "", ",\"requestSeconds\":300"));
        check(&TRAP, &board("", "deregistrationDelaySeconds=480", ",\"requestSeconds\":420"));
        check(&TRAP, &board("", "deregistrationDelaySeconds=0", ""));
        check(
            &TRAP,
            "
            worker: ecs-service
            task: task-definition containers=[{\"name\":\"app\",\"requestSeconds\":900}]
            worker -> task: runs",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            alb: load-balancer
            web: ecs-service    #! requests-cut-off: A request to `web` takes up to 420 s, but `alb` gives a leaving target 300 s: longer requests are cut off.
            task: task-definition containers=[{\"name\":\"app\",\"requestSeconds\":420}]
            web -> task: runs
            alb -> web: forwards",
        );
    }
}
