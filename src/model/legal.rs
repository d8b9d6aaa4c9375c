//! What may stand where, and what may be linked to what.
//!
//! Only the meaningless is refused here: a wrong architecture has to be buildable to be explained.

use std::fmt;

use crate::catalogue::{ComponentKind, LinkKind, PropId, PropType};
use crate::{Component, ComponentId, Design};

/// Whether a component of kind `child` may stand in one of kind `container`.
#[must_use]
pub fn may_contain(container: ComponentKind, child: ComponentKind) -> bool {
    child.spec().containers.iter().any(|rule| rule.kind == container)
}

/// Why a component cannot stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceRefusal {
    /// It cannot stand outside a container.
    NeedsContainer(ComponentKind),
    /// No component has that id.
    Unknown(ComponentId),
    /// This kind does not go into that kind.
    WrongKind {
        /// What was to be placed.
        child: ComponentKind,
        /// Where.
        container: ComponentKind,
    },
    /// The same container was named twice.
    Twice(ComponentId),
    /// More containers than it can stand in.
    TooMany {
        /// What was to be placed.
        child: ComponentKind,
        /// How many it takes.
        max: usize,
    },
    /// Its containers are of different kinds, or lie in different VPCs.
    Apart(ComponentKind),
    /// It would be in itself: the component, and then what each of these is in. The last is in the first again;
    /// of a long circle only the start is known.
    InItself(Vec<ComponentId>),
}

impl fmt::Display for PlaceRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsContainer(kind) => {
                let places = kind
                    .spec()
                    .containers
                    .iter()
                    .map(|rule| format!("a {}", rule.kind.spec().label))
                    .collect::<Vec<_>>();
                write!(f, "{} has to stand in {}", kind.spec().label, places.join(" or "))
            }
            Self::Unknown(id) => write!(f, "there is no component `{id}` to stand in"),
            Self::WrongKind { child, container } => {
                write!(f, "{} does not stand in {}", child.spec().label, container.spec().label)
            }
            Self::Twice(id) => write!(f, "it already stands in `{id}`"),
            Self::TooMany { child, max } => {
                write!(f, "{} stands in at most {max} of them", child.spec().label)
            }
            Self::Apart(kind) => {
                write!(f, "{} cannot span different VPCs or kinds of container", kind.spec().label)
            }
            Self::InItself(circle) => write_circle(circle, f),
        }
    }
}

/// Containers that a refusal names; a hostile document may have very long circles.
pub(crate) const MAX_NAMED: usize = 4;

/// "`a` is in itself", "`a` is in `b`, which is in `a`".
fn write_circle(circle: &[ComponentId], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((id, between)) = circle.split_first() else { return Ok(()) };
    if between.is_empty() {
        return write!(f, "`{id}` is in itself");
    }
    write!(f, "`{id}` is in ")?;
    for container in between.iter().take(MAX_NAMED) {
        write!(f, "`{container}`, which is in ")?;
    }
    if between.len() > MAX_NAMED {
        f.write_str("others, and so in ")?;
    }
    write!(f, "`{id}`")
}

/// Whether a component of that kind may stand in exactly these containers.
///
/// # Errors
/// The first reason why not.
pub fn check_containers(
    design: &Design,
    child: ComponentKind,
    containers: &[ComponentId],
) -> Result<(), PlaceRefusal> {
    let spec = child.spec();
    let Some((first_id, rest)) = containers.split_first() else {
        return if spec.floats { Ok(()) } else { Err(PlaceRefusal::NeedsContainer(child)) };
    };
    let find =
        |id: &ComponentId| design.component(id.as_str()).ok_or_else(|| PlaceRefusal::Unknown(id.clone()));
    let first = find(first_id)?;
    let rule = spec
        .containers
        .iter()
        .find(|rule| rule.kind == first.kind)
        .ok_or(PlaceRefusal::WrongKind { child, container: first.kind })?;
    // Beyond the largest number it is refused anyway.
    for (index, id) in rest.iter().take(rule.max).enumerate() {
        let container = find(id)?;
        if !may_contain(container.kind, child) {
            return Err(PlaceRefusal::WrongKind { child, container: container.kind });
        }
        if containers.iter().take(index + 1).any(|earlier| earlier == id) {
            return Err(PlaceRefusal::Twice(id.clone()));
        }
        if container.kind != first.kind || container.containers != first.containers {
            return Err(PlaceRefusal::Apart(child));
        }
    }
    if containers.len() > rule.max {
        return Err(PlaceRefusal::TooMany { child, max: rule.max });
    }
    Ok(())
}

/// One way to link two components: a link kind, and the value of the property it asks for, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkChoice {
    /// The kind of link.
    pub kind: LinkKind,
    /// The asked property and one possible value of it.
    pub answer: Option<(PropId, &'static str)>,
    /// What to call this choice on screen.
    pub label: &'static str,
    /// One sentence about it.
    pub help: &'static str,
}

/// Every way to link `from` to `to`, in the catalogue's order; more than one means asking.
#[must_use]
pub fn link_choices(from: ComponentKind, to: ComponentKind) -> Vec<LinkChoice> {
    LinkKind::ALL.iter().flat_map(|kind| choices_of(*kind, from, to)).collect::<Vec<_>>()
}

fn choices_of(kind: LinkKind, from: ComponentKind, to: ComponentKind) -> Vec<LinkChoice> {
    let spec = kind.spec();
    let Some(ends) = spec.ends(from, to) else { return Vec::new() };
    let asked = spec.asks.and_then(|id| spec.prop(id));
    let Some((asked, PropType::Enum(values))) = asked.map(|prop| (prop, &prop.ty)) else {
        return vec![LinkChoice { kind, answer: None, label: spec.label, help: spec.help }];
    };
    values
        .iter()
        .filter(|choice| ends.only.is_empty() || ends.only.contains(&choice.value))
        .map(|choice| LinkChoice {
            kind,
            answer: Some((asked.id, choice.value)),
            label: choice.label,
            help: choice.help,
        })
        .collect::<Vec<_>>()
}

/// Why two components cannot be linked so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkRefusal {
    /// A component does not link to itself that way.
    Itself,
    /// The kinds are not joined by this link, or by any.
    Meaningless {
        /// The link wanted, or none for any.
        kind: Option<LinkKind>,
        /// Where it would start.
        from: ComponentKind,
        /// Where it would end.
        to: ComponentKind,
        /// Whether the other direction would be legal.
        reverse: bool,
    },
}

impl fmt::Display for LinkRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Itself => f.write_str("a component does not link to itself"),
            Self::Meaningless { kind, from, to, reverse } => {
                let (from, to) = (from.spec().label, to.spec().label);
                match kind {
                    Some(kind) => write!(f, "`{kind}` does not lead from {from} to {to}")?,
                    None => write!(f, "nothing leads from {from} to {to}")?,
                }
                if *reverse {
                    f.write_str("; the other way round it does")?;
                }
                Ok(())
            }
        }
    }
}

/// Whether these two components may be linked, by `kind` or (with none) by any kind.
///
/// # Errors
/// Why not, and whether the reverse would do.
pub fn may_link(kind: Option<LinkKind>, from: &Component, to: &Component) -> Result<(), LinkRefusal> {
    let joins = |from: ComponentKind, to: ComponentKind| match kind {
        Some(kind) => kind.spec().ends(from, to).is_some(),
        None => LinkKind::ALL.iter().any(|kind| kind.spec().ends(from, to).is_some()),
    };
    if from.id == to.id && (kind.is_some_and(|kind| kind != LinkKind::Allows) || !joins(from.kind, to.kind)) {
        return Err(LinkRefusal::Itself);
    }
    if joins(from.kind, to.kind) {
        return Ok(());
    }
    Err(LinkRefusal::Meaningless { kind, from: from.kind, to: to.kind, reverse: joins(to.kind, from.kind) })
}
