//! The operators of attribute tests, one value at a time.

use trapwise_model::Value;

use crate::data::fargate_sizes;
use crate::report::Status;
use trapwise_documents::condition::{AttrTest, Lookup, SameAs};

/// One operator of an [`AttrTest`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Operator<'c> {
    Eq(&'c Value),
    Ne(&'c Value),
    In(&'c [Value]),
    Lt(i64),
    Le(i64),
    Gt(i64),
    Ge(i64),
    Between(i64, i64),
    Contains(&'c Value),
    SubsetOf(&'c [Value]),
    Matches(&'c str),
    Exists(bool),
    SameAs(&'c SameAs),
    Lookup(&'c Lookup),
}

/// The operators that a test has, in the order of the grammar.
pub(super) fn operators(test: &AttrTest) -> impl Iterator<Item = Operator<'_>> {
    [
        test.eq.as_ref().map(Operator::Eq),
        test.ne.as_ref().map(Operator::Ne),
        test.one_of.as_deref().map(Operator::In),
        test.lt.map(Operator::Lt),
        test.le.map(Operator::Le),
        test.gt.map(Operator::Gt),
        test.ge.map(Operator::Ge),
        test.between.map(|[from, to]| Operator::Between(from, to)),
        test.contains.as_ref().map(Operator::Contains),
        test.subset_of.as_deref().map(Operator::SubsetOf),
        test.matches.as_deref().map(Operator::Matches),
        test.exists.map(Operator::Exists),
        test.same_as.as_ref().map(Operator::SameAs),
        test.lookup.as_ref().map(Operator::Lookup),
    ]
    .into_iter()
    .flatten()
}

impl Operator<'_> {
    /// The result for a value. `other` is the value of the property that `sameAs` and `lookup` name;
    /// none makes them unknown.
    pub fn test(self, value: Option<&Value>, set: bool, other: Option<&Value>) -> Status {
        if let Self::Exists(wanted) = self {
            return status(set == wanted);
        }
        let Some(value) = value else { return Status::Unknown };
        let number = |holds: &dyn Fn(i64) -> bool| some_item(value, &|item| item.as_int().is_some_and(holds));
        status(match self {
            Self::Eq(wanted) => equal(value, wanted),
            Self::Ne(other) => !equal(value, other),
            Self::In(wanted) => wanted.iter().any(|wanted| equal(value, wanted)),
            Self::Lt(bound) => number(&|number| number < bound),
            Self::Le(bound) => number(&|number| number <= bound),
            Self::Gt(bound) => number(&|number| number > bound),
            Self::Ge(bound) => number(&|number| number >= bound),
            Self::Between(from, to) => number(&|number| (from..=to).contains(&number)),
            Self::Contains(item) => value.as_list().is_some_and(|items| items.contains(item)),
            Self::SubsetOf(allowed) => every_item(value, &|item| allowed.contains(item)),
            Self::Matches(pattern) => {
                some_item(value, &|item| item.as_text().is_some_and(|text| matches(pattern, text)))
            }
            Self::Exists(wanted) => set == wanted,
            Self::SameAs(_) => match other {
                Some(other) => equal(value, other),
                None => return Status::Unknown,
            },
            Self::Lookup(lookup) => match other {
                Some(key) => every_item(value, &|item| in_table(&lookup.table, key, item)),
                None => return Status::Unknown,
            },
        })
    }

    /// The other property that the operator compares with.
    pub const fn other(&self) -> Option<&SameAs> {
        match self {
            Self::SameAs(other) => Some(other),
            Self::Lookup(lookup) => Some(&lookup.key),
            _ => None,
        }
    }
}

pub(super) const fn status(holds: bool) -> Status {
    if holds { Status::Pass } else { Status::Fail }
}

/// Equality of [the table](super): lists in any order, a list and a single value by some item.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            let sorted = |items: &[Value]| {
                let mut items = items.to_vec();
                items.sort();
                items
            };
            a.len() == b.len() && (a == b || sorted(a) == sorted(b))
        }
        (Value::List(items), single) | (single, Value::List(items)) => items.contains(single),
        _ => a == b,
    }
}

fn some_item(value: &Value, holds: &dyn Fn(&Value) -> bool) -> bool {
    match value {
        Value::List(items) => items.iter().any(holds),
        single => holds(single),
    }
}

fn every_item(value: &Value, holds: &dyn Fn(&Value) -> bool) -> bool {
    match value {
        Value::List(items) => items.iter().all(holds),
        single => holds(single),
    }
}

fn in_table(table: &str, key: &Value, value: &Value) -> bool {
    let valid = |cpu: &Value| {
        cpu.as_int().zip(value.as_int()).is_some_and(|(cpu, memory)| fargate_sizes::is_valid(cpu, memory))
    };
    table == "fargate-sizes" && some_item(key, &valid)
}

/// Whether the pattern fits the whole text: `*` any run of characters, `?` one.
fn matches(pattern: &str, text: &str) -> bool {
    // `reach[i]`: whether the pattern so far fits the first i characters.
    let letters: Vec<char> = text.chars().collect::<Vec<_>>();
    let mut reach = vec![false; letters.len() + 1];
    if let Some(start) = reach.first_mut() {
        *start = true;
    }
    for wanted in pattern.chars() {
        let mut next = vec![false; reach.len()];
        let mut any_before = false;
        for (at, slot) in next.iter_mut().enumerate() {
            let here = reach.get(at).copied().unwrap_or(false);
            let before = at.checked_sub(1).and_then(|before| reach.get(before)).copied().unwrap_or(false);
            let letter = at.checked_sub(1).and_then(|before| letters.get(before));
            any_before |= here;
            *slot = match wanted {
                '*' => any_before,
                '?' => before,
                _ => before && letter == Some(&wanted),
            };
        }
        reach = next;
    }
    reach.last().copied().unwrap_or(false)
}
