//! The grammar of conditions as a shape.

use trapwise_model::shape::{COMPONENT_KIND, Format, LINK_KIND, OneKey, Record, Rule, Shape, may, need};

use super::ID;

static BOUND: Shape = Shape::Text(Format::Bound);
static BIND: Shape = Shape::Text(Format::Bind);
static PROP: Shape = Shape::Text(Format::Prop);
static NUMBER: Shape = Shape::Int { min: i64::MIN, max: i64::MAX };
static COUNT: Shape = Shape::Int { min: 0, max: 5_000 };
static VALUES: Shape = Shape::List { of: &Shape::Value, min: 1, max: 200 };
static REF: Shape = Shape::TextOr { text: Format::Bound, other: &SELECTOR };
static LINK_KINDS: Shape = Shape::List { of: &LINK_KIND, min: 1, max: 50 };
static CONDITIONS: Shape = Shape::List { of: &CONDITION, min: 1, max: 100 };
static ON_EMPTY: Shape =
    Shape::Name { what: "result for an empty selection", names: &["pass", "fail", "not-applicable"] };

/// A condition.
pub static CONDITION: Shape = Shape::KeyOr { key: "if", with: &IF_THEN, without: &OPERATOR };

static IF_THEN: Shape = Shape::Record(&Record {
    name: "implication",
    rule: Rule::Free,
    fields: &[need("if", &CONDITION, "When this holds, …"), need("then", &CONDITION, "… this must.")],
});

static OPERATOR: Shape = Shape::OneKey(&OneKey {
    name: "condition",
    fields: &[
        need("allOf", &CONDITIONS, "Every one holds."),
        need("anyOf", &CONDITIONS, "At least one holds."),
        need("not", &CONDITION, "It does not hold."),
        need("all", &QUANTIFIED, "Holds for every component selected."),
        need("any", &QUANTIFIED, "Holds for at least one."),
        need("none", &QUANTIFIED, "Holds for none."),
        need("exactly", &COUNTED, "Holds for exactly `count`."),
        need("atLeast", &COUNTED, "Holds for `count` or more."),
        need("atMost", &COUNTED, "Holds for `count` or fewer."),
        need("attr", &ATTR, "A property passes tests."),
        need("connected", &CONNECTED, "A link of that kind leads from one to the other."),
        need("within", &WITHIN, "It stands in it, however deep; in several places, in each."),
        need("path", &PATH, "A path of links leads from one to the other."),
        need("distinct", &DISTINCT, "A property has that many different values among the components."),
        need(
            "reachable",
            &REACHABLE,
            "Connections from one arrive at the other, from every place it runs in.",
        ),
        need("canPullImage", &WORKLOAD, "ECS can pull every image of the workload: role and network."),
        need("canFetchSecret", &WORKLOAD, "ECS can fetch every secret the workload references."),
        need("canWriteLogs", &WORKLOAD, "The workload's log lines arrive."),
        need("roleGrants", &ROLE_GRANTS, "The role allows the action on the resource."),
        need("survives", &SURVIVES, "It goes on when zones fail."),
        need("cost", &BUDGET, "The estimate of a month, in US dollars, keeps within it."),
        need("operations", &BUDGET, "The points of work keep within it."),
    ],
});

/// Selects components.
pub(super) static SELECTOR: Shape = Shape::Record(&Record {
    name: "selector",
    rule: Rule::AtLeastOne(&["kind", "preset"]),
    fields: &[
        may("kind", &COMPONENT_KIND, "Of this kind."),
        may("preset", &ID, "Of this preset."),
        may("where", &TESTS, "With these properties."),
    ],
});

/// Tests by property.
pub(super) static TESTS: Shape = Shape::Map { key: Format::Prop, of: &TEST };

static QUANTIFIED: Shape = Shape::Record(&Record {
    name: "quantifier",
    rule: Rule::Free,
    fields: &[
        need("select", &SELECTOR, "Over these components …"),
        need("bind", &BIND, "… each named so inside `hold`, as `$name`, …"),
        need("onEmpty", &ON_EMPTY, "… with this result when there are none, …"),
        need("hold", &CONDITION, "… this is asked."),
    ],
});

static COUNTED: Shape = Shape::Record(&Record {
    name: "counting quantifier",
    rule: Rule::Free,
    fields: &[
        need("count", &COUNT, "How many."),
        need("select", &SELECTOR, "Over these components …"),
        need("bind", &BIND, "… each named so inside `hold`, as `$name`, …"),
        need("onEmpty", &ON_EMPTY, "… with this result when there are none, …"),
        need("hold", &CONDITION, "… this is asked."),
    ],
});

static ATTR: Shape = Shape::Record(&Record {
    name: "attr",
    rule: Rule::Free,
    fields: &[
        need("of", &REF, "Whose."),
        need(
            "prop",
            &PROP,
            "Which: a property, a field of records (`containers.gpu`; `containers.app.gpu` of the one named `app`) or a derived one (`@zones`).",
        ),
        need("is", &TEST, "What it must be."),
    ],
});

static TEST: Shape = Shape::Record(&Record {
    name: "test",
    rule: Rule::AtLeastOne(&[
        "eq", "ne", "in", "lt", "le", "gt", "ge", "between", "contains", "subsetOf", "matches", "exists",
        "sameAs", "lookup",
    ]),
    fields: &[
        may("eq", &Shape::Value, "Equal."),
        may("ne", &Shape::Value, "Not equal."),
        may("in", &VALUES, "One of these."),
        may("lt", &NUMBER, "Less."),
        may("le", &NUMBER, "Less or equal."),
        may("gt", &NUMBER, "Greater."),
        may("ge", &NUMBER, "Greater or equal."),
        may(
            "between",
            &Shape::List { of: &NUMBER, min: 2, max: 2 },
            "From the first to the second, both included.",
        ),
        may("contains", &Shape::Value, "A list that has this item."),
        may("subsetOf", &VALUES, "A list all of whose items are among these."),
        may(
            "matches",
            &Shape::Text(Format::Line),
            "A text that this fits as a whole; `*` is any run of characters, `?` any one.",
        ),
        may("exists", &Shape::Bool, "Whether it was set at all; defaults do not count."),
        may("sameAs", &SAME_AS, "Equal to a property of something bound."),
        may("lookup", &LOOKUP, "Found in a table's row."),
    ],
});

static SAME_AS: Shape = Shape::Record(&Record {
    name: "other property",
    rule: Rule::Free,
    fields: &[need("of", &BOUND, "Whose."), need("prop", &PROP, "Which.")],
});

static LOOKUP: Shape = Shape::Record(&Record {
    name: "lookup",
    rule: Rule::Free,
    fields: &[
        need(
            "table",
            &Shape::Name { what: "table", names: &["fargate-sizes"] },
            "`fargate-sizes`: memory in MiB valid for a CPU value.",
        ),
        need("key", &SAME_AS, "The property whose value chooses the row."),
    ],
});

static CONNECTED: Shape = Shape::Record(&Record {
    name: "connected",
    rule: Rule::Free,
    fields: &[
        need("from", &REF, "Where it starts."),
        need("link", &LINK_KIND, "Its kind."),
        need("to", &REF, "Where it ends."),
        may("where", &TESTS, "With these properties."),
    ],
});

static WITHIN: Shape = Shape::Record(&Record {
    name: "within",
    rule: Rule::Free,
    fields: &[need("of", &REF, "What stands …"), need("in", &REF, "… in this.")],
});

static PATH: Shape = Shape::Record(&Record {
    name: "path",
    rule: Rule::Free,
    fields: &[
        need("from", &REF, "Where it starts."),
        need("to", &REF, "Where it ends."),
        may("via", &REF, "Through at least one of these."),
        may("avoid", &REF, "Through none of these."),
        need("links", &LINK_KINDS, "Along links of these kinds only."),
    ],
});

static DISTINCT: Shape = Shape::Record(&Record {
    name: "distinct",
    rule: Rule::Free,
    fields: &[
        need("of", &REF, "Among these."),
        need("attr", &PROP, "Of this property."),
        need("ge", &COUNT, "At least so many."),
    ],
});

static REACHABLE: Shape = Shape::Record(&Record {
    name: "reachable",
    rule: Rule::Free,
    fields: &[
        need("from", &REF, "Who connects."),
        need("to", &REF, "To what."),
        may("port", &Shape::Int { min: 1, max: 65_535 }, "On which port; left out, the one they use."),
    ],
});

static WORKLOAD: Shape = Shape::Record(&Record {
    name: "workload question",
    rule: Rule::Free,
    fields: &[need("of", &REF, "Which service or standalone task.")],
});

static ROLE_GRANTS: Shape = Shape::Record(&Record {
    name: "roleGrants",
    rule: Rule::Free,
    fields: &[
        need("role", &REF, "Whose."),
        need("action", &Shape::Text(Format::Action), "An IAM action without wildcards."),
        need("on", &REF, "On what."),
    ],
});

static SURVIVES: Shape = Shape::Record(&Record {
    name: "survives",
    rule: Rule::Free,
    fields: &[
        need("of", &REF, "What has to go on."),
        need("zoneLoss", &Shape::Int { min: 1, max: 3 }, "When so many zones fail."),
    ],
});

static BUDGET: Shape = Shape::Record(&Record {
    name: "budget",
    rule: Rule::AtLeastOne(&["le", "leBestPercent"]),
    fields: &[
        may("le", &FIGURE, "At most so many: whole US dollars a month, or points."),
        may("leBestPercent", &FIGURE, "At most this percentage of what the best reference comes to."),
    ],
});

static FIGURE: Shape = Shape::Int { min: 0, max: 1_000_000_000 };
