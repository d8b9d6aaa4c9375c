//! Bands: extending and shortening them by their ends, or by naming where they are to be placed.

use trapwise_model::{ComponentId, Edit, Place};

use crate::editor::{Editor, Effects};
use crate::geometry::{Point, Rect};
use crate::layout::AreaKey;
use crate::words;

/// A band being extended or shortened.
#[derive(Clone, Debug, PartialEq)]
pub struct ResizeSpan {
    pub(crate) pointer: i32,
    /// The band.
    pub id: ComponentId,
    pub(crate) part: usize,
    pub(crate) right: bool,
    /// Where it would be.
    pub containers: Vec<ComponentId>,
    /// What would happen, or why it cannot.
    pub verdict: Result<String, String>,
}

impl Editor {
    /// The end of the band is under that place of the board.
    pub(crate) fn resize_span(&self, span: &mut ResizeSpan, at: Point) {
        let Some(component) = self.design.component(span.id.as_str()) else { return };
        let Some(part) = self.layout.card(span.id.as_str()).and_then(|card| card.parts.get(span.part)) else {
            return;
        };
        let own = part.spans.iter().map(|span| &span.subnet).collect::<Vec<_>>();
        let Some(first) = own.first().and_then(|id| self.layout.area(id.as_str())) else { return };
        // The subnets of the row, from left to right.
        let vpc =
            own.first().and_then(|id| self.design.component(id.as_str())).map(|subnet| &subnet.containers);
        let mut row = self
            .layout
            .areas
            .iter()
            .filter_map(|area| match &area.key {
                AreaKey::Component(id) if area.rect.y == first.rect.y => Some((id, area.rect)),
                _ => None,
            })
            .filter(|(id, _)| self.design.component(id.as_str()).map(|subnet| &subnet.containers) == vpc)
            .collect::<Vec<_>>();
        row.sort_by(|a, b| a.1.x.total_cmp(&b.1.x));
        let index_of = |id: Option<&&ComponentId>| row.iter().position(|(other, _)| Some(other) == id);
        let (Some(start), Some(end)) = (index_of(own.first()), index_of(own.last())) else { return };
        // An edge reaches a subnet when it is over a third of it.
        let reaches = |rect: &Rect| {
            if span.right { at.x > rect.x + rect.w / 3.0 } else { at.x < rect.right() - rect.w / 3.0 }
        };
        let range = if span.right {
            let last = row.iter().rposition(|(_, rect)| reaches(rect)).unwrap_or(0);
            start..=last.max(start)
        } else {
            let first = row.iter().position(|(_, rect)| reaches(rect)).unwrap_or(end);
            first.min(end)..=end
        };
        let wanted: Vec<ComponentId> =
            row.get(range).unwrap_or_default().iter().map(|(id, _)| (*id).clone()).collect::<Vec<_>>();
        // Subnets that other pieces stand in stay.
        let mut containers: Vec<ComponentId> = component
            .containers
            .iter()
            .filter(|id| wanted.contains(id) || !own.contains(id))
            .cloned()
            .collect::<Vec<_>>();
        containers.extend(wanted.into_iter().filter(|id| !component.containers.contains(id)));
        if containers != span.containers || span.verdict == Ok(String::new()) {
            span.verdict = match self.tried(&[place(&span.id, &containers, component.at)]) {
                Ok((design, _)) => {
                    Ok(format!("{} in {}", self.title(&span.id), words::place_words(&design, &containers)))
                }
                Err(refused) => Err(self.reason(&refused)),
            };
            span.containers = containers;
        }
    }

    pub(crate) fn end_resize_span(&mut self, span: ResizeSpan, effects: &mut Effects) {
        self.place_in(&span.id, &span.containers, effects);
    }

    /// Moves a component into exactly these containers.
    pub(crate) fn place_in(&mut self, id: &ComponentId, wanted: &[ComponentId], effects: &mut Effects) {
        let Some(component) = self.design.component(id.as_str()) else { return };
        let mut containers =
            component.containers.iter().filter(|old| wanted.contains(old)).cloned().collect::<Vec<_>>();
        let new = wanted.iter().filter(|new| !containers.contains(new)).cloned().collect::<Vec<_>>();
        containers.extend(new);
        if containers == component.containers {
            return;
        }
        let edit = place(id, &containers, component.at);
        let label = format!("{} is now in {}", self.title(id), words::place_words(&self.design, &containers));
        if let Err(refused) = self.commit(&label, vec![edit], effects) {
            effects.announce.push(self.reason(&refused));
        }
    }
}

/// The edit that puts a component into these containers.
pub(crate) fn place(id: &ComponentId, containers: &[ComponentId], at: Option<u32>) -> Edit {
    Edit::Place(Place { component: id.clone(), containers: containers.to_vec(), at })
}
