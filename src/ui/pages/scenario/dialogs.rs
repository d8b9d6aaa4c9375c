//! What is asked or said over the page.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::hooks::Trouble;
use crate::ui::parts::{Dialog, button, click, trouble_notice};

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
    let close = click(on_close);
    match asked {
        None => Html::default(),
        Some(Asked::Solution) => html! {
            <Dialog key="solution" title="Show a solution?" on_close={on_close.clone()}>
                <p>{ "You learn more from another attempt with a hint. The solution opens on a separate board. Your own work is kept." }</p>
                <div class="button-row">
                    { button("button", "", "Not yet", close) }
                    { button("button primary", "ui-eye", "Show it", click(on_agree)) }
                </div>
            </Dialog>
        },
        Some(Asked::Trouble(trouble)) => html! {
            <Dialog key="trouble" title="This file cannot be used" on_close={on_close.clone()}>
                { trouble_notice(trouble) }
                <div class="button-row">
                    { button("button primary", "", "Close", close) }
                </div>
            </Dialog>
        },
    }
}
