//! A scenario from an address: asked about first if it is another host's.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::prelude::*;

use super::file_buttons;
use crate::platform::address::Address;
use crate::ui::document_loader;
use crate::ui::hooks::{Trouble, fetch_foreign};
use crate::ui::icon::icon;
use crate::ui::pages::pack::Pack;
use crate::ui::pages::scenario::ScenarioPage;
use crate::ui::parts::{PageTitle, link_button, trouble_notice, waiting};
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
    Coming,
    Here(Rc<Pack>),
    Failed(Trouble),
}

/// Asks before it fetches from another host.
#[component]
pub fn FromAddress(props: &FromAddressProps) -> Html {
    let state = use_state(|| if props.address.ours { Fetching::Coming } else { Fetching::Asking });
    let agreed = !matches!(&*state, Fetching::Asking);
    let setter = state.setter();
    use_effect_with((props.address.href.clone(), agreed), move |(href, agreed)| {
        if *agreed {
            let href = href.clone();
            spawn_local(async move {
                setter.set(match fetch_foreign(&href, &document_loader::SCENARIO).await {
                    Ok(scenario) => Fetching::Here(Rc::new(Pack::of_address(scenario, &href))),
                    Err(trouble) => Fetching::Failed(trouble),
                });
            });
        }
    });
    let address = &props.address;
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
                    <button
                        type="button" class="button primary"
                        onclick={let state = state.clone(); move |_| state.set(Fetching::Coming)}
                    >
                        { icon("ui-download") }{ format!("Fetch it from {}", address.host) }
                    </button>
                    { link_button("button quiet", &Route::Scenarios, "Cancel and show the scenarios of this site") }
                </p>
            </div>
        },
        Fetching::Coming => html! {
            <div class="narrow">
                <PageTitle text="Scenario from another site" />
                { waiting(format!("Fetching it from {}…", address.host)) }
            </div>
        },
        Fetching::Failed(trouble) => html! {
            <div class="narrow wide-problems">
                <PageTitle text="This scenario cannot be opened" />
                { trouble_notice(trouble) }
                { file_buttons(&props.services) }
            </div>
        },
        Fetching::Here(pack) => html! {
            <ScenarioPage key={pack.place.clone()} pack={Rc::clone(pack)} services={props.services.clone()} />
        },
    }
}
