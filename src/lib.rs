//! The Trapwise page.

use yew::prelude::*;

/// The whole application.
#[component]
pub fn App() -> Html {
    html! { <h1>{ "Trapwise" }</h1> }
}
