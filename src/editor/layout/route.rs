//! The ways of links: upright and level pieces, around cards, parallel ones apart.
//!
//! For each link a few shapes are tried (straight, one bend, two bends through a free stripe, four
//! bends through two) and the cheapest is taken: short, with few bends, over no card. Then ends that
//! share a side are spread along it, and pieces that share a stripe are moved apart.

mod obstacles;
mod spread;

use trapwise_model::{Design, Link};

use self::obstacles::Obstacles;
use super::{Layout, Route};
use crate::geometry::{Point, Rect};
use crate::words;
use trapwise_model::order;

/// What a bend and what crossing a card cost, in pixels of detour.
const BEND: f32 = 30.0;
const CROSSING: f32 = 700.0;

/// The ways of all links of a design, by id.
pub(super) fn routes(design: &Design, layout: &Layout) -> Vec<std::rc::Rc<Route>> {
    let obstacles = Obstacles::of(layout);
    let mut ways: Vec<Way> = design
        .links()
        .filter_map(|link| {
            let points = best(link, layout, &obstacles)?;
            Some(Way { id: link.id.clone(), from: link.from.clone(), to: link.to.clone(), points })
        })
        .collect();
    spread::spread(&mut ways, layout, &obstacles);
    // Labels that are always there keep clear of each other.
    let mut taken = Vec::new();
    ways.into_iter()
        .map(|way| {
            let link = design.link(way.id.as_str());
            let width = link.map_or(0.0, |link| words::label_width(link));
            let room = Room { obstacles: &obstacles, bounds: layout.bounds, taken: &taken, width };
            let free = room.label_place(&way.points);
            if let (Some(at), true) = (free, link.is_some_and(|link| words::is_loud(link.kind))) {
                taken.push(label_rect(at, width));
            }
            let label = free.unwrap_or_else(|| longest(&way.points).map(middle).unwrap_or_default());
            std::rc::Rc::new(Route { id: way.id, points: way.points, label, label_fits: free.is_some() })
        })
        .collect()
}

/// A link's way while it is being found.
struct Way {
    id: trapwise_model::LinkId,
    from: trapwise_model::ComponentId,
    to: trapwise_model::ComponentId,
    points: Vec<Point>,
}

fn best(link: &Link, layout: &Layout, obstacles: &Obstacles) -> Option<Vec<Point>> {
    let (from, to) = (layout.ends(link.from.as_str()), layout.ends(link.to.as_str()));
    if link.from == link.to {
        return from.first().map(own_loop);
    }
    let (a, b) = nearest(&from, &to)?;
    let mut search = Search { a, b, obstacles, best: None };
    search.straight();
    search.one_bend();
    search.two_bends();
    if search.best.as_ref().is_none_or(|(cost, _)| *cost >= CROSSING) {
        search.four_bends();
    }
    search.best.map(|(_, points)| points)
}

/// The two pieces that are closest to each other.
fn nearest(from: &[Rect], to: &[Rect]) -> Option<(Rect, Rect)> {
    let gap = |a: &Rect, b: &Rect| {
        let dx = (b.x - a.right()).max(a.x - b.right()).max(0.0);
        let dy = (b.y - a.bottom()).max(a.y - b.bottom()).max(0.0);
        dx + dy
    };
    let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b)));
    pairs.min_by(|(a, b), (c, d)| gap(a, b).total_cmp(&gap(c, d)))
}

/// A way from a card to itself.
fn own_loop(card: &Rect) -> Vec<Point> {
    let (x, y) = (card.right(), card.y);
    vec![
        Point::new(x - 22.0, y),
        Point::new(x - 22.0, y - 10.0),
        Point::new(x + 10.0, y - 10.0),
        Point::new(x + 10.0, y + 12.0),
        Point::new(x, y + 12.0),
    ]
}

struct Search<'a> {
    a: Rect,
    b: Rect,
    obstacles: &'a Obstacles,
    best: Option<(f32, Vec<Point>)>,
}

impl Search<'_> {
    fn offer(&mut self, points: &[Point]) {
        let length: f32 = points.windows(2).map(length_of).sum();
        #[expect(clippy::cast_precision_loss, reason = "a handful of bends")]
        let mut cost = length + BEND * points.len().saturating_sub(2) as f32;
        if self.best.as_ref().is_some_and(|(best, _)| *best <= cost) {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "at most a few hundred cards")]
        let hits = points
            .windows(2)
            .map(|pair| match pair {
                [from, to] => self.obstacles.hits(*from, *to, &self.a, &self.b),
                _ => 0,
            })
            .sum::<usize>() as f32;
        cost += hits * CROSSING;
        if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
            self.best = Some((cost, points.to_vec()));
        }
    }

    fn straight(&mut self) {
        let (a, b) = (self.a, self.b);
        if let Some(x) = shared(a.x, a.right(), b.x, b.right()) {
            let (from, to) = facing(a.y, a.bottom(), b.y, b.bottom());
            self.offer(&[Point::new(x, from), Point::new(x, to)]);
        }
        if let Some(y) = shared(a.y, a.bottom(), b.y, b.bottom()) {
            let (from, to) = facing(a.x, a.right(), b.x, b.right());
            self.offer(&[Point::new(from, y), Point::new(to, y)]);
        }
    }

    fn one_bend(&mut self) {
        let (a, b) = (self.a, self.b);
        let (ac, bc) = (a.center(), b.center());
        // Out of a side of `a`, into top or bottom of `b`; and the other way round.
        if bc.x > a.right() || bc.x < a.x {
            let x = if bc.x > a.right() { a.right() } else { a.x };
            let y = if ac.y < b.y { b.y } else { b.bottom() };
            if ac.y < b.y || ac.y > b.bottom() {
                self.offer(&[Point::new(x, ac.y), Point::new(bc.x, ac.y), Point::new(bc.x, y)]);
            }
        }
        if bc.y > a.bottom() || bc.y < a.y {
            let y = if bc.y > a.bottom() { a.bottom() } else { a.y };
            let x = if ac.x < b.x { b.x } else { b.right() };
            if ac.x < b.x || ac.x > b.right() {
                self.offer(&[Point::new(ac.x, y), Point::new(ac.x, bc.y), Point::new(x, bc.y)]);
            }
        }
    }

    fn two_bends(&mut self) {
        let (a, b, obstacles) = (self.a, self.b, self.obstacles);
        let (ac, bc) = (a.center(), b.center());
        for x in obstacles.upright_stripes() {
            let from = if *x > ac.x { a.right() } else { a.x };
            let to = if *x > bc.x { b.right() } else { b.x };
            if (*x > a.x && *x < a.right()) || (*x > b.x && *x < b.right()) {
                continue;
            }
            self.offer(&[
                Point::new(from, ac.y),
                Point::new(*x, ac.y),
                Point::new(*x, bc.y),
                Point::new(to, bc.y),
            ]);
        }
        for y in obstacles.level_stripes() {
            let from = if *y > ac.y { a.bottom() } else { a.y };
            let to = if *y > bc.y { b.bottom() } else { b.y };
            if (*y > a.y && *y < a.bottom()) || (*y > b.y && *y < b.bottom()) {
                continue;
            }
            self.offer(&[
                Point::new(ac.x, from),
                Point::new(ac.x, *y),
                Point::new(bc.x, *y),
                Point::new(bc.x, to),
            ]);
        }
    }

    /// Out of a side into a stripe, along a level stripe, through another stripe into a side.
    fn four_bends(&mut self) {
        let (a, b, obstacles) = (self.a, self.b, self.obstacles);
        let (ac, bc) = (a.center(), b.center());
        for x1 in obstacles.stripes_beside(&a) {
            let from = if x1 > ac.x { a.right() } else { a.x };
            for x2 in obstacles.stripes_beside(&b) {
                let to = if x2 > bc.x { b.right() } else { b.x };
                for y in obstacles.level_stripes_near(ac.y, bc.y) {
                    self.offer(&[
                        Point::new(from, ac.y),
                        Point::new(x1, ac.y),
                        Point::new(x1, y),
                        Point::new(x2, y),
                        Point::new(x2, bc.y),
                        Point::new(to, bc.y),
                    ]);
                }
            }
        }
    }
}

/// The middle of the stretch that both have, if it is wide enough for a line.
fn shared(a: f32, a_end: f32, b: f32, b_end: f32) -> Option<f32> {
    let (start, end) = (a.max(b), a_end.min(b_end));
    (end - start >= 16.0).then_some(f32::midpoint(start, end))
}

/// The edges that face each other.
fn facing(a: f32, a_end: f32, b: f32, b_end: f32) -> (f32, f32) {
    if a_end <= b { (a_end, b) } else { (a, b_end) }
}

fn length_of(pair: &[Point]) -> f32 {
    match pair {
        [from, to] => (from.x - to.x).abs() + (from.y - to.y).abs(),
        _ => 0.0,
    }
}

/// What a label has to keep clear of.
struct Room<'a> {
    obstacles: &'a Obstacles,
    bounds: Rect,
    taken: &'a [Rect],
    width: f32,
}

/// Where along a piece a label is tried, from its middle outwards.
const ALONG: [f32; 7] = [0.5, 0.38, 0.62, 0.26, 0.74, 0.15, 0.85];

impl Room<'_> {
    /// A place on the longest piece that has one: over no card, no name and no other label.
    fn label_place(&self, points: &[Point]) -> Option<Point> {
        let mut pieces: Vec<&[Point]> = points.windows(2).filter(|piece| length_of(piece) > 20.0).collect();
        order::sort_by(&mut pieces, |a, b| length_of(b).total_cmp(&length_of(a)));
        let places = pieces.iter().flat_map(|piece| ALONG.iter().map(|share| along(piece, *share)));
        places.into_iter().find(|at| {
            let place = label_rect(*at, self.width);
            self.bounds.grown(4.0).union(&place) == self.bounds.grown(4.0)
                && self.obstacles.is_free(&place)
                && self.taken.iter().all(|other| !other.overlaps(&place))
        })
    }
}

/// What a label covers, with some air.
fn label_rect(at: Point, width: f32) -> Rect {
    Rect::new(at.x - width / 2.0 - 3.0, at.y - 13.0, width + 6.0, 26.0)
}

fn longest(points: &[Point]) -> Option<&[Point]> {
    points.windows(2).max_by(|a, b| length_of(a).total_cmp(&length_of(b)))
}

fn middle(piece: &[Point]) -> Point {
    along(piece, 0.5)
}

fn along(piece: &[Point], share: f32) -> Point {
    match piece {
        [from, to] => Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share),
        _ => Point::default(),
    }
}
