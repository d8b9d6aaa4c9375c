//! The tools for authors, in a worker: say everything that is wrong with documents. The page itself reads
//! them strictly and knows only whether they are right, so that learners do not have to fetch this.

mod documents;
mod files;

use js_sys::Array;
use serde::Serialize;
use trapwise_model::diagnostic::Diagnostic;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// What the page is told.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Answer {
    /// The path of the scenario, if there is one that can be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<String>,
    /// Everything that is wrong.
    problems: Vec<Diagnostic>,
}

/// A document: its path and its text.
type File = (String, String);

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let on_message = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answer = answer(&event.data().unchecked_into());
            let text = serde_json::to_string(&answer).unwrap_or_default();
            // Text can always be sent.
            let _ = scope.post_message(&JsValue::from_str(&text));
        })
    };
    scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    // Whatever was sent before now is lost: report that the worker is ready.
    let _ = scope.post_message(&JsValue::TRUE);
}

/// Answers a message: the question, then path and text of each file in turn.
fn answer(message: &Array) -> Answer {
    let mut words = message.iter().filter_map(|word| word.as_string());
    let question = words.next().unwrap_or_default();
    let mut files: Vec<File> = Vec::new();
    while let (Some(path), Some(text)) = (words.next(), words.next()) {
        files.push((path, text));
    }
    match (question.as_str(), files.first()) {
        ("files", _) => files::examine(&files),
        (kind, Some((path, text))) => documents::examine(kind, path, text),
        (_, None) => Answer::default(),
    }
}
