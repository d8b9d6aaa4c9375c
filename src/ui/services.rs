//! What every page may call on: the store of saved attempts, and the embedding page.

use std::rc::Rc;

use trapwise_session::AttemptStore;
use yew::prelude::*;

use crate::platform::host::Host;
use crate::platform::storage::LocalStore;

/// Handed down by context; equal as long as it is the same.
#[derive(Clone)]
pub struct Services {
    /// Saved work.
    pub attempt_store: Rc<AttemptStore<LocalStore>>,
    /// The embedding page, if there is one.
    pub host: Option<Rc<Host>>,
    /// To be called when the attempt store may have something to report.
    pub store_changed: Callback<()>,
    /// Opens a scenario of files or of an address.
    pub open: Callback<crate::ui::pages::opened::Origin>,
}

impl PartialEq for Services {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.attempt_store, &other.attempt_store)
    }
}

/// The services of the page.
#[hook]
pub fn use_services() -> Option<Services> {
    use_context()
}
