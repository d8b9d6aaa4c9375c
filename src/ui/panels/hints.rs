//! Help in stages, from a nudge to the answer. It costs nothing, but it is counted.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::ui::icon::Icon;
use crate::ui::markdown::Inline;
use crate::ui::pages::pack::Pack;
use crate::ui::words::count;

/// What the hints need.
#[derive(Properties)]
pub struct HintsProps {
    /// The scenario.
    pub pack: Rc<Pack>,
    /// How many stages were opened, by requirement.
    pub opened: BTreeMap<String, u32>,
    /// One more of a requirement that has so many.
    pub on_more: Callback<(String, u32)>,
    /// A solution is wanted; none before the first check.
    pub on_solution: Option<Callback<()>>,
}

impl PartialEq for HintsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack)
            && self.opened == other.opened
            && self.on_solution.is_some() == other.on_solution.is_some()
    }
}

/// The hints.
#[component]
pub fn Hints(props: &HintsProps) -> Html {
    let scenario = &props.pack.scenario;
    let total: u32 = props.opened.values().sum();
    let hint = |hint: &trapwise_engine::scenario::Hint| {
        let requirement = scenario.requirements.iter().find(|it| it.id == hint.requirement);
        let opened = props.opened.get(&hint.requirement).copied().unwrap_or_default() as usize;
        let stages = u32::try_from(hint.stages.len()).unwrap_or(u32::MAX);
        let id = hint.requirement.clone();
        let more = props.on_more.reform(move |_: MouseEvent| (id.clone(), stages));
        let left = hint.stages.len().saturating_sub(opened);
        html! {
            <li key={hint.requirement.clone()}>
                <p class="hint-for">
                    <Inline text={requirement.map(|it| it.text.clone()).unwrap_or_default()} />
                </p>
                if opened > 0 {
                    <ol class="stages" aria-live="polite">
                        { for hint.stages.iter().take(opened).map(|stage| html! {
                            <li><Inline text={stage.clone()} /></li>
                        }) }
                    </ol>
                }
                if left > 0 {
                    <button type="button" class="button small" onclick={more}>
                        <Icon name="ui-hint" />
                        { if opened == 0 { "Give me a nudge" } else if left == 1 { "Tell me" } else { "A little more" } }
                    </button>
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
            <ul class="hints">{ for scenario.hints.iter().map(hint) }</ul>
            <section class="solution">
                <h2>{ "A solution" }</h2>
                if let Some(on_solution) = &props.on_solution {
                    <p class="muted">{ "It opens beside your own work, which stays as it is." }</p>
                    <button type="button" class="button" onclick={on_solution.reform(|_: MouseEvent| ())}>
                        <Icon name="ui-eye" />{ "Show a solution…" }
                    </button>
                } else {
                    <p class="muted">{ "Check your own design once; then you can look at a solution." }</p>
                }
            </section>
        </>
    }
}
