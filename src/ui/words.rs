//! What the closed vocabularies are called on screen.

use trapwise_documents::report::Status;
use trapwise_documents::scenario::FactStatus;
use trapwise_documents::terms::{Area, Difficulty, Domain, Exam, Severity};

/// Said where the traps could not be fetched.
pub const MISSING_TRAPS: &str = "The traps could not be fetched. They are requested again when you are connected, or when you load this page again.";

/// An exam in full.
#[must_use]
pub const fn exam(exam: Exam) -> &'static str {
    match exam {
        Exam::SaaC03 => "Solutions Architect – Associate",
        Exam::DvaC02 => "Developer – Associate",
        Exam::DopC02 => "DevOps Engineer – Professional",
        Exam::SapC02 => "Solutions Architect – Professional",
    }
}

/// A domain of the score.
#[must_use]
pub const fn domain(domain: Domain) -> &'static str {
    match domain {
        Domain::Secure => "Secure",
        Domain::Resilient => "Resilient",
        Domain::HighPerforming => "High-performing",
        Domain::CostOptimised => "Cost-optimised",
    }
}

/// How much a scenario asks.
#[must_use]
pub const fn difficulty(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Introductory => "Introductory",
        Difficulty::Intermediate => "Intermediate",
        Difficulty::Advanced => "Advanced",
    }
}

/// How bad a trap is.
#[must_use]
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Critical",
        Severity::Major => "Major",
        Severity::Minor => "Minor",
    }
}

/// A part of the trap library.
#[must_use]
pub const fn area(area: Area) -> &'static str {
    match area {
        Area::Roles => "Roles",
        Area::Secrets => "Secrets",
        Area::Network => "Network",
        Area::Compute => "Compute",
        Area::Scaling => "Scaling",
        Area::Delivery => "Delivery",
        Area::State => "State",
        Area::Observability => "Observability",
        Area::Discovery => "Discovery",
        Area::Orchestration => "Orchestration",
    }
}

/// How a claim of exam lore stands today.
#[must_use]
pub const fn fact_status(status: FactStatus) -> &'static str {
    match status {
        FactStatus::Correct => "Correct",
        FactStatus::Incomplete => "Incomplete",
        FactStatus::Outdated => "Outdated",
        FactStatus::Debatable => "Debatable",
        FactStatus::Wrong => "Wrong",
    }
}

/// The result of a check.
#[must_use]
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Pass => "met",
        Status::Fail => "not met",
        Status::NotApplicable => "does not apply",
        Status::Unknown => "unknown",
    }
}

/// `1 finding`, `2 findings`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
