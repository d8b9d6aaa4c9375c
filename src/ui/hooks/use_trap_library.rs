//! Fetches every trap with its words, once a visit.

use std::cell::RefCell;
use std::rc::Rc;

use trapwise_documents::texts::TrapLibrary;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::platform::net::{self, Abort, NetError, Retry};

/// The library, on its way.
#[derive(Clone, Debug, Default)]
pub enum Library {
    /// Not here yet.
    #[default]
    Coming,
    /// Here.
    Here(Rc<TrapLibrary>),
    /// It did not come, and is asked for again later.
    Missing,
}

/// The same library, not an equal one.
impl PartialEq for Library {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Here(one), Self::Here(other)) => Rc::ptr_eq(one, other),
            (Self::Coming, Self::Coming) | (Self::Missing, Self::Missing) => true,
            _ => false,
        }
    }
}

impl Library {
    /// The library, if it is here.
    #[must_use]
    pub fn here(&self) -> Option<&Rc<TrapLibrary>> {
        if let Self::Here(library) = self { Some(library) } else { None }
    }
}

/// Where it stands, relative to the site.
const FILE: &str = "traps/en.json";

/// Seconds after which it is asked for again; twice as many each time, up to an hour.
const RETRY_AFTER: u32 = 30;
const MOST_DOUBLINGS: u32 = 7;

thread_local! {
    static SHELF: RefCell<Option<Rc<TrapLibrary>>> = RefCell::default();
}

/// The library, which is fetched as soon as it is `wanted`. One that did not come is asked for again after a
/// while, when the browser is connected again, and when `asked` is another.
#[hook]
pub fn use_trap_library(wanted: bool, asked: usize) -> Library {
    let state = use_state_eq(|| SHELF.with_borrow(Clone::clone).map_or(Library::Coming, Library::Here));
    let round = use_state_eq(|| 0_u32);
    use_effect_with((*state == Library::Missing, *round), {
        let setter = round.setter();
        move |(is_missing, round)| {
            let next = round.saturating_add(1);
            let wait = RETRY_AFTER << MOST_DOUBLINGS.min(*round);
            let retry = is_missing.then(|| Retry::after(wait, move || setter.set(next)));
            move || drop(retry)
        }
    });
    use_effect_with((wanted, asked, *round), {
        let (setter, is_here) = (state.setter(), state.here().is_some());
        move |(wanted, ..)| {
            let abort = Abort::new();
            if *wanted && !is_here {
                let abort = abort.clone();
                spawn_local(async move {
                    match fetch(&abort).await {
                        Ok(library) => setter.set(Library::Here(library)),
                        // The hook has asked again, or its page is gone.
                        Err(Some(NetError::Cancelled)) => {}
                        Err(_) => setter.set(Library::Missing),
                    }
                });
            }
            move || abort.abort()
        }
    });
    (*state).clone()
}

/// An error without a reason is a file that is no library.
async fn fetch(abort: &Abort) -> Result<Rc<TrapLibrary>, Option<NetError>> {
    if let Some(library) = SHELF.with_borrow(Clone::clone) {
        return Ok(library);
    }
    let text = net::text(FILE, abort).await.map_err(Some)?;
    let library = Rc::new(TrapLibrary::from_text(&text).ok_or(None)?);
    SHELF.with_borrow_mut(|shelf| *shelf = Some(Rc::clone(&library)));
    Ok(library)
}
