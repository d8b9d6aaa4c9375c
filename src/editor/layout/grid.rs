//! Sizes of cards, and tiling them in lines.

use std::sync::Arc;

use trapwise_model::{Component, ComponentKind};

use super::place::Board;
use super::{Part, Row};
use crate::geometry::Rect;

/// Width of a card.
pub(super) const CARD_W: f32 = 164.0;
/// Between neighbours.
pub(super) const GAP: f32 = 14.0;
/// Between a frame and what is in it.
pub(super) const PAD: f32 = 12.0;
/// Height of the strip with a frame's name.
pub(super) const HEADER: f32 = 28.0;

const CARD_H: f32 = 50.0;
const COMPACT_H: f32 = 34.0;
/// A service's card has a line for the marks of its tasks.
const TASKS_H: f32 = 66.0;

/// Whether a kind is drawn in one line: there are many of it, and little to say of each.
pub(super) const fn is_compact(kind: ComponentKind) -> bool {
    use ComponentKind as K;
    matches!(kind, K::NatGateway | K::VpcEndpoint | K::InternetGateway | K::SecurityGroup)
}

/// How high a card of that kind is.
pub(super) const fn card_height(kind: ComponentKind) -> f32 {
    match kind {
        ComponentKind::EcsService | ComponentKind::StandaloneTask => TASKS_H,
        _ if is_compact(kind) => COMPACT_H,
        _ => CARD_H,
    }
}

/// Puts cards in lines, one at each of these places from the left, and returns where they end below.
pub(super) fn tile(
    board: &mut Board<'_>,
    components: &[Arc<Component>],
    xs: &[f32],
    top: f32,
    row: &Row,
) -> f32 {
    let ids = components.iter().map(|component| component.id.clone());
    board.layout.orders.entry(row.clone()).or_default().extend(ids);
    let (mut y, mut bottom) = (top, top);
    for line in components.chunks(xs.len().max(1)) {
        y = if bottom > top { bottom + GAP } else { top };
        for (component, x) in line.iter().zip(xs) {
            let rect = Rect::new(*x, y, CARD_W, card_height(component.kind));
            let part = Part { rect, spans: Vec::new() };
            board.card(component, vec![part], row.clone(), is_compact(component.kind));
            bottom = bottom.max(rect.bottom());
        }
    }
    bottom.max(y)
}

/// Places for cards from the left, as many as fit, with room for links between them.
pub(super) fn columns(left: f32, width: f32) -> Vec<f32> {
    let step = CARD_W + GAP + 4.0;
    let mut xs = vec![left];
    let mut x = left + step;
    while x + CARD_W <= left + width + 0.5 {
        xs.push(x);
        x += step;
    }
    xs
}
