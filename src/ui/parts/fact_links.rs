//! Links to the facts that something teaches, once their claims are here.

use yew::prelude::*;

use crate::ui::document_loader;
use crate::ui::hooks::{Document, use_document};
use crate::ui::markdown::inline;
use crate::ui::router::Route;

/// Which facts.
#[derive(Properties, PartialEq)]
pub struct FactLinksProps {
    /// Their ids.
    pub ids: Vec<AttrValue>,
}

/// A section "The facts"; nothing while they are not here.
#[component]
pub fn FactLinks(props: &FactLinksProps) -> Html {
    let facts = use_document("scenarios/facts.json".into(), &document_loader::FACTS);
    let Document::Here(facts) = facts else { return Html::default() };
    let known = facts.facts.iter().filter(|fact| props.ids.iter().any(|id| **id == *fact.id));
    html! {
        <section>
            <h2>{ "The facts" }</h2>
            <ul class="link-list">
                { for known.map(|fact| html! {
                    <li><a href={Route::Fact(fact.id.clone()).href()}>{ inline(&fact.claim) }</a></li>
                }) }
            </ul>
        </section>
    }
}
