//! Help in stages, from a nudge to the answer. It costs nothing, but it is counted.

use trapwise_documents::report::{RequirementReport, Status};
use trapwise_documents::scenario::{Hint, Scenario};
use trapwise_model::SortedMap;
use yew::prelude::*;

use crate::ui::markdown::inline;
use crate::ui::parts::{button, click};
use crate::ui::words::count;

/// The hints, those on what the last check found unmet first, those opened of each requirement, and the
/// way to a solution: none before the first check.
pub fn hints(
    scenario: &Scenario,
    opened: &SortedMap<String, u32>,
    reports: &[RequirementReport],
    on_more: &Callback<(String, u32)>,
    on_solution: Option<&Callback<()>>,
) -> Html {
    let is_met = |hint: &&Hint| {
        reports.iter().any(|report| report.id == hint.requirement && report.status == Status::Pass)
    };
    let (met, open): (Vec<_>, Vec<_>) = scenario.hints.iter().partition(is_met);
    let total = opened.values().fold(0_u32, |total, stages| total.saturating_add(*stages));
    let hint = |hint: &Hint| {
        let requirement = scenario.requirements.iter().find(|it| it.id == hint.requirement);
        let open = opened.get(&hint.requirement).copied().unwrap_or_default() as usize;
        let stages = u32::try_from(hint.stages.len()).unwrap_or(u32::MAX);
        let id = hint.requirement.clone();
        let more = on_more.reform(move |_: MouseEvent| (id.clone(), stages));
        let left = hint.stages.len().saturating_sub(open);
        let words = match (open, left) {
            (0, _) => "Give me a nudge",
            (_, 1) => "Tell me",
            _ => "A little more",
        };
        html! {
            <li key={hint.requirement.clone()}>
                <p class="hint-for">
                    { requirement.map(|it| inline(&it.text)).unwrap_or_default() }
                </p>
                if open > 0 {
                    <ol class="stages" aria-live="polite">
                        { for hint.stages.iter().take(open).map(|stage| html! {
                            <li>{ inline(stage) }</li>
                        }) }
                    </ol>
                }
                if left > 0 {
                    { button("button small", "ui-hint", words, more) }
                }
            </li>
        }
    };
    html! {
        <>
            <p class="muted">
                { "Hints cost no points. " }
                if total > 0 {
                    { format!("You have opened {}.", count(total as usize, "hint", "hints")) }
                }
            </p>
            <ul class="hints">{ for open.into_iter().map(&hint) }</ul>
            if !met.is_empty() {
                <h2>{ "Requirements already met" }</h2>
                <ul class="hints">{ for met.into_iter().map(&hint) }</ul>
            }
            <section class="solution">
                <h2>{ "A solution" }</h2>
                if let Some(on_solution) = on_solution {
                    <p class="muted">{ "It opens on a separate board. Your own work is kept." }</p>
                    { button("button", "ui-eye", "Show a solution…", click(on_solution)) }
                } else {
                    <p class="muted">{ "Check your own design once; then you can look at a solution." }</p>
                }
            </section>
        </>
    }
}
