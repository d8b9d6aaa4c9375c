//! A choice among named values: a labelled list box.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A choice.
pub struct Choice<'a> {
    /// Names it.
    pub label: &'static str,
    /// The name of the value chosen; empty for the first entry.
    pub value: &'a str,
    /// What the empty value is called.
    pub all: &'static str,
    /// Names of values and what they are called.
    pub options: Vec<(&'static str, AttrValue)>,
    /// Another was chosen.
    pub on_choose: Callback<String>,
}

/// A list box.
pub fn choice(choice: Choice<'_>) -> Html {
    let Choice { label, value, all, options, on_choose } = choice;
    let onchange =
        on_choose.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let option = |(name, text): &(&'static str, AttrValue)| {
        html! { <option key={*name} value={*name} selected={value == *name}>{ text.clone() }</option> }
    };
    html! {
        <label class="choice">
            <span class="visually-hidden">{ label }</span>
            <select {onchange}>
                <option value="" selected={value.is_empty()}>{ all }</option>
                { for options.iter().map(option) }
            </select>
        </label>
    }
}
