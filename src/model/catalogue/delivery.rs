//! Where images come from and how releases get out.

use super::props::{choice, flag, int, one, text};
use super::{DefaultValue, Group, KindSpec, prop};

const DELIVERY: KindSpec = KindSpec {
    label: "",
    help: "",
    group: Group::Delivery,
    containers: &[],
    floats: true,
    props: &[],
    actions: &[],
    port: None,
};

pub(super) const ECR_REPOSITORY: KindSpec = KindSpec {
    label: "ECR repository",
    help: "A private registry for images, guarded by IAM.",
    props: &[
        choice(
            prop::IMAGE_TAG_MUTABILITY,
            "Tags",
            "Whether a tag can be moved to another image.",
            &[one("MUTABLE", "Mutable", ""), one("IMMUTABLE", "Immutable", "")],
            DefaultValue::Text("MUTABLE"),
        ),
        flag(prop::OTHER_ACCOUNT, "In another account", "Whether it belongs to another AWS account.", false),
        flag(
            prop::POLICY_ALLOWS_PULL,
            "Repository policy allows pulls",
            "Whether its own policy admits the account that pulls; another account needs that.",
            false,
        ),
        flag(prop::PULL_THROUGH_CACHE, "Pull-through cache", "Whether it mirrors a public registry.", false),
    ],
    actions: &[
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetImage",
    ],
    ..DELIVERY
};

pub(super) const EXTERNAL_REGISTRY: KindSpec = KindSpec {
    label: "External registry",
    help: "A registry on the internet, for example Docker Hub.",
    props: &[flag(
        prop::AUTHENTICATED,
        "With credentials",
        "Whether pulls sign in; anonymous ones are rate-limited.",
        false,
    )],
    ..DELIVERY
};

pub(super) const CODEDEPLOY_DEPLOYMENT_GROUP: KindSpec = KindSpec {
    label: "CodeDeploy deployment group",
    help: "Carries out blue/green deployments of an ECS service between two target groups.",
    props: &[
        text(
            prop::DEPLOYMENT_CONFIG_NAME,
            "Deployment configuration",
            "How traffic is shifted.",
            &[
                "CodeDeployDefault.ECSAllAtOnce",
                "CodeDeployDefault.ECSCanary10Percent5Minutes",
                "CodeDeployDefault.ECSCanary10Percent15Minutes",
                "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
            ],
        ),
        // AWS's reference names a maximum and no default; where nothing is said, nothing is waited for.
        int(
            prop::TERMINATION_WAIT_TIME_IN_MINUTES,
            "Keep the old tasks",
            "How long the old task set stays for an instant rollback.",
            (0, 2_880, "min"),
            DefaultValue::Int(0),
        ),
        flag(
            prop::AUTO_ROLLBACK,
            "Automatic rollback",
            "Whether a failed deployment or an alarm rolls back.",
            false,
        ),
    ],
    actions: &["codedeploy:CreateDeployment"],
    ..DELIVERY
};

pub(super) const CODEPIPELINE: KindSpec =
    KindSpec { label: "CodePipeline", help: "Builds and releases on every change.", ..DELIVERY };
