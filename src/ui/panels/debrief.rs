//! What to take away, once the scenario is passed.

use trapwise_documents::scenario::Scenario;
use yew::prelude::*;

use crate::ui::icon::icon;
use crate::ui::markdown::markdown;
use crate::ui::pages::pack::Next;
use crate::ui::parts::{FactLinks, sources};
use crate::ui::router::Route;

/// The debrief, with the way to another version if there is one.
pub fn debrief(scenario: &Scenario, another: Option<&Next>) -> Html {
    html! {
        <>
            { markdown(&scenario.debrief, &[], 3) }
            <FactLinks ids={scenario.facts.iter().map(|id| id.clone().into()).collect::<Vec<AttrValue>>()} />
            <h2>{ "Sources" }</h2>
            { sources(&scenario.sources, &scenario.verified_on) }
            <p class="button-row">
                <a class="button primary" href={Route::Scenarios.href()}>{ "To the next scenario" }{ icon("ui-arrow-right") }</a>
                { another.map(version).unwrap_or_default() }
            </p>
        </>
    }
}

fn version(another: &Next) -> Html {
    let words = html! { <>{ icon("ui-reset") }{ "Another version" }</> };
    match another {
        Next::Page(route) => html! { <a class="button quiet" href={route.href()}>{ words }</a> },
        Next::Here(go) => html! {
            <button type="button" class="button quiet" onclick={go.reform(|_: MouseEvent| ())}>{ words }</button>
        },
    }
}
