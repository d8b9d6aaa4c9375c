//! Icons: symbols of `styles/icons.svg`, which the build puts into the page, so that none arrives late.

use yew::prelude::*;

/// What an icon needs.
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// The symbol's name: a component kind or a glyph of the page.
    pub name: AttrValue,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// An icon. Decoration only: what it means is always written beside it, or is the label of its button.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    icon_with(&props.name, props.class.clone())
}

/// The same without a component of its own.
pub fn icon(name: &str) -> Html {
    icon_with(name, Classes::new())
}

/// The same with further classes.
pub fn icon_with(name: &str, class: Classes) -> Html {
    html! {
        <svg class={classes!("icon", class)} aria-hidden="true" focusable="false">
            <use href={format!("#icon-{name}")} />
        </svg>
    }
}
