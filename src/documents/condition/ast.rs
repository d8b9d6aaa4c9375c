//! The grammar, as types. `$name` refers to what an enclosing quantifier bound as `name`.
//!
//! These types are the only declaration of the language: how it is read, what is refused and what the JSON Schema
//! says come from them. A new predicate is a variant of [`Op`] with its type, an arm where the engine evaluates
//! conditions, and its words there; and an arm in the lint if it names components.

use serde::Serialize;
use trapwise_model::read::FromJson;
use trapwise_model::shape::{Shape, Shaped};
use trapwise_model::{ComponentKind, LinkKind, SortedMap, Value, named_enum};

use crate::limits::MAX_FIGURE;

/// A condition over a design: an implication or one operator.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(untagged)]
#[document(if_key("if"))]
pub enum Condition {
    /// `{"if": …, "then": …}`: not applicable unless the first holds.
    IfThen(IfThen),
    /// `{"operator": …}`.
    Op(Box<Op>),
}

/// An implication.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("implication"))]
pub struct IfThen {
    /// When this holds, …
    #[serde(rename = "if")]
    pub condition: Box<Condition>,
    /// … this must.
    pub then: Box<Condition>,
}

/// One operator.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("condition"))]
pub enum Op {
    /// Every one holds.
    #[document(len(1, 100))]
    AllOf(Vec<Condition>),
    /// At least one holds.
    #[document(len(1, 100))]
    AnyOf(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// Holds for every component selected.
    All(Quantified),
    /// Holds for at least one.
    Any(Quantified),
    /// Holds for none.
    None(Quantified),
    /// Holds for exactly `count`.
    Exactly(Counted),
    /// Holds for `count` or more.
    AtLeast(Counted),
    /// Holds for `count` or fewer.
    AtMost(Counted),
    /// A property passes tests.
    Attr(Box<Attr>),
    /// A link of that kind leads from one to the other.
    Connected(Connected),
    /// It is in it, at any depth; a component in several places is in it in each.
    Within(Within),
    /// A path of links leads from one to the other.
    Path(PathTest),
    /// A property has that many different values among the components.
    Distinct(Distinct),
    /// Connections from one arrive at the other on that port, from every place it runs in.
    Reachable(Reachable),
    /// ECS can pull every image of the workload, in every place it runs in: role and network.
    CanPullImage(WorkloadTest),
    /// ECS can fetch every secret the workload references.
    CanFetchSecret(WorkloadTest),
    /// The workload's log lines arrive.
    CanWriteLogs(WorkloadTest),
    /// The role allows the action on the resource; wildcards and managed policies understood.
    RoleGrants(RoleGrants),
    /// It goes on when zones fail.
    Survives(Survives),
    /// The estimate of a month, in US dollars, keeps within it.
    Cost(Budget),
    /// The points of work keep within it.
    Operations(Budget),
}

/// A component: what a quantifier bound, or every component of a selection (a selection of none fails).
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(untagged)]
#[document(if_text(Bound))]
pub enum Ref {
    /// `"$name"`.
    Bound(String),
    /// `{"kind": …, "preset": …, "where": …}`.
    Select(Selector),
}

/// Selects components; at least one of `kind` and `preset` is given.
#[derive(Clone, Debug, Default, PartialEq, FromJson, Serialize, Shaped)]
#[document(at_least_one("kind", "preset"))]
pub struct Selector {
    /// Of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ComponentKind>,
    /// Of this preset.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(text(Id))]
    pub preset: Option<String>,
    /// With these properties.
    #[serde(default, rename = "where", skip_serializing_if = "SortedMap::is_empty")]
    #[document(keys(Prop))]
    pub tests: SortedMap<String, AttrTest>,
}

/// A quantifier.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("quantifier"))]
pub struct Quantified {
    /// Over these components …
    pub select: Selector,
    /// … each named so inside `hold`, as `$name`, …
    #[document(text(Bind))]
    pub bind: String,
    /// … with this result when there are none, …
    pub on_empty: OnEmpty,
    /// … this is asked.
    pub hold: Box<Condition>,
}

/// A quantifier with a number.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("counting quantifier"))]
pub struct Counted {
    /// How many.
    #[document(range(0, 5_000))]
    pub count: u32,
    /// Over these components …
    pub select: Selector,
    /// … each named so inside `hold`, as `$name`, …
    #[document(text(Bind))]
    pub bind: String,
    /// … with this result when there are none, …
    pub on_empty: OnEmpty,
    /// … this is asked.
    pub hold: Box<Condition>,
}

named_enum! {
    /// The result of a quantifier over nothing.
    pub enum OnEmpty as "result for an empty selection" {
        /// It holds.
        Pass = "pass",
        /// It does not.
        Fail = "fail",
        /// It does not apply.
        NotApplicable = "not-applicable",
    }
}

/// Tests of one property. `prop` may be a field of records (`containers.gpu`: the list of that field's
/// values; `containers.app.gpu`: of the container `app`) or derived (`@zones`, `@exposure`, `@compute`, … : see the evaluator).
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Attr {
    /// Whose.
    pub of: Ref,
    /// Which: a property, a field of records (`containers.gpu`; `containers.app.gpu` of the one named `app`) or a
    /// derived one (`@zones`).
    #[document(text(Prop))]
    pub prop: String,
    /// What it must be.
    pub is: AttrTest,
}

/// Tests of a value; every one given must pass.
#[derive(Clone, Debug, Default, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("test"), at_least_one)]
pub struct AttrTest {
    /// Equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eq: Option<Value>,
    /// Not equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ne: Option<Value>,
    /// One of these.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    #[document(len(1, 200))]
    pub one_of: Option<Vec<Value>>,
    /// Less.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lt: Option<i64>,
    /// Less or equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub le: Option<i64>,
    /// Greater.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gt: Option<i64>,
    /// Greater or equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ge: Option<i64>,
    /// From the first to the second, both included.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(len(2, 2))]
    pub between: Option<[i64; 2]>,
    /// A list that has this item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contains: Option<Value>,
    /// A list all of whose items are among these.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(len(1, 200))]
    pub subset_of: Option<Vec<Value>>,
    /// A text that this fits as a whole; `*` is any run of characters, `?` any one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(text(Line))]
    pub matches: Option<String>,
    /// Whether it was set at all; defaults do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exists: Option<bool>,
    /// Equal to a property of something bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<SameAs>,
    /// Found in a table's row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lookup: Option<Lookup>,
}

/// Another property to compare with.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("other property"))]
pub struct SameAs {
    /// Whose: a bound name.
    #[document(text(Bound))]
    pub of: String,
    /// Which.
    #[document(text(Prop))]
    pub prop: String,
}

static TABLE: Shape = Shape::Name { what: "table", names: &["fargate-sizes"] };

/// A table of the engine.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Lookup {
    /// `fargate-sizes`: memory in MiB valid for a CPU value.
    #[document(shape(TABLE))]
    pub table: String,
    /// The property whose value chooses the row.
    pub key: SameAs,
}

/// A direct link.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Connected {
    /// Where it starts.
    pub from: Ref,
    /// Its kind.
    pub link: LinkKind,
    /// Where it ends.
    pub to: Ref,
    /// With these properties.
    #[serde(default, rename = "where", skip_serializing_if = "SortedMap::is_empty")]
    #[document(keys(Prop))]
    pub tests: SortedMap<String, AttrTest>,
}

/// Containment.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Within {
    /// What stands …
    pub of: Ref,
    /// … in this.
    #[serde(rename = "in")]
    pub container: Ref,
}

/// A path of links.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("path"))]
pub struct PathTest {
    /// Where it starts.
    pub from: Ref,
    /// Where it ends.
    pub to: Ref,
    /// Through at least one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<Ref>,
    /// Through none of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avoid: Option<Ref>,
    /// Along links of these kinds only.
    #[document(len(1, 50))]
    pub links: Vec<LinkKind>,
}

/// Different values.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Distinct {
    /// Among these.
    pub of: Ref,
    /// Of this property.
    #[document(text(Prop))]
    pub attr: String,
    /// At least so many.
    #[document(range(0, 5_000))]
    pub ge: u32,
}

/// Network reachability.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Reachable {
    /// Who connects.
    pub from: Ref,
    /// To what.
    pub to: Ref,
    /// On which port; left out, the one they use.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(range(1, 65_535))]
    pub port: Option<u16>,
}

/// A question about a service or standalone task.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("workload question"))]
pub struct WorkloadTest {
    /// Which service or standalone task.
    pub of: Ref,
}

/// A permission.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("roleGrants"))]
pub struct RoleGrants {
    /// Whose.
    pub role: Ref,
    /// An IAM action without wildcards, for example `s3:GetObject`.
    #[document(text(Action))]
    pub action: String,
    /// On what.
    pub on: Ref,
}

/// Resilience.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Survives {
    /// What has to go on: a service, load balancer, database, cache, file system or group.
    pub of: Ref,
    /// When so many zones fail.
    #[document(range(1, 3))]
    pub zone_loss: u32,
}

/// A bound on a figure of the whole design; every one given must be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(at_least_one)]
pub struct Budget {
    /// At most so many: whole US dollars a month, or points.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(range(0, MAX_FIGURE))]
    pub le: Option<u32>,
    /// At most this percentage of what the best reference comes to (`best` of the scenario).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(range(0, MAX_FIGURE))]
    pub le_best_percent: Option<u32>,
}
