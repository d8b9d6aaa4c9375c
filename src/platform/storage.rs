//! The browser's storage, as the session's [`Store`].

use gloo::events::EventListener;
use trapwise_session::{Store, StoreError};
use wasm_bindgen::JsCast;

use super::window;

/// `localStorage`: shared by every tab of this site, kept until the learner clears it.
#[derive(Debug, Default)]
pub struct LocalStore;

impl Store for LocalStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        storage()?.get_item(key).map_err(|_| StoreError::Forbidden)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StoreError> {
        // A browser that forbids storing refuses earlier; what is left is a lack of room.
        storage()?.set_item(key, text).map_err(|_| StoreError::Full)
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        storage()?.remove_item(key).map_err(|_| StoreError::Forbidden)
    }

    fn keys(&self) -> Result<Vec<String>, StoreError> {
        let storage = storage()?;
        let length = storage.length().map_err(|_| StoreError::Forbidden)?;
        Ok((0..length).filter_map(|index| storage.key(index).ok().flatten()).collect())
    }
}

/// Calls back with the key whenever another tab has changed the store, until dropped.
pub fn on_change(mut changed: impl FnMut(Option<String>) + 'static) -> EventListener {
    EventListener::new(&window(), "storage", move |event| {
        changed(event.dyn_ref::<web_sys::StorageEvent>().and_then(web_sys::StorageEvent::key));
    })
}

/// A name for this tab that no other tab has, as far as chance goes.
#[must_use]
pub fn tab_name() -> String {
    let mut name = String::from("tab-");
    for _ in 0..12 {
        let digit = (js_sys::Math::random() * 32.0) as u32;
        name.extend(char::from_digit(digit, 32));
    }
    name
}

fn storage() -> Result<web_sys::Storage, StoreError> {
    window().local_storage().ok().flatten().ok_or(StoreError::Forbidden)
}
