//! Shelves: what is regional stands beside the VPC, in the order in which permissions flow: what
//! runs, the roles it assumes, what those give access to.

use std::sync::Arc;

use trapwise_model::catalogue::Group;
use trapwise_model::{Component, SortedMap};

use super::grid::{self, CARD_W, GAP, HEADER, PAD, tile};
use super::place::Board;
use super::{AreaKey, Flow, Row, sort_key};
use crate::geometry::{Point, Rect};

/// The shelves, from the VPC outwards; those of one column stand beneath each other.
const THREE: [&[Group]; 3] = [
    &[Group::Compute, Group::Scaling, Group::Network],
    &[Group::Identity, Group::Delivery],
    &[Group::Config, Group::Data, Group::Observability],
];
/// The same in two columns.
const TWO: [&[Group]; 2] = [
    &[Group::Compute, Group::Scaling, Group::Network, Group::Delivery],
    &[Group::Identity, Group::Config, Group::Data, Group::Observability],
];
/// Between columns, and between shelves: links run there.
const CHANNEL: f32 = 40.0;
const BETWEEN: f32 = 28.0;
/// A shelf of more cards than this gets a second column of them, and so on.
const TALL: usize = 9;
/// The narrowest board on which shelves stand beneath the VPC.
const NARROW_W: f32 = 2.0 * (CARD_W + GAP + PAD);

/// Lays out the shelves around a VPC's rectangle (empty if there is none).
pub(super) fn place_shelves(board: &mut Board<'_>, components: Vec<Arc<Component>>, vpcs: Rect) {
    let mut groups: SortedMap<Group, Vec<Arc<Component>>> = SortedMap::new();
    for component in components {
        groups.entry(component.kind.spec().group).or_default().push(component);
    }
    for shelf in groups.values_mut() {
        shelf.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    }
    match board.options.flow {
        Flow::Wide => beside(board, &THREE, &groups, vpcs),
        Flow::Medium => beside(board, &TWO, &groups, vpcs),
        Flow::Narrow => beneath(board, &groups, vpcs),
    }
}

fn beside(
    board: &mut Board<'_>,
    columns: &[&[Group]],
    groups: &SortedMap<Group, Vec<Arc<Component>>>,
    vpcs: Rect,
) {
    let mut x = if vpcs.w > 0.0 { vpcs.right() + CHANNEL } else { vpcs.x };
    for column in columns {
        let shelves = column.iter().filter_map(|group| Some((group, groups.get(group)?))).collect::<Vec<_>>();
        let wide = shelves.iter().map(|(_, shelf)| shelf.len().div_ceil(TALL)).max().unwrap_or(0);
        if wide == 0 {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
        let inner = wide as f32 * (CARD_W + GAP + 4.0) - GAP - 4.0;
        let mut y = vpcs.y;
        for (group, shelf) in shelves {
            y = place_shelf(board, *group, shelf, Point::new(x, y), inner) + BETWEEN;
        }
        x += inner + 2.0 * PAD + CHANNEL;
    }
}

fn beneath(board: &mut Board<'_>, groups: &SortedMap<Group, Vec<Arc<Component>>>, vpcs: Rect) {
    let mut at = Point::new(vpcs.x, if vpcs.h > 0.0 { vpcs.bottom() + CHANNEL } else { vpcs.y });
    let mut bottom = at.y;
    let (room, step) = (vpcs.w.max(NARROW_W), CARD_W + GAP + 4.0);
    for group in THREE.iter().flat_map(|column| column.iter()) {
        let Some(shelf) = groups.get(group) else { continue };
        // No wider than its cards, so that small shelves stand side by side.
        #[expect(clippy::cast_precision_loss, reason = "a handful of cards")]
        let inner = (shelf.len() as f32 * step - GAP - 4.0).min(room - 2.0 * PAD);
        if at.x > vpcs.x && at.x + inner + 2.0 * PAD > vpcs.x + room + 0.5 {
            at = Point::new(vpcs.x, bottom + BETWEEN);
        }
        bottom = bottom.max(place_shelf(board, *group, shelf, at, inner));
        at.x += inner + 2.0 * PAD + CHANNEL;
    }
}

fn place_shelf(board: &mut Board<'_>, group: Group, shelf: &[Arc<Component>], at: Point, inner: f32) -> f32 {
    let area = board.layout.areas.len();
    let w = inner + 2.0 * PAD;
    let header = Rect::new(at.x + 6.0, at.y + 3.0, w - 12.0, HEADER - 4.0);
    board.area(AreaKey::Shelf(group), Rect::default(), header);
    let xs = grid::columns(at.x + PAD, inner);
    let bottom = tile(board, shelf, &xs, at.y + HEADER + 2.0, &Row::Shelf(group)) + PAD;
    board.resize_area(area, Rect::new(at.x, at.y, w, bottom - at.y));
    bottom
}
