//! What there is to say about a fact, apart from where to practise it.

use trapwise_documents::scenario::{Fact, FactStatus};
use yew::prelude::*;

use crate::ui::icon::icon;
use crate::ui::markdown::inline;
use crate::ui::parts::trap_section;
use crate::ui::words;

/// How the claim stands today.
pub fn fact_status(status: FactStatus) -> Html {
    html! { <span class={classes!("fact-status", status.name())}>{ words::fact_status(status) }</span> }
}

/// Both answers and how to remember them; with headings of that level.
pub fn fact_words(fact: &Fact, level: u8) -> Html {
    html! {
        <>
            <div class="answers">
                { trap_section("ui-flag", "Exam answer", "exam-answer", &fact.exam_answer, level) }
                { trap_section("ui-clock", "AWS today", "aws-today", &fact.aws_today, level) }
            </div>
            if let Some(mnemonic) = &fact.mnemonic {
                <p class="mnemonic">{ icon("ui-star") }{ inline(mnemonic) }</p>
            }
        </>
    }
}
