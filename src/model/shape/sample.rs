//! Random documents of a shape, for tests: the same seed gives the same document.
//!
//! They are right in form; whether ids refer to anything is left to chance.

use super::{Field, Format, Rule, Shape};
use crate::catalogue::{PropId, PropSpec, PropType};
use crate::json::Json;
use crate::{ComponentKind, LinkKind};

/// Depth from which only the smallest document is made.
const DEEP: usize = 9;

/// A random document of that shape.
#[must_use]
pub fn sample(shape: &Shape, seed: u64) -> Json {
    Sampler { state: seed }.value(shape, None, 0)
}

struct Sampler {
    state: u64,
}

impl Sampler {
    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let index = self.below(items.len());
        items.get(index)
    }

    fn int(&mut self, min: i64, max: i64) -> Json {
        // Ends are where mistakes are.
        let value = match self.below(4) {
            0 => min,
            1 => max,
            _ => min.saturating_add(i64::try_from(self.below(1_000)).unwrap_or(0)).min(max),
        };
        Json::Number(value.into())
    }

    fn value(&mut self, shape: &Shape, kind: Option<&str>, depth: usize) -> Json {
        match shape.resolved() {
            Shape::Bool => Json::Bool(self.below(2) == 0),
            Shape::Int { min, max } => self.int(*min, *max),
            Shape::Version(version) => Json::Number((*version).into()),
            Shape::Text(format) => self.text(*format),
            Shape::Name { names, .. } => Json::Text(self.pick(names).copied().unwrap_or_default().to_owned()),
            Shape::List { of, min, max } => {
                let more = if depth > DEEP { 0 } else { self.below(4) };
                let len = (min + more).min(*max);
                Json::List((0..len).map(|_| self.value(of, None, depth + 1)).collect())
            }
            Shape::Map { key, of } => {
                let len = if depth > DEEP { 0 } else { self.below(3) };
                let mut fields: Vec<(String, Json)> = Vec::new();
                for _ in 0..len {
                    let Json::Text(name) = self.text(*key) else { continue };
                    if fields.iter().all(|(known, _)| *known != name) {
                        fields.push((name, self.value(of, None, depth + 1)));
                    }
                }
                Json::Record(fields)
            }
            Shape::Record(record) => self.record(record.fields, record.rule, depth),
            Shape::OneKey(one) => {
                // The last ones do not nest in the languages described here.
                let index = if depth > DEEP { one.fields.len() - 1 } else { self.below(one.fields.len()) };
                let field = one.fields.get(index);
                let fields =
                    field.map(|field| (field.name.to_owned(), self.value(field.shape, None, depth + 1)));
                Json::Record(fields.into_iter().collect())
            }
            Shape::TextOr { text, other } => {
                if self.below(2) == 0 {
                    self.text(*text)
                } else {
                    self.value(other, None, depth)
                }
            }
            Shape::KeyOr { with, without, .. } => {
                let chosen = if depth <= DEEP && self.below(4) == 0 { with } else { without };
                self.value(chosen, None, depth)
            }
            Shape::OrNull(shape) => {
                if self.below(3) == 0 {
                    Json::Null
                } else {
                    self.value(shape, None, depth)
                }
            }
            Shape::Value => self.any_value(depth),
            // Resolved above.
            Shape::Of(_) => Json::Null,
            Shape::ComponentProps => {
                let kind = kind.and_then(ComponentKind::from_name);
                self.props(kind.map_or(&[], |kind| kind.spec().props), None)
            }
            Shape::LinkProps => {
                let kind = kind.and_then(LinkKind::from_name);
                self.props(kind.map_or(&[], |kind| kind.spec().props), None)
            }
        }
    }

    fn record(&mut self, fields: &[Field], rule: Rule, depth: usize) -> Json {
        let forced = match rule {
            Rule::Free => None,
            Rule::ExactlyOne(listed) | Rule::AtLeastOne(listed) => self.pick(listed).copied(),
        };
        let mut written: Vec<(String, Json)> = Vec::new();
        for field in fields {
            let barred = matches!(rule, Rule::ExactlyOne(listed) if listed.contains(&field.name));
            let chance = !barred && depth <= DEEP && self.below(3) == 0;
            if field.required || forced == Some(field.name) || chance {
                let kind =
                    written.iter().find(|(name, _)| name == "kind").and_then(|(_, kind)| kind.as_text());
                let kind = kind.map(str::to_owned);
                written.push((field.name.to_owned(), self.value(field.shape, kind.as_deref(), depth + 1)));
            }
        }
        Json::Record(written)
    }

    fn props(&mut self, specs: &[PropSpec], key: Option<PropId>) -> Json {
        let mut fields = Vec::new();
        for spec in specs {
            if key == Some(spec.id) || self.below(3) == 0 {
                fields.push((spec.id.into(), self.prop(spec)));
            }
        }
        Json::Record(fields)
    }

    fn prop(&mut self, spec: &PropSpec) -> Json {
        match &spec.ty {
            PropType::Bool => Json::Bool(self.below(2) == 0),
            PropType::Int { min, max, .. } => self.int(*min, *max),
            PropType::Text { .. } => self.text(Format::Id),
            PropType::Enum(choices) => {
                Json::Text(self.pick(choices).map_or_else(String::new, |choice| choice.value.to_owned()))
            }
            PropType::TextList { .. } => {
                Json::List((0..self.below(3)).map(|_| self.text(Format::Action)).collect())
            }
            // One, so that no two have the same key.
            PropType::Records { fields, key, .. } => {
                Json::List((0..self.below(2)).map(|_| self.props(fields, *key)).collect())
            }
        }
    }

    fn any_value(&mut self, depth: usize) -> Json {
        match self.below(if depth > DEEP { 3 } else { 5 }) {
            0 => Json::Bool(true),
            1 => self.int(i64::MIN, i64::MAX),
            2 => self.text(Format::Line),
            3 => Json::List((0..self.below(3)).map(|_| self.any_value(depth + 1)).collect()),
            _ => Json::Record(vec![("name".to_owned(), self.any_value(depth + 1))]),
        }
    }

    fn text(&mut self, format: Format) -> Json {
        let words: &[&str] = match format {
            Format::Id => &["web", "app-a", "x", "two-roles", "a1"],
            Format::Any => &["", "any\ntext"],
            Format::Line => &["A line.", "ünïcode → \u{1f4a1}", "\"quoted\" \\ / {x}"],
            Format::Markdown => &["Some *words*.\n\n- `<b>`", "One line"],
            Format::Date => &["2026-11-22", "2024-02-29"],
            Format::Url => &["https://docs.aws.amazon.com/", "https://example.com/a?b=c#d"],
            Format::Prop => &["cpu", "containers.gpu", "@zones"],
            Format::Bind => &["td", "role", "x1"],
            Format::Bound => &["$td", "$role"],
            Format::Action => &["s3:GetObject", "ecr:BatchGetImage"],
        };
        Json::Text(self.pick(words).copied().unwrap_or_default().to_owned())
    }
}
