//! One finding: what goes wrong, the way it goes wrong, what would mend it, and what there is to learn.

use std::sync::Arc;

use trapwise_engine::report::{FindingReport, FixReport, StepReport};
use trapwise_engine::terms::Severity;
use trapwise_engine::texts::TrapText;
use yew::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::markdown::Inline;
use crate::ui::parts::TrapWords;
use crate::ui::words;

/// What a finding needs.
#[derive(Properties, PartialEq)]
pub struct FindingCardProps {
    /// Its place in the report.
    pub index: usize,
    /// The finding.
    pub finding: FindingReport,
    /// The words of its trap, once they are here.
    pub text: Option<Arc<TrapText>>,
    /// Whether it is open.
    pub open: bool,
    /// The fix that is previewed.
    pub previewed: Option<usize>,
    /// Whether fixes may be applied.
    pub may_fix: bool,
    /// It is to be opened, or closed.
    pub on_open: Callback<Option<usize>>,
    /// A fix is to be previewed, or no longer.
    pub on_preview: Callback<Option<(usize, usize)>>,
    /// A fix is to be carried out.
    pub on_apply: Callback<(usize, usize)>,
}

/// A finding.
#[component]
pub fn FindingCard(props: &FindingCardProps) -> Html {
    let FindingCardProps { index, finding, open, .. } = props;
    let (index, open) = (*index, *open);
    let toggle = props.on_open.reform(move |_: MouseEvent| (!open).then_some(index));
    let icon = if finding.severity == Severity::Minor { "ui-info" } else { "ui-warning" };
    let body = format!("finding-{index}");
    html! {
        <li class={classes!("finding", finding.severity.name(), open.then_some("open"))}>
            <h3>
                <button
                    type="button" aria-expanded={if open { "true" } else { "false" }} aria-controls={body.clone()}
                    onclick={toggle}
                >
                    <Icon name={icon} class="severity-icon" />
                    <span class="title">{ finding.title.clone() }</span>
                    <span class="severity">{ words::severity(finding.severity) }{ format!(" −{}", finding.penalty) }</span>
                    <Icon name={if open { "ui-chevron-down" } else { "ui-chevron-right" }} />
                </button>
            </h3>
            <p class="message"><Inline text={finding.message.clone()} /></p>
            <div id={body} hidden={!open} class="finding-body">
                if open {
                    { evidence(&finding.evidence) }
                    { fixes(props) }
                    if let Some(text) = &props.text {
                        <TrapWords text={Arc::clone(text)} level={4} />
                    } else {
                        <p class="muted" role="status">{ "Fetching the explanation…" }</p>
                    }
                }
            </div>
        </li>
    }
}

fn evidence(steps: &[StepReport]) -> Html {
    if steps.is_empty() {
        return Html::default();
    }
    let step = |step: &StepReport| {
        let (class, icon, says) =
            if step.ok { ("ok", "ui-check", "works") } else { ("blocked", "ui-cross", "stops here") };
        html! {
            <li class={class}>
                <Icon name={icon} /><span class="visually-hidden">{ says }{ ": " }</span>
                <span><Inline text={step.text.clone()} /></span>
            </li>
        }
    };
    html! {
        <section class="evidence">
            <h4><Icon name="ui-eye" />{ "Step by step" }</h4>
            <ol>{ for steps.iter().map(step) }</ol>
        </section>
    }
}

fn fixes(props: &FindingCardProps) -> Html {
    let index = props.index;
    if props.finding.fixes.is_empty() {
        return Html::default();
    }
    let fix = |(number, fix): (usize, &FixReport)| {
        let shown = props.previewed == Some(number);
        let preview = props.on_preview.reform(move |_: MouseEvent| (!shown).then_some((index, number)));
        let apply = props.on_apply.reform(move |_: MouseEvent| (index, number));
        html! {
            <li key={number}>
                <p><Inline text={fix.title.clone()} /></p>
                <div class="button-row">
                    <button
                        type="button" class="button small" aria-pressed={if shown { "true" } else { "false" }}
                        onclick={preview}
                    >
                        <Icon name="ui-eye" />{ "Preview fix" }
                    </button>
                    if props.may_fix {
                        <button type="button" class="button small" onclick={apply}>
                            <Icon name="ui-wrench" />{ "Apply fix" }
                        </button>
                    }
                </div>
            </li>
        }
    };
    html! {
        <section class="fixes">
            <h4><Icon name="ui-wrench" />{ "What would mend it" }</h4>
            <ul>{ for props.finding.fixes.iter().enumerate().map(fix) }</ul>
        </section>
    }
}
