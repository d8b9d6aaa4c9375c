//! The ways of links: upright and level pieces, around cards, parallel ones apart.
//!
//! For each link a few shapes are tried (straight, one bend, two bends through a free stripe, four
//! bends through two) and the cheapest is taken: short, with few bends, over no card. Then ends that
//! share a side are spread along it, and pieces that share a stripe are moved apart.

mod labels;
mod lines;
mod obstacles;
mod spread;

use std::rc::Rc;
use std::sync::Arc;

use trapwise_model::{ComponentId, Design, Link, SortedSet};

use self::labels::Labels;
use self::obstacles::{Obstacles, runs_through};
use super::{Layout, Route};
use crate::geometry::{Point, Rect};

/// What a bend and what crossing a card cost, in pixels of detour.
const BEND: f32 = 30.0;
const CROSSING: f32 = 700.0;

/// What the ways of a layout were found from, for the layout after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    obstacles: Obstacles,
    /// One for each route, before they were moved apart.
    ways: Vec<Way>,
}

/// A link's way while it is being found.
#[derive(Clone, Debug, PartialEq)]
struct Way {
    link: Arc<Link>,
    /// The places of its ends among the components.
    ends: [usize; 2],
    points: Vec<Point>,
}

/// The ways of all links of a design, by id, and what the next layout may take over.
///
/// The search is the dear part. Where all cards stand as they did `before`, though not each in its own
/// place, it is made only for links with an end that has `moved`; the others would come out the same.
pub(super) fn routes(
    design: &Design,
    layout: &Layout,
    before: &Layout,
    moved: &SortedSet<ComponentId>,
) -> (Vec<Rc<Route>>, Found) {
    let obstacles = Obstacles::of(layout);
    let same = before.found.obstacles == obstacles;
    let rects: Vec<Vec<Rect>> =
        design.components().map(|component| layout.ends(component.id.as_str())).collect();
    let ends_of = |place: usize| rects.get(place).map(Vec::as_slice).unwrap_or_default();
    let mut old = before.found.ways.iter().peekable();
    let mut found = Vec::new();
    for link in design.links() {
        let index = |id: &ComponentId| design.component_index(id.as_str()).unwrap_or_default();
        let (from, to) = (index(&link.from), index(&link.to));
        let still = loop {
            match old.peek() {
                Some(way) if way.link.id < link.id => drop(old.next()),
                next => {
                    break next.filter(|_| same && !moved.contains(&link.from) && !moved.contains(&link.to));
                }
            }
        };
        let still = still.filter(|way| joins_the_same(&way.link, link)).map(|way| way.points.clone());
        let points = still.or_else(|| best(link, [ends_of(from), ends_of(to)], layout, &obstacles));
        found.extend(points.map(|points| Way { link: Arc::clone(link), ends: [from, to], points }));
    }
    let mut ways = found.clone();
    spread::spread(&mut ways, &rects, &obstacles);
    let labels = Labels::new(&obstacles, layout.bounds, before, same);
    (labels.routes(ways, rects.len()), Found { obstacles, ways: found })
}

fn joins_the_same(a: &Arc<Link>, b: &Arc<Link>) -> bool {
    Arc::ptr_eq(a, b) || (&a.id, &a.from, &a.to) == (&b.id, &b.from, &b.to)
}

fn best(link: &Link, [from, to]: [&[Rect]; 2], layout: &Layout, obstacles: &Obstacles) -> Option<Vec<Point>> {
    if link.from == link.to {
        return from.first().map(own_loop);
    }
    let (a, b) = nearest(from, to)?;
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
