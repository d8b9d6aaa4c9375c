//! A call by a DNS name that no namespace publishes (`pat-cloud-map`).

use super::names::{by_dns, callers, calls, discovery, name_by_dns};
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "name-not-registered",
    area: Area::Discovery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["pat-cloud-map", "feat-cloud-map"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    callers(graph)
        .flat_map(|caller| calls(graph, caller, "cloud-map"))
        .filter_map(|call| detection(world, call))
        .collect()
}

fn detection<'d>(world: &World<'d>, call: Edge<'d>) -> Option<Detection> {
    let callee = call.to;
    // External instances cannot register at all, which is a trap of its own.
    if world.workload(callee).is_some_and(|one| one.compute.contains(&Compute::External)) {
        return None;
    }
    let failing = match discovery(world.graph(), callee) {
        None => Step::at(callee, false, step("no-name").name("callee", callee)),
        Some(edge) if !by_dns(edge.to) => {
            Step::at(edge.to, false, step("found-by-api-only").name("namespace", edge.to))
        }
        Some(_) => return None,
    };
    Some(
        Detection::new()
            .pin(callee)
            .pin(call.from)
            .pin_link(call.link)
            .on(call.link, true, step("asks-dns").name("caller", call.from).name("callee", callee))
            .step(failing)
            .name("caller", call.from)
            .name("callee", callee)
            .fix(name_by_dns(&mut FixBuilder::new(world), world, callee).done("register")),
    )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const CALL: &str = "web: ecs-service\nweb -> api: calls via=cloud-map";

    #[test]
    fn fires_on_names_that_dns_does_not_know() {
        for names in [
            "",
            "names: cloud-map-namespace",
            "names: cloud-map-namespace\napi -> names: registers as=client-server",
            "names: cloud-map-namespace type=HTTP\napi -> names: registers as=discovery",
        ] {
            check(
                &TRAP,
                &format!(
                    "#! fixes register\napi: ecs-service    #! name-not-registered: `web` looks up `api` in DNS, where `api` has no name: the lookup fails.\n{CALL}\n{names}"
                ),
            );
        }
    }

    #[test]
    fn silent_on_registered_names_and_other_ways() {
        let api = "api: ecs-service\nnames: cloud-map-namespace";
        check(&TRAP, &format!("{api}\n{CALL}\napi -> names: registers as=discovery"));
        check(&TRAP, &format!("{api}\nweb: ecs-service\nweb -> api: calls"));
        check(&TRAP, &format!("api: ecs-service launchType=EXTERNAL\n{CALL}"));
    }
}
