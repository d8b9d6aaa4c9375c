//! A scenario from an address: asked about first if it is another host's.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::prelude::*;

use super::file_buttons;
use crate::platform::address::Address;
use crate::platform::net::Abort;
use crate::ui::document_loader;
use crate::ui::hooks::{Trouble, fetch_foreign};
use crate::ui::pages::pack::Pack;
use crate::ui::pages::scenario::ScenarioPage;
use crate::ui::parts::{PageTitle, button, link_button, trouble_notice, waiting};
use crate::ui::router::Route;
use crate::ui::services::Services;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct FromAddressProps {
    /// Where.
    pub address: Address,
    /// For the scenario's page.
    pub services: Services,
}

/// Where the fetching stands.
enum Fetching {
    Asking,
    Coming(Abort),
    Here(Rc<Pack>),
    Failed(Trouble),
}

/// Asks before it fetches from another host.
#[component]
pub fn FromAddress(props: &FromAddressProps) -> Html {
    let state =
        use_state(|| if props.address.ours { Fetching::Coming(Abort::new()) } else { Fetching::Asking });
    // How many times it was asked for.
    let times = use_state_eq(|| u32::from(props.address.ours));
    let setter = state.setter();
    use_effect_with((props.address.href.clone(), *times), move |(href, times)| {
        let abort = (*times > 0).then(Abort::new);
        if let Some(abort) = abort.clone() {
            let href = href.clone();
            setter.set(Fetching::Coming(abort.clone()));
            spawn_local(async move {
                setter.set(match fetch_foreign(&href, &document_loader::SCENARIO_AND_TEXT, &abort).await {
                    Ok(scenario) => Fetching::Here(Rc::new(Pack::of_address(&scenario, &href))),
                    Err(trouble) => Fetching::Failed(trouble),
                });
            });
        }
        move || {
            if let Some(abort) = abort {
                abort.abort();
            }
        }
    });
    let address = &props.address;
    let fetch = Callback::from({
        let (setter, next) = (times.setter(), times.saturating_add(1));
        move |_: MouseEvent| setter.set(next)
    });
    match &*state {
        Fetching::Asking => html! {
            <div class="narrow">
                <PageTitle text="Scenario from another site" />
                <p>
                    { "The address asks for a scenario from " }<strong>{ address.host.clone() }</strong>
                    { ". That host would learn your IP address, and nothing else: neither cookies nor the page you come from are sent." }
                </p>
                <p><code class="long">{ address.href.clone() }</code></p>
                <p class="button-row">
                    { button("button primary", "ui-download", format!("Fetch it from {}", address.host), fetch) }
                    { link_button("button quiet", &Route::Scenarios, "Cancel and show the scenarios of this site") }
                </p>
            </div>
        },
        Fetching::Coming(abort) => html! {
            <div class="narrow">
                <PageTitle text="Scenario from another site" />
                { waiting(format!("Fetching it from {}…", address.host)) }
                <p class="button-row">
                    { button("button", "", "Cancel", { let abort = abort.clone(); Callback::from(move |_| abort.abort()) }) }
                </p>
            </div>
        },
        Fetching::Failed(trouble) => html! {
            <div class="narrow wide-problems">
                <PageTitle text="This scenario cannot be opened" />
                { trouble_notice(trouble) }
                if trouble.net.is_some() {
                    <p class="button-row">{ button("button primary", "ui-download", "Try again", fetch) }</p>
                }
                { file_buttons(&props.services) }
            </div>
        },
        Fetching::Here(pack) => html! {
            <ScenarioPage key={pack.place.clone()} pack={Rc::clone(pack)} services={props.services.clone()} />
        },
    }
}
