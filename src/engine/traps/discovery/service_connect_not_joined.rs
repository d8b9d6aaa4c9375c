//! A call by Service Connect where one of the two has no part in it (`feat-service-connect`).

use trapwise_model::ComponentKind;

use super::names::{calls, connect, connects, serves};
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Graph, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "service-connect-not-joined",
    area: Area::Discovery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-service-connect"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let services = graph.of_kind(ComponentKind::EcsService).iter();
    let calls = services.flat_map(|caller| calls(graph, *caller, "service-connect"));
    calls.filter(|call| !share(graph, *call)).map(|call| detection(world, call)).collect()
}

/// Whether the callee has a name in a namespace that the caller's proxy knows.
fn share<'d>(graph: &Graph<'d>, call: Edge<'d>) -> bool {
    connects(graph, call.to)
        .filter(|edge| serves(*edge))
        .any(|served| connects(graph, call.from).any(|edge| edge.to == served.to))
}

fn detection<'d>(world: &World<'d>, call: Edge<'d>) -> Detection {
    let graph = world.graph();
    let (caller, callee) = (call.from, call.to);
    let asks = connects(graph, caller).next().is_some();
    let answers = connects(graph, callee).any(serves);
    let joined_as_client = if asks { step("joined-as-client") } else { step("not-joined-as-client") };
    let joined_as_server = if answers { step("joined-as-server") } else { step("not-joined-as-server") };
    let mut evidence = vec![
        Step::at(caller, asks, joined_as_client.name("service", caller)),
        Step::at(callee, answers, joined_as_server.name("service", callee)),
    ];
    if asks && answers {
        evidence.push(Step::on(call.link, false, step("different-namespaces")));
    }
    Detection::new()
        .pin(caller)
        .pin(callee)
        .pin_link(call.link)
        .steps(evidence)
        .name("caller", caller)
        .name("callee", callee)
        .fix(connect(&mut FixBuilder::new(world), world, call).done("join"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(caller: &str, links: &str) -> String {
        format!(
            "
            web: ecs-service    {caller}
            api: ecs-service
            names: cloud-map-namespace
            others: cloud-map-namespace type=HTTP
            web -> api: calls via=service-connect
            {links}"
        )
    }

    #[test]
    fn fires_where_one_of_them_is_missing() {
        for links in [
            "",
            "web -> names: registers as=client",
            "api -> names: registers as=client-server",
            "web -> names: registers as=client\n api -> names: registers as=client",
            "web -> names: registers as=client\n api -> others: registers as=client-server",
            "web -> names: registers as=discovery\n api -> names: registers as=discovery",
        ] {
            let text = board("#! service-connect-not-joined", links);
            check(&TRAP, &format!("#! fixes join\n{text}"));
        }
        check(
            &TRAP,
            "
            web: ecs-service    #! service-connect-not-joined: `web` calls `api` by Service Connect, but the two have not joined one namespace as client and server: the name does not resolve.
            api: ecs-service
            web -> api: calls via=service-connect",
        );
    }

    #[test]
    fn silent_where_both_are_in_one_namespace() {
        for part in ["client", "client-server"] {
            let links =
                format!("web -> names: registers as={part}\n api -> names: registers as=client-server");
            check(&TRAP, &board("", &links));
        }
    }

    #[test]
    fn silent_on_calls_by_other_ways() {
        for via in ["direct", "cloud-map", "lattice"] {
            check(&TRAP, &format!("web: ecs-service\napi: ecs-service\nweb -> api: calls via={via}"));
        }
    }
}
