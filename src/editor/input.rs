//! Raw input, as the page reports it: CSS pixels of the page, no meaning yet.

use crate::geometry::{Point, Rect};

/// One raw input.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A pointer went down on the board.
    Down {
        /// Identifies the pointer.
        pointer: i32,
        /// Where in the page.
        at: Point,
        /// A mouse, a finger.
        device: Device,
        /// Which button.
        button: Button,
    },
    /// A pointer went down on the palette's item of that index.
    DownOnPalette {
        /// Identifies the pointer.
        pointer: i32,
        /// Where in the page.
        at: Point,
        /// The item.
        item: usize,
    },
    /// A pointer moved.
    Move {
        /// Identifies the pointer.
        pointer: i32,
        /// Where in the page.
        at: Point,
    },
    /// A pointer went up.
    Up {
        /// Identifies the pointer.
        pointer: i32,
        /// Where in the page.
        at: Point,
    },
    /// The system cancelled a pointer.
    Cancel {
        /// Identifies the pointer.
        pointer: i32,
    },
    /// A pointer has been held still for the time of a long press.
    Held {
        /// Identifies the pointer.
        pointer: i32,
    },
    /// The pointer left the board.
    Leave,
    /// A wheel turned, or two fingers moved on a touchpad.
    Wheel {
        /// Where in the page.
        at: Point,
        /// To the right, in CSS pixels.
        dx: f32,
        /// Downwards, in CSS pixels.
        dy: f32,
        /// Whether it is to zoom: with Ctrl, or by pinching a touchpad.
        zoom: bool,
    },
    /// A key was pressed with the board focused.
    Key(Key),
    /// A frame passed while [`wants_ticks`](crate::Editor::wants_ticks).
    Tick,
    /// The board's element has this place and size in the page.
    Resize(Rect),
}

/// What points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A mouse or a pen: precise, hovers.
    Mouse,
    /// A finger: coarse, does not hover.
    Touch,
}

/// A button of a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The left one, or contact.
    Primary,
    /// The left one with Shift or Ctrl: adds to the selection.
    Additive,
    /// The middle one, or the left one with the space key: pans.
    Pan,
}

/// A key that means something on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// An arrow.
    Arrow(Direction),
    /// An arrow with Shift.
    Extend(Direction),
    /// Ctrl+A.
    SelectAll,
    /// Ctrl+C.
    Copy,
    /// Ctrl+V.
    Paste,
    /// Enter or space.
    Enter,
    /// Escape.
    Escape,
    /// Delete or Backspace.
    Delete,
    /// Ctrl+Z.
    Undo,
    /// Ctrl+Shift+Z or Ctrl+Y.
    Redo,
    /// Ctrl+D.
    Duplicate,
    /// `c`.
    Connect,
    /// `p`.
    Place,
    /// `+`.
    ZoomIn,
    /// `-`.
    ZoomOut,
    /// `0`.
    Fit,
}

/// A direction on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
}

impl Key {
    /// The meaning of a key as browsers name it, with its modifiers; none if it has none here.
    #[must_use]
    pub fn from_name(name: &str, ctrl: bool, shift: bool, alt: bool) -> Option<Self> {
        if alt {
            return None;
        }
        if ctrl {
            return match (name, shift) {
                ("z", false) => Some(Self::Undo),
                ("z" | "Z", true) | ("y", false) => Some(Self::Redo),
                ("d", false) => Some(Self::Duplicate),
                ("a", false) => Some(Self::SelectAll),
                ("c", false) => Some(Self::Copy),
                ("v", false) => Some(Self::Paste),
                _ => None,
            };
        }
        if shift && let Some(Self::Arrow(direction)) = Self::from_name(name, false, false, false) {
            return Some(Self::Extend(direction));
        }
        match name {
            "ArrowLeft" => Some(Self::Arrow(Direction::Left)),
            "ArrowRight" => Some(Self::Arrow(Direction::Right)),
            "ArrowUp" => Some(Self::Arrow(Direction::Up)),
            "ArrowDown" => Some(Self::Arrow(Direction::Down)),
            "Enter" | " " => Some(Self::Enter),
            "Escape" => Some(Self::Escape),
            "Delete" | "Backspace" => Some(Self::Delete),
            "c" => Some(Self::Connect),
            "p" => Some(Self::Place),
            "+" | "=" => Some(Self::ZoomIn),
            "-" => Some(Self::ZoomOut),
            "0" => Some(Self::Fit),
            _ => None,
        }
    }
}
