//! The ways of links: upright and level pieces, around cards, parallel ones apart.
//!
//! For each link a few shapes are tried (straight, one bend, two bends through a free stripe, four
//! bends through two) and the cheapest is taken: short, with few bends, over no card. Then ends that
//! share a side are spread along it, and pieces that share a stripe are moved apart.

mod lines;
mod obstacles;
mod spread;

use trapwise_model::{Design, Link, SortedMap};

use self::obstacles::{Obstacles, runs_through};
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
    // Labels that are seen together keep clear of each other: those that are always there, and those of
    // links that share an end.
    let mut taken = Vec::new();
    let mut by_end: SortedMap<String, Vec<Rect>> = SortedMap::default();
    ways.into_iter()
        .map(|way| {
            let link = design.link(way.id.as_str());
            let width = link.map_or(0.0, |link| words::label_width(link));
            let ends = [way.from.as_str(), way.to.as_str()];
            let [from, to] = ends.map(|end| by_end.get(end).map(Vec::as_slice).unwrap_or_default());
            let room =
                Room { obstacles: &obstacles, bounds: layout.bounds, taken: [&taken, from, to], width };
            let (place, label_fits) = room.label_place(&way.points);
            let label = place.unwrap_or_else(|| longest(&way.points).map(middle).unwrap_or_default());
            if label_fits && link.is_some_and(|link| words::is_loud(link.kind)) {
                taken.push(label_rect(label, width));
            }
            for end in ends {
                by_end.entry(end.to_owned()).or_default().push(label_rect(label, width));
            }
            std::rc::Rc::new(Route { id: way.id, points: way.points, label, label_fits })
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
    // Frames are crossed by ways to what stands in them.
    let cards = [(a, &link.from), (b, &link.to)].into_iter();
    let own = cards.filter(|(_, id)| layout.card(id.as_str()).is_some()).map(|(rect, _)| rect).collect();
    let mut search = Search { a, b, own, obstacles, may_cross: false, best: None };
    search.around_cards();
    if search.best.is_none() {
        search.may_cross = true;
        search.across_cards();
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
    /// Those of the two that are cards.
    own: Vec<Rect>,
    obstacles: &'a Obstacles,
    may_cross: bool,
    best: Option<(f32, Vec<Point>)>,
}

/// Any place at all.
const EVERYWHERE: (f32, f32) = (f32::NEG_INFINITY, f32::INFINITY);

impl Search<'_> {
    /// Takes a way if it is cheaper than all before. Says whether it is shorter than the best: of those
    /// that are no shorter, none can be cheaper.
    fn offer(&mut self, points: &[Point]) -> bool {
        self.offer_but_for(points, 0)
    }

    /// The same for a way that is known to be free but for its middle: so many pieces at each end are.
    fn offer_but_for(&mut self, points: &[Point], free: usize) -> bool {
        let least = self.best.as_ref().map_or(f32::INFINITY, |(best, _)| *best);
        let length: f32 = points.windows(2).map(length_of).sum();
        #[expect(clippy::cast_precision_loss, reason = "a handful of bends")]
        let mut cost = length + BEND * points.len().saturating_sub(2) as f32;
        if cost >= least {
            return false;
        }
        for pair in points.windows(2).skip(free).take(points.len() - 1 - 2 * free) {
            let [from, to] = pair else { continue };
            let through = [self.a, self.b].iter().filter(|end| runs_through(end, *from, *to)).count();
            let hits = through + self.obstacles.hits(*from, *to, &self.own);
            #[expect(clippy::cast_precision_loss, reason = "at most a few hundred cards")]
            let more = hits as f32 * CROSSING;
            cost += more;
            if cost >= least || (hits > 0 && !self.may_cross) {
                return true;
            }
        }
        self.best = Some((cost, points.to_vec()));
        true
    }

    /// Tries ways over no card, those with four bends only if the others are long.
    fn around_cards(&mut self) {
        let (a, b, obstacles) = (self.a, self.b, self.obstacles);
        let (ac, bc) = (a.center(), b.center());
        let level = [(a, ac), (b, bc)].map(|(card, at)| obstacles.level_reach(at.y, card.x, card.right()));
        let upright =
            [(a, ac), (b, bc)].map(|(card, at)| obstacles.upright_reach(at.x, card.y, card.bottom()));
        self.straight();
        self.one_bend();
        self.two_bends(both(level), both(upright), 1);
        if self.best.as_ref().is_some_and(|(cost, _)| *cost < CROSSING) {
            return;
        }
        let [from, to] = level;
        for x1 in obstacles.stripes_beside(&a).filter(|x| is_in(*x, from)) {
            let down = obstacles.upright_reach(x1, ac.y, ac.y);
            for x2 in obstacles.stripes_beside(&b).filter(|x| is_in(*x, to)) {
                let up = obstacles.upright_reach(x2, bc.y, bc.y);
                outward(obstacles.level_stripes(both([down, up])), ac.y, bc.y, &mut |y| {
                    self.four_bends(x1, y, x2, 2)
                });
            }
        }
    }

    /// Tries ways that cross cards where there is no other, as few as possible.
    fn across_cards(&mut self) {
        let (a, b, obstacles) = (self.a, self.b, self.obstacles);
        self.straight();
        self.one_bend();
        self.two_bends(EVERYWHERE, EVERYWHERE, 0);
        for x1 in obstacles.stripes_beside(&a) {
            for x2 in obstacles.stripes_beside(&b) {
                for y in obstacles.level_stripes_near(a.center().y, b.center().y) {
                    self.four_bends(x1, y, x2, 0);
                }
            }
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

    /// Through an upright stripe within one reach, or a level one within the other; so many pieces at each
    /// end are then free.
    fn two_bends(&mut self, level: (f32, f32), upright: (f32, f32), free: usize) {
        let (a, b, obstacles) = (self.a, self.b, self.obstacles);
        let (ac, bc) = (a.center(), b.center());
        outward(obstacles.upright_stripes(level), ac.x, bc.x, &mut |x| {
            if (x > a.x && x < a.right()) || (x > b.x && x < b.right()) {
                return true;
            }
            let from = if x > ac.x { a.right() } else { a.x };
            let to = if x > bc.x { b.right() } else { b.x };
            let (start, end) = (Point::new(from, ac.y), Point::new(to, bc.y));
            self.offer_but_for(&[start, Point::new(x, ac.y), Point::new(x, bc.y), end], free)
        });
        outward(obstacles.level_stripes(upright), ac.y, bc.y, &mut |y| {
            if (y > a.y && y < a.bottom()) || (y > b.y && y < b.bottom()) {
                return true;
            }
            let from = if y > ac.y { a.bottom() } else { a.y };
            let to = if y > bc.y { b.bottom() } else { b.y };
            let (start, end) = (Point::new(ac.x, from), Point::new(bc.x, to));
            self.offer_but_for(&[start, Point::new(ac.x, y), Point::new(bc.x, y), end], free)
        });
    }

    /// Out of a side into a stripe, along a level stripe, through another stripe into a side.
    fn four_bends(&mut self, x1: f32, y: f32, x2: f32, free: usize) -> bool {
        let (a, b) = (self.a, self.b);
        let (ac, bc) = (a.center(), b.center());
        let from = if x1 > ac.x { a.right() } else { a.x };
        let to = if x2 > bc.x { b.right() } else { b.x };
        let points = [
            Point::new(from, ac.y),
            Point::new(x1, ac.y),
            Point::new(x1, y),
            Point::new(x2, y),
            Point::new(x2, bc.y),
            Point::new(to, bc.y),
        ];
        self.offer_but_for(&points, free)
    }
}

/// What two reaches have in common.
fn both([a, b]: [(f32, f32); 2]) -> (f32, f32) {
    (a.0.max(b.0), a.1.min(b.1))
}

fn is_in(at: f32, reach: (f32, f32)) -> bool {
    at >= reach.0 && at <= reach.1
}

/// Tries the stripes between two places, which make equally long ways, then those beyond, which make
/// longer and longer ones; each run of them until one is not worth it.
fn outward(stripes: &[f32], a: f32, b: f32, is_worth_it: &mut dyn FnMut(f32) -> bool) {
    let start = stripes.partition_point(|at| *at < a.min(b));
    let end = stripes.partition_point(|at| *at <= a.max(b));
    let run = |from: usize, to: usize| stripes.get(from..to).unwrap_or_default().iter().copied();
    let _ = run(start, end).all(&mut *is_worth_it);
    let _ = run(0, start).rev().all(&mut *is_worth_it);
    let _ = run(end, stripes.len()).all(is_worth_it);
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
    taken: [&'a [Rect]; 3],
    width: f32,
}

/// Where along a piece a label is tried, from its middle outwards.
const ALONG: [f32; 7] = [0.5, 0.38, 0.62, 0.26, 0.74, 0.15, 0.85];

impl Room<'_> {
    /// A place on the longest piece that has one: over no card, no name and no other label. Else one that
    /// is fit for words that are shown only while they are looked at: over no card and no other label.
    fn label_place(&self, points: &[Point]) -> (Option<Point>, bool) {
        let mut pieces: Vec<&[Point]> = points.windows(2).filter(|piece| length_of(piece) > 20.0).collect();
        order::sort_by(&mut pieces, |a, b| length_of(b).total_cmp(&length_of(a)));
        let bounds = self.bounds.grown(4.0);
        let mut second = None;
        for at in pieces.iter().flat_map(|piece| ALONG.iter().map(|share| along(piece, *share))) {
            let place = label_rect(at, self.width);
            if self.obstacles.has_card(&place) || !self.is_alone(&place) {
                continue;
            }
            if bounds.union(&place) == bounds && !self.obstacles.has_name(&place) {
                return (Some(at), true);
            }
            second = second.or(Some(at));
        }
        (second, false)
    }

    fn is_alone(&self, place: &Rect) -> bool {
        self.taken.iter().all(|taken| taken.iter().all(|other| !other.overlaps(place)))
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
