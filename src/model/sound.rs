//! Which parts of a document have the right form, so that what they mean can be examined.
//!
//! The one rule of the second pass: something is examined when all that it reads is sound. What only follows from
//! a wrong form is never reported; everything else is reported together with it.

use crate::diagnostic::{Path, Problem, Step};
use crate::json::Json;
use crate::shape::{Field, Record, Shape};

/// The places at which the form of a document is wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(Vec<Path>);

impl Faults {
    /// Everything is wrong.
    pub(crate) fn everywhere() -> Self {
        Self(vec![Path::default()])
    }

    /// From what the shape of a document found.
    pub(crate) fn new(problems: &[Problem], json: &Json, shape: &Shape) -> Self {
        Self(problems.iter().flat_map(|problem| places(problem, json, shape)).collect())
    }

    /// Whether no fault is at, in or above a place: `base` and from there the steps of `pattern`, where `*` is
    /// every item and `#` the number of items.
    pub(crate) fn spare(&self, base: &[Step], pattern: &str) -> bool {
        let steps = || pattern.split('/').filter(|step| !step.is_empty());
        let meets = |fault: &Path| {
            let above = base.len().min(fault.0.len());
            let (start, rest) = fault.0.split_at(above);
            base.starts_with(start) && rest.iter().zip(steps()).all(|(step, wanted)| is(step, wanted))
        };
        !self.0.iter().any(meets)
    }
}

fn is(step: &Step, wanted: &str) -> bool {
    match step {
        Step::Key(key) => key == wanted,
        Step::Index(index) => wanted == "*" || wanted.parse() == Ok(*index),
    }
}

/// Where something is wrong: what is missing, where something is; and what an unknown field may have been meant
/// to be.
fn places(problem: &Problem, json: &Json, shape: &Shape) -> Vec<Path> {
    let unknown = problem.code == "unknown-field";
    let mut record = problem.path.0.as_slice();
    match (problem.code, record.split_last()) {
        ("missing-field", _) => {}
        ("unknown-field", Some((_, around))) => record = around,
        _ => return vec![problem.path.clone()],
    }
    let absent = |field: &&Field| json.at(record).is_some_and(|json| json.get(field.name).is_none());
    let Some(known) = shape.record_at(json, record) else { return vec![Path(record.to_vec())] };
    let into = |field: &Field| Path([record, &[Step::Key(field.name.to_owned())]].concat());
    let fields = known.fields.iter().filter(|field| unknown || field.required).filter(absent);
    let places: Vec<_> = fields.map(into).collect();
    // One of several optional fields is missing: that concerns the record.
    if places.is_empty() && !unknown { vec![Path(record.to_vec())] } else { places }
}

impl Shape {
    /// The record that belongs at a place of a document.
    fn record_at(&self, json: &Json, path: &[Step]) -> Option<&Record> {
        let shape = self.resolved();
        match shape {
            Self::TextOr { other, .. } | Self::OrNull(other) => return other.record_at(json, path),
            Self::KeyOr { key, with, without } => {
                return if json.get(key).is_some() { with } else { without }.record_at(json, path);
            }
            _ => {}
        }
        let Some((step, rest)) = path.split_first() else {
            return if let Self::Record(record) = shape { Some(record) } else { None };
        };
        let inner = match (shape, step) {
            (Self::Record(Record { fields, .. }), Step::Key(key)) => named(fields, key)?,
            (Self::OneKey(one), Step::Key(key)) => named(one.fields, key)?,
            (Self::Map { of, .. }, Step::Key(_)) | (Self::List { of, .. }, Step::Index(_)) => of,
            _ => return None,
        };
        inner.record_at(json.at(std::slice::from_ref(step))?, rest)
    }
}

fn named(fields: &'static [Field], key: &str) -> Option<&'static Shape> {
    fields.iter().find(|field| field.name == key).map(|field| field.shape)
}

#[cfg(test)]
mod tests {
    use crate::Design;
    use crate::diagnostic::Collector;
    use crate::shape::Shaped;

    fn sound(text: &str, place: &str) -> bool {
        let json = serde_json::from_str(text).unwrap();
        let mut at = Collector::default();
        Design::shape().check(&json, &mut at);
        at.end_form(&json, Design::shape());
        let absolute = at.is_sound(&format!("/{place}"));
        assert_eq!(at.key("components", |at| at.is_sound(&format!("/{place}"))), absolute);
        absolute
    }

    #[test]
    fn a_fault_is_in_everything_around_it_and_in_it() {
        let text = r#"{ "schemaVersion": 1, "components": [{ "id": "a", "kind": "vpc" }, { "id": "b", "kind": "vpd" }] }"#;
        for (place, wanted) in [
            ("components/*/kind", false),
            ("components/1/kind", false),
            ("components/1", false),
            ("components/1/kind/deeper", false),
            ("", false),
            ("components/0", true),
            ("components/*/id", true),
            ("components/#", true),
            ("links", true),
        ] {
            assert_eq!(sound(text, place), wanted, "{place}");
        }
    }

    #[test]
    fn what_is_missing_or_may_be_misspelt_is_wrong() {
        let text =
            r#"{ "links": [{ "id": "a", "kind": "runs", "from": "x", "too": "y" }], "components": [] }"#;
        let of_link = |field: &str| sound(text, &format!("links/*/{field}"));
        assert_eq!(["to", "props", "from", "kind"].map(of_link), [false, false, true, true]);
        assert_eq!(["schemaVersion", "components"].map(|field| sound(text, field)), [false, true]);
        // The fault is that something is missing, not that it might be another field.
        assert!(sound(r#"{ "links": [] }"#, "components") && !sound(r#"{ "part": [] }"#, "components"));
    }

    #[test]
    fn of_too_much_that_is_wrong_nothing_is_known() {
        let text = format!(r#"{{ "schemaVersion": 1, "components": [{}] }}"#, vec!["7"; 200].join(","));
        assert!(!sound(&text, "links"));
    }
}
