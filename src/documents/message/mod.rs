//! What is said of a design before it is put into words: the key of a template, and typed arguments.
//!
//! A message names components, presets and properties; it does not know how they are written. [`Names`] does:
//! the command line writes ids, the page writes what the board shows. [`Texts::say`](crate::texts::Texts::say)
//! renders a message with either.
//!
//! The template of a key is in the text of a trap (`<trap>.message`, `<trap>.step.<key>`, `<trap>.fix.<key>`) or
//! in the list of shared words ([`crate::texts::shared`]).

mod names;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use trapwise_model::shape::Shaped;
use trapwise_model::{ComponentId, SortedMap};

use crate::limits::MOST;

pub use names::{Ids, Names};

/// What the placeholders of a template stand for.
pub type Args = SortedMap<Cow<'static, str>, Arg>;

/// A template with what its placeholders stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Shaped)]
pub struct Message {
    /// Which template; empty where nothing is said.
    #[document(text(Any))]
    pub key: Cow<'static, str>,
    /// What its placeholders stand for.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    #[document(keys(Any))]
    pub args: Args,
}

/// What a placeholder stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "kebab-case")]
#[document(name("argument"))]
pub enum Arg {
    /// A component.
    Component(ComponentId),
    /// What the palette offers by this name.
    #[document(text(Any))]
    Preset(String),
    /// A property of a component.
    Property(Property),
    /// A word of the AWS API or of documents.
    #[document(text(Any))]
    Code(String),
    /// Words that are the same for every reader, for example the name of a zone.
    #[document(text(Any))]
    Words(String),
    /// A number.
    Number(i64),
    /// Words with placeholders of their own.
    Message(Message),
    /// Several, with commas: `a, b, c`.
    #[document(len(0, MOST))]
    List(Vec<Arg>),
    /// Several, the last after `and`: `a, b and c`.
    #[document(len(0, MOST))]
    And(Vec<Arg>),
}

/// A property by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Shaped)]
pub struct Property {
    /// Its name in documents; that of a derived one starts with `@`.
    #[document(text(Any))]
    pub name: String,
    /// Whose it is, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<ComponentId>,
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Args::new() }
    }

    /// What a placeholder stands for.
    #[must_use]
    pub fn arg(mut self, key: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.insert(Cow::Borrowed(key), arg.into());
        self
    }

    /// A placeholder that stands for a component.
    #[must_use]
    pub fn name(self, key: &'static str, component: impl Into<ComponentId>) -> Self {
        self.arg(key, Arg::Component(component.into()))
    }

    /// A placeholder that stands for components.
    #[must_use]
    pub fn names<C: Into<ComponentId>>(
        self,
        key: &'static str,
        components: impl IntoIterator<Item = C>,
    ) -> Self {
        self.arg(key, Arg::names(components))
    }

    /// A placeholder that stands for a word of the AWS API.
    #[must_use]
    pub fn code(self, key: &'static str, word: &str) -> Self {
        self.arg(key, Arg::Code(word.to_owned()))
    }

    /// A placeholder that stands for words of the AWS API.
    #[must_use]
    pub fn codes<'a>(self, key: &'static str, words: impl IntoIterator<Item = &'a str>) -> Self {
        self.arg(key, Arg::codes(words))
    }

    /// A placeholder that stands for these words.
    #[must_use]
    pub fn words(self, key: &'static str, words: &str) -> Self {
        self.arg(key, words)
    }

    /// A placeholder that stands for a property of a component.
    #[must_use]
    pub fn property(self, key: &'static str, name: &str, of: Option<ComponentId>) -> Self {
        self.arg(key, Arg::Property(Property { name: name.to_owned(), of }))
    }
}

impl Arg {
    /// A list of components.
    pub fn names<C: Into<ComponentId>>(components: impl IntoIterator<Item = C>) -> Self {
        Self::List(components.into_iter().map(|component| Self::Component(component.into())).collect())
    }

    /// A list of words of the AWS API.
    pub fn codes<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(words.into_iter().map(|word| Self::Code(word.to_owned())).collect())
    }
}

/// No words.
impl Default for Arg {
    fn default() -> Self {
        Self::Words(String::new())
    }
}

impl From<ComponentId> for Arg {
    fn from(component: ComponentId) -> Self {
        Self::Component(component)
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<&str> for Arg {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

macro_rules! from_number {
    ($($number:ty),*) => {
        $(impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        })*
    };
}

from_number!(i64, u16, u32, u64, usize);

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Message {
        let app = ComponentId::new("app").unwrap();
        let nested = Message::new("condition.at-least").arg("value", 2_u32);
        Message::new("condition.but-not")
            .arg("is", Message::new("world.placed").name("node", app.clone()))
            .arg("wanted", nested)
            .property("prop", "cpu", Some(app))
            .codes("actions", ["a:B", "a:C"])
    }

    #[test]
    fn a_message_crosses_as_json() {
        let json = serde_json::to_string(&message()).unwrap();
        let expected = r#"{"key":"condition.but-not","args":{"actions":{"list":[{"code":"a:B"},{"code":"a:C"}]},"is":{"message":{"key":"world.placed","args":{"node":{"component":"app"}}}},"prop":{"property":{"name":"cpu","of":"app"}},"wanted":{"message":{"key":"condition.at-least","args":{"value":{"number":2}}}}}}"#;
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_str::<Message>(&json).unwrap(), message());
    }

    #[test]
    fn messages_stand_in_messages() {
        assert_eq!(message().to_string(), "`app` stands in a subnet, not at least 2");
        assert_eq!(Message::default().to_string(), "");
    }
}
