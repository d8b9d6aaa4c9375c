//! The right of the page: inspector, outline, results.

use std::rc::Rc;

use trapwise_editor::Editor;
use trapwise_engine::report::Report;
use trapwise_engine::texts::Texts;
use yew::prelude::*;

use super::state::{Act, Open};
use crate::ui::pages::pack::Pack;
use crate::ui::panels::inspector::Inspector;
use crate::ui::panels::outline::Outline;
use crate::ui::panels::results::Results;
use crate::ui::parts::{Tab, TabPanel, Tabs};

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
    pub texts: Rc<Texts>,
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
        // What it shows decides; callbacks made anew at every rendering would never be equal, and those
        // that depend on the board come anew with the editor.
        Rc::ptr_eq(&self.pack, &other.pack)
            && self.editor == other.editor
            && self.report.as_ref().map(Rc::as_ptr) == other.report.as_ref().map(Rc::as_ptr)
            && Rc::ptr_eq(&self.texts, &other.texts)
            && (self.tab, self.outdated, self.may_fix, self.finding, self.preview)
                == (other.tab, other.outdated, other.may_fix, other.finding, other.preview)
            && self.check == other.check
    }
}

/// The pane.
#[component]
pub fn SidePane(props: &SidePaneProps) -> Html {
    let SidePaneProps { editor, tab, act, .. } = props;
    let found = props.report.as_ref().map(|report| report.findings.len()).filter(|number| *number > 0);
    let tabs = vec![
        Tab { id: "inspect", label: "Inspect".into(), icon: None, count: None },
        Tab { id: "outline", label: "Outline".into(), icon: None, count: None },
        Tab { id: "results", label: "Results".into(), icon: None, count: found },
    ];
    html! {
        <section class="pane pane-side" aria-label="Details">
            <Tabs label="Details" {tabs} active={*tab} on_select={act.reform(Act::Right)} />
            <TabPanel id="inspect" active={*tab == "inspect"}>
                <Inspector editor={editor.clone()} />
            </TabPanel>
            <TabPanel id="outline" active={*tab == "outline"}>
                <Outline editor={editor.clone()} />
            </TabPanel>
            <TabPanel id="results" active={*tab == "results"}>
                <Results
                    pack={Rc::clone(&props.pack)} report={props.report.clone()} texts={Rc::clone(&props.texts)}
                    outdated={props.outdated} may_fix={props.may_fix} finding={props.finding}
                    check={props.check.clone()} preview={props.preview}
                    on_check={props.on_check.clone()}
                    on_finding={act.reform(|index: Option<usize>| Act::Open(index.map(Open::Finding)))}
                    on_show={act.reform(|id: Option<String>| Act::Open(id.map(Open::Check)))}
                    on_preview={act.reform(Act::Preview)}
                    on_apply={props.on_apply.clone()}
                />
            </TabPanel>
        </section>
    }
}
