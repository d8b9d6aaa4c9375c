//! Where state lives.

use super::network::IN_SUBNETS;
use super::props::{choice, flag, int, one};
use super::{DefaultValue, Group, KindSpec, prop};

const DATA: KindSpec = KindSpec {
    label: "",
    help: "",
    group: Group::Data,
    containers: &[],
    floats: true,
    props: &[],
    actions: &[],
    port: None,
};

pub(super) const EFS_FILE_SYSTEM: KindSpec = KindSpec {
    label: "EFS file system",
    help: "Shared files over NFS; each subnet it stands in has a mount target.",
    containers: IN_SUBNETS,
    props: &[
        flag(prop::ENCRYPTED, "Encrypted at rest", "Whether files are encrypted with KMS.", false),
        flag(
            prop::REQUIRES_IAM,
            "Policy demands IAM",
            "Whether the file system policy admits only clients whose role allows it; without a policy every client in reach is let in.",
            false,
        ),
    ],
    actions: &[
        "elasticfilesystem:ClientMount",
        "elasticfilesystem:ClientWrite",
        "elasticfilesystem:ClientRootAccess",
    ],
    port: Some(2049),
    ..DATA
};

pub(super) const EBS_VOLUME: KindSpec = KindSpec {
    label: "EBS volume",
    help: "A new block device for each task, deleted with it when a service stops the task.",
    // AWS asks for a size or a snapshot; this one has no default there.
    props: &[int(
        prop::SIZE_IN_GIB,
        "Size",
        "Size of each volume.",
        (1, 16_384, "GiB"),
        DefaultValue::Int(20),
    )],
    ..DATA
};

pub(super) const S3_BUCKET: KindSpec = KindSpec {
    label: "S3 bucket",
    help: "Objects of any size, reached over HTTPS.",
    actions: &["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"],
    ..DATA
};

pub(super) const RDS_DATABASE: KindSpec = KindSpec {
    label: "RDS database",
    help: "A managed relational database in the subnets of its subnet group.",
    containers: IN_SUBNETS,
    props: &[
        choice(
            prop::ENGINE,
            "Engine",
            "Which database it is; it sets the usual port.",
            &[
                one("postgres", "PostgreSQL", "Port 5432."),
                one("mysql", "MySQL", "Port 3306."),
                one("aurora-postgresql", "Aurora PostgreSQL", "Port 5432."),
                one("aurora-mysql", "Aurora MySQL", "Port 3306."),
            ],
            DefaultValue::Text("postgres"),
        ),
        flag(prop::MULTI_AZ, "Multi-AZ", "Whether a standby in another zone takes over.", false),
        flag(prop::PUBLICLY_ACCESSIBLE, "Publicly accessible", "Whether it has a public address.", false),
    ],
    actions: &["rds-db:connect"],
    port: Some(5432),
    ..DATA
};

pub(super) const DYNAMODB_TABLE: KindSpec = KindSpec {
    label: "DynamoDB table",
    help: "A serverless key-value table, reached over HTTPS.",
    actions: &[
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
    ],
    ..DATA
};

pub(super) const ELASTICACHE: KindSpec = KindSpec {
    label: "ElastiCache",
    help: "A managed in-memory cache in the subnets of its subnet group.",
    containers: IN_SUBNETS,
    port: Some(6379),
    ..DATA
};

pub(super) const SQS_QUEUE: KindSpec = KindSpec {
    label: "SQS queue",
    help: "Messages that wait until a consumer deletes them.",
    props: &[int(
        prop::MESSAGES_PER_HOUR,
        "Messages per hour",
        "How many arrive.",
        (0, 10_000_000, ""),
        DefaultValue::None,
    )],
    actions: &["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:SendMessage", "sqs:GetQueueAttributes"],
    ..DATA
};

pub(super) const SNS_TOPIC: KindSpec = KindSpec {
    label: "SNS topic",
    help: "Messages pushed to every subscriber.",
    actions: &["sns:Publish"],
    ..DATA
};
