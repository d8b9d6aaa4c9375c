//! Makes the replacements of a version in the tree of a document.
//!
//! It knows of each text and number only the field that it is in: enough to tell a port from the points of a
//! check. Names of fields stay, and so does what a scenario says of its versions.

use trapwise_model::json::Json;

use trapwise_model::catalogue::prop;

use super::Variation;

/// Fields whose texts name something outside the scenario's own boards and words.
const FIXED: &[&str] = &[
    "$schema",
    "kind",
    "url",
    "facts",
    "fires",
    "variant",
    "reference",
    "verifiedOn",
    "exams",
    "domain",
    "difficulty",
    "needs",
];

/// Fields in which a text that is nothing but a letter is a zone.
const ZONE: &[&str] = &[prop::AVAILABILITY_ZONE.as_str(), "value", "eq", "ne", "in", "contains"];

/// Makes the replacements in what is the value of that field.
pub(super) fn rewrite(variation: &Variation, field: &str, json: &mut Json) {
    match json {
        Json::Record(fields) => {
            for (name, value) in fields.iter_mut().filter(|(name, _)| name != "varies") {
                rewrite(variation, name, value);
            }
        }
        Json::List(items) => items.iter_mut().for_each(|item| rewrite(variation, field, item)),
        Json::Text(text) if !FIXED.contains(&field) => *text = in_text(variation, field, text),
        Json::Number(number) => {
            let is_meant = |one: &&super::Number| {
                number.as_i64() == Some(one.from) && one.under.iter().any(|under| under == field)
            };
            if let Some(other) = variation.numbers.iter().find(is_meant) {
                *number = other.to.into();
            }
        }
        Json::Null | Json::Bool(_) | Json::Text(_) => {}
    }
}

fn in_text(variation: &Variation, field: &str, text: &str) -> String {
    if ZONE.contains(&field)
        && let Some(zone) = zone(variation, text)
    {
        return zone.to_string();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut before = ' ';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let replaced = if before.is_ascii_alphanumeric() { None } else { word(variation, before, rest) };
        let (length, to) = match replaced {
            Some((length, to)) => (length, to),
            None => (first.len_utf8(), first.to_string()),
        };
        before = rest.get(..length).and_then(|gone| gone.chars().next_back()).unwrap_or(first);
        out.push_str(&to);
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// The word that a text starts with, if it is to be replaced: how long it is, and what takes its place.
fn word(variation: &Variation, before: char, text: &str) -> Option<(usize, String)> {
    for (from, to) in &variation.words {
        let Some(start) = text.get(..from.len()) else { continue };
        let mut letters = start.chars();
        let capital = letters.next().filter(|first| first.is_ascii_uppercase());
        let same = start == from
            || capital.is_some_and(|first| {
                let mut wanted = from.chars();
                wanted.next() == Some(first.to_ascii_lowercase()) && wanted.as_str() == letters.as_str()
            });
        let after = text.get(from.len()..).unwrap_or_default();
        if same && !goes_on(before, from, after) {
            let mut other = to.chars();
            let written = match (start == from, other.next()) {
                (false, Some(first)) => std::iter::once(first.to_ascii_uppercase()).chain(other).collect(),
                _ => to.clone(),
            };
            return Some((from.len(), written));
        }
    }
    // A zone is the last part of an id, or stands in code.
    let letter = text.get(..1).filter(|_| matches!(before, '-' | '`'))?;
    let ends = text.chars().nth(1).is_none_or(|next| !next.is_ascii_alphanumeric() && next != '-');
    let zone = zone(variation, letter).filter(|_| ends)?;
    Some((1, zone.to_string()))
}

/// Whether a word is only a part of a longer word or number.
fn goes_on(before: char, word: &str, after: &str) -> bool {
    let is_number = word.starts_with(|c: char| c.is_ascii_digit());
    let mut next = after.chars();
    let more = match next.next() {
        Some('.' | ',') if is_number => next.next().is_some_and(|c| c.is_ascii_digit()),
        next => next.is_some_and(|c| c.is_ascii_alphanumeric()),
    };
    more || (is_number && matches!(before, '.' | ','))
}

fn zone(variation: &Variation, letter: &str) -> Option<char> {
    let place = ["a", "b", "c"].iter().position(|known| *known == letter)?;
    variation.zones?.get(place).copied()
}

#[cfg(test)]
mod tests {
    use super::super::Number;
    use super::*;

    fn version() -> Variation {
        let words = [
            ("Mole & Harbour", "Finch & Sons"),
            ("orders", "bookings"),
            ("order", "booking"),
            ("8080", "3000"),
        ];
        Variation {
            words: words.map(|(from, to)| (from.to_owned(), to.to_owned())).to_vec(),
            numbers: vec![Number {
                from: 8080,
                to: 3000,
                under: vec!["containerPort".to_owned(), "eq".to_owned()],
            }],
            zones: Some(['c', 'a', 'b']),
            missing: Vec::new(),
        }
    }

    #[track_caller]
    fn becomes(before: &str, after: &str) {
        let tree = |text: &str| serde_json::from_str::<Json>(text).unwrap();
        let mut json = tree(before);
        rewrite(&version(), "", &mut json);
        assert_eq!(json, tree(after));
    }

    #[test]
    fn whole_words_are_replaced_in_texts_and_ids() {
        becomes(
            r#"{ "id": "orders-task", "brief": "Orders of reorders, an order\norders \"orders\" (orders), borders" }"#,
            r#"{ "id": "bookings-task", "brief": "Bookings of reorders, an booking\nbookings \"bookings\" (bookings), borders" }"#,
        );
        becomes(r#"["Mole & Harbour sells"]"#, r#"["Finch & Sons sells"]"#);
    }

    #[test]
    fn numbers_are_replaced_where_they_are_meant() {
        becomes(
            r#"{ "containerPort": 8080, "points": 8080, "is": { "eq": 8080, "ge": 80801 }, "t": "port 8080, 18080, 8080.5, 1,8080." }"#,
            r#"{ "containerPort": 3000, "points": 8080, "is": { "eq": 3000, "ge": 80801 }, "t": "port 3000, 18080, 8080.5, 1,8080." }"#,
        );
    }

    #[test]
    fn zones_change_places_in_properties_ids_and_code() {
        becomes(
            r#"{ "id": "app-a", "in": ["public-b"], "availabilityZone": "a", "value": "b", "text": "a zone, `a` and `app-b`: a-b-c" }"#,
            r#"{ "id": "app-c", "in": ["public-a"], "availabilityZone": "c", "value": "a", "text": "a zone, `c` and `app-a`: a-b-b" }"#,
        );
        becomes(r#"{ "options": [{ "id": "a" }] }"#, r#"{ "options": [{ "id": "a" }] }"#);
    }

    #[test]
    fn what_is_named_outside_stays() {
        becomes(
            r#"{ "orders": "orders", "url": "https://x/orders", "facts": ["orders", "order"], "fires": ["orders"], "last": "orders" }"#,
            r#"{ "orders": "bookings", "url": "https://x/orders", "facts": ["orders", "order"], "fires": ["orders"], "last": "bookings" }"#,
        );
        becomes(
            r#"{ "varies": { "choices": [{ "is": ["orders", "]\"}"] }] }, "last": "orders" }"#,
            r#"{ "varies": { "choices": [{ "is": ["orders", "]\"}"] }] }, "last": "bookings" }"#,
        );
    }
}
