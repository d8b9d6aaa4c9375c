//! JSON Schema (draft 2020-12) of a shape, for editors.

use serde_json::{Map, Value as Json, json};

use super::{Field, Format, OneKey, Record, Rule, Shape};
use crate::catalogue::{MAX_LIST_LEN, MAX_TEXT_LEN, PropId, PropSpec, PropType};
use crate::{ComponentKind, LinkKind, SortedMap};

/// The JSON Schema of documents of that shape.
#[must_use]
pub fn json_schema(shape: &'static Shape, title: &str) -> Json {
    let mut writer = Writer::default();
    let root = writer.shape(shape);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
    });
    if let (Json::Object(schema), Json::Object(root)) = (&mut schema, root) {
        schema.extend(root);
        let definitions: Map<_, _> =
            writer.definitions.into_iter().map(|(name, schema)| (name, schema.unwrap_or_default())).collect();
        schema.insert("$defs".to_owned(), definitions.into());
    }
    schema
}

#[derive(Default)]
struct Writer {
    /// By name; none while it is being written, so that recursion ends.
    definitions: SortedMap<String, Option<Json>>,
}

impl Writer {
    fn shape(&mut self, shape: &'static Shape) -> Json {
        match shape {
            Shape::Bool => json!({ "type": "boolean" }),
            Shape::Int { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
            Shape::Version(version) => json!({ "const": version }),
            Shape::Text(format) => text(*format),
            Shape::Name { names, .. } => json!({ "enum": names }),
            Shape::List { of, min, max } => {
                json!({ "type": "array", "items": self.shape(of), "minItems": min, "maxItems": max })
            }
            Shape::Map { key, of } => json!({
                "type": "object",
                "propertyNames": { "pattern": key.pattern() },
                "additionalProperties": self.shape(of),
            }),
            Shape::Record(record) => self.define(record.name, |writer| writer.record(record)),
            Shape::OneKey(one) => self.define(one.name, |writer| writer.one_key(one)),
            Shape::TextOr { text: format, other } => json!({
                "if": { "type": "string" },
                "then": text(*format),
                "else": self.shape(other),
            }),
            Shape::KeyOr { key, with, without } => json!({
                "type": "object",
                "if": { "required": [key] },
                "then": self.shape(with),
                "else": self.shape(without),
            }),
            Shape::Of(shape) => self.shape(shape()),
            Shape::OrNull(shape) => json!({ "anyOf": [{ "type": "null" }, self.shape(shape)] }),
            Shape::Value => self.define("value", |_| {
                let nested = reference("value");
                json!({ "anyOf": [
                    { "type": ["boolean", "integer", "string"] },
                    { "type": "array", "items": nested },
                    { "type": "object", "additionalProperties": nested },
                ] })
            }),
            // Their properties depend on the field beside them; the record around adds them.
            Shape::ComponentProps | Shape::LinkProps => json!({ "type": "object" }),
        }
    }

    fn define(&mut self, name: &str, write: impl FnOnce(&mut Self) -> Json) -> Json {
        let name = name.replace(' ', "-");
        if !self.definitions.contains_key(&name) {
            self.definitions.insert(name.clone(), None);
            let schema = write(self);
            self.definitions.insert(name.clone(), Some(schema));
        }
        reference(&name)
    }

    fn record(&mut self, record: &'static Record) -> Json {
        let required: Vec<_> =
            record.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
        let mut schema = json!({
            "type": "object",
            "properties": self.properties(record.fields),
            "required": required,
            "additionalProperties": false,
        });
        let mut also = Vec::new();
        match record.rule {
            Rule::Free => {}
            Rule::AtLeastOne(listed) => also.push(json!({ "anyOf": needs(listed) })),
            Rule::ExactlyOne(listed) => also.push(json!({ "oneOf": needs(listed) })),
        }
        for field in record.fields {
            match field.shape.resolved() {
                Shape::ComponentProps => {
                    let kinds = ComponentKind::ALL.iter().map(|kind| (kind.name(), kind.spec().props));
                    also.extend(kinds.map(|(kind, props)| self.props_of("component", kind, props)));
                }
                Shape::LinkProps => {
                    let kinds = LinkKind::ALL.iter().map(|kind| (kind.name(), kind.spec().props));
                    also.extend(kinds.map(|(kind, props)| self.props_of("link", kind, props)));
                }
                _ => {}
            }
        }
        if !also.is_empty()
            && let Json::Object(schema) = &mut schema
        {
            schema.insert("allOf".to_owned(), also.into());
        }
        schema
    }

    fn one_key(&mut self, one: &'static OneKey) -> Json {
        json!({
            "type": "object",
            "properties": self.properties(one.fields),
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": false,
        })
    }

    fn properties(&mut self, fields: &'static [Field]) -> Json {
        let properties = fields.iter().map(|field| {
            let mut schema = self.shape(field.shape);
            if let Json::Object(schema) = &mut schema {
                schema.insert("description".to_owned(), field.help.into());
            }
            (field.name.to_owned(), schema)
        });
        properties.collect::<Map<_, _>>().into()
    }

    /// What `props` may hold when `kind` is this one.
    fn props_of(&mut self, owner: &str, kind: &str, specs: &'static [PropSpec]) -> Json {
        let props = self.define(&format!("{owner}-{kind}"), |_| props(specs, None));
        json!({
            "if": { "properties": { "kind": { "const": kind } }, "required": ["kind"] },
            "then": { "properties": { "props": props } },
        })
    }
}

fn reference(name: &str) -> Json {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn needs(fields: &[&str]) -> Json {
    fields.iter().map(|name| json!({ "required": [name] })).collect()
}

fn text(format: Format) -> Json {
    if format == Format::Any {
        return json!({ "type": "string" });
    }
    json!({ "type": "string", "maxLength": format.max_len(), "pattern": format.pattern() })
}

fn props(specs: &[PropSpec], key: Option<PropId>) -> Json {
    let properties: Map<_, _> = specs.iter().map(|spec| (spec.id.into(), prop(spec))).collect();
    let required: Vec<_> = key.into_iter().map(PropId::as_str).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn prop(spec: &PropSpec) -> Json {
    let line = json!({ "type": "string", "minLength": 1, "maxLength": MAX_TEXT_LEN });
    let mut schema = match &spec.ty {
        PropType::Bool => json!({ "type": "boolean" }),
        PropType::Int { min, max, .. } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        PropType::Text { suggestions } => {
            let mut line = line;
            if let (Json::Object(line), false) = (&mut line, suggestions.is_empty()) {
                line.insert("examples".to_owned(), json!(suggestions));
            }
            line
        }
        PropType::Enum(choices) => {
            json!({ "enum": choices.iter().map(|choice| choice.value).collect::<Vec<_>>() })
        }
        PropType::TextList { .. } => json!({ "type": "array", "items": line, "maxItems": MAX_LIST_LEN }),
        PropType::Records { fields, key, .. } => {
            json!({ "type": "array", "items": props(fields, *key), "maxItems": MAX_LIST_LEN })
        }
    };
    if let Json::Object(schema) = &mut schema {
        schema.insert("title".to_owned(), spec.label.into());
        schema.insert("description".to_owned(), spec.help.into());
        if let Some(default) = spec.default.to_value() {
            schema.insert("default".to_owned(), json!(default));
        }
    }
    schema
}
