//! The shape of reports, for hosts and scripts that read them.

use trapwise_model::Edit;
use trapwise_model::shape::{Format, OneKey, Record, Rule, Shape, Shaped, may, need};

use crate::cost::Volumes;
use crate::terms::{Domain, Severity};

static ID: Shape = Shape::Text(Format::Id);
static DOMAIN: Shape = Shape::Of(Domain::shape);

/// Anything a report says; its words come from texts and from designs.
static WORDS: Shape = Shape::Text(Format::Any);
static IDS: Shape = Shape::List { of: &ID, min: 0, max: 100_000 };
static POINTS: Shape = Shape::Int { min: 0, max: 100_000 };
static STEPS: Shape = Shape::List { of: &STEP, min: 0, max: 100_000 };
static STATUS: Shape = Shape::Name { what: "status", names: &["pass", "fail", "not-applicable", "unknown"] };

/// What `trapwise score --json` writes for one design.
pub static REPORT: Shape = Shape::Record(&Record {
    name: "report",
    rule: Rule::Free,
    fields: &[
        need("schemaVersion", &Shape::Version(1), "1."),
        need("scenario", &Shape::OrNull(&ID), "Which scenario; null for a free design."),
        need("passed", &Shape::Bool, "Every required check passes and no critical finding stands."),
        need("score", &Shape::Int { min: 0, max: 100 }, "Percent, rounded down."),
        need("scaled", &Shape::Int { min: 100, max: 1_000 }, "An estimate on the scale of 100 to 1000."),
        need("earned", &POINTS, "Points earned by checks."),
        need("possible", &POINTS, "Points possible."),
        need("penalty", &POINTS, "Points that findings take off."),
        need("domains", &Shape::List { of: &DOMAIN_SCORE, min: 0, max: 10 }, "Points by domain."),
        need(
            "requirements",
            &Shape::List { of: &REQUIREMENT, min: 0, max: 50 },
            "Every requirement, in the scenario's order.",
        ),
        need(
            "checks",
            &Shape::List { of: &CHECK, min: 0, max: 200 },
            "Every check, in the scenario's order.",
        ),
        need("findings", &Shape::List { of: &FINDING, min: 0, max: 100_000 }, "Every finding, worst first."),
        may("estimate", &ESTIMATE, "What the design costs a month, and what work it makes."),
    ],
});

static AMOUNT: Shape = Shape::Int { min: 0, max: i64::MAX };

static ESTIMATE: Shape = Shape::Record(&Record {
    name: "estimate",
    rule: Rule::Free,
    fields: &[
        need("region", &WORDS, "The Region whose list prices these are."),
        need("pricedOn", &WORDS, "The day of the prices."),
        need("monthlyCents", &AMOUNT, "US cents a month: the sum of the lines."),
        need("lines", &Shape::List { of: &LINE, min: 0, max: 1_000 }, "What is paid for, the dearest first."),
        need("unpriced", &IDS, "Components whose price is not known here."),
        need("operations", &POINTS, "Points of work: the sum of the reasons."),
        need("reasons", &Shape::List { of: &REASON, min: 0, max: 1_000 }, "What makes work, the most first."),
        need("volumes", &Shape::Of(Volumes::shape), "How much is assumed to flow in a month."),
    ],
});

static LINE: Shape = Shape::Record(&Record {
    name: "line",
    rule: Rule::Free,
    fields: &[
        need("what", &WORDS, "What is paid for; unique."),
        need("components", &IDS, "For which components."),
        need("quantityMilli", &AMOUNT, "How much, in thousandths of the unit."),
        need("unit", &WORDS, "What is counted."),
        need("unitPriceMicros", &AMOUNT, "Millionths of a US dollar for one unit."),
        need("monthlyCents", &AMOUNT, "US cents a month, rounded."),
    ],
});

static REASON: Shape = Shape::Record(&Record {
    name: "reason",
    rule: Rule::Free,
    fields: &[
        need("what", &WORDS, "What makes work; unique."),
        need("components", &IDS, "Where."),
        need("points", &POINTS, "Points in all."),
    ],
});

static DOMAIN_SCORE: Shape = Shape::Record(&Record {
    name: "domain score",
    rule: Rule::Free,
    fields: &[
        need("id", &DOMAIN, "Which."),
        need("earned", &POINTS, "Earned, penalties taken off, never below 0."),
        need("possible", &POINTS, "Possible."),
    ],
});

static REQUIREMENT: Shape = Shape::Record(&Record {
    name: "requirement result",
    rule: Rule::Free,
    fields: &[
        need("id", &ID, "Which."),
        need("status", &STATUS, "How its checks came out."),
        need("points", &POINTS, "Earned."),
        need("possible", &POINTS, "Possible."),
    ],
});

static CHECK: Shape = Shape::Record(&Record {
    name: "check result",
    rule: Rule::Free,
    fields: &[
        need("id", &ID, "Which."),
        need("title", &WORDS, "What is checked."),
        need("requirement", &ID, "The requirement it belongs to."),
        need("domain", &DOMAIN, "The domain its points count in."),
        need("required", &Shape::Bool, "Whether passing needs it."),
        need("status", &STATUS, "How it came out."),
        need("points", &POINTS, "Earned."),
        need("possible", &POINTS, "Possible; 0 when not applicable."),
        need("witness", &WITNESS, "What decided it."),
    ],
});

static WITNESS: Shape = Shape::Record(&Record {
    name: "witness",
    rule: Rule::Free,
    fields: &[
        may(
            "bound",
            &Shape::Map { key: Format::Bind, of: &ID },
            "What the quantifiers around the deciding leaf had bound.",
        ),
        may("leaf", &WORDS, "The deciding leaf, as a JSON pointer within the check's `when`."),
        may("key", &WORDS, "The template of the reason."),
        may("args", &ARGS, "What its placeholders stand for."),
        may("reason", &WORDS, "Why, in a short sentence."),
        may("path", &STEPS, "The way of a derived relation."),
    ],
});

static FINDING: Shape = Shape::Record(&Record {
    name: "finding",
    rule: Rule::Free,
    fields: &[
        need("trap", &ID, "Which trap."),
        need("title", &WORDS, "The trap's name."),
        need("severity", &Shape::Name { what: "severity", names: Severity::NAMES }, "How bad."),
        need("domain", &DOMAIN, "The domain its penalty comes off."),
        need("penalty", &POINTS, "Points it takes off."),
        need("components", &IDS, "Where, the culprit first."),
        need("links", &IDS, "Where."),
        need("message", &WORDS, "What goes wrong here."),
        need("key", &WORDS, "The template of the message."),
        may("args", &ARGS, "What the placeholders of the message and of the fixes stand for."),
        need("evidence", &STEPS, "The way it goes wrong."),
        need("fixes", &Shape::List { of: &FIX, min: 0, max: 100 }, "What would mend it and is allowed."),
    ],
});

static STEP: Shape = Shape::Record(&Record {
    name: "step",
    rule: Rule::Free,
    fields: &[
        may("component", &ID, "Where it is seen."),
        may("link", &ID, "Where it is seen."),
        need("ok", &Shape::Bool, "Whether it works."),
        need("key", &WORDS, "The template of the text."),
        may("args", &ARGS, "What its placeholders stand for."),
        need("text", &WORDS, "What happens."),
    ],
});

static FIX: Shape = Shape::Record(&Record {
    name: "fix",
    rule: Rule::Free,
    fields: &[
        need("key", &WORDS, "The entry of the trap's text that names it."),
        need("title", &WORDS, "What it does, in a few words."),
        need("edits", &Shape::List { of: &Shape::Of(Edit::shape), min: 0, max: 10_000 }, "The edits."),
    ],
});

static ARGS: Shape = Shape::Map { key: Format::Any, of: &ARG };
static ARG_LIST: Shape = Shape::List { of: &ARG, min: 0, max: 100_000 };

static ARG: Shape = Shape::OneKey(&OneKey {
    name: "argument",
    fields: &[
        need("message", &MESSAGE, "Words with placeholders of their own."),
        need("list", &ARG_LIST, "Several, with commas."),
        need("and", &ARG_LIST, "Several, the last after `and`."),
        need("property", &PROPERTY, "A property of a component."),
        need("preset", &WORDS, "What the palette offers by this name."),
        need("number", &Shape::Int { min: i64::MIN, max: i64::MAX }, "A number."),
        need("words", &WORDS, "Words."),
        need("mention", &WORDS, "A component or a word of the AWS API."),
        need("code", &WORDS, "A word of the AWS API or of documents."),
        need("component", &ID, "A component."),
    ],
});

static MESSAGE: Shape = Shape::Record(&Record {
    name: "message",
    rule: Rule::Free,
    fields: &[need("key", &WORDS, "Which template."), may("args", &ARGS, "What its placeholders stand for.")],
});

static PROPERTY: Shape = Shape::Record(&Record {
    name: "property",
    rule: Rule::Free,
    fields: &[need("name", &WORDS, "Its name in documents."), may("of", &ID, "Whose it is.")],
});
