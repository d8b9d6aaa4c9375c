//! Fetches one document of this site and reads it.

use std::rc::Rc;

use trapwise_model::diagnostic::Diagnostic;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::platform::net::{self, NetError};
use crate::ui::reading::Problems;

/// A document on its way.
#[derive(Debug)]
pub enum Document<T> {
    /// Not here yet.
    Coming,
    /// Here.
    Here(Rc<T>),
    /// It will not come.
    Missing(Rc<Trouble>),
}

/// Why a document is not here.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// Which document, as it was named.
    pub file: String,
    /// Its text, if that came.
    pub text: Option<String>,
    /// It could not be fetched, …
    pub net: Option<NetError>,
    /// … or read.
    pub problems: Problems,
}

impl Trouble {
    /// A file that is needed was not among those opened.
    #[must_use]
    pub fn unopened(file: &str) -> Self {
        let message = "this file is needed and is not among those that were opened".to_owned();
        let problems = vec![Diagnostic::of_file("missing-file", file, message)];
        Self { file: file.to_owned(), text: None, net: None, problems }
    }
}

impl<T> Clone for Document<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Coming => Self::Coming,
            Self::Here(it) => Self::Here(Rc::clone(it)),
            Self::Missing(why) => Self::Missing(Rc::clone(why)),
        }
    }
}

/// The same document, not an equal one.
impl<T> PartialEq for Document<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Coming, Self::Coming) => true,
            (Self::Here(a), Self::Here(b)) => Rc::ptr_eq(a, b),
            (Self::Missing(a), Self::Missing(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// Fetches the document at an address relative to the site, and again when the address changes.
#[hook]
pub fn use_document<T: 'static>(file: AttrValue, read: fn(&str, &str) -> Result<T, Problems>) -> Document<T> {
    let state = use_state(|| (AttrValue::default(), Document::Coming));
    let setter = state.setter();
    use_effect_with(file.clone(), move |file| {
        let file = file.clone();
        spawn_local(async move {
            let document = match fetch(&file, read).await {
                Ok(it) => Document::Here(Rc::new(it)),
                Err(why) => Document::Missing(Rc::new(why)),
            };
            setter.set((file, document));
        });
    });
    // What came for another address is not for this one.
    if state.0 == file { state.1.clone() } else { Document::Coming }
}

/// Fetches and reads a document.
///
/// # Errors
/// Why not.
pub async fn fetch<T>(file: &str, read: fn(&str, &str) -> Result<T, Problems>) -> Result<T, Trouble> {
    let trouble =
        |text: Option<String>, net, problems| Trouble { file: file.to_owned(), text, net, problems };
    let text = net::text(file).await.map_err(|why| trouble(None, Some(why), Vec::new()))?;
    read(file, &text).map_err(|problems| trouble(Some(text), None, problems))
}
