//! A call from one VPC into another, with nothing that joins the two (`discovery-lattice`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::names::{LATTICE, callers};
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "no-route-between-vpcs",
    area: Area::Discovery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["discovery-lattice", "feat-service-connect"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let calls = callers(graph).flat_map(|caller| graph.out(caller, LinkKind::Calls)).copied();
    calls.filter_map(|call| detection(world, call)).collect()
}

/// The VPC that its packets start or end in.
fn vpc<'d>(world: &World<'d>, node: Node<'d>) -> Option<Node<'d>> {
    world.interfaces(node).into_iter().find_map(|interface| world.network().vpc(interface))
}

/// Whether the call goes out to the internet and in again.
fn by_internet<'d>(world: &World<'d>, call: Edge<'d>) -> bool {
    let public = |node: Node<'d>| node.is(prop::SCHEME, "internet-facing");
    let forwards = world.graph().inc(call.to, LinkKind::Forwards).iter().map(|edge| edge.from);
    match call.link.text(prop::VIA) {
        Some("load-balancer") => std::iter::once(call.to).chain(forwards).any(public),
        _ => public(call.to) || call.to.flag(prop::PUBLICLY_ACCESSIBLE),
    }
}

fn detection<'d>(world: &World<'d>, call: Edge<'d>) -> Option<Detection> {
    let (caller, callee) = (call.from, call.to);
    let (here, there) = (vpc(world, caller)?, vpc(world, callee)?);
    if here == there || call.link.is(prop::VIA, "lattice") || by_internet(world, call) {
        return None;
    }
    Some(
        Detection::new()
            .pin(caller)
            .pin(callee)
            .pin_link(call.link)
            .at(caller, true, step("calls-from").name("caller", caller).name("here", here))
            .at(there, false, step("no-way").name("here", here).name("there", there))
            .name("caller", caller)
            .name("callee", callee)
            .name("here", here)
            .name("there", there)
            .fixes(lattice(world, call)),
    )
}

/// Calls the service through a service network.
fn lattice<'d>(world: &World<'d>, call: Edge<'d>) -> Option<Fix> {
    let service = (call.to.kind == ComponentKind::EcsService).then_some(call.to)?;
    let mut fix = FixBuilder::new(world);
    fix.set_link(call.link, prop::VIA, "lattice");
    if !LATTICE.is_allowed_for(world.graph(), service) {
        LATTICE.allow(&mut fix, world.graph(), service, None, "infrastructure-role");
    }
    Some(fix.done("use-lattice"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(caller: &str, more: &str) -> String {
        format!(
            "
            bank: vpc
              a: subnet
                quotes: ecs-service    {caller}
            insurer: vpc
              b: subnet
                risk: ecs-service
                alb: load-balancer scheme=internal
                open: load-balancer scheme=internet-facing
                data: rds-database
            task: task-definition networkMode=awsvpc
            quotes -> task: runs
            risk -> task: runs
            {more}"
        )
    }

    #[test]
    fn fires_whatever_finds_the_name() {
        for via in ["direct", "cloud-map", "service-connect", "load-balancer"] {
            let text = board(
                "#! no-route-between-vpcs: `quotes` in `bank` calls `risk` in `insurer`, and nothing joins the two VPCs: its connections time out.",
                &format!("quotes -> risk: calls via={via}"),
            );
            check(&TRAP, &format!("#! fixes use-lattice\n{text}"));
        }
        for to in ["alb", "data"] {
            check(&TRAP, &board("#! no-route-between-vpcs", &format!("quotes -> {to}: calls")));
        }
    }

    #[test]
    fn silent_by_lattice_by_the_internet_and_at_home() {
        for call in [
            "quotes -> risk: calls via=lattice",
            "quotes -> open: calls",
            "open -> risk: forwards\n quotes -> risk: calls via=load-balancer",
            "risk -> data: calls",
        ] {
            check(&TRAP, &board("", call));
        }
        // A table stands in no VPC.
        check(&TRAP, &board("", "table: dynamodb-table\n quotes -> table: calls"));
    }
}
