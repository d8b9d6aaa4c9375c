//! What has to be known before anything is done: whose work is on the board, and whether another tab
//! is at the same.

use trapwise_session::Saved;
use yew::prelude::*;

use super::state::Look;
use crate::ui::icon::icon;
use crate::ui::words::count;

/// What the banners need.
pub struct Banners<'a> {
    /// What is on the board instead of the learner's work.
    pub look: Option<&'a Look>,
    /// What another tab has saved.
    pub theirs: Option<&'a Saved>,
    /// Back to the learner's work.
    pub on_back: Callback<()>,
    /// Another of several solutions.
    pub on_other: Callback<usize>,
    /// This tab's work is the one to keep.
    pub on_keep: Callback<()>,
    /// The other tab's is.
    pub on_take: Callback<()>,
}

/// The banners.
pub fn banners(props: &Banners<'_>) -> Html {
    html! {
        <div class="banners">
            if let Some(look) = props.look {
                <div class="notice info">
                    { icon("ui-eye") }
                    <p><strong>{ look.title.clone() }</strong>{ " is on the board. Your own work is kept." }</p>
                    if let Some((shown, count)) = look.solution.filter(|(_, count)| *count > 1) {
                        <div class="button-row" role="group" aria-label="Solutions">
                            { for (0..count).map(|number| {
                                let pressed = if number == shown { "true" } else { "false" };
                                let open = props.on_other.reform(move |_: MouseEvent| number);
                                html! {
                                    <button type="button" class="button small" aria-pressed={pressed} onclick={open}>
                                        { "Solution " }{ number + 1 }
                                    </button>
                                }
                            }) }
                        </div>
                    }
                    <button type="button" class="button primary small" onclick={props.on_back.reform(|_: MouseEvent| ())}>
                        { icon("ui-arrow-left") }{ "Back to my work" }
                    </button>
                </div>
            }
            if let Some(theirs) = props.theirs {
                <div class="notice warn" role="alert">
                    { icon("ui-warning") }
                    <p>
                        { "Another tab has changed this scenario's work: there it has " }
                        { count(theirs.attempt.design.components().len(), "component", "components") }
                        { ". Which one do you want to go on with? The other one is set aside." }
                    </p>
                    <button type="button" class="button small" onclick={props.on_keep.reform(|_: MouseEvent| ())}>
                        { "This one" }
                    </button>
                    <button type="button" class="button small" onclick={props.on_take.reform(|_: MouseEvent| ())}>
                        { "The other tab's" }
                    </button>
                </div>
            }
        </div>
    }
}
