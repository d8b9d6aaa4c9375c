//! Opens the saved work at one place and saves it at every change.

use std::cell::RefCell;
use std::rc::Rc;

use trapwise_session::{Attempt, AttemptStore, Opened, SaveResult, Saved, Ticket};
use yew::prelude::*;

use crate::platform::storage::LocalStore;
use crate::platform::{crash, storage};
use crate::ui::services::Services;

/// One tab's hold on the work at one place.
#[derive(Clone)]
pub struct Work {
    attempt_store: Rc<AttemptStore<LocalStore>>,
    store_changed: Callback<()>,
    ticket: Rc<RefCell<Ticket>>,
    file_name: Rc<str>,
    place: Rc<str>,
    /// What was saved last, so that looking at work is no change of it.
    last: Rc<RefCell<Attempt>>,
    theirs: UseStateHandle<Option<Rc<Saved>>>,
}

/// The work at a place: what was saved there, or `fresh`, and the hold on it.
#[hook]
pub fn use_work(services: &Services, place: &str, fresh: impl FnOnce() -> Attempt) -> (Rc<Attempt>, Work) {
    let theirs = use_state(|| None);
    let opened = use_memo(place.to_owned(), |place| {
        let (ticket, opened) = services.attempt_store.open(place);
        let attempt = match opened {
            Opened::Resumed(attempt) => attempt,
            Opened::Fresh | Opened::Unreadable(_) => fresh(),
        };
        (Rc::new(RefCell::new(ticket)), Rc::new(attempt.clone()), Rc::new(RefCell::new(attempt)))
    });
    let (ticket, attempt, last) = &*opened;
    let work = Work {
        attempt_store: Rc::clone(&services.attempt_store),
        store_changed: services.store_changed.clone(),
        ticket: Rc::clone(ticket),
        file_name: format!("{place}.work.json").into(),
        place: place.into(),
        last: Rc::clone(last),
        theirs,
    };
    let watcher = work.clone();
    use_effect_with(place.to_owned(), move |_| {
        watcher.store_changed.emit(());
        let listener = storage::on_change(move |key| watcher.look(key.as_deref()));
        move || drop(listener)
    });
    (Rc::clone(attempt), work)
}

impl Work {
    /// The state another tab has saved over the one this tab continues, if it has.
    #[must_use]
    pub fn theirs(&self) -> Option<&Rc<Saved>> {
        self.theirs.as_ref()
    }

    /// Saves the work if it changed.
    pub fn save(&self, attempt: &Attempt) {
        if *self.last.borrow() == *attempt {
            return;
        }
        self.last.replace(attempt.clone());
        let result = self.attempt_store.save(&mut self.ticket.borrow_mut(), attempt, |text| {
            crash::remember(&self.file_name, text);
            crash::set_unsaved(Some(&self.place));
        });
        let unsaved = matches!(result, SaveResult::InMemory(_)).then_some(&*self.place);
        crash::set_unsaved(unsaved);
        self.settle(result);
    }

    /// This tab's work takes the place of the other tab's.
    pub fn keep_mine(&self) {
        let result = self.attempt_store.keep_mine(&mut self.ticket.borrow_mut(), &self.last.borrow());
        self.settle(result);
    }

    /// The other tab's work is continued here.
    pub fn take_theirs(&self) -> Option<Attempt> {
        let theirs = self.attempt_store.take_theirs(&mut self.ticket.borrow_mut(), &self.last.borrow());
        if let Some(theirs) = &theirs {
            self.last.replace(theirs.clone());
        }
        self.theirs.set(None);
        self.store_changed.emit(());
        theirs
    }

    /// Looks whether another tab has saved over this tab's work.
    fn look(&self, key: Option<&str>) {
        let ticket = self.ticket.borrow();
        if key.is_none_or(|key| AttemptStore::<LocalStore>::is_key_of(key, &ticket)) {
            self.theirs.set(self.attempt_store.theirs(&ticket).map(|saved| Rc::new(*saved)));
        }
    }

    fn settle(&self, result: SaveResult) {
        self.theirs.set(match result {
            SaveResult::Conflict(theirs) => Some(Rc::new(*theirs)),
            SaveResult::Kept | SaveResult::InMemory(_) => None,
        });
        if self.attempt_store.trouble().is_some() {
            self.store_changed.emit(());
        }
    }
}
