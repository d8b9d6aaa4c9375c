//! The field that a list is searched with.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::icon::icon;

/// A search field; every change of its text is told.
pub fn search(text: &str, on_search: &Callback<String>) -> Html {
    let oninput =
        on_search.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <label class="search">
            { icon("ui-search") }
            <span class="visually-hidden">{ "Search" }</span>
            <input type="search" placeholder="Search" value={text.to_owned()} {oninput} />
        </label>
    }
}
