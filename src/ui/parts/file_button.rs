//! A button that opens files. It stays a real file input, so that the keyboard and a screen reader
//! find what they know.

use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::platform::files::{self, OpenedFile};
use crate::ui::icon::Icon;

/// What the button needs.
#[derive(Properties, PartialEq)]
pub struct FileButtonProps {
    /// On screen.
    pub label: AttrValue,
    /// The icon before it.
    #[prop_or("ui-open".into())]
    pub icon: AttrValue,
    /// Several files, or all of a folder.
    #[prop_or_default]
    pub multiple: bool,
    /// A whole folder.
    #[prop_or_default]
    pub folder: bool,
    /// They were read.
    pub on_open: Callback<Vec<OpenedFile>>,
}

/// A button that opens files.
#[component]
pub fn FileButton(props: &FileButtonProps) -> Html {
    let on_open = props.on_open.clone();
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
            <Icon name={props.icon.clone()} />
            <span>{ props.label.clone() }</span>
            <input
                type="file"
                class="visually-hidden"
                accept=".json,application/json"
                multiple={props.multiple}
                webkitdirectory={props.folder}
                {onchange}
            />
        </label>
    }
}
