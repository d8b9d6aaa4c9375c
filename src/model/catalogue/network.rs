//! Network kinds.

use super::props::{choice, flag, one, text};
use super::{ComponentKind as K, Container, DefaultValue, Group, KindSpec, PropSpec, prop};

pub(super) const IN_VPC: &[Container] = &[Container { kind: K::Vpc, max: 1 }];
pub(super) const IN_SUBNETS: &[Container] = &[Container { kind: K::Subnet, max: 16 }];

const NETWORK: KindSpec = KindSpec {
    label: "",
    help: "",
    group: Group::Network,
    containers: &[],
    floats: false,
    props: &[],
    actions: &[],
    port: None,
};

pub(super) const VPC: KindSpec = KindSpec {
    label: "VPC",
    help: "Your own network in one AWS Region.",
    floats: true,
    props: &[flag(
        prop::ENABLE_DNS_SUPPORT,
        "DNS support",
        "Whether names resolve through the VPC's own DNS server; private DNS names need it.",
        true,
    )],
    ..NETWORK
};

pub(super) const SUBNET: KindSpec = KindSpec {
    label: "Subnet",
    help: "A range of the VPC's addresses in one Availability Zone; its route table makes it public, private or isolated.",
    containers: IN_VPC,
    props: &[
        choice(
            prop::AVAILABILITY_ZONE,
            "Availability Zone",
            "The one zone the subnet lies in.",
            &[one("a", "Zone a", ""), one("b", "Zone b", ""), one("c", "Zone c", "")],
            DefaultValue::Text("a"),
        ),
        choice(
            prop::TIER,
            "Tier",
            "The row the subnet is drawn in; a label only, routes decide what is public.",
            &[
                one("public", "Public", "For load balancers and NAT gateways."),
                one("app", "Application", "For tasks."),
                one("data", "Data", "For databases and caches."),
            ],
            DefaultValue::Text("app"),
        ),
        choice(
            prop::ADDRESSING,
            "Addresses",
            "Which kind of address its interfaces get.",
            &[
                one("ipv4", "IPv4", ""),
                one("dual-stack", "IPv4 and IPv6", ""),
                one("ipv6", "IPv6 only", "No IPv4 addresses at all."),
            ],
            DefaultValue::Text("ipv4"),
        ),
    ],
    ..NETWORK
};

pub(super) const INTERNET_GATEWAY: KindSpec = KindSpec {
    label: "Internet gateway",
    help: "Joins the VPC to the internet for everything that has a public address.",
    containers: IN_VPC,
    props: &[flag(
        prop::EGRESS_ONLY,
        "Egress-only",
        "Whether it is an egress-only internet gateway: IPv6, and only what is opened from within.",
        false,
    )],
    ..NETWORK
};

pub(super) const NAT_GATEWAY: KindSpec = KindSpec {
    label: "NAT gateway",
    help: "Carries connections that private resources open to the internet; nothing can reach in through it.",
    containers: &[Container { kind: K::Subnet, max: 1 }, Container { kind: K::Vpc, max: 1 }],
    props: &[
        choice(
            prop::CONNECTIVITY_TYPE,
            "Connectivity",
            "Whether it has a public address.",
            &[
                one("public", "Public", "Stands in a public subnet and reaches the internet."),
                one("private", "Private", "Reaches other private networks only."),
            ],
            DefaultValue::Text("public"),
        ),
        choice(
            prop::AVAILABILITY_MODE,
            "Availability",
            "How far it reaches.",
            &[
                one("zonal", "Zonal", "In the zone of its subnet, and gone with it."),
                one("regional", "Regional", "In the VPC itself, in every zone that needs it."),
            ],
            DefaultValue::Text("zonal"),
        ),
    ],
    ..NETWORK
};

/// Services that a VPC endpoint can lead to, by the last part of their endpoint service name.
const ENDPOINT_SERVICE: PropSpec = choice(
    prop::SERVICE,
    "Service",
    "The AWS service the endpoint leads to.",
    &[
        one("ecr.api", "ECR API", "The API of Amazon ECR; pulls log in there."),
        one("ecr.dkr", "ECR Docker", "The Docker registry that images are pulled from."),
        one("s3", "S3", "Buckets; also where ECR keeps image layers."),
        one("dynamodb", "DynamoDB", "Tables."),
        one("logs", "CloudWatch Logs", "Log streams."),
        one("secretsmanager", "Secrets Manager", "Secrets."),
        one("ssm", "Systems Manager", "Parameters."),
        one("ssmmessages", "SSM messages", "The channel of ECS Exec and Session Manager."),
        one("ec2messages", "EC2 messages", "The channel of the SSM agent."),
        one("kms", "KMS", "Keys."),
        one("sts", "STS", "Temporary credentials."),
        one("sqs", "SQS", "Queues."),
        one("sns", "SNS", "Topics."),
        one("states", "Step Functions", "State machines."),
        one("events", "EventBridge", "Event buses."),
        one("monitoring", "CloudWatch", "Metrics."),
        one("elasticfilesystem", "EFS API", "The API of EFS; mounting does not use it."),
        one("ecs", "ECS", "The ECS API; needed by EC2 instances, not by Fargate."),
        one("ecs-agent", "ECS agent", "Needed by EC2 instances, not by Fargate."),
        one("ecs-telemetry", "ECS telemetry", "Needed by EC2 instances, not by Fargate."),
    ],
    DefaultValue::None,
);

pub(super) const VPC_ENDPOINT: KindSpec = KindSpec {
    label: "VPC endpoint",
    help: "A private way from the VPC to one AWS service, without the internet.",
    containers: &[Container { kind: K::Subnet, max: 16 }, Container { kind: K::Vpc, max: 1 }],
    props: &[
        ENDPOINT_SERVICE,
        choice(
            prop::VPC_ENDPOINT_TYPE,
            "Type",
            "How it is reached.",
            &[
                one(
                    "Interface",
                    "Interface",
                    "A network interface in each of its subnets, with security groups.",
                ),
                one("Gateway", "Gateway", "An entry in route tables; for S3 and DynamoDB only."),
            ],
            DefaultValue::Text("Gateway"),
        ),
        flag(
            prop::PRIVATE_DNS_ENABLED,
            "Private DNS",
            "Whether the service's usual name resolves to the endpoint (interface type).",
            true,
        ),
    ],
    ..NETWORK
};

pub(super) const SECURITY_GROUP: KindSpec = KindSpec {
    label: "Security group",
    help: "A stateful firewall on network interfaces: what may come in, and what may go out.",
    containers: IN_VPC,
    ..NETWORK
};

pub(super) const LOAD_BALANCER: KindSpec = KindSpec {
    label: "Load balancer",
    help: "Spreads connections over healthy targets in the zones it is enabled in.",
    containers: IN_SUBNETS,
    floats: true,
    props: &[
        choice(
            prop::TYPE,
            "Type",
            "What it understands of the traffic.",
            &[
                one("application", "Application", "HTTP and HTTPS: routes by host and path."),
                one("network", "Network", "TCP, UDP and TLS."),
            ],
            DefaultValue::Text("application"),
        ),
        choice(
            prop::SCHEME,
            "Scheme",
            "Who can reach it.",
            &[
                one("internet-facing", "Internet-facing", "Public addresses; needs public subnets."),
                one("internal", "Internal", "Private addresses; reached from within the network."),
            ],
            DefaultValue::Text("internet-facing"),
        ),
        choice(
            prop::IP_ADDRESS_TYPE,
            "IP address type",
            "Which addresses clients can use.",
            &[one("ipv4", "IPv4", ""), one("dualstack", "Dual-stack", "IPv4 and IPv6.")],
            DefaultValue::Text("ipv4"),
        ),
    ],
    ..NETWORK
};

pub(super) const USERS: KindSpec =
    KindSpec { label: "Users", help: "People and devices on the internet.", floats: true, ..NETWORK };

pub(super) const ON_PREMISES: KindSpec = KindSpec {
    label: "On-premises",
    help: "Your own data centre.",
    floats: true,
    props: &[flag(
        prop::OUTBOUND_INTERNET,
        "Outbound internet",
        "Whether hosts there may open HTTPS connections to AWS endpoints.",
        true,
    )],
    ..NETWORK
};

pub(super) const CLOUD_MAP_NAMESPACE: KindSpec = KindSpec {
    label: "Cloud Map namespace",
    help: "A namespace in which services register under names.",
    floats: true,
    props: &[
        choice(
            prop::TYPE,
            "Type",
            "How names in it are found.",
            &[
                one("DNS_PRIVATE", "Private DNS", "By DNS within the VPC, and by API."),
                one("HTTP", "HTTP", "By API only."),
            ],
            DefaultValue::Text("DNS_PRIVATE"),
        ),
        text(prop::NAME, "Name", "The namespace's own name, for example `internal`.", &["internal", "local"]),
    ],
    ..NETWORK
};
