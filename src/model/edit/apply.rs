//! Applying edits: the one place that keeps a design sound, and that knows how to take a change back.

use std::sync::Arc;

use super::{Edit, EditError, Place, Set, Target};
use crate::catalogue::{Limit, PropSpec};
use crate::legal::{MAX_NAMED, PlaceRefusal, check_containers, may_link};
use crate::{Component, ComponentId, Design, Link, LinkId, SortedMap, SortedSet, Value};

/// Where in a list of parts a problem lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartIndex {
    /// The component of that index.
    Component(usize),
    /// The link of that index.
    Link(usize),
}

impl Design {
    /// A design of these parts, in any order.
    ///
    /// # Errors
    /// A part that cannot be added, and why: one that is in itself, else the first.
    pub fn from_parts(
        components: Vec<Arc<Component>>,
        links: Vec<Arc<Link>>,
    ) -> Result<Self, (PartIndex, EditError)> {
        let (design, mut problems) = Self::from_parts_lossy(components, links);
        // What is in the circle, or linked to it, may be refused before it but only because of it.
        let in_itself =
            |(_, why): &(PartIndex, EditError)| matches!(why, EditError::Place(PlaceRefusal::InItself(_)));
        let cause = problems.iter().position(in_itself).unwrap_or(0);
        if cause < problems.len() { Err(problems.swap_remove(cause)) } else { Ok(design) }
    }

    /// A design of those parts that fit, and why the others do not.
    #[must_use]
    pub fn from_parts_lossy(
        components: Vec<Arc<Component>>,
        links: Vec<Arc<Link>>,
    ) -> (Self, Vec<(PartIndex, EditError)>) {
        let mut design = Self::new();
        let mut problems = Vec::new();
        // Parts may come before what they stand in: go round until nothing more fits.
        let mut waiting = components.into_iter().enumerate().collect::<Vec<_>>();
        loop {
            let before = waiting.len();
            let mut refused = Vec::new();
            for (index, component) in waiting {
                if let Err(why) = design.add(Arc::clone(&component)) {
                    refused.push((index, component, why));
                }
            }
            if refused.len() == before || refused.is_empty() {
                name_circles(&mut refused);
                problems
                    .extend(refused.into_iter().map(|(index, _, why)| (PartIndex::Component(index), why)));
                break;
            }
            waiting = refused.into_iter().map(|(index, component, _)| (index, component)).collect();
        }
        // Asking each link between the same two components takes too long where there are very many.
        let mut same: SortedMap<_, &LinkId> = SortedMap::new();
        for (index, link) in links.iter().enumerate() {
            let content = (link.kind, &link.from, &link.to, &link.props);
            let is_new = || match same.get(&content) {
                Some(id) => Err(EditError::SameLink(LinkId::clone(*id))),
                None => Ok(()),
            };
            match design.check_link(link).and_then(|()| is_new()).and_then(|()| design.check_limit(link)) {
                Ok(()) => {
                    same.insert(content, &link.id);
                    design.join(Arc::clone(link));
                }
                Err(why) => problems.push((PartIndex::Link(index), why)),
            }
        }
        (design, problems)
    }

    /// Applies one edit and returns those that undo it, in the order to apply them.
    ///
    /// # Errors
    /// Why it cannot be applied; the design is then unchanged.
    pub fn apply(&mut self, edit: &Edit) -> Result<Vec<Edit>, EditError> {
        match edit {
            Edit::Add(component) => {
                self.add(Arc::new(component.clone()))?;
                Ok(vec![Edit::Remove(component.id.clone())])
            }
            Edit::Remove(id) => self.remove(id),
            Edit::Set(set) => self.set(set),
            Edit::Place(place) => self.place(place),
            Edit::Link(link) => {
                self.add_link(Arc::new(link.clone()))?;
                Ok(vec![Edit::Unlink(link.id.clone())])
            }
            Edit::Unlink(id) => {
                let link = self.remove_link(id).ok_or_else(|| EditError::UnknownLink(id.clone()))?;
                Ok(vec![Edit::Link(Arc::unwrap_or_clone(link))])
            }
        }
    }

    /// Applies all edits or none, and returns those that undo them all, in the order to apply them.
    ///
    /// # Errors
    /// The index of the first edit that cannot be applied, and why; the design is then unchanged.
    pub fn apply_all(&mut self, edits: &[Edit]) -> Result<Vec<Edit>, (usize, EditError)> {
        let before = self.clone();
        let mut undo = Vec::new();
        for (index, edit) in edits.iter().enumerate() {
            match self.apply(edit) {
                Ok(inverse) => undo.push(inverse),
                Err(why) => {
                    *self = before;
                    return Err((index, why));
                }
            }
        }
        Ok(undo.into_iter().rev().flatten().collect::<Vec<_>>())
    }

    fn add(&mut self, component: Arc<Component>) -> Result<(), EditError> {
        if self.components.contains_key(component.id.as_str()) {
            return Err(EditError::ComponentExists(component.id.clone()));
        }
        if component.containers.contains(&component.id) {
            return Err(EditError::Place(PlaceRefusal::InItself(vec![component.id.clone()])));
        }
        check_containers(self, component.kind, &component.containers).map_err(EditError::Place)?;
        let spec = component.kind.spec();
        for (prop, value) in &component.props {
            check_prop(spec.prop_named(prop), prop, spec.label, value)?;
        }
        if !component.containers.is_empty() {
            Arc::make_mut(&mut self.adjacency).enter(&component);
        }
        self.components.insert(component.id.clone(), component);
        Ok(())
    }

    fn remove(&mut self, id: &ComponentId) -> Result<Vec<Edit>, EditError> {
        if !self.components.contains_key(id.as_str()) {
            return Err(EditError::UnknownComponent(id.clone()));
        }
        let mut undo = Undo::default();
        self.remove_into(id, &mut undo);
        Ok(undo.edits())
    }

    fn remove_into(&mut self, id: &ComponentId, undo: &mut Undo) {
        let links = self.links_of(id.as_str()).map(|link| link.id.clone()).collect::<Vec<_>>();
        for link in links {
            undo.links.extend(self.remove_link(&link).map(|link| Edit::Link(Arc::unwrap_or_clone(link))));
        }
        let children = self.children(id.as_str()).cloned().collect::<Vec<_>>();
        for child in children {
            let mut containers = child.containers.clone();
            containers.retain(|container| container != id);
            if containers.is_empty() && !child.kind.spec().floats {
                self.remove_into(&child.id, undo);
                continue;
            }
            undo.places.push(Edit::Place(Place {
                component: child.id.clone(),
                containers: child.containers.clone(),
                at: child.at,
            }));
            self.move_to(&child.id, containers);
        }
        // A container comes after what stood in it, and so before it in the reversed list.
        if let Some(gone) = self.components.remove(id) {
            Arc::make_mut(&mut self.adjacency).leave(&gone);
            undo.components.push(Edit::Add(Arc::unwrap_or_clone(gone)));
        }
    }

    fn remove_link(&mut self, id: &LinkId) -> Option<Arc<Link>> {
        let link = self.links.remove(id)?;
        Arc::make_mut(&mut self.adjacency).part(&link);
        Some(link)
    }

    fn move_to(&mut self, id: &ComponentId, containers: Vec<ComponentId>) {
        if let Some(component) = self.components.get_mut(id).filter(|one| one.containers != containers) {
            let adjacency = Arc::make_mut(&mut self.adjacency);
            adjacency.leave(component);
            Arc::make_mut(component).containers = containers;
            adjacency.enter(component);
        }
    }

    fn set(&mut self, set: &Set) -> Result<Vec<Edit>, EditError> {
        let (props, spec, on) = match &set.of {
            Target::Component(id) => {
                let component =
                    self.components.get_mut(id).ok_or_else(|| EditError::UnknownComponent(id.clone()))?;
                let spec = component.kind.spec();
                (&mut Arc::make_mut(component).props, spec.prop_named(&set.prop), spec.label)
            }
            Target::Link(id) => {
                self.check_set_link(id, set)?;
                let link = self.links.get_mut(id).ok_or_else(|| EditError::UnknownLink(id.clone()))?;
                let spec = link.kind.spec();
                (&mut Arc::make_mut(link).props, spec.prop_named(&set.prop), spec.label)
            }
        };
        let before = match &set.value {
            Some(value) => {
                check_prop(spec, &set.prop, on, value)?;
                props.insert(set.prop.clone(), value.clone())
            }
            None if spec.is_none() => {
                return Err(EditError::UnknownProp { prop: set.prop.clone(), on });
            }
            None => props.remove(&set.prop),
        };
        Ok(vec![Edit::Set(Set { of: set.of.clone(), prop: set.prop.clone(), value: before })])
    }

    /// A link's properties may not make it the same as another, or the second where one is possible.
    fn check_set_link(&self, id: &LinkId, set: &Set) -> Result<(), EditError> {
        let link = self.link(id.as_str()).ok_or_else(|| EditError::UnknownLink(id.clone()))?;
        let mut after = Link::clone(link);
        match &set.value {
            Some(value) => after.props.insert(set.prop.clone(), value.clone()),
            None => after.props.remove(&set.prop),
        };
        self.check_answer(&after)?;
        self.check_same(&after)?;
        self.check_limit(&after)
    }

    fn place(&mut self, place: &Place) -> Result<Vec<Edit>, EditError> {
        let id = &place.component;
        let component = self.component(id.as_str()).ok_or_else(|| EditError::UnknownComponent(id.clone()))?;
        if let Some(way) = place.containers.iter().find_map(|container| self.way_up(container, id)) {
            // The way ends at the component itself, which the sentence starts with.
            let others = way.into_iter().filter(|step| step != id);
            let circle = std::iter::once(id.clone()).chain(others).collect();
            return Err(EditError::Place(PlaceRefusal::InItself(circle)));
        }
        check_containers(self, component.kind, &place.containers).map_err(EditError::Place)?;
        if component.containers != place.containers {
            self.check_children_stay_together(component, &place.containers)?;
        }
        let undo =
            Place { component: id.clone(), containers: component.containers.clone(), at: component.at };
        self.move_to(id, place.containers.clone());
        if let Some(component) = self.components.get_mut(id).filter(|one| one.at != place.at) {
            Arc::make_mut(component).at = place.at;
        }
        Ok(vec![Edit::Place(undo)])
    }

    /// The way from a component through what it is in up to another, both included.
    fn way_up(&self, from: &ComponentId, to: &ComponentId) -> Option<Vec<ComponentId>> {
        if from == to {
            return Some(vec![from.clone()]);
        }
        // INVARIANT: nothing in a design is in itself, so this ends.
        let containers = &self.component(from.as_str())?.containers;
        let mut way = containers.iter().find_map(|container| self.way_up(container, to))?;
        way.insert(0, from.clone());
        Some(way)
    }

    /// Moving a subnet to another VPC must not leave a component in subnets of two VPCs.
    fn check_children_stay_together(&self, moved: &Component, to: &[ComponentId]) -> Result<(), EditError> {
        for child in self.children(moved.id.as_str()) {
            let apart = child
                .containers
                .iter()
                .filter(|id| **id != moved.id)
                .any(|id| self.component(id.as_str()).is_some_and(|sibling| sibling.containers != to));
            if apart {
                return Err(EditError::Place(PlaceRefusal::Apart(child.kind)));
            }
        }
        Ok(())
    }

    /// A link that asks for a property must have it, with a value possible between its ends.
    fn check_answer(&self, link: &Link) -> Result<(), EditError> {
        let spec = link.kind.spec();
        let Some(prop) = spec.asks else { return Ok(()) };
        let kind = |id: &ComponentId| self.component(id.as_str()).map(|component| component.kind);
        let ends = kind(&link.from).zip(kind(&link.to)).and_then(|(from, to)| spec.ends(from, to));
        let only = ends.map_or(&[][..], |ends| ends.only);
        match link.text(prop) {
            Some(answer) if only.is_empty() || only.contains(&answer) => Ok(()),
            _ => Err(EditError::NeedsAnswer { prop, only }),
        }
    }

    /// The link of that id, if it is another.
    fn other(&self, link: &Link, id: &LinkId) -> Option<&Link> {
        self.link(id.as_str()).filter(|other| other.id != link.id).map(Arc::as_ref)
    }

    /// No link may repeat another. One of the same id does not count.
    fn check_same(&self, link: &Link) -> Result<(), EditError> {
        let mut between = self.adjacency.between(link.from.as_str(), link.kind, link.to.as_str());
        let is_same = |id: &&LinkId| self.other(link, id).is_some_and(|other| other.props == link.props);
        between.find(is_same).map_or(Ok(()), |id| Err(EditError::SameLink(id.clone())))
    }

    /// No link may be the second where one is possible. One of the same id does not count.
    fn check_limit(&self, link: &Link) -> Result<(), EditError> {
        let spec = link.kind.spec();
        let answer = |link: &Link| match spec.limit {
            Limit::OnePerAnswer => spec.asks.and_then(|prop| link.text(prop)).map(str::to_owned),
            Limit::Many | Limit::One => None,
        };
        if spec.limit == Limit::Many {
            return Ok(());
        }
        let mine = answer(link);
        let mut taken = self.adjacency.out(link.from.as_str(), link.kind).iter().map(|(_, _, id)| id);
        match taken.find(|id| self.other(link, id).is_some_and(|other| answer(other) == mine)) {
            Some(id) => Err(EditError::LinkTaken(id.clone())),
            None => Ok(()),
        }
    }

    fn add_link(&mut self, link: Arc<Link>) -> Result<(), EditError> {
        self.check_link(&link)?;
        self.check_same(&link)?;
        self.check_limit(&link)?;
        self.join(link);
        Ok(())
    }

    fn join(&mut self, link: Arc<Link>) {
        Arc::make_mut(&mut self.adjacency).join(&link);
        self.links.insert(link.id.clone(), link);
    }

    /// What a link needs, other links aside.
    fn check_link(&self, link: &Link) -> Result<(), EditError> {
        if self.links.get(link.id.as_str()).is_some() {
            return Err(EditError::LinkExists(link.id.clone()));
        }
        let find = |id: &ComponentId| {
            self.component(id.as_str()).ok_or_else(|| EditError::UnknownComponent(id.clone()))
        };
        may_link(Some(link.kind), find(&link.from)?, find(&link.to)?).map_err(EditError::Link)?;
        let spec = link.kind.spec();
        for (prop, value) in &link.props {
            check_prop(spec.prop_named(prop), prop, spec.label, value)?;
        }
        self.check_answer(link)
    }
}

/// Says of every component that was refused because it is in itself that it is; until here it is only known
/// that what it is in could not be added.
fn name_circles(refused: &mut [(usize, Arc<Component>, EditError)]) {
    let waits_for: SortedMap<ComponentId, ComponentId> = refused
        .iter()
        .filter_map(|(_, part, why)| match why {
            EditError::Place(PlaceRefusal::Unknown(container)) => Some((part.id.clone(), container.clone())),
            _ => None,
        })
        .collect();
    let in_circles = in_circles(&waits_for);
    for (_, part, why) in refused {
        if matches!(why, EditError::Place(PlaceRefusal::Unknown(_))) && in_circles.contains(&part.id) {
            let others = std::iter::successors(waits_for.get(&part.id), |id| waits_for.get(*id));
            let others = others.take_while(|id| **id != part.id).take(MAX_NAMED + 1).cloned();
            let circle = std::iter::once(part.id.clone()).chain(others).collect();
            *why = EditError::Place(PlaceRefusal::InItself(circle));
        }
    }
}

/// Those components that are in themselves through others. Each waits for one other at most.
fn in_circles(waits_for: &SortedMap<ComponentId, ComponentId>) -> SortedSet<&ComponentId> {
    let (mut done, mut found) = (SortedSet::new(), SortedSet::new());
    for start in waits_for.keys() {
        let mut path = Vec::new();
        let mut next = Some(start);
        while let Some(id) = next.filter(|id| done.insert(*id)) {
            path.push(id);
            next = waits_for.get(id);
        }
        // The path has come back to itself, or to where an earlier one has been.
        found.extend(path.into_iter().skip_while(|id| Some(*id) != next));
    }
    found
}

/// What undoes a removal, gathered from the leaves up.
#[derive(Default)]
struct Undo {
    components: Vec<Edit>,
    places: Vec<Edit>,
    links: Vec<Edit>,
}

impl Undo {
    fn edits(self) -> Vec<Edit> {
        let Self { components, places, links } = self;
        components.into_iter().rev().chain(places.into_iter().rev()).chain(links).collect::<Vec<_>>()
    }
}

fn check_prop(spec: Option<&PropSpec>, prop: &str, on: &'static str, value: &Value) -> Result<(), EditError> {
    let spec = spec.ok_or_else(|| EditError::UnknownProp { prop: prop.to_owned(), on })?;
    spec.check(value).map_err(EditError::BadValue)
}
