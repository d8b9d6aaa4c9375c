//! Puts the pieces of the board together: what stands above, the VPCs, the shelves.

use std::rc::Rc;
use std::sync::Arc;

use trapwise_model::catalogue::prop;
use trapwise_model::{Component, ComponentId, ComponentKind, Design, SortedMap};

use super::grid::{self, CARD_W, GAP, HEADER, PAD, card_height, tile};
use super::shelves::place_shelves;
use super::vpc::{CHANNEL, SUBNET_W, place_vpc};
use super::{Area, AreaKey, Card, Flow, Layout, Options, Part, Row, sort_key};
use crate::geometry::{Point, Rect, within};

/// Between what stands above and a VPC, and between VPCs.
const BETWEEN: f32 = 36.0;

/// A layout being made.
pub(super) struct Board<'a> {
    pub(super) options: Options,
    pub(super) layout: Layout,
    children: SortedMap<&'a str, Vec<&'a Arc<Component>>>,
    cards: SortedMap<ComponentId, Card>,
}

pub(super) fn place(design: &Design, options: Options) -> Layout {
    let mut board =
        Board { options, layout: Layout::default(), children: SortedMap::new(), cards: SortedMap::new() };
    let (mut top, mut vpcs, mut shelf) = (Vec::new(), Vec::new(), Vec::new());
    for component in design.components() {
        for container in &component.containers {
            board.children.entry(container.as_str()).or_default().push(component);
        }
        match component.kind {
            ComponentKind::Vpc => vpcs.push(Arc::clone(component)),
            ComponentKind::Users | ComponentKind::OnPremises => top.push(Arc::clone(component)),
            _ if component.containers.is_empty() => shelf.push(Arc::clone(component)),
            _ => {}
        }
    }
    top.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    vpcs.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    let y = place_top(&mut board, &top, !vpcs.is_empty());
    let mut around = Rect::new(0.0, y, 0.0, 0.0);
    let mut at = Point::new(0.0, y);
    for vpc in &vpcs {
        let rect = place_vpc(&mut board, vpc, at);
        around = if around.h == 0.0 { rect } else { around.union(&rect) };
        at.y = rect.bottom() + BETWEEN;
    }
    place_shelves(&mut board, shelf, around);
    board
        .layout
        .orders
        .insert(Row::Top, top.iter().chain(&vpcs).map(|component| component.id.clone()).collect());
    board.finish()
}

/// Users and on-premises, in a line above everything; returns where what follows starts.
fn place_top(board: &mut Board<'_>, top: &[Arc<Component>], has_vpc: bool) -> f32 {
    // Above the stripe between the first two zones: a link goes straight down to what spans them.
    let start = if has_vpc { CHANNEL + SUBNET_W + CHANNEL / 2.0 - CARD_W / 2.0 } else { 0.0 };
    let (mut x, mut y, mut bottom) = (start, 0.0_f32, 0.0_f32);
    // On a narrow board on-premises has lines of its own, above who calls what is in the VPC.
    let narrow = board.options.flow == Flow::Narrow;
    let mut top = top.to_vec();
    if narrow {
        top.sort_by_key(|component| component.kind != ComponentKind::OnPremises);
    }
    for component in &top {
        if component.kind == ComponentKind::OnPremises {
            if narrow {
                x = 0.0;
            }
            let mut inside = board.children(component.id.as_str());
            inside.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
            let inner = if inside.len() > 1 { 2.0 * CARD_W + GAP + 4.0 } else { CARD_W };
            let area = board.layout.areas.len();
            let header = Rect::new(x + 6.0, y + 3.0, inner + 2.0 * PAD - 12.0, HEADER - 4.0);
            board.area(AreaKey::Component(component.id.clone()), Rect::default(), header);
            let xs = grid::columns(x + PAD, inner);
            let end = tile(board, &inside, &xs, y + HEADER + 2.0, &Row::Inside(component.id.clone()));
            let h = (end + PAD - y).max(HEADER + 24.0);
            board.resize_area(area, Rect::new(x, y, inner + 2.0 * PAD, h));
            x += inner + 2.0 * PAD + BETWEEN;
            bottom = bottom.max(y + h);
            if narrow {
                (x, y) = (start, bottom + BETWEEN);
            }
        } else {
            let rect = Rect::new(x, y, CARD_W, card_height(component.kind));
            board.card(component, vec![Part { rect, spans: Vec::new() }], Row::Top, false);
            x += CARD_W + BETWEEN;
            bottom = bottom.max(rect.bottom());
        }
    }
    if top.is_empty() { 0.0 } else { bottom + BETWEEN }
}

impl Board<'_> {
    pub(super) fn children(&self, id: &str) -> Vec<Arc<Component>> {
        self.children.get(id).into_iter().flatten().map(|child| Arc::clone(child)).collect()
    }

    pub(super) fn area(&mut self, key: AreaKey, rect: Rect, header: Rect) {
        self.layout.areas.push(Rc::new(Area { key, rect, header }));
    }

    pub(super) fn resize_area(&mut self, index: usize, rect: Rect) {
        if let Some(area) = self.layout.areas.get_mut(index) {
            Rc::make_mut(area).rect = rect;
        }
    }

    /// Adds pieces of a card; one that is in several rows is added once for each.
    pub(super) fn card(&mut self, component: &Component, parts: Vec<Part>, row: Row, compact: bool) {
        let card = self.cards.entry(component.id.clone()).or_insert_with(|| Card {
            id: component.id.clone(),
            kind: component.kind,
            parts: Vec::new(),
            joints: Vec::new(),
            row,
            compact,
        });
        card.parts.extend(parts);
        let tasks = match component.kind {
            ComponentKind::EcsService => component.int(prop::DESIRED_COUNT),
            ComponentKind::StandaloneTask => component.int(prop::COUNT),
            _ => None,
        };
        if let Some(tasks) = tasks {
            spread_tasks(card, u32::try_from(tasks).unwrap_or(0));
        }
        card.joints = joints(&card.parts);
    }

    fn finish(self) -> Layout {
        let Self { mut layout, cards, .. } = self;
        layout.cards = cards.into_values().map(Rc::new).collect();
        let mut rects =
            layout.areas.iter().map(|area| area.rect).chain(layout.cards.iter().map(|card| card.rect()));
        let first = rects.next().unwrap_or_default();
        layout.bounds = rects.fold(first, |all, rect| all.union(&rect));
        layout
    }
}

/// Shares tasks out over the subnets of a band as evenly as ECS tries to.
fn spread_tasks(card: &mut Card, tasks: u32) {
    let count = u32::try_from(card.parts.iter().map(|part| part.spans.len()).sum::<usize>()).unwrap_or(0);
    if count == 0 {
        return;
    }
    for (index, span) in (0..).zip(card.parts.iter_mut().flat_map(|part| &mut part.spans)) {
        span.tasks = tasks / count + u32::from(index < tasks % count);
    }
}

/// Lines between pieces that follow each other.
fn joints(parts: &[Part]) -> Vec<(Point, Point)> {
    let join = |pair: &[Part]| -> Option<(Point, Point)> {
        let (a, b) = (pair.first()?.rect, pair.get(1)?.rect);
        if a.y == b.y {
            let y = a.center().y;
            return Some((Point::new(a.right(), y), Point::new(b.x, y)));
        }
        let x = within(a.x + 14.0, b.x, b.right().max(b.x));
        Some((Point::new(a.x + 14.0, a.bottom()), Point::new(x, b.y)))
    };
    parts.windows(2).filter_map(join).collect()
}
