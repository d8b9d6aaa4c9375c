//! Callers that resolve names themselves, where none may reach for tasks that are gone
//! (needs `no-stale-addresses`; `feat-cloud-map`).

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use super::names::{calls, connect, discovery};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "stale-addresses",
    area: Area::Discovery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["feat-cloud-map", "tip-sc-vs-cloudmap"],
    needs: &[Need::NoStaleAddresses],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
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
    let ttl = registers.link.int(prop::TTL).unwrap_or_default();
    let mut proxied = FixBuilder::new(world);
    proxied.set_link(call.link, prop::VIA, "service-connect");
    Some(
        Detection::new()
            .pin(caller)
            .pin(callee)
            .pin_link(call.link)
            .pin_link(registers.link)
            .on(registers.link, true, step("has-dns-records").name("callee", callee).arg("ttl", ttl))
            .on(call.link, false, step("keeps-using-address").name("caller", caller))
            .name("caller", caller)
            .name("callee", callee)
            .arg("ttl", ttl)
            .fix(connect(&mut proxied, world, call).done("use-service-connect")),
    )
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
        let text = board(
            "#! stale-addresses: `web` resolves `api` itself and keeps what it got (300 s, or longer): during a deployment it calls tasks that are gone.",
            "cloud-map",
        );
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
