//! A service that answers somebody in production, and all of whose tasks AWS may take back (needs `production`;
//! `trap-all-spot-production`).
//!
//! Workers that nobody waits for may run on Spot alone.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::strategy::{base, buys_spot, is_spot, weight};
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "all-spot-production",
    area: Area::Compute,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["trap-all-spot-production", "feat-fargate-spot", "tip-fargate-spot-2min", "feat-ec2-spot"],
    needs: &[Need::Production],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let services = world.workloads().iter().filter(|one| one.node.kind == ComponentKind::EcsService);
    let answering = services.filter(|one| {
        let called = |kind| !world.graph().inc(one.node, kind).is_empty();
        called(LinkKind::Forwards) || called(LinkKind::Calls)
    });
    answering.filter_map(|one| Some(detection(world, one, &all_spot(world, one)?))).collect()
}

/// What gives it capacity, when all of that is Spot.
fn all_spot<'d>(world: &World<'d>, workload: &Workload<'d>) -> Option<Vec<Node<'d>>> {
    let sources: Vec<_> = if workload.strategy.is_empty() {
        workload.hosts.iter().copied().filter(|_| workload.on_ec2()).collect()
    } else {
        let taking = workload.strategy.iter().filter(|entry| base(entry) > 0 || weight(entry) > 0);
        taking.map(|entry| entry.to).collect()
    };
    let spot = |source: &Node<'d>| buys_spot(*source) || is_spot(world, *source);
    (!sources.is_empty() && sources.iter().all(spot)).then_some(sources)
}

fn detection<'d>(world: &World<'d>, workload: &Workload<'d>, sources: &[Node<'d>]) -> Detection {
    let node = workload.node;
    let spot = |source: &Node<'d>| Step::at(*source, false, step("spot-capacity").name("provider", source));
    Detection::new()
        .pin(node)
        .pin_all(sources)
        .steps(sources.iter().map(spot))
        .name("service", node)
        .names("providers", sources)
        .fixes(steady_base(world, workload))
}

/// Puts the fewest tasks there are on Fargate. A group cannot stand beside Fargate in one strategy.
fn steady_base<'d>(world: &World<'d>, workload: &Workload<'d>) -> Option<Fix> {
    let first = workload.strategy.first()?;
    if !workload.strategy.iter().all(|entry| entry.to.is(prop::TYPE, "FARGATE_SPOT")) {
        return None;
    }
    let graph = world.graph();
    let cluster = workload.cluster?;
    let owner = first.from;
    let mut fix = FixBuilder::new(world);
    for entry in workload.strategy.iter().filter(|entry| base(entry) > 0) {
        fix.set_link(entry.link, prop::BASE, 0_i64);
    }
    let provided = graph.inc(cluster, LinkKind::Provides).iter().map(|edge| edge.from);
    let mut fargate = provided.filter(|provider| provider.is(prop::TYPE, "FARGATE"));
    let provider = match fargate.next() {
        Some(provider) => provider.id.clone(),
        None => {
            let id =
                fix.add(ComponentKind::CapacityProvider, "fargate", &[], &[(prop::TYPE, "FARGATE".into())]);
            fix.link(LinkKind::Provides, &id, &cluster.id);
            id
        }
    };
    Some(
        fix.link(LinkKind::Uses, &owner.id, &provider)
            .with(prop::BASE, i64::from(workload.least_tasks()))
            .with(prop::WEIGHT, 1_i64)
            .done("steady-base"),
    )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_fargate_spot_alone() {
        // An entry that never gets a task does not help.
        check(
            &TRAP,
            "
            #! needs production
            cluster: ecs-cluster
            spot: capacity-provider type=FARGATE_SPOT
            alb: load-balancer
            web: ecs-service desiredCount=4    #! all-spot-production: Every task of `web` runs on Spot capacity (`spot`), which AWS may take back; nothing replaces it with On-Demand.
            api: ecs-service    #! all-spot-production
            web -> cluster: in-cluster
            api -> cluster: in-cluster
            spot -> cluster: provides
            web -> spot: uses base=1 weight=1
            cluster -> spot: uses weight=1
            alb -> web: forwards
            web -> api: calls",
        );
    }

    #[test]
    fn fires_on_groups_of_spot_instances() {
        check(
            &TRAP,
            "
            #! needs production
            cluster: ecs-cluster
            hosts: auto-scaling-group market=spot
            capacity: capacity-provider type=EC2_AUTOSCALING
            steady: capacity-provider type=EC2_AUTOSCALING
            hosts -> capacity: backs
            hosts -> cluster: in-cluster
            alb: load-balancer
            web: ecs-service    #! all-spot-production
            api: ecs-service launchType=EC2    #! all-spot-production
            api -> cluster: in-cluster
            web -> capacity: uses weight=1
            web -> steady: uses weight=0
            alb -> web: forwards
            alb -> api: forwards",
        );
    }

    #[test]
    fn silent_with_a_base_for_workers_and_outside_production() {
        let text = "
            spot: capacity-provider type=FARGATE_SPOT
            steady: capacity-provider type=FARGATE
            alb: load-balancer
            jobs: sqs-queue
            web: ecs-service
            other: ecs-service
            worker: ecs-service
            plain: ecs-service launchType=FARGATE
            web -> spot: uses weight=4
            web -> steady: uses base=1
            other -> spot: uses weight=4
            other -> steady: uses weight=1
            worker -> spot: uses weight=1
            worker -> jobs: calls
            alb -> web: forwards
            alb -> other: forwards
            alb -> plain: forwards";
        check(&TRAP, &format!("#! needs production elastic\n{text}"));
        check(
            &TRAP,
            "alb: load-balancer\nspot: capacity-provider type=FARGATE_SPOT\nweb: ecs-service\nweb -> spot: uses weight=1\nalb -> web: forwards",
        );
    }
}
