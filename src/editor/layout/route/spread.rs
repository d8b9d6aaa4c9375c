//! Keeps links apart: ends along the side of a card, pieces within a stripe.

use trapwise_model::SortedMap;

use super::Way;
use super::obstacles::Obstacles;
use crate::geometry::{Point, Rect};

/// Between two ends on one side of a card, and between two pieces in a stripe.
const END_GAP: f32 = 12.0;
const PIECE_GAP: f32 = 6.0;
/// How far pieces are moved out of the middle of their stripe: the first of these that meets no card.
const MOST: [f32; 3] = [11.0, 6.0, 3.0];

/// Spreads the ways; `rects` are those that links reach, by the place of the component.
pub(super) fn spread(ways: &mut [Way], rects: &[Vec<Rect>], obstacles: &Obstacles) {
    spread_ends(ways, rects);
    spread_pieces(ways, obstacles);
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

/// An end on a side: whose, which end, and where its way goes.
struct End {
    way: usize,
    start: bool,
    heads_for: f32,
}

fn spread_ends(ways: &mut [Way], rects: &[Vec<Rect>]) {
    let mut sides: SortedMap<(usize, Side, i32), (Rect, Vec<End>)> = SortedMap::new();
    for (index, way) in ways.iter().enumerate() {
        let [from, to] = way.ends;
        if from == to {
            continue;
        }
        let mut back = way.points.iter().rev();
        let ends = [
            (true, from, way.points.first(), way.points.get(1), way.points.get(2)),
            (false, to, back.next(), back.next(), back.next()),
        ];
        for (start, place, end, next, then) in ends {
            let (Some(end), Some(next)) = (end, next) else { continue };
            let rect =
                rects.get(place).and_then(|all| all.iter().find(|rect| rect.grown(0.5).contains(*end)));
            let Some(rect) = rect.copied() else { continue };
            let level = end.y == next.y;
            let side = match (level, next.x > end.x, next.y > end.y) {
                (true, true, _) => Side::Right,
                (true, false, _) => Side::Left,
                (false, _, true) => Side::Bottom,
                (false, _, false) => Side::Top,
            };
            let then = then.unwrap_or(next);
            let heads_for = if level { then.y } else { then.x };
            #[expect(clippy::cast_possible_truncation, reason = "pixels on a board")]
            let key = (place, side, if level { rect.y } else { rect.x } as i32);
            sides.entry(key).or_insert_with(|| (rect, Vec::new())).1.push(End {
                way: index,
                start,
                heads_for,
            });
        }
    }
    // A straight way has both ends on one line: it moves once, by its more crowded end.
    let mut crowds: SortedMap<usize, usize> = SortedMap::new();
    for (_, ends) in sides.values() {
        for end in ends {
            let most = crowds.entry(end.way).or_default();
            *most = (*most).max(ends.len());
        }
    }
    for ((_, side, _), (rect, mut ends)) in sides {
        if ends.len() < 2 {
            continue;
        }
        ends.sort_by(|a, b| a.heads_for.total_cmp(&b.heads_for).then(a.way.cmp(&b.way)));
        let level = matches!(side, Side::Left | Side::Right);
        let room = if level { rect.h } else { rect.w } - 16.0;
        let count = ends.len();
        #[expect(clippy::cast_precision_loss, reason = "a handful of ends")]
        for (index, end) in ends.iter().enumerate() {
            let gap = END_GAP.min(room / (count - 1) as f32);
            let by = (index as f32 - (count - 1) as f32 / 2.0) * gap;
            let crowd = crowds.get(&end.way).copied().unwrap_or(0);
            if let Some(way) = ways.get_mut(end.way) {
                let straight = way.points.len() == 2;
                if straight && crowd > count {
                    continue;
                }
                if straight {
                    crowds.insert(end.way, usize::MAX);
                }
                shift_end(&mut way.points, end.start, level, by);
            }
        }
    }
}

/// Moves the first or last piece sideways.
fn shift_end(points: &mut [Point], start: bool, level: bool, by: f32) {
    let len = points.len();
    let pair = if start { (0, 1) } else { (len.saturating_sub(1), len.saturating_sub(2)) };
    for index in [pair.0, pair.1] {
        if let Some(point) = points.get_mut(index) {
            if level {
                point.y += by;
            } else {
                point.x += by;
            }
        }
    }
}

/// A piece between two bends.
struct Piece {
    way: usize,
    index: usize,
    from: f32,
    to: f32,
}

fn spread_pieces(ways: &mut [Way], obstacles: &Obstacles) {
    let mut stripes: SortedMap<(bool, i32), Vec<Piece>> = SortedMap::new();
    for (way, points) in ways.iter().enumerate().map(|(index, way)| (index, &way.points)) {
        if points.len() < 4 {
            continue;
        }
        for (index, pair) in points.windows(2).enumerate().skip(1).take(points.len() - 3) {
            let [a, b] = pair else { continue };
            let level = a.y == b.y;
            let (at, from, to) = if level { (a.y, a.x, b.x) } else { (a.x, a.y, b.y) };
            #[expect(clippy::cast_possible_truncation, reason = "pixels on a board")]
            let key = (level, at.round() as i32);
            stripes.entry(key).or_default().push(Piece { way, index, from: from.min(to), to: from.max(to) });
        }
    }
    for ((level, at), mut pieces) in stripes {
        pieces.sort_by(|a, b| a.from.total_cmp(&b.from).then(b.to.total_cmp(&a.to)).then(a.way.cmp(&b.way)));
        // Pieces that do not meet share a track.
        let mut tracks: Vec<f32> = Vec::new();
        let track_of: Vec<usize> = pieces
            .iter()
            .map(|piece| {
                let free = tracks.iter().position(|end| *end + 4.0 < piece.from);
                let track = free.unwrap_or_else(|| {
                    tracks.push(0.0);
                    tracks.len() - 1
                });
                if let Some(end) = tracks.get_mut(track) {
                    *end = piece.to;
                }
                track
            })
            .collect();
        if tracks.len() < 2 {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of tracks")]
        let middle = (tracks.len() - 1) as f32 / 2.0;
        #[expect(clippy::cast_precision_loss, reason = "a handful of tracks")]
        let by = |track: usize, most: f32| (track as f32 - middle) * PIECE_GAP.min(most / middle);
        let meets_none = |most: &f32| {
            pieces.iter().zip(&track_of).all(|(piece, track)| {
                #[expect(clippy::cast_precision_loss, reason = "pixels on a board")]
                let at = at as f32 + by(*track, *most);
                let (from, to) = if level {
                    (Point::new(piece.from, at), Point::new(piece.to, at))
                } else {
                    (Point::new(at, piece.from), Point::new(at, piece.to))
                };
                obstacles.hits(from, to, &[]) == 0
            })
        };
        let [.., least] = MOST;
        let most = MOST.iter().find(|most| meets_none(most)).copied().unwrap_or(least);
        for (piece, track) in pieces.iter().zip(&track_of) {
            let by = by(*track, most);
            let Some(way) = ways.get_mut(piece.way) else { continue };
            for index in [piece.index, piece.index + 1] {
                if let Some(point) = way.points.get_mut(index) {
                    if level {
                        point.y += by;
                    } else {
                        point.x += by;
                    }
                }
            }
        }
    }
}
