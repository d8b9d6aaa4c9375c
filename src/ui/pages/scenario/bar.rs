//! The bar above the board: what it is, and what can be done with all of it.

use std::rc::Rc;

use trapwise_session::Outcome;
use yew::prelude::*;

use crate::platform::files::OpenedFile;
use crate::ui::icon::icon;
use crate::ui::pages::pack::Pack;
use crate::ui::parts::{Files, PageTitle, button, click, file_button};
use crate::ui::router::Route;
use crate::ui::words;

/// What can be ordered.
pub enum Order {
    /// The board as it was at the start.
    Reset,
    /// The design as a file.
    Download,
    /// A design from a file.
    Open(OpenedFile),
}

/// What the bar needs.
#[derive(Properties)]
pub struct BarProps {
    /// The scenario.
    pub pack: Rc<Pack>,
    /// The best result so far.
    pub best: Option<Outcome>,
    /// Whether something else than the learner's work is on the board.
    pub viewing_solution: bool,
    /// Whether there is a site around it to go back to.
    pub embedded: bool,
    /// Check the board.
    pub on_check: Callback<()>,
    /// Anything else.
    pub on_order: Callback<Order>,
}

impl PartialEq for BarProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack)
            && (self.best, self.viewing_solution) == (other.best, other.viewing_solution)
            && self.on_check == other.on_check
            && self.on_order == other.on_order
    }
}

/// The bar.
#[component]
pub fn Bar(props: &BarProps) -> Html {
    let scenario = &props.pack.scenario;
    let order = &props.on_order;
    let on_open = Callback::from({
        let order = order.clone();
        move |opened: Vec<OpenedFile>| {
            opened.into_iter().next().map(Order::Open).into_iter().for_each(|it| order.emit(it))
        }
    });
    html! {
        <div class="scenario-bar">
            if !props.embedded {
                <a class="button quiet icon-only" href={Route::Scenarios.href()} aria-label="To the scenarios">
                    { icon("ui-arrow-left") }
                </a>
            }
            <PageTitle text={scenario.title.clone()} />
            <p class="facts">
                <span>{ icon(&format!("domain-{}", scenario.domain)) }{ words::domain(scenario.domain) }</span>
                <span>{ words::difficulty(scenario.difficulty) }</span>
                <span>{ icon("ui-clock") }{ format!("{} min", scenario.minutes) }</span>
                if props.pack.seed != 0 {
                    <span>{ format!("Version {}", props.pack.seed) }</span>
                }
            </p>
            if let Some(best) = props.best.filter(|best| best.score > 0) {
                <p class={classes!("best", best.passed.then_some("pass"))}>
                    { icon(if best.passed { "ui-check" } else { "ui-flag" }) }
                    <span><span class="best-word">{ "Best " }</span>{ format!("{} %", best.score) }</span>
                </p>
            }
            // A popover: the browser closes it at Escape and at a click elsewhere.
            <button type="button" class="button quiet icon-only more" aria-label="More" popovertarget="more">
                { icon("ui-menu") }
            </button>
            <ul id="more" class="menu" popover="auto">
                <li>
                    <button
                        type="button" class="button quiet" popovertarget="more" popovertargetaction="hide"
                        onclick={order.reform(|_: MouseEvent| Order::Download)}
                    >
                        { icon("ui-download") }{ "Download the design" }
                    </button>
                </li>
                if !props.viewing_solution {
                    <li>
                        { file_button("Open a design…", "ui-upload", Files::One, &on_open) }
                    </li>
                    <li>
                        <button
                            type="button" class="button quiet" popovertarget="more" popovertargetaction="hide"
                            onclick={order.reform(|_: MouseEvent| Order::Reset)}
                        >
                            { icon("ui-reset") }{ "Start over" }
                        </button>
                    </li>
                }
            </ul>
            { button("button primary check", "ui-play", "Check", click(&props.on_check)) }
        </div>
    }
}
