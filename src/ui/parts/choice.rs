//! A choice among named values: a labelled list box.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What a choice needs.
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// Names it.
    pub label: AttrValue,
    /// The name of the value chosen; empty for the first entry.
    pub value: AttrValue,
    /// What the empty value is called.
    pub all: AttrValue,
    /// Names of values and what they are called.
    pub options: Vec<(&'static str, AttrValue)>,
    /// Another was chosen.
    pub on_choose: Callback<String>,
}

/// A list box.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let on_choose = props.on_choose.clone();
    let onchange = Callback::from(move |event: Event| {
        on_choose.emit(event.target_unchecked_into::<HtmlSelectElement>().value())
    });
    let option = |(name, text): &(&'static str, AttrValue)| {
        html! { <option key={*name} value={*name} selected={props.value == *name}>{ text.clone() }</option> }
    };
    html! {
        <label class="choice">
            <span class="visually-hidden">{ props.label.clone() }</span>
            <select {onchange}>
                <option value="" selected={props.value.is_empty()}>{ props.all.clone() }</option>
                { for props.options.iter().map(option) }
            </select>
        </label>
    }
}
