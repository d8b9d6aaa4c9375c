//! How much flows through a design: assumptions, unless a scenario states its own.

use serde::{Deserialize, Serialize};
use trapwise_model::read::FromJson;
use trapwise_model::shape::Shaped;

use crate::limits::MAX_FIGURE;

/// Volumes of one month. What a scenario does not state is as in [`Volumes::default`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromJson, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase", default)]
pub struct Volumes {
    /// GB between private resources and the internet.
    #[document(range(0, MAX_FIGURE))]
    pub internet_gb: u32,
    /// GB between private resources and S3, layers of images included.
    #[document(range(0, MAX_FIGURE))]
    pub s3_gb: u32,
    /// GB between private resources and other AWS services.
    #[document(range(0, MAX_FIGURE))]
    pub aws_gb: u32,
    /// GB of log lines that each log group takes in.
    #[document(range(0, MAX_FIGURE))]
    pub log_gb: u32,
    /// GB kept in each bucket, table, file system and database.
    #[document(range(0, MAX_FIGURE))]
    pub stored_gb: u32,
    /// GB of images kept in each repository.
    #[document(range(0, MAX_FIGURE))]
    pub image_gb: u32,
    /// Requests to each function, messages through each queue and topic, writes to each table.
    #[document(range(0, MAX_FIGURE))]
    pub requests: u32,
    /// Milliseconds that a function takes for a request.
    #[document(range(0, MAX_FIGURE))]
    pub request_ms: u32,
    /// Executions of each state machine.
    #[document(range(0, MAX_FIGURE))]
    pub executions: u32,
    /// Hours for which each standalone task runs in all.
    #[document(range(0, MAX_FIGURE))]
    pub task_hours: u32,
    /// Capacity units that each load balancer uses on average.
    #[document(range(0, MAX_FIGURE))]
    pub capacity_units: u32,
    /// Releases of each service.
    #[document(range(0, MAX_FIGURE))]
    pub releases: u32,
    /// Minutes for which a release with two sets of tasks runs both, waiting times not counted.
    #[document(range(0, MAX_FIGURE))]
    pub release_minutes: u32,
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
