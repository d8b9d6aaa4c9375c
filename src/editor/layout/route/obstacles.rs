//! Cards that links go around, found fast, and the stripes between them that are free.

use super::super::{AreaKey, Layout, Row};
use crate::geometry::{Point, Rect};
use trapwise_model::order;

/// Size of the squares in which cards are looked up.
const SQUARE: f32 = 128.0;
/// Pieces this close to a card count as crossing it.
const CLEARANCE: f32 = 3.0;
/// How much of the strip at the top of a frame its name takes.
const NAME: f32 = 170.0;
/// How many level stripes are tried around a link's ends.
const NEAR: usize = 10;

pub(super) struct Obstacles {
    /// Cards, then the names of frames, which links may cross.
    cards: Vec<Rect>,
    names_from: u32,
    squares: Vec<Vec<u32>>,
    columns: usize,
    rows: usize,
    origin: Point,
    upright: Vec<f32>,
    level: Vec<f32>,
}

impl Obstacles {
    pub(super) fn of(layout: &Layout) -> Self {
        let mut cards: Vec<Rect> =
            layout.cards.iter().flat_map(|card| card.parts.iter().map(|part| part.rect)).collect();
        let names_from = u32::try_from(cards.len()).unwrap_or(u32::MAX);
        let names = layout.areas.iter().map(|area| Rect { w: area.header.w.min(NAME), ..area.header });
        cards.extend(names.chain(layout.captions.iter().map(|caption| caption.rect)));
        let origin = Point::new(layout.bounds.x, layout.bounds.y);
        let columns = square(layout.bounds.w) + 1;
        let rows = square(layout.bounds.h) + 1;
        let mut squares = vec![Vec::new(); columns * rows];
        for (index, card) in (0_u32..).zip(&cards) {
            let from = Point::new(card.x - origin.x, card.y - origin.y);
            for row in square(from.y)..=square(from.y + card.h) {
                for column in square(from.x)..=square(from.x + card.w) {
                    if let Some(cards) = squares.get_mut(row * columns + column) {
                        cards.push(index);
                    }
                }
            }
        }
        let (upright, level) = stripes(layout);
        Self { cards, names_from, squares, columns, rows, origin, upright, level }
    }

    /// How many cards, other than the two, a straight piece crosses.
    pub(super) fn hits(&self, from: Point, to: Point, a: &Rect, b: &Rect) -> usize {
        self.hits_before(self.names_from, from, to, a, b)
    }

    fn hits_before(&self, end: u32, from: Point, to: Point, a: &Rect, b: &Rect) -> usize {
        let piece =
            Rect::new(from.x.min(to.x), from.y.min(to.y), (from.x - to.x).abs(), (from.y - to.y).abs())
                .grown(CLEARANCE);
        let (x, y) = (piece.x - self.origin.x, piece.y - self.origin.y);
        let mut hits = 0;
        let mut counted: Option<u32> = None;
        for row in square(y)..=square(y + piece.h).min(self.rows) {
            for column in square(x)..=square(x + piece.w).min(self.columns.saturating_sub(1)) {
                for index in self.squares.get(row * self.columns + column).into_iter().flatten() {
                    let Some(card) = self.cards.get(*index as usize) else { continue };
                    if *index < end
                        && counted != Some(*index)
                        && card.overlaps(&piece)
                        && card != a
                        && card != b
                    {
                        counted = Some(*index);
                        hits += 1;
                    }
                }
            }
        }
        // A way may touch the cards it joins, but not run through them.
        let inside = piece.grown(-2.0 * CLEARANCE);
        hits + usize::from(through(a, &inside)) + usize::from(through(b, &inside))
    }

    /// Whether no card and no name of a frame is there.
    pub(super) fn is_free(&self, place: &Rect) -> bool {
        let none = Rect::default();
        let (x, end) = (place.x, place.right());
        // Three level lines through it meet every card that is higher than the space between them.
        [place.y, place.center().y, place.bottom()]
            .into_iter()
            .all(|y| self.hits_before(u32::MAX, Point::new(x, y), Point::new(end, y), &none, &none) == 0)
    }

    /// Free stripes from top to bottom, from the left.
    pub(super) fn upright_stripes(&self) -> &[f32] {
        &self.upright
    }

    /// Free stripes from left to right, from the top.
    pub(super) fn level_stripes(&self) -> &[f32] {
        &self.level
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

fn through(card: &Rect, piece: &Rect) -> bool {
    piece.x < card.right() - 1.0
        && card.x + 1.0 < piece.right()
        && piece.y < card.bottom() - 1.0
        && card.y + 1.0 < piece.bottom()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
fn square(at: f32) -> usize {
    (at / SQUARE).clamp(0.0, 4096.0) as usize
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
        // In a VPC everything stands in line with the subnets, whose sides have stripes already.
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
    order::sort_by(&mut stripes, f32::total_cmp);
    stripes.dedup_by(|b, a| *b - *a < 6.0);
    stripes
}
