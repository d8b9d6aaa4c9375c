//! The middle of the page: the board and what can be put on it.

use std::rc::Rc;

use trapwise_documents::report::Report;
use trapwise_editor::Editor;
use yew::prelude::*;

use super::state::{Act, Open, Pane};
use crate::ui::annotations::{Annotations, Preview};
use crate::ui::canvas::Canvas;
use crate::ui::editor_store::Announcement;
use crate::ui::icon::icon;
use crate::ui::markdown::inline;
use crate::ui::panels::palette::Palette;
use crate::ui::parts::button;

/// The board with the palette. `announcement` is what the editor announced last; `tools` belong to the preview,
/// what stands `above` the board to what is opened in the results, and to the estimate.
pub fn board(
    editor: &Editor,
    announcement: &Announcement,
    annotations: Rc<Annotations>,
    preview: Option<Rc<Preview>>,
    tools: Html,
    above: Html,
    act: &Callback<Act>,
) -> Html {
    html! {
        <div class="center">
            { above }
            <section class="pane pane-board" aria-label="Board">
                <Canvas editor={editor.clone()} {annotations} {preview} preview_tools={tools} on_finding={act.reform(Act::Read)} />
            </section>
            <section class="pane pane-parts" aria-labelledby="parts-title">
                <h2 id="parts-title" class="visually-hidden">{ "Parts" }</h2>
                <Palette editor={editor.clone()} />
            </section>
            <p class="visually-hidden" role="status">
                // Another element each time, so that the same words are read out twice.
                <span key={announcement.number}>{ announcement.text.clone() }</span>
            </p>
        </div>
    }
}

/// What can be done with a previewed fix, on the board itself: on a phone the results are out of view.
pub fn preview_tools(
    shown: Option<(usize, usize)>,
    may_fix: bool,
    on_apply: &Callback<(usize, usize)>,
    act: &Callback<Act>,
) -> Html {
    let Some(fix) = shown else { return Html::default() };
    let apply = on_apply.reform(move |_: MouseEvent| fix);
    let end = act.reform(|_: MouseEvent| Act::Preview(None));
    html! {
        <div class="button-row">
            if may_fix {
                { button("button small", "ui-wrench", "Apply", apply) }
            }
            { button("button small", "ui-close", "End preview", end) }
        </div>
    }
}

/// What of the results is shown on the board, with the way back to its words: on a narrow screen these
/// are out of view.
pub fn open_strip(report: Option<&Report>, open: Option<&Open>, act: &Callback<Act>) -> Html {
    let (Some(report), Some(open)) = (report, open) else { return Html::default() };
    let title = match open {
        Open::Finding(index) => report.findings.get(*index).map(|finding| &finding.title),
        Open::Check(id) => report.checks.iter().find(|check| check.id == *id).map(|check| &check.title),
        Open::Parts(_) => return Html::default(),
    };
    let read = act.reform(|_: MouseEvent| Act::Pane(Pane::Results));
    let close = act.reform(|_: MouseEvent| Act::Open(None));
    html! {
        <div class="open-strip">
            <button type="button" class="button quiet small" onclick={read}>
                { icon("ui-arrow-left") }<span>{ title.map(|title| inline(title)).unwrap_or_default() }</span>
            </button>
            <button type="button" class="button quiet icon-only" aria-label="Close" onclick={close}>{ icon("ui-close") }</button>
        </div>
    }
}
