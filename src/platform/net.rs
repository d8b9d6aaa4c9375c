//! Fetching texts: without credentials, without a referrer, and never more or longer than a limit.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCredentials, RequestInit, Response,
};

use super::{window, words};

/// Most bytes of one text. A scenario is some ten kilobytes.
pub const LIMIT: usize = 1 << 20;

/// Longest that one fetch may take, in seconds, its whole text included.
pub const PATIENCE: u32 = 30;

/// Why a text could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetError {
    /// The server answered with this status.
    Status(u16),
    /// No answer, or not one this page may read.
    Unreachable(String),
    /// Longer than [`PATIENCE`].
    TimedOut,
    /// [`Abort::abort`] was called.
    Cancelled,
    /// More than [`LIMIT`].
    TooLarge,
    /// Not UTF-8.
    NotText,
}

impl fmt::Display for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(404) => f.write_str("there is no such file (404)"),
            Self::Status(status) => write!(f, "the server answers with status {status}"),
            Self::Unreachable(why) => write!(f, "no answer that this page may read ({why})"),
            Self::TimedOut => write!(
                f,
                "no complete answer within {PATIENCE} seconds; check your connection, then try again or load this page again"
            ),
            Self::Cancelled => f.write_str("you cancelled it"),
            Self::TooLarge => write!(f, "it is larger than {} KiB", LIMIT / 1024),
            Self::NotText => f.write_str("it is not a text in UTF-8"),
        }
    }
}

impl std::error::Error for NetError {}

/// Stops a fetch that is under way; copies stop the same one.
#[derive(Clone, Debug)]
pub struct Abort(Option<AbortController>);

impl Abort {
    /// For one fetch.
    #[must_use]
    pub fn new() -> Self {
        // Every browser that runs this page can make one.
        Self(AbortController::new().ok())
    }

    /// Stops it. What is done already stays done.
    pub fn abort(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Default for Abort {
    fn default() -> Self {
        Self::new()
    }
}

/// Fetches a text. A relative address is one of this site.
///
/// # Errors
/// Why not.
pub async fn text(address: &str, abort: &Abort) -> Result<String, NetError> {
    let timed_out = Rc::new(Cell::new(false));
    let _timeout = Timeout::new(PATIENCE * 1_000, {
        let (abort, timed_out) = (abort.clone(), Rc::clone(&timed_out));
        move || {
            timed_out.set(true);
            abort.abort();
        }
    });
    let is_aborted = || abort.0.as_ref().is_some_and(|controller| controller.signal().aborted());
    fetch(address, abort).await.map_err(|why| match why {
        NetError::Unreachable(_) if timed_out.get() => NetError::TimedOut,
        NetError::Unreachable(_) if is_aborted() => NetError::Cancelled,
        other => other,
    })
}

async fn fetch(address: &str, abort: &Abort) -> Result<String, NetError> {
    let init = RequestInit::new();
    init.set_signal(abort.0.as_ref().map(AbortController::signal).as_ref());
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await;
    let response: Response = answer.map_err(|error| unreachable(&error))?.unchecked_into();
    if !response.ok() {
        return Err(NetError::Status(response.status()));
    }
    let bytes = bytes(&response).await?;
    String::from_utf8(bytes).map_err(|_| NetError::NotText)
}

/// Calls back once it is worth trying again, until dropped.
#[derive(Debug)]
pub struct Retry {
    _timeout: Timeout,
    _online: EventListener,
}

impl Retry {
    /// After so many seconds, or as soon as the browser is connected again.
    pub fn after(seconds: u32, again: impl Fn() + 'static) -> Self {
        let again = Rc::new(again);
        let online = Rc::clone(&again);
        Self {
            _timeout: Timeout::new(seconds.saturating_mul(1_000), move || again()),
            _online: EventListener::once(&window(), "online", move |_| online()),
        }
    }
}

/// Reads the body piece by piece and gives up at the limit, whatever length was promised.
async fn bytes(response: &Response) -> Result<Vec<u8>, NetError> {
    let mut bytes = Vec::new();
    let Some(body) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|error| unreachable(&error))?;
        if field(&piece, "done").is_truthy() {
            return Ok(bytes);
        }
        let piece: Uint8Array = field(&piece, "value").unchecked_into();
        if bytes.len() + piece.length() as usize > LIMIT {
            // The rest is of no interest; whether the browser stops it immediately is its own affair.
            let _ = reader.cancel();
            return Err(NetError::TooLarge);
        }
        bytes.extend(piece.to_vec());
    }
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

fn unreachable(error: &JsValue) -> NetError {
    NetError::Unreachable(words(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gave_no_answer_says_what_to_do() {
        let said = NetError::TimedOut.to_string();
        assert!(
            said.starts_with("no complete answer within 30 seconds; ") && said.contains("try again"),
            "{said}"
        );
        assert_eq!(NetError::Cancelled.to_string(), "you cancelled it");
    }
}
