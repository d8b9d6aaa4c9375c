//! Where the words of links stand: clear of cards, of names, and of the labels seen together with them.

use std::rc::Rc;
use std::sync::Arc;

use super::super::{Layout, Route};
use super::obstacles::Obstacles;
use super::{Way, joins_the_same, length_of};
use crate::geometry::{Point, Rect};
use crate::words;

/// The labels that have been given their places so far.
///
/// Labels that are seen together keep clear of each other: those that are always there, and those of
/// links that share an end.
pub(super) struct Labels<'a> {
    obstacles: &'a Obstacles,
    bounds: Rect,
    before: &'a Layout,
    /// Whether cards, names and bounds are where they were before.
    still: bool,
    taken: Vec<Rect>,
    /// By the place of a component.
    by_end: Vec<Vec<Rect>>,
    /// Where labels stood before or stand now that are not where they were.
    changed: Vec<Rect>,
}

impl<'a> Labels<'a> {
    /// For the board within these bounds, after another layout. `still`: its obstacles are the same.
    pub(super) fn new(obstacles: &'a Obstacles, bounds: Rect, before: &'a Layout, still: bool) -> Self {
        let still = still && before.bounds == bounds;
        Self { obstacles, bounds, before, still, taken: Vec::new(), by_end: Vec::new(), changed: Vec::new() }
    }

    /// The routes of these ways, each with its label; what has not changed is shared with the layout before.
    pub(super) fn routes(mut self, ways: Vec<Way>, components: usize) -> Vec<Rc<Route>> {
        self.by_end.resize(components, Vec::new());
        let mut old = self.before.routes.iter().peekable();
        ways.into_iter()
            .map(|way| {
                while let Some(gone) = old.next_if(|route| route.link.id < way.link.id) {
                    self.changed.push(place_of(gone));
                }
                let old = old.next_if(|route| route.link.id == way.link.id);
                let route = self.route(way.link, way.points, way.ends, old);
                let place = place_of(&route);
                if route.label_fits && words::is_prominent(route.link.kind) {
                    self.taken.push(place);
                }
                for end in way.ends {
                    if let Some(rects) = self.by_end.get_mut(end) {
                        rects.push(place);
                    }
                }
                route
            })
            .collect()
    }

    fn route(
        &mut self,
        link: Arc<trapwise_model::Link>,
        points: Vec<Point>,
        [from, to]: [usize; 2],
        old: Option<&Rc<Route>>,
    ) -> Rc<Route> {
        let width = words::label_width(&link);
        let said_the_same = |old: &&Rc<Route>| {
            Arc::ptr_eq(&old.link, &link)
                || (joins_the_same(&old.link, &link)
                    && old.link.kind == link.kind
                    && words::label_width(&old.link) == width)
        };
        let same = old.filter(said_the_same);
        // None of the labels that changed is where this one has looked for its place.
        let undisturbed = |old: &&Rc<Route>| {
            let looked = around(&points, width);
            self.still && old.points == points && !self.changed.iter().any(|rect| rect.overlaps(&looked))
        };
        let (label, label_fits) = match same.filter(undisturbed) {
            Some(old) if Arc::ptr_eq(&old.link, &link) => return Rc::clone(old),
            Some(old) => (old.label, old.label_fits),
            None => {
                let by_end =
                    [from, to].map(|end| self.by_end.get(end).map(Vec::as_slice).unwrap_or_default());
                let [at_from, at_to] = by_end;
                let taken = [&self.taken, at_from, at_to];
                let room = Room { obstacles: self.obstacles, bounds: self.bounds, taken, width };
                let (place, fits) = room.label_place(&points);
                (place.unwrap_or_else(|| longest(&points).map(middle).unwrap_or_default()), fits)
            }
        };
        let route = Route { link, points, label, label_fits };
        if same.is_none_or(|old| (old.label, old.label_fits) != (label, label_fits)) {
            self.changed.extend(old.map(|old| place_of(old)));
            self.changed.push(place_of(&route));
        }
        match same {
            Some(old) if **old == route => Rc::clone(old),
            _ => Rc::new(route),
        }
    }
}

/// What a route's label covers.
fn place_of(route: &Route) -> Rect {
    label_rect(route.label, words::label_width(&route.link))
}

/// Around every place that a label of a way may take.
fn around(points: &[Point], width: f32) -> Rect {
    let mut places = points.iter().map(|point| label_rect(*point, width));
    let first = places.next().unwrap_or_default();
    places.fold(first, |all, place| all.union(&place))
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
        pieces.sort_by(|a, b| length_of(b).total_cmp(&length_of(a)));
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
