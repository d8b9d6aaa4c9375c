//! One trap, explained.

use yew::prelude::*;

use crate::ui::document_loader;
use crate::ui::hooks::{Document, Library, use_document, use_trap_library};
use crate::ui::icon::icon;
use crate::ui::pages::unknown::unknown;
use crate::ui::parts::{FactLinks, PageTitle, trap_words, waiting};
use crate::ui::router::Route;
use crate::ui::words::{self, MISSING_TRAPS};

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct TrapPageProps {
    /// Which trap.
    pub id: AttrValue,
}

/// One trap.
#[component]
pub fn TrapPage(props: &TrapPageProps) -> Html {
    let library = use_trap_library(true, 0);
    let index = use_document("scenarios/index.json".into(), &document_loader::INDEX);
    let library = match &library {
        Library::Coming => return waiting("Fetching the trap…"),
        Library::Missing => return waiting(MISSING_TRAPS),
        Library::Here(library) => library,
    };
    let Some(trap) = library.trap(&props.id) else { return unknown() };
    let mut drilled = Vec::new();
    if let Document::Here(index) = &index {
        drilled.extend(
            index
                .scenarios
                .iter()
                .filter(|entry| entry.variants.values().any(|fires| fires.contains(&trap.id))),
        );
    }
    html! {
        <article class="narrow trap-page">
            <p><a class="back" href={Route::Traps.href()}>{ icon("ui-arrow-left") }{ "All traps" }</a></p>
            <PageTitle text={library.texts.title(&trap.id)} />
            <p class="tags">
                <span class={classes!("severity", trap.severity.name())}>{ words::severity(trap.severity) }</span>
                <span class="tag">{ words::area(trap.area) }</span>
                <span class="tag">{ icon(&format!("domain-{}", trap.domain)) }{ words::domain(trap.domain) }</span>
            </p>
            if let Some(text) = library.texts.get(&trap.id) {
                { trap_words(text, 2) }
            }
            <FactLinks ids={trap.facts.iter().map(|id| AttrValue::from(id.clone())).collect::<Vec<_>>()} />
            if !drilled.is_empty() {
                <section>
                    <h2>{ "Practice it in" }</h2>
                    <ul class="link-list">
                        { for drilled.iter().map(|entry| html! {
                            <li><a href={Route::Scenario(entry.id.clone()).href()}>{ entry.title.clone() }</a></li>
                        }) }
                    </ul>
                </section>
            }
        </article>
    }
}
