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
/// Between a frame and what stands in it.
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

/// Puts cards in lines from the left, as many in each as fit, and returns where they end below.
/// With `stretch` the cards of a line share its whole width evenly.
pub(super) fn tile(
    board: &mut Board<'_>,
    components: &[Arc<Component>],
    room: Rect,
    row: &Row,
    compact: bool,
) -> f32 {
    let ids = components.iter().map(|component| component.id.clone());
    board.layout.orders.entry(row.clone()).or_default().extend(ids);
    let gap = if compact { GAP } else { GAP + 4.0 };
    let (mut x, mut y, mut line) = (room.x, room.y, 0.0_f32);
    for component in components {
        if x > room.x && x + CARD_W > room.right() + 0.5 {
            x = room.x;
            y += line + gap;
            line = 0.0;
        }
        let h = card_height(component.kind);
        let rect = Rect::new(x, y, CARD_W, h);
        board.card(
            component,
            vec![Part { rect, spans: Vec::new() }],
            row.clone(),
            is_compact(component.kind),
        );
        line = line.max(h);
        x += CARD_W + gap;
    }
    y + line
}
