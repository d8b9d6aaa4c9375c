//! Who may do what, and what is kept secret.

use super::props::{choice, flag, one, texts};
use super::{DefaultValue, Group, KindSpec, prop};

pub(super) const IAM_ROLE: KindSpec = KindSpec {
    label: "IAM role",
    help: "A set of permissions that whoever it trusts may take on.",
    group: Group::Identity,
    containers: &[],
    floats: true,
    props: &[
        texts(
            prop::TRUST,
            "Trusts",
            "The service principals that may assume it; absent means that of whatever it is attached to.",
            &[
                "ecs-tasks.amazonaws.com",
                "ecs.amazonaws.com",
                "ec2.amazonaws.com",
                "codedeploy.amazonaws.com",
                "codepipeline.amazonaws.com",
                "lambda.amazonaws.com",
                "states.amazonaws.com",
                "events.amazonaws.com",
                "pipes.amazonaws.com",
                "ssm.amazonaws.com",
            ],
        ),
        texts(
            prop::MANAGED_POLICIES,
            "Managed policies",
            "AWS managed policies attached to it; single permissions are drawn as links.",
            &[
                "AmazonECSTaskExecutionRolePolicy",
                "AmazonEC2ContainerServiceforEC2Role",
                "AmazonECSInstanceRolePolicyForManagedInstances",
                "AmazonSSMManagedInstanceCore",
                "AWSCodeDeployRoleForECS",
                "AmazonECSInfrastructureRolePolicyForVolumes",
                "AmazonECSInfrastructureRolePolicyForLoadBalancers",
                "AmazonECSInfrastructureRolePolicyForVpcLattice",
                "AmazonECSInfrastructureRoleforExpressGatewayServices",
                "AmazonECSInfrastructureRolePolicyForManagedInstances",
                "SecretsManagerReadWrite",
                "AmazonS3FullAccess",
                "AmazonS3ReadOnlyAccess",
                "AmazonDynamoDBFullAccess",
                "AmazonSQSFullAccess",
                "AdministratorAccess",
            ],
        ),
        texts(
            prop::WILDCARD_ACTIONS,
            "Actions on every resource",
            "Actions allowed on `*`, for those that know no resource, such as the channels of ECS Exec.",
            &[
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel",
                "ecr:GetAuthorizationToken",
                "cloudwatch:PutMetricData",
            ],
        ),
    ],
    actions: &["iam:PassRole", "sts:AssumeRole"],
    port: None,
};

pub(super) const KMS_KEY: KindSpec = KindSpec {
    label: "KMS key",
    help: "A customer managed key; whoever reads what it encrypts needs kms:Decrypt on it.",
    group: Group::Identity,
    containers: &[],
    floats: true,
    props: &[],
    actions: &["kms:Decrypt", "kms:GenerateDataKey"],
    port: None,
};

pub(super) const SECRET: KindSpec = KindSpec {
    label: "Secret",
    help: "A Secrets Manager secret: encrypted, versioned, able to rotate.",
    group: Group::Config,
    containers: &[],
    floats: true,
    props: &[flag(prop::ROTATION, "Rotation", "Whether the value is replaced on a schedule.", false)],
    actions: &["secretsmanager:GetSecretValue"],
    port: None,
};

pub(super) const SSM_PARAMETER: KindSpec = KindSpec {
    label: "SSM parameter",
    help: "A named value in Systems Manager Parameter Store.",
    group: Group::Config,
    containers: &[],
    floats: true,
    props: &[choice(
        prop::TYPE,
        "Type",
        "Whether the value is encrypted.",
        &[one("String", "String", "Plain text."), one("SecureString", "SecureString", "Encrypted with KMS.")],
        DefaultValue::Text("String"),
    )],
    actions: &["ssm:GetParameters", "ssm:GetParameter"],
    port: None,
};
