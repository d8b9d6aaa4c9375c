//! The situation, what must be achieved, and which words decide.

use trapwise_documents::report::{RequirementReport, Status};
use trapwise_documents::scenario::Scenario;
use yew::prelude::*;

use crate::ui::icon::icon_with;
use crate::ui::markdown::{inline, markdown};
use crate::ui::parts::toggle;
use crate::ui::words;

/// The brief, the requirements with their state at the last check, and the deciding words if they are to
/// be marked.
pub fn brief(
    scenario: &Scenario,
    reports: &[RequirementReport],
    keywords: bool,
    on_keywords: &Callback<bool>,
) -> Html {
    let marked = if keywords { scenario.keywords.as_slice() } else { &[] };
    let mark = on_keywords.reform(move |_: MouseEvent| !keywords);
    let says = if keywords { "Hide the deciding words" } else { "Mark the deciding words" };
    html! {
        <>
            { markdown(&scenario.brief, marked, 3) }
            { toggle("button small", "ui-bulb", says, keywords, mark) }
            if keywords {
                <dl class="keywords">
                    { for scenario.keywords.iter().map(|keyword| html! {
                        <div>
                            <dt><mark>{ inline(&keyword.phrase) }</mark></dt>
                            <dd>{ inline(&keyword.meaning) }</dd>
                        </div>
                    }) }
                </dl>
            }
            <h2>{ "Requirements" }</h2>
            <ul class="requirements">
                { for scenario.requirements.iter().map(|requirement| {
                    let report = reports.iter().find(|report| report.id == requirement.id);
                    html! {
                        <li class={classes!(report.map(|report| class(report.status)))}>
                            { status_icon(report.map(|report| report.status)) }
                            <span>{ inline(&requirement.text) }</span>
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}

/// The icon of a result, with its words for screen readers.
pub fn status_icon(status: Option<Status>) -> Html {
    let (glyph, says) = match status {
        None => ("ui-target", ""),
        Some(status @ Status::Pass) => ("ui-check", words::status(status)),
        Some(status @ Status::Fail) => ("ui-cross", words::status(status)),
        Some(status @ (Status::Unknown | Status::NotApplicable)) => ("ui-minus", words::status(status)),
    };
    html! {
        <>
            { icon_with(glyph, classes!("status-icon")) }
            if !says.is_empty() {
                <span class="visually-hidden">{ says }{ ": " }</span>
            }
        </>
    }
}

/// The class of a result.
#[must_use]
pub const fn class(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Fail => "fail",
        Status::NotApplicable => "not-applicable",
        Status::Unknown => "unknown",
    }
}
