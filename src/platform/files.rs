//! Files that the learner opens, and files that they are given.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};

use super::net::LIMIT;
use super::{document, words};

/// A file as it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedFile {
    /// Its path inside the folder that was chosen, or its name.
    pub path: String,
    /// What is in it, or why it could not be read.
    pub text: Result<String, String>,
}

/// Reads the files chosen with a file input, and empties it, so that the same ones can be chosen again.
pub async fn chosen(input: HtmlInputElement) -> Vec<OpenedFile> {
    let mut opened = Vec::new();
    for file in list(&input) {
        let text = read(&file).await;
        opened.push(OpenedFile { path: path(&file), text });
    }
    input.set_value("");
    opened
}

/// Where the files that were opened last are kept for a reload, and how much of them at most, in bytes.
const KEPT: &str = "trapwise.opened";
const MOST_KEPT: usize = 1 << 20;
/// Between paths and texts; in no text that was read.
const BETWEEN: char = '\u{fffd}';

/// Keeps what was opened until this tab is closed, so that it is there after a reload. What is too much
/// for that, or could not be read, is not kept.
pub fn keep(files: &[OpenedFile]) {
    let mut text = String::new();
    for file in files {
        let Ok(content) = &file.text else { return };
        text.push_str(&file.path);
        text.push(BETWEEN);
        text.push_str(content);
        text.push(BETWEEN);
    }
    if let Some(storage) = tab_storage() {
        // Not what was opened before that.
        let _ = storage.remove_item(KEPT);
        if text.len() <= MOST_KEPT {
            let _ = storage.set_item(KEPT, &text);
        }
    }
}

/// What was opened before the page was loaded again.
#[must_use]
pub fn kept() -> Option<Vec<OpenedFile>> {
    let text = tab_storage()?.get_item(KEPT).ok()??;
    let mut pieces = text.split(BETWEEN);
    let mut files = Vec::new();
    while let (Some(path), Some(text)) = (pieces.next(), pieces.next()) {
        files.push(OpenedFile { path: path.to_owned(), text: Ok(text.to_owned()) });
    }
    (!files.is_empty()).then_some(files)
}

fn tab_storage() -> Option<web_sys::Storage> {
    super::window().session_storage().ok()?
}

/// Hands the learner a text as a file.
pub fn download(name: &str, text: &str) {
    let Some((link, url)) = link(name, text) else { return };
    link.click();
    // The browser has taken hold of the data by the time the click returns.
    let _ = Url::revoke_object_url(&url);
}

/// A link that downloads a text, and the address it leads to.
pub(super) fn link(name: &str, text: &str) -> Option<(HtmlAnchorElement, String)> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob =
        Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document()?.create_element("a").ok()?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    Some((link, url))
}

fn list(input: &HtmlInputElement) -> Vec<File> {
    let Some(files) = input.files() else { return Vec::new() };
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}

async fn read(file: &File) -> Result<String, String> {
    if file.size() > LIMIT as f64 {
        return Err(format!("it is larger than {} KiB", LIMIT / 1024));
    }
    let text = JsFuture::from(file.text()).await.map_err(|error| words(&error))?;
    let text = text.as_string().unwrap_or_default();
    // The browser puts this character in place of what is not UTF-8.
    if text.contains('\u{fffd}') { Err("it is not a text in UTF-8".to_owned()) } else { Ok(text) }
}

fn path(file: &File) -> String {
    let inside = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath"));
    let inside = inside.ok().and_then(|path| path.as_string()).unwrap_or_default();
    // The chosen folder's own name comes first and says nothing.
    match inside.split_once('/') {
        Some((_, path)) => path.to_owned(),
        None => file.name(),
    }
}
