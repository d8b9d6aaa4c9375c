//! What to take away, once the scenario is passed.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::markdown::Markdown;
use crate::ui::pages::pack::Pack;
use crate::ui::router::Route;

/// What the debrief needs.
#[derive(Properties, PartialEq)]
pub struct DebriefProps {
    /// The scenario.
    pub pack: Rc<Pack>,
}

/// The debrief.
#[component]
pub fn Debrief(props: &DebriefProps) -> Html {
    let scenario = &props.pack.scenario;
    html! {
        <>
            <Markdown text={scenario.debrief.clone()} />
            <footer class="sources">
                <h2>{ "Where it is written" }</h2>
                <ul>
                    { for scenario.sources.iter().map(|source| html! {
                        <li>
                            <a href={source.url.clone()} target="_blank" rel="noopener noreferrer">
                                { source.title.clone() }<Icon name="ui-external" />
                            </a>
                        </li>
                    }) }
                </ul>
                <p class="muted">{ format!("Checked on {}.", scenario.verified_on) }</p>
            </footer>
            <a class="button primary" href={Route::Scenarios.href()}>{ "To the next scenario" }<Icon name="ui-arrow-right" /></a>
        </>
    }
}
