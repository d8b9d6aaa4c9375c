//! Some of the endpoints that a launch needs are there, others are missing
//! (`trap-endpoints-without-s3-gateway`).

use super::launch;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::world::Gap;
use trapwise_model::SortedSet;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "endpoint-set-incomplete",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-endpoints-without-s3-gateway", "pat-ecr-execution-role"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let incomplete = launch::gaps_by_workload(scene.world, &|gap| matches!(gap, Gap::Endpoints { .. }));
    incomplete
        .into_iter()
        .map(|(workload, subnets)| {
            let (mut absent, mut there) = (SortedSet::new(), SortedSet::new());
            let gaps =
                scene.world.workload(workload).into_iter().flat_map(|workload| scene.world.gaps_of(workload));
            for gap in gaps {
                if let Gap::Endpoints { missing, present } = &gap.gap {
                    absent.extend(missing.iter().copied());
                    there.extend(present.iter().copied());
                }
            }
            let services = absent.iter().copied().collect::<Vec<_>>();
            launch::detection(scene.world, workload, &subnets)
                .codes("missing", absent)
                .codes("present", there)
                .fixes(launch::endpoints_fix(scene.world, workload, &subnets, &services, "add-missing"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    /// Endpoints without groups share the default group with tasks without groups.
    #[test]
    fn fires_for_each_service_that_is_needed_and_missing() {
        check(
            &TRAP,
            "
            #! fixes add-missing
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE    #! endpoint-set-incomplete: `web` has endpoints for `ecr.api`, but it also needs `ecr.dkr`, `logs`, `secretsmanager`: calls there time out.
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
              s3: vpc-endpoint service=s3
            task: task-definition
            repo: ecr-repository
            logs: log-group
            token: secret
            web -> task: runs
            task -> repo: image
            task -> logs: logs
            task -> token: secret as=valueFrom
            app -> s3: routes",
        );
    }

    #[test]
    fn fires_when_private_dns_is_off() {
        check(
            &TRAP,
            "
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE    #! endpoint-set-incomplete
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
                dkr-ep: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface privateDnsEnabled=false
              s3: vpc-endpoint service=s3
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            app -> s3: routes",
        );
    }

    #[test]
    fn silent_for_services_nobody_needs_and_beside_nat() {
        check(
            &TRAP,
            "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
              app: subnet
                web: ecs-service launchType=FARGATE
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
                dkr-ep: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
              mixed: subnet
                api: ecs-service launchType=FARGATE
              s3: vpc-endpoint service=s3
            task: task-definition
            with-logs: task-definition
            repo: ecr-repository
            logs: log-group
            web -> task: runs
            api -> with-logs: runs
            task -> repo: image
            with-logs -> repo: image
            with-logs -> logs: logs
            app -> s3: routes
            mixed -> nat: routes
            pub -> igw: routes",
        );
    }
}
