//! The shapes of this crate's own documents: designs, edits, and what rules say of them.

use crate::design::{MAX_COMPONENTS, MAX_LINKS};

use crate::design::MAX_AT;

use super::{COMPONENT_KIND, Field, Format, LINK_KIND, OneKey, Record, Rule, Shape, may, need};

static ID: Shape = Shape::Text(Format::Id);
static LINE: Shape = Shape::Text(Format::Line);
static AT: Shape = Shape::Int { min: 0, max: MAX_AT as i64 };
static CONTAINERS: Shape = Shape::List { of: &ID, min: 0, max: 64 };
static PROP: Shape = Shape::Text(Format::Prop);

/// The version of every document so far.
pub static VERSION: Shape = Shape::Version(1);

/// A component.
pub static COMPONENT: Shape = Shape::Record(&Record {
    name: "component",
    rule: Rule::Free,
    fields: &[
        need("id", &ID, "Unique in its design."),
        need("kind", &COMPONENT_KIND, "What it is."),
        may("preset", &ID, "The palette entry it came from; checks tell components of one kind apart by it."),
        may("in", &CONTAINERS, "What it stands in, by id: several subnets for what spans zones."),
        may("at", &AT, "Place among its neighbours; never changes a verdict."),
        may("props", &Shape::ComponentProps, "The properties that are set; others have AWS's defaults."),
    ],
});

/// A link.
pub static LINK: Shape = Shape::Record(&Record {
    name: "link",
    rule: Rule::Free,
    fields: &[
        need("id", &ID, "Unique among the links of its design."),
        need("kind", &LINK_KIND, "What it means."),
        need("from", &ID, "The component it starts at."),
        need("to", &ID, "The component it ends at."),
        may("props", &Shape::LinkProps, "The properties that are set; others have AWS's defaults."),
    ],
});

static COMPONENTS: Shape = Shape::List { of: &COMPONENT, min: 0, max: MAX_COMPONENTS };
static LINKS: Shape = Shape::List { of: &LINK, min: 0, max: MAX_LINKS };
const COMPONENTS_FIELD: Field = may("components", &COMPONENTS, "The components, in any order.");
const LINKS_FIELD: Field = may("links", &LINKS, "The links, in any order.");

/// A design of its own.
pub static DESIGN: Shape = Shape::Record(&Record {
    name: "design",
    rule: Rule::Free,
    fields: &[need("schemaVersion", &VERSION, "1."), COMPONENTS_FIELD, LINKS_FIELD],
});

/// The parts of a design inside another document.
pub static PARTS: Shape =
    Shape::Record(&Record { name: "start", rule: Rule::Free, fields: &[COMPONENTS_FIELD, LINKS_FIELD] });

/// An edit.
pub static EDIT: Shape = Shape::OneKey(&OneKey {
    name: "edit",
    fields: &[
        need("add", &COMPONENT, "Adds a component."),
        need("remove", &ID, "Removes the component of that id, with its links and what stands only in it."),
        need("set", &SET, "Sets a property of a component or link, or puts it back to its default."),
        need(
            "place",
            &PLACE,
            "Moves a component into other containers, or to another place among its neighbours.",
        ),
        need("link", &LINK, "Adds a link."),
        need("unlink", &ID, "Removes the link of that id."),
    ],
});

static SET: Shape = Shape::Record(&Record {
    name: "set",
    rule: Rule::ExactlyOne(&["component", "link"]),
    fields: &[
        may("component", &ID, "Whose property: a component's …"),
        may("link", &ID, "… or a link's."),
        need("prop", &PROP, "Which property."),
        may("value", &Shape::Value, "Its new value; left out, it goes back to its default."),
    ],
});

static PLACE: Shape = Shape::Record(&Record {
    name: "place",
    rule: Rule::Free,
    fields: &[
        need("component", &ID, "Which component."),
        may("in", &CONTAINERS, "Where it stands from now on."),
        may("at", &AT, "Place among its neighbours."),
    ],
});

/// An entry of a palette.
pub static PALETTE_ITEM: Shape = Shape::Record(&Record {
    name: "palette item",
    rule: Rule::Free,
    fields: &[
        need("kind", &COMPONENT_KIND, "The kind of component it makes."),
        may("preset", &ID, "What tells it apart from others of its kind."),
        may("label", &LINE, "Its name on screen, where it is not the kind's."),
        may("help", &LINE, "One sentence about it, where it is not the kind's."),
        may("props", &Shape::ComponentProps, "Properties set on what it makes."),
        may("limit", &Shape::Int { min: 1, max: 1_000 }, "How many of it may be on the board."),
    ],
});

/// A given component that stays as it is.
pub static LOCK: Shape = Shape::Record(&Record {
    name: "lock",
    rule: Rule::Free,
    fields: &[
        need("component", &ID, "Which component of the start design."),
        may(
            "except",
            &Shape::List { of: &PROP, min: 0, max: 50 },
            "Properties that may be set all the same; `in` stands for its place.",
        ),
    ],
});
