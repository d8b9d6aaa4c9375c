//! The situation, what must be achieved, and which words decide.

use std::rc::Rc;

use trapwise_engine::report::{RequirementReport, Status};
use yew::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::markdown::{Inline, Markdown};
use crate::ui::pages::pack::Pack;
use crate::ui::words;

/// What the brief needs.
#[derive(Properties)]
pub struct BriefProps {
    /// The scenario.
    pub pack: Rc<Pack>,
    /// The state of its requirements, once it was checked.
    pub requirements: Vec<RequirementReport>,
    /// Whether the keywords are marked.
    pub keywords: bool,
    /// They are to be marked, or not.
    pub on_keywords: Callback<bool>,
}

impl PartialEq for BriefProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack)
            && self.requirements == other.requirements
            && self.keywords == other.keywords
    }
}

/// The brief.
#[component]
pub fn Brief(props: &BriefProps) -> Html {
    let scenario = &props.pack.scenario;
    let marked = if props.keywords { scenario.keywords.clone() } else { Vec::new() };
    let toggle = props.on_keywords.reform({
        let next = !props.keywords;
        move |_| next
    });
    html! {
        <>
            <Markdown text={scenario.brief.clone()} keywords={marked} />
            <button
                type="button" class="button small" aria-pressed={if props.keywords { "true" } else { "false" }}
                onclick={toggle}
            >
                <Icon name="ui-bulb" />
                { if props.keywords { "Hide the deciding words" } else { "Mark the deciding words" } }
            </button>
            if props.keywords {
                <dl class="keywords">
                    { for scenario.keywords.iter().map(|keyword| html! {
                        <div>
                            <dt><mark><Inline text={keyword.phrase.clone()} /></mark></dt>
                            <dd><Inline text={keyword.meaning.clone()} /></dd>
                        </div>
                    }) }
                </dl>
            }
            <h2>{ "Requirements" }</h2>
            <ul class="requirements">
                { for scenario.requirements.iter().map(|requirement| {
                    let report = props.requirements.iter().find(|report| report.id == requirement.id);
                    html! {
                        <li class={classes!(report.map(|report| class(report.status)))}>
                            { status_icon(report.map(|report| report.status)) }
                            <span><Inline text={requirement.text.clone()} /></span>
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}

/// The icon of a result, with its words for whoever does not see it.
pub fn status_icon(status: Option<Status>) -> Html {
    let (icon, says) = match status {
        None => ("ui-target", ""),
        Some(status @ Status::Pass) => ("ui-check", words::status(status)),
        Some(status @ Status::Fail) => ("ui-cross", words::status(status)),
        Some(status @ (Status::Unknown | Status::NotApplicable)) => ("ui-minus", words::status(status)),
    };
    html! {
        <>
            <Icon name={icon} class="status-icon" />
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
