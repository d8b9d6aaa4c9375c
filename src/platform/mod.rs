//! The only module that touches the browser: code above it never uses `web_sys` or `js_sys`.

pub mod address;
pub mod board;
pub mod crash;
pub mod dom;
pub mod files;
pub mod host;
pub mod net;
pub mod storage;
pub mod theme;
pub mod worker;

use wasm_bindgen::{JsCast, JsValue};

/// The window. The page runs in no other place.
fn window() -> web_sys::Window {
    js_sys::global().unchecked_into()
}

fn document() -> Option<web_sys::Document> {
    window().document()
}

/// What an error of the browser says.
fn words(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::message))
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "the browser gives no reason".to_owned())
}
