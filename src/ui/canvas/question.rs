//! What is a drawn link to mean? A small dialog over the board.

use std::rc::Rc;

use trapwise_editor::LinkQuestion;
use yew::prelude::*;

use crate::platform::board;

#[derive(Properties, PartialEq)]
pub(super) struct QuestionProps {
    pub(super) question: Rc<LinkQuestion>,
    /// Told the chosen option, or none when the question is dropped.
    pub(super) on_answer: Callback<Option<usize>>,
}

#[component]
pub(super) fn Question(props: &QuestionProps) -> Html {
    let QuestionProps { question, on_answer } = props;
    let first = use_node_ref();
    {
        let first = first.clone();
        use_effect_with(Rc::clone(question), move |_| board::focus(&first));
    }
    let focused = question.options.iter().position(|option| option.refused.is_none());
    let dismiss = on_answer.reform(|_: MouseEvent| None);
    let on_key = {
        let on_answer = on_answer.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                on_answer.emit(None);
            }
        })
    };
    let options = question.options.iter().enumerate().map(|(index, option)| {
        let node = if Some(index) == focused { first.clone() } else { NodeRef::default() };
        let on_click = on_answer.reform(move |_: MouseEvent| Some(index));
        let help = option.refused.clone().unwrap_or_else(|| option.help.clone());
        html! {
            <li key={index}>
                <button ref={node} type="button" class="answer" disabled={option.refused.is_some()} onclick={on_click}>
                    <span class="answer-label">{ &option.label }</span>
                    <span class="answer-help">{ help }</span>
                </button>
            </li>
        }
    });
    html! {
        <div class="question-veil">
            <div class="question" role="dialog" aria-modal="true" aria-labelledby="link-question" onkeydown={on_key}>
                <h2 id="link-question">{ &question.text }</h2>
                <ul>{ for options }</ul>
                <button type="button" class="quiet-button" onclick={dismiss}>{ "Draw no link" }</button>
            </div>
        </div>
    }
}
