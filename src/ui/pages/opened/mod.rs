//! A scenario from files or from another address.

mod from_address;
mod from_files;

use trapwise_model::is_id;
use yew::prelude::*;

use crate::platform::address::{self, Address};
use crate::platform::files::OpenedFile;
use crate::ui::parts::{FileButton, PageTitle};
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

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct OpenedProps {
    /// Where the scenario comes from; none when nothing was opened yet.
    pub origin: Option<Origin>,
    /// For the scenario's page.
    pub services: Services,
}

/// A scenario from elsewhere: asked about, fetched, checked, shown.
#[component]
pub fn Opened(props: &OpenedProps) -> Html {
    match &props.origin {
        None | Some(Origin::Site(_)) => html! { <Choose services={props.services.clone()} /> },
        Some(Origin::Nowhere(text)) => html! {
            <div class="narrow">
                <PageTitle text="No address" />
                <p>{ "This is no address a scenario can be fetched from: " }<code>{ text.clone() }</code></p>
                <p><a class="button" href={Route::Scenarios.href()}>{ "To the scenarios" }</a></p>
            </div>
        },
        Some(Origin::Files(files)) => html! {
            <FromFiles files={files.clone()} services={props.services.clone()} />
        },
        Some(Origin::Address(address)) => html! {
            <FromAddress key={address.href.clone()} address={address.clone()} services={props.services.clone()} />
        },
    }
}

#[derive(Properties, PartialEq)]
struct ChooseProps {
    services: Services,
}

/// Nothing was opened, or the page was loaded again: files have to be chosen anew.
#[component]
fn Choose(props: &ChooseProps) -> Html {
    html! {
        <div class="narrow">
            <PageTitle text="Open a scenario" />
            <p>
                { "Choose a " }<code>{ "scenario.json" }</code>
                { ", together with its references and variants if you have them. Everything wrong with them is shown; work you did on the scenario before is still there." }
            </p>
            { file_buttons(&props.services) }
        </div>
    }
}

fn file_buttons(services: &Services) -> Html {
    html! {
        <p class="button-row">
            <FileButton label="Open files…" multiple=true on_open={services.open.reform(Origin::Files)} />
            <FileButton label="Open a folder…" folder=true on_open={services.open.reform(Origin::Files)} />
            <a class="button quiet" href={Route::Scenarios.href()}>{ "To the scenarios" }</a>
        </p>
    }
}
