//! Where texts are kept: a trait for what a browser's storage can do, and a store in memory.

use std::cell::RefCell;
use std::fmt;

use trapwise_model::SortedMap;

/// Texts by key. Methods take `&self`, because a browser's storage is shared with other tabs anyway.
pub trait Store {
    /// The text of that key.
    ///
    /// # Errors
    /// When the store cannot be used.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// Keeps a text, over the one of that key.
    ///
    /// # Errors
    /// When the store cannot be used or is full; the former text then stays.
    fn set(&self, key: &str, text: &str) -> Result<(), StoreError>;

    /// Forgets a key.
    ///
    /// # Errors
    /// When the store cannot be used.
    fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// Every key, in any order.
    ///
    /// # Errors
    /// When the store cannot be used.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// Why a store does not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// It may not be used (private window, blocked by a setting or by an embedding page).
    Forbidden,
    /// It has no room left.
    Full,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Forbidden => "this browser does not let the page store anything",
            Self::Full => "this browser's storage for the page is full",
        })
    }
}

impl std::error::Error for StoreError {}

/// A store that lasts as long as the page.
#[derive(Debug, Default)]
pub struct MemoryStore(RefCell<SortedMap<String, String>>);

impl Store for MemoryStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.0.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StoreError> {
        self.0.borrow_mut().insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.0.borrow().keys().cloned().collect())
    }
}

impl<S: Store + ?Sized> Store for std::rc::Rc<S> {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        (**self).get(key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StoreError> {
        (**self).set(key, text)
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        (**self).remove(key)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        (**self).keys()
    }
}
