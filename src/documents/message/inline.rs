//! Transitional: messages from sentences written in code. To be removed when every trap has its steps in its text.

use std::borrow::Cow;

use trapwise_model::ComponentId;

use super::{Arg, Message, Property};

/// What the key of such a message starts with; the rest is the template itself.
const INLINE: &str = "inline:";

/// The placeholders of what stands in backticks.
const LETTERS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

impl Message {
    /// A sentence whose words in backticks become arguments.
    #[must_use]
    pub fn inline(text: &str) -> Self {
        let pieces: Vec<&str> = text.split('`').collect();
        let mut message = Self::default();
        let mut template = INLINE.to_owned();
        for (index, piece) in pieces.iter().enumerate() {
            if index % 2 == 0 {
                template.push_str(piece);
                continue;
            }
            let Some(letter) = LETTERS.get(index / 2) else {
                template.extend(["`", piece, "`"]);
                continue;
            };
            // `desiredCount` of `web`: a property of a component.
            let of = match pieces.get(index + 1..).unwrap_or_default() {
                [" of ", owner, ..] => ComponentId::new(owner).ok(),
                _ => None,
            };
            let name = (*piece).to_owned();
            let is_property = of.is_some() || piece.starts_with('@');
            let arg = if is_property { Arg::Property(Property { name, of }) } else { Arg::Mention(name) };
            message.args.insert(Cow::Borrowed(*letter), arg);
            template.extend(["{", letter, "}"]);
        }
        message.key = Cow::Owned(template);
        message
    }
}

/// The template of an inline message, from its key.
pub(crate) fn template(key: &str) -> Option<&str> {
    key.strip_prefix(INLINE)
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::inline(&text)
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self::inline(text)
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        if text.contains('`') { Self::Message(Message::inline(&text)) } else { Self::Words(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_backticks_becomes_arguments() {
        let message = Message::inline("`cpu` of `web` is 256, and `web` has no `gpu`");
        assert_eq!(message.key, "inline:{a} of {b} is 256, and {c} has no {d}");
        assert_eq!(message.args.get("b"), Some(&Arg::Mention("web".to_owned())));
        let of = ComponentId::new("web").ok();
        assert_eq!(message.args.get("a"), Some(&Arg::Property(Property { name: "cpu".to_owned(), of })));
        assert_eq!(message.to_string(), "`cpu` of `web` is 256, and `web` has no `gpu`");
    }
}
