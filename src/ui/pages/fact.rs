//! One fact, and where to practise it.

use yew::prelude::*;

use crate::ui::document_loader;
use crate::ui::hooks::{Document, use_document, use_trap_library};
use crate::ui::icon::icon;
use crate::ui::pages::unknown::unknown;
use crate::ui::parts::{PageTitle, fact_status, fact_words, sources, trouble_notice, waiting};
use crate::ui::router::Route;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct FactPageProps {
    /// Which fact.
    pub id: AttrValue,
}

/// One fact.
#[component]
pub fn FactPage(props: &FactPageProps) -> Html {
    let id = &*props.id;
    let facts = use_document("scenarios/facts.json".into(), &document_loader::FACTS);
    let index = use_document("scenarios/index.json".into(), &document_loader::INDEX);
    let library = use_trap_library(true, 0);
    let facts = match facts {
        Document::Coming => return waiting("Fetching the facts…"),
        Document::Missing(trouble) => return trouble_notice(&trouble),
        Document::Here(facts) => facts,
    };
    let Some(fact) = facts.facts.iter().find(|fact| fact.id == id) else { return unknown() };
    let mut drills = Vec::new();
    if let Document::Here(index) = &index {
        let entries = index.scenarios.iter().filter(|entry| entry.facts.iter().any(|it| it == id));
        drills.extend(entries.map(|entry| (Route::Scenario(entry.id.clone()), entry.title.clone())));
    }
    let traps = library.here().map_or_else(Vec::new, |library| {
        let teaching = library.traps.iter().filter(|trap| trap.facts.iter().any(|it| it == id));
        teaching.map(|trap| (Route::Trap(trap.id.clone()), library.texts.title(&trap.id))).collect()
    });
    html! {
        <article class="narrow trap-page">
            <p><a class="back" href={Route::Facts.href()}>{ icon("ui-arrow-left") }{ "All facts" }</a></p>
            <PageTitle text={fact.claim.clone()} />
            <p class="tags">{ fact_status(fact.status) }</p>
            <div class="trap-words">{ fact_words(fact, 2) }</div>
            { links("Practice it in", drills) }
            { links("Related traps", traps) }
            <div class="trap-words">{ sources(&fact.sources, &fact.verified_on) }</div>
        </article>
    }
}

fn links(title: &'static str, links: Vec<(Route, String)>) -> Html {
    html! {
        if !links.is_empty() {
            <section>
                <h2>{ title }</h2>
                <ul class="link-list">
                    { for links.into_iter().map(|(route, text)| html! {
                        <li><a href={route.href()}>{ text }</a></li>
                    }) }
                </ul>
            </section>
        }
    }
}
