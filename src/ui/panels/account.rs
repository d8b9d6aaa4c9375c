//! The account: every requirement, every check of it, and why.

use std::rc::Rc;

use trapwise_engine::report::{CheckReport, Report, Status};
use yew::prelude::*;

use super::brief::{class, status_icon};
use crate::ui::icon::Icon;
use crate::ui::markdown::Inline;
use crate::ui::pages::pack::Pack;
use crate::ui::words;

/// What the account needs.
#[derive(Properties)]
pub struct AccountProps {
    /// The scenario.
    pub pack: Rc<Pack>,
    /// The verdict.
    pub report: Rc<Report>,
    /// The check that is shown on the board.
    pub shown: Option<String>,
    /// Another is to be shown, or none.
    pub on_show: Callback<Option<String>>,
}

impl PartialEq for AccountProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack)
            && Rc::ptr_eq(&self.report, &other.report)
            && self.shown == other.shown
    }
}

/// Every requirement, met or not.
#[component]
pub fn Account(props: &AccountProps) -> Html {
    let requirement = |report: &trapwise_engine::report::RequirementReport| {
        let text = props.pack.scenario.requirements.iter().find(|it| it.id == report.id);
        let checks = props.report.checks.iter().filter(|check| check.requirement == report.id);
        html! {
            <li key={report.id.clone()} class={class(report.status)}>
                <details open={report.status != Status::Pass}>
                    <summary>
                        { status_icon(Some(report.status)) }
                        <span class="what"><Inline text={text.map(|it| it.text.clone()).unwrap_or_default()} /></span>
                        <span class="points">{ format!("{}/{}", report.points, report.possible) }</span>
                    </summary>
                    <ul class="checks">{ for checks.map(|check| row(props, check)) }</ul>
                </details>
            </li>
        }
    };
    html! {
        <section aria-labelledby="account-title">
            <h2 id="account-title">{ "Requirements" }</h2>
            <ul class="account">{ for props.report.requirements.iter().map(requirement) }</ul>
        </section>
    }
}

fn row(props: &AccountProps, check: &CheckReport) -> Html {
    let witness = &check.witness;
    let can_show = !witness.bound.is_empty() || !witness.path.is_empty();
    let shown = props.shown.as_ref() == Some(&check.id);
    let id = check.id.clone();
    let show = props.on_show.reform(move |_: MouseEvent| (!shown).then(|| id.clone()));
    html! {
        <li key={check.id.clone()} class={class(check.status)}>
            { status_icon(Some(check.status)) }
            <div>
                <p>
                    <Inline text={check.title.clone()} />
                    if check.required {
                        <span class="tag">{ "required" }</span>
                    }
                </p>
                if check.status != Status::Pass && !witness.reason.is_empty() {
                    <p class="reason"><Inline text={witness.reason.clone()} /></p>
                } else if check.status == Status::NotApplicable {
                    <p class="reason">{ words::status(check.status) }</p>
                }
                if can_show {
                    <button
                        type="button" class="button small quiet" aria-pressed={if shown { "true" } else { "false" }}
                        onclick={show}
                    >
                        <Icon name="ui-eye" />{ if shown { "Shown on the board" } else { "Show on the board" } }
                    </button>
                }
            </div>
            <span class="points">{ format!("{}/{}", check.points, check.possible) }</span>
        </li>
    }
}
