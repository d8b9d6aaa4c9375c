//! Which scenarios the list shows.

use trapwise_documents::scenario::IndexEntry;
use trapwise_documents::terms::{Difficulty, Domain, Exam};
use trapwise_model::named_enum;
use trapwise_session::Standing;

named_enum! {
    /// How far a learner is with a scenario.
    pub enum State {
        New = "new",
        Started = "started",
        Passed = "passed",
    }
}

impl State {
    /// Of that standing.
    #[must_use]
    pub const fn of(standing: Standing) -> Self {
        match standing {
            Standing::NotStarted => Self::New,
            Standing::InProgress(_) => Self::Started,
            Standing::Passed(_) => Self::Passed,
        }
    }

    /// On screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "Not started",
            Self::Started => "In progress",
            Self::Passed => "Passed",
        }
    }
}

/// What is wanted; what is not set is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that all have to occur in the title, the summary, the facts or the traps.
    pub search: String,
    /// One of its exams.
    pub exam: Option<Exam>,
    /// Its domain.
    pub domain: Option<Domain>,
    /// How much it asks.
    pub difficulty: Option<Difficulty>,
    /// How far the learner is.
    pub state: Option<State>,
}

impl Filter {
    /// Whether everything is shown.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a scenario is shown.
    #[must_use]
    pub fn shows(&self, entry: &IndexEntry, standing: Standing) -> bool {
        self.exam.is_none_or(|exam| entry.exams.contains(&exam))
            && self.domain.is_none_or(|domain| entry.domain == domain)
            && self.difficulty.is_none_or(|difficulty| entry.difficulty == difficulty)
            && self.state.is_none_or(|state| State::of(standing) == state)
            && self.finds(entry)
    }

    fn finds(&self, entry: &IndexEntry) -> bool {
        let mut text = format!("{} {} {}", entry.title, entry.summary, entry.facts.join(" "));
        for fires in entry.variants.values() {
            for trap in fires {
                text.push(' ');
                text.push_str(trap);
            }
        }
        let text = text.to_ascii_lowercase();
        self.search.to_ascii_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trapwise_model::{SortedMap, SortedSet};

    fn entry() -> IndexEntry {
        let fires = SortedSet::from(["single-zone-service".to_owned()]);
        IndexEntry {
            id: "first".into(),
            title: "The first service".into(),
            summary: "Two zones.".into(),
            exams: vec![Exam::SaaC03],
            domain: Domain::Resilient,
            difficulty: Difficulty::Introductory,
            minutes: 10,
            facts: vec!["tip-two-roles".into()],
            references: vec!["reference".into()],
            variants: SortedMap::from([("one".to_owned(), fires)]),
        }
    }

    #[test]
    fn every_word_has_to_occur() {
        let finds = |search: &str| {
            Filter { search: search.into(), ..Filter::default() }.shows(&entry(), Standing::NotStarted)
        };
        assert!(finds("") && finds("FIRST zones") && finds("single-zone"));
        assert!(!finds("first gpu"));
    }

    #[test]
    fn every_condition_has_to_hold() {
        let filter = Filter { exam: Some(Exam::SaaC03), state: Some(State::New), ..Filter::default() };
        assert!(filter.shows(&entry(), Standing::NotStarted));
        assert!(!filter.shows(&entry(), Standing::InProgress(None)));
        let filter = Filter { exam: Some(Exam::SapC02), ..Filter::default() };
        assert!(!filter.shows(&entry(), Standing::NotStarted));
    }
}
