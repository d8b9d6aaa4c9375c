//! The one heading of a page: it names the tab, and takes the keyboard after a change of page.

use yew::prelude::*;

use crate::platform::dom;
use crate::ui::markdown::inline;
use crate::ui::router;

/// The heading's id.
const ID: &str = "page-title";

/// What a title needs.
#[derive(Properties, PartialEq)]
pub struct PageTitleProps {
    /// On screen and in the tab; may hold code in backticks.
    pub text: AttrValue,
    /// Additional classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A page's title.
#[component]
pub fn PageTitle(props: &PageTitleProps) -> Html {
    use_effect_with(props.text.clone(), |text| {
        let text = text.replace('`', "");
        let own = text == "Trapwise";
        dom::set_title(&if own { "Trapwise".to_owned() } else { format!("{text} · Trapwise") });
        router::arrive(ID);
    });
    html! { <h1 id={ID} tabindex="-1" class={props.class.clone()}>{ inline(&props.text) }</h1> }
}
