//! What a scenario lets its learner build: palette, limits, locks.

use std::fmt;

use serde::Serialize;

use crate::catalogue::ComponentKind;
use crate::edit::{Edit, Target};
use crate::read::FromJson;
use crate::shape::{Shape, Shaped};
use crate::{Component, ComponentId, Design, LinkId, Props, SortedSet};

/// Most components a learner may have on the board unless the scenario says otherwise.
pub const DEFAULT_MAX_COMPONENTS: usize = 150;

/// What a scenario lets its learner build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildRules {
    /// What may be added. Empty means every kind (the free board).
    pub palette: Vec<PaletteItem>,
    /// Given components that stay as they are, but for the exceptions named.
    pub locks: Vec<Lock>,
    /// Given links that stay.
    pub locked_links: SortedSet<LinkId>,
    /// Most components on the board; none for [`DEFAULT_MAX_COMPONENTS`].
    pub max_components: Option<usize>,
}

/// One entry of the palette.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct PaletteItem {
    /// The kind of component it makes.
    pub kind: ComponentKind,
    /// What tells it apart from others of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(strict, text(Id))]
    pub preset: Option<String>,
    /// Its name on screen, where it is not the kind's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(text(Line))]
    pub label: Option<String>,
    /// One sentence about it, where it is not the kind's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(text(Line))]
    pub help: Option<String>,
    /// Properties set on what it makes.
    #[serde(default, skip_serializing_if = "Props::is_empty")]
    #[document(shape(Shape::ComponentProps))]
    pub props: Props,
    /// How many of it may be on the board.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(range(1, 1_000))]
    pub limit: Option<usize>,
}

/// A given component that stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, Serialize, Shaped)]
pub struct Lock {
    /// Which component of the start design.
    pub component: ComponentId,
    /// Properties that may be set all the same; `in` stands for its place.
    #[serde(default, skip_serializing_if = "SortedSet::is_empty")]
    #[document(text(Prop), len(0, 50))]
    pub except: SortedSet<String>,
}

/// Why a scenario does not let its learner do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The component is given.
    Locked(ComponentId),
    /// The property of a given component is fixed.
    LockedProp(ComponentId, String),
    /// The link is given.
    LockedLink(LinkId),
    /// The palette has no such component.
    NotInPalette(ComponentKind),
    /// As many as allowed are on the board.
    LimitReached(String, usize),
    /// The board is full.
    BoardFull(usize),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked(id) => write!(f, "`{id}` is given and stays as it is"),
            Self::LockedProp(id, prop) => write!(f, "`{prop}` of `{id}` is given and stays as it is"),
            Self::LockedLink(_) => f.write_str("this link is given and stays as it is"),
            Self::NotInPalette(kind) => write!(f, "this scenario has no {} to add", kind.spec().label),
            Self::LimitReached(label, limit) => write!(f, "this scenario allows {limit} × {label}"),
            Self::BoardFull(max) => write!(f, "the board holds {max} components and is full"),
        }
    }
}

impl BuildRules {
    /// Whether the learner may make this edit. Says nothing of whether the edit itself is sound.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, design: &Design, edit: &Edit) -> Result<(), Refusal> {
        match edit {
            Edit::Add(component) => self.check_add(design, component),
            Edit::Remove(id) => match self.lock_reached(design, id) {
                Some(locked) => Err(Refusal::Locked(locked)),
                None => Ok(()),
            },
            Edit::Place(place) => match design.component(place.component.as_str()) {
                Some(component) if component.containers != place.containers => self
                    .check_prop(&place.component, "in")
                    .map_err(|_| Refusal::Locked(place.component.clone())),
                _ => Ok(()),
            },
            Edit::Set(set) => match &set.of {
                Target::Component(id) => self.check_prop(id, &set.prop),
                Target::Link(id) => self.check_link(id),
            },
            Edit::Link(_) => Ok(()),
            Edit::Unlink(id) => self.check_link(id),
        }
    }

    /// The palette entry that a component came from.
    #[must_use]
    pub fn item(&self, kind: ComponentKind, preset: Option<&str>) -> Option<&PaletteItem> {
        self.palette.iter().find(|item| item.kind == kind && item.preset.as_deref() == preset)
    }

    /// How many more of this entry the board takes.
    #[must_use]
    pub fn remaining(&self, design: &Design, item: &PaletteItem) -> usize {
        let used =
            design.components().filter(|part| part.kind == item.kind && part.preset == item.preset).count();
        let room = self.max_components().saturating_sub(design.components().len());
        item.limit.map_or(room, |limit| limit.saturating_sub(used).min(room))
    }

    /// Whether a component is given and its place fixed.
    #[must_use]
    pub fn is_locked(&self, id: &str) -> bool {
        self.lock(id).is_some()
    }

    /// Whether a property (or `in`, its place) of a component may be changed.
    #[must_use]
    pub fn may_set(&self, id: &str, prop: &str) -> bool {
        self.lock(id).is_none_or(|lock| lock.except.contains(prop))
    }

    fn lock(&self, id: &str) -> Option<&Lock> {
        self.locks.iter().find(|lock| lock.component.as_str() == id)
    }

    /// Most components on the board.
    #[must_use]
    pub fn max_components(&self) -> usize {
        self.max_components.unwrap_or(DEFAULT_MAX_COMPONENTS)
    }

    fn check_add(&self, design: &Design, component: &Component) -> Result<(), Refusal> {
        let max = self.max_components();
        if design.components().len() >= max {
            return Err(Refusal::BoardFull(max));
        }
        if self.palette.is_empty() {
            return Ok(());
        }
        let item = self
            .item(component.kind, component.preset.as_deref())
            .ok_or(Refusal::NotInPalette(component.kind))?;
        if self.remaining(design, item) == 0 {
            let label = item.label.clone().unwrap_or_else(|| item.kind.spec().label.to_owned());
            return Err(Refusal::LimitReached(label, item.limit.unwrap_or(max)));
        }
        Ok(())
    }

    fn check_prop(&self, id: &ComponentId, prop: &str) -> Result<(), Refusal> {
        if self.may_set(id.as_str(), prop) {
            Ok(())
        } else {
            Err(Refusal::LockedProp(id.clone(), prop.to_owned()))
        }
    }

    fn check_link(&self, id: &LinkId) -> Result<(), Refusal> {
        if self.locked_links.contains(id) { Err(Refusal::LockedLink(id.clone())) } else { Ok(()) }
    }

    /// The given component that removing `id` would remove or displace: itself, or one that stands in it.
    fn lock_reached(&self, design: &Design, id: &ComponentId) -> Option<ComponentId> {
        if self.is_locked(id.as_str()) {
            return Some(id.clone());
        }
        design.children(id.as_str()).find_map(|child| {
            if self.is_locked(child.id.as_str()) && !self.may_set(child.id.as_str(), "in") {
                return Some(child.id.clone());
            }
            if child.containers.len() == 1 && !child.kind.spec().floats {
                return self.lock_reached(design, &child.id);
            }
            None
        })
    }
}
