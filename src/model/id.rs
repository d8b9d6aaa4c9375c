//! Ids of components and links: short kebab-case names, cheap to clone.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::read::{At, FromJson};

/// Longest id, in bytes.
pub(crate) const MAX_LEN: usize = 64;

/// Whether `text` is an id: 1 to 64 lower-case letters, digits and single hyphens, starting and
/// ending with a letter or digit.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'));
    text.len() <= MAX_LEN && text.split('-').all(is_word)
}

/// The text is no id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidId(pub String);

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not an id: use 1 to {MAX_LEN} lower-case letters, digits and single hyphens",
            self.0.chars().take(MAX_LEN).collect::<String>()
        )
    }
}

impl std::error::Error for InvalidId {}

/// The text of [`ComponentId::free`] and its like.
fn free(stem: &str, taken: &dyn Fn(&str) -> bool) -> Arc<str> {
    let stem = if is_id(stem) { stem } else { "item" };
    // Room for a number, so that every candidate is an id.
    let stem = stem.get(..stem.len().min(MAX_LEN - 8)).unwrap_or(stem).trim_end_matches('-');
    if !taken(stem) {
        return stem.into();
    }
    let mut number = 2_u32;
    loop {
        let text = format!("{stem}-{number}");
        if !taken(&text) {
            return text.into();
        }
        number += 1;
    }
}

macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// An id of that text.
            ///
            /// # Errors
            /// When the text is no id (see [`is_id`]).
            pub fn new(text: &str) -> Result<Self, InvalidId> {
                if is_id(text) { Ok(Self(text.into())) } else { Err(InvalidId(text.to_owned())) }
            }

            /// The id `stem`, or `stem-2`, `stem-3`, … : the first that `taken` does not know.
            #[must_use]
            pub fn free(stem: &str, taken: impl Fn(&str) -> bool) -> Self {
                Self(free(stem, &taken))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl FromJson for $name {
            fn from_json(at: At<'_>) -> Self {
                Self::new(at.text()).unwrap_or_else(|_| {
                    at.refuse();
                    Self("".into())
                })
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().to_owned()
            }
        }
    };
}

id_type! {
    /// Names one component of a design. A learner's ids carry no meaning: verdicts never depend on them.
    ComponentId
}
id_type! {
    /// Names one link of a design.
    LinkId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case() {
        for good in ["a", "web-task", "l1", "7"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Web", "a b", "ü", &"a".repeat(65)] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn a_free_id_is_the_first_unknown() {
        let taken = ["web", "web-2"];
        assert_eq!(ComponentId::free("web", |id| taken.contains(&id)).as_str(), "web-3");
        let long = "a".repeat(64);
        assert!(is_id(ComponentId::free(&long, |id| !id.ends_with("-9999")).as_str()));
    }
}
