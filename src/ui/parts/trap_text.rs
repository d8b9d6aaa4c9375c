//! What there is to say about a trap, apart from any design.

use std::sync::Arc;

use trapwise_engine::texts::TrapText;
use yew::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::markdown::{Inline, Markdown};

/// What the words need.
#[derive(Properties, PartialEq)]
pub struct TrapWordsProps {
    /// The trap's text.
    pub text: Arc<TrapText>,
    /// The level of its headings.
    #[prop_or(3)]
    pub level: u8,
}

/// Misconception, consequence, why it is asked, both answers, and where it is written.
#[component]
pub fn TrapWords(props: &TrapWordsProps) -> Html {
    let text = &props.text;
    let section = |icon: &'static str, title: &'static str, class: &'static str, words: &str| {
        html! {
            <section class={classes!("trap-section", class)}>
                <@{format!("h{}", props.level)}><Icon name={icon} />{ title }</@>
                <Markdown text={words.to_owned()} level={props.level + 1} />
            </section>
        }
    };
    html! {
        <div class="trap-words">
            { section("ui-warning", "What AWS does", "consequence", &text.what_aws_does) }
            { section("ui-bulb", "The misconception", "misconception", &text.misconception) }
            { section("ui-target", "Why the exam asks", "why", &text.why_the_exam_asks) }
            <div class="answers">
                { section("ui-flag", "Exam answer", "exam-answer", &text.exam_answer) }
                { section("ui-clock", "AWS today", "aws-today", &text.aws_today) }
            </div>
            if let Some(mnemonic) = &text.mnemonic {
                <p class="mnemonic"><Icon name="ui-star" /><Inline text={mnemonic.clone()} /></p>
            }
            <footer class="sources">
                <ul aria-label="Sources">
                    { for text.sources.iter().map(|source| html! {
                        <li>
                            <a href={source.url.clone()} target="_blank" rel="noopener noreferrer">
                                { source.title.clone() }<Icon name="ui-external" />
                            </a>
                        </li>
                    }) }
                </ul>
                <p>{ format!("Checked on {}.", text.verified_on) }</p>
            </footer>
        </div>
    }
}
