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
        let earned = total(checks.iter().map(|check| check.points));
        let possible = total(checks.iter().map(|check| check.possible));
        let met = |check: &CheckReport| matches!(check.status, Status::Pass | Status::NotApplicable);
        let passed = checks.iter().filter(|check| check.required).all(met);
        let domains = Domain::ALL.iter().filter_map(|domain| {
            let mine = || checks.iter().filter(|check| check.domain == *domain);
            let lost = findings.iter().filter(|(_, of)| of == domain).map(|(severity, _)| severity.penalty());
            let earned = total(mine().map(|check| check.points)).saturating_sub(total(lost));
            let possible = total(mine().map(|check| check.possible));
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
        let penalty = total(findings.iter().map(|(severity, _)| severity.penalty()));
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

/// The sum of points, at most the largest number: a scenario that was read without the loader may have any points.
pub(crate) fn total(points: impl Iterator<Item = u32>) -> u32 {
    points.fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Witness;

    #[test]
    fn points_beyond_the_largest_number_still_give_a_percentage() {
        let check = |points, status| CheckReport {
            id: "a".to_owned(),
            title: "A".to_owned(),
            requirement: "r".to_owned(),
            domain: Domain::Secure,
            required: true,
            status,
            points,
            possible: u32::MAX,
            witness: Witness::default(),
        };
        let score = Score::of(
            &[check(u32::MAX, Status::Pass), check(u32::MAX, Status::Pass), check(0, Status::Fail)],
            &[(Severity::Critical, Domain::Secure); 3],
        );
        assert_eq!((score.earned, score.possible), (u32::MAX, u32::MAX));
        assert_eq!((score.percent, score.scaled, score.passed), (99, 991, false));
    }
}
