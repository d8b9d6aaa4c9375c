//! The words that no trap has for itself: the steps of derived relations and the reasons of checks.
//!
//! They are in `shared.txt`, one `key: template` a line, and part of every program: they are few, and every report
//! needs them.

use std::sync::LazyLock;

use trapwise_model::SortedMap;

static SHARED: LazyLock<SortedMap<&str, &str>> =
    LazyLock::new(|| lines(include_str!("shared.txt")).collect());

/// The template of a key.
#[must_use]
pub fn shared(key: &str) -> Option<&'static str> {
    SHARED.get(key).copied()
}

/// The key of every template, in order.
pub fn shared_keys() -> impl Iterator<Item = &'static str> {
    SHARED.keys().copied()
}

fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_template_of_its_own() {
        let text = include_str!("shared.txt");
        let meant = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        assert_eq!((lines(text).count(), SHARED.len()), (meant, meant));
        assert_eq!(shared("condition.empty"), Some("empty"));
        assert_eq!(shared("condition"), None);
    }
}
