//! What is asked or said over the page.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::hooks::Trouble;
use crate::ui::icon::icon;
use crate::ui::parts::{Dialog, trouble_notice};

/// What is asked or said.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Whether to show a solution.
    Solution,
    /// A file that cannot be used.
    Trouble(Rc<Trouble>),
}

/// The dialog that is open, if any.
pub fn dialogs(asked: Option<&Asked>, on_close: &Callback<()>, on_agree: &Callback<()>) -> Html {
    let close = on_close.reform(|_: MouseEvent| ());
    match asked {
        None => Html::default(),
        Some(Asked::Solution) => html! {
            <Dialog key="solution" title="Show a solution?" on_close={on_close.clone()}>
                <p>{ "You learn more from one more try with a hint. The solution opens on a board of its own; your work stays as it is." }</p>
                <div class="button-row">
                    <button type="button" class="button" onclick={close}>{ "Not yet" }</button>
                    <button type="button" class="button primary" onclick={on_agree.reform(|_: MouseEvent| ())}>
                        { icon("ui-eye") }{ "Show it" }
                    </button>
                </div>
            </Dialog>
        },
        Some(Asked::Trouble(trouble)) => html! {
            <Dialog key="trouble" title="This file cannot be used" on_close={on_close.clone()}>
                { trouble_notice(trouble) }
                <div class="button-row">
                    <button type="button" class="button primary" onclick={close}>{ "Close" }</button>
                </div>
            </Dialog>
        },
    }
}
