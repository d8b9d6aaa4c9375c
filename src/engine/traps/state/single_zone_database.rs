//! A database that is lost with one Availability Zone, where it has to survive that (needs
//! `survives-zone-loss`).

use trapwise_documents::message::Arg;
use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "single-zone-database",
    area: Area::State,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["mis-three-tier-layout"],
    needs: &[Need::SurvivesZoneLoss],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let databases = world.graph().of_kind(ComponentKind::RdsDatabase).iter();
    databases
        .filter(|database| !database.containers.is_empty() && !world.survives(**database, 1))
        .map(|database| detection(world, *database))
        .collect()
}

fn detection<'d>(world: &World<'d>, database: Node<'d>) -> Detection {
    let zones = world.zones(database).into_iter().collect::<Vec<_>>();
    let standby = database.flag(prop::MULTI_AZ);
    let mut evidence = vec![Step::at(
        database,
        zones.len() > 1,
        step("subnets-in-zones")
            .name("database", database)
            .arg("zones", Arg::And(zones.iter().map(|zone| Arg::from(*zone)).collect())),
    )];
    if !standby {
        evidence.push(Step::at(database, false, step("no-standby").name("database", database)));
    }
    Detection::new()
        .pin(database)
        .steps(evidence)
        .name("database", database)
        .fixes(fix(world, database, &zones))
}

/// A standby, and a subnet like its own in a second zone to have it in.
fn fix<'d>(world: &World<'d>, database: Node<'d>, zones: &[&str]) -> Option<Fix> {
    let mut fix = FixBuilder::new(world);
    fix.set(database, prop::MULTI_AZ, true);
    if zones.len() < 2 {
        let home = world.graph().containers(database).next()?;
        let kin = |subnet: Node<'d>| (subnet.component().text(prop::TIER), world.network().exposure(subnet));
        let mut others = world.graph().children(world.network().vpc(home)?).iter();
        let other = others.find(|subnet| {
            subnet.kind == ComponentKind::Subnet
                && kin(**subnet) == kin(home)
                && subnet.text(prop::AVAILABILITY_ZONE) != home.text(prop::AVAILABILITY_ZONE)
        })?;
        let mut places = database.containers.clone();
        places.push(other.id.clone());
        fix.place(database, places);
    }
    Some(fix.done("add-standby"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            vpc: vpc
              data-a: subnet tier=data
                db: rds-database DB
              data-b: subnet tier=data availabilityZone=b";

    #[test]
    fn fires_without_standby_or_second_zone() {
        for db in ["+ data-b", "", "multiAZ=true"] {
            let text = BOARD.replace("DB", &format!("{db}    #! single-zone-database: `db` stands in one Availability Zone and is gone when that zone fails."));
            check(
                &TRAP,
                &format!("            #! needs survives-zone-loss\n            #! fixes add-standby{text}"),
            );
        }
    }

    #[test]
    fn silent_with_standby_unplaced_or_in_a_development_scenario() {
        let needs = "            #! needs survives-zone-loss";
        check(&TRAP, &format!("{needs}{}", BOARD.replace("DB", "multiAZ=true + data-b")));
        check(&TRAP, &format!("{needs}\n            idle: rds-database"));
        check(&TRAP, &BOARD.replace("DB", ""));
    }
}
