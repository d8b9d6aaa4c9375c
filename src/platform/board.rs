//! Pointers, sizes and positions, for what is dragged and drawn by hand.
//!
//! Moves are reported once per frame, however many the device sends. Positions are set through the
//! CSSOM, as the page's policy allows no style attributes.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, PointerEvent, ResizeObserver, WheelEvent};
use yew::NodeRef;

use super::window;

/// How long a finger rests before it picks up what is beneath it.
const LONG_PRESS_MS: u32 = 380;

/// What a pointer or wheel did; places are in CSS pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Raw {
    /// A pointer went down.
    Down {
        /// Identifies the pointer.
        pointer: i32,
        /// From the left.
        x: f32,
        /// From the top.
        y: f32,
        /// Whether it is a finger.
        touch: bool,
        /// Whether it is the middle button.
        middle: bool,
        /// Whether Shift, Ctrl or Cmd is held.
        additive: bool,
    },
    /// A pointer moved; at most once per frame and pointer.
    Move {
        /// Identifies the pointer.
        pointer: i32,
        /// From the left.
        x: f32,
        /// From the top.
        y: f32,
    },
    /// A pointer went up.
    Up {
        /// Identifies the pointer.
        pointer: i32,
        /// From the left.
        x: f32,
        /// From the top.
        y: f32,
    },
    /// A pointer was cancelled.
    Cancel {
        /// Identifies the pointer.
        pointer: i32,
    },
    /// A finger has rested for the time of a long press.
    Held {
        /// Identifies the pointer.
        pointer: i32,
    },
    /// The pointer left the element.
    Leave,
    /// A wheel turned.
    Wheel {
        /// From the left.
        x: f32,
        /// From the top.
        y: f32,
        /// To the right, in CSS pixels.
        dx: f32,
        /// Downwards, in CSS pixels.
        dy: f32,
        /// With Ctrl or Cmd, or by pinching a touchpad.
        zoom: bool,
    },
}

/// Listens until dropped.
pub struct Listening {
    _listeners: Vec<EventListener>,
    _state: Rc<RefCell<State>>,
}

#[derive(Default)]
struct State {
    moves: Vec<(i32, f32, f32)>,
    frame: Option<Frame>,
    long_press: Option<Timeout>,
}

/// Reports what pointers do to an element. A pointer that goes down is captured, so that a drag may
/// leave the element. With `wheel` the element takes the wheel, which then scrolls nothing.
#[must_use]
pub fn listen(node: &NodeRef, wheel: bool, emit: impl Fn(Raw) + 'static) -> Option<Listening> {
    let element = node.cast::<HtmlElement>()?;
    let state = Rc::new(RefCell::new(State::default()));
    let emit: Rc<dyn Fn(Raw)> = Rc::new(emit);
    let on = |name: &'static str, handle: Box<dyn Fn(&Event)>| {
        let options = EventListenerOptions { phase: EventListenerPhase::Bubble, passive: false };
        EventListener::new_with_options(&element, name, options, move |event| handle(event))
    };
    let mut listeners = Vec::new();
    {
        let (state, emit, element) = (Rc::clone(&state), Rc::clone(&emit), element.clone());
        listeners.push(on(
            "pointerdown",
            Box::new(move |event| {
                let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
                if event.button() > 1 || has_a_click_of_its_own(event) {
                    return;
                }
                flush(&state, &emit);
                let (pointer, touch) = (event.pointer_id(), event.pointer_type() == "touch");
                let _ = element.set_pointer_capture(pointer);
                if touch {
                    // As a mouse would do, whose events are taken back below: a field that is being
                    // edited takes its value.
                    focus(&element);
                    let emit = Rc::clone(&emit);
                    let held = Timeout::new(LONG_PRESS_MS, move || emit(Raw::Held { pointer }));
                    state.borrow_mut().long_press = Some(held);
                }
                let (x, y) = place_of(event);
                let additive = event.shift_key() || event.ctrl_key() || event.meta_key();
                emit(Raw::Down { pointer, x, y, touch, middle: event.button() == 1, additive });
            }),
        ));
    }
    {
        let (state, emit) = (Rc::clone(&state), Rc::clone(&emit));
        listeners.push(on(
            "pointermove",
            Box::new(move |event| {
                let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
                let (pointer, (x, y)) = (event.pointer_id(), place_of(event));
                let mut now = state.borrow_mut();
                match now.moves.iter_mut().find(|(other, ..)| *other == pointer) {
                    Some(last) => *last = (pointer, x, y),
                    None => now.moves.push((pointer, x, y)),
                }
                if now.frame.is_none() {
                    let (state, emit) = (Rc::clone(&state), Rc::clone(&emit));
                    now.frame = Some(on_frame(move || flush(&state, &emit)));
                }
            }),
        ));
    }
    for name in ["pointerup", "pointercancel", "pointerleave"] {
        let (state, emit) = (Rc::clone(&state), Rc::clone(&emit));
        listeners.push(on(
            name,
            Box::new(move |event| {
                let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
                flush(&state, &emit);
                let (pointer, (x, y)) = (event.pointer_id(), place_of(event));
                state.borrow_mut().long_press = None;
                emit(match event.type_().as_str() {
                    "pointerup" => Raw::Up { pointer, x, y },
                    "pointercancel" => Raw::Cancel { pointer },
                    _ => Raw::Leave,
                });
            }),
        ));
    }
    // No click follows a tap that was dealt with: it would press what the tap has brought up there.
    listeners.push(on(
        "touchend",
        Box::new(|event| {
            if event.cancelable() && !has_a_click_of_its_own(event) {
                event.prevent_default();
            }
        }),
    ));
    if wheel {
        let emit = Rc::clone(&emit);
        listeners.push(on(
            "wheel",
            Box::new(move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                event.prevent_default();
                // Lines and pages, as some mice count, in pixels.
                let unit = match event.delta_mode() {
                    0 => 1.0,
                    1 => 20.0,
                    _ => 400.0,
                };
                #[expect(clippy::cast_possible_truncation, reason = "pixels on a screen")]
                let (dx, dy) = ((event.delta_x() * unit) as f32, (event.delta_y() * unit) as f32);
                let zoom = event.ctrl_key() || event.meta_key();
                let (dx, dy) = if event.shift_key() && dx == 0.0 { (dy, 0.0) } else { (dx, dy) };
                let (x, y) = place_of(event);
                emit(Raw::Wheel { x, y, dx, dy, zoom });
            }),
        ));
    }
    Some(Listening { _listeners: listeners, _state: state })
}

/// Whether an event is about something on the element that is clicked, and not pointed at by place.
fn has_a_click_of_its_own(event: &Event) -> bool {
    number_at(event, "data-finding").is_some()
}

/// The number that the element an event is about, or one around it, holds in an attribute.
#[must_use]
pub fn number_at(event: &Event, attribute: &str) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(&format!("[{attribute}]")).ok()??.get_attribute(attribute)?.parse().ok()
}

fn flush(state: &Rc<RefCell<State>>, emit: &Rc<dyn Fn(Raw)>) {
    let moves = {
        let mut state = state.borrow_mut();
        state.frame = None;
        std::mem::take(&mut state.moves)
    };
    for (pointer, x, y) in moves {
        emit(Raw::Move { pointer, x, y });
    }
}

fn place_of(event: &web_sys::MouseEvent) -> (f32, f32) {
    #[expect(clippy::cast_precision_loss, reason = "pixels on a screen")]
    let place = (event.client_x() as f32, event.client_y() as f32);
    place
}

/// A callback on the next frame, unless dropped before.
pub struct Frame {
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

/// Calls back on the next frame.
#[must_use]
pub fn on_frame(callback: impl FnOnce() + 'static) -> Frame {
    let closure = Closure::once(callback);
    let id = window().request_animation_frame(closure.as_ref().unchecked_ref()).unwrap_or_default();
    Frame { id, _closure: closure }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let _ = window().cancel_animation_frame(self.id);
    }
}

/// Watches the size of an element until dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut()>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls back with an element's place and size in the window, now and whenever its size changes.
#[must_use]
pub fn watch_size(node: &NodeRef, changed: impl Fn([f32; 4]) + 'static) -> Option<SizeWatch> {
    let element = node.cast::<HtmlElement>()?;
    let watched = element.clone();
    let closure = Closure::<dyn FnMut()>::new(move || changed(frame_of(&watched)));
    let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(SizeWatch { observer, _closure: closure })
}

/// An element's place and size in the window: left, top, width, height in CSS pixels.
#[must_use]
pub fn frame(node: &NodeRef) -> Option<[f32; 4]> {
    node.cast::<HtmlElement>().map(|element| frame_of(&element))
}

/// The place and size in the window of the element of that id.
#[must_use]
pub fn frame_by_id(id: &str) -> Option<[f32; 4]> {
    let element = super::document()?.get_element_by_id(id)?;
    element.dyn_ref::<HtmlElement>().map(frame_of)
}

fn frame_of(element: &HtmlElement) -> [f32; 4] {
    let rect = element.get_bounding_client_rect();
    #[expect(clippy::cast_possible_truncation, reason = "pixels on a screen")]
    let frame = [rect.x() as f32, rect.y() as f32, rect.width() as f32, rect.height() as f32];
    frame
}

/// Puts an element somewhere within what it is positioned in, with a size.
pub fn put(node: &NodeRef, x: f32, y: f32, w: f32, h: f32) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let style = element.style();
        let _ = style.set_property("transform", &format!("translate({x}px,{y}px)"));
        let _ = style.set_property("width", &format!("{w}px"));
        let _ = style.set_property("height", &format!("{h}px"));
    }
}

/// Puts an element somewhere, and leaves its size to its content.
pub fn put_at(node: &NodeRef, x: f32, y: f32) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.style().set_property("transform", &format!("translate({x}px,{y}px)"));
    }
}

/// Moves and scales an element.
pub fn transform(node: &NodeRef, x: f32, y: f32, zoom: f32) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.style().set_property("transform", &format!("translate({x}px,{y}px) scale({zoom})"));
    }
}

/// Gives an element the keyboard without scrolling the page.
fn focus(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
