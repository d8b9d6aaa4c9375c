//! What is asked or said over the page.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::hooks::Trouble;
use crate::ui::icon::Icon;
use crate::ui::parts::{Dialog, TroubleNotice};

/// What is asked or said.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Whether to show a solution.
    Solution,
    /// A file that cannot be used.
    Trouble(Rc<Trouble>),
}

/// What the dialogs need.
#[derive(Properties, PartialEq)]
pub struct DialogsProps {
    /// What is asked.
    pub asked: Option<Asked>,
    /// No, or understood.
    pub on_close: Callback<()>,
    /// Yes.
    pub on_agree: Callback<()>,
}

/// The dialog that is open, if any.
#[component]
pub fn Dialogs(props: &DialogsProps) -> Html {
    let close = props.on_close.reform(|_: MouseEvent| ());
    match &props.asked {
        None => Html::default(),
        Some(Asked::Solution) => html! {
            <Dialog key="solution" title="Show a solution?" on_close={props.on_close.clone()}>
                <p>{ "You learn more from one more try with a hint. The solution opens on a board of its own; your work stays as it is." }</p>
                <div class="button-row">
                    <button type="button" class="button" onclick={close}>{ "Not yet" }</button>
                    <button type="button" class="button primary" onclick={props.on_agree.reform(|_: MouseEvent| ())}>
                        <Icon name="ui-eye" />{ "Show it" }
                    </button>
                </div>
            </Dialog>
        },
        Some(Asked::Trouble(trouble)) => html! {
            <Dialog key="trouble" title="This file cannot be used" on_close={props.on_close.clone()}>
                <TroubleNotice trouble={(**trouble).clone()} />
                <div class="button-row">
                    <button type="button" class="button primary" onclick={close}>{ "Close" }</button>
                </div>
            </Dialog>
        },
    }
}
