//! Icons: symbols of `styles/icons.svg`, which the build puts into the page, so that none arrives late.

use yew::prelude::*;

/// An icon. Decoration only: what it means is always written beside it, or is the label of its button.
pub fn icon(name: &str) -> Html {
    icon_with(name, Classes::new())
}

/// The same with additional classes.
pub fn icon_with(name: &str, class: Classes) -> Html {
    html! {
        <svg class={classes!("icon", class)} aria-hidden="true" focusable="false">
            <use href={format!("#icon-{name}")} />
        </svg>
    }
}
