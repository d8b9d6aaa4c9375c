//! Both ECR endpoints, but no way to S3, where ECR keeps image layers (`trap-endpoints-without-s3-gateway`).

use super::launch;
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::fix::FixBuilder;
use crate::world::{Gap, Node, World, is_interface};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "s3-gateway-missing",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-endpoints-without-s3-gateway"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    launch::gaps_by_workload(scene.world, &|gap| *gap == Gap::Layers)
        .into_iter()
        .map(|(workload, subnets)| {
            launch::detection(scene.world, workload, &subnets)
                .names("subnet", &subnets)
                .fixes(fix(scene.world, &subnets))
        })
        .collect()
}

fn fix<'d>(world: &'d World<'d>, subnets: &[Node<'d>]) -> Option<Fix> {
    let vpc = world.network().vpc(*subnets.first()?)?;
    let exists = world.network().endpoints(vpc, "s3").iter().any(|endpoint| !is_interface(*endpoint));
    let key = if exists { "route-gateway" } else { "add-gateway" };
    Some(launch::gateway(world, &mut FixBuilder::new(world), vpc, subnets).done(key))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_without_the_gateway() {
        check(
            &TRAP,
            "
            #! fixes add-gateway
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE    #! s3-gateway-missing: `web` reaches the registry from `app`, but not Amazon S3, where the image layers are: pulls hang and fail.
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
                dkr-ep: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image",
        );
    }

    #[test]
    fn fires_where_the_route_table_misses_it() {
        check(
            &TRAP,
            "
            #! fixes route-gateway
            vpc: vpc
              a: subnet
                web: ecs-service launchType=FARGATE + b    #! s3-gateway-missing
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
                dkr-ep: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
              b: subnet availabilityZone=b
              s3: vpc-endpoint service=s3
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            a -> s3: routes",
        );
    }

    #[test]
    fn silent_with_gateway_interface_or_nat() {
        check(
            &TRAP,
            "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
              a: subnet
                web: ecs-service launchType=FARGATE
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
                dkr-ep: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
              b: subnet
                api: ecs-service launchType=FARGATE
              s3: vpc-endpoint service=s3
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            api -> task: runs
            task -> repo: image
            a -> s3: routes
            b -> nat: routes
            pub -> igw: routes",
        );
        check(
            &TRAP,
            "
            vpc: vpc
              a: subnet
                web: ecs-service launchType=FARGATE
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
                dkr-ep: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
                s3-ep: vpc-endpoint service=s3 vpcEndpointType=Interface
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image",
        );
    }
}
