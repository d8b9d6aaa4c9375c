//! Which part of the board the screen shows.

use crate::geometry::{Point, Rect, within};

/// Smallest and largest zoom.
const MIN_ZOOM: f32 = 0.2;
const MAX_ZOOM: f32 = 2.5;
/// Fitting never enlarges beyond this: cards are drawn for zoom 1.
const MAX_FIT: f32 = 1.15;
/// Room left around what is fitted, in CSS pixels.
const MARGIN: f32 = 20.0;
/// How much of the board always stays in view, in CSS pixels.
const KEEP: f32 = 80.0;

/// The window onto the board. `screen = origin + offset + board × zoom`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Where the board's element is in the page, in CSS pixels.
    pub frame: Rect,
    /// Where the board's zero point is within the element, in CSS pixels.
    pub offset: Point,
    /// CSS pixels per board pixel.
    pub zoom: f32,
}

impl Default for Viewport {
    fn default() -> Self {
        Self { frame: Rect::new(0.0, 0.0, 900.0, 700.0), offset: Point::default(), zoom: 1.0 }
    }
}

impl Viewport {
    /// The place on the board under a place of the page.
    #[must_use]
    pub fn to_board(&self, at: Point) -> Point {
        Point::new(
            (at.x - self.frame.x - self.offset.x) / self.zoom,
            (at.y - self.frame.y - self.offset.y) / self.zoom,
        )
    }

    /// The place in the board's element of a place on the board.
    #[must_use]
    pub fn to_frame(&self, at: Point) -> Point {
        Point::new(self.offset.x + at.x * self.zoom, self.offset.y + at.y * self.zoom)
    }

    /// Moves what is shown, in CSS pixels, and keeps some of the board in view.
    pub fn pan(&mut self, dx: f32, dy: f32, bounds: &Rect) {
        self.offset = self.offset.shifted(dx, dy);
        self.keep(bounds);
    }

    /// Changes the zoom so that what is under the place of the page stays there.
    pub fn zoom_at(&mut self, at: Point, factor: f32, bounds: &Rect) {
        let fixed = self.to_board(at);
        self.zoom = within(self.zoom * factor, MIN_ZOOM, MAX_ZOOM);
        self.offset =
            Point::new(at.x - self.frame.x - fixed.x * self.zoom, at.y - self.frame.y - fixed.y * self.zoom);
        self.keep(bounds);
    }

    /// Shows the whole of it, or as much as is readable from its top left.
    pub fn fit(&mut self, bounds: &Rect, least_zoom: f32) {
        if bounds.w <= 0.0 || bounds.h <= 0.0 || self.frame.w <= 0.0 || self.frame.h <= 0.0 {
            return;
        }
        let (room_w, room_h) = (self.frame.w - 2.0 * MARGIN, self.frame.h - 2.0 * MARGIN);
        let whole = (room_w / bounds.w).min(room_h / bounds.h).min(MAX_FIT);
        // A board too tall to be readable whole is fitted by its width, and the other way round.
        let one_way = (room_w / bounds.w).max(room_h / bounds.h).min(least_zoom);
        self.zoom = within(whole.max(one_way), MIN_ZOOM, MAX_ZOOM);
        let place = |room: f32, size: f32, start: f32| {
            MARGIN + ((room - size * self.zoom) / 2.0).max(0.0) - start * self.zoom
        };
        self.offset = Point::new(place(room_w, bounds.w, bounds.x), place(room_h, bounds.h, bounds.y));
    }

    /// The zoom at which its width is in view, from `least` to 1.
    #[must_use]
    pub fn whole_width(&self, bounds: &Rect, least: f32) -> f32 {
        within((self.frame.w - 2.0 * MARGIN) / bounds.w.max(1.0), least, 1.0)
    }

    /// Whether all of it is in view.
    #[must_use]
    pub fn shows(&self, rect: &Rect) -> bool {
        let start = self.to_frame(Point::new(rect.x, rect.y));
        let end = self.to_frame(Point::new(rect.right(), rect.bottom()));
        start.x >= 0.0 && start.y >= 0.0 && end.x <= self.frame.w && end.y <= self.frame.h
    }

    /// Moves just enough that the rectangle is in view; says whether it had to.
    pub fn reveal(&mut self, rect: &Rect) -> bool {
        let start = self.to_frame(Point::new(rect.x, rect.y));
        let nudge = |start: f32, size: f32, room: f32| {
            let end = start + size;
            if start < MARGIN || size > room - 2.0 * MARGIN {
                MARGIN - start
            } else if end > room - MARGIN {
                room - MARGIN - end
            } else {
                0.0
            }
        };
        let dx = nudge(start.x, rect.w * self.zoom, self.frame.w);
        let dy = nudge(start.y, rect.h * self.zoom, self.frame.h);
        self.offset = self.offset.shifted(dx, dy);
        dx != 0.0 || dy != 0.0
    }

    fn keep(&mut self, bounds: &Rect) {
        let clamp = |offset: f32, start: f32, size: f32, room: f32| {
            let least = KEEP - (start + size) * self.zoom;
            let most = room - KEEP - start * self.zoom;
            if least > most { offset } else { within(offset, least, most) }
        };
        self.offset = Point::new(
            clamp(self.offset.x, bounds.x, bounds.w, self.frame.w),
            clamp(self.offset.y, bounds.y, bounds.h, self.frame.h),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOARD: Rect = Rect::new(0.0, 0.0, 1000.0, 600.0);

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let mut view = Viewport { frame: Rect::new(100.0, 50.0, 800.0, 600.0), ..Viewport::default() };
        let at = Point::new(400.0, 300.0);
        let before = view.to_board(at);
        view.zoom_at(at, 1.5, &BOARD);
        assert!(view.to_board(at).distance(before) < 0.01);
        view.zoom_at(at, 1000.0, &BOARD);
        assert_eq!(view.zoom, MAX_ZOOM);
    }

    #[test]
    fn panning_never_loses_the_board() {
        let mut view = Viewport::default();
        view.pan(-1.0e6, 1.0e6, &BOARD);
        let corner = view.to_frame(Point::new(BOARD.right(), 0.0));
        assert_eq!(corner, Point::new(KEEP, view.frame.h - KEEP));
    }

    #[test]
    fn fitting_shows_the_whole_board() {
        let mut view = Viewport::default();
        view.fit(&BOARD, 0.5);
        let (start, end) = (view.to_frame(Point::new(0.0, 0.0)), view.to_frame(Point::new(1000.0, 600.0)));
        assert!(start.x >= 0.0 && start.y >= 0.0 && end.x <= view.frame.w && end.y <= view.frame.h);
    }

    #[test]
    fn a_tall_board_is_fitted_by_its_width_so_that_it_stays_readable() {
        let mut view = Viewport::default();
        view.fit(&Rect::new(0.0, 0.0, 800.0, 8000.0), 0.6);
        assert_eq!(view.zoom, 0.6);
        assert_eq!(view.to_frame(Point::default()).y, MARGIN);
    }
}
