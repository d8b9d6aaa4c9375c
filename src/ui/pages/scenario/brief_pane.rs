//! The left of the page: brief, question, hints, and in the end the debrief.

use std::rc::Rc;

use trapwise_documents::report::RequirementReport;
use trapwise_session::Attempt;
use yew::prelude::*;

use super::state::{Act, Pane};
use crate::ui::icon::icon;
use crate::ui::pages::pack::Pack;
use crate::ui::panels::brief::brief;
use crate::ui::panels::debrief::debrief;
use crate::ui::panels::hints::hints;
use crate::ui::panels::question::Question;
use crate::ui::parts::{Tab, tab_panel, tabs};

/// What the pane needs.
#[derive(Properties)]
pub struct BriefPaneProps {
    /// The scenario.
    pub pack: Rc<Pack>,
    /// The learner's answers, hints and results.
    pub attempt: Rc<Attempt>,
    /// The state of the requirements at the last check.
    pub requirements: Vec<RequirementReport>,
    /// The tab that is shown.
    pub tab: &'static str,
    /// Whether the keywords are marked.
    pub keywords: bool,
    /// Changes the page's state.
    pub act: Callback<Act>,
    /// Why not this option?
    pub on_why_not: Callback<String>,
    /// A solution is wanted; none before the first check.
    pub on_solution: Option<Callback<()>>,
}

impl PartialEq for BriefPaneProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack)
            && self.attempt == other.attempt
            && self.requirements == other.requirements
            && (self.tab, self.keywords) == (other.tab, other.keywords)
    }
}

/// The pane.
#[component]
pub fn BriefPane(props: &BriefPaneProps) -> Html {
    let BriefPaneProps { pack, attempt, act, tab, .. } = props;
    let passed = attempt.best.is_some_and(|best| best.passed);
    let mut rows = vec![
        Tab { id: "brief", label: "Brief".into(), icon: None, count: None },
        Tab { id: "question", label: "Question".into(), icon: None, count: None },
        Tab { id: "hints", label: "Hints".into(), icon: None, count: None },
    ];
    if passed {
        rows.push(Tab { id: "debrief", label: "Debrief".into(), icon: None, count: None });
    }
    let on_build = Callback::from({
        let act = act.clone();
        move |()| {
            act.emit(Act::Left("brief"));
            act.emit(Act::Pane(Pane::Board));
        }
    });
    let on_more = act.reform(|(requirement, stages)| Act::Hint(requirement, stages));
    let scenario = &pack.scenario;
    html! {
        <section class="pane pane-brief" aria-label="Scenario">
            if let Some(file) = pack.file() {
                <p class="from-file">{ icon("ui-open") }<span>{ "From your file " }<strong>{ file.to_owned() }</strong></span></p>
            }
            { tabs("Scenario", &rows, tab, &act.reform(Act::Left)) }
            { tab_panel("brief", tab, brief(scenario, &props.requirements, props.keywords, &act.reform(Act::Keywords))) }
            { tab_panel("question", tab, html! {
                <Question
                    pack={Rc::clone(pack)} answers={attempt.answers.clone()}
                    on_answer={act.reform(Act::Answer)} on_why_not={props.on_why_not.clone()} {on_build}
                />
            }) }
            { tab_panel("hints", tab, hints(scenario, &attempt.hints, &props.requirements, &on_more, props.on_solution.as_ref())) }
            if passed {
                { tab_panel("debrief", tab, debrief(scenario, pack.next_version().as_ref())) }
            }
        </section>
    }
}
