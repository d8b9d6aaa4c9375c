//! How much flows through a design: assumptions, unless a scenario states its own.

use serde::{Deserialize, Serialize};
use trapwise_model::read::{At, FromJson};

/// Volumes of one month. What a scenario does not state is as in [`Volumes::default`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Volumes {
    /// GB between private resources and the internet.
    pub internet_gb: u32,
    /// GB between private resources and S3, layers of images included.
    pub s3_gb: u32,
    /// GB between private resources and other AWS services.
    pub aws_gb: u32,
    /// GB of log lines that each log group takes in.
    pub log_gb: u32,
    /// GB kept in each bucket, table, file system and database.
    pub stored_gb: u32,
    /// GB of images kept in each repository.
    pub image_gb: u32,
    /// Requests to each function, messages through each queue and topic, writes to each table.
    pub requests: u32,
    /// Milliseconds that a function takes for a request.
    pub request_ms: u32,
    /// Executions of each state machine.
    pub executions: u32,
    /// Hours for which each standalone task runs in all.
    pub task_hours: u32,
    /// Capacity units that each load balancer uses on average.
    pub capacity_units: u32,
    /// Releases of each service.
    pub releases: u32,
    /// Minutes for which a release with two sets of tasks runs both, waiting times not counted.
    pub release_minutes: u32,
}

impl FromJson for Volumes {
    fn from_json(at: At<'_>) -> Self {
        let usual = Self::default();
        at.record(|at| Self {
            internet_gb: at.may("internetGb").unwrap_or(usual.internet_gb),
            s3_gb: at.may("s3Gb").unwrap_or(usual.s3_gb),
            aws_gb: at.may("awsGb").unwrap_or(usual.aws_gb),
            log_gb: at.may("logGb").unwrap_or(usual.log_gb),
            stored_gb: at.may("storedGb").unwrap_or(usual.stored_gb),
            image_gb: at.may("imageGb").unwrap_or(usual.image_gb),
            requests: at.may("requests").unwrap_or(usual.requests),
            request_ms: at.may("requestMs").unwrap_or(usual.request_ms),
            executions: at.may("executions").unwrap_or(usual.executions),
            task_hours: at.may("taskHours").unwrap_or(usual.task_hours),
            capacity_units: at.may("capacityUnits").unwrap_or(usual.capacity_units),
            releases: at.may("releases").unwrap_or(usual.releases),
            release_minutes: at.may("releaseMinutes").unwrap_or(usual.release_minutes),
        })
    }
}

impl Default for Volumes {
    fn default() -> Self {
        Self {
            internet_gb: 20,
            s3_gb: 40,
            aws_gb: 20,
            log_gb: 5,
            stored_gb: 50,
            image_gb: 5,
            requests: 1_000_000,
            request_ms: 200,
            executions: 1_000,
            task_hours: 100,
            capacity_units: 1,
            releases: 8,
            release_minutes: 30,
        }
    }
}

impl Volumes {
    /// Each volume in words with its number, for showing.
    #[must_use]
    pub const fn entries(&self) -> [(&'static str, u32); 13] {
        [
            ("GB to and from the internet", self.internet_gb),
            ("GB to and from S3, images included", self.s3_gb),
            ("GB to and from other AWS services", self.aws_gb),
            ("GB into each log group", self.log_gb),
            ("GB kept in each data store", self.stored_gb),
            ("GB of images in each repository", self.image_gb),
            ("requests or messages to each function, queue, topic and table", self.requests),
            ("ms for each request to a function", self.request_ms),
            ("executions of each state machine", self.executions),
            ("hours of each standalone task", self.task_hours),
            ("capacity units of each load balancer", self.capacity_units),
            ("releases of each service", self.releases),
            ("minutes with two sets of tasks in a release", self.release_minutes),
        ]
    }
}
