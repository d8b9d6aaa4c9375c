//! The left of the page: brief, question, hints, and in the end the debrief.

use std::rc::Rc;

use trapwise_engine::report::RequirementReport;
use trapwise_session::Attempt;
use yew::prelude::*;

use super::state::{Act, Pane};
use crate::ui::pages::pack::Pack;
use crate::ui::panels::brief::Brief;
use crate::ui::panels::debrief::Debrief;
use crate::ui::panels::hints::Hints;
use crate::ui::panels::question::Question;
use crate::ui::parts::{Tab, TabPanel, Tabs};

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
    let mut tabs = vec![
        Tab { id: "brief", label: "Brief".into(), icon: None, count: None },
        Tab { id: "question", label: "Question".into(), icon: None, count: None },
        Tab { id: "hints", label: "Hints".into(), icon: None, count: None },
    ];
    if passed {
        tabs.push(Tab { id: "debrief", label: "Debrief".into(), icon: None, count: None });
    }
    let on_build = Callback::from({
        let act = act.clone();
        move |()| {
            act.emit(Act::Left("brief"));
            act.emit(Act::Pane(Pane::Board));
        }
    });
    html! {
        <section class="pane pane-brief" aria-label="Scenario">
            <Tabs label="Scenario" {tabs} active={*tab} on_select={act.reform(Act::Left)} />
            <TabPanel id="brief" active={*tab == "brief"}>
                <Brief
                    pack={Rc::clone(pack)} requirements={props.requirements.clone()}
                    keywords={props.keywords} on_keywords={act.reform(Act::Keywords)}
                />
            </TabPanel>
            <TabPanel id="question" active={*tab == "question"}>
                <Question
                    pack={Rc::clone(pack)} answers={attempt.answers.clone()}
                    on_answer={act.reform(Act::Answer)} on_why_not={props.on_why_not.clone()} {on_build}
                />
            </TabPanel>
            <TabPanel id="hints" active={*tab == "hints"}>
                <Hints
                    pack={Rc::clone(pack)} opened={attempt.hints.clone()}
                    on_more={act.reform(|(requirement, stages)| Act::Hint(requirement, stages))}
                    on_solution={props.on_solution.clone()}
                />
            </TabPanel>
            if passed {
                <TabPanel id="debrief" active={*tab == "debrief"}>
                    <Debrief pack={Rc::clone(pack)} />
                </TabPanel>
            }
        </section>
    }
}
