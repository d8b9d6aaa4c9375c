//! Why a leaf passed or not: a message that the learner reads as a sentence.

use trapwise_documents::condition::{
    Attr, AttrTest, Connected, Distinct, Op, PathTest, Ref, SameAs, Selector, Within,
};
use trapwise_documents::message::{Arg, Message};
use trapwise_model::catalogue::{PropId, PropType, prop};
use trapwise_model::{LinkKind, SortedMap, Value};

use super::decide::Evaluator;
use super::leaf::Grounds;
use super::operator::{Operator, operators};
use super::property::Property;
use super::select::{Missing, Scope, other_value};
use crate::report::Status;
use crate::world::Node;

/// What is said of a condition that asks for nothing.
pub(super) const NOTHING_ASKED: &str = "condition.nothing-asked";

impl<'d> Evaluator<'_, 'd> {
    /// The reason of a leaf about the design's own components; derived relations explain themselves.
    pub(super) fn reason(
        &self,
        leaf: &Op,
        status: Status,
        grounds: Grounds<'_, 'd>,
        scope: Option<&Scope<'_, 'd>>,
    ) -> Message {
        match (leaf, grounds) {
            (_, Grounds::Missing(Missing::Nothing(selector))) => nothing(selector),
            (_, Grounds::Missing(Missing::Unbound(name))) => {
                Message::new("condition.unbound").code("name", name)
            }
            (Op::Attr(attr), Grounds::One(node)) => self.attr(attr, status, node, scope),
            (Op::Connected(link), Grounds::Two(from, to)) => self.connected(link, status, from, to),
            (Op::Within(within), Grounds::One(node)) => self.within_reason(within, status, node, scope),
            (Op::Path(path), Grounds::Two(from, to)) => path_reason(path, status, (from, to), scope),
            (Op::Distinct(distinct), Grounds::Values(known, absent)) => {
                distinct_reason(distinct, status, known, absent)
            }
            (Op::Cost(budget) | Op::Operations(budget), _) => self.budget_reason(leaf, budget, status),
            _ => Message::new(NOTHING_ASKED),
        }
    }

    fn attr(&self, attr: &Attr, status: Status, node: Node<'d>, scope: Option<&Scope<'_, 'd>>) -> Message {
        let property = Property::of(self.world, node, &attr.prop);
        let value = property.value.as_deref();
        let said =
            |key| Message::new(key).name("node", node).property("prop", &attr.prop, Some(node.id.clone()));
        let decisive = operators(&attr.is).find_map(|operator| {
            let other = operator.other().and_then(|other| other_value(self.world, other, scope));
            let result = operator.test(value, property.set, other.as_deref());
            (result == status).then_some((operator, other))
        });
        let Some((operator, other)) = decisive else { return said("condition.nothing-asked-of") };
        if let Operator::Exists(_) = operator {
            return said(if property.set { "condition.is-set" } else { "condition.is-not-set" });
        }
        let Some(value) = value else {
            let derived = attr.prop.starts_with('@');
            return said(if derived { "condition.has-no" } else { "condition.is-not-set" });
        };
        if status == Status::Unknown
            && let Some(missing) = operator.other()
        {
            return whose(Message::new("condition.is-not-set"), missing, scope);
        }
        let is = said("condition.is").arg("value", shown(value));
        if status != Status::Fail {
            return is;
        }
        match operator {
            Operator::Contains(item) => {
                Message::new("condition.without").arg("is", is).arg("item", shown(item))
            }
            Operator::SubsetOf(allowed) => {
                let items = value.as_list().unwrap_or(std::slice::from_ref(value));
                let extra = items.iter().find(|item| !allowed.contains(item)).unwrap_or(value);
                said("condition.not-among").arg("extra", shown(extra)).arg("allowed", listed(allowed))
            }
            _ => but_not(is, wanted(operator, other.as_deref(), scope)),
        }
    }

    fn connected(&self, link: &Connected, status: Status, from: Node<'d>, to: Node<'d>) -> Message {
        let said = |key| Message::new(key).name("from", from).name("to", to);
        if let Some(place) = role_place(link) {
            let as_wanted = |answer: Option<&str>| answer == eq_text(&link.tests, prop::AS);
            let mut others = self.world.graph().out(from, LinkKind::Role).iter();
            let key = if status == Status::Pass {
                "condition.role"
            } else if others.any(|edge| as_wanted(edge.link.text(prop::AS))) {
                "condition.role.other"
            } else {
                "condition.role.none"
            };
            return said(key).words("place", &place);
        }
        let is = || said("condition.linked").words("link", link.link.spec().label);
        match (status, tests(&link.tests)) {
            (Status::Pass, None) => is(),
            (Status::Pass, Some(tests)) => Message::new("condition.with").arg("is", is()).arg("tests", tests),
            (_, Some(tests)) if !self.world.graph().between(from, link.link, to).is_empty() => {
                Message::new("condition.but-not-with").arg("is", is()).arg("tests", tests)
            }
            _ => said("condition.linked.not").code("link", link.link.name()),
        }
    }

    fn within_reason(
        &self,
        within: &Within,
        status: Status,
        node: Node<'d>,
        scope: Option<&Scope<'_, 'd>>,
    ) -> Message {
        let places = self.resolve(&within.container, scope);
        let places = places.as_ref().map(|places| places.as_slice()).unwrap_or_default();
        let places = chained("condition.or", places.iter().map(|place| Arg::from(*place)));
        let key = match (status, node.containers.as_slice()) {
            (Status::Pass, _) => "condition.within",
            (_, []) => "condition.within.nothing",
            (_, [_]) => "condition.within.not",
            _ => "condition.within.not-everywhere",
        };
        Message::new(key).name("node", node).arg("places", places.unwrap_or_default())
    }
}

/// What to say when a selection is empty.
pub(super) fn nothing(selector: &Selector) -> Message {
    let kind = selector.kind.map_or("component".to_owned(), |kind| inline(kind.spec().label));
    let mut what = Arg::Words(kind);
    if let Some(preset) = &selector.preset {
        let preset = Arg::Preset(preset.clone());
        what = Message::new("condition.preset").arg("kind", what).arg("preset", preset).into();
    }
    if let Some(tests) = tests(&selector.tests) {
        what = Message::new("condition.with").arg("is", what).arg("tests", tests).into();
    }
    Message::new("condition.none").arg("what", what)
}

/// What is, and what was wanted instead.
pub(super) fn but_not(is: Message, wanted: impl Into<Arg>) -> Message {
    Message::new("condition.but-not").arg("is", is).arg("wanted", wanted)
}

fn path_reason<'d>(
    path: &PathTest,
    status: Status,
    (from, to): (Node<'d>, Node<'d>),
    scope: Option<&Scope<'_, 'd>>,
) -> Message {
    let named = |of: &Ref| match of {
        Ref::Bound(name) => Scope::find(scope, name).map_or_else(Arg::default, Arg::from),
        Ref::Select(Selector { preset: Some(preset), .. }) => Arg::Preset(preset.clone()),
        Ref::Select(Selector { kind: Some(kind), .. }) => Arg::Words(inline(kind.spec().label)),
        Ref::Select(_) => Message::new("condition.path.that").into(),
    };
    let key = if status == Status::Pass { "condition.path" } else { "condition.path.not" };
    let links = path.links.iter().map(|kind| kind.name());
    let mut said = Message::new(key).codes("links", links).name("from", from).name("to", to);
    if let Some(via) = &path.via {
        said = Message::new("condition.path.through").arg("path", said).arg("what", named(via));
    }
    if let Some(avoid) = &path.avoid {
        said = Message::new("condition.path.without").arg("path", said).arg("what", named(avoid));
    }
    said
}

fn distinct_reason(distinct: &Distinct, status: Status, known: u32, absent: u32) -> Message {
    let key = if known == 1 { "condition.distinct.one" } else { "condition.distinct" };
    let is = Message::new(key).property("prop", &distinct.attr, None).arg("number", known);
    match status {
        Status::Pass => is,
        Status::Unknown => Message::new("condition.distinct.unknown").arg("is", is).arg("absent", absent),
        _ => but_not(is, Message::new("condition.at-least").arg("value", distinct.ge)),
    }
}

/// The place that a `role` link with only that test fills, in words.
fn role_place(link: &Connected) -> Option<String> {
    let place =
        eq_text(&link.tests, prop::AS).filter(|_| link.link == LinkKind::Role && link.tests.len() == 1)?;
    let PropType::Enum(choices) = link.link.spec().prop(prop::AS)?.ty else { return None };
    let choice = choices.iter().find(|choice| choice.value == place)?;
    Some(inline(choice.label))
}

fn eq_text(tests: &SortedMap<String, AttrTest>, prop: PropId) -> Option<&str> {
    tests.get(prop.as_str())?.eq.as_ref()?.as_text()
}

/// Tests of properties, after "with"; none where there are none.
fn tests(tests: &SortedMap<String, AttrTest>) -> Option<Arg> {
    let test = |(prop, test): (&String, &AttrTest)| {
        let wish = chained("condition.and", operators(test).map(plain_wish)).unwrap_or_default();
        Message::new("condition.test").property("prop", prop, None).arg("wish", wish).into()
    };
    chained("condition.and", tests.iter().map(test))
}

/// `a and b and c`, or with another word between.
fn chained(key: &'static str, args: impl Iterator<Item = Arg>) -> Option<Arg> {
    args.reduce(|first, second| Message::new(key).arg("first", first).arg("second", second).into())
}

/// What an operator asks for, after "not".
fn wanted(operator: Operator<'_>, other: Option<&Value>, scope: Option<&Scope<'_, '_>>) -> Arg {
    let value = other.map(shown).unwrap_or_default();
    match operator {
        Operator::SameAs(other) => {
            whose(Message::new("condition.like").arg("value", value), other, scope).into()
        }
        Operator::Lookup(lookup) => {
            let row = Message::new("condition.in-row").arg("value", value).code("table", &lookup.table);
            whose(row, &lookup.key, scope).into()
        }
        plain => plain_wish(plain),
    }
}

fn plain_wish(operator: Operator<'_>) -> Arg {
    let of = |key, value: Arg| Message::new(key).arg("value", value);
    let any = |key, values| Message::new(key).arg("values", listed(values));
    let wish =
        match operator {
            Operator::Eq(value) => return shown(value),
            Operator::Ne(value) => of("condition.other-than", shown(value)),
            Operator::In(values) => any("condition.one-of", values),
            Operator::Lt(bound) => of("condition.less-than", bound.into()),
            Operator::Le(bound) => of("condition.at-most", bound.into()),
            Operator::Gt(bound) => of("condition.more-than", bound.into()),
            Operator::Ge(bound) => of("condition.at-least", bound.into()),
            Operator::Between(from, to) => Message::new("condition.between").arg("from", from).arg("to", to),
            Operator::Contains(item) => of("condition.containing", shown(item)),
            Operator::SubsetOf(values) => any("condition.only-of", values),
            Operator::Matches(pattern) => Message::new("condition.matching").code("pattern", pattern),
            Operator::Exists(true) => Message::new("condition.set"),
            Operator::Exists(false) => Message::new("condition.not-set"),
            Operator::SameAs(other) => {
                Message::new("condition.same-as").property("prop", &other.prop, None).code("of", &other.of)
            }
            Operator::Lookup(lookup) => Message::new("condition.lookup")
                .code("table", &lookup.table)
                .property("prop", &lookup.key.prop, None),
        };
    wish.into()
}

/// Adds the property that another is compared with, and whose it is.
fn whose(message: Message, other: &SameAs, scope: Option<&Scope<'_, '_>>) -> Message {
    match Scope::find(scope, &other.of) {
        Some(node) => message.property("prop", &other.prop, Some(node.id.clone())).name("node", node),
        None => message.property("prop", &other.prop, None).code("node", &other.of),
    }
}

fn shown(value: &Value) -> Arg {
    match value {
        Value::List(items) if items.is_empty() => Message::new("condition.empty").into(),
        Value::Int(number) => Arg::Number(*number),
        value => Arg::Words(value.to_string()),
    }
}

fn listed(values: &[Value]) -> Arg {
    Arg::List(values.iter().map(shown).collect())
}

/// A label inside a sentence: `Subnet` as "subnet", `ECS service` and `Lambda function` as they are.
fn inline(label: &str) -> String {
    let named = label.starts_with("Lambda") || label.starts_with("Kubernetes");
    if named || label.chars().skip(1).any(char::is_uppercase) {
        return label.to_owned();
    }
    let mut letters = label.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}
