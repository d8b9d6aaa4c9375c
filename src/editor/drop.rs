//! What letting go here would do: which area, which order, whether it is legal and why not.

use std::rc::Rc;

use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::{
    Component, ComponentId, ComponentKind, Edit, Place, PlaceRefusal, Set, Target, may_contain,
};

use crate::editor::{Editor, Refused};
use crate::geometry::{Point, Rect};
use crate::layout::{AreaKey, Row, is_area};
use crate::words;

/// How far from a legal area, in board pixels, something dropped beside it still lands in it.
const MAGNET: f32 = 18.0;
/// A place among neighbours that is assigned again rather than kept: a file may have any.
const TOO_HIGH: u32 = 1 << 30;

/// What is being placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// One more of the palette's item of that index.
    Item(usize),
    /// A component, held in that one of its subnets (if it is held in one).
    Component(ComponentId, Option<ComponentId>),
}

/// Something on its way to a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Carry {
    /// What.
    pub subject: Subject,
    /// The pointer, on the board; none until it is over the board.
    pub at: Option<Point>,
    /// From the pointer to the top left corner of what is carried.
    pub grab: Point,
    /// Its size.
    pub size: (f32, f32),
    /// What letting go would do.
    pub drop: Option<Rc<Drop>>,
    /// Whether it has been well inside the board: only then does the board pan at its edge, and not
    /// when something is dragged in over the edge.
    pub(crate) inside: bool,
}

/// What letting go would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Drop {
    /// The frame or cell it would be in; none outside them all.
    pub over: Option<AreaKey>,
    /// Its rectangle, to be lit.
    pub rect: Option<Rect>,
    /// What would happen, or why it cannot.
    pub verdict: Result<String, String>,
    pub(crate) edits: Vec<Edit>,
    pub(crate) id: ComponentId,
}

impl Editor {
    /// The kind of what is being placed.
    #[must_use]
    pub fn subject_kind(&self, subject: &Subject) -> Option<ComponentKind> {
        match subject {
            Subject::Item(index) => self.palette.get(*index).map(|item| item.kind),
            Subject::Component(id, _) => self.design.component(id.as_str()).map(|component| component.kind),
        }
    }

    /// What letting go of the subject there would do. With `ordered` the place among neighbours counts.
    pub(crate) fn drop_at(&self, subject: &Subject, at: Point, ordered: bool) -> Option<Drop> {
        let kind = self.subject_kind(subject)?;
        let (over, rect) = self.area_for(kind, subject, at);
        let mut component = self.subject_component(subject)?;
        let before = component.clone();
        let mut edits = Vec::new();
        component.containers = match &over {
            Some(AreaKey::Component(area)) => self.containers_after(subject, &before, area),
            _ => Vec::new(),
        };
        let cell = (kind == ComponentKind::Subnet)
            .then(|| self.layout.cells.iter().find(|cell| cell.rect.contains(at)));
        let sets: Vec<(PropId, &str)> = cell
            .flatten()
            .map(|cell| vec![(prop::AVAILABILITY_ZONE, cell.zone), (prop::TIER, cell.tier)])
            .unwrap_or_default();
        match subject {
            Subject::Item(_) => {
                for (prop, value) in &sets {
                    component.props.insert((*prop).into(), (*value).into());
                }
                edits.push(Edit::Add(component.clone()));
            }
            Subject::Component(id, _) => {
                if before.containers != component.containers {
                    edits.push(Edit::Place(Place {
                        component: id.clone(),
                        containers: component.containers.clone(),
                        at: before.at,
                    }));
                }
                for (prop, value) in &sets {
                    if before.text(*prop) != Some(*value) {
                        let set = Set {
                            of: Target::Component(id.clone()),
                            prop: (*prop).into(),
                            value: Some((*value).into()),
                        };
                        edits.push(Edit::Set(set));
                    }
                }
            }
        }
        let area = match &over {
            Some(AreaKey::Component(area)) => Some(area),
            _ => None,
        };
        let others = if is_area(kind) { Vec::new() } else { self.move_with(subject, area) };
        // Moving several components implies no order.
        let ordered = ordered && others.is_empty();
        edits.extend(others);
        let verdict = self.verdict(subject, kind, &before, &component, over.as_ref(), &edits);
        if verdict.is_ok() && ordered {
            edits.extend(self.order_edits(&component, &before, at));
        }
        Some(Drop { over, rect, verdict, edits, id: component.id })
    }

    fn verdict(
        &self,
        subject: &Subject,
        kind: ComponentKind,
        before: &Component,
        after: &Component,
        over: Option<&AreaKey>,
        edits: &[Edit],
    ) -> Result<String, String> {
        let name = match subject {
            Subject::Item(index) => self.item_label(*index),
            Subject::Component(id, _) if edits.len() > 1 && self.is_selected(id) && !self.also.is_empty() => {
                format!("{} components", self.also.len() + 1)
            }
            Subject::Component(id, _) => self.title(id),
        };
        if let Some(AreaKey::Component(area)) = over {
            let area_kind = self.design.component(area.as_str()).map(|component| component.kind);
            if let Some(area_kind) = area_kind.filter(|area_kind| !may_contain(*area_kind, kind)) {
                let refusal = PlaceRefusal::WrongKind { child: kind, container: area_kind };
                return Err(format!("{refusal}. {}", where_it_goes(kind)));
            }
        }
        match self.tried(edits) {
            Ok(_) if edits.is_empty() => {
                Ok(format!("{name} stays in {}", words::place_words(&self.design, &before.containers)))
            }
            Ok((design, _)) => {
                let place = words::place_words(&design, &after.containers);
                Ok(match subject {
                    Subject::Item(_) => format!("Add {name} to {place}"),
                    Subject::Component(..) => format!("Move {name} to {place}"),
                })
            }
            Err(refused @ Refused::Edit(_)) if after.containers.is_empty() => {
                Err(format!("{}.", self.reason(&refused)))
            }
            Err(refused) => Err(format!("{}.", self.reason(&refused))),
        }
    }

    /// The frame that would take it: the innermost one there, or one around that which may hold the
    /// kind (a security group over a subnet goes into the VPC).
    fn area_for(&self, kind: ComponentKind, subject: &Subject, at: Point) -> (Option<AreaKey>, Option<Rect>) {
        let own = match subject {
            Subject::Component(id, _) => Some(id),
            Subject::Item(_) => None,
        };
        let here = self
            .layout
            .areas
            .iter()
            .rev()
            .filter(|area| area.rect.contains(at))
            .filter_map(|area| match &area.key {
                AreaKey::Component(id) if Some(id) != own => Some((id, area.rect)),
                _ => None,
            })
            .collect::<Vec<_>>();
        let holds = |id: &ComponentId| {
            self.design.component(id.as_str()).is_some_and(|area| may_contain(area.kind, kind))
        };
        // A gap between two subnets belongs to the nearer one.
        let near = || {
            let areas = self.layout.areas.iter().filter_map(|area| match &area.key {
                AreaKey::Component(id) if Some(id) != own && holds(id) => Some((id, area.rect)),
                _ => None,
            });
            let by_distance = areas.map(|(id, rect)| (rect.distance(at), id, rect));
            let nearest = by_distance.min_by(|a, b| a.0.total_cmp(&b.0))?;
            (nearest.0 <= MAGNET && !here.is_empty()).then_some((nearest.1, nearest.2))
        };
        let found = here.iter().find(|(id, _)| holds(id)).copied().or_else(near).or(here.first().copied());
        if kind == ComponentKind::Subnet
            && let Some(cell) = self.layout.cells.iter().find(|cell| cell.rect.contains(at))
        {
            return (Some(AreaKey::Component(cell.vpc.clone())), Some(cell.rect));
        }
        match found {
            Some((id, rect)) => (Some(AreaKey::Component(id.clone())), Some(rect)),
            None => {
                let group = kind.spec().group;
                let shelf = self.layout.areas.iter().find(|area| area.key == AreaKey::Shelf(group));
                let shelf = shelf.filter(|_| kind.spec().floats && !is_area(kind));
                (shelf.map(|area| area.key.clone()), shelf.map(|area| area.rect))
            }
        }
    }

    /// Where a component is after it was let go over an area: a band keeps its zones when it
    /// changes rows, and its other subnets when it is moved within its row.
    pub(crate) fn containers_after(
        &self,
        subject: &Subject,
        before: &Component,
        area: &ComponentId,
    ) -> Vec<ComponentId> {
        let Subject::Component(_, held) = subject else { return vec![area.clone()] };
        let old = &before.containers;
        if old.contains(area) {
            return old.clone();
        }
        let row_of = |id: &ComponentId| {
            let subnet = self.design.component(id.as_str())?;
            let vpc = subnet.containers.first()?;
            Some((vpc.clone(), subnet.text(prop::TIER)?.to_owned()))
        };
        let zone_of = |id: &ComponentId| {
            self.design.component(id.as_str())?.text(prop::AVAILABILITY_ZONE).map(str::to_owned)
        };
        let Some(row) = row_of(area).filter(|_| old.len() > 1) else { return vec![area.clone()] };
        let held_row = held.as_ref().or(old.first()).and_then(row_of);
        if held_row.as_ref() == Some(&row) {
            let moved = held.as_ref().or(old.first());
            return old.iter().map(|id| if Some(id) == moved { area.clone() } else { id.clone() }).collect();
        }
        let mut after = vec![];
        for id in old {
            let zone = zone_of(id);
            let same_zone = |subnet: &&std::sync::Arc<Component>| {
                subnet.kind == ComponentKind::Subnet
                    && row_of(&subnet.id).as_ref() == Some(&row)
                    && zone_of(&subnet.id) == zone
            };
            let preferred = (zone_of(area) == zone).then(|| area.clone());
            let to = preferred
                .or_else(|| self.design.components().find(same_zone).map(|subnet| subnet.id.clone()));
            after.extend(to.filter(|to| !after.contains(to)));
        }
        if after.contains(area) { after } else { vec![area.clone()] }
    }

    /// The component as it stands, or as the palette would make it.
    pub(crate) fn subject_component(&self, subject: &Subject) -> Option<Component> {
        match subject {
            Subject::Component(id, _) => {
                self.design.component(id.as_str()).map(|component| Component::clone(component))
            }
            Subject::Item(index) => {
                let item = self.palette.get(*index)?;
                let stem = item.label.as_deref().map(slug).filter(|slug| !slug.is_empty());
                let stem = stem
                    .or_else(|| item.preset.as_deref().map(slug))
                    .unwrap_or_else(|| item.kind.name().to_owned());
                let mut component = Component::new(self.design.free_component_id(&stem), item.kind);
                component.preset.clone_from(&item.preset);
                component.props.clone_from(&item.props);
                Some(component)
            }
        }
    }

    /// What the palette calls its item of that index.
    #[must_use]
    pub fn item_label(&self, index: usize) -> String {
        self.palette.get(index).map_or_else(String::new, |item| {
            item.label.clone().unwrap_or_else(|| item.kind.spec().label.to_owned())
        })
    }

    /// Edits that put a component where it was let go among its neighbours.
    fn order_edits(&self, after: &Component, before: &Component, at: Point) -> Vec<Edit> {
        let row = match self.design.component(after.id.as_str()) {
            Some(_) if before.containers == after.containers => self.row_of(&after.id),
            _ => self.row_for(after),
        };
        let Some(row) = row else { return Vec::new() };
        let Some(order) = self.layout.orders.get(&row) else { return Vec::new() };
        let mut ids: Vec<ComponentId> =
            order.iter().filter(|id| **id != after.id).cloned().collect::<Vec<_>>();
        let lines = matches!(row, Row::Tier(..));
        let is_before = |id: &&ComponentId| {
            let rect = self.layout.rect(id.as_str()).unwrap_or_default();
            let middle = rect.center();
            if lines { middle.y < at.y } else { rect.bottom() < at.y || (rect.y <= at.y && middle.x < at.x) }
        };
        let index = ids.iter().rposition(|id| is_before(&id)).map_or(0, |index| index + 1);
        // Nothing to say where the order would be this one anyway.
        let natural = crate::layout::sort_key(after);
        let key = |id: &ComponentId| self.design.component(id.as_str());
        let fits = ids.iter().enumerate().all(|(other, id)| {
            key(id).is_none_or(|component| (crate::layout::sort_key(component) < natural) == (other < index))
        });
        if fits {
            return Vec::new();
        }
        ids.insert(index, after.id.clone());
        // Numbers where the order needs them, and no more: who has one that fits keeps it, and those
        // behind that come after anyway need none.
        let mut edits = Vec::new();
        let mut next = 0_u32;
        for (place, id) in ids.into_iter().enumerate() {
            let component = if place == index { Some(after) } else { key(&id).map(|other| &**other) };
            let Some(component) = component else { continue };
            let fits = component.at.is_some_and(|at| at >= next);
            if place > index && (fits || component.at.is_none()) {
                break;
            }
            let at = component.at.filter(|at| fits && place != index && *at < TOO_HIGH).unwrap_or(next);
            next = at.saturating_add(1);
            if component.at != Some(at) {
                let containers = component.containers.clone();
                edits.push(Edit::Place(Place { component: id, containers, at: Some(at) }));
            }
        }
        edits
    }

    fn row_of(&self, id: &ComponentId) -> Option<Row> {
        match self.layout.card(id.as_str()) {
            Some(card) => Some(card.row.clone()),
            None => {
                self.layout.orders.iter().find(|(_, order)| order.contains(id)).map(|(row, _)| row.clone())
            }
        }
    }

    fn row_for(&self, component: &Component) -> Option<Row> {
        let container = component.containers.first().and_then(|id| self.design.component(id.as_str()));
        Some(match (container, component.kind) {
            (None, kind) if is_area(kind) || kind == ComponentKind::Users => Row::Top,
            (None, kind) => Row::Shelf(kind.spec().group),
            (Some(vpc), ComponentKind::Subnet) => Row::Subnets(vpc.id.clone()),
            (Some(area), _) => match area.kind {
                ComponentKind::Vpc => Row::Strip(area.id.clone()),
                ComponentKind::OnPremises => Row::Inside(area.id.clone()),
                _ => {
                    let tier = u8::try_from(crate::layout::index_of_tier(area)).unwrap_or(0);
                    Row::Tier(area.containers.first()?.clone(), tier)
                }
            },
        })
    }
}

/// A sentence that says where a kind can be.
pub(crate) fn where_it_goes(kind: ComponentKind) -> String {
    let spec = kind.spec();
    let mut places: Vec<String> =
        spec.containers.iter().map(|rule| format!("in a {}", rule.kind.spec().label)).collect::<Vec<_>>();
    if spec.floats {
        places.push(if spec.containers.is_empty() {
            "outside the VPC".to_owned()
        } else {
            "on its shelf".to_owned()
        });
    }
    format!("It belongs {}.", places.join(" or "))
}

fn slug(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>();
    words.join("-").chars().take(48).collect::<String>().trim_end_matches('-').to_owned()
}
