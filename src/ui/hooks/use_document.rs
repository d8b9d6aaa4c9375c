//! Fetches one document of this site and reads it.

use std::rc::Rc;

use trapwise_model::diagnostic::Diagnostic;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::platform::net::{self, Abort, NetError};
use crate::ui::document_loader::{Problems, Reader};

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
        let message = "this file is required but was not opened".to_owned();
        let problems = vec![Diagnostic::of_file("missing-file", file, message)];
        Self { file: file.to_owned(), text: None, net: None, problems }
    }

    /// A file came, but is not what it should be.
    #[must_use]
    pub fn unusable(file: &str, text: String, problems: Problems) -> Self {
        Self { file: file.to_owned(), text: Some(text), net: None, problems }
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
pub fn use_document<T: 'static>(file: AttrValue, reader: &'static Reader<T>) -> Document<T> {
    let state = use_state(|| (AttrValue::default(), Document::Coming));
    let setter = state.setter();
    use_effect_with(file.clone(), move |file| {
        let (file, abort) = (file.clone(), Abort::new());
        spawn_local({
            let abort = abort.clone();
            async move {
                let document = match read(&file, reader, &abort).await {
                    Ok(it) => Document::Here(Rc::new(it)),
                    // It is no longer needed.
                    Err(Trouble { net: Some(NetError::Cancelled), .. }) => return,
                    Err(why) => Document::Missing(Rc::new(why)),
                };
                setter.set((file, document));
            }
        });
        move || abort.abort()
    });
    // What came for another address is not for this one.
    if state.0 == file { state.1.clone() } else { Document::Coming }
}

/// Fetches and reads a document of this site.
///
/// # Errors
/// Why not.
pub async fn fetch<T>(file: &str, reader: &Reader<T>) -> Result<T, Trouble> {
    read(file, reader, &Abort::new()).await
}

async fn read<T>(file: &str, reader: &Reader<T>, abort: &Abort) -> Result<T, Trouble> {
    let text = text_until(file, abort).await?;
    reader.read(file, &text).await.map_err(|problems| Trouble::unusable(file, text, problems))
}

/// Fetches and reads a document that is not part of this site's content.
///
/// # Errors
/// Why not.
pub async fn fetch_foreign<T>(file: &str, reader: &Reader<T>, abort: &Abort) -> Result<T, Trouble> {
    let text = text_until(file, abort).await?;
    reader.read_foreign(file, &text).await.map_err(|problems| Trouble::unusable(file, text, problems))
}

/// Fetches a text.
///
/// # Errors
/// Why not.
pub async fn text(file: &str) -> Result<String, Trouble> {
    text_until(file, &Abort::new()).await
}

async fn text_until(file: &str, abort: &Abort) -> Result<String, Trouble> {
    net::text(file, abort).await.map_err(|why| Trouble {
        file: file.to_owned(),
        text: None,
        net: Some(why),
        problems: Vec::new(),
    })
}
