//! What is under a pointer. Geometry only: the page is never asked.

use trapwise_model::{ComponentId, LinkId, LinkKind, Target};

use crate::editor::Editor;
use crate::geometry::{Point, Rect, distance_to_segment};
use crate::layout::AreaKey;

/// What is under a pointer.
#[derive(Clone, Debug, PartialEq)]
pub enum Hit {
    /// A card, with the subnet in which it was met.
    Card(ComponentId, Option<ComponentId>),
    /// The knob from which a link is drawn.
    Handle(ComponentId),
    /// An end of a piece of a band: which piece, and whether the right end.
    Edge(ComponentId, usize, bool),
    /// The strip with a frame's name.
    Header(ComponentId),
    /// Inside a frame.
    Area(ComponentId),
    /// A link.
    Link(LinkId),
    /// The board itself.
    Board,
}

/// Radius of a handle, in board pixels.
pub const HANDLE: f32 = 7.0;
/// How far beside a link still counts as on it, in CSS pixels.
const LINK_SLOP: f32 = 6.0;
/// How much further a finger reaches than a mouse, in CSS pixels.
const TOUCH_SLOP: f32 = 8.0;
/// Width of the grip at the end of a band.
const GRIP: f32 = 9.0;

impl Editor {
    /// What is under a place of the board, for a mouse or a finger.
    #[must_use]
    pub fn hit(&self, at: Point, touch: bool) -> Hit {
        let slop = if touch { TOUCH_SLOP / self.viewport.zoom } else { 2.0 };
        for target in [self.selection.as_ref(), self.hover.as_ref()].into_iter().flatten() {
            if let Target::Component(id) = target
                && let Some(hit) = self.hit_grips(id, at, slop)
            {
                return hit;
            }
        }
        for card in &self.layout.cards {
            for part in &card.parts {
                if part.rect.grown(if touch { slop / 2.0 } else { 0.0 }).contains(at) {
                    let span = part.spans.iter().find(|span| at.x < span.x + span.w).or(part.spans.last());
                    return Hit::Card(card.id.clone(), span.map(|span| span.subnet.clone()));
                }
            }
        }
        if let Some(id) = self.hit_link(at, LINK_SLOP / self.viewport.zoom + slop) {
            return Hit::Link(id);
        }
        for area in self.layout.areas.iter().rev() {
            if let AreaKey::Component(id) = &area.key {
                if area.header.contains(at) {
                    return Hit::Header(id.clone());
                }
                if area.rect.contains(at) {
                    return Hit::Area(id.clone());
                }
            }
        }
        Hit::Board
    }

    /// Where the knobs of a component are, from which links are drawn.
    #[must_use]
    pub fn handles(&self, id: &str) -> Vec<Point> {
        let Some(rect) = self.layout.ends(id).first().copied() else { return Vec::new() };
        vec![
            Point::new(rect.right() + HANDLE, rect.y + rect.h / 2.0),
            Point::new(rect.x + rect.w / 2.0, rect.bottom() + HANDLE),
        ]
    }

    /// Whether a component may be in several subnets, and there are several.
    #[must_use]
    pub fn may_span(&self, id: &ComponentId) -> bool {
        let Some(part) = self.design.component(id.as_str()) else { return false };
        part.kind.spec().containers.iter().any(|rule| rule.max > 1)
            && self.containers_for(part.kind).len() > 1
    }

    /// The grips at the ends of a band, by which it is extended: piece, right end, where.
    #[must_use]
    pub fn grips(&self, id: &str) -> Vec<(usize, bool, Rect)> {
        let Some(card) = self.layout.card(id) else { return Vec::new() };
        let several = card.kind.spec().containers.iter().any(|rule| rule.max > 1);
        if !several || !self.rules.may_set(id, "in") {
            return Vec::new();
        }
        let ends = |(index, part): (usize, &crate::layout::Part)| {
            let rect = part.rect;
            let grip = |x: f32| Rect::new(x, rect.y + rect.h * 0.2, GRIP, rect.h * 0.6);
            // The right knob for links has the middle of that end, so the grip is inside the card.
            [(index, false, grip(rect.x)), (index, true, grip(rect.right() - GRIP))]
        };
        let parts = card.parts.iter().enumerate().filter(|(_, part)| !part.spans.is_empty());
        parts.flat_map(ends).collect()
    }

    fn hit_grips(&self, id: &ComponentId, at: Point, slop: f32) -> Option<Hit> {
        let near = |handle: &Point| handle.distance(at) <= HANDLE + 3.0 + slop;
        if self.handles(id.as_str()).iter().any(near) {
            return Some(Hit::Handle(id.clone()));
        }
        let grips = self.grips(id.as_str());
        let (part, right, _) = grips.into_iter().find(|(_, _, rect)| rect.grown(slop / 2.0).contains(at))?;
        Some(Hit::Edge(id.clone(), part, right))
    }

    /// Routes of subnets are written on the subnet; their line is drawn only while an end is looked at.
    fn is_drawn(&self, id: &LinkId) -> bool {
        let looked_at = |target: &Target| match target {
            Target::Component(end) => {
                self.design.link(id.as_str()).is_some_and(|link| link.touches(end.as_str()))
            }
            Target::Link(other) => other == id,
        };
        self.design.link(id.as_str()).is_some_and(|link| link.kind != LinkKind::Routes)
            || [&self.selection, &self.hover].into_iter().flatten().any(looked_at)
    }

    fn hit_link(&self, at: Point, slop: f32) -> Option<LinkId> {
        let mut best: Option<(f32, &LinkId)> = None;
        for route in &self.layout.routes {
            if !self.is_drawn(&route.link.id) {
                continue;
            }
            for pair in route.points.windows(2) {
                let [from, to] = pair else { continue };
                let distance = distance_to_segment(at, *from, *to);
                if distance <= slop && best.is_none_or(|(least, _)| distance < least) {
                    best = Some((distance, &route.link.id));
                }
            }
        }
        best.map(|(_, id)| id.clone())
    }
}
