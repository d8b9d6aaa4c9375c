//! Sends requests to the engine, one at a time, and calls back with each answer that is still needed.
//!
//! Pure: only a [`Backend`] knows where the engine runs. The page has a worker, the tests call the engine directly.
//!
//! INVARIANT: an answer is used for the request it belongs to, or dropped. A request whose answer is no longer
//! needed is stopped, unless it is as short as an estimate.

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use trapwise_documents::messages::{Numbered, Request, Response};

/// An answer, or why there is none, in a sentence.
pub type Outcome = Result<Response, String>;

/// Called once with the outcome.
pub type OnOutcome = Box<dyn FnOnce(Outcome)>;

/// Where the engine runs.
pub trait Backend {
    /// Sends a request. The client sends the next one after the outcome or [`stop`](Self::stop).
    fn send(&self, request: &Numbered<Request>, on_outcome: OnOutcome);

    /// Stops the running request; its outcome is dropped.
    fn stop(&self);
}

/// The requests of one page.
pub struct Client {
    backend: Box<dyn Backend>,
    queue: RefCell<Queue>,
    this: Weak<Self>,
}

#[derive(Default)]
struct Queue {
    last_id: u32,
    running: Option<Running>,
    waiting: VecDeque<Waiting>,
}

struct Running {
    id: u32,
    /// An estimate takes no longer than it takes to start the engine again.
    is_short: bool,
    /// None once the answer is no longer needed.
    on_outcome: Option<OnOutcome>,
}

struct Waiting {
    request: Numbered<Request>,
    on_outcome: OnOutcome,
}

/// A request; dropping it cancels the request.
#[must_use = "a request whose handle is dropped is cancelled"]
pub struct RequestHandle {
    id: u32,
    client: Weak<Client>,
}

impl RequestHandle {
    /// Whether its outcome is still to come.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.client.upgrade().is_some_and(|client| client.queue.borrow().holds(self.id))
    }
}

impl Queue {
    fn holds(&self, id: u32) -> bool {
        self.running.as_ref().is_some_and(|running| running.id == id)
            || self.waiting.iter().any(|waiting| waiting.request.id == id)
    }
}

impl Drop for RequestHandle {
    fn drop(&mut self) {
        if let Some(client) = self.client.upgrade() {
            client.cancel(self.id);
        }
    }
}

impl Client {
    /// A client of that engine.
    #[must_use]
    pub fn new(backend: impl Backend + 'static) -> Rc<Self> {
        Rc::new_cyclic(|this| Self {
            backend: Box::new(backend),
            queue: RefCell::default(),
            this: this.clone(),
        })
    }

    /// Sends a request as soon as the engine is free.
    pub fn ask(&self, message: Request, on_outcome: impl FnOnce(Outcome) + 'static) -> RequestHandle {
        let id = {
            let mut queue = self.queue.borrow_mut();
            // 0 is the number of an answer to a request that could not be read.
            queue.last_id = queue.last_id.checked_add(1).unwrap_or(1);
            let id = queue.last_id;
            let request = Numbered { id, message };
            queue.waiting.push_back(Waiting { request, on_outcome: Box::new(on_outcome) });
            id
        };
        self.send_next();
        RequestHandle { id, client: self.this.clone() }
    }

    /// The same as a future; dropping it cancels the request.
    ///
    /// # Errors
    /// Why there is no answer.
    pub async fn answer(&self, message: Request) -> Outcome {
        let (sender, receiver) = oneshot::channel();
        let _handle = self.ask(message, |outcome| {
            // It fails only where the future is dropped, which cancels the request.
            let _ = sender.send(outcome);
        });
        receiver.await.unwrap_or_else(|_| Err("The request was cancelled.".to_owned()))
    }

    /// Sends the next request, unless one is running.
    fn send_next(&self) {
        let next = {
            let mut queue = self.queue.borrow_mut();
            if queue.running.is_some() {
                return;
            }
            let Some(Waiting { request, on_outcome }) = queue.waiting.pop_front() else { return };
            let is_short = matches!(request.message, Request::Estimate(_));
            queue.running = Some(Running { id: request.id, is_short, on_outcome: Some(on_outcome) });
            request
        };
        let (this, id) = (self.this.clone(), next.id);
        self.backend.send(
            &next,
            Box::new(move |outcome| {
                if let Some(client) = this.upgrade() {
                    client.finish(id, outcome);
                }
            }),
        );
    }

    fn finish(&self, id: u32, outcome: Outcome) {
        let running = self.queue.borrow_mut().running.take_if(|running| running.id == id);
        let Some(running) = running else { return };
        if let Some(on_outcome) = running.on_outcome {
            on_outcome(outcome);
        }
        self.send_next();
    }

    fn cancel(&self, id: u32) {
        let mut queue = self.queue.borrow_mut();
        let place = queue.waiting.iter().position(|waiting| waiting.request.id == id);
        let waiting = place.and_then(|place| queue.waiting.remove(place));
        let stopped = queue.running.take_if(|running| running.id == id && !running.is_short);
        let running = queue.running.as_mut().filter(|running| running.id == id);
        let on_outcome = running.and_then(|running| running.on_outcome.take());
        // What they own may ask the client again as it is dropped.
        drop(queue);
        drop((waiting, on_outcome));
        if stopped.is_some() {
            self.backend.stop();
            self.send_next();
        }
    }
}
