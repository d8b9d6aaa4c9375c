//! The whole page.

use yew::prelude::*;

/// The whole application.
#[component]
pub fn App() -> Html {
    html! { <main><h1>{ "Trapwise" }</h1></main> }
}
