//! What a learner has done at one scenario.

use serde::Serialize;
use trapwise_model::read::FromJson;
use trapwise_model::{Design, SortedMap, SortedSet};

use crate::Unknown;

/// One learner at one scenario. Undo history is no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson, Serialize)]
#[serde(rename_all = "camelCase")]
#[document(open)]
pub struct Attempt {
    /// The board.
    pub design: Design,
    /// The options chosen in the question; empty until it is answered.
    #[serde(default, skip_serializing_if = "SortedSet::is_empty")]
    pub answers: SortedSet<String>,
    /// How many stages of help were opened, by requirement.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub hints: SortedMap<String, u32>,
    /// How many times the design was checked.
    #[serde(default)]
    pub checks: u32,
    /// The best result so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Outcome>,
    /// Whether a solution was looked at.
    #[serde(default)]
    pub solution_seen: bool,
    /// What a later program added to the record.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// The result of one check, as far as progress needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromJson, Serialize)]
#[document(open)]
pub struct Outcome {
    /// Whether the scenario was passed.
    pub passed: bool,
    /// Percent, 0 to 100.
    pub score: u32,
}

impl Attempt {
    /// A first attempt on that board.
    #[must_use]
    pub fn new(design: Design) -> Self {
        Self { design, ..Self::default() }
    }

    /// Counts a check and keeps the better result.
    pub fn record(&mut self, outcome: Outcome) {
        self.checks = self.checks.saturating_add(1);
        if self.best.is_none_or(|best| outcome.better_than(best)) {
            self.best = Some(outcome);
        }
    }

    /// Opens the next of `stages` stages of help with a requirement.
    pub fn open_hint(&mut self, requirement: &str, stages: u32) {
        let opened = self.hints.entry(requirement.to_owned()).or_default();
        *opened = opened.saturating_add(1).min(stages);
    }

    /// How many stages of help were opened in all.
    #[must_use]
    pub fn hints_opened(&self) -> u32 {
        self.hints.values().fold(0, |sum, stages| sum.saturating_add(*stages))
    }
}

impl Outcome {
    /// A pass is better than any failure; else the score decides.
    fn better_than(self, other: Self) -> bool {
        (self.passed, self.score) > (other.passed, other.score)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_result_is_kept() {
        let mut attempt = Attempt::default();
        for (passed, score) in [(false, 40), (true, 90), (false, 95), (true, 85)] {
            attempt.record(Outcome { passed, score });
        }
        assert_eq!(attempt.best, Some(Outcome { passed: true, score: 90 }));
        assert_eq!(attempt.checks, 4);
    }

    #[test]
    fn hints_stop_at_the_last_stage() {
        let mut attempt = Attempt::default();
        for _ in 0..5 {
            attempt.open_hint("pull", 3);
        }
        attempt.open_hint("zones", 2);
        assert_eq!(attempt.hints.get("pull"), Some(&3));
        assert_eq!(attempt.hints_opened(), 4);
    }
}
