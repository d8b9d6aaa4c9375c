//! Selecting several components by keys, taps or a frame, and changing all of them in one step.

use std::rc::Rc;

use trapwise_model::{Component, ComponentId, Edit, Link, Props, Target};

use crate::drop::Subject;
use crate::editor::{Editor, Effects};
use crate::geometry::{Point, Rect};
use crate::hit::Hit;
use crate::input::Direction;
use crate::layout::is_area;
use crate::words;

impl Editor {
    /// What is selected beside [`selection`](Self::selection), which then is a component.
    #[must_use]
    pub const fn also(&self) -> &Rc<Vec<ComponentId>> {
        &self.also
    }

    /// Whether taps add to the selection and drags draw a selection frame.
    #[must_use]
    pub const fn is_multi_selecting(&self) -> bool {
        self.multi_select
    }

    /// Every selected component; none while a link is selected.
    #[must_use]
    pub fn selected_components(&self) -> Vec<ComponentId> {
        self.selected_component().into_iter().chain(self.also.iter()).cloned().collect()
    }

    /// Whether that component is one of the selected.
    #[must_use]
    pub fn is_selected(&self, id: &ComponentId) -> bool {
        self.selected_component() == Some(id) || self.also.contains(id)
    }

    /// Selects this and nothing else.
    pub(crate) fn select_one(&mut self, target: Option<Target>) {
        self.selection = target;
        self.also = Rc::default();
    }

    /// Selects exactly these, the first of them foremost.
    pub(crate) fn select_all_of(&mut self, ids: Vec<ComponentId>) {
        let mut ids = ids.into_iter();
        self.selection = ids.next().map(Target::Component);
        self.also = Rc::new(ids.collect());
    }

    /// Toggles the selection of each.
    pub(crate) fn toggle(&mut self, id: &ComponentId, effects: &mut Effects) {
        let mut ids = self.selected_components();
        if self.is_selected(id) {
            ids.retain(|other| other != id);
        } else {
            ids.insert(0, id.clone());
        }
        self.select_all_of(ids);
        self.say_selected(effects);
    }

    pub(crate) fn toggle_hit(&mut self, hit: Hit, effects: &mut Effects) {
        if let Hit::Card(id, _) | Hit::Header(id) | Hit::Handle(id) | Hit::Edge(id, ..) = hit {
            self.toggle(&id, effects);
        }
    }

    /// Selects every card.
    pub(crate) fn select_every(&mut self, effects: &mut Effects) {
        self.select_all_of(self.layout.cards.iter().map(|card| card.id.clone()).collect());
        self.say_selected(effects);
    }

    /// Adds the next component in a direction to the selection.
    pub(crate) fn extend(&mut self, direction: Direction, effects: &mut Effects) {
        let before = self.selected_components();
        self.select_next(direction, effects);
        if let Some(now) = self.selected_component().cloned() {
            let others = before.into_iter().filter(|id| *id != now);
            self.also = Rc::new(others.collect());
            self.say_selected(effects);
        }
    }

    /// Selects as well what a frame drawn between two places of the board touches.
    pub(crate) fn select_within(&mut self, from: Point, to: Point, effects: &mut Effects) {
        let frame = frame_between(from, to);
        let touched = self.layout.cards.iter().filter(|card| card.rect().overlaps(&frame));
        let mut ids = self.selected_components();
        ids.extend(touched.map(|card| &card.id).filter(|id| !self.is_selected(id)).cloned());
        self.select_all_of(ids);
        self.say_selected(effects);
    }

    fn say_selected(&self, effects: &mut Effects) {
        let words = match (self.selected_component(), self.also.len()) {
            (None, _) => "Nothing selected".to_owned(),
            (Some(id), 0) => format!("{} selected", self.title(id)),
            (Some(id), more) => format!("{}, {} components selected", self.title(id), more + 1),
        };
        effects.announce.push(words);
    }

    /// Remembers what is selected, to be added once more.
    pub(crate) fn copy(&mut self, effects: &mut Effects) {
        let ids = self.selected_components();
        effects.announce.push(match ids.as_slice() {
            [] => "Select a component first".to_owned(),
            [id] => format!("Copied {}", self.title(id)),
            all => format!("Copied {} components", all.len()),
        });
        if !ids.is_empty() {
            self.copied = Rc::new(ids);
        }
    }

    /// Removes every selected component that is not locked.
    pub(crate) fn remove_selected(&mut self, effects: &mut Effects) {
        let ids = self.selected_components();
        let (given, free): (Vec<_>, Vec<_>) = ids.iter().partition(|id| self.rules.is_locked(id.as_str()));
        let mut design = self.design.as_ref().clone();
        let mut edits = Vec::new();
        for id in &free {
            let edit = Edit::Remove((*id).clone());
            // What was in another of them is gone with it.
            if design.apply(&edit).is_ok() {
                edits.push(edit);
            }
        }
        let label = format!("Removed {} components", free.len());
        if let Err(refused) = self.commit(&label, edits, effects) {
            effects.announce.push(self.reason(&refused));
        }
        if !given.is_empty() {
            effects.announce.push(format!("{} locked", given.len()));
        }
    }

    /// The edits that move the other selected components along with the picked one.
    pub(crate) fn move_with(&self, subject: &Subject, area: Option<&ComponentId>) -> Vec<Edit> {
        let Subject::Component(id, _) = subject else { return Vec::new() };
        if !self.is_selected(id) {
            return Vec::new();
        }
        let others = self.selected_components().into_iter().filter(|other| other != id);
        let edit = |other: ComponentId| {
            let part = self.design.component(other.as_str()).filter(|part| !is_area(part.kind))?;
            let containers = area.map_or_else(Vec::new, |area| {
                self.containers_after(&Subject::Component(other.clone(), None), part, area)
            });
            (containers != part.containers).then(|| crate::resize_span::place(&other, &containers, part.at))
        };
        others.filter_map(edit).collect()
    }

    /// Adds one more of each of these, with the links between them and to others, where those are
    /// possible twice.
    pub(crate) fn duplicate(&mut self, ids: &[ComponentId], effects: &mut Effects) {
        let mut design = self.design.as_ref().clone();
        let mut edits = Vec::new();
        let mut copies: Vec<(ComponentId, ComponentId)> = Vec::new();
        let now = |copies: &[(ComponentId, ComponentId)], id: &ComponentId| {
            copies.iter().find(|(old, _)| old == id).map_or_else(|| id.clone(), |(_, new)| new.clone())
        };
        // Frames first, so that copies of what is in them are in their copies.
        let parts = ids.iter().filter_map(|id| self.design.component(id.as_str()));
        let (areas, cards): (Vec<_>, Vec<_>) = parts.partition(|part| is_area(part.kind));
        for part in areas.into_iter().chain(cards) {
            let mut copy = Component::clone(part);
            copy.id = self.copy_id(&mut copy, part, &design);
            copy.containers = part.containers.iter().map(|id| now(&copies, id)).collect();
            copies.push((part.id.clone(), copy.id.clone()));
            let edit = Edit::Add(copy);
            if let Err(refusal) = self.rules.check(&design, &edit) {
                effects.announce.push(self.with_names(&refusal.to_string()));
                return;
            }
            if let Err(error) = design.apply(&edit) {
                effects.announce.push(self.with_names(&error.to_string()));
                return;
            }
            edits.push(edit);
        }
        for link in self.design.links() {
            let (from, to) = (now(&copies, &link.from), now(&copies, &link.to));
            if from == link.from && to == link.to {
                continue;
            }
            let id = design.free_link_id(link.kind.name());
            let props = Props::clone(&link.props);
            // A link that only one may have stays with the original.
            let edit = Edit::Link(Link { id, kind: link.kind, from, to, props });
            if design.apply(&edit).is_ok() {
                edits.push(edit);
            }
        }
        if copies.is_empty() {
            effects.announce.push("Nothing to paste".to_owned());
            return;
        }
        let label = match copies.as_slice() {
            [(old, new)] => format!("Duplicated {} as {}", self.title(old), words::title_of(&design, new)),
            all => format!("Duplicated {} components", all.len()),
        };
        match self.commit(&label, edits, effects) {
            Ok(()) => {
                self.select_all_of(copies.into_iter().map(|(_, new)| new).collect());
                if let Some(target) = self.selection.clone() {
                    self.reveal(&target);
                }
            }
            Err(refused) => effects.announce.push(self.reason(&refused)),
        }
    }
}

/// The rectangle that two places span.
#[must_use]
pub fn frame_between(from: Point, to: Point) -> Rect {
    Rect::new(from.x.min(to.x), from.y.min(to.y), (from.x - to.x).abs(), (from.y - to.y).abs())
}
