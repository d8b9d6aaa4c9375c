//! The small closed vocabularies that scenarios, traps and reports share.

use trapwise_model::named_enum;

named_enum! {
    /// An AWS exam.
    pub enum Exam as "exam" {
        SaaC03 = "SAA-C03",
        DvaC02 = "DVA-C02",
        DopC02 = "DOP-C02",
        SapC02 = "SAP-C02",
    }
}

impl Exam {
    /// The mark needed to pass, on AWS's scale of 100 to 1000.
    #[must_use]
    pub const fn pass_mark(self) -> u32 {
        match self {
            Self::SaaC03 | Self::DvaC02 => 720,
            Self::DopC02 | Self::SapC02 => 750,
        }
    }
}

named_enum! {
    /// A domain of the score.
    pub enum Domain as "domain" {
        Secure = "secure",
        Resilient = "resilient",
        HighPerforming = "high-performing",
        CostOptimised = "cost-optimised",
    }
}

named_enum! {
    /// How much a scenario asks.
    pub enum Difficulty as "difficulty" {
        Introductory = "introductory",
        Intermediate = "intermediate",
        Advanced = "advanced",
    }
}

named_enum! {
    /// What a scenario's words demand, as far as traps depend on it.
    pub enum Need as "need" {
        /// Clients on the internet must reach it.
        InternetFacing = "internet-facing",
        /// Load varies and must be followed, by every service of the design: a scenario in which one service is
        /// to keep its number of tasks says what varies by checks instead.
        Elastic = "elastic",
        /// It must go on when one Availability Zone fails.
        SurvivesZoneLoss = "survives-zone-loss",
        /// No NAT gateway or internet path is allowed for private resources.
        NoNat = "no-nat",
        /// Tasks must not be reachable from the internet.
        PrivateTasks = "private-tasks",
        /// It serves production.
        Production = "production",
        /// Least operational overhead decides.
        LeastOperations = "least-operations",
        /// Lowest cost decides.
        LowestCost = "lowest-cost",
        /// Kubernetes manifests and tools are to be kept.
        KeepKubernetes = "keep-kubernetes",
        /// Tasks on one host must not share permissions.
        LeastPrivilege = "least-privilege",
        /// After a release, all traffic must be able to return to the old version at once.
        InstantRollback = "instant-rollback",
        /// A release that fails must be undone without anyone's doing.
        AutomaticRollback = "automatic-rollback",
        /// A release that starts well but raises errors must be undone without anyone's doing.
        AlarmRollback = "alarm-rollback",
        /// What runs must be exactly the image that was tested.
        PinnedImages = "pinned-images",
        /// The database has no route to or from the internet and accepts connections from its callers only.
        IsolatedData = "isolated-data",
        /// Files are shared between tasks or outlive them.
        SharedFiles = "shared-files",
        /// Metrics of single tasks and containers are wanted.
        ContainerMetrics = "container-metrics",
        /// Running tasks have to follow a secret that is rotated.
        Rotation = "rotation",
        /// What follows a job may only start when the job has ended.
        WaitsForJob = "waits-for-job",
        /// Callers must not reach for addresses of tasks that are gone.
        NoStaleAddresses = "no-stale-addresses",
        /// No line of the logs may be lost.
        CompleteLogs = "complete-logs",
    }
}

named_enum! {
    /// How bad a trap is, worst first. What follows in operation decides, not how many points a scenario gives.
    ///
    /// A trap that works and breaks what the scenario demands in words (private tasks, no NAT, an isolated
    /// database) is `Major`, or `Minor` where the demand is for less cost or effort: the check of that demand
    /// fails as well, so the trap need not bar the way a second time.
    pub enum Severity as "severity" {
        /// The application or its releases do not work (AWS refuses the design, tasks do not start, callers or
        /// calls do not get through, no release is ever made), or anyone can get in. A scenario cannot be
        /// passed with one.
        Critical = "critical",
        /// It works until something ordinary happens: a busy hour, a lost zone, a faulty release, a helper that
        /// ends, an intruder in one container, somebody who needs a shell.
        Major = "major",
        /// It works, at needless cost or effort.
        Minor = "minor",
    }
}

impl Severity {
    /// Points taken off for one finding; a scenario's checks are worth 100 in all.
    #[must_use]
    pub const fn penalty(self) -> u32 {
        match self {
            Self::Critical => 15,
            Self::Major => 8,
            Self::Minor => 3,
        }
    }
}

named_enum! {
    /// The part of the library a trap belongs to; also the folder of its file.
    pub enum Area {
        Roles = "roles",
        Secrets = "secrets",
        Network = "network",
        Compute = "compute",
        Scaling = "scaling",
        Delivery = "delivery",
        State = "state",
        Observability = "observability",
        Discovery = "discovery",
        Orchestration = "orchestration",
    }
}
