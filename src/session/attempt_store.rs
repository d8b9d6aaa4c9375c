//! Keeps attempts in a store that other tabs write to as well, and that may refuse.
//!
//! INVARIANT: a text that was in the store and holds work is only ever replaced by a later state of the
//! same work. Anything else (damage, another tab's state) is set aside under a key of its own first.

use std::cell::{Cell, RefCell};

use crate::{
    Attempt, MemoryStore, Outcome, Progress, SaveError, Saved, Standing, Store, StoreError, Unknown,
};
use trapwise_model::SortedSet;
use trapwise_model::read::{FromJson, read_text};

/// Before the place of an attempt.
const WORK: &str = "trapwise.work.";

/// Before a number and the place of what was set aside.
const BACKUP_PREFIX: &str = "trapwise.aside.";

/// The attempts of one learner in one browser, as one tab sees them.
#[derive(Debug)]
pub struct AttemptStore<S> {
    store: S,
    /// What the store refused.
    memory: MemoryStore,
    /// Keys whose text in the store must stay, because it could not be set aside.
    untouchable: RefCell<SortedSet<String>>,
    writer: String,
    trouble: Cell<Option<StoreError>>,
}

/// One tab's hold on one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    place: String,
    /// The state in the store that this tab's work continues.
    base: Option<Head>,
    /// Where this tab's work is kept while another tab's state is in its place.
    branch: Option<String>,
    /// What the state that this tab's work continues says beside what is understood.
    unknown: Unknown,
}

/// What opening a place finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Nothing.
    Fresh,
    /// Saved work to continue.
    Resumed(Attempt),
    /// Something that cannot be read. It is kept, see [`AttemptStore::backups`].
    Unreadable(SaveError),
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveResult {
    /// It is in the store.
    Kept,
    /// The store refused; it is in memory and lasts as long as the page.
    InMemory(StoreError),
    /// Another tab has saved meanwhile. Its state stays; this tab's is kept aside until the learner
    /// chooses with [`AttemptStore::keep_mine`] or [`AttemptStore::take_theirs`].
    Conflict(Box<Saved>),
}

/// A text that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Names it, for [`AttemptStore::remove_backup`].
    pub key: String,
    /// What it was a save of.
    pub place: String,
    /// As it was found.
    pub text: String,
    /// The work in it, or why it cannot be read.
    pub saved: Result<Box<Saved>, SaveError>,
}

/// Which state of the work a text is.
#[derive(Clone, Debug, PartialEq, Eq, FromJson)]
#[document(open)]
struct Head {
    revision: u64,
    writer: String,
}

impl<S: Store> AttemptStore<S> {
    /// The attempts in that store. `writer` tells this tab from others.
    #[must_use]
    pub fn new(store: S, writer: &str) -> Self {
        Self {
            store,
            memory: MemoryStore::default(),
            untouchable: RefCell::default(),
            writer: writer.to_owned(),
            trouble: Cell::new(None),
        }
    }

    /// Why work is kept in memory only, if it is.
    #[must_use]
    pub fn trouble(&self) -> Option<StoreError> {
        self.trouble.get()
    }

    /// Whether a key of the store is the attempt of that ticket.
    #[must_use]
    pub fn is_key_of(key: &str, ticket: &Ticket) -> bool {
        key.strip_prefix(WORK) == Some(ticket.place.as_str())
    }

    /// Opens the attempt at a place: a scenario's id, or for one from elsewhere something that cannot
    /// be taken for an id.
    #[must_use]
    pub fn open(&self, place: &str) -> (Ticket, Opened) {
        let key = work_key(place);
        let mut ticket = Ticket {
            place: place.to_owned(),
            base: self.head(&key),
            branch: None,
            unknown: Unknown::default(),
        };
        let Some(text) = self.get(&key) else { return (ticket, Opened::Fresh) };
        match Saved::from_text(&text) {
            Ok(saved) => {
                ticket.unknown = saved.unknown;
                (ticket, Opened::Resumed(saved.attempt))
            }
            Err(why) => {
                self.set_aside(&key, place, &text);
                ticket.base = None;
                (ticket, Opened::Unreadable(why))
            }
        }
    }

    /// Saves a tab's work. `first` is given the text before anything is done with it.
    pub fn save(&self, ticket: &mut Ticket, attempt: &Attempt, first: impl FnOnce(&str)) -> SaveResult {
        if let Some(theirs) = self.theirs(ticket) {
            let text = self.text(ticket, theirs.revision, attempt);
            first(&text);
            let key = ticket.branch.get_or_insert_with(|| self.free_backup_key(&ticket.place)).clone();
            // Trouble with the store shows in `trouble`; what counts here is the conflict.
            let _ = self.put(&key, &text);
            return SaveResult::Conflict(theirs);
        }
        self.write(ticket, ticket.base.as_ref().map_or(0, |base| base.revision), attempt, first)
    }

    /// The state another tab has put in the place of the one this tab continues.
    #[must_use]
    pub fn theirs(&self, ticket: &Ticket) -> Option<Box<Saved>> {
        let key = work_key(&ticket.place);
        if self.untouchable.borrow().contains(&key) {
            return None;
        }
        let text = self.store.get(&key).ok().flatten()?;
        // What this tab wrote is known by how it starts: reading a large board takes its time.
        let is_own = |base: &Head| text.starts_with(&opening(&ticket.place, base.revision, &base.writer));
        if ticket.base.as_ref().is_some_and(is_own) || read_text::<Head>(&text) == ticket.base {
            return None;
        }
        match Saved::from_text(&text) {
            Ok(saved) => Some(Box::new(saved)),
            Err(_) => {
                self.set_aside(&key, &ticket.place, &text);
                None
            }
        }
    }

    /// Ends a conflict: this tab's work takes the place, the other's is set aside.
    pub fn keep_mine(&self, ticket: &mut Ticket, attempt: &Attempt) -> SaveResult {
        let mut revision = ticket.base.as_ref().map_or(0, |base| base.revision);
        if let Some(theirs) = self.theirs(ticket) {
            revision = revision.max(theirs.revision);
            self.set_aside(&work_key(&ticket.place), &ticket.place, &theirs.to_text());
        }
        let result = self.write(ticket, revision, attempt, |_| ());
        self.drop_branch(ticket);
        result
    }

    /// Ends a conflict: the other tab's work is returned and continued, this tab's stays set aside.
    pub fn take_theirs(&self, ticket: &mut Ticket, mine: &Attempt) -> Option<Attempt> {
        let theirs = self.theirs(ticket)?;
        if ticket.branch.take().is_none() {
            let _ = self.put(&self.free_backup_key(&ticket.place), &self.text(ticket, theirs.revision, mine));
        }
        ticket.base = self.head(&work_key(&ticket.place));
        ticket.unknown = theirs.unknown;
        Some(theirs.attempt)
    }

    /// The standing at every place.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let places = self.keys().into_iter().filter_map(|key| key.strip_prefix(WORK).map(str::to_owned));
        let standing = |place: &String| {
            let glance: Glance = read_text(&self.get(&work_key(place))?)?;
            Some(Standing::from_best(glance.attempt.best))
        };
        Progress(places.filter_map(|place| standing(&place).map(|it| (place, it))).collect())
    }

    /// Everything that was set aside.
    #[must_use]
    pub fn backups(&self) -> Vec<Backup> {
        let mut keys = self.keys();
        keys.retain(|key| key.starts_with(BACKUP_PREFIX));
        keys.sort();
        let backup = |key: String| {
            let (_, place) = key.strip_prefix(BACKUP_PREFIX)?.split_once('.')?;
            let text = self.get(&key)?;
            let saved = Saved::from_text(&text).map(Box::new);
            Some(Backup { place: place.to_owned(), text, saved, key })
        };
        keys.into_iter().filter_map(backup).collect()
    }

    /// Deletes something that was set aside.
    pub fn remove_backup(&self, key: &str) {
        if key.starts_with(BACKUP_PREFIX) {
            let _ = self.memory.remove(key);
            self.note(self.store.remove(key));
        }
    }

    fn write(
        &self,
        ticket: &mut Ticket,
        after: u64,
        attempt: &Attempt,
        first: impl FnOnce(&str),
    ) -> SaveResult {
        let key = work_key(&ticket.place);
        let text = self.text(ticket, after, attempt);
        first(&text);
        let result = self.put(&key, &text);
        ticket.base = match result {
            SaveResult::Kept => Some(Head { revision: after.saturating_add(1), writer: self.writer.clone() }),
            _ => self.head(&key),
        };
        result
    }

    fn text(&self, ticket: &Ticket, after: u64, attempt: &Attempt) -> String {
        let mut saved = Saved::new(&ticket.place, after.saturating_add(1), &self.writer, attempt.clone());
        saved.unknown = ticket.unknown.clone();
        saved.to_text()
    }

    fn drop_branch(&self, ticket: &mut Ticket) {
        if let Some(key) = ticket.branch.take() {
            self.remove_backup(&key);
        }
    }

    /// Moves a text out of the way of new work.
    fn set_aside(&self, key: &str, place: &str, text: &str) {
        let backup_key = self.free_backup_key(place);
        let moved = self.store.set(&backup_key, text).and_then(|()| self.store.remove(key));
        self.note(moved);
        if moved.is_err() {
            // It stays where it is, and work from here on goes to memory.
            self.untouchable.borrow_mut().insert(key.to_owned());
            let _ = self.memory.set(&backup_key, text);
        }
    }

    fn free_backup_key(&self, place: &str) -> String {
        let taken = self.keys();
        (1_u32..)
            .map(|number| format!("{BACKUP_PREFIX}{number:04}.{place}"))
            .find(|key| !taken.contains(key))
            .unwrap_or_default()
    }

    fn put(&self, key: &str, text: &str) -> SaveResult {
        let result = if self.untouchable.borrow().contains(key) {
            Err(self.trouble.get().unwrap_or(StoreError::Full))
        } else {
            self.store.set(key, text)
        };
        self.note(result);
        match result {
            Ok(()) => {
                let _ = self.memory.remove(key);
                SaveResult::Kept
            }
            Err(why) => {
                let _ = self.memory.set(key, text);
                SaveResult::InMemory(why)
            }
        }
    }

    /// What memory holds is later than what the store refused to replace.
    fn get(&self, key: &str) -> Option<String> {
        if let Ok(Some(text)) = self.memory.get(key) {
            return Some(text);
        }
        if self.untouchable.borrow().contains(key) {
            return None;
        }
        let text = self.store.get(key);
        self.note(text.as_ref().map(|_| ()).map_err(|why| *why));
        text.ok().flatten()
    }

    fn keys(&self) -> Vec<String> {
        let mut keys = self.store.keys().unwrap_or_default();
        for key in self.memory.keys().unwrap_or_default() {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    fn head(&self, key: &str) -> Option<Head> {
        read_text(&self.store.get(key).ok().flatten()?)
    }

    fn note(&self, result: Result<(), StoreError>) {
        if let Err(why) = result {
            self.trouble.set(Some(why));
        }
    }
}

/// What progress reads of a save.
#[derive(FromJson)]
#[document(open)]
struct Glance {
    attempt: GlanceAttempt,
}

#[derive(FromJson)]
#[document(open)]
struct GlanceAttempt {
    best: Option<Outcome>,
}

/// How the text of a state starts, before the attempt.
fn opening(place: &str, revision: u64, writer: &str) -> String {
    let mut text = Saved::new(place, revision, writer, Attempt::default()).to_text();
    text.truncate(text.find(r#""attempt":"#).unwrap_or_default());
    text
}

fn work_key(place: &str) -> String {
    format!("{WORK}{place}")
}

#[cfg(test)]
mod tests;
