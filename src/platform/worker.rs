//! The engine in a web worker, which is fetched and started with the first request.
//!
//! Without gloo-worker: it neither reports a worker that cannot be loaded nor stops one that is running.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use trapwise_documents::messages::{Numbered, Request, Response};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::{document, words};
use crate::client::{Backend, OnOutcome};

/// Where in the page the address of the worker's script stands: it contains a hash of the
/// worker, so that the browser uses no cached copy of an earlier version.
const SCRIPT: &str = "meta[name=trapwise-worker]";

/// Longest that one answer may take, in seconds, the start of the worker included.
const TIMEOUT_S: u32 = 60;

/// The engine in a worker.
#[derive(Clone, Default)]
pub struct EngineWorker(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    worker: Option<Started>,
    pending: Option<Pending>,
}

struct Started {
    worker: Worker,
    /// Messages sent before it listens are lost.
    is_listening: bool,
    _on_message: EventListener,
    _on_error: EventListener,
}

impl Drop for Started {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

struct Pending {
    id: u32,
    text: String,
    on_outcome: OnOutcome,
    _limit: Timeout,
}

impl Backend for EngineWorker {
    fn send(&self, request: &Numbered<Request>, on_outcome: OnOutcome) {
        let text = match serde_json::to_string(request) {
            Ok(text) => text,
            Err(why) => return on_outcome(Err(format!("The request cannot be written: {why}."))),
        };
        let limit = Timeout::new(TIMEOUT_S * 1_000, {
            let this = self.clone();
            move || this.fail(format!("The engine gave no answer within {TIMEOUT_S} seconds. Try again."))
        });
        self.0.borrow_mut().pending = Some(Pending { id: request.id, text, on_outcome, _limit: limit });
        match self.start() {
            Ok(()) => self.post(),
            Err(why) => self.fail(cannot_start(&why)),
        }
    }

    fn stop(&self) {
        let mut state = self.0.borrow_mut();
        let pending = state.pending.take();
        // One that is still being fetched has not begun: it is as good for the next request.
        let worker = state.worker.take_if(|worker| worker.is_listening);
        drop(state);
        drop((pending, worker));
    }
}

impl EngineWorker {
    /// Starts the worker unless it runs.
    fn start(&self) -> Result<(), String> {
        if self.0.borrow().worker.is_some() {
            return Ok(());
        }
        let script = document().and_then(|document| document.query_selector(SCRIPT).ok().flatten());
        let script = script.and_then(|meta| meta.get_attribute("content")).unwrap_or_default();
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&script, &options).map_err(|error| words(&error))?;
        let on_message = EventListener::new(&worker, "message", {
            let this = self.clone();
            move |event| this.hear(&event.unchecked_ref::<MessageEvent>().data())
        });
        let on_error = EventListener::new(&worker, "error", {
            let this = self.clone();
            move |_| {
                let state = this.0.borrow();
                let has_started = state.worker.as_ref().is_some_and(|worker| worker.is_listening);
                drop(state);
                this.fail(if has_started {
                    "The engine stopped while it was at work. Try again; if it stops again, change the design."
                        .to_owned()
                } else {
                    cannot_start("it could not be loaded or run")
                });
            }
        });
        self.0.borrow_mut().worker =
            Some(Started { worker, is_listening: false, _on_message: on_message, _on_error: on_error });
        Ok(())
    }

    fn post(&self) {
        let state = self.0.borrow();
        if let State { worker: Some(started), pending: Some(pending) } = &*state
            && started.is_listening
        {
            // Text can always be sent.
            let _ = started.worker.post_message(&JsValue::from_str(&pending.text));
        }
    }

    fn hear(&self, data: &JsValue) {
        let Some(text) = data.as_string() else {
            if let Some(started) = &mut self.0.borrow_mut().worker {
                started.is_listening = true;
            }
            return self.post();
        };
        match serde_json::from_str::<Numbered<Response>>(&text) {
            Ok(answer) => {
                // A request that could not be read is answered with the number 0, and there is only one.
                let is_answered = |pending: &mut Pending| [pending.id, 0].contains(&answer.id);
                let pending = self.0.borrow_mut().pending.take_if(is_answered);
                if let Some(pending) = pending {
                    (pending.on_outcome)(Ok(answer.message));
                }
            }
            Err(why) => self.fail(format!("The engine's answer cannot be read: {why}.")),
        }
    }

    /// Ends the worker and reports why there is no answer.
    fn fail(&self, why: String) {
        let state = self.0.take();
        if let Some(pending) = state.pending {
            (pending.on_outcome)(Err(why));
        }
    }
}

fn cannot_start(why: &str) -> String {
    format!(
        "The engine that checks designs cannot start: {why}. Check your connection and try again; you can go on building meanwhile."
    )
}
