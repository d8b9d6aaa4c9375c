//! A button that opens files. It stays a real file input, so that the keyboard and a screen reader
//! find what they know.

use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::platform::files::{self, OpenedFile};
use crate::ui::icon::icon;

/// How many files a button opens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Files {
    One,
    Several,
    /// All of a folder.
    Folder,
}

/// A button that opens files.
pub fn file_button(
    label: &'static str,
    glyph: &str,
    files: Files,
    on_open: &Callback<Vec<OpenedFile>>,
) -> Html {
    let on_open = on_open.clone();
    let onchange = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let on_open = on_open.clone();
        spawn_local(async move {
            let opened = files::chosen(input).await;
            if !opened.is_empty() {
                on_open.emit(opened);
            }
        });
    });
    html! {
        <label class="button file-button">
            { icon(glyph) }
            <span>{ label }</span>
            <input
                type="file"
                class="visually-hidden"
                accept=".json,application/json"
                multiple={files != Files::One}
                webkitdirectory={files == Files::Folder}
                {onchange}
            />
        </label>
    }
}
