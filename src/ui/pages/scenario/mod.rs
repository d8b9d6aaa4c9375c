//! One scenario: brief, board, results.

mod banners;
mod bar;
mod board;
mod brief_pane;
mod dialogs;
mod effects;
mod highlights;
mod host_events;
mod pane_bar;
mod scenario_page;
mod side_pane;
mod solution_view;
mod state;

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::document_loader;
use crate::ui::hooks::{Document, use_document};
use crate::ui::pages::pack::Pack;
use crate::ui::parts::{PageTitle, link_button, trouble_notice};
use crate::ui::router::Route;
use crate::ui::services::Services;

pub use scenario_page::ScenarioPage;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct SiteScenarioProps {
    /// The scenario's id.
    pub id: AttrValue,
    /// Which version of it; 0 is the one that is written.
    #[prop_or_default]
    pub seed: u32,
    /// Passed to children.
    pub services: Services,
}

/// A scenario of this site, fetched.
#[component]
pub fn SiteScenario(props: &SiteScenarioProps) -> Html {
    let file = format!("scenarios/{}/scenario.json", props.id);
    let document = use_document(file.into(), &document_loader::SCENARIO_AND_TEXT);
    let pack = use_memo((document.clone(), props.seed), |(document, seed)| match document {
        Document::Here(here) => Some(Rc::new(Pack::of_site(here.0.clone(), &here.1, *seed))),
        _ => None,
    });
    match (&*pack, &document) {
        (Some(pack), _) => {
            html! { <ScenarioPage pack={Rc::clone(pack)} services={props.services.clone()} /> }
        }
        (None, Document::Missing(trouble)) => html! {
            <div class="narrow wide-problems">
                <PageTitle text="This scenario cannot be opened" />
                { trouble_notice(trouble) }
                <p>{ link_button("button primary", &Route::Scenarios, "To the scenarios") }</p>
            </div>
        },
        _ => html! { <p role="status" class="muted narrow">{ "Fetching the scenario…" }</p> },
    }
}
