//! Which page: routes live in the hash, so that the site works from any folder of any static server.

use std::cell::RefCell;

use gloo::events::EventListener;
use trapwise_model::{SortedMap, is_id};
use yew::prelude::*;

use crate::platform::{address, dom};

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The list of scenarios.
    Scenarios,
    /// A scenario of this site.
    Scenario(String),
    /// Another version of it, by its seed.
    Version(String, u32),
    /// A scenario from a file or from elsewhere.
    Opened,
    /// Every trap.
    Traps,
    /// One trap.
    Trap(String),
    /// Every fact taught.
    Facts,
    /// One fact.
    Fact(String),
    /// What this is.
    About,
    /// Nothing has this address.
    Unknown,
}

impl Route {
    /// The page of a hash. Ids that are none lead nowhere, so that no address is built from them.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let mut parts = hash.trim_matches('/').split('/');
        let id = |id: &str| is_id(id).then(|| id.to_owned());
        let route = match (parts.next().unwrap_or_default(), parts.next()) {
            ("", None) => Some(Self::Scenarios),
            ("scenario", Some(name)) => match name.split_once("?seed=") {
                None => id(name).map(Self::Scenario),
                Some((name, seed)) => {
                    id(name).zip(seed.parse().ok()).map(|(id, seed)| Self::version(id, seed))
                }
            },
            ("opened", None) => Some(Self::Opened),
            ("traps", None) => Some(Self::Traps),
            ("traps", Some(name)) => id(name).map(Self::Trap),
            ("facts", None) => Some(Self::Facts),
            ("facts", Some(name)) => id(name).map(Self::Fact),
            ("about", None) => Some(Self::About),
            _ => None,
        };
        route.filter(|_| parts.next().is_none()).unwrap_or(Self::Unknown)
    }

    /// A scenario in the version of that seed; 0 is the scenario itself.
    #[must_use]
    pub const fn version(id: String, seed: u32) -> Self {
        if seed == 0 { Self::Scenario(id) } else { Self::Version(id, seed) }
    }

    /// The hash of a page, without `#`.
    #[must_use]
    pub fn hash(&self) -> String {
        match self {
            Self::Scenarios | Self::Unknown => "/".to_owned(),
            Self::Scenario(id) => format!("/scenario/{id}"),
            Self::Version(id, seed) => format!("/scenario/{id}?seed={seed}"),
            Self::Opened => "/opened".to_owned(),
            Self::Traps => "/traps".to_owned(),
            Self::Trap(id) => format!("/traps/{id}"),
            Self::Facts => "/facts".to_owned(),
            Self::Fact(id) => format!("/facts/{id}"),
            Self::About => "/about".to_owned(),
        }
    }

    /// For a link.
    #[must_use]
    pub fn href(&self) -> String {
        format!("#{}", self.hash())
    }

    /// Goes there.
    pub fn go(&self) {
        expect_top();
        address::go(&self.hash());
    }
}

thread_local! {
    static TRAIL: RefCell<Trail> = RefCell::new(Trail::default());
}

/// Where each page was scrolled to, and how the present one was reached.
#[derive(Default)]
struct Trail {
    now: String,
    tops: SortedMap<String, f64>,
    /// A link was followed: the page starts at its top. Otherwise the browser went back or forward.
    followed: bool,
    /// The page's title has not had the keyboard yet.
    arriving: bool,
}

/// The present page; changes with the hash.
#[hook]
pub fn use_route() -> Route {
    // The hash and not the page: `#/` shows the list where an address without a hash asks for a scenario.
    let hash = use_state_eq(address::hash);
    let setter = hash.setter();
    use_effect_with((), move |()| {
        TRAIL.with_borrow_mut(|trail| trail.now = address::hash());
        let changes = address::on_hash_change(move || {
            leave();
            setter.set(address::hash());
        });
        let click = dom::on_link_click(expect_top);
        move || drop::<(EventListener, EventListener)>((changes, click))
    });
    Route::parse(&hash)
}

/// Called by a page's title once it is on screen: moves the keyboard and the view to where they belong
/// after following a link or going back. Does nothing on the first page of a visit.
pub fn arrive(title_id: &str) {
    let top = TRAIL.with_borrow_mut(|trail| {
        std::mem::take(&mut trail.arriving).then(|| match std::mem::take(&mut trail.followed) {
            true => 0.0,
            false => trail.tops.get(&trail.now).copied().unwrap_or_default(),
        })
    });
    if let Some(top) = top {
        dom::focus(title_id);
        dom::scroll_to(top);
    }
}

fn expect_top() {
    TRAIL.with_borrow_mut(|trail| trail.followed = true);
}

fn leave() {
    TRAIL.with_borrow_mut(|trail| {
        let before = std::mem::replace(&mut trail.now, address::hash());
        trail.tops.insert(before, dom::scroll_top());
        trail.arriving = true;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again() {
        let routes = [
            Route::Scenarios,
            Route::Scenario("two-roles".into()),
            Route::Version("two-roles".into(), 7),
            Route::Opened,
            Route::Traps,
            Route::Trap("gpu-on-fargate".into()),
            Route::Facts,
            Route::Fact("tip-two-roles".into()),
            Route::About,
        ];
        for route in routes {
            assert_eq!(Route::parse(&route.hash()), route);
        }
    }

    #[test]
    fn strange_addresses_lead_nowhere() {
        for hash in [
            "/nothing",
            "/scenario",
            "/scenario/../x",
            "/scenario/a/b",
            "/traps/A",
            "/facts/..",
            "/opened/x",
            "/scenario/a?seed=",
            "/scenario/A?seed=1",
            "/scenario/a?seed=-1",
        ] {
            assert_eq!(Route::parse(hash), Route::Unknown, "{hash}");
        }
    }
}
