//! The account: every requirement, every check of it, and why.

use trapwise_documents::report::{CheckReport, Report, RequirementReport, Status};
use trapwise_documents::scenario::Scenario;
use yew::prelude::*;

use super::brief::{class, status_icon};
use crate::ui::markdown::inline;
use crate::ui::parts::toggle;
use crate::ui::words;

/// Every requirement, met or not. `shown` is the check that is shown on the board.
pub fn account(
    scenario: &Scenario,
    report: &Report,
    shown: Option<&str>,
    on_show: &Callback<Option<String>>,
) -> Html {
    let requirement = |met: &RequirementReport| {
        let text = scenario.requirements.iter().find(|it| it.id == met.id);
        let checks = report.checks.iter().filter(|check| check.requirement == met.id);
        html! {
            <li key={met.id.clone()} class={class(met.status)}>
                <details open={met.status != Status::Pass}>
                    <summary>
                        { status_icon(Some(met.status)) }
                        <span class="what">{ text.map(|it| inline(&it.text)).unwrap_or_default() }</span>
                        <span class="points">{ format!("{}/{}", met.points, met.possible) }</span>
                    </summary>
                    <ul class="checks">{ for checks.map(|check| row(check, shown == Some(check.id.as_str()), on_show)) }</ul>
                </details>
            </li>
        }
    };
    html! {
        <section aria-labelledby="account-title">
            <h2 id="account-title">{ "Requirements" }</h2>
            <ul class="account">{ for report.requirements.iter().map(requirement) }</ul>
        </section>
    }
}

fn row(check: &CheckReport, shown: bool, on_show: &Callback<Option<String>>) -> Html {
    let witness = &check.witness;
    let can_show = !witness.bound.is_empty() || !witness.path.is_empty();
    let id = check.id.clone();
    let show = on_show.reform(move |_: MouseEvent| (!shown).then(|| id.clone()));
    let says = if shown { "Shown on the board" } else { "Show on the board" };
    html! {
        <li key={check.id.clone()} class={class(check.status)}>
            { status_icon(Some(check.status)) }
            <div>
                <p>
                    { inline(&check.title) }
                    if check.required {
                        <span class="tag">{ "required" }</span>
                    }
                </p>
                if check.status != Status::Pass && !witness.reason.is_empty() {
                    <p class="reason">{ inline(&witness.reason) }</p>
                } else if check.status == Status::NotApplicable {
                    <p class="reason">{ words::status(check.status) }</p>
                }
                if can_show {
                    { toggle("button small quiet", "ui-eye", says, shown, show) }
                }
            </div>
            <span class="points">{ format!("{}/{}", check.points, check.possible) }</span>
        </li>
    }
}
