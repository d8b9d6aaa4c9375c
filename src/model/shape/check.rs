//! Checks a document against its shape and says everything that is wrong with it.

use serde_json::Number;

use super::format::raw_html;
use super::{Field, Format, OneKey, Record, Rule, Shape};
use crate::catalogue::{MAX_LIST_LEN, MAX_TEXT_LEN, PropSpec, PropType};
use crate::diagnostic::{Anchor, Collector, excerpt, names, suggest};
use crate::json::Json;
use crate::{ComponentKind, LinkKind, SortedSet};

type Fields = [(String, Json)];

impl Shape {
    /// Notes everything in which `json` differs from this shape.
    pub fn check(&self, json: &Json, at: &mut Collector) {
        self.check_in(json, &[], at);
    }

    fn check_in(&self, json: &Json, beside: &Fields, at: &mut Collector) {
        match (self.resolved(), json) {
            (Self::Bool, Json::Bool(_)) | (Self::OrNull(_), Json::Null) => {}
            (Self::Int { min, max }, Json::Number(number)) => check_int(number, *min, *max, at),
            (Self::Version(version), Json::Number(number)) => check_version(number, *version, at),
            (Self::Text(format) | Self::TextOr { text: format, .. }, Json::Text(text)) => {
                check_text(*format, text, at);
            }
            (Self::Name { what, names }, Json::Text(text)) => {
                if !names.contains(&text.as_str()) {
                    at.error("unknown-value", format!("unknown {what} `{}`", excerpt(text)))
                        .maybe_help(|| suggest(text, names.iter().copied()));
                }
            }
            (Self::List { of, min, max }, Json::List(items)) => {
                if check_len(items.len(), *min, *max, at) {
                    for (index, item) in items.iter().enumerate() {
                        at.index(index, |at| of.check(item, at));
                    }
                }
            }
            (Self::Map { key, of }, Json::Record(fields)) => {
                for (name, value) in fields {
                    at.key(name, |at| {
                        if !key.accepts(name) {
                            let message = format!("`{}` is not {}", excerpt(name), key.describe());
                            at.error("bad-text", message).mark(Anchor::Key);
                        }
                        of.check(value, at);
                    });
                }
            }
            (Self::Record(record), Json::Record(fields)) => check_record(record, fields, at),
            (Self::OneKey(one), Json::Record(fields)) => check_one_key(one, fields, at),
            (Self::TextOr { other, .. }, _)
                if !matches!(other.resolved(), Self::Record(_)) || is_record(json) =>
            {
                other.check(json, at);
            }
            (Self::KeyOr { key, with, without }, _) => {
                let chosen = if json.get(key).is_some() { with } else { without };
                chosen.check(json, at);
            }
            (Self::OrNull(shape), _) => shape.check(json, at),
            (Self::Value, _) => check_value(json, at),
            (Self::ComponentProps, Json::Record(fields)) => {
                if let Some(kind) = kind_beside(beside).and_then(ComponentKind::from_name) {
                    let spec = kind.spec();
                    check_props(spec.props, spec.label, fields, at);
                }
            }
            (Self::LinkProps, Json::Record(fields)) => {
                if let Some(kind) = kind_beside(beside).and_then(LinkKind::from_name) {
                    check_props(kind.spec().props, kind.name(), fields, at);
                }
            }
            (other, _) => wrong_type(other.describe(), json, at),
        }
    }

    /// What it is, for messages.
    fn describe(&self) -> &'static str {
        match self.resolved() {
            Self::Bool => "true or false",
            Self::Int { .. } | Self::Version(_) => "a whole number",
            Self::Text(_) | Self::Name { .. } => "text",
            Self::List { .. } => "a list",
            Self::TextOr { .. } => "text or an object",
            Self::OrNull(shape) => shape.describe(),
            Self::Value => "a value",
            _ => "an object",
        }
    }
}

const fn is_record(json: &Json) -> bool {
    matches!(json, Json::Record(_))
}

fn kind_beside(fields: &Fields) -> Option<&str> {
    fields.iter().find(|(name, _)| name == "kind").and_then(|(_, kind)| kind.as_text())
}

fn wrong_type(wanted: &str, json: &Json, at: &mut Collector) {
    let problem = at.error("wrong-type", format!("expected {wanted}, found {}", json.describe()));
    if *json == Json::Null {
        problem.help("leave the field out instead");
    }
}

fn check_int(number: &Number, min: i64, max: i64, at: &mut Collector) {
    match number.as_i64() {
        Some(value) if (min..=max).contains(&value) => {}
        None if number.is_f64() => {
            at.error("wrong-type", format!("expected a whole number, found {number}"));
        }
        _ => {
            at.error("out-of-range", format!("expected a number from {min} to {max}, found {number}"));
        }
    }
}

fn check_version(number: &Number, version: u32, at: &mut Collector) {
    if number.as_u64() != Some(version.into()) {
        at.error("unknown-version", format!("this file has version {number} of its format"))
            .help(format!("version {version} is the only one that can be read"));
    }
}

fn check_text(format: Format, text: &str, at: &mut Collector) {
    if !format.accepts(text) {
        let message = if text.trim().is_empty() {
            format!("expected {}, found nothing", format.describe())
        } else {
            format!("`{}` is not {}", excerpt(text), format.describe())
        };
        at.error("bad-text", message);
    } else if format == Format::Markdown
        && let Some(tag) = raw_html(text)
    {
        at.error("raw-html", format!("raw HTML is not allowed: `{}`", excerpt(tag)))
            .help("write Markdown; put literal text in backticks");
    }
}

fn check_len(len: usize, min: usize, max: usize, at: &mut Collector) -> bool {
    if len > max {
        at.error("too-many", format!("{len} items; at most {max} are allowed"));
        return false;
    }
    if len < min {
        let items = if min == 1 { "item" } else { "items" };
        at.error("too-few", format!("at least {min} {items} needed, found {len}"));
    }
    true
}

fn check_record(record: &Record, fields: &Fields, at: &mut Collector) {
    // Once for the whole record, which may have very many fields that are unknown.
    let there = SortedSet::from_iter(fields.iter().map(|(name, _)| name.as_str()));
    let absent: Vec<_> =
        record.fields.iter().map(|field| field.name).filter(|name| !there.contains(*name)).collect();
    for (name, value) in fields {
        at.key(name, |at| match record.fields.iter().find(|field| field.name == name) {
            Some(field) => field.shape.check_in(value, fields, at),
            None => {
                let message = format!("{} has no field `{}`", record.name, excerpt(name));
                at.error("unknown-field", message)
                    .mark(Anchor::Key)
                    .maybe_help(|| suggest(name, absent.iter().copied()));
            }
        });
    }
    let has = |name: &str| there.contains(name);
    let missing: Vec<_> = record
        .fields
        .iter()
        .filter(|field| field.required && !has(field.name))
        .map(|field| field.name)
        .collect();
    if !missing.is_empty() {
        let message = format!("{} lacks {}", record.name, names(missing));
        at.error("missing-field", message).mark(Anchor::Opening);
    }
    let count = |fields: &[&str]| fields.iter().filter(|name| has(name)).count();
    let (listed, wanted) = match record.rule {
        Rule::ExactlyOne(listed) if count(listed) != 1 => (listed, "exactly one"),
        Rule::AtLeastOne(listed) if count(listed) == 0 => (listed, "at least one"),
        _ => return,
    };
    let message = format!("{} needs {wanted} of {}", record.name, names(listed.iter().copied()));
    at.error("missing-field", message).mark(Anchor::Opening);
}

fn check_one_key(one: &OneKey, fields: &Fields, at: &mut Collector) {
    let find = |name: &str| -> Option<&Field> { one.fields.iter().find(|field| field.name == name) };
    for (name, value) in fields {
        at.key(name, |at| match find(name) {
            Some(field) => field.shape.check(value, at),
            None => {
                at.error("unknown-field", format!("no {} is called `{}`", one.name, excerpt(name)))
                    .mark(Anchor::Key)
                    .maybe_help(|| suggest(name, one.fields.iter().map(|field| field.name)));
            }
        });
    }
    if fields.is_empty() {
        at.error("missing-field", format!("this {} is empty", one.name))
            .help(format!("known are {}", names(one.fields.iter().map(|field| field.name))));
    } else if fields.len() > 1 {
        let message = format!("a {} has one field, this has {}", one.name, fields.len());
        at.error("too-many", message).mark(Anchor::Opening).help("write one object for each");
    }
}

/// Property values have no fractions and no nulls.
fn check_value(json: &Json, at: &mut Collector) {
    match json {
        Json::Bool(_) | Json::Text(_) => {}
        Json::Number(number) if number.is_i64() => {}
        Json::Null | Json::Number(_) => {
            wrong_type("a whole number, text, true, false, a list or an object", json, at)
        }
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                at.index(index, |at| check_value(item, at));
            }
        }
        Json::Record(fields) => {
            for (name, value) in fields {
                at.key(name, |at| check_value(value, at));
            }
        }
    }
}

fn check_props(specs: &[PropSpec], owner: &str, fields: &Fields, at: &mut Collector) {
    for (name, value) in fields {
        at.key(name, |at| match specs.iter().find(|spec| spec.id.as_str() == name) {
            Some(spec) => check_prop(spec, value, at),
            None => {
                at.error("unknown-property", format!("{owner} has no property `{}`", excerpt(name)))
                    .mark(Anchor::Key)
                    .maybe_help(|| suggest(name, specs.iter().map(|spec| spec.id.as_str())));
            }
        });
    }
}

fn check_prop(spec: &PropSpec, json: &Json, at: &mut Collector) {
    match (&spec.ty, json) {
        (PropType::Bool, Json::Bool(_)) => {}
        (PropType::Int { min, max, .. }, Json::Number(number)) => check_int(number, *min, *max, at),
        (PropType::Text { .. }, Json::Text(text)) => check_prop_text(text, at),
        (PropType::Enum(choices), Json::Text(text)) => {
            let values = || choices.iter().map(|choice| choice.value);
            if !values().any(|value| value == text) {
                at.error("unknown-value", format!("`{}` cannot be `{}`", spec.id, excerpt(text)))
                    .maybe_help(|| suggest(text, values()));
            }
        }
        (PropType::TextList { .. }, Json::List(items)) => {
            if check_len(items.len(), 0, MAX_LIST_LEN, at) {
                for (index, item) in items.iter().enumerate() {
                    at.index(index, |at| match item {
                        Json::Text(text) => check_prop_text(text, at),
                        other => wrong_type("text", other, at),
                    });
                }
            }
        }
        (PropType::Records { item, key, fields }, Json::List(items)) => {
            if check_len(items.len(), 0, MAX_LIST_LEN, at) {
                for (index, record) in items.iter().enumerate() {
                    at.index(index, |at| match record {
                        Json::Record(values) => check_props(fields, item, values, at),
                        other => wrong_type("an object", other, at),
                    });
                }
                key.iter().for_each(|key| check_keys(item, key.as_str(), items, at));
            }
        }
        (ty, other) => {
            let wanted = match ty {
                PropType::Bool => "true or false",
                PropType::Int { .. } => "a whole number",
                PropType::Text { .. } | PropType::Enum(_) => "text",
                PropType::TextList { .. } | PropType::Records { .. } => "a list",
            };
            wrong_type(wanted, other, at);
        }
    }
}

fn check_prop_text(text: &str, at: &mut Collector) {
    if text.is_empty() || text.chars().count() > MAX_TEXT_LEN || text.chars().any(char::is_control) {
        at.error("bad-text", format!("expected one line of 1 to {MAX_TEXT_LEN} characters"));
    }
}

/// Records are told apart by a field that each has.
fn check_keys(item: &str, key: &str, records: &[Json], at: &mut Collector) {
    let mut seen = SortedSet::new();
    for (index, record) in records.iter().enumerate() {
        at.index(index, |at| match record.get(key) {
            None => {
                at.error("missing-field", format!("{item} lacks `{key}`")).mark(Anchor::Opening);
            }
            Some(Json::Text(name)) if !seen.insert(name) => {
                let message = format!("there is another {item} with the {key} `{}`", excerpt(name));
                at.error("duplicate-id", message).on(key);
            }
            Some(_) => {}
        });
    }
}
