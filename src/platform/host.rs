//! The page that embeds this one, in its first form: `?embed=1&scenario=<id>&origin=<https://host>`.
//!
//! Messages go to the configured origin only, and only ones from the embedding window and that origin
//! are read.

use gloo::events::EventListener;
use serde::Serialize;
use trapwise_documents::versions::{DocumentKind, current, read_text};
use trapwise_model::named_enum;
use trapwise_model::read::FromJson;
use wasm_bindgen::{JsCast, JsValue};

use super::{address, window};

/// The version of the messages, both ways.
const VERSION: u32 = current(DocumentKind::HostMessage);

/// An embedding page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Who may read what is sent; none when the embedding page named no origin.
    origin: Option<String>,
}

/// What the embedding page is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Message {
    /// The scenario is on screen.
    Ready {
        /// Which.
        scenario: String,
        /// In which version, if not as it is written.
        #[serde(skip_serializing_if = "is_first")]
        seed: u32,
    },
    /// The learner did something worth keeping count of.
    Progress {
        /// Which.
        scenario: String,
        /// In which version, if not as it is written.
        #[serde(skip_serializing_if = "is_first")]
        seed: u32,
        /// How many components are on the board.
        components: usize,
        /// How many times it was checked.
        checks: u32,
        /// How many stages of help were opened.
        hints: u32,
    },
    /// The design was checked.
    Result {
        /// Which.
        scenario: String,
        /// In which version, if not as it is written.
        #[serde(skip_serializing_if = "is_first")]
        seed: u32,
        /// Percent, 0 to 100.
        score: u32,
        /// An estimate on the scale of 100 to 1000.
        scaled: u32,
        /// Whether it is passed.
        passed: bool,
        /// The traps it fell into, worst first.
        findings: Vec<String>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_first(seed: &u32) -> bool {
    *seed == 0
}

named_enum! {
    /// What the embedding page may ask.
    pub enum Request {
        /// To be told the latest state again, for a page that listened too late.
        State = "state",
    }
}

#[derive(Serialize)]
struct Outgoing<'a> {
    source: &'static str,
    version: u32,
    #[serde(flatten)]
    message: &'a Message,
}

#[derive(FromJson)]
struct Incoming {
    target: String,
    version: u32,
    #[serde(rename = "type")]
    request: Request,
}

impl Host {
    /// The embedding page, if the address says that there is one.
    #[must_use]
    pub fn from_address() -> Option<Self> {
        (address::query("embed")? == "1")
            .then(|| Self { origin: address::query("origin").and_then(|text| address::origin(&text)) })
    }

    /// Tells the embedding page.
    pub fn post(&self, message: &Message) {
        let Some(origin) = &self.origin else { return };
        let Some(parent) = parent() else { return };
        let text = serde_json::to_string(&Outgoing { source: "trapwise", version: VERSION, message });
        let Some(value) = text.ok().and_then(|text| js_sys::JSON::parse(&text).ok()) else { return };
        // Fails only for an origin that is none, and that was checked.
        let _ = parent.post_message(&value, origin);
    }

    /// Calls back with every request of the embedding page, until dropped.
    pub fn on_request(&self, mut asked: impl FnMut(Request) + 'static) -> Option<EventListener> {
        let origin = self.origin.clone()?;
        Some(EventListener::new(&window(), "message", move |event| {
            let Some(event) = event.dyn_ref::<web_sys::MessageEvent>() else { return };
            let from_parent = match (event.source(), parent()) {
                (Some(source), Some(parent)) => JsValue::from(source) == JsValue::from(parent),
                _ => false,
            };
            if from_parent
                && event.origin() == origin
                && let Some(request) = understand(&event.data())
            {
                asked(request);
            }
        }))
    }
}

/// A message that has exactly the shape of a request, and nothing else.
fn understand(data: &JsValue) -> Option<Request> {
    // Of `undefined` and functions JSON makes `undefined` and not text.
    let text = js_sys::JSON::stringify(data).ok()?.as_string()?;
    let incoming: Incoming = read_text(DocumentKind::HostMessage, &text)?;
    (incoming.target == "trapwise" && incoming.version == VERSION).then_some(incoming.request)
}

/// The window that embeds this one; none when this is the outermost.
fn parent() -> Option<web_sys::Window> {
    let window = window();
    let parent = window.parent().ok()??;
    (parent != window).then_some(parent)
}
