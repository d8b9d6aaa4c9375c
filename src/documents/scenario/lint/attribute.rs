//! What is wrong with tests of a property: one that its owner does not have, values that it cannot
//! have, ranges that nothing lies in.

use trapwise_model::catalogue::{PropSpec, PropType};
use trapwise_model::diagnostic::{Collector, Problem, excerpt, suggest};
use trapwise_model::{ComponentKind, LinkKind, Value};

use super::condition::{Kinds, Linter};
use crate::condition::{AttrTest, Attribute, AttributeType, SameAs};

/// Whose property is tested.
pub(super) enum Owner {
    /// A component's, of one of these kinds; of any when there is none.
    Components(Kinds),
    /// A link's.
    Link(LinkKind),
}

/// What values a property has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Bool,
    Int {
        min: i64,
        max: i64,
    },
    Text,
    /// The values of an enumeration of the catalogue.
    Choice(&'static [trapwise_model::catalogue::Choice]),
    /// The values of a derived property.
    Name(&'static [&'static str]),
    /// Records, which only `exists` can test.
    Records,
}

/// A property's type, and whether it is a list of such values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Typed {
    item: Type,
    list: bool,
}

impl Owner {
    /// The kinds of components, if any are known.
    pub fn into_kinds(self) -> Kinds {
        match self {
            Self::Components(kinds) => kinds,
            Self::Link(_) => Vec::new(),
        }
    }

    /// The types that a property has among its possible owners.
    fn types(&self, prop: &str) -> Vec<Typed> {
        match self {
            Self::Link(kind) => kind.spec().prop_named(prop).map(type_of).into_iter().collect(),
            Self::Components(kinds) if kinds.is_empty() => {
                ComponentKind::ALL.iter().filter_map(|kind| component_type(*kind, prop)).collect()
            }
            Self::Components(kinds) => kinds.iter().filter_map(|kind| component_type(*kind, prop)).collect(),
        }
    }

    fn known_props(&self) -> Vec<&'static str> {
        match self {
            Self::Link(kind) => kind.spec().props.iter().map(|prop| prop.id.as_str()).collect(),
            Self::Components(kinds) => {
                let plain = kinds.iter().flat_map(|kind| kind.spec().props).map(|prop| prop.id.as_str());
                let fits = |attribute: &&Attribute| kinds.iter().any(|kind| attribute.applies_to(*kind));
                plain.chain(Attribute::ALL.iter().filter(fits).map(|attribute| attribute.name())).collect()
            }
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Link(kind) => format!("a `{kind}` link"),
            Self::Components(kinds) if kinds.is_empty() => "any component".to_owned(),
            Self::Components(kinds) => {
                let names = kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>();
                names.join(" or ")
            }
        }
    }
}

fn component_type(kind: ComponentKind, prop: &str) -> Option<Typed> {
    if prop.starts_with('@') {
        let attribute = Attribute::from_name(prop).filter(|attribute| attribute.applies_to(kind))?;
        return Some(match attribute.ty() {
            AttributeType::Number => Typed { item: Type::Int { min: 0, max: i64::MAX }, list: false },
            AttributeType::OneOf(names) => Typed { item: Type::Name(names), list: false },
            AttributeType::ListOf(names) => Typed { item: Type::Name(names), list: true },
        });
    }
    let spec = kind.spec();
    let Some((list, field)) = prop.split_once('.') else { return spec.prop_named(prop).map(type_of) };
    match &spec.prop_named(list)?.ty {
        PropType::Records { fields, .. } => {
            // `containers.app.gpu`: of the container of that name.
            let field = field.rsplit_once('.').map_or(field, |(_, field)| field);
            let field = fields.iter().find(|spec| spec.id.as_str() == field)?;
            Some(Typed { item: type_of(field).item, list: true })
        }
        _ => None,
    }
}

const fn type_of(spec: &PropSpec) -> Typed {
    let (item, list) = match &spec.ty {
        PropType::Bool => (Type::Bool, false),
        PropType::Int { min, max, .. } => (Type::Int { min: *min, max: *max }, false),
        PropType::Text { .. } => (Type::Text, false),
        PropType::Enum(choices) => (Type::Choice(choices), false),
        PropType::TextList { .. } => (Type::Text, true),
        PropType::Records { .. } => (Type::Records, true),
    };
    Typed { item, list }
}

/// Notes a property that no possible owner has; whether one has it.
pub(super) fn lint_prop(
    owner: &Owner,
    prop: &str,
    at: &mut Collector,
    place: impl FnOnce(&mut Problem) -> &mut Problem,
) -> bool {
    if !owner.types(prop).is_empty() {
        return true;
    }
    let message = format!("{} has no property `{}`", owner.describe(), excerpt(prop));
    let problem = place(at.error("unknown-property", message));
    problem.maybe_help(|| suggest(prop, owner.known_props()));
    false
}

/// Notes tests that cannot pass, or that compare what cannot be compared.
pub(super) fn lint_tests(
    owner: &Owner,
    prop: &str,
    test: &AttrTest,
    linter: &mut Linter<'_>,
    at: &mut Collector,
) {
    if let Some(same) = &test.same_as {
        at.key("sameAs", |at| lint_other(same, linter, at));
    }
    if let Some(lookup) = &test.lookup {
        at.key("lookup", |at| at.key("key", |at| lint_other(&lookup.key, linter, at)));
    }
    // Kinds may have properties of one name and different types: then anything may be meant.
    let types = owner.types(prop);
    let Some(typed) = types.first().filter(|first| types.iter().all(|other| other == *first)) else { return };
    lint_values(*typed, prop, test, at);
    lint_form(*typed, prop, test, at);
    lint_range(*typed, prop, test, at);
}

fn lint_other(other: &SameAs, linter: &mut Linter<'_>, at: &mut Collector) {
    let kinds = at.key("of", |at| linter.use_name(&other.of, at));
    lint_prop(&Owner::Components(kinds), &other.prop, at, |problem| problem.on("prop"));
}

/// Values that the property cannot have.
fn lint_values(typed: Typed, prop: &str, test: &AttrTest, at: &mut Collector) {
    for (name, value) in [("eq", &test.eq), ("ne", &test.ne), ("contains", &test.contains)] {
        if let Some(value) = value {
            at.key(name, |at| lint_value(typed, prop, value, at));
        }
    }
    for (name, values) in [("in", &test.one_of), ("subsetOf", &test.subset_of)] {
        if let Some(values) = values {
            at.each(name, values, |at, value| lint_value(typed, prop, value, at));
        }
    }
    if let (Some(eq), Some(values)) = (&test.eq, &test.one_of)
        && !values.contains(eq)
    {
        at.error("contradiction", format!("`{}` is not one of the values of `in`", excerpt(&eq.to_string())))
            .on("eq");
    }
    if test.eq.is_some() && test.eq == test.ne {
        at.error("contradiction", "nothing both equals and differs").on("ne");
    }
}

fn lint_value(typed: Typed, prop: &str, value: &Value, at: &mut Collector) {
    if let (true, Value::List(items)) = (typed.list, value) {
        for (index, item) in items.iter().enumerate() {
            at.index(index, |at| lint_value(Typed { list: false, ..typed }, prop, item, at));
        }
        return;
    }
    let wanted = match (typed.item, value) {
        (Type::Bool, Value::Bool(_)) | (Type::Text, Value::Text(_)) | (Type::Records, _) => return,
        (Type::Int { min, max }, Value::Int(number)) => {
            if !(min..=max).contains(number) {
                let message = format!("`{prop}` is never {number}: {}", range(min, max));
                at.error("out-of-range", message);
            }
            return;
        }
        (Type::Choice(choices), Value::Text(text)) => {
            lint_name(prop, text, choices.iter().map(|choice| choice.value), at);
            return;
        }
        (Type::Name(names), Value::Text(text)) => {
            lint_name(prop, text, names.iter().copied(), at);
            return;
        }
        (Type::Bool, _) => "true or false",
        (Type::Int { .. }, _) => "a whole number",
        (Type::Text | Type::Choice(_) | Type::Name(_), _) => "text",
    };
    at.error("wrong-type", format!("`{prop}` is {wanted}, never {}", value.type_name()));
}

fn lint_name(prop: &str, text: &str, known: impl Iterator<Item = &'static str> + Clone, at: &mut Collector) {
    if !known.clone().any(|name| name == text) {
        at.error("unknown-value", format!("`{prop}` is never `{}`", excerpt(text)))
            .maybe_help(|| suggest(text, known));
    }
}

fn range(min: i64, max: i64) -> String {
    if max == i64::MAX { format!("it is at least {min}") } else { format!("it is from {min} to {max}") }
}

/// Tests that do not go with the property's type.
fn lint_form(typed: Typed, prop: &str, test: &AttrTest, at: &mut Collector) {
    let mut misfit = |given: bool, field: &str, fits: bool, what: &str| {
        if given && !fits {
            at.error("wrong-type", format!("`{prop}` is no {what}")).on(field);
        }
    };
    let number = matches!(typed.item, Type::Int { .. });
    misfit(test.lt.is_some(), "lt", number, "number");
    misfit(test.le.is_some(), "le", number, "number");
    misfit(test.gt.is_some(), "gt", number, "number");
    misfit(test.ge.is_some(), "ge", number, "number");
    misfit(test.between.is_some(), "between", number, "number");
    misfit(test.lookup.is_some(), "lookup", number, "number");
    misfit(test.contains.is_some(), "contains", typed.list, "list");
    let text = matches!(typed.item, Type::Text | Type::Choice(_) | Type::Name(_));
    misfit(test.matches.is_some(), "matches", text, "text");
}

/// Bounds that no number lies between. A list is tested item by item, each test by any item.
fn lint_range(typed: Typed, prop: &str, test: &AttrTest, at: &mut Collector) {
    if let Some([from, to]) = test.between
        && from > to
    {
        at.error("contradiction", format!("no number lies between {from} and {to}"))
            .on("between")
            .help("the smaller number comes first");
        return;
    }
    let Type::Int { min, max } = typed.item else { return };
    let least = [test.ge, test.gt.map(|gt| gt.saturating_add(1)), test.between.map(|[from, _]| from)];
    let most = [test.le, test.lt.map(|lt| lt.saturating_sub(1)), test.between.map(|[_, to]| to)];
    let least = least.into_iter().flatten().max();
    let most = most.into_iter().flatten().min();
    if let Some(least) = least.filter(|least| *least > max) {
        let message = format!("`{prop}` is never {least} or more: {}", range(min, max));
        at.error("contradiction", message);
    } else if let Some(most) = most.filter(|most| *most < min) {
        let message = format!("`{prop}` is never {most} or less: {}", range(min, max));
        at.error("contradiction", message);
    } else if let (Some(least), Some(most)) = (least, most)
        && least > most
        && !typed.list
    {
        at.error("contradiction", format!("no number is at least {least} and at most {most}"));
    } else if let (Some(Value::Int(number)), false) = (&test.eq, typed.list)
        && (least.is_some_and(|least| *number < least) || most.is_some_and(|most| *number > most))
    {
        at.error("contradiction", format!("{number} does not lie in the range asked for")).on("eq");
    }
}
