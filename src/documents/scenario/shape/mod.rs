//! The shapes of the documents that authors write and that the engine writes.
//!
//! Ranges that are a matter of taste (how long a scenario may take, how many hints it may have) are
//! generous: they catch slips, not styles.

mod condition;
mod report;

pub use condition::CONDITION;
pub use report::REPORT;

use condition::{SELECTOR, TESTS};
use trapwise_model::shape::{
    EDIT, Field, Format, LINK_KIND, LOCK, PALETTE_ITEM, PARTS, Record, Rule, Shape, VERSION, may, need,
};

use super::FactStatus;
use crate::terms::{Difficulty, Domain, Exam, Need};

pub(super) static ID: Shape = Shape::Text(Format::Id);
static IDS: Shape = Shape::List { of: &ID, min: 0, max: 1_000 };
static LINE: Shape = Shape::Text(Format::Line);
static MARKDOWN: Shape = Shape::Text(Format::Markdown);
static DATE: Shape = Shape::Text(Format::Date);
pub(super) static DOMAIN: Shape = Shape::Name { what: "domain", names: Domain::NAMES };
static EXAM: Shape = Shape::Name { what: "exam", names: Exam::NAMES };
static EXAMS: Shape = Shape::List { of: &EXAM, min: 1, max: 10 };
static DIFFICULTY: Shape = Shape::Name { what: "difficulty", names: Difficulty::NAMES };
static NEED: Shape = Shape::Name { what: "need", names: Need::NAMES };
static MINUTES: Shape = Shape::Int { min: 1, max: 600 };
static SOURCE_LIST: Shape = Shape::List { of: &SOURCE, min: 1, max: 50 };
static EDITS: Shape = Shape::List { of: &EDIT, min: 0, max: 1_000 };

const ID_FIELD: Field = need("id", &ID, "The name of its folder.");
const TITLE: Field = need("title", &LINE, "On screen.");
const SUMMARY: Field = need("summary", &LINE, "One sentence for the list.");
const EXAMS_FIELD: Field = need("exams", &EXAMS, "The exams that ask this, the main one first.");
const DOMAIN_FIELD: Field = need("domain", &DOMAIN, "The domain it belongs to.");
const DIFFICULTY_FIELD: Field = need("difficulty", &DIFFICULTY, "How much it asks.");
const MINUTES_FIELD: Field = need("minutes", &MINUTES, "How long it takes, about.");
const FACTS_FIELD: Field = need("facts", &IDS, "The facts it drills, by id.");
const VERSION_FIELD: Field = need("schemaVersion", &VERSION, "1.");
const SOURCES: Field = need("sources", &SOURCE_LIST, "Where it is written.");
const VERIFIED_ON: Field = need("verifiedOn", &DATE, "When the sources were last checked.");

/// `scenario.json`.
pub static SCENARIO: Shape = Shape::Record(&Record {
    name: "scenario",
    rule: Rule::Free,
    fields: &[
        VERSION_FIELD,
        ID_FIELD,
        TITLE,
        SUMMARY,
        need("order", &Shape::Int { min: 0, max: 1_000_000 }, "Its place in the list: lower comes first."),
        EXAMS_FIELD,
        DOMAIN_FIELD,
        DIFFICULTY_FIELD,
        MINUTES_FIELD,
        need("brief", &MARKDOWN, "The situation, in Markdown without HTML."),
        need(
            "requirements",
            &Shape::List { of: &REQUIREMENT, min: 1, max: 50 },
            "What must be achieved, as the learner reads it; each has a check.",
        ),
        need(
            "keywords",
            &Shape::List { of: &KEYWORD, min: 0, max: 50 },
            "The words of the brief that decide the answer.",
        ),
        may("needs", &Shape::List { of: &NEED, min: 0, max: 50 }, "What traps may assume."),
        need(
            "palette",
            &Shape::List { of: &PALETTE_ITEM, min: 1, max: 200 },
            "What may be added, distractors included.",
        ),
        may("maxComponents", &Shape::Int { min: 1, max: 5_000 }, "Most components on the board."),
        may("locks", &Shape::List { of: &LOCK, min: 0, max: 1_000 }, "Given components that stay."),
        may("lockedLinks", &IDS, "Given links that stay."),
        may("start", &PARTS, "What is on the board at the start."),
        may(
            "volumes",
            &VOLUMES,
            "How much flows through a design in a month, where it differs from what is assumed.",
        ),
        may(
            "best",
            &BEST,
            "What the best of its references come to; checks compare with it, `verify` says it.",
        ),
        need("checks", &Shape::List { of: &CHECK, min: 1, max: 200 }, "What is checked, 100 points in all."),
        need(
            "teaches",
            &Shape::List { of: &ABLATION, min: 1, max: 50 },
            "The parts it teaches: a reference without any of them must not pass.",
        ),
        may(
            "optional",
            &Shape::List { of: &OPTIONAL, min: 0, max: 50 },
            "Parts of references that an answer may leave out and be worth as much.",
        ),
        may("varies", &VARIES, "What differs from one version to another."),
        need("hints", &Shape::List { of: &HINT, min: 0, max: 50 }, "Help in stages."),
        need("question", &QUESTION, "The same stem as multiple choice."),
        need("debrief", &MARKDOWN, "What to take away, in Markdown without HTML."),
        FACTS_FIELD,
        SOURCES,
        VERIFIED_ON,
    ],
});

static BEST: Shape = Shape::Record(&Record {
    name: "best",
    rule: Rule::Free,
    fields: &[
        need(
            "costCents",
            &Shape::Int { min: 0, max: i64::MAX },
            "US cents a month of the cheapest reference.",
        ),
        need("operations", &VOLUME, "Points of the least laborious reference."),
    ],
});

static VOLUME: Shape = Shape::Int { min: 0, max: 1_000_000_000 };

/// Volumes of one month.
pub(super) static VOLUMES: Shape = Shape::Record(&Record {
    name: "volumes",
    rule: Rule::Free,
    fields: &[
        may("internetGb", &VOLUME, "GB between private resources and the internet."),
        may("s3Gb", &VOLUME, "GB between private resources and S3, layers of images included."),
        may("awsGb", &VOLUME, "GB between private resources and other AWS services."),
        may("logGb", &VOLUME, "GB of log lines that each log group takes in."),
        may("storedGb", &VOLUME, "GB kept in each bucket, table, file system and database."),
        may("imageGb", &VOLUME, "GB of images kept in each repository."),
        may("requests", &VOLUME, "Requests or messages to each function, queue, topic and table."),
        may("requestMs", &VOLUME, "Milliseconds that a function takes for a request."),
        may("executions", &VOLUME, "Executions of each state machine."),
        may("taskHours", &VOLUME, "Hours for which each standalone task runs in all."),
        may("capacityUnits", &VOLUME, "Capacity units that each load balancer uses on average."),
        may("releases", &VOLUME, "Releases of each service."),
        may("releaseMinutes", &VOLUME, "Minutes for which a release with two sets of tasks runs both."),
    ],
});

static REQUIREMENT: Shape = Shape::Record(&Record {
    name: "requirement",
    rule: Rule::Free,
    fields: &[need("id", &ID, "Checks and hints name it."), need("text", &LINE, "One sentence.")],
});

static KEYWORD: Shape = Shape::Record(&Record {
    name: "keyword",
    rule: Rule::Free,
    fields: &[
        need("phrase", &LINE, "Word for word as in the brief."),
        need("meaning", &LINE, "What it means for the answer."),
    ],
});

static CHECK: Shape = Shape::Record(&Record {
    name: "check",
    rule: Rule::Free,
    fields: &[
        need("id", &ID, "Unique in the scenario."),
        need("title", &LINE, "What is checked, a short sentence."),
        need("requirement", &ID, "The requirement it belongs to."),
        may("domain", &DOMAIN, "The domain its points count in; left out, the scenario's."),
        need("points", &Shape::Int { min: 0, max: 100 }, "What it is worth."),
        need("required", &Shape::Bool, "Whether passing needs it."),
        need("when", &CONDITION, "The condition."),
    ],
});

static ABLATION: Shape = Shape::Record(&Record {
    name: "teaches",
    rule: Rule::ExactlyOne(&["component", "link"]),
    fields: &[
        need("text", &LINE, "What is taught, in words."),
        may("component", &SELECTOR, "Every component of this selection is taken away, …"),
        may("link", &LINK_SELECTOR, "… or every link of this one; …"),
        may(
            "reset",
            &Shape::Text(Format::Prop),
            "… or, with this, only that property goes back to its default.",
        ),
    ],
});

static OPTIONAL: Shape = Shape::Record(&Record {
    name: "optional",
    rule: Rule::ExactlyOne(&["component", "link"]),
    fields: &[
        need("text", &LINE, "Why a reference has it all the same."),
        may("component", &SELECTOR, "Any component of this selection, …"),
        may("link", &LINK_SELECTOR, "… or any link of this one."),
    ],
});

static VARIES: Shape = Shape::Record(&Record {
    name: "versions",
    rule: Rule::Free,
    fields: &[
        may(
            "choices",
            &Shape::List { of: &CHOICE, min: 0, max: 50 },
            "Words and numbers; each is decided for itself.",
        ),
        may("zones", &Shape::Bool, "Whether the Availability Zones change places."),
        may("distractors", &DISTRACTORS, "Entries of the palette that may be missing."),
    ],
});

static CHOICE: Shape = Shape::Record(&Record {
    name: "choice",
    rule: Rule::Free,
    fields: &[
        need("is", &TOGETHER, "Whole words, and numbers, as they are written."),
        need(
            "among",
            &Shape::List { of: &TOGETHER, min: 1, max: 50 },
            "What they may be instead: as many each.",
        ),
        may(
            "under",
            &Shape::List { of: &Shape::Text(Format::Prop), min: 1, max: 50 },
            "The fields in which numbers are replaced.",
        ),
    ],
});
static TOGETHER: Shape = Shape::List { of: &Shape::Value, min: 1, max: 20 };

static DISTRACTORS: Shape = Shape::Record(&Record {
    name: "distractors",
    rule: Rule::Free,
    fields: &[
        need("take", &Shape::Int { min: 0, max: 200 }, "How many of them each version but the first has."),
        need("among", &Shape::List { of: &SELECTOR, min: 1, max: 200 }, "By kind and preset."),
    ],
});

static LINK_SELECTOR: Shape = Shape::Record(&Record {
    name: "link selector",
    rule: Rule::Free,
    fields: &[
        need("kind", &LINK_KIND, "Of this kind."),
        may("from", &SELECTOR, "Starting at one of these."),
        may("to", &SELECTOR, "Ending at one of these."),
        may("where", &TESTS, "With these properties."),
    ],
});

static HINT: Shape = Shape::Record(&Record {
    name: "hint",
    rule: Rule::Free,
    fields: &[
        need("requirement", &ID, "Which requirement it helps with."),
        need("stages", &Shape::List { of: &LINE, min: 1, max: 10 }, "From a nudge to the answer."),
    ],
});

static QUESTION: Shape = Shape::Record(&Record {
    name: "question",
    rule: Rule::Free,
    fields: &[
        need("prompt", &LINE, "What is asked, after the brief."),
        need("options", &Shape::List { of: &OPTION, min: 2, max: 10 }, "The options; four or more in exams."),
    ],
});

static OPTION: Shape = Shape::Record(&Record {
    name: "option",
    rule: Rule::Free,
    fields: &[
        need("id", &ID, "`a`, `b`, …"),
        need("text", &MARKDOWN, "As in the exam."),
        may("correct", &Shape::Bool, "Whether it is (one of) the right one(s)."),
        need("why", &MARKDOWN, "Why it is right or wrong."),
        may(
            "variant",
            &ID,
            "The variant that builds it, for every wrong option; the file's name without `.json`.",
        ),
    ],
});

static SOURCE: Shape = Shape::Record(&Record {
    name: "source",
    rule: Rule::Free,
    fields: &[need("title", &LINE, "Of the page."), need("url", &Shape::Text(Format::Url), "Its address.")],
});

/// `variants/<name>.json`.
pub static VARIANT: Shape = Shape::Record(&Record {
    name: "variant",
    rule: Rule::Free,
    fields: &[
        need("reference", &ID, "The reference it starts from, by file name without `.json`."),
        need("title", &LINE, "The mistake in words."),
        need("edits", &EDITS, "The mistake."),
        need("fires", &IDS, "Exactly the traps it falls into."),
        need("failsChecks", &IDS, "Exactly the checks it fails."),
    ],
});

/// `index.json`.
pub static INDEX: Shape = Shape::Record(&Record {
    name: "index",
    rule: Rule::Free,
    fields: &[
        VERSION_FIELD,
        need(
            "scenarios",
            &Shape::List { of: &INDEX_ENTRY, min: 0, max: 10_000 },
            "In the order of the list.",
        ),
    ],
});

static INDEX_ENTRY: Shape = Shape::Record(&Record {
    name: "index entry",
    rule: Rule::Free,
    fields: &[
        ID_FIELD,
        TITLE,
        SUMMARY,
        EXAMS_FIELD,
        DOMAIN_FIELD,
        DIFFICULTY_FIELD,
        MINUTES_FIELD,
        FACTS_FIELD,
        need("references", &IDS, "Its references, by file name without `.json`."),
        need(
            "variants",
            &Shape::Map { key: Format::Id, of: &IDS },
            "Its variants, by file name without `.json`, with the traps they fall into.",
        ),
    ],
});

/// `facts.json`.
pub static FACTS: Shape = Shape::Record(&Record {
    name: "facts",
    rule: Rule::Free,
    fields: &[
        VERSION_FIELD,
        need("facts", &Shape::List { of: &FACT, min: 0, max: 10_000 }, "What is taught."),
    ],
});

static FACT: Shape = Shape::Record(&Record {
    name: "fact",
    rule: Rule::Free,
    fields: &[
        need("id", &ID, "Code and content cite it."),
        need("claim", &MARKDOWN, "In one sentence."),
        need("status", &Shape::Name { what: "status", names: FactStatus::NAMES }, "How it stands today."),
        need("examAnswer", &MARKDOWN, "What exams key on."),
        need("awsToday", &MARKDOWN, "What holds today."),
        may("mnemonic", &LINE, "A mnemonic, if it has a good one."),
        SOURCES,
        VERIFIED_ON,
    ],
});
