//! The switch between panes on a narrow screen.

use yew::prelude::*;

use super::state::{Act, Pane};
use crate::ui::icon::icon;

const PANES: [(Pane, &str, &str); 5] = [
    (Pane::Brief, "ui-book", "Brief"),
    (Pane::Board, "ui-board", "Board"),
    (Pane::Parts, "ui-parts", "Parts"),
    (Pane::Inspect, "ui-inspect", "Inspect"),
    (Pane::Results, "ui-flag", "Results"),
];

/// Five buttons at the foot of the page.
pub fn pane_bar(active: Pane, act: &Callback<Act>) -> Html {
    let button = |(pane, glyph, label): (Pane, &'static str, &'static str)| {
        html! {
            <li key={label}>
                <button
                    type="button" aria-current={(pane == active).then_some("true")}
                    onclick={act.reform(move |_: MouseEvent| Act::Pane(pane))}
                >
                    { icon(glyph) }<span>{ label }</span>
                </button>
            </li>
        }
    };
    html! {
        <nav class="pane-bar" aria-label="Panes"><ul>{ for PANES.into_iter().map(button) }</ul></nav>
    }
}
