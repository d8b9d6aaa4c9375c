//! Small things that a component cannot do by rendering.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::NodeRef;

use super::{document, window};

/// Does something after so many milliseconds, unless what is returned is dropped before.
pub fn later(ms: u32, act: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(ms, act)
}

/// Names the page in the tab and in the history.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the keyboard to the element of that id, if it is there.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Moves the keyboard to the first element that a selector finds, if there is one.
pub fn focus_first(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the keyboard to the first element that a selector finds, if what had it is gone from the page.
pub fn keep_focus(selector: &str) {
    let active = document().and_then(|document| document.active_element());
    if active.is_none_or(|element| element.tag_name() == "BODY") {
        focus_first(selector);
    }
}

/// Brings the element of that id into view.
pub fn reveal(id: &str) {
    if let Some(element) = element(id) {
        element.scroll_into_view();
    }
}

/// How far the page is scrolled, in CSS pixels.
#[must_use]
pub fn scroll_top() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls the page.
pub fn scroll_to(top: f64) {
    window().scroll_to_with_x_and_y(0.0, top);
}

/// Opens a dialog over the page; the browser keeps the keyboard inside and gives it back afterwards.
pub fn open_dialog(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>()
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog.
pub fn close_dialog(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Marks the page's root element, for styles.
pub fn mark_root(attribute: &str, value: Option<&str>) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = match value {
            Some(value) => root.set_attribute(attribute, value),
            None => root.remove_attribute(attribute),
        };
    }
}

/// Calls back whenever a link within the page is followed, until dropped.
pub fn on_link_click(followed: impl Fn() + 'static) -> EventListener {
    EventListener::new(&window(), "click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| matches!(target.closest("a[href^='#/']"), Ok(Some(_)))) {
            followed();
        }
    })
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The element that the page goes into, emptied of what was there while it loaded.
#[must_use]
pub fn root() -> Option<Element> {
    let root = document()?.get_element_by_id("app")?;
    root.set_inner_html("");
    Some(root)
}
