//! What has to be known before anything is done: whose work is on the board, whether another tab is at the
//! same, and whether the engine can check it.

use trapwise_session::Saved;
use yew::prelude::*;

use super::state::SolutionView;
use crate::ui::icon::icon;
use crate::ui::parts::{button, click, toggle};
use crate::ui::words::count;

/// Said while a check takes long; the page's status says it to screen readers.
pub const CHECKING: &str = "Checking the design…";

/// What the banners need.
pub struct Banners<'a> {
    /// What is on the board instead of the learner's work.
    pub solution_view: Option<&'a SolutionView>,
    /// What another tab has saved.
    pub theirs: Option<&'a Saved>,
    /// Whether a check takes so long that it has to be said.
    pub is_checking: bool,
    /// Why the last check has no result.
    pub failure: Option<&'a str>,
    /// Back to the learner's work.
    pub on_back: Callback<()>,
    /// Another of several solutions.
    pub on_other: Callback<usize>,
    /// This tab's work is the one to keep.
    pub on_keep: Callback<()>,
    /// The other tab's is.
    pub on_take: Callback<()>,
    /// Checks the board.
    pub on_check: &'a Callback<()>,
}

/// The banners.
pub fn banners(props: &Banners<'_>) -> Html {
    html! {
        <div class="banners">
            if props.is_checking {
                <div class="notice info">{ icon("ui-clock") }<p aria-hidden="true">{ CHECKING }</p></div>
            }
            if let Some(why) = props.failure {
                <div class="notice warn" role="alert">
                    { icon("ui-warning") }<p>{ why }</p>
                    { button("button primary small", "", "Check again", click(props.on_check)) }
                </div>
            }
            if let Some(look) = props.solution_view {
                <div class="notice info">
                    { icon("ui-eye") }
                    <p><strong>{ look.title.clone() }</strong>{ " is on the board. Your own work is kept." }</p>
                    if let Some((shown, count)) = look.solution.filter(|(_, count)| *count > 1) {
                        <div class="button-row" role="group" aria-label="Solutions">
                            { for (0..count).map(|number| {
                                let open = props.on_other.reform(move |_: MouseEvent| number);
                                toggle("button small", "", format!("Solution {}", number + 1), number == shown, open)
                            }) }
                        </div>
                    }
                    { button("button primary small", "ui-arrow-left", "Back to my work", click(&props.on_back)) }
                </div>
            }
            if let Some(theirs) = props.theirs {
                <div class="notice warn" role="alert">
                    { icon("ui-warning") }
                    <p>
                        { "Another tab has changed this scenario's work: there it has " }
                        { count(theirs.attempt.design.components().len(), "component", "components") }
                        { ". Which one do you want to continue with? The other one is kept as a backup." }
                    </p>
                    { button("button small", "", "This one", click(&props.on_keep)) }
                    { button("button small", "", "The other tab's", click(&props.on_take)) }
                </div>
            }
        </div>
    }
}
