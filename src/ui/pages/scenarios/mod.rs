//! The list of scenarios: what there is, and how far the learner is.

mod filter;
mod filters;
mod row;

use trapwise_documents::scenario::Index;
use trapwise_session::{Progress, Standing};
use yew::prelude::*;

use crate::ui::document_loader;
use crate::ui::hooks::{Document, use_document};
use crate::ui::icon::icon;
use crate::ui::pages::opened::Origin;
use crate::ui::parts::{Files, PageTitle, file_button, trouble_notice, waiting};
use crate::ui::router::Route;
use crate::ui::services::Services;
use crate::ui::words::count;

use filter::Filter;
use filters::filters;
use row::row;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct ScenariosProps {
    /// Where progress is kept, and how files are opened.
    pub services: Services,
}

/// The list of scenarios.
#[component]
pub fn Scenarios(props: &ScenariosProps) -> Html {
    let index = use_document("scenarios/index.json".into(), &document_loader::INDEX);
    let filter = use_state_eq(Filter::default);
    let progress = use_memo((), |()| props.services.attempt_store.progress());
    let on_open = props.services.open.reform(Origin::Files);
    let body = match &index {
        Document::Coming => waiting("Fetching the scenarios…"),
        Document::Missing(trouble) => trouble_notice(trouble),
        Document::Here(index) => {
            let on_change = Callback::from({
                let filter = filter.clone();
                move |wanted| filter.set(wanted)
            });
            html! {
                <>
                    { welcome(index, &progress) }
                    { filters(&filter, &on_change) }
                    { list(index, &filter, &progress) }
                </>
            }
        }
    };
    html! {
        <div class="scenarios-page">
            <div class="title-row">
                <PageTitle text="Scenarios" />
                <div class="title-actions">
                    { file_button("Open scenario…", "ui-open", Files::Several, &on_open) }
                </div>
            </div>
            { body }
        </div>
    }
}

/// What this is, on the first visit; how far the learner is, on every other.
fn welcome(index: &Index, progress: &Progress) -> Html {
    let total = index.scenarios.len();
    let standing = |id: &str| progress.of(id);
    let passed =
        index.scenarios.iter().filter(|entry| matches!(standing(&entry.id), Standing::Passed(_))).count();
    if progress.is_empty() {
        let Some(first) = index.scenarios.first() else { return Html::default() };
        return html! {
            <section class="welcome" aria-label="Welcome">
                <p>
                    { "Read an exam-style scenario, build the AWS container architecture it asks for, and see every trap your design falls into explained by what AWS would really do." }
                </p>
                <a class="button primary" href={Route::Scenario(first.id.clone()).href()}>
                    { icon("ui-play") }{ format!("Start with “{}”", first.title) }
                </a>
            </section>
        };
    }
    let next = index.scenarios.iter().find(|entry| !matches!(standing(&entry.id), Standing::Passed(_)));
    html! {
        <section class="overall" aria-label="Progress">
            <p><strong>{ format!("{passed} of {}", count(total, "scenario", "scenarios")) }</strong>{ " passed" }</p>
            <progress max={total.to_string()} value={passed.to_string()} aria-label="Scenarios passed" />
            if let Some(next) = next {
                <a class="button" href={Route::Scenario(next.id.clone()).href()}>
                    { icon("ui-play") }
                    { if standing(&next.id) == Standing::NotStarted { "Next: " } else { "Go on with " } }
                    { next.title.clone() }
                </a>
            }
        </section>
    }
}

fn list(index: &Index, filter: &Filter, progress: &Progress) -> Html {
    let shown: Vec<_> =
        index.scenarios.iter().filter(|entry| filter.shows(entry, progress.of(&entry.id))).collect();
    html! {
        <>
            <p role="status" class={classes!("muted", "found", filter.is_open().then_some("visually-hidden"))}>
                { format!("{} shown", count(shown.len(), "scenario", "scenarios")) }
            </p>
            if shown.is_empty() {
                <p class="empty">{ icon("ui-search") }{ "No matching scenarios." }</p>
            } else {
                <ul class="rows scenario-rows">
                    { for shown.iter().map(|entry| row(entry, progress)) }
                </ul>
            }
        </>
    }
}
