//! What to take away, once the scenario is passed.

use trapwise_engine::scenario::Scenario;
use yew::prelude::*;

use crate::ui::icon::icon;
use crate::ui::markdown::markdown;
use crate::ui::router::Route;

/// The debrief.
pub fn debrief(scenario: &Scenario) -> Html {
    html! {
        <>
            { markdown(&scenario.debrief, &[], 3) }
            <footer class="sources">
                <h2>{ "Where it is written" }</h2>
                <ul>
                    { for scenario.sources.iter().map(|source| html! {
                        <li>
                            <a href={source.url.clone()} target="_blank" rel="noopener noreferrer">
                                { source.title.clone() }{ icon("ui-external") }
                            </a>
                        </li>
                    }) }
                </ul>
                <p class="muted">{ format!("Checked on {}.", scenario.verified_on) }</p>
            </footer>
            <a class="button primary" href={Route::Scenarios.href()}>{ "To the next scenario" }{ icon("ui-arrow-right") }</a>
        </>
    }
}
