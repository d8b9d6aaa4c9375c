//! The same stem as multiple choice. Once it is answered, every option says why; a wrong one can be
//! put on the board.

use std::rc::Rc;

use trapwise_documents::scenario::QuestionOption;
use trapwise_model::SortedSet;
use yew::prelude::*;

use crate::ui::icon::icon_with;
use crate::ui::markdown::inline;
use crate::ui::pages::pack::Pack;
use crate::ui::parts::{button, click};

/// What the question needs.
#[derive(Properties)]
pub struct QuestionProps {
    /// The scenario.
    pub pack: Rc<Pack>,
    /// The options chosen; empty until it is answered.
    pub answers: SortedSet<String>,
    /// It is answered so.
    pub on_answer: Callback<SortedSet<String>>,
    /// Why not this option? Its id.
    pub on_why_not: Callback<String>,
    /// To the board.
    pub on_build: Callback<()>,
}

impl PartialEq for QuestionProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack) && self.answers == other.answers
    }
}

/// The question.
#[component]
pub fn Question(props: &QuestionProps) -> Html {
    let chosen = use_state_eq(SortedSet::<String>::new);
    let question = &props.pack.scenario.question;
    let right = question.options.iter().filter(|option| option.correct).count();
    let answered = !props.answers.is_empty();
    let option = |option: &QuestionOption| {
        if answered {
            return revealed(props, option);
        }
        let id = option.id.clone();
        let onchange = Callback::from({
            let chosen = chosen.clone();
            move |_: Event| {
                let mut next = if right > 1 { (*chosen).clone() } else { SortedSet::new() };
                if !next.remove(&id) {
                    next.insert(id.clone());
                }
                chosen.set(next);
            }
        });
        html! {
            <li key={option.id.clone()}>
                <label class="option">
                    <input
                        type={if right > 1 { "checkbox" } else { "radio" }}
                        name="option" value={option.id.clone()} checked={chosen.contains(&option.id)} {onchange}
                    />
                    <span class="letter">{ option.id.to_ascii_uppercase() }</span>
                    <span>{ inline(&option.text) }</span>
                </label>
            </li>
        }
    };
    let answer = props.on_answer.reform({
        let chosen = chosen.clone();
        move |_: MouseEvent| (*chosen).clone()
    });
    let on_answer = props.on_answer.clone();
    let again = Callback::from({
        let chosen = chosen.clone();
        move |_: MouseEvent| {
            chosen.set(SortedSet::new());
            on_answer.emit(SortedSet::new());
        }
    });
    html! {
        <>
            <p class="prompt"><strong>{ inline(&question.prompt) }</strong></p>
            if right > 1 {
                <p class="muted">{ format!("Choose {right}.") }</p>
            }
            <ul class={classes!("options", answered.then_some("answered"))} aria-label="Options">
                { for question.options.iter().map(option) }
            </ul>
            if answered {
                <div class="button-row">
                    { button("button primary", "ui-board", "Now build it", click(&props.on_build)) }
                    { button("button quiet", "", "Answer again", again) }
                </div>
            } else {
                <button type="button" class="button primary" disabled={chosen.len() != right.max(1)} onclick={answer}>
                    { "Answer" }
                </button>
            }
        </>
    }
}

fn revealed(props: &QuestionProps, option: &QuestionOption) -> Html {
    let chosen = props.answers.contains(&option.id);
    let (class, glyph, says) = match (option.correct, chosen) {
        (true, true) => ("pass", "ui-check", "right, and your answer"),
        (true, false) => ("pass", "ui-check", "right"),
        (false, true) => ("fail", "ui-cross", "wrong, and your answer"),
        (false, false) => ("other", "ui-cross", "wrong"),
    };
    let letter = option.id.to_ascii_uppercase();
    let id = option.id.clone();
    html! {
        <li key={option.id.clone()} class={class}>
            <div class="option">
                { icon_with(glyph, classes!("status-icon")) }
                <span class="letter">{ letter.clone() }</span>
                <span>
                    <span class="visually-hidden">{ says }{ ": " }</span>
                    { inline(&option.text) }
                    if chosen {
                        <span class="tag">{ "your answer" }</span>
                    }
                </span>
            </div>
            <p class="why">{ inline(&option.why) }</p>
            if option.variant.is_some() {
                { button("button small", "ui-eye", format!("Why not {letter}? See it fail"), props.on_why_not.reform(move |_: MouseEvent| id.clone())) }
            }
        </li>
    }
}
