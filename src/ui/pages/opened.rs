//! A scenario from files or from another address.

use std::rc::Rc;

use trapwise_model::diagnostic::Diagnostic;
use trapwise_model::is_id;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::platform::address::{self, Address};
use crate::platform::files::OpenedFile;
use crate::ui::hooks::{Trouble, fetch};
use crate::ui::icon::Icon;
use crate::ui::pages::pack::Pack;
use crate::ui::pages::scenario::Desk;
use crate::ui::parts::{FileButton, PageTitle, ProblemList, TroubleNotice};
use crate::ui::reading;
use crate::ui::router::Route;
use crate::ui::services::Services;

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

#[derive(Properties, PartialEq)]
struct FromFilesProps {
    files: Vec<OpenedFile>,
    services: Services,
}

#[component]
fn FromFiles(props: &FromFilesProps) -> Html {
    let anyway = use_state_eq(|| false);
    let read = use_memo(props.files.clone(), |files| read_files(files));
    let (pack, problems) = &*read;
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    match pack {
        Some(pack) if problems.is_empty() || *anyway => html! {
            <Desk key={pack.place.clone()} pack={Rc::clone(pack)} services={props.services.clone()} />
        },
        pack => html! {
            <div class="narrow wide-problems">
                <PageTitle text="Problems in what was opened" />
                <p role="status">
                    { format!("{} errors and {} warnings in {} files.", errors, problems.len() - errors, props.files.len()) }
                </p>
                <ProblemList
                    problems={problems.clone()}
                    texts={props.files.iter().filter_map(|file| Some((file.path.clone(), file.text.clone().ok()?))).collect::<Vec<_>>()}
                />
                if pack.is_some() {
                    <p>
                        <button
                            type="button" class="button primary"
                            onclick={let anyway = anyway.clone(); move |_| anyway.set(true)}
                        >
                            { "Open it all the same" }
                        </button>
                    </p>
                }
                { file_buttons(&props.services) }
            </div>
        },
    }
}

/// Reads everything that was opened, and says everything that is wrong with it.
fn read_files(files: &[OpenedFile]) -> (Option<Rc<Pack>>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut scenario = None;
    for file in files {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let text = match &file.text {
            Ok(text) => text,
            Err(why) => {
                problems.push(Diagnostic::of_file("unreadable", &file.path, why.clone()));
                continue;
            }
        };
        let in_variants = file.path.contains("variants/") || text.contains("\"failsChecks\"");
        let wrong = if name.starts_with("reference") {
            reading::design(&file.path, text).err()
        } else if in_variants {
            reading::variant(&file.path, text).err()
        } else if text.contains("\"brief\"") || name == "scenario.json" || files.len() == 1 {
            match reading::scenario(&file.path, text) {
                Ok(it) => {
                    scenario = Some(it);
                    None
                }
                Err(wrong) => Some(wrong),
            }
        } else {
            let why = "neither a scenario, a reference nor a variant: not looked at".to_owned();
            Some(vec![Diagnostic::of_file("stray-file", &file.path, why).as_warning()])
        };
        problems.extend(wrong.into_iter().flatten());
    }
    if scenario.is_none() && !problems.iter().any(Diagnostic::is_error) {
        let why = "there is no scenario among what was opened".to_owned();
        problems.push(Diagnostic::of_file("missing-file", "scenario.json", why));
    }
    (scenario.map(|scenario| Rc::new(Pack::of_files(scenario, files.to_vec()))), problems)
}

#[derive(Properties, PartialEq)]
struct FromAddressProps {
    address: Address,
    services: Services,
}

/// Where the fetching stands.
enum Fetching {
    Asking,
    Coming,
    Here(Rc<Pack>),
    Failed(Trouble),
}

#[component]
fn FromAddress(props: &FromAddressProps) -> Html {
    let state = use_state(|| if props.address.ours { Fetching::Coming } else { Fetching::Asking });
    let agreed = !matches!(&*state, Fetching::Asking);
    let setter = state.setter();
    use_effect_with((props.address.href.clone(), agreed), move |(href, agreed)| {
        if *agreed {
            let href = href.clone();
            spawn_local(async move {
                setter.set(match fetch(&href, reading::scenario).await {
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
                <PageTitle text="A scenario from elsewhere" />
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
                        <Icon name="ui-download" />{ format!("Fetch it from {}", address.host) }
                    </button>
                    <a class="button quiet" href={Route::Scenarios.href()}>{ "No, to the scenarios of this site" }</a>
                </p>
            </div>
        },
        Fetching::Coming => html! {
            <div class="narrow">
                <PageTitle text="A scenario from elsewhere" />
                <p role="status" class="muted">{ format!("Fetching it from {}…", address.host) }</p>
            </div>
        },
        Fetching::Failed(trouble) => html! {
            <div class="narrow wide-problems">
                <PageTitle text="This scenario cannot be opened" />
                <TroubleNotice trouble={trouble.clone()} />
                { file_buttons(&props.services) }
            </div>
        },
        Fetching::Here(pack) => html! {
            <Desk key={pack.place.clone()} pack={Rc::clone(pack)} services={props.services.clone()} />
        },
    }
}
