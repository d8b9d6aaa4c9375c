//! A database whose group admits address ranges instead of its callers' groups, where only they may connect
//! (needs `isolated-data`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World, security};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "database-open-to-network",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["mis-sg-vs-private-subnet", "mis-three-tier-layout"],
    needs: &[Need::IsolatedData],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut found = Vec::new();
    for database in
        graph.of_kind(ComponentKind::RdsDatabase).iter().chain(graph.of_kind(ComponentKind::Elasticache))
    {
        for group in security::groups(graph, *database) {
            let rules = graph.inc(group, LinkKind::Allows).iter();
            let open = rules.filter(|rule| {
                rule.link.is(prop::DIRECTION, "ingress") && rule.from.kind != ComponentKind::SecurityGroup
            });
            found.extend(open.map(|rule| detection(world, *database, *rule)));
        }
    }
    found
}

fn detection<'d>(world: &World<'d>, database: Node<'d>, rule: Edge<'d>) -> Detection {
    let peer = match rule.from.kind {
        ComponentKind::Users => step("every-address"),
        _ => step("every-address-in").name("network", rule.from),
    };
    Detection::new()
        .pin(database)
        .pin(rule.to)
        .pin(rule.from)
        .pin_link(rule.link)
        .on(
            rule.link,
            false,
            step("lets-connect").name("group", rule.to).arg("peer", peer.clone()).name("database", database),
        )
        .name("database", database)
        .name("group", rule.to)
        .arg("peer", peer)
        .fixes(fix(world, database, rule))
}

/// The same ports, for the groups of those who call the database.
fn fix<'d>(world: &World<'d>, database: Node<'d>, rule: Edge<'d>) -> Option<Fix> {
    let graph = world.graph();
    let calls = graph.inc(database, LinkKind::Calls).iter();
    let callers = calls.flat_map(|call| world.interfaces(call.from));
    let groups =
        SortedSet::from_iter(callers.flat_map(|caller| security::groups(graph, caller).collect::<Vec<_>>()));
    if groups.is_empty() {
        return None;
    }
    let mut fix = FixBuilder::new(world);
    fix.unlink(rule.link);
    for group in groups {
        let admitted = graph.between(group, LinkKind::Allows, rule.to);
        if !admitted.iter().any(|there| there.link.props == rule.link.props) {
            fix.link(LinkKind::Allows, &group.id, &rule.to.id).alike(rule.link);
        }
    }
    Some(fix.done("callers-only"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            users: users
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE
              data: subnet tier=data
                db: rds-database MARK
              task-sg: security-group
              db-sg: security-group
            db-sg -> db: guards
            task-sg -> web: guards
            web -> db: calls
            PEER -> db-sg: allows direction=ingress protocol=tcp fromPort=5432";

    #[test]
    fn fires_on_ranges_of_every_size() {
        for peer in ["users", "vpc", "app"] {
            let text = BOARD.replace("MARK", "   #! database-open-to-network").replace("PEER", peer);
            check(
                &TRAP,
                &format!("            #! needs isolated-data\n            #! fixes callers-only{text}"),
            );
        }
    }

    #[test]
    fn silent_for_groups_and_where_nothing_demands_it() {
        let text = BOARD.replace("MARK", "");
        check(&TRAP, &format!("            #! needs isolated-data{}", text.replace("PEER", "task-sg")));
        check(&TRAP, &format!("            #! needs production{}", text.replace("PEER", "vpc")));
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            #! needs isolated-data
            users: users
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE
              data: subnet tier=data
                db: rds-database    #! database-open-to-network: `db-sg` lets every address in `vpc` connect to `db`, though only its callers are to reach it.
              task-sg: security-group
              db-sg: security-group
            db-sg -> db: guards
            task-sg -> web: guards
            web -> db: calls
            vpc -> db-sg: allows direction=ingress protocol=tcp fromPort=5432",
        );
    }
}
