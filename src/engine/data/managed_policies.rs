//! What AWS managed policies allow, as far as the catalogue's kinds go. All of them apply to every resource.
//!
//! Source: the AWS Managed Policy Reference, page by page; actions beyond the catalogue are left out.

/// The action patterns that a managed policy of that name allows; none for a policy unknown here.
#[must_use]
pub fn actions(policy: &str) -> &'static [&'static str] {
    match policy {
        "AmazonECSTaskExecutionRolePolicy" => &[
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchGetImage",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
        ],
        "AmazonEC2ContainerServiceforEC2Role" => &[
            "ecs:RegisterContainerInstance",
            "ecs:DeregisterContainerInstance",
            "ecs:DiscoverPollEndpoint",
            "ecs:Poll",
            "ecs:StartTelemetrySession",
            "ecs:Submit*",
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchGetImage",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
        ],
        // The agent's own alone: on Managed Instances, pulling and logging are the execution role's.
        "AmazonECSInstanceRolePolicyForManagedInstances" => &[
            "ecs:RegisterContainerInstance",
            "ecs:DiscoverPollEndpoint",
            "ecs:Poll",
            "ecs:StartTelemetrySession",
            "ecs:Submit*",
        ],
        "AmazonSSMManagedInstanceCore" => &[
            "ssm:GetParameter",
            "ssm:GetParameters",
            "ssmmessages:*",
            "ec2messages:*",
            "ssm:UpdateInstanceInformation",
        ],
        "AWSCodeDeployRoleForECS" => &[
            "ecs:DescribeServices",
            "ecs:CreateTaskSet",
            "ecs:UpdateServicePrimaryTaskSet",
            "ecs:DeleteTaskSet",
            "sns:Publish",
            "lambda:InvokeFunction",
            "s3:GetObject",
            "iam:PassRole",
        ],
        "AmazonECSInfrastructureRolePolicyForLoadBalancers" => &[
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:ModifyRule",
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:DeregisterTargets",
        ],
        "SecretsManagerReadWrite" => &["secretsmanager:*"],
        "AmazonS3FullAccess" => &["s3:*"],
        "AmazonS3ReadOnlyAccess" => &["s3:Get*", "s3:List*"],
        "AmazonDynamoDBFullAccess" => &["dynamodb:*"],
        "AmazonSQSFullAccess" => &["sqs:*"],
        "AdministratorAccess" => &["*"],
        _ => &[],
    }
}
