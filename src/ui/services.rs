//! What every page may call on: the shelf of saved work, and ways to tell the page around it.

use std::rc::Rc;

use trapwise_session::Shelf;
use yew::prelude::*;

use crate::platform::host::Host;
use crate::platform::storage::LocalStore;

/// Handed down by context; equal as long as it is the same.
#[derive(Clone)]
pub struct Services {
    /// Saved work.
    pub shelf: Rc<Shelf<LocalStore>>,
    /// The embedding page, if there is one.
    pub host: Option<Rc<Host>>,
    /// To be called when the shelf may have something to tell.
    pub shelf_changed: Callback<()>,
    /// Opens a scenario of files or of an address.
    pub open: Callback<crate::ui::pages::opened::Origin>,
}

impl PartialEq for Services {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shelf, &other.shelf)
    }
}

/// The services of the page.
#[hook]
pub fn use_services() -> Option<Services> {
    use_context()
}
