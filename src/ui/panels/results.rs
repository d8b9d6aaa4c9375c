//! The verdict: score, findings, account.

use trapwise_documents::report::{DomainScore, Report};
use trapwise_documents::scenario::Scenario;
use trapwise_model::Target;
use yew::prelude::*;

use super::account::account;
use super::finding::{FindingCard, finding_card};
use crate::ui::hooks::Library;
use crate::ui::icon::icon;
use crate::ui::parts::{button, click};
use crate::ui::words::{self, count};

/// What the results need.
pub struct Results<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The verdict; none before the first check.
    pub report: Option<&'a Report>,
    /// The words of traps.
    pub library: &'a Library,
    /// The board has changed since.
    pub outdated: bool,
    /// Whether fixes may be applied to what is on the board.
    pub may_fix: bool,
    /// The finding that is open.
    pub finding: Option<usize>,
    /// The check that is shown on the board.
    pub check: Option<&'a str>,
    /// The finding and the fix that is previewed.
    pub preview: Option<(usize, usize)>,
    /// Checks the board.
    pub on_check: &'a Callback<()>,
    /// Opens a finding, or closes it.
    pub on_finding: Callback<Option<usize>>,
    /// Shows a check on the board, or no longer.
    pub on_show: Callback<Option<String>>,
    /// Previews a fix, or no longer.
    pub on_preview: Callback<Option<(usize, usize)>>,
    /// Carries a fix out.
    pub on_apply: &'a Callback<(usize, usize)>,
    /// Shows a part on the board.
    pub on_step: Callback<Target>,
    /// Brings the board forward.
    pub on_board: Callback<()>,
    /// Opens the debrief.
    pub on_debrief: Callback<()>,
}

/// The results.
pub fn results(props: &Results<'_>) -> Html {
    let check = click(props.on_check);
    let Some(report) = props.report else {
        return html! {
            <div class="nothing-yet">
                { icon("ui-flag") }
                <p>{ "Build your answer on the board, then have it checked. Every requirement is accounted for, and every trap is explained." }</p>
                { button("button primary", "ui-play", "Check", check) }
            </div>
        };
    };
    let library = props.library.here();
    let findings = report.findings.iter().enumerate().map(|(index, finding)| {
        finding_card(&FindingCard {
            index,
            finding,
            text: library.and_then(|library| library.texts.get(&finding.trap)).map(|text| &**text),
            coming: *props.library == Library::Coming,
            open: props.finding == Some(index),
            previewed: props.preview.filter(|(of, _)| *of == index).map(|(_, fix)| fix),
            may_fix: props.may_fix && !props.outdated,
            on_open: &props.on_finding,
            on_preview: &props.on_preview,
            on_apply: props.on_apply,
            on_step: &props.on_step,
            on_board: &props.on_board,
        })
    });
    html! {
        <div id="verdict" class={classes!("results", props.outdated.then_some("outdated"))}>
            if props.outdated {
                <div class="notice info">
                    { icon("ui-info") }<p>{ "The board has changed since this check." }</p>
                    { button("button primary small", "", "Check again", check) }
                </div>
            }
            { score(props, report) }
            <section aria-labelledby="findings-title">
                <h2 id="findings-title">{ if report.findings.is_empty() { "No traps".to_owned() } else { count(report.findings.len(), "trap", "traps") } }</h2>
                if report.findings.is_empty() {
                    <p class="muted">
                        { if report.passed { "No known traps found in this design." } else {
                            "No traps found so far. Some requirements are not met yet."
                        } }
                    </p>
                } else {
                    <ul class="findings">{ for findings }</ul>
                }
            </section>
            { account(props.scenario, report, props.check, &props.on_show) }
        </div>
    }
}

fn score(props: &Results<'_>, report: &Report) -> Html {
    let exam = props.scenario.exams.first();
    html! {
        <section class={classes!("score", if report.passed { "pass" } else { "fail" })} aria-label="Score">
            <div class="verdict">
                <p class="number"><strong>{ report.score }</strong><span>{ "%" }</span></p>
                <div>
                    <p class="word">
                        { icon(if report.passed { "ui-check" } else { "ui-cross" }) }
                        { if report.passed { "Passed" } else { "Not passed yet" } }
                    </p>
                    <p class="muted">
                        { format!("{} of {} points", report.earned, report.possible) }
                        if report.penalty > 0 {
                            { format!(", {} deducted for traps", report.penalty) }
                        }
                    </p>
                </div>
            </div>
            if !report.passed && exam.is_some_and(|exam| report.scaled >= exam.pass_mark()) {
                <p>{ "The score is high enough, but every required check must pass and no critical trap may remain." }</p>
            }
            if report.passed && props.may_fix {
                { button("button primary", "ui-book", "Read the debrief", click(&props.on_debrief)) }
            }
            if let Some(exam) = exam {
                { scale(report.scaled, exam.pass_mark(), exam.name()) }
            }
            <ul class="domains" aria-label="By domain">
                { for report.domains.iter().map(domain) }
            </ul>
        </section>
    }
}

/// The estimate on the scale of 100 to 1000, with the mark needed.
fn scale(scaled: u32, mark: u32, exam: &str) -> Html {
    let place = |points: u32| points.saturating_sub(100).min(900) * 200 / 900;
    let (at, needed) = (place(scaled).to_string(), place(mark).to_string());
    html! {
        <figure class="scale">
            <svg viewBox="0 0 200 14" role="img" aria-label={format!("About {scaled} of 1000; {exam} needs {mark}")} preserveAspectRatio="none">
                <rect class="track" x="0" y="4" width="200" height="6" rx="3" />
                <rect class="fill" x="0" y="4" width={at} height="6" rx="3" />
                <line class="mark" x1={needed.clone()} x2={needed} y1="0" y2="14" />
            </svg>
            <figcaption>
                <strong>{ format!("≈ {scaled}") }</strong>
                { format!(" on the scale of 100–1000, an estimate; {exam} needs {mark}") }
            </figcaption>
        </figure>
    }
}

fn domain(domain: &DomainScore) -> Html {
    let width = (domain.earned * 100).checked_div(domain.possible).unwrap_or_default();
    html! {
        <li>
            { icon(&format!("domain-{}", domain.id)) }
            <span>{ words::domain(domain.id) }</span>
            <svg viewBox="0 0 100 6" aria-hidden="true" preserveAspectRatio="none">
                <rect class="track" width="100" height="6" rx="3" />
                <rect class="fill" width={width.to_string()} height="6" rx="3" />
            </svg>
            <span class="points">{ format!("{}/{}", domain.earned, domain.possible) }</span>
        </li>
    }
}
