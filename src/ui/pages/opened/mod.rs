//! A scenario from files or from another address.

mod from_address;
mod from_files;

use trapwise_model::is_id;
use yew::prelude::*;

use crate::platform::address::{self, Address};
use crate::platform::files::OpenedFile;
use crate::ui::parts::{Files, PageTitle, file_button, link_button};
use crate::ui::router::Route;
use crate::ui::services::Services;

use from_address::FromAddress;
use from_files::FromFiles;

/// Where a scenario comes from that the list does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Not from elsewhere at all: the address names one of this site.
    Site(String),
    /// From an address.
    Address(Address),
    /// From files.
    Files(Vec<OpenedFile>),
    /// From something that is no address.
    Nowhere(String),
}

impl Origin {
    /// What `?scenario=` names.
    #[must_use]
    pub fn from_query(text: &str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        if is_id(text) {
            return Some(Self::Site(text.to_owned()));
        }
        Some(address::resolve(text).map_or_else(|| Self::Nowhere(text.to_owned()), Self::Address))
    }
}

/// Scenario from another site: asked about, fetched, checked, shown. None when nothing was opened yet.
pub fn opened(origin: Option<&Origin>, services: &Services) -> Html {
    match origin {
        None | Some(Origin::Site(_)) => choose(services),
        Some(Origin::Nowhere(text)) => html! {
            <div class="narrow">
                <PageTitle text="No address" />
                <p>{ "A scenario cannot be loaded from this address: " }<code>{ text.clone() }</code></p>
                <p>{ link_button("button", &Route::Scenarios, "To the scenarios") }</p>
            </div>
        },
        Some(Origin::Files(files)) => html! {
            <FromFiles files={files.clone()} services={services.clone()} />
        },
        Some(Origin::Address(address)) => html! {
            <FromAddress key={address.href.clone()} address={address.clone()} services={services.clone()} />
        },
    }
}

/// Nothing was opened, or the page was loaded again: files have to be chosen again.
fn choose(services: &Services) -> Html {
    html! {
        <div class="narrow">
            <PageTitle text="Open a scenario" />
            <p>
                { "Choose a " }<code>{ "scenario.json" }</code>
                { ", together with its references and variants if you have them. Everything wrong with them is shown; work you did on the scenario before is still there." }
            </p>
            { file_buttons(services) }
        </div>
    }
}

fn file_buttons(services: &Services) -> Html {
    let on_open = services.open.reform(Origin::Files);
    html! {
        <p class="button-row">
            { file_button("Open files…", "ui-open", Files::Several, &on_open) }
            { file_button("Open a folder…", "ui-open", Files::Folder, &on_open) }
            { link_button("button quiet", &Route::Scenarios, "To the scenarios") }
        </p>
    }
}
