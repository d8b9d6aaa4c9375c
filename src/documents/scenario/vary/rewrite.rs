//! Makes the replacements of a version in the text of a document.
//!
//! It goes through JSON as text, strings and numbers, and knows of each only the field that it stands
//! in: enough to tell a port from the points of a check, and much less than to read every document,
//! change it and write it anew. Field names are never touched.

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

/// The text in that version.
pub(super) fn rewrite(variation: &Variation, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    let mut field = "";
    while let Some(first) = rest.chars().next() {
        match first {
            '"' => {
                let (token, after) = rest.split_at(string_end(rest));
                let inner = token.get(1..token.len().saturating_sub(1)).unwrap_or_default();
                rest = after;
                if after.trim_start().starts_with(':') {
                    field = inner;
                    out.push_str(token);
                    if field == "varies" {
                        let (own, after) = rest.split_at(value_end(rest));
                        out.push_str(own);
                        rest = after;
                    }
                } else if FIXED.contains(&field) {
                    out.push_str(token);
                } else {
                    out.push('"');
                    in_string(variation, field, inner, &mut out);
                    out.push('"');
                }
            }
            '-' | '0'..='9' => {
                let end = rest.find(|c: char| !matches!(c, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'));
                let (token, after) = rest.split_at(end.unwrap_or(rest.len()));
                rest = after;
                let other = variation
                    .numbers
                    .iter()
                    .find(|number| number.from == token && number.under.iter().any(|one| one == field));
                out.push_str(other.map_or(token, |number| &number.to));
            }
            other => {
                out.push(other);
                rest = rest.get(other.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// Where the string that a text starts with ends, its quotation marks included.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Where the object that follows ends.
fn value_end(text: &str) -> usize {
    let mut depth = 0_u32;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let step = match rest.as_bytes().first() {
            Some(b'"') => string_end(rest),
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        at += step;
        match rest.as_bytes().first() {
            Some(b'{' | b'[') => depth += 1,
            Some(b'}' | b']') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    text.len()
}

fn in_string(variation: &Variation, field: &str, text: &str, out: &mut String) {
    if ZONE.contains(&field)
        && let Some(zone) = zone(variation, text)
    {
        out.push(zone);
        return;
    }
    let mut before = ' ';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '\\' {
            // An escape is no letter, whatever letter it is written with.
            let length = if rest.as_bytes().get(1) == Some(&b'u') { 6 } else { 2 };
            let (escape, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            out.push_str(escape);
            (rest, before) = (after, ' ');
            continue;
        }
        let replaced = if before.is_ascii_alphanumeric() { None } else { word(variation, before, rest) };
        let (length, to) = match replaced {
            Some((length, to)) => (length, to),
            None => (first.len_utf8(), first.to_string()),
        };
        before = rest.get(..length).and_then(|gone| gone.chars().next_back()).unwrap_or(first);
        out.push_str(&to);
        rest = rest.get(length..).unwrap_or_default();
    }
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
                from: "8080".to_owned(),
                to: "3000".to_owned(),
                under: vec!["containerPort".to_owned(), "eq".to_owned()],
            }],
            zones: Some(['c', 'a', 'b']),
            missing: Vec::new(),
        }
    }

    #[track_caller]
    fn becomes(before: &str, after: &str) {
        assert_eq!(rewrite(&version(), before), after);
        assert!(serde_json::from_str::<serde_json::Value>(after).is_ok(), "{after}");
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

    #[test]
    fn broken_texts_do_no_harm() {
        for text in ["\"orders", "{\"varies\": {", "\"\\", "\"\\u12", "é\"é orders é\"", "-", ""] {
            let _ = rewrite(&version(), text);
        }
    }
}
