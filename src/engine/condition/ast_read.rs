//! Reading conditions. By hand, because the derived form of an untagged enumeration buffers its input
//! and reads it anew for each variant, at many times the size in the download.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::ast::{Condition, IfThen, Op, Ref, Selector};

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ConditionVisitor)
    }
}

struct ConditionVisitor;

impl<'de> Visitor<'de> for ConditionVisitor {
    type Value = Condition;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with one operator, or with `if` and `then`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Condition, A::Error> {
        let key: String =
            entries.next_key()?.ok_or_else(|| A::Error::custom("a condition needs an operator"))?;
        let condition = match key.as_str() {
            "if" => {
                let condition = entries.next_value()?;
                IfThen { condition, then: second(&mut entries, "then")? }.into()
            }
            "then" => {
                let then = entries.next_value()?;
                IfThen { condition: second(&mut entries, "if")?, then }.into()
            }
            operator => Condition::Op(Box::new(operation(operator, &mut entries)?)),
        };
        match entries.next_key::<String>()? {
            None => Ok(condition),
            Some(more) => {
                Err(A::Error::custom(format_args!("a condition has one operator, not also `{more}`")))
            }
        }
    }
}

impl From<IfThen> for Condition {
    fn from(implication: IfThen) -> Self {
        Self::IfThen(implication)
    }
}

/// The other half of an implication.
fn second<'de, A: MapAccess<'de>>(entries: &mut A, wanted: &'static str) -> Result<Box<Condition>, A::Error> {
    match entries.next_key::<String>()? {
        Some(key) if key == wanted => entries.next_value(),
        _ => Err(A::Error::missing_field(wanted)),
    }
}

fn operation<'de, A: MapAccess<'de>>(operator: &str, entries: &mut A) -> Result<Op, A::Error> {
    Ok(match operator {
        "allOf" => Op::AllOf(entries.next_value()?),
        "anyOf" => Op::AnyOf(entries.next_value()?),
        "not" => Op::Not(entries.next_value()?),
        "all" => Op::All(entries.next_value()?),
        "any" => Op::Any(entries.next_value()?),
        "none" => Op::None(entries.next_value()?),
        "exactly" => Op::Exactly(entries.next_value()?),
        "atLeast" => Op::AtLeast(entries.next_value()?),
        "atMost" => Op::AtMost(entries.next_value()?),
        "attr" => Op::Attr(entries.next_value()?),
        "connected" => Op::Connected(entries.next_value()?),
        "within" => Op::Within(entries.next_value()?),
        "path" => Op::Path(entries.next_value()?),
        "distinct" => Op::Distinct(entries.next_value()?),
        "reachable" => Op::Reachable(entries.next_value()?),
        "canPullImage" => Op::CanPullImage(entries.next_value()?),
        "canFetchSecret" => Op::CanFetchSecret(entries.next_value()?),
        "canWriteLogs" => Op::CanWriteLogs(entries.next_value()?),
        "roleGrants" => Op::RoleGrants(entries.next_value()?),
        "survives" => Op::Survives(entries.next_value()?),
        "cost" => Op::Cost(entries.next_value()?),
        "operations" => Op::Operations(entries.next_value()?),
        other => return Err(A::Error::custom(format_args!("unknown operator `{other}`"))),
    })
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RefVisitor)
    }
}

struct RefVisitor;

impl<'de> Visitor<'de> for RefVisitor {
    type Value = Ref;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`$name` or a selection")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Ref, E> {
        Ok(Ref::Bound(name.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Ref, A::Error> {
        Selector::deserialize(MapAccessDeserializer::new(entries)).map(Ref::Select)
    }
}
