//! Fetching texts: without credentials, without a referrer, and never more than a limit.

use std::fmt;

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, ReferrerPolicy, RequestCredentials, RequestInit, Response};

use super::{window, words};

/// Most bytes of one text. A scenario is some ten kilobytes.
pub const LIMIT: usize = 1 << 20;

/// Why a text could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetError {
    /// The server answered with this status.
    Status(u16),
    /// No answer, or not one this page may read.
    Unreachable(String),
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
            Self::TooLarge => write!(f, "it is larger than {} KiB", LIMIT / 1024),
            Self::NotText => f.write_str("it is not a text in UTF-8"),
        }
    }
}

impl std::error::Error for NetError {}

/// Fetches a text. A relative address is one of this site.
///
/// # Errors
/// Why not.
pub async fn text(address: &str) -> Result<String, NetError> {
    let init = RequestInit::new();
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
