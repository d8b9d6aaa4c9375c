//! Icons from the one sprite, `icons.svg`.

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
    html! {
        <svg class={classes!("icon", props.class.clone())} aria-hidden="true" focusable="false">
            <use href={format!("icons.svg#{}", props.name)} />
        </svg>
    }
}
