//! What a pointer is doing. A gesture holds what it started from; the design changes only when it
//! ends well, in one undo step, and cancelling leaves nothing behind.

use std::rc::Rc;

use trapwise_model::{ComponentId, Target};

use crate::drop::{Carry, Subject};
use crate::editor::{Editor, Effects};
use crate::geometry::{Point, within};
use crate::hit::Hit;
use crate::input::{Button, Device, Input};
use crate::mode::{Draw, Mode};
use crate::resize_span::ResizeSpan;
use crate::viewport::Viewport;

/// How far a pointer moves before a press becomes a drag, in CSS pixels.
const MOUSE_SLOP: f32 = 4.0;
const TOUCH_SLOP: f32 = 10.0;
/// How close to the edge of the board a drag makes it pan, and how fast, in CSS pixels.
const EDGE: f32 = 36.0;
const PAN_STEP: f32 = 9.0;

/// What a pointer is doing.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// Is down, and has not moved yet.
    Pressing {
        /// Which pointer.
        pointer: i32,
        /// Where it went down, in the page.
        at: Point,
        /// On what.
        hit: Hit,
        /// With what.
        device: Device,
        /// With which button.
        button: Button,
    },
    /// Is down on an item of the palette, and has not moved yet.
    PressingItem {
        /// Which pointer.
        pointer: i32,
        /// Where it went down, in the page.
        at: Point,
        /// The item.
        item: usize,
    },
    /// Drags a card, a frame or a new component.
    Carrying(i32, Carry),
    /// Resizes the span of a band.
    ResizingSpan(ResizeSpan),
    /// Draws a link.
    Drawing(i32, Draw),
    /// Draws a frame around what is to be selected.
    Framing {
        /// Which pointer.
        pointer: i32,
        /// Where it began, on the board.
        from: Point,
        /// Where the pointer is, on the board.
        to: Point,
    },
    /// Moves the board.
    Panning {
        /// Which pointer.
        pointer: i32,
        /// Where it was last, in the page.
        at: Point,
        /// What was shown before.
        before: Viewport,
    },
    /// Moves and zooms the board with two fingers.
    Pinching {
        /// The fingers, and where they are in the page.
        fingers: [(i32, Point); 2],
    },
}

impl Editor {
    /// What the pointer is doing.
    #[must_use]
    pub const fn gesture(&self) -> &Gesture {
        &self.gesture
    }

    /// Whether the page is to send [`Input::Tick`] on each frame: something is dragged to an edge.
    #[must_use]
    pub fn wants_ticks(&self) -> bool {
        self.edge_pan().is_some()
    }

    /// Takes one raw input.
    pub fn input(&mut self, input: Input) -> Effects {
        let mut effects = Effects::default();
        self.animated = false;
        match input {
            Input::Down { pointer, at, device, button } => self.down(pointer, at, device, button),
            Input::DownOnPalette { pointer, at, item } => {
                self.cancel();
                self.gesture = Gesture::PressingItem { pointer, at, item };
            }
            Input::Move { pointer, at } => self.moved(pointer, at, &mut effects),
            Input::Up { pointer, at } => self.up(pointer, at, &mut effects),
            Input::Cancel { pointer } => {
                if self.pointer() == Some(pointer) {
                    self.cancel();
                }
            }
            Input::Held { pointer } => self.held(pointer, &mut effects),
            Input::Leave => self.hover = None,
            Input::Wheel { at, dx, dy, zoom } => {
                let bounds = self.layout.bounds;
                self.fitted = false;
                if zoom {
                    self.viewport.zoom_at(at, within(-dy * 0.0025, -0.5, 0.5).exp(), &bounds);
                } else {
                    self.viewport.pan(-dx, -dy, &bounds);
                }
            }
            Input::Key(key) => self.key(key, &mut effects),
            Input::Tick => self.tick(),
            Input::Resize(frame) => self.resize(frame),
        }
        effects
    }

    /// Ends what the pointer is doing and takes it back. Says whether there was anything.
    pub(crate) fn cancel(&mut self) -> bool {
        match std::mem::take(&mut self.gesture) {
            Gesture::Idle => false,
            Gesture::Panning { before, .. } => {
                let frame = self.viewport.frame;
                self.viewport = Viewport { frame, ..before };
                true
            }
            _ => true,
        }
    }

    fn pointer(&self) -> Option<i32> {
        match &self.gesture {
            Gesture::Idle | Gesture::Pinching { .. } => None,
            Gesture::Pressing { pointer, .. }
            | Gesture::PressingItem { pointer, .. }
            | Gesture::Carrying(pointer, _)
            | Gesture::ResizingSpan(ResizeSpan { pointer, .. })
            | Gesture::Drawing(pointer, _)
            | Gesture::Framing { pointer, .. }
            | Gesture::Panning { pointer, .. } => Some(*pointer),
        }
    }

    fn down(&mut self, pointer: i32, at: Point, device: Device, button: Button) {
        self.question = None;
        match &self.gesture {
            // A second finger turns a press or a pan into a pinch.
            Gesture::Pressing { pointer: first, at: start, device: Device::Touch, .. }
            | Gesture::Panning { pointer: first, at: start, .. }
                if device == Device::Touch && *first != pointer =>
            {
                self.gesture = Gesture::Pinching { fingers: [(*first, *start), (pointer, at)] };
            }
            Gesture::Idle => {
                let hit = self.hit(self.viewport.to_board(at), device == Device::Touch);
                self.gesture = Gesture::Pressing { pointer, at, hit, device, button };
            }
            _ => {}
        }
    }

    fn moved(&mut self, pointer: i32, at: Point, effects: &mut Effects) {
        let board = self.viewport.to_board(at);
        match std::mem::take(&mut self.gesture) {
            Gesture::Idle => {
                self.aim(board);
                let hover = match self.hit(board, false) {
                    Hit::Card(id, _) | Hit::Handle(id) | Hit::Edge(id, ..) | Hit::Header(id) => {
                        Some(Target::Component(id))
                    }
                    Hit::Link(id) => Some(Target::Link(id)),
                    Hit::Area(_) | Hit::Board => None,
                };
                self.hover = hover;
            }
            Gesture::Pressing { pointer: own, at: start, hit, device, button } => {
                let slop = if device == Device::Touch { TOUCH_SLOP } else { MOUSE_SLOP };
                if own != pointer || start.distance(at) < slop {
                    self.gesture = Gesture::Pressing { pointer: own, at: start, hit, device, button };
                } else {
                    self.start_drag(own, start, hit, device, button, effects);
                    self.moved(pointer, at, effects);
                }
            }
            Gesture::PressingItem { pointer: own, at: start, item } => {
                if own != pointer || start.distance(at) < MOUSE_SLOP {
                    self.gesture = Gesture::PressingItem { pointer: own, at: start, item };
                } else if let Some(carry) = self.carry(Subject::Item(item), None) {
                    self.mode = Mode::Select;
                    self.gesture = Gesture::Carrying(own, carry);
                    self.moved(pointer, at, effects);
                }
            }
            Gesture::Carrying(own, mut carry) => {
                if own == pointer {
                    let inside = self.viewport.frame.contains(at);
                    carry.drop =
                        inside.then(|| self.drop_at(&carry.subject, board, true)).flatten().map(Rc::new);
                    carry.at = Some(board);
                    carry.inside |= self.viewport.frame.grown(-EDGE).contains(at);
                }
                self.gesture = Gesture::Carrying(own, carry);
            }
            Gesture::ResizingSpan(mut span) => {
                if span.pointer == pointer {
                    self.resize_span(&mut span, board);
                }
                self.gesture = Gesture::ResizingSpan(span);
            }
            Gesture::Drawing(own, mut draw) => {
                if own == pointer {
                    self.draw_to(&mut draw, board);
                }
                self.gesture = Gesture::Drawing(own, draw);
            }
            Gesture::Framing { pointer: own, from, to } => {
                let to = if own == pointer { board } else { to };
                self.gesture = Gesture::Framing { pointer: own, from, to };
            }
            Gesture::Panning { pointer: own, at: last, before } => {
                if own == pointer {
                    let bounds = self.layout.bounds;
                    self.viewport.pan(at.x - last.x, at.y - last.y, &bounds);
                    self.fitted = false;
                    self.gesture = Gesture::Panning { pointer: own, at, before };
                } else {
                    self.gesture = Gesture::Panning { pointer: own, at: last, before };
                }
            }
            Gesture::Pinching { mut fingers } => {
                let [(_, a), (_, b)] = fingers;
                if let Some(finger) = fingers.iter_mut().find(|(id, _)| *id == pointer) {
                    finger.1 = at;
                }
                let [(_, c), (_, d)] = fingers;
                let middle =
                    |a: Point, b: Point| Point::new(f32::midpoint(a.x, b.x), f32::midpoint(a.y, b.y));
                let (before, after) = (middle(a, b), middle(c, d));
                let bounds = self.layout.bounds;
                self.viewport.pan(after.x - before.x, after.y - before.y, &bounds);
                self.viewport.zoom_at(after, c.distance(d).max(1.0) / a.distance(b).max(1.0), &bounds);
                self.fitted = false;
                self.gesture = Gesture::Pinching { fingers };
            }
        }
    }

    fn start_drag(
        &mut self,
        pointer: i32,
        at: Point,
        hit: Hit,
        device: Device,
        button: Button,
        effects: &mut Effects,
    ) {
        let board = self.viewport.to_board(at);
        let selected = |id: &ComponentId| self.is_selected(id);
        let pan = Gesture::Panning { pointer, at, before: self.viewport };
        if button == Button::Pan {
            self.gesture = pan;
            return;
        }
        let on_selected = matches!(&hit, Hit::Card(id, _) | Hit::Header(id) if self.is_selected(id));
        if button == Button::Additive || (self.multi_select && !on_selected) {
            self.gesture = Gesture::Framing { pointer, from: board, to: board };
            return;
        }
        self.gesture = match hit {
            Hit::Handle(id) => {
                self.mode = Mode::Select;
                let draw = Draw { from: id, at: board, target: None, verdict: None };
                Gesture::Drawing(pointer, draw)
            }
            Hit::Edge(id, part, right) => {
                let containers = self
                    .design
                    .component(id.as_str())
                    .map(|band| band.containers.clone())
                    .unwrap_or_default();
                self.select_one(Some(Target::Component(id.clone())));
                Gesture::ResizingSpan(ResizeSpan {
                    pointer,
                    id,
                    part,
                    right,
                    containers,
                    verdict: Ok(String::new()),
                })
            }
            // A finger moves what is selected; elsewhere it moves the board.
            Hit::Card(id, held) if device == Device::Mouse || selected(&id) => {
                self.pick_up(pointer, id, held, board, effects).unwrap_or(pan)
            }
            Hit::Header(id) if device == Device::Mouse || selected(&id) => {
                self.pick_up(pointer, id, None, board, effects).unwrap_or(pan)
            }
            _ => pan,
        };
    }

    fn pick_up(
        &mut self,
        pointer: i32,
        id: ComponentId,
        held: Option<ComponentId>,
        at: Point,
        effects: &mut Effects,
    ) -> Option<Gesture> {
        if !self.is_selected(&id) {
            self.select_one(Some(Target::Component(id.clone())));
        }
        self.mode = Mode::Select;
        if !self.rules.may_set(id.as_str(), "in") {
            effects.announce.push(format!("{} is locked and cannot be changed", self.title(&id)));
        }
        self.carry(Subject::Component(id, held), Some(at)).map(|carry| Gesture::Carrying(pointer, carry))
    }

    fn held(&mut self, pointer: i32, effects: &mut Effects) {
        let Gesture::Pressing { pointer: own, at, hit: Hit::Card(id, span), .. } = &self.gesture else {
            return;
        };
        if *own != pointer {
            return;
        }
        let (at, id, span) = (self.viewport.to_board(*at), id.clone(), span.clone());
        if let Some(gesture) = self.pick_up(pointer, id, span, at, effects) {
            self.gesture = gesture;
        }
    }

    fn up(&mut self, pointer: i32, at: Point, effects: &mut Effects) {
        if let Gesture::Pinching { fingers } = &self.gesture {
            // The finger that stays continues panning.
            let stays = fingers.iter().find(|(id, _)| *id != pointer).copied();
            if fingers.iter().any(|(id, _)| *id == pointer) {
                self.gesture = stays.map_or(Gesture::Idle, |(pointer, at)| Gesture::Panning {
                    pointer,
                    at,
                    before: self.viewport,
                });
            }
            return;
        }
        if self.pointer() != Some(pointer) {
            return;
        }
        self.moved(pointer, at, effects);
        match std::mem::take(&mut self.gesture) {
            Gesture::Pressing { hit, button: Button::Primary, .. } => self.tap(hit, at, effects),
            Gesture::Pressing { hit, button: Button::Additive, .. } => self.toggle_hit(hit, effects),
            Gesture::Framing { from, to, .. } => self.select_within(from, to, effects),
            Gesture::PressingItem { item, .. } => self.pick_item(item, effects),
            Gesture::Carrying(_, carry) => self.let_go(&carry, effects),
            Gesture::ResizingSpan(span) => self.end_resize_span(span, effects),
            Gesture::Drawing(_, draw) => match draw.target {
                Some(to) => self.connect(&draw.from, &to, effects),
                None => effects.announce.extend(draw.verdict.and_then(Result::err)),
            },
            _ => {}
        }
    }

    /// By how much the board pans while something is dragged near its edge.
    fn edge_pan(&self) -> Option<(f32, f32)> {
        let at = match &self.gesture {
            Gesture::Carrying(_, Carry { at: Some(at), inside: true, .. })
            | Gesture::Drawing(_, Draw { at, .. }) => *at,
            _ => return None,
        };
        let (at, frame) = (self.viewport.to_frame(at), self.viewport.frame);
        let push = |at: f32, room: f32| {
            if at < 0.0 || at > room {
                0.0
            } else if at < EDGE {
                PAN_STEP * (1.0 - at / EDGE)
            } else if at > room - EDGE {
                -PAN_STEP * (1.0 - (room - at) / EDGE)
            } else {
                0.0
            }
        };
        let (dx, dy) = (push(at.x, frame.w), push(at.y, frame.h));
        (dx != 0.0 || dy != 0.0).then_some((dx, dy))
    }

    fn tick(&mut self) {
        let Some((dx, dy)) = self.edge_pan() else { return };
        let bounds = self.layout.bounds;
        self.viewport.pan(dx, dy, &bounds);
        self.fitted = false;
        let zoom = self.viewport.zoom;
        // The pointer stays where it is on the screen, so it moves on the board.
        match &mut self.gesture {
            Gesture::Carrying(_, Carry { at: Some(at), .. }) | Gesture::Drawing(_, Draw { at, .. }) => {
                *at = at.shifted(-dx / zoom, -dy / zoom);
            }
            _ => {}
        }
    }
}
