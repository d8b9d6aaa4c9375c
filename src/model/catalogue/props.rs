//! How a property is described: its type, its default, its words.
//!
//! The inspector, the JSON Schema and the loader's diagnostics are all generated from these.

use super::PropId;
use crate::Value;

/// One property of a component, a link or a record.
#[derive(Debug, PartialEq, Eq)]
pub struct PropSpec {
    /// Name in files: the ECS API's or CloudFormation's own where there is one.
    pub id: PropId,
    /// Name on screen.
    pub label: &'static str,
    /// One sentence: what it does.
    pub help: &'static str,
    /// What values it takes.
    pub ty: PropType,
    /// What AWS assumes when it is absent.
    pub default: DefaultValue,
}

/// The values a property takes.
#[derive(Debug, PartialEq, Eq)]
pub enum PropType {
    /// A switch.
    Bool,
    /// A whole number from `min` to `max`, both included, counted in `unit` (empty for a plain count).
    Int {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
        /// What is counted, for example `MiB`.
        unit: &'static str,
    },
    /// Free text of 1 to [`MAX_TEXT_LEN`] characters; suggestions are offered, not required.
    Text {
        /// Values to offer.
        suggestions: &'static [&'static str],
    },
    /// One of a closed list.
    Enum(&'static [Choice]),
    /// A list of texts, for example IAM actions.
    TextList {
        /// Values to offer.
        suggestions: &'static [&'static str],
    },
    /// A list of records.
    Records {
        /// What one record is called, for example `container`.
        item: &'static str,
        /// The text field that tells records apart; every record has it, no two the same.
        key: Option<PropId>,
        /// The fields of a record.
        fields: &'static [PropSpec],
    },
}

/// Longest text value, in characters.
pub const MAX_TEXT_LEN: usize = 200;
/// Most items of a list value.
pub const MAX_LIST_LEN: usize = 50;

/// One value of an enumeration.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// Value in files.
    pub value: &'static str,
    /// Name on screen.
    pub label: &'static str,
    /// One sentence: what choosing it means. May be empty where the label says all.
    pub help: &'static str,
}

/// What AWS assumes when a property is absent.
#[derive(Debug, PartialEq, Eq)]
pub enum DefaultValue {
    /// Nothing: absent stays absent.
    None,
    /// A switch.
    Bool(bool),
    /// A number.
    Int(i64),
    /// A text or a value of an enumeration.
    Text(&'static str),
}

impl DefaultValue {
    /// The default as a value.
    #[must_use]
    pub fn to_value(&self) -> Option<Value> {
        match self {
            Self::None => None,
            Self::Bool(value) => Some(Value::Bool(*value)),
            Self::Int(value) => Some(Value::Int(*value)),
            Self::Text(value) => Some(Value::from(*value)),
        }
    }
}

impl PropSpec {
    /// Whether `value` is of this property's type and in its range; else why not.
    ///
    /// # Errors
    /// A sentence for the person who set the value, for example "`cpu` must be between 128 and 196608".
    pub fn check(&self, value: &Value) -> Result<(), String> {
        let id = self.id;
        let wrong = |wanted: &str| Err(format!("`{id}` must be {wanted}, not {}", value.type_name()));
        match (&self.ty, value) {
            (PropType::Bool, Value::Bool(_)) => Ok(()),
            (PropType::Bool, _) => wrong("true or false"),
            (PropType::Int { min, max, .. }, Value::Int(number)) => {
                if (min..=max).contains(&number) {
                    Ok(())
                } else {
                    Err(format!("`{id}` must be between {min} and {max}, not {number}"))
                }
            }
            (PropType::Int { .. }, _) => wrong("a whole number"),
            (PropType::Text { .. }, Value::Text(text)) => check_text(id, text),
            (PropType::Text { .. }, _) => wrong("text"),
            (PropType::Enum(choices), Value::Text(text)) => {
                if choices.iter().any(|choice| choice.value == text) {
                    return Ok(());
                }
                let known = choices.iter().map(|choice| format!("`{}`", choice.value)).collect::<Vec<_>>();
                Err(format!("`{id}` must be one of {}, not `{}`", known.join(", "), shorten(text)))
            }
            (PropType::Enum(_), _) => wrong("text"),
            (PropType::TextList { .. }, Value::List(items)) => {
                check_len(id, items)?;
                items.iter().try_for_each(|item| match item {
                    Value::Text(text) => check_text(id, text),
                    other => Err(format!("`{id}` must hold texts, not {}", other.type_name())),
                })
            }
            (PropType::Records { fields, key, item }, Value::List(items)) => {
                check_len(id, items)?;
                items.iter().try_for_each(|record| check_record(id, fields, record))?;
                key.map_or(Ok(()), |key| check_keys(id, item, key, items))
            }
            (PropType::TextList { .. } | PropType::Records { .. }, _) => wrong("a list"),
        }
    }
}

fn check_record(id: PropId, fields: &[PropSpec], item: &Value) -> Result<(), String> {
    let Value::Record(record) = item else {
        return Err(format!("`{id}` must hold records, not {}", item.type_name()));
    };
    record.iter().try_for_each(|(name, value)| match fields.iter().find(|field| field.id.as_str() == name) {
        Some(field) => field.check(value).map_err(|why| format!("`{id}`: {why}")),
        None => Err(format!("`{id}` has no field `{}`", shorten(name))),
    })
}

fn check_keys(id: PropId, item: &str, key: PropId, records: &[Value]) -> Result<(), String> {
    let mut seen = crate::SortedSet::new();
    for record in records {
        match record.field(key).and_then(Value::as_text) {
            None => return Err(format!("`{id}`: every {item} needs a `{key}`")),
            Some(name) if !seen.insert(name) => {
                return Err(format!("`{id}` has two {item}s with the {key} `{}`", shorten(name)));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn check_text(id: PropId, text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err(format!("`{id}` must not be empty"));
    }
    if text.chars().count() > MAX_TEXT_LEN {
        return Err(format!("`{id}` must have at most {MAX_TEXT_LEN} characters"));
    }
    if text.chars().any(char::is_control) {
        return Err(format!("`{id}` must not have control characters"));
    }
    Ok(())
}

fn check_len(id: PropId, items: &[Value]) -> Result<(), String> {
    if items.len() > MAX_LIST_LEN {
        return Err(format!("`{id}` must have at most {MAX_LIST_LEN} items"));
    }
    Ok(())
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

// The catalogue's tables are written with these.

pub(super) const fn flag(id: PropId, label: &'static str, help: &'static str, default: bool) -> PropSpec {
    PropSpec { id, label, help, ty: PropType::Bool, default: DefaultValue::Bool(default) }
}

pub(super) const fn int(
    id: PropId,
    label: &'static str,
    help: &'static str,
    (min, max, unit): (i64, i64, &'static str),
    default: DefaultValue,
) -> PropSpec {
    PropSpec { id, label, help, ty: PropType::Int { min, max, unit }, default }
}

pub(super) const fn choice(
    id: PropId,
    label: &'static str,
    help: &'static str,
    choices: &'static [Choice],
    default: DefaultValue,
) -> PropSpec {
    PropSpec { id, label, help, ty: PropType::Enum(choices), default }
}

pub(super) const fn text(
    id: PropId,
    label: &'static str,
    help: &'static str,
    suggestions: &'static [&'static str],
) -> PropSpec {
    PropSpec { id, label, help, ty: PropType::Text { suggestions }, default: DefaultValue::None }
}

pub(super) const fn texts(
    id: PropId,
    label: &'static str,
    help: &'static str,
    suggestions: &'static [&'static str],
) -> PropSpec {
    PropSpec { id, label, help, ty: PropType::TextList { suggestions }, default: DefaultValue::None }
}

pub(super) const fn one(value: &'static str, label: &'static str, help: &'static str) -> Choice {
    Choice { value, label, help }
}
