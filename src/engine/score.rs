//! Points: from the results of checks and the severity of findings to a score.
//!
//! - A check that passes earns its points. One that does not apply leaves what is possible; one that
//!   fails or is unknown earns nothing.
//! - Every finding costs its severity's penalty. Percent = max(0, earned − penalties) × 100 ÷ possible,
//!   rounded down, so that 100 means everything. Where nothing is possible it is 0.
//! - A penalty also comes off its trap's domain, which does not go below 0. Where the domain has no
//!   points possible it lowers the percent all the same, and is seen in no domain.
//! - Scaled = 100 + 9 × percent: whole, because percent is.
//! - Passed: every required check passes or does not apply, and no critical finding stands.
//! - A free design has no checks: it starts from 100 and loses its penalties.

use crate::report::{CheckReport, DomainScore, Status};
use crate::terms::{Domain, Severity};

/// The outcome of an evaluation in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Whether the design is good enough.
    pub passed: bool,
    /// 0 to 100, rounded down.
    pub percent: u32,
    /// 100 to 1000.
    pub scaled: u32,
    /// Points earned by checks, before penalties.
    pub earned: u32,
    /// Points possible.
    pub possible: u32,
    /// The penalties of all findings.
    pub penalty: u32,
    /// By domain; only domains in which points are possible.
    pub domains: Vec<DomainScore>,
}

impl Score {
    /// The score of a scenario's checks, with the severity and domain of each finding.
    #[must_use]
    pub fn of(checks: &[CheckReport], findings: &[(Severity, Domain)]) -> Self {
        let earned = checks.iter().map(|check| check.points).sum();
        let possible = checks.iter().map(|check| check.possible).sum();
        let met = |check: &CheckReport| matches!(check.status, Status::Pass | Status::NotApplicable);
        let passed = checks.iter().filter(|check| check.required).all(met);
        let domains = Domain::ALL.iter().filter_map(|domain| {
            let mine = || checks.iter().filter(|check| check.domain == *domain);
            let lost: u32 =
                findings.iter().filter(|(_, of)| of == domain).map(|(severity, _)| severity.penalty()).sum();
            let earned = mine().map(|check| check.points).sum::<u32>().saturating_sub(lost);
            let possible: u32 = mine().map(|check| check.possible).sum();
            (possible > 0).then_some(DomainScore { id: *domain, earned, possible })
        });
        Self::new(passed, earned, possible, findings, domains.collect())
    }

    /// The score of a free design.
    #[must_use]
    pub fn free(findings: &[(Severity, Domain)]) -> Self {
        Self::new(true, 100, 100, findings, Vec::new())
    }

    fn new(
        checks_pass: bool,
        earned: u32,
        possible: u32,
        findings: &[(Severity, Domain)],
        domains: Vec<DomainScore>,
    ) -> Self {
        let penalty = findings.iter().map(|(severity, _)| severity.penalty()).sum();
        let net = u64::from(earned.saturating_sub(penalty));
        let percent = (net * 100).checked_div(u64::from(possible)).unwrap_or(0);
        let percent = u32::try_from(percent).unwrap_or(100).min(100);
        let critical = findings.iter().any(|(severity, _)| *severity == Severity::Critical);
        Self {
            passed: checks_pass && !critical,
            percent,
            scaled: 100 + 9 * percent,
            earned,
            possible,
            penalty,
            domains,
        }
    }
}
