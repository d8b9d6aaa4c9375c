//! List prices of AWS in one Region, in millionths of a US dollar: without free tiers, discounts,
//! savings plans and taxes. Instances are in [`super::instance_prices`].
//!
//! A note stands with every price that could not be read anew on the day of the table, and with every
//! price that is itself an assumption.

/// The Region the prices are those of: US East (N. Virginia).
pub const REGION: &str = "us-east-1";

/// The day the table was put together, `YYYY-MM-DD`.
pub const PRICED_ON: &str = "2026-11-22";

/// What Spot capacity is taken to cost, in percent of the price on demand.
///
/// The discount changes with supply and demand and is up to 70 percent on Fargate; this is the whole of it.
pub const SPOT_PERCENT: u64 = 30;

/// What AWS takes for running an instance, in percent of its price on demand: Managed Instances of ECS
/// and Auto Mode of EKS. The price page of ECS gives 0.037 dollars for a c6a.2xlarge of 0.306.
pub const MANAGEMENT_PERCENT: u64 = 12;

/// One price.
#[derive(Debug, PartialEq, Eq)]
pub struct Price {
    /// Unique, kebab-case.
    pub id: &'static str,
    /// What is paid for.
    pub what: &'static str,
    /// What is counted.
    pub unit: &'static str,
    /// Millionths of a dollar for one of these.
    pub micros: u64,
    /// Where AWS publishes it.
    pub page: Page,
}

/// A price page of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Fargate,
    Ecs,
    Eks,
    Ec2,
    Ebs,
    Vpc,
    LoadBalancing,
    Efs,
    S3,
    Rds,
    Aurora,
    DynamoDb,
    ElastiCache,
    Sqs,
    Sns,
    Lambda,
    StepFunctions,
    EventBridge,
    CloudWatch,
    SecretsManager,
    Kms,
    Ecr,
    CodePipeline,
    CloudMap,
}

impl Page {
    /// Its address.
    #[must_use]
    pub const fn url(self) -> &'static str {
        match self {
            Self::Fargate => "https://aws.amazon.com/fargate/pricing/",
            Self::Ecs => "https://aws.amazon.com/ecs/pricing/",
            Self::Eks => "https://aws.amazon.com/eks/pricing/",
            Self::Ec2 => "https://aws.amazon.com/ec2/pricing/on-demand/",
            Self::Ebs => "https://aws.amazon.com/ebs/pricing/",
            Self::Vpc => "https://aws.amazon.com/vpc/pricing/",
            Self::LoadBalancing => "https://aws.amazon.com/elasticloadbalancing/pricing/",
            Self::Efs => "https://aws.amazon.com/efs/pricing/",
            Self::S3 => "https://aws.amazon.com/s3/pricing/",
            Self::Rds => "https://aws.amazon.com/rds/postgresql/pricing/",
            Self::Aurora => "https://aws.amazon.com/rds/aurora/pricing/",
            Self::DynamoDb => "https://aws.amazon.com/dynamodb/pricing/on-demand/",
            Self::ElastiCache => "https://aws.amazon.com/elasticache/pricing/",
            Self::Sqs => "https://aws.amazon.com/sqs/pricing/",
            Self::Sns => "https://aws.amazon.com/sns/pricing/",
            Self::Lambda => "https://aws.amazon.com/lambda/pricing/",
            Self::StepFunctions => "https://aws.amazon.com/step-functions/pricing/",
            Self::EventBridge => "https://aws.amazon.com/eventbridge/pricing/",
            Self::CloudWatch => "https://aws.amazon.com/cloudwatch/pricing/",
            Self::SecretsManager => "https://aws.amazon.com/secrets-manager/pricing/",
            Self::Kms => "https://aws.amazon.com/kms/pricing/",
            Self::Ecr => "https://aws.amazon.com/ecr/pricing/",
            Self::CodePipeline => "https://aws.amazon.com/codepipeline/pricing/",
            Self::CloudMap => "https://aws.amazon.com/cloud-map/pricing/",
        }
    }
}

/// Declares the prices, and the list of them all.
macro_rules! prices {
    ($($name:ident $id:literal $what:literal, $unit:literal $micros:expr, $page:ident;)*) => {
        $(
            #[doc = $what]
            pub static $name: Price =
                Price { id: $id, what: $what, unit: $unit, micros: $micros, page: Page::$page };
        )*
        /// Every price.
        pub static ALL: &[&Price] = &[$(&$name),*];
    };
}

prices! {
    FARGATE_CPU "fargate-cpu" "Fargate CPU", "vCPU hour" 40_480, Fargate;
    FARGATE_MEMORY "fargate-memory" "Fargate memory", "GB hour" 4_445, Fargate;
    FARGATE_ARM_CPU "fargate-arm-cpu" "Fargate CPU, Graviton", "vCPU hour" 32_380, Fargate;
    FARGATE_ARM_MEMORY "fargate-arm-memory" "Fargate memory, Graviton", "GB hour" 3_560, Fargate;
    FARGATE_SPOT_CPU "fargate-spot-cpu" "Fargate Spot CPU", "vCPU hour" 40_480 * SPOT_PERCENT / 100, Fargate;
    FARGATE_SPOT_MEMORY "fargate-spot-memory" "Fargate Spot memory", "GB hour" 4_445 * SPOT_PERCENT / 100, Fargate;
    FARGATE_SPOT_ARM_CPU "fargate-spot-arm-cpu" "Fargate Spot CPU, Graviton", "vCPU hour" 32_380 * SPOT_PERCENT / 100, Fargate;
    FARGATE_SPOT_ARM_MEMORY "fargate-spot-arm-memory" "Fargate Spot memory, Graviton", "GB hour" 3_560 * SPOT_PERCENT / 100, Fargate;
    FARGATE_WINDOWS_CPU "fargate-windows-cpu" "Fargate CPU, Windows with licence", "vCPU hour" 92_552, Fargate;
    FARGATE_WINDOWS_MEMORY "fargate-windows-memory" "Fargate memory, Windows", "GB hour" 5_112, Fargate;
    FARGATE_STORAGE "fargate-storage" "Fargate storage above 20 GB", "GB hour" 111, Fargate;
    ECS_ANYWHERE "ecs-anywhere" "ECS Anywhere", "server hour" 10_250, Ecs;
    EKS_CONTROL_PLANE "eks-control-plane" "EKS control plane", "hour" 100_000, Eks;
    EBS_VOLUME "ebs-volume" "EBS volumes (gp3)", "GB month" 80_000, Ebs;
    NAT_HOUR "nat-hour" "NAT gateways", "hour" 45_000, Vpc;
    NAT_GB "nat-gb" "Traffic through NAT", "GB" 45_000, Vpc;
    ENDPOINT_HOUR "endpoint-hour" "Interface endpoints, in each zone", "hour" 10_000, Vpc;
    ENDPOINT_GB "endpoint-gb" "Traffic through interface endpoints", "GB" 10_000, Vpc;
    PUBLIC_IPV4 "public-ipv4" "Public IPv4 addresses", "hour" 5_000, Vpc;
    ALB_HOUR "alb-hour" "Application Load Balancers", "hour" 22_500, LoadBalancing;
    ALB_LCU "alb-lcu" "Application Load Balancer capacity", "LCU hour" 8_000, LoadBalancing;
    NLB_HOUR "nlb-hour" "Network Load Balancers", "hour" 22_500, LoadBalancing;
    NLB_LCU "nlb-lcu" "Network Load Balancer capacity", "NLCU hour" 6_000, LoadBalancing;
    EFS "efs" "EFS Standard storage", "GB month" 300_000, Efs;
    S3 "s3" "S3 Standard storage", "GB month" 23_000, S3;
    RDS_HOUR "rds-hour" "RDS instances (db.t4g.medium)", "hour" 65_000, Rds;
    RDS_STORAGE "rds-storage" "RDS storage (gp3)", "GB month" 115_000, Rds;
    AURORA_HOUR "aurora-hour" "Aurora instances (db.t4g.medium)", "hour" 73_000, Aurora;
    AURORA_STORAGE "aurora-storage" "Aurora storage", "GB month" 100_000, Aurora;
    DYNAMODB_REQUESTS "dynamodb-requests" "DynamoDB writes on demand", "million requests" 625_000, DynamoDb;
    DYNAMODB_STORAGE "dynamodb-storage" "DynamoDB storage", "GB month" 250_000, DynamoDb;
    CACHE_HOUR "cache-hour" "ElastiCache nodes (cache.t4g.small)", "hour" 32_000, ElastiCache;
    SQS "sqs" "SQS requests", "million requests" 400_000, Sqs;
    SNS "sns" "SNS messages", "million requests" 500_000, Sns;
    LAMBDA_REQUESTS "lambda-requests" "Lambda requests", "million requests" 200_000, Lambda;
    LAMBDA_TIME "lambda-time" "Lambda run time", "thousand GB seconds" 16_667, Lambda;
    STEP_FUNCTIONS "step-functions" "Step Functions transitions", "thousand transitions" 25_000, StepFunctions;
    EVENTBRIDGE_PIPE "eventbridge-pipe" "EventBridge Pipes", "million requests" 400_000, EventBridge;
    LOGS_INGEST "logs-ingest" "Logs taken in", "GB" 500_000, CloudWatch;
    LOGS_STORE "logs-store" "Logs kept, compressed", "GB month" 30_000, CloudWatch;
    INSIGHTS "insights" "Container Insights metrics", "metric month" 300_000, CloudWatch;
    INSIGHTS_ENHANCED "insights-enhanced" "Container Insights metrics, enhanced", "metric month" 70_000, CloudWatch;
    ALARM "alarm" "CloudWatch alarms", "alarm month" 100_000, CloudWatch;
    SECRET "secret" "Secrets Manager secrets", "secret month" 400_000, SecretsManager;
    KMS_KEY "kms-key" "KMS customer managed keys", "key month" 1_000_000, Kms;
    ECR "ecr" "ECR storage", "GB month" 100_000, Ecr;
    PIPELINE "pipeline" "CodePipeline pipelines", "pipeline month" 1_000_000, CodePipeline;
    CLOUD_MAP "cloud-map" "Cloud Map registrations", "task month" 100_000, CloudMap;
    HOSTED_ZONE "hosted-zone" "Private DNS zones of Cloud Map", "zone month" 500_000, CloudMap;
}

/// What is to be said of a price: that it is an assumption, or that it could not be confirmed.
#[must_use]
pub fn note(price: &Price) -> Option<&'static str> {
    Some(match price.id {
        id if id.starts_with("fargate-spot") => {
            "Changes with supply and demand: taken with the full discount."
        }
        "fargate-windows-cpu" | "fargate-windows-memory" => "Published figures differ; not confirmed.",
        "rds-hour" | "rds-storage" | "aurora-hour" | "aurora-storage" | "cache-hour" => {
            "The instance class is an assumption; the figure is not confirmed."
        }
        "dynamodb-requests" | "dynamodb-storage" | "sns" | "eventbridge-pipe" | "pipeline" | "cloud-map"
        | "hosted-zone" | "logs-store" | "nlb-lcu" => "The published list price as known; not confirmed.",
        "insights" | "insights-enhanced" => "How many metrics there are is an assumption.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {

    use super::*;
    use trapwise_model::SortedSet;

    #[test]
    fn every_price_is_whole() {
        let ids: SortedSet<_> = ALL.iter().map(|price| price.id).collect();
        assert_eq!(ids.len(), ALL.len(), "ids are unique");
        for price in ALL {
            assert!(price.micros > 0 && trapwise_model::is_id(price.id), "{price:?}");
            assert!(price.page.url().starts_with("https://aws.amazon.com/"), "{price:?}");
        }
    }
}
