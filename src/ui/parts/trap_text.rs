//! What there is to say about a trap, apart from any design.

use trapwise_documents::texts::TrapText;
use yew::prelude::*;

use crate::ui::icon::icon;
use crate::ui::markdown::{inline, markdown};
use crate::ui::parts::sources;

/// Misconception, consequence, why it is asked, both answers, and where it is written; with headings of
/// that level.
pub fn trap_words(text: &TrapText, level: u8) -> Html {
    let section = |glyph, title, class, words: &str| trap_section(glyph, title, class, words, level);
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
                <p class="mnemonic">{ icon("ui-star") }{ inline(mnemonic) }</p>
            }
            { sources(&text.sources, &text.verified_on) }
        </div>
    }
}

/// A part of it under a heading of that level.
pub fn trap_section(
    glyph: &'static str,
    title: &'static str,
    class: &'static str,
    words: &str,
    level: u8,
) -> Html {
    html! {
        <section class={classes!("trap-section", class)}>
            <@{format!("h{level}")}>{ icon(glyph) }{ title }</@>
            { markdown(words, &[], level + 1) }
        </section>
    }
}
