//! A connection to a port on which nothing answers: a listener, a target group or a call names another port
//! than the one its other end has (`pat-alb-register`).

use trapwise_documents::message::Arg;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Unheard, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "port-nobody-listens-on",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["pat-alb-register"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let edges = scene.world.graph().edges().iter();
    edges.filter_map(|edge| Some(detection(scene.world, &scene.world.unheard(*edge)?))).collect()
}

fn detection<'d>(world: &World<'d>, unheard: &Unheard<'d>) -> Detection {
    let Unheard { link, port, at, open } = unheard;
    let open = Arg::List(open.iter().map(|open| Arg::from(*open)).collect());
    Detection::new()
        .pin(*at)
        .pin(link.from)
        .pin_link(link.link)
        .on(
            link.link,
            false,
            step("listens-elsewhere").name("to", *at).arg("open", open.clone()).arg("port", *port),
        )
        .name("from", link.from)
        .name("to", *at)
        .arg("port", *port)
        .arg("open", open)
        .fixes(follow(world, unheard))
        .fixes(listen(world, unheard))
}

/// The link names the port that is there; but clients keep the port they know.
fn follow<'d>(world: &World<'d>, unheard: &Unheard<'d>) -> Option<Fix> {
    if unheard.link.kind == LinkKind::Sends {
        return None;
    }
    let prop = if unheard.link.kind == LinkKind::Forwards { prop::TARGET_PORT } else { prop::PORT };
    let open = i64::from(*unheard.open.iter().next()?);
    Some(FixBuilder::new(world).set_link(unheard.link.link, prop, open).done("follow"))
}

/// The load balancer's first listener moves to the port that is used.
fn listen<'d>(world: &World<'d>, unheard: &Unheard<'d>) -> Option<Fix> {
    if unheard.at.kind != ComponentKind::LoadBalancer {
        return None;
    }
    let forwards = world.graph().out(unheard.at, LinkKind::Forwards).iter();
    let first = forwards.copied().find(|edge| edge.link.is(prop::LISTENER, "production"))?;
    let port = i64::from(unheard.port);
    Some(FixBuilder::new(world).set_link(first.link, prop::LISTENER_PORT, port).done("listen"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(users: &str, forwards: &str, call: &str, containers: &str) -> String {
        format!(
            "
            users: users
            alb: load-balancer
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            task: task-definition containers=[{containers}]
            web -> task: runs
            api -> task: runs
            users -> alb: sends port={users}
            alb -> web: forwards {forwards} targetType=ip
            web -> api: calls {call}"
        )
    }

    const ONE: &str = "{\"name\":\"app\",\"containerPort\":8080}";

    fn marked(board: &str, line: &str, mark: &str) -> String {
        board.replace(line, &format!("{line}    #! {mark}"))
    }

    #[test]
    fn fires_on_a_listener_on_another_port() {
        let text = board("443", "listenerPort=80", "", ONE);
        let text = marked(&text, "alb: load-balancer", "port-nobody-listens-on");
        check(&TRAP, &format!("#! fixes listen\n{text}"));
    }

    #[test]
    fn fires_on_a_target_and_on_a_call_at_another_port() {
        let text = board("443", "targetPort=80", "", ONE);
        let text = marked(&text, "web: ecs-service launchType=FARGATE", "port-nobody-listens-on");
        check(&TRAP, &format!("#! fixes follow\n{text}"));
        for via in ["direct", "cloud-map"] {
            let text = board("443", "", &format!("port=9000 via={via}"), ONE);
            let text = marked(&text, "api: ecs-service launchType=FARGATE", "port-nobody-listens-on");
            check(&TRAP, &format!("#! fixes follow\n{text}"));
        }
        let text = "
            alb: load-balancer    #! port-nobody-listens-on: `web` uses port 9000 of `alb`, which listens on 80: nothing answers there.
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            alb -> api: forwards listenerPort=80
            web -> api: calls port=9000 via=load-balancer";
        check(&TRAP, &format!("#! fixes follow listen\n{text}"));
    }

    #[test]
    fn silent_where_somebody_listens_or_the_port_is_not_known() {
        check(&TRAP, &board("443", "targetPort=8080", "port=8080", ONE));
        check(&TRAP, &board("8443", "listenerPort=8443 listener=test", "", ONE));
        // A port of a second container; a container whose port nobody has told; a name with a port of its own.
        let two = format!("{ONE},{{\"name\":\"admin\",\"containerPort\":9000}}");
        check(&TRAP, &board("443", "targetPort=9000", "port=9000", &two));
        check(&TRAP, &board("443", "targetPort=80", "port=80", "{\"name\":\"app\"}"));
        check(&TRAP, &board("443", "", "port=80 via=service-connect", ONE));
        check(&TRAP, &board("443", "", "port=80 via=lattice", ONE));
        // In bridge mode ECS registers the host's port. And a load balancer without listeners is another matter.
        let bridge = board("443", "targetPort=80", "", ONE).replace("launchType=FARGATE", "launchType=EC2");
        check(&TRAP, &bridge);
        check(&TRAP, "users: users\nalb: load-balancer\nusers -> alb: sends port=80");
        check(&TRAP, &board("443", "listenerPort=80 listener=test", "", ONE));
    }
}
