//! How far a learner is, over all scenarios.

use crate::Outcome;
use trapwise_model::SortedMap;

/// The standing at every scenario that was started, by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress(pub(crate) SortedMap<String, Standing>);

/// The standing at one scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was done yet.
    #[default]
    NotStarted,
    /// Work was done, and checked with this result if at all.
    InProgress(Option<Outcome>),
    /// It was passed.
    Passed(Outcome),
}

impl Progress {
    /// The standing at one scenario.
    #[must_use]
    pub fn of(&self, place: &str) -> Standing {
        self.0.get(place).copied().unwrap_or_default()
    }

    /// Whether nothing was ever done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Standing {
    /// The best score in percent, if it was ever checked.
    #[must_use]
    pub fn score(self) -> Option<u32> {
        match self {
            Self::NotStarted => None,
            Self::InProgress(best) => best.map(|best| best.score),
            Self::Passed(best) => Some(best.score),
        }
    }

    pub(crate) fn from_best(best: Option<Outcome>) -> Self {
        match best {
            Some(best) if best.passed => Self::Passed(best),
            best => Self::InProgress(best),
        }
    }
}
