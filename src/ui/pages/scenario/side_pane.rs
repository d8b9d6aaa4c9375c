//! The right of the page: inspector, outline, results.

use std::rc::Rc;

use trapwise_documents::report::{FindingReport, Report};
use trapwise_editor::{Command, Editor};
use trapwise_model::Target;
use yew::prelude::*;

use super::state::{Act, Open, Pane};
use crate::ui::editor_store::{Action, use_editor_dispatch};
use crate::ui::hooks::Library;
use crate::ui::icon::icon;
use crate::ui::pages::pack::Pack;
use crate::ui::panels::inspector::Inspector;
use crate::ui::panels::outline::Outline;
use crate::ui::panels::results::{Results, results};
use crate::ui::parts::{Tab, tab_panel, tabs};

/// What the pane needs.
#[derive(Properties)]
pub struct SidePaneProps {
    /// The scenario.
    pub pack: Rc<Pack>,
    /// The editor of what is on the board.
    pub editor: Editor,
    /// The tab that is shown.
    pub tab: &'static str,
    /// The verdict on it.
    pub report: Option<Rc<Report>>,
    /// The words of traps.
    pub library: Library,
    /// The board has changed since.
    pub outdated: bool,
    /// Whether fixes may be applied to it.
    pub may_fix: bool,
    /// The finding that is open.
    pub finding: Option<usize>,
    /// The check that is shown on the board.
    pub check: Option<String>,
    /// The finding and the fix that is previewed.
    pub preview: Option<(usize, usize)>,
    /// Changes the page's state.
    pub act: Callback<Act>,
    /// Checks the board.
    pub on_check: Callback<()>,
    /// Carries a fix out.
    pub on_apply: Callback<(usize, usize)>,
}

impl PartialEq for SidePaneProps {
    fn eq(&self, other: &Self) -> bool {
        // What it shows decides; callbacks created at every rendering would never be equal, and those
        // that depend on the board change with the editor.
        Rc::ptr_eq(&self.pack, &other.pack)
            && self.editor == other.editor
            && self.report.as_ref().map(Rc::as_ptr) == other.report.as_ref().map(Rc::as_ptr)
            && self.library == other.library
            && (self.tab, self.outdated, self.may_fix, self.finding, self.preview)
                == (other.tab, other.outdated, other.may_fix, other.finding, other.preview)
            && self.check == other.check
    }
}

/// The pane.
#[component]
pub fn SidePane(props: &SidePaneProps) -> Html {
    let SidePaneProps { editor, tab, act, .. } = props;
    let dispatch = use_editor_dispatch();
    let on_step = act.reform(move |target: Target| {
        dispatch.emit(Action::Run(Command::Show(target.clone())));
        Act::Step(target)
    });
    let found = props.report.as_ref().map(|report| report.findings.len()).filter(|number| *number > 0);
    let rows = vec![
        Tab { id: "inspect", label: "Inspect".into(), icon: None, count: None },
        Tab { id: "outline", label: "Outline".into(), icon: None, count: None },
        Tab { id: "results", label: "Results".into(), icon: None, count: found },
    ];
    let verdict = Results {
        scenario: &props.pack.scenario,
        report: props.report.as_deref(),
        library: &props.library,
        outdated: props.outdated,
        may_fix: props.may_fix,
        finding: props.finding,
        check: props.check.as_deref(),
        preview: props.preview,
        on_check: &props.on_check,
        on_finding: act.reform(|index: Option<usize>| Act::Open(index.map(Open::Finding))),
        on_show: act.reform(|id: Option<String>| Act::Open(id.map(Open::Check))),
        on_preview: act.reform(Act::Preview),
        on_apply: &props.on_apply,
        on_step,
        on_board: act.reform(|()| Act::Pane(Pane::Board)),
        on_debrief: act.reform(|()| Act::Debrief),
    };
    html! {
        <section class="pane pane-side" aria-label="Details">
            { tabs("Details", &rows, tab, &act.reform(Act::Right)) }
            { tab_panel("inspect", tab, html! {
                <>
                    { found_here(props.report.as_deref(), editor.selection(), act) }
                    <Inspector editor={editor.clone()} />
                </>
            }) }
            { tab_panel("outline", tab, html! { <Outline editor={editor.clone()} shown={*tab == "outline"} /> }) }
            { tab_panel("results", tab, results(&verdict)) }
        </section>
    }
}

/// The findings on what is selected, each a way to its words.
fn found_here(report: Option<&Report>, selected: Option<&Target>, act: &Callback<Act>) -> Html {
    let (Some(report), Some(selected)) = (report, selected) else { return Html::default() };
    let is_here = |finding: &FindingReport| match selected {
        Target::Component(id) => finding.components.contains(id),
        Target::Link(id) => finding.links.contains(id),
    };
    let rows = report.findings.iter().enumerate().filter(|(_, finding)| is_here(finding));
    let rows = rows.map(|(index, finding)| {
        html! {
            <li key={index}>
                <button type="button" class={classes!("found-here", finding.severity.name())} onclick={act.reform(move |_: MouseEvent| Act::Read(index))}>
                    { icon("ui-warning") }<span>{ finding.title.clone() }</span>{ icon("ui-chevron-right") }
                </button>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        Html::default()
    } else {
        html! { <ul class="found" aria-label="Findings here">{ rows }</ul> }
    }
}
