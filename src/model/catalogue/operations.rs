//! What watches a system and what sizes it.

use super::props::{choice, flag, int, one};
use super::{DefaultValue, Group, KindSpec, prop};

pub(super) const LOG_GROUP: KindSpec = KindSpec {
    label: "Log group",
    help: "Where CloudWatch Logs keeps the streams of containers.",
    group: Group::Observability,
    containers: &[],
    floats: true,
    props: &[
        int(
            prop::RETENTION_IN_DAYS,
            "Retention",
            "How long events are kept; absent means for ever.",
            (1, 3_653, "days"),
            DefaultValue::None,
        ),
        flag(
            prop::CREATED,
            "Created beforehand",
            "Whether the group is there before tasks start; the log driver creates none unless told to.",
            true,
        ),
    ],
    actions: &["logs:CreateLogStream", "logs:PutLogEvents", "logs:CreateLogGroup"],
    port: None,
};

pub(super) const CLOUDWATCH_ALARM: KindSpec = KindSpec {
    label: "CloudWatch alarm",
    help: "Turns a metric's threshold into an action.",
    group: Group::Observability,
    containers: &[],
    floats: true,
    props: &[choice(
        prop::METRIC,
        "Metric",
        "What is watched.",
        &[
            one("CPUUtilization", "CPU utilisation", ""),
            one("MemoryUtilization", "Memory utilisation", ""),
            one("HTTPCode_Target_5XX_Count", "Target 5xx count", ""),
            one("TargetResponseTime", "Target response time", ""),
            one("UnHealthyHostCount", "Unhealthy targets", ""),
            one("ApproximateNumberOfMessagesVisible", "Visible messages", ""),
        ],
        DefaultValue::None,
    )],
    actions: &[],
    port: None,
};

pub(super) const SCALING_POLICY: KindSpec = KindSpec {
    label: "Scaling policy",
    help: "Changes the number of tasks of a service, or of instances of a group.",
    group: Group::Scaling,
    containers: &[],
    floats: true,
    props: &[
        choice(
            prop::POLICY_TYPE,
            "Type",
            "How it decides.",
            &[
                one("TargetTrackingScaling", "Target tracking", "Keeps a metric near a value."),
                one("StepScaling", "Step scaling", "Steps by how far an alarm is breached."),
                one("ScheduledScaling", "Scheduled", "Sets bounds at given times."),
                one("PredictiveScaling", "Predictive", "Forecasts from history."),
            ],
            DefaultValue::Text("TargetTrackingScaling"),
        ),
        choice(
            prop::METRIC,
            "Metric",
            "What it follows.",
            &[
                one("ECSServiceAverageCPUUtilization", "Average CPU of the service", ""),
                one("ECSServiceAverageMemoryUtilization", "Average memory of the service", ""),
                one(
                    "ALBRequestCountPerTarget",
                    "Requests per target",
                    "Needs the load balancer it measures.",
                ),
                one(
                    "ApproximateNumberOfMessagesVisible",
                    "Visible messages",
                    "Raw depth: says nothing per task.",
                ),
                one(
                    "BacklogPerTask",
                    "Backlog per task",
                    "Visible messages divided by running tasks (metric math).",
                ),
                one("ASGAverageCPUUtilization", "Average CPU of the group", "For Auto Scaling groups."),
            ],
            DefaultValue::None,
        ),
        int(
            prop::TARGET_VALUE,
            "Target value",
            "The value to keep the metric near.",
            (1, 1_000_000, ""),
            DefaultValue::None,
        ),
        flag(prop::DISABLE_SCALE_IN, "Never scale in", "Whether it may only add.", false),
    ],
    actions: &[],
    port: None,
};
