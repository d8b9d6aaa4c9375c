//! The tools for authors: a program of its own in a worker of its own, fetched when something is to be
//! checked or explained and ended with its answer. What it checks may be hostile, and cannot hold up the
//! page.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::{document, words};

/// Where in the page the address of the worker's script stands: it changes with what is in it, so that
/// no copy of an earlier version is taken for it.
const SCRIPT: &str = "meta[name=trapwise-author]";

/// Has documents examined, `(path, text)` each; `question` says what is asked about them.
///
/// # Errors
/// Why the tools cannot be had.
pub async fn ask(question: &str, files: &[(&str, &str)]) -> Result<String, String> {
    let message = Array::of1(&JsValue::from_str(question));
    for (path, text) in files {
        message.push(&JsValue::from_str(path));
        message.push(&JsValue::from_str(text));
    }
    let script = document().and_then(|document| document.query_selector(SCRIPT).ok().flatten());
    let script = script.and_then(|meta| meta.get_attribute("content")).unwrap_or_default();
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&script, &options).map_err(|error| words(&error))?;
    let answer = JsFuture::from(answered(&worker, message)).await;
    worker.terminate();
    answer.map_err(|error| words(&error))?.as_string().ok_or_else(|| "it gave no answer".to_owned())
}

/// Sends the message as soon as the worker says that it listens; resolves with what it says then.
fn answered(worker: &Worker, message: Array) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let on_message = {
            let (worker, message) = (worker.clone(), message.clone());
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let settled = if event.data().is_string() {
                    resolve.call1(&JsValue::UNDEFINED, &event.data())
                } else {
                    worker.post_message(&message).map(|()| JsValue::UNDEFINED)
                };
                // A promise's own functions do not fail, and strings can always be sent.
                let _ = settled;
            })
        };
        worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref::<Function>()));
        let on_error = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            let why = JsValue::from_str("the tools for authors could not be loaded or run");
            let _ = reject.call1(&JsValue::UNDEFINED, &why);
        });
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref::<Function>()));
    })
}
