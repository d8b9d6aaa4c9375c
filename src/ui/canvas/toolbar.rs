//! The tools under the board: undo and redo, zoom, and what can be done with what is selected.

use trapwise_editor::{Command, Editor, Mode};
use trapwise_model::{ComponentId, Target};
use yew::prelude::*;

use crate::ui::editor_store::{Action, use_editor_dispatch};
use crate::ui::icon::icon;
use crate::ui::panels::inspector::PlaceIn;
use crate::ui::parts::{Dialog, button, click};

#[derive(Properties, PartialEq)]
pub(super) struct ToolbarProps {
    pub(super) editor: Editor,
}

#[component]
pub(super) fn Toolbar(props: &ToolbarProps) -> Html {
    let editor = &props.editor;
    let dispatch = use_editor_dispatch();
    let placing = use_state_eq(|| None::<ComponentId>);
    let tool = |icon: &'static str, word: &'static str, label: String, command: Option<Command>| {
        let run =
            command.clone().map(|command| dispatch.reform(move |_: MouseEvent| Action::Run(command.clone())));
        tool_button(icon, word, label, run)
    };
    let undo = editor.next_undo().map(|label| format!("Undo: {label}"));
    let redo = editor.next_redo().map(|label| format!("Redo: {label}"));
    let zoom = format!("{} %", (editor.viewport().zoom * 100.0).round());
    let place_in = Callback::from({
        let placing = placing.clone();
        move |id| placing.set(Some(id))
    });
    let close = Callback::from({
        let placing = placing.clone();
        move |()| placing.set(None)
    });
    html! {
        <div class="dock">
            <div class="tools tools-history" role="toolbar" aria-label="History">
                { tool("ui-undo", "Undo", undo.clone().unwrap_or_else(|| "Undo".to_owned()), undo.map(|_| Command::Undo)) }
                { tool("ui-redo", "Redo", redo.clone().unwrap_or_else(|| "Redo".to_owned()), redo.map(|_| Command::Redo)) }
                { tool("ui-parts", "Multi", "Multi-select: select more than one component".to_owned(), (!editor.is_multi_selecting()).then_some(Command::MultiSelect(true))) }
            </div>
            { context(editor, &tool, &place_in) }
            <div class="tools tools-zoom" role="toolbar" aria-label="Zoom">
                { tool("ui-zoom-out", "", "Zoom out".to_owned(), Some(Command::ZoomOut)) }
                <span class="zoom-level">{ zoom }</span>
                { tool("ui-zoom-in", "", "Zoom in".to_owned(), Some(Command::ZoomIn)) }
                { tool("ui-fit", "Fit", "Fit: show the whole board".to_owned(), Some(Command::Fit)) }
            </div>
            if let Some(id) = placing.as_ref().filter(|id| editor.design().component(id.as_str()).is_some()) {
                <Dialog title={format!("Place {}", editor.title(id))} on_close={close.clone()}>
                    <p>{ "It can be in several subnets. Select each of them." }</p>
                    <div class="panel"><PlaceIn editor={editor.clone()} id={id.clone()} scope="dialog" /></div>
                    <div class="button-row">
                        { button("button primary", "", "Done", click(&close)) }
                    </div>
                </Dialog>
            }
        </div>
    }
}

/// A tool with its word; without `run` it cannot be used now.
fn tool_button(
    glyph: &'static str,
    word: &'static str,
    label: String,
    run: Option<Callback<MouseEvent>>,
) -> Html {
    html! {
        <button type="button" class="tool" title={label.clone()} aria-label={label} disabled={run.is_none()} onclick={run}>
            { icon(glyph) }
            if !word.is_empty() {
                <span class="tool-word">{ word }</span>
            }
        </button>
    }
}

/// What can be done now: put back what is picked up, or act on what is selected.
fn context(
    editor: &Editor,
    tool: &impl Fn(&'static str, &'static str, String, Option<Command>) -> Html,
    place_in: &Callback<ComponentId>,
) -> Html {
    let in_hand = match editor.mode() {
        Mode::Place(carry) => {
            let name = match &carry.subject {
                trapwise_editor::Subject::Item(index) => editor.item_label(*index),
                trapwise_editor::Subject::Component(id, _) => editor.title(id),
            };
            Some(format!("Tap where to place {name}"))
        }
        Mode::Connect(draw) => Some(format!("Tap what to connect {} to", editor.title(&draw.from))),
        Mode::Select => None,
    };
    let several = editor.also().len() + 1;
    if in_hand.is_none() && (several > 1 || editor.is_multi_selecting()) {
        let (words, done) = if editor.is_multi_selecting() {
            ("Tap components, or draw a frame.", Command::MultiSelect(false))
        } else {
            ("", Command::Select(None))
        };
        return html! {
            <div class="tools tools-context in-hand" role="toolbar" aria-label="With several components">
                <span>
                    if several > 1 { <strong>{ several }{ " selected" }</strong> } else { { words } }
                </span>
                if let (true, Some(id)) = (several > 1, editor.selected_component()) {
                    { tool("ui-place", "Move", "Move the selection".to_owned(), Some(Command::PickMove(id.clone()))) }
                    { tool("ui-duplicate", "Copy", "Copy: duplicate the selection".to_owned(), Some(Command::DuplicateSelected)) }
                    { tool("ui-delete", "Delete", "Delete the selection".to_owned(), Some(Command::RemoveSelected)) }
                }
                { tool("ui-check", "Done", "Done with several components".to_owned(), Some(done)) }
            </div>
        };
    }
    if let Some(words) = in_hand {
        return html! {
            <div class="tools tools-context in-hand">
                <span>{ words }</span>
                { tool("ui-close", "Cancel", "Cancel".to_owned(), Some(Command::PutBack)) }
            </div>
        };
    }
    match editor.selection() {
        Some(Target::Component(id)) => {
            let name = editor.title(id);
            let may_move = editor.rules().may_set(id.as_str(), "in");
            let locked = editor.rules().is_locked(id.as_str());
            let spans = may_move && editor.may_span(id);
            let place_in = place_in.reform({
                let id = id.clone();
                move |_: MouseEvent| id.clone()
            });
            html! {
                <div class="tools tools-context" role="toolbar" aria-label={format!("With {name}")}>
                    { tool("ui-connect", "Connect", format!("Connect {name}"), Some(Command::PickConnect(id.clone()))) }
                    { tool("ui-place", "Move", format!("Move {name}"), may_move.then(|| Command::PickMove(id.clone()))) }
                    if spans {
                        { tool_button("subnet", "Place in…", format!("Place in… several subnets: {name}"), Some(place_in)) }
                    }
                    { tool("ui-duplicate", "Copy", format!("Copy: duplicate {name}"), Some(Command::Duplicate(id.clone()))) }
                    { tool("ui-delete", "Delete", format!("Delete {name}"), (!locked).then(|| Command::Remove(Target::Component(id.clone())))) }
                </div>
            }
        }
        Some(Target::Link(id)) => {
            let locked = editor.rules().locked_links.contains(id);
            html! {
                <div class="tools tools-context" role="toolbar" aria-label="With the link">
                    { tool("ui-delete", "Delete", "Delete the link".to_owned(), (!locked).then(|| Command::Remove(Target::Link(id.clone())))) }
                </div>
            }
        }
        None => html! {
            <p class="tools-context">
                if editor.next_undo().is_none() {
                    <span class="on-wide">{ "Start with a component below: drag it here, or select it and then where to place it." }</span>
                    <span class="on-narrow">{ "Select a component, then tap where to place it." }</span>
                } else {
                    { "Select a component to connect, move or edit it." }
                }
            </p>
        },
    }
}
