//! A database or cache in a subnet with a route to the internet (`mis-three-tier-layout`), where the data
//! tier has to be apart (needs `isolated-data`).
//!
//! Without that demand it stays silent: a database without a public address is not reached from the internet.

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use super::launch;
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Exposure, Hop, Node, What, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "database-in-public-subnet",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["mis-three-tier-layout", "mis-sg-vs-private-subnet"],
    needs: &[Need::IsolatedData],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let databases = graph.of_kind(ComponentKind::RdsDatabase).iter();
    databases
        .chain(graph.of_kind(ComponentKind::Elasticache))
        .filter_map(|database| {
            let homes = graph.containers(*database);
            let public = homes.filter(|home| launch::is_public(world, *home)).collect::<Vec<_>>();
            (!public.is_empty()).then(|| detection(world, *database, &public))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, database: Node<'d>, public: &[Node<'d>]) -> Detection {
    let mut evidence = public
        .iter()
        .map(|home| {
            let mut step =
                Hop { what: What::InternetRoute(*home), at: Some(*home), link: None, ok: true }.step();
            step.ok = false;
            step
        })
        .collect::<Vec<_>>();
    evidence.push(Step::at(database, false, step("only-security-group").name("database", database)));
    Detection::new()
        .pin(database)
        .pin_all(public)
        .steps(evidence)
        .name("database", database)
        .names("subnet", public)
        .fixes(fix(world, database))
}

/// Into isolated subnets, those of the data tier before others; else into private ones.
fn fix<'d>(world: &World<'d>, database: Node<'d>) -> Option<Fix> {
    let vpc = world.network().vpc(database);
    let isolated = |subnet: Node<'d>| world.network().exposure(subnet) == Exposure::Isolated;
    let choices = [
        launch::one_in_each_zone(world, vpc, &|subnet| isolated(subnet) && subnet.is(prop::TIER, "data")),
        launch::one_in_each_zone(world, vpc, &isolated),
        launch::one_in_each_zone(world, vpc, &|subnet| !launch::is_public(world, subnet)),
    ];
    let places = choices.into_iter().find(|places| !places.is_empty())?;
    let mut fix = FixBuilder::new(world);
    fix.place(database, places);
    if database.flag(prop::PUBLICLY_ACCESSIBLE) {
        fix.reset(database, prop::PUBLICLY_ACCESSIBLE);
    }
    Some(fix.done("move-isolated"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            #! needs NEED
            vpc: vpc
              igw: internet-gateway
              pub-a: subnet tier=public
                HOME
              app-a: subnet
              data-a: subnet tier=data
              data-b: subnet tier=data availabilityZone=b
            pub-a -> igw: routes";

    #[test]
    fn fires_on_databases_and_caches() {
        for kind in ["rds-database publiclyAccessible=true", "rds-database + data-b", "elasticache"] {
            let home = format!(
                "db: {}    #! database-in-public-subnet: `db` stands in `pub-a`, from where a route leads to the internet, though it is to be isolated.",
                kind
            );
            let text = BOARD.replace("HOME", &home).replace("NEED", "isolated-data");
            check(&TRAP, &format!("            #! fixes move-isolated{text}"));
        }
    }

    #[test]
    fn silent_in_closed_subnets_and_where_nothing_demands_it() {
        let closed = BOARD.replace(
            "              data-a: subnet tier=data\n",
            "              data-a: subnet tier=data\n                db: rds-database + app-a\n",
        );
        check(&TRAP, &closed.replace("HOME", "web: ecs-service").replace("NEED", "isolated-data"));
        check(&TRAP, &BOARD.replace("HOME", "db: rds-database").replace("NEED", "production"));
    }
}
