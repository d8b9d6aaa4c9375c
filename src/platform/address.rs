//! The address bar: the hash that routes live in, and the query that an embedding page sets.

use gloo::events::EventListener;
use web_sys::{Url, UrlSearchParams};

use super::{document, window};

/// What stands behind `#`, decoded as it was written.
#[must_use]
pub fn hash() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Goes to another hash; the browser keeps the way back.
pub fn go(hash: &str) {
    // Fails only for a browser that allows no navigation at all; the page then stays where it is.
    let _ = window().location().set_hash(hash);
}

/// Calls back whenever the hash changes, until dropped.
pub fn on_hash_change(mut changed: impl FnMut() + 'static) -> EventListener {
    EventListener::new(&window(), "hashchange", move |_| changed())
}

/// One parameter of the query.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// An address as the browser understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// In full.
    pub href: String,
    /// The host, with its port if it is not the usual one.
    pub host: String,
    /// Whether it belongs to this site.
    pub ours: bool,
}

/// Understands an address written by a person, relative to this page. None for what cannot be fetched.
#[must_use]
pub fn resolve(text: &str) -> Option<Address> {
    let base = document()?.base_uri().ok()??;
    let url = Url::new_with_base(text, &base).ok()?;
    let own = window().location().origin().ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:").then(|| Address {
        href: url.href(),
        host: url.host(),
        ours: url.origin() == own,
    })
}

/// The origin of an address, if it is one of the web.
#[must_use]
pub fn origin(text: &str) -> Option<String> {
    let url = Url::new(text).ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:").then(|| url.origin())
}
