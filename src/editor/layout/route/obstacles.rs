//! Cards that links go around, found fast, and the stripes between them that are free.

use super::super::{AreaKey, Layout, Row};
use super::lines::Lines;
use crate::geometry::{Point, Rect};

/// Pieces this close to a card count as crossing it.
const CLEARANCE: f32 = 3.0;
/// How much of the strip at the top of a frame its name takes.
const NAME: f32 = 170.0;
/// How many level stripes are tried around a link's ends.
const NEAR: usize = 10;

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Obstacles {
    /// Cards, from the top and from the left.
    rows: Lines,
    columns: Lines,
    /// The names of frames, which links may cross, from the top.
    names: Lines,
    upright: Vec<f32>,
    level: Vec<f32>,
}

impl Obstacles {
    pub(super) fn of(layout: &Layout) -> Self {
        let cards = || layout.cards.iter().flat_map(|card| card.parts.iter().map(|part| part.rect));
        let row = |rect: Rect| [rect.y, rect.bottom(), rect.x, rect.right()];
        let column = |rect: Rect| [rect.x, rect.right(), rect.y, rect.bottom()];
        let names = layout.areas.iter().map(|area| Rect { w: area.header.w.min(NAME), ..area.header });
        let names = names.chain(layout.captions.iter().map(|caption| caption.rect));
        let (upright, level) = stripes(layout);
        Self {
            rows: Lines::of(cards().map(row).collect()),
            columns: Lines::of(cards().map(column).collect()),
            names: Lines::of(names.map(row).collect()),
            upright,
            level,
        }
    }

    /// How many cards, other than its own, a straight piece crosses.
    pub(super) fn hits(&self, from: Point, to: Point, own: &[Rect]) -> usize {
        let piece = around(from, to).grown(CLEARANCE);
        let (x, y) = ((piece.x, piece.right()), (piece.y, piece.bottom()));
        let all = if from.y == to.y { self.rows.crossed(y, x) } else { self.columns.crossed(x, y) };
        all.saturating_sub(own.iter().filter(|card| card.overlaps(&piece)).count())
    }

    /// How far a level way may go from a card to the left and to the right.
    pub(super) fn level_reach(&self, y: f32, left: f32, right: f32) -> (f32, f32) {
        let (start, end) = self.rows.reach((y - CLEARANCE, y + CLEARANCE), left, right);
        (start + CLEARANCE, end - CLEARANCE)
    }

    /// How far an upright way may go from a card upwards and downwards.
    pub(super) fn upright_reach(&self, x: f32, top: f32, bottom: f32) -> (f32, f32) {
        let (start, end) = self.columns.reach((x - CLEARANCE, x + CLEARANCE), top, bottom);
        (start + CLEARANCE, end - CLEARANCE)
    }

    /// Whether a card is there, or too close.
    pub(super) fn has_card(&self, place: &Rect) -> bool {
        is_over(&self.rows, place)
    }

    /// Whether the name of a frame is there.
    pub(super) fn has_name(&self, place: &Rect) -> bool {
        is_over(&self.names, place)
    }

    /// Free stripes from top to bottom, from the left, within a reach.
    pub(super) fn upright_stripes(&self, reach: (f32, f32)) -> &[f32] {
        within(&self.upright, reach)
    }

    /// Free stripes from left to right, from the top, within a reach.
    pub(super) fn level_stripes(&self, reach: (f32, f32)) -> &[f32] {
        within(&self.level, reach)
    }

    /// The nearest upright stripe on each side of a card.
    pub(super) fn stripes_beside(&self, card: &Rect) -> impl Iterator<Item = f32> + use<> {
        let right = self.upright.partition_point(|x| *x < card.right());
        let left = self.upright.partition_point(|x| *x <= card.x);
        let right = self.upright.get(right).copied();
        let left = left.checked_sub(1).and_then(|left| self.upright.get(left).copied());
        left.into_iter().chain(right)
    }

    /// Level stripes around two heights.
    pub(super) fn level_stripes_near(&self, a: f32, b: f32) -> impl Iterator<Item = f32> + use<> {
        let start = self.level.partition_point(|y| *y < a.min(b)).saturating_sub(NEAR / 2);
        let end = (self.level.partition_point(|y| *y < a.max(b)) + NEAR / 2).min(self.level.len());
        let near = self.level.get(start..end).unwrap_or_default();
        let step = near.len().div_ceil(2 * NEAR).max(1);
        near.iter().step_by(step).copied().collect::<Vec<_>>().into_iter()
    }
}

fn is_over(lines: &Lines, place: &Rect) -> bool {
    let place = place.grown(CLEARANCE);
    lines.are_crossed((place.y, place.bottom()), (place.x, place.right()))
}

fn within(stripes: &[f32], (start, end): (f32, f32)) -> &[f32] {
    let first = stripes.partition_point(|at| *at < start);
    let stop = stripes.partition_point(|at| *at <= end);
    stripes.get(first..stop).unwrap_or_default()
}

/// Whether a straight piece runs through a card and does not just touch it.
pub(super) fn runs_through(card: &Rect, from: Point, to: Point) -> bool {
    card.grown(-CLEARANCE - 1.0).overlaps(&around(from, to))
}

fn around(from: Point, to: Point) -> Rect {
    Rect::new(from.x.min(to.x), from.y.min(to.y), (from.x - to.x).abs(), (from.y - to.y).abs())
}

/// Stripes beside frames and between lines of cards.
fn stripes(layout: &Layout) -> (Vec<f32>, Vec<f32>) {
    let (mut upright, mut level) = (Vec::new(), Vec::new());
    for area in &layout.areas {
        let shelf = matches!(area.key, AreaKey::Shelf(_));
        let out = if shelf { 20.0 } else { 13.0 };
        upright.extend([area.rect.x - out, area.rect.right() + out]);
        level.extend([area.rect.y - 13.0, area.rect.bottom() + 13.0]);
    }
    for card in &layout.cards {
        // In a VPC everything is in line with the subnets, whose sides have stripes already.
        let beside = matches!(card.row, Row::Shelf(_) | Row::Top | Row::Inside(_));
        for part in &card.parts {
            level.extend([part.rect.y - 8.0, part.rect.bottom() + 7.0]);
            if beside {
                upright.extend([part.rect.x - 8.0, part.rect.right() + 8.0]);
            }
        }
    }
    (thinned(upright), thinned(level))
}

/// In order, without those that are almost the same.
fn thinned(mut stripes: Vec<f32>) -> Vec<f32> {
    stripes.sort_by(f32::total_cmp);
    stripes.dedup_by(|b, a| *b - *a < 6.0);
    stripes
}
