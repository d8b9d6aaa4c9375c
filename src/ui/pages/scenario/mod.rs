//! One scenario: brief, board, results.

mod banners;
mod bar;
mod board;
mod brief_pane;
mod desk;
mod dialogs;
mod looking;
mod pane_bar;
mod pins;
mod side_pane;
mod state;
mod telling;

use std::rc::Rc;

use trapwise_engine::scenario::Scenario;
use yew::prelude::*;

use crate::ui::hooks::{Document, use_document};
use crate::ui::pages::pack::Pack;
use crate::ui::parts::{PageTitle, trouble_notice};
use crate::ui::reading;
use crate::ui::router::Route;
use crate::ui::services::Services;

pub use desk::Desk;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct SiteScenarioProps {
    /// The scenario's id.
    pub id: AttrValue,
    /// Handed on.
    pub services: Services,
}

/// A scenario of this site, fetched.
#[component]
pub fn SiteScenario(props: &SiteScenarioProps) -> Html {
    let document = use_document(format!("scenarios/{}/scenario.json", props.id).into(), &reading::SCENARIO);
    let pack = use_memo(document.clone(), |document| match document {
        Document::Here(scenario) => Some(Rc::new(Pack::of_site(Scenario::clone(scenario)))),
        _ => None,
    });
    match (&*pack, &document) {
        (Some(pack), _) => html! { <Desk pack={Rc::clone(pack)} services={props.services.clone()} /> },
        (None, Document::Missing(trouble)) => html! {
            <div class="narrow wide-problems">
                <PageTitle text="This scenario cannot be opened" />
                { trouble_notice(trouble) }
                <p><a class="button primary" href={Route::Scenarios.href()}>{ "To the scenarios" }</a></p>
            </div>
        },
        _ => html! { <p role="status" class="muted narrow">{ "Fetching the scenario…" }</p> },
    }
}
