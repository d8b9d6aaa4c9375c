//! The whole page: the frame around every page, and which page is in it.

use std::rc::Rc;

use trapwise_session::AttemptStore;
use yew::prelude::*;

use crate::platform::host::Host;
use crate::platform::storage::{LocalStore, tab_name};
use crate::platform::theme::Theme;
use crate::platform::{address, files};
use crate::ui::icon::icon;
use crate::ui::pages::opened::{Origin, opened};
use crate::ui::pages::{about, fact, facts, scenario, scenarios, trap, traps, unknown};
use crate::ui::parts::Notices;
use crate::ui::router::{Route, use_route};
use crate::ui::services::Services;

/// The whole application.
#[component]
pub fn App() -> Html {
    let route = use_route();
    let news = use_state_eq(|| 0_u32);
    let origin = use_state(|| {
        let asked = address::query("scenario").and_then(|text| Origin::from_query(&text));
        let kept = || files::kept().filter(|_| route == Route::Opened).map(Origin::Files);
        asked.or_else(kept)
    });
    let services = {
        let attempt_store = use_memo((), |()| Rc::new(AttemptStore::new(LocalStore, &tab_name())));
        let host = use_memo((), |()| Host::from_address().map(Rc::new));
        let counter = news.setter();
        let count = use_mut_ref(|| 0_u32);
        let setter = origin.setter();
        Services {
            attempt_store: Rc::clone(&attempt_store),
            host: (*host).clone(),
            store_changed: Callback::from(move |()| {
                *count.borrow_mut() += 1;
                counter.set(*count.borrow());
            }),
            open: Callback::from(move |origin| {
                if let Origin::Files(opened) = &origin {
                    files::keep(opened);
                }
                setter.set(Some(origin));
                Route::Opened.go();
            }),
        }
    };
    // An address that asks for a scenario shows it first.
    let route = match (&*origin, route) {
        (Some(Origin::Site(id)), Route::Scenarios) if address::hash().is_empty() => {
            let seed = address::query("seed").and_then(|seed| seed.parse().ok()).unwrap_or_default();
            Route::version(id.clone(), seed)
        }
        (Some(_), Route::Scenarios) if address::hash().is_empty() => Route::Opened,
        (_, route) => route,
    };
    let page = match &route {
        Route::Scenarios => html! { <scenarios::Scenarios services={services.clone()} /> },
        Route::Scenario(id) => {
            html! { <scenario::SiteScenario key={id.clone()} id={id.clone()} services={services.clone()} /> }
        }
        Route::Version(id, seed) => html! {
            <scenario::SiteScenario key={format!("{id} {seed}")} id={id.clone()} seed={*seed} services={services.clone()} />
        },
        Route::Opened => opened((*origin).as_ref(), &services),
        Route::Traps => html! { <traps::Traps /> },
        Route::Trap(id) => html! { <trap::TrapPage key={id.clone()} id={id.clone()} /> },
        Route::Facts => html! { <facts::Facts /> },
        Route::Fact(id) => html! { <fact::FactPage key={id.clone()} id={id.clone()} /> },
        Route::About => about::about(),
        Route::Unknown => unknown::unknown(),
    };
    let embedded = services.host.is_some();
    html! {
        <ContextProvider<Services> context={services.clone()}>
            if !embedded {
                <Header route={route.clone()} />
            }
            <Notices {services} news={*news} />
            <main id="content" class={classes!(page_class(&route), embedded.then_some("embedded"))}>{ page }</main>
        </ContextProvider<Services>>
    }
}

/// What the header needs.
#[derive(Properties, PartialEq)]
struct HeaderProps {
    route: Route,
}

#[component]
fn Header(props: &HeaderProps) -> Html {
    let theme = use_state_eq(Theme::chosen);
    let (next, glyph, says) = match *theme {
        Theme::Auto => (Theme::Light, "ui-auto", "Colours follow the system; switch to light"),
        Theme::Light => (Theme::Dark, "ui-sun", "Colours are light; switch to dark"),
        Theme::Dark => (Theme::Auto, "ui-moon", "Colours are dark; follow the system"),
    };
    let switch = Callback::from(move |_| {
        next.choose();
        theme.set(next);
    });
    let link = |route: Route, text: &'static str, here: bool| {
        html! {
            <li><a href={route.href()} aria-current={here.then_some("page")}>{ text }</a></li>
        }
    };
    let route = &props.route;
    let at_scenarios =
        matches!(route, Route::Scenarios | Route::Scenario(_) | Route::Version(..) | Route::Opened);
    html! {
        <>
            <a class="skip-link" href="#content" onclick={Callback::from(skip)}>{ "Skip to the content" }</a>
            <header class="site-header">
                <a class="brand" href={Route::Scenarios.href()} aria-label="Trapwise, to the scenarios">
                    { icon("ui-trap") }<span>{ "Trapwise" }</span>
                </a>
                <nav aria-label="Pages">
                    <ul>
                        { link(Route::Scenarios, "Scenarios", at_scenarios) }
                        { link(Route::Traps, "Traps", matches!(route, Route::Traps | Route::Trap(_))) }
                        { link(Route::Facts, "Facts", matches!(route, Route::Facts | Route::Fact(_))) }
                        { link(Route::About, "About", *route == Route::About) }
                    </ul>
                </nav>
                <button type="button" class="button quiet icon-only" aria-label={says} title={says} onclick={switch}>
                    { icon(glyph) }
                </button>
            </header>
        </>
    }
}

/// The hash belongs to the router, so the link moves the keyboard itself.
fn skip(event: MouseEvent) {
    event.prevent_default();
    crate::platform::dom::focus("page-title");
}

fn page_class(route: &Route) -> &'static str {
    match route {
        Route::Scenario(_) | Route::Version(..) | Route::Opened => "page-wide",
        _ => "page",
    }
}
