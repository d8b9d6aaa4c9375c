//! The engine in a web worker: what it is asked comes as a message, and so does its answer.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let on_message = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            // Text can always be sent.
            let _ = scope.post_message(&JsValue::from_str(&trapwise_worker::answer_text(&text)));
        })
    };
    scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    // Messages sent before this line are lost: report that the worker is ready.
    let _ = scope.post_message(&JsValue::TRUE);
}
