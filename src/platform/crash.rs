//! When the page itself fails: the work is saved first, then a screen says so and hands it out.
//!
//! What stands here must not rely on anything that may just have failed: it keeps its own copy of the
//! work and builds the screen without Yew.

use std::cell::RefCell;
use std::panic::PanicHookInfo;

use trapwise_session::Store;
use web_sys::Element;

use super::storage::LocalStore;
use super::{document, files, window};

/// The learner's latest work, as it would be saved.
struct Work {
    file_name: String,
    text: String,
}

/// Where work is put that a crash interrupted; the key is that of a text set aside.
const RESCUE: &str = "trapwise.aside.9999.";

thread_local! {
    static WORK: RefCell<Option<Work>> = const { RefCell::new(None) };
    static UNSAVED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Installs the hook. Once, at the start.
pub fn install() {
    // Yew would put its own hook over one set by other means.
    yew::set_custom_panic_hook(Box::new(|info| {
        let kept = rescue();
        show(info, kept);
    }));
}

/// Keeps a copy of the work for the screen.
pub fn remember(file_name: &str, text: &str) {
    let work = Work { file_name: file_name.to_owned(), text: text.to_owned() };
    WORK.with(|slot| slot.replace(Some(work)));
}

/// Names the place of work that is about to be saved; none once it has been.
pub fn set_unsaved(place: Option<&str>) {
    UNSAVED.with(|slot| slot.replace(place.map(str::to_owned)));
}

/// Saves what is not saved yet; false if it cannot be.
fn rescue() -> bool {
    let place = UNSAVED.with(|slot| slot.try_borrow().ok()?.clone());
    let text = WORK.with(|slot| slot.try_borrow().ok()?.as_ref().map(|work| work.text.clone()));
    if let (Some(place), Some(text)) = (place, text) {
        return LocalStore.set(&format!("{RESCUE}{place}"), &text).is_ok();
    }
    true
}

fn show(info: &PanicHookInfo<'_>, kept: bool) {
    let Some(document) = document() else { return };
    let (Some(body), Ok(main)) = (document.body(), document.create_element("main")) else { return };
    main.set_class_name("crash");
    let _ = main.set_attribute("role", "alert");
    add(&main, "h1", "Something in Trapwise broke");
    let says = if kept {
        "Your work was saved before this message came up. Load the page again to continue with it."
    } else {
        "This browser could not keep your work. Download it first, then load the page again and open it there."
    };
    add(&main, "p", says);
    if let Some(again) = add(&main, "a", "Load the page again") {
        let _ = again.set_attribute("class", "button primary");
        let _ = again.set_attribute("href", &other_address());
    }
    WORK.with(|slot| {
        let Ok(slot) = slot.try_borrow() else { return };
        let Some(work) = slot.as_ref() else { return };
        if let Some((link, _)) = files::link(&work.file_name, &work.text) {
            link.set_class_name("button");
            link.set_text_content(Some("Download my work"));
            let _ = main.append_child(&link);
        }
    });
    add(&main, "p", "What happened, for a bug report:");
    add(&main, "pre", &info.to_string());
    body.set_inner_html("");
    let _ = body.append_child(&main);
}

/// This page's address in another spelling, so that following it loads the page again: nothing of the
/// program can be called any more to do that.
fn other_address() -> String {
    const AGAIN: &str = "again=1";
    let location = window().location();
    let (search, hash) = (location.search().unwrap_or_default(), location.hash().unwrap_or_default());
    let search = search.trim_start_matches('?');
    let mut parts: Vec<_> = search.split('&').filter(|part| !part.is_empty() && *part != AGAIN).collect();
    if !search.contains(AGAIN) {
        parts.push(AGAIN);
    }
    format!("?{}{hash}", parts.join("&"))
}

fn add(to: &Element, name: &str, text: &str) -> Option<Element> {
    let element = document()?.create_element(name).ok()?;
    element.set_text_content(Some(text));
    to.append_child(&element).ok()?;
    Some(element)
}
