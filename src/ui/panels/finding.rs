//! One finding: what goes wrong, the way it goes wrong, how to fix it, and what there is to learn.

use trapwise_documents::report::{FindingReport, FixReport, StepReport};
use trapwise_documents::terms::Severity;
use trapwise_documents::texts::TrapText;
use trapwise_model::Target;
use yew::prelude::*;

use crate::ui::icon::{icon, icon_with};
use crate::ui::markdown::inline;
use crate::ui::parts::{button, click, toggle, trap_words, waiting};
use crate::ui::words;

/// What a finding needs.
pub struct FindingCard<'a> {
    /// Its place in the report.
    pub index: usize,
    /// The finding.
    pub finding: &'a FindingReport,
    /// The words of its trap, once they are here.
    pub text: Option<&'a TrapText>,
    /// Whether they are on their way.
    pub coming: bool,
    /// Whether it is open.
    pub open: bool,
    /// The fix that is previewed.
    pub previewed: Option<usize>,
    /// Whether fixes may be applied.
    pub may_fix: bool,
    /// It is to be opened, or closed.
    pub on_open: &'a Callback<Option<usize>>,
    /// A fix is to be previewed, or no longer.
    pub on_preview: &'a Callback<Option<(usize, usize)>>,
    /// A fix is to be carried out.
    pub on_apply: &'a Callback<(usize, usize)>,
    /// A part is to be seen on the board.
    pub on_step: &'a Callback<Target>,
    /// The board with the way of the finding is to come forward.
    pub on_board: &'a Callback<()>,
}

/// A finding.
pub fn finding_card(card: &FindingCard<'_>) -> Html {
    let &FindingCard { index, finding, open, .. } = card;
    let toggle = card.on_open.reform(move |_: MouseEvent| (!open).then_some(index));
    let glyph = if finding.severity == Severity::Minor { "ui-info" } else { "ui-warning" };
    let body = format!("finding-{index}");
    html! {
        <li key={index} class={classes!("finding", finding.severity.name(), open.then_some("open"))}>
            <h3 id={format!("{body}-title")}>
                <button
                    type="button" aria-expanded={if open { "true" } else { "false" }} aria-controls={body.clone()}
                    onclick={toggle}
                >
                    { icon_with(glyph, classes!("severity-icon")) }
                    <span class="title">{ if card.coming { skeleton() } else { html! { finding.title.clone() } } }</span>
                    <span class="severity">{ words::severity(finding.severity) }{ format!(" −{}", finding.penalty) }</span>
                    { icon(if open { "ui-chevron-down" } else { "ui-chevron-right" }) }
                </button>
            </h3>
            <p class="message">{ if card.coming { skeleton() } else { inline(&finding.message) } }</p>
            <div id={body} hidden={!open} class="finding-body">
                if open {
                    { evidence(card) }
                    { fixes(card) }
                    if let Some(text) = card.text {
                        { trap_words(text, 4) }
                    } else if card.coming {
                        { waiting("Fetching the explanation…") }
                    } else {
                        { waiting("The explanation could not be fetched. It is requested again when you are connected, or when you check again.") }
                    }
                }
            </div>
        </li>
    }
}

/// Stands where words will be.
fn skeleton() -> Html {
    html! { <span class="skeleton"><span class="visually-hidden">{ "Fetching its words…" }</span></span> }
}

fn evidence(card: &FindingCard<'_>) -> Html {
    let steps = &card.finding.evidence;
    let to_board = button("button small to-board", "ui-board", "Show on the board", click(card.on_board));
    if steps.is_empty() {
        return to_board;
    }
    let step = |step: &StepReport| {
        let (class, glyph, says) =
            if step.ok { ("ok", "ui-check", "works") } else { ("blocked", "ui-cross", "stops here") };
        let part = step.component.clone().map(Target::Component);
        let words = html! {
            <>{ icon(glyph) }<span class="visually-hidden">{ says }{ ": " }</span><span>{ inline(&step.text) }</span></>
        };
        html! {
            <li class={class}>
                if let Some(part) = part.or(step.link.clone().map(Target::Link)) {
                    <button type="button" title="Show on the board" onclick={card.on_step.reform(move |_: MouseEvent| part.clone())}>
                        { words }
                    </button>
                } else {
                    <span>{ words }</span>
                }
            </li>
        }
    };
    html! {
        <section class="evidence">
            <h4>{ icon("ui-eye") }{ "Step by step" }{ to_board }</h4>
            <ol>{ for steps.iter().filter(|step| !step.text.is_empty()).map(step) }</ol>
        </section>
    }
}

fn fixes(card: &FindingCard<'_>) -> Html {
    let index = card.index;
    if card.finding.fixes.is_empty() {
        return Html::default();
    }
    let fix = |(number, fix): (usize, &FixReport)| {
        let shown = card.previewed == Some(number);
        let preview = card.on_preview.reform(move |_: MouseEvent| (!shown).then_some((index, number)));
        let apply = card.on_apply.reform(move |_: MouseEvent| (index, number));
        html! {
            <li key={number}>
                <p>{ inline(&fix.title) }</p>
                <div class="button-row">
                    { toggle("button small", "ui-eye", "Preview fix", shown, preview) }
                    if card.may_fix {
                        { button("button small", "ui-wrench", "Apply fix", apply) }
                    }
                </div>
            </li>
        }
    };
    html! {
        <section class="fixes">
            <h4>{ icon("ui-wrench") }{ "How to fix it" }</h4>
            <ul>{ for card.finding.fixes.iter().enumerate().map(fix) }</ul>
        </section>
    }
}
