//! Light or dark.

use trapwise_model::named_enum;
use trapwise_session::Store;

use super::dom::mark_root;
use super::storage::LocalStore;

const KEY: &str = "trapwise.theme";

named_enum! {
    /// Which colours.
    pub enum Theme {
        /// As the system says.
        Auto = "auto",
        Light = "light",
        Dark = "dark",
    }
}

impl Theme {
    /// The one chosen before.
    #[must_use]
    pub fn chosen() -> Self {
        let name = LocalStore.get(KEY).ok().flatten();
        name.and_then(|name| Self::from_name(&name)).unwrap_or(Self::Auto)
    }

    /// Puts it on, and remembers it where the browser lets us: forgetting it is no loss worth a word.
    pub fn choose(self) {
        self.put_on();
        let _ = LocalStore.set(KEY, self.name());
    }

    /// Puts it on.
    pub fn put_on(self) {
        mark_root("data-theme", (self != Self::Auto).then(|| self.name()));
    }
}
