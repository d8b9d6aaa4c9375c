//! The format in which documents are written: fields in the order of their shape, short values on one
//! line.

use trapwise_documents::report::Report;
use trapwise_documents::scenario::{Facts, Index, Scenario, Variant};
use trapwise_documents::versions::DocumentKind;
use trapwise_model::Design;
use trapwise_model::json::Json;
use trapwise_model::shape::{Field, Shape, Shaped};

/// Longest line of a value that could be broken over several lines.
const WIDTH: usize = 118;

/// A document as text that ends with a line break.
pub fn format(json: &Json, shape: &Shape) -> String {
    let mut text = String::new();
    // The document itself is always broken over several lines.
    write(&ordered(json, shape), 0, 0, true, &mut text);
    text.push('\n');
    text
}

/// The shape of a document that `trapwise fmt` knows.
pub fn shape_of(kind: DocumentKind) -> Option<&'static Shape> {
    match kind {
        DocumentKind::Design => Some(Design::shape()),
        DocumentKind::Scenario => Some(Scenario::shape()),
        DocumentKind::Variant => Some(Variant::shape()),
        DocumentKind::Index => Some(Index::shape()),
        DocumentKind::Facts => Some(Facts::shape()),
        DocumentKind::Report => Some(Report::shape()),
        DocumentKind::TrapLibrary | DocumentKind::SavedWork | DocumentKind::HostMessage => None,
    }
}

/// What a document is, by its path or else by its fields.
pub fn kind_of(path: &str, json: &Json) -> Option<DocumentKind> {
    let mut names = path.rsplit('/');
    let (file, folder) = (names.next().unwrap_or_default(), names.next());
    match file {
        "scenario.json" => Some(DocumentKind::Scenario),
        "index.json" => Some(DocumentKind::Index),
        "facts.json" => Some(DocumentKind::Facts),
        _ if folder == Some("variants") => Some(DocumentKind::Variant),
        _ => {
            let has = |key: &str| json.get(key).is_some();
            let signs = [
                ("components", DocumentKind::Design),
                ("brief", DocumentKind::Scenario),
                ("failsChecks", DocumentKind::Variant),
                ("scenarios", DocumentKind::Index),
                ("findings", DocumentKind::Report),
                ("facts", DocumentKind::Facts),
                ("attempt", DocumentKind::SavedWork),
            ];
            signs.into_iter().find(|(key, _)| has(key)).map(|(_, kind)| kind)
        }
    }
}

/// Sorts the fields of every record in the order of its shape, unknown fields last.
fn ordered(json: &Json, shape: &Shape) -> Json {
    match (json, shape.resolved()) {
        (Json::Record(fields), Shape::Record(record)) => by_order(fields, record.fields),
        (Json::Record(fields), Shape::OneKey(one)) => by_order(fields, one.fields),
        (Json::Record(fields), Shape::Map { of, .. }) => {
            Json::Record(fields.iter().map(|(name, value)| (name.clone(), ordered(value, of))).collect())
        }
        (Json::List(items), Shape::List { of, .. }) => {
            Json::List(items.iter().map(|item| ordered(item, of)).collect())
        }
        (_, Shape::TextOr { other, .. }) => ordered(json, other),
        (_, Shape::OrNull(shape)) => ordered(json, shape),
        (_, Shape::KeyOr { key, with, without }) => {
            ordered(json, if json.get(key).is_some() { with } else { without })
        }
        _ => json.clone(),
    }
}

fn by_order(fields: &[(String, Json)], known: &[Field]) -> Json {
    let place = |name: &str| known.iter().position(|field| field.name == name).unwrap_or(known.len());
    let mut sorted: Vec<_> = fields
        .iter()
        .map(|(name, value)| {
            let shape = known.get(place(name)).map(|field| field.shape);
            (name.clone(), shape.map_or_else(|| value.clone(), |shape| ordered(value, shape)))
        })
        .collect();
    sorted.sort_by_key(|(name, _)| place(name));
    Json::Record(sorted)
}

/// Writes a value; its line already has `before` characters.
fn write(json: &Json, indent: usize, before: usize, broken: bool, text: &mut String) {
    let line = one_line(json);
    // One more character for the comma that may follow.
    let fits = before + line.chars().count() < WIDTH;
    match json {
        Json::Record(fields) if (broken || !fits) && !fields.is_empty() => {
            let items = fields.iter().map(|(name, value)| (format!("{}: ", quote(name)), value));
            write_items(items, ('{', '}'), indent, text);
        }
        Json::List(items) if (broken || !fits) && !items.is_empty() => {
            write_items(items.iter().map(|item| (String::new(), item)), ('[', ']'), indent, text);
        }
        _ => text.push_str(&line),
    }
}

fn write_items<'a>(
    items: impl Iterator<Item = (String, &'a Json)>,
    (open, close): (char, char),
    indent: usize,
    text: &mut String,
) {
    let inner = indent + 2;
    text.push(open);
    for (index, (head, value)) in items.enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.extend(std::iter::repeat_n(' ', inner));
        text.push_str(&head);
        write(value, inner, inner + head.chars().count(), false, text);
    }
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
    text.push(close);
}

fn one_line(json: &Json) -> String {
    match json {
        Json::List(items) => format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        Json::Record(fields) if fields.is_empty() => "{}".to_owned(),
        Json::Record(fields) => {
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| format!("{}: {}", quote(name), one_line(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Json::Text(text) => quote(text),
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Number(number) => number.to_string(),
    }
}

fn quote(text: &str) -> String {
    // Text can always be written as JSON.
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(text: &str, shape: &Shape) -> String {
        format(&serde_json::from_str(text).unwrap(), shape)
    }

    #[test]
    fn fields_are_ordered_and_short_things_stay_on_one_line() {
        let text = r#"{"links":[],"components":[{"props":{"cpu":256,"containers":[{"name":"app"}]},"kind":"task-definition","id":"web"}],"schemaVersion":1}"#;
        let wanted = r#"{
  "schemaVersion": 1,
  "components": [
    { "id": "web", "kind": "task-definition", "props": { "cpu": 256, "containers": [{ "name": "app" }] } }
  ],
  "links": []
}
"#;
        assert_eq!(formatted(text, Design::shape()), wanted);
        assert_eq!(formatted(wanted, Design::shape()), wanted);
    }

    #[test]
    fn nothing_is_lost() {
        let text = r#"{"x": null, "ü\n": [1.5, -3, true, {}, [[]]], "schemaVersion": 1}"#;
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        let again: serde_json::Value = serde_json::from_str(&formatted(text, Design::shape())).unwrap();
        assert_eq!(json, again);
    }
}
