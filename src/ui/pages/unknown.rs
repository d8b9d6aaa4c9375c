//! The page of an address that leads nowhere.

use yew::prelude::*;

use crate::ui::parts::{PageTitle, link_button};
use crate::ui::router::Route;

/// Says so, and leads on.
pub fn unknown() -> Html {
    html! {
        <div class="narrow">
            <PageTitle text="Nothing is here" />
            <p>{ "This address leads to no page of Trapwise. Perhaps the scenario or trap has another name now." }</p>
            <p>{ link_button("button primary", &Route::Scenarios, "To the scenarios") }</p>
        </div>
    }
}
