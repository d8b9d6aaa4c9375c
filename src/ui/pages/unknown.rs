//! The page of an address that leads nowhere.

use yew::prelude::*;

use crate::ui::parts::{PageTitle, link_button};
use crate::ui::router::Route;

/// Says so, and leads on.
pub fn unknown() -> Html {
    html! {
        <div class="narrow">
            <PageTitle text="Page not found" />
            <p>{ "Trapwise has no page at this address. The scenario or trap may have been renamed." }</p>
            <p>{ link_button("button primary", &Route::Scenarios, "To the scenarios") }</p>
        </div>
    }
}
