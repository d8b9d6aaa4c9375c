//! Where something is written.

use trapwise_documents::scenario::Source;
use yew::prelude::*;

use crate::ui::icon::icon;

/// The pages, and when they were last checked.
pub fn sources(sources: &[Source], verified_on: &str) -> Html {
    html! {
        <footer class="sources">
            <ul aria-label="Sources">
                { for sources.iter().map(|source| html! {
                    <li>
                        <a href={source.url.clone()} target="_blank" rel="noopener noreferrer">
                            { source.title.clone() }{ icon("ui-external") }
                        </a>
                    </li>
                }) }
            </ul>
            <p>{ format!("Checked on {verified_on}.") }</p>
        </footer>
    }
}
