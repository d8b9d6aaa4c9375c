//! How far a learner is, over all scenarios.

use crate::Outcome;
use trapwise_model::SortedMap;

/// Between the place of a scenario and the seed of another version, in the place of that version.
pub const VERSION: &str = "?seed=";

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
    /// The standing at one scenario. Other versions of it are practice of the same: it is passed when any
    /// was, with the best result of those unless that of the scenario itself is a pass.
    #[must_use]
    pub fn of(&self, place: &str) -> Standing {
        let own = self.0.get(place).copied().unwrap_or_default();
        match own {
            Standing::Passed(_) => own,
            _ => match self.versions(place).max_by_key(|version| version.rank()) {
                Some(passed @ Standing::Passed(_)) => passed,
                Some(_) if own == Standing::NotStarted => Standing::InProgress(None),
                _ => own,
            },
        }
    }

    /// How many versions of a scenario were passed, itself included; none unless another than itself was.
    #[must_use]
    pub fn versions_passed(&self, place: &str) -> usize {
        let passed = |standing: &Standing| matches!(standing, Standing::Passed(_));
        match self.versions(place).filter(passed).count() {
            0 => 0,
            others => others + usize::from(self.0.get(place).is_some_and(passed)),
        }
    }

    /// The standing at each other version that was started.
    fn versions(&self, place: &str) -> impl Iterator<Item = Standing> {
        let is_version =
            move |key: &str| key.strip_prefix(place).is_some_and(|rest| rest.starts_with(VERSION));
        self.0.iter().filter(move |(key, _)| is_version(key)).map(|(_, standing)| *standing)
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

    /// Passed or not, then the score.
    fn rank(self) -> (bool, Option<u32>) {
        (matches!(self, Self::Passed(_)), self.score())
    }

    pub(crate) fn from_best(best: Option<Outcome>) -> Self {
        match best {
            Some(best) if best.passed => Self::Passed(best),
            best => Self::InProgress(best),
        }
    }
}
