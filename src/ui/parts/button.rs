//! Buttons, links that look like them, and what is said while something is on its way.

use yew::prelude::*;

use crate::ui::icon::icon;
use crate::ui::router::Route;

/// A button with words, and the icon of that name before them if it has a name.
pub fn button(
    class: &'static str,
    glyph: &str,
    words: impl Into<AttrValue>,
    onclick: Callback<MouseEvent>,
) -> Html {
    labelled(class, glyph, words.into(), None, onclick)
}

/// The same, pressed or not.
pub fn toggle(
    class: &'static str,
    glyph: &str,
    words: impl Into<AttrValue>,
    pressed: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    labelled(class, glyph, words.into(), Some(if pressed { "true" } else { "false" }), onclick)
}

fn labelled(
    class: &'static str,
    glyph: &str,
    words: AttrValue,
    pressed: Option<&'static str>,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" {class} aria-pressed={pressed} {onclick}>
            if !glyph.is_empty() {
                { icon(glyph) }
            }
            { words }
        </button>
    }
}

/// A click that only tells that it happened.
pub fn click(on_click: &Callback<()>) -> Callback<MouseEvent> {
    on_click.reform(|_: MouseEvent| ())
}

/// A link to a page that looks like a button.
pub fn link_button(class: &'static str, route: &Route, words: &'static str) -> Html {
    html! { <a {class} href={route.href()}>{ words }</a> }
}

/// Says what is on its way.
pub fn waiting(words: impl Into<AttrValue>) -> Html {
    html! { <p role="status" class="muted">{ words.into() }</p> }
}
