//! Callers that resolve names themselves, where none may reach for tasks that are gone
//! (needs `no-stale-addresses`; `feat-cloud-map`).

use trapwise_model::{ComponentKind, SortedMap};

use super::names::{calls, connect, discovery};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::traps::fix::{FixBuilder, name};
use crate::traps::{Scene, Trap, evidence};
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "stale-addresses",
    area: Area::Discovery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["feat-cloud-map", "tip-sc-vs-cloudmap"],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    if !scene.needs(Need::NoStaleAddresses) {
        return Vec::new();
    }
    let world = scene.world;
    let services = world.graph().of_kind(ComponentKind::EcsService).iter();
    services
        .flat_map(|caller| calls(world.graph(), *caller, "cloud-map"))
        .filter_map(|call| detection(world, call))
        .collect()
}

fn detection<'d>(world: &World<'d>, call: Edge<'d>) -> Option<Detection> {
    let (caller, callee) = (call.from, call.to);
    let registers = discovery(world.graph(), callee)?;
    let ttl = registers.link.int("ttl").unwrap_or_default();
    let proxied = FixBuilder::new(world).set_link(call.link, "via", "service-connect");
    Some(Detection {
        components: vec![caller.id.clone(), callee.id.clone()],
        links: vec![call.link.id.clone(), registers.link.id.clone()],
        evidence: vec![
            evidence::on(registers.link, true, format!("`{}` has DNS records for {ttl} s", callee.id)),
            evidence::on(
                call.link,
                false,
                format!("`{}` goes on using an address after its task has stopped", caller.id),
            ),
        ],
        args: SortedMap::from([("caller", name(caller)), ("callee", name(callee)), ("ttl", ttl.to_string())]),
        fixes: vec![connect(proxied, world, call).done("use-service-connect")],
    })
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(caller: &str, via: &str) -> String {
        format!(
            "
            web: ecs-service    {caller}
            api: ecs-service
            names: cloud-map-namespace
            api -> names: registers as=discovery ttl=300
            web -> api: calls via={via}"
        )
    }

    #[test]
    fn fires_where_addresses_must_be_fresh() {
        let text = board("#! stale-addresses", "cloud-map");
        check(&TRAP, &format!("#! needs no-stale-addresses\n#! fixes use-service-connect\n{text}"));
    }

    #[test]
    fn silent_behind_a_proxy_or_where_it_may_happen() {
        for via in ["service-connect", "direct", "lattice"] {
            check(&TRAP, &format!("#! needs no-stale-addresses\n{}", board("", via)));
        }
        check(&TRAP, &board("", "cloud-map"));
    }
}
