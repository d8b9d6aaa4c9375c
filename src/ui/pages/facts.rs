//! Every fact taught, with the exam's answer and today's.

use trapwise_documents::scenario::{Fact, FactStatus};
use yew::prelude::*;

use crate::ui::document_loader;
use crate::ui::hooks::{Document, use_document};
use crate::ui::icon::icon;
use crate::ui::markdown::inline;
use crate::ui::parts::{Choice, PageTitle, choice, fact_status, fact_words, search, trouble_notice, waiting};
use crate::ui::router::Route;
use crate::ui::words;

/// What the list shows; `mnemonic` asks for facts that have one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Filter {
    search: String,
    status: Option<FactStatus>,
    mnemonic: bool,
}

impl Filter {
    fn shows(&self, fact: &Fact) -> bool {
        self.status.is_none_or(|status| fact.status == status)
            && (!self.mnemonic || fact.mnemonic.is_some())
            && self.finds(fact)
    }

    fn finds(&self, fact: &Fact) -> bool {
        let mnemonic = fact.mnemonic.as_deref().unwrap_or_default();
        let text = [&fact.id, &*fact.claim, &fact.exam_answer, &fact.aws_today, mnemonic]
            .join(" ")
            .to_ascii_lowercase();
        self.search.to_ascii_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// The facts.
#[component]
pub fn Facts() -> Html {
    let facts = use_document("scenarios/facts.json".into(), &document_loader::FACTS);
    let filter = use_state_eq(Filter::default);
    let body = match &facts {
        Document::Coming => waiting("Fetching the facts…"),
        Document::Missing(trouble) => trouble_notice(trouble),
        Document::Here(facts) => {
            let shown: Vec<_> = facts.facts.iter().filter(|fact| filter.shows(fact)).collect();
            html! {
                <>
                    { filters(&filter, shown.len()) }
                    if shown.is_empty() {
                        <p class="empty">{ icon("ui-search") }{ "No matching facts." }</p>
                    } else {
                        <ul class="rows">{ for shown.into_iter().map(row) }</ul>
                    }
                </>
            }
        }
    };
    html! {
        <div class="traps-page">
            <PageTitle text="Facts" />
            <p class="lead">{ "What exams expect you to know, and what is true on AWS today." }</p>
            { body }
        </div>
    }
}

fn filters(filter: &UseStateHandle<Filter>, number: usize) -> Html {
    let change = |change: fn(&mut Filter, String)| {
        let filter = filter.clone();
        Callback::from(move |text: String| {
            let mut wanted = (*filter).clone();
            change(&mut wanted, text);
            filter.set(wanted);
        })
    };
    let statuses = FactStatus::ALL.iter().map(|it| (it.name(), words::fact_status(*it).into())).collect();
    html! {
        <div class="filters" role="search" aria-label="Filter the facts">
            { search(&filter.search, &change(|filter, text| filter.search = text)) }
            { choice(Choice {
                label: "Status", all: "All statuses", options: statuses,
                value: filter.status.map_or("", FactStatus::name),
                on_choose: change(|filter, name| filter.status = FactStatus::from_name(&name)),
            }) }
            { choice(Choice {
                label: "Mnemonic", all: "All facts", options: vec![("yes", "With a mnemonic".into())],
                value: if filter.mnemonic { "yes" } else { "" },
                on_choose: change(|filter, name| filter.mnemonic = !name.is_empty()),
            }) }
            <p class="muted" role="status">{ words::count(number, "fact", "facts") }</p>
        </div>
    }
}

fn row(fact: &Fact) -> Html {
    html! {
        <li key={fact.id.clone()}>
            <details class="fact">
                <summary class="trap-row">
                    { fact_status(fact.status) }
                    <strong>{ inline(&fact.claim) }</strong>
                    { icon("ui-chevron-down") }
                </summary>
                <div class="trap-words">
                    { fact_words(fact, 2) }
                    <p>
                        <a href={Route::Fact(fact.id.clone()).href()}>
                            { "Scenarios, traps and sources" }{ icon("ui-arrow-right") }
                        </a>
                    </p>
                </div>
            </details>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact() -> Fact {
        Fact {
            id: "tip-two-roles".into(),
            claim: "Two roles.".into(),
            status: FactStatus::Correct,
            exam_answer: "The execution role pulls the image.".into(),
            aws_today: "Unchanged.".into(),
            mnemonic: None,
            sources: Vec::new(),
            verified_on: "2026-11-22".into(),
        }
    }

    #[test]
    fn every_word_has_to_occur() {
        let shows = |search: &str| Filter { search: search.into(), ..Filter::default() }.shows(&fact());
        assert!(shows("") && shows("PULLS unchanged") && shows("tip-two"));
        assert!(!shows("pulls gpu"));
    }

    #[test]
    fn every_condition_has_to_hold() {
        let wrong = Filter { status: Some(FactStatus::Wrong), ..Filter::default() };
        let remembered = Filter { mnemonic: true, ..Filter::default() };
        assert!(!wrong.shows(&fact()) && !remembered.shows(&fact()));
    }
}
