//! Why a leaf passed or not, in a sentence the learner reads.

use trapwise_model::catalogue::{PropId, PropType, prop};
use trapwise_model::{LinkKind, SortedMap, Value};

use super::decide::Evaluator;
use super::leaf::Grounds;
use super::operator::{Operator, operators};
use super::property::Property;
use super::select::{Missing, Scope, other_value};
use crate::report::Status;
use crate::world::Node;
use trapwise_documents::condition::{
    Attr, AttrTest, Connected, Distinct, Op, PathTest, Ref, SameAs, Selector, Within,
};

impl<'d> Evaluator<'_, 'd> {
    /// The sentence of a leaf about the design's own parts; derived relations explain themselves.
    pub(super) fn reason(
        &self,
        leaf: &Op,
        status: Status,
        grounds: Grounds<'_, 'd>,
        scope: Option<&Scope<'_, 'd>>,
    ) -> String {
        match (leaf, grounds) {
            (_, Grounds::Missing(Missing::Nothing(selector))) => nothing(selector),
            (_, Grounds::Missing(Missing::Unbound(name))) => format!("nothing is bound as `{name}`"),
            (Op::Attr(attr), Grounds::One(node)) => self.attr(attr, status, node, scope),
            (Op::Connected(link), Grounds::Two(from, to)) => self.connected(link, status, from, to),
            (Op::Within(within), Grounds::One(node)) => self.within_reason(within, status, node, scope),
            (Op::Path(path), Grounds::Two(from, to)) => path_reason(path, status, (from, to), scope),
            (Op::Distinct(distinct), Grounds::Values(known, absent)) => {
                distinct_reason(distinct, status, known, absent)
            }
            (Op::Cost(budget) | Op::Operations(budget), _) => self.budget_reason(leaf, budget, status),
            _ => "nothing is asked".to_owned(),
        }
    }

    fn attr(&self, attr: &Attr, status: Status, node: Node<'d>, scope: Option<&Scope<'_, 'd>>) -> String {
        let property = Property::of(self.world, node, &attr.prop);
        let value = property.value.as_deref();
        let name = format!("`{}` of `{}`", attr.prop, node.id);
        let decisive = operators(&attr.is).find_map(|operator| {
            let other = operator.other().and_then(|other| other_value(self.world, other, scope));
            let result = operator.test(value, property.set, other.as_deref());
            (result == status).then_some((operator, other))
        });
        let Some((operator, other)) = decisive else { return format!("nothing is asked of {name}") };
        if let Operator::Exists(_) = operator {
            return format!("{name} is {}", if property.set { "set" } else { "not set" });
        }
        let Some(value) = value else {
            return if attr.prop.starts_with('@') {
                format!("`{}` has no `{}`", node.id, attr.prop)
            } else {
                format!("{name} is not set")
            };
        };
        if status == Status::Unknown
            && let Some(missing) = operator.other()
        {
            return format!("{} is not set", whose(missing, scope));
        }
        let is = format!("{name} is {}", shown(value));
        if status != Status::Fail {
            return is;
        }
        match operator {
            Operator::Contains(item) => format!("{is}, without {item}"),
            Operator::SubsetOf(allowed) => {
                let items = value.as_list().unwrap_or(std::slice::from_ref(value));
                let extra = items.iter().find(|item| !allowed.contains(item)).unwrap_or(value);
                format!("{name} has {extra}, which is not among {}", listed(allowed))
            }
            _ => format!("{is}, not {}", self.wanted(operator, other.as_deref(), scope)),
        }
    }

    /// What an operator asks for, after "not".
    fn wanted(&self, operator: Operator<'_>, other: Option<&Value>, scope: Option<&Scope<'_, 'd>>) -> String {
        let value = other.map(shown).unwrap_or_default();
        match operator {
            Operator::SameAs(other) => format!("{value} like {}", whose(other, scope)),
            Operator::Lookup(lookup) => {
                format!("in the row {value} of `{}` for {}", lookup.table, whose(&lookup.key, scope))
            }
            plain => plain_wish(plain),
        }
    }

    fn connected(&self, link: &Connected, status: Status, from: Node<'d>, to: Node<'d>) -> String {
        let spec = link.link.spec();
        if let Some(place) = role_place(link) {
            if status == Status::Pass {
                return format!("`{}` is the {place} of `{}`", to.id, from.id);
            }
            let as_wanted = |answer: Option<&str>| answer == eq_text(&link.tests, prop::AS);
            let mut others = self.world.graph().out(from, LinkKind::Role).iter();
            return if others.any(|edge| as_wanted(edge.link.text(prop::AS))) {
                format!("`{}` is not the {place} of `{}`", to.id, from.id)
            } else {
                format!("`{}` has no {place}", from.id)
            };
        }
        let is = format!("`{}` {} `{}`", from.id, spec.label, to.id);
        let tests = link.tests.iter().map(|(prop, test)| wish(prop, test)).collect::<Vec<_>>();
        let with = tests.join(" and ");
        match (status, with.is_empty()) {
            (Status::Pass, true) => is,
            (Status::Pass, false) => format!("{is} with {with}"),
            (_, false) if !self.world.graph().between(from, link.link, to).is_empty() => {
                format!("{is}, but not with {with}")
            }
            _ => format!("no link `{}` leads from `{}` to `{}`", link.link, from.id, to.id),
        }
    }

    fn within_reason(
        &self,
        within: &Within,
        status: Status,
        node: Node<'d>,
        scope: Option<&Scope<'_, 'd>>,
    ) -> String {
        let places = match self.resolve(&within.container, scope) {
            Ok(places) => {
                let ids = places.as_slice().iter().map(|place| format!("`{}`", place.id)).collect::<Vec<_>>();
                ids.join(" or ")
            }
            Err(_) => String::new(),
        };
        if status == Status::Pass {
            return format!("`{}` stands in {places}", node.id);
        }
        match node.containers.as_slice() {
            [] => format!("`{}` stands in nothing", node.id),
            [_] => format!("`{}` does not stand in {places}", node.id),
            _ => format!("`{}` does not stand in {places} everywhere", node.id),
        }
    }
}

/// What to say when a selection is empty.
pub(super) fn nothing(selector: &Selector) -> String {
    let kind = selector.kind.map_or("component".to_owned(), |kind| inline(kind.spec().label));
    let preset = selector.preset.as_ref().map_or(String::new(), |preset| format!(" `{preset}`"));
    let tests = selector.tests.iter().map(|(prop, test)| wish(prop, test)).collect::<Vec<_>>();
    let with = if tests.is_empty() { String::new() } else { format!(" with {}", tests.join(" and ")) };
    format!("the board has no {kind}{preset}{with}")
}

fn path_reason<'d>(
    path: &PathTest,
    status: Status,
    (from, to): (Node<'d>, Node<'d>),
    scope: Option<&Scope<'_, 'd>>,
) -> String {
    let kinds = path.links.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>();
    let kinds = kinds.join(", ");
    let no = if status == Status::Pass { "a" } else { "no" };
    let named = |of: &Ref| match of {
        Ref::Bound(name) => {
            Scope::find(scope, name).map_or_else(String::new, |node| format!("`{}`", node.id))
        }
        Ref::Select(Selector { preset: Some(preset), .. }) => format!("`{preset}`"),
        Ref::Select(Selector { kind: Some(kind), .. }) => inline(kind.spec().label),
        Ref::Select(_) => "that".to_owned(),
    };
    let via = path.via.as_ref().map_or(String::new(), |via| format!(" through {}", named(via)));
    let avoid = path.avoid.as_ref().map_or(String::new(), |avoid| format!(" without {}", named(avoid)));
    format!("{no} path of {kinds} leads from `{}` to `{}`{via}{avoid}", from.id, to.id)
}

fn distinct_reason(distinct: &Distinct, status: Status, known: u32, absent: u32) -> String {
    let values = if known == 1 { "value" } else { "different values" };
    let is = format!("`{}` has {known} {values}", distinct.attr);
    match status {
        Status::Pass => is,
        Status::Unknown => format!("{is}, and is not set on {absent}"),
        _ => format!("{is}, not at least {}", distinct.ge),
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

/// A test of a property, after "with".
fn wish(prop: &str, test: &AttrTest) -> String {
    let wishes = operators(test).map(plain_wish).collect::<Vec<_>>();
    format!("`{prop}` {}", wishes.join(" and "))
}

fn plain_wish(operator: Operator<'_>) -> String {
    match operator {
        Operator::Eq(value) => shown(value),
        Operator::Ne(value) => format!("anything else than {}", shown(value)),
        Operator::In(values) => format!("one of {}", listed(values)),
        Operator::Lt(bound) => format!("less than {bound}"),
        Operator::Le(bound) => format!("at most {bound}"),
        Operator::Gt(bound) => format!("more than {bound}"),
        Operator::Ge(bound) => format!("at least {bound}"),
        Operator::Between(from, to) => format!("from {from} to {to}"),
        Operator::Contains(item) => format!("containing {item}"),
        Operator::SubsetOf(values) => format!("only of {}", listed(values)),
        Operator::Matches(pattern) => format!("like `{pattern}`"),
        Operator::Exists(true) => "set".to_owned(),
        Operator::Exists(false) => "not set".to_owned(),
        Operator::SameAs(other) => format!("like `{}` of `{}`", other.prop, other.of),
        Operator::Lookup(lookup) => format!("in `{}` for `{}`", lookup.table, lookup.key.prop),
    }
}

fn whose(other: &SameAs, scope: Option<&Scope<'_, '_>>) -> String {
    match Scope::find(scope, &other.of) {
        Some(node) => format!("`{}` of `{}`", other.prop, node.id),
        None => format!("`{}` of `{}`", other.prop, other.of),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::List(items) if items.is_empty() => "empty".to_owned(),
        value => value.to_string(),
    }
}

fn listed(values: &[Value]) -> String {
    let texts = values.iter().map(ToString::to_string).collect::<Vec<_>>();
    texts.join(", ")
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
