//! What is a drawn link to mean? A small dialog.

use std::rc::Rc;

use trapwise_editor::LinkQuestion;
use yew::prelude::*;

use crate::platform::dom;
use crate::ui::parts::button;

#[derive(Properties, PartialEq)]
pub(super) struct QuestionProps {
    pub(super) question: Rc<LinkQuestion>,
    /// Told the chosen option, or none when the question is dropped.
    pub(super) on_answer: Callback<Option<usize>>,
}

#[component]
pub(super) fn Question(props: &QuestionProps) -> Html {
    let QuestionProps { question, on_answer } = props;
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        // Closing gives the keyboard back to where it was.
        use_effect_with((), move |()| {
            dom::open_dialog(&dialog);
            move || dom::close_dialog(&dialog)
        });
    }
    let dismiss = on_answer.reform(|_: MouseEvent| None);
    // Escape.
    let on_cancel = {
        let on_answer = on_answer.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_answer.emit(None);
        })
    };
    let options = question.options.iter().enumerate().map(|(index, option)| {
        let on_click = on_answer.reform(move |_: MouseEvent| Some(index));
        let help = option.refused.clone().unwrap_or_else(|| option.help.clone());
        html! {
            <li key={index}>
                <button type="button" class="answer" disabled={option.refused.is_some()} onclick={on_click}>
                    <span class="answer-label">{ &option.label }</span>
                    <span class="answer-help">{ help }</span>
                </button>
            </li>
        }
    });
    html! {
        <dialog ref={dialog} class="question" aria-labelledby="link-question" oncancel={on_cancel}>
            <h2 id="link-question">{ &question.text }</h2>
            <ul>{ for options }</ul>
            { button("quiet-button", "", "Cancel", dismiss) }
        </dialog>
    }
}
