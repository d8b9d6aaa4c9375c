//! The tools over the board: undo and redo, zoom, and what can be done with what is selected.

use trapwise_editor::{Command, Editor, Mode};
use trapwise_model::Target;
use yew::prelude::*;

use crate::ui::editor_store::{Action, use_editor_dispatch};
use crate::ui::icon::Icon;

#[derive(Properties, PartialEq)]
pub(super) struct ToolbarProps {
    pub(super) editor: Editor,
}

#[component]
pub(super) fn Toolbar(props: &ToolbarProps) -> Html {
    let editor = &props.editor;
    let dispatch = use_editor_dispatch();
    let tool = |icon: &'static str, label: String, command: Option<Command>| {
        let dispatch = dispatch.clone();
        let disabled = command.is_none();
        let on_click = Callback::from(move |_: MouseEvent| {
            if let Some(command) = command.clone() {
                dispatch.emit(Action::Run(command));
            }
        });
        html! {
            <button type="button" class="tool" title={label.clone()} aria-label={label} {disabled} onclick={on_click}>
                <Icon name={icon} />
                if icon == "ui-connect" {
                    <span class="tool-word">{ "Connect" }</span>
                }
            </button>
        }
    };
    let undo = editor.next_undo().map(|label| format!("Undo: {label}"));
    let redo = editor.next_redo().map(|label| format!("Redo: {label}"));
    let zoom = format!("{:.0} %", editor.viewport().zoom * 100.0);
    html! {
        <>
            <div class="tools tools-history" role="toolbar" aria-label="History">
                { tool("ui-undo", undo.clone().unwrap_or_else(|| "Undo".to_owned()), undo.map(|_| Command::Undo)) }
                { tool("ui-redo", redo.clone().unwrap_or_else(|| "Redo".to_owned()), redo.map(|_| Command::Redo)) }
            </div>
            { context(editor, &tool) }
            <div class="tools tools-zoom" role="toolbar" aria-label="Zoom">
                { tool("ui-zoom-out", "Zoom out".to_owned(), Some(Command::ZoomOut)) }
                <span class="zoom-level">{ zoom }</span>
                { tool("ui-zoom-in", "Zoom in".to_owned(), Some(Command::ZoomIn)) }
                { tool("ui-fit", "Show the whole board".to_owned(), Some(Command::Fit)) }
            </div>
        </>
    }
}

/// What can be done now: put back what is in hand, or act on what is selected.
fn context(editor: &Editor, tool: &impl Fn(&'static str, String, Option<Command>) -> Html) -> Html {
    let in_hand = match editor.mode() {
        Mode::Place(carry) => {
            let name = match &carry.subject {
                trapwise_editor::Subject::Item(index) => editor.item_label(*index),
                trapwise_editor::Subject::Component(id, _) => editor.title(id),
            };
            Some(format!("Tap where {name} is to stand"))
        }
        Mode::Connect(draw) => Some(format!("Tap what {} is to be linked to", editor.title(&draw.from))),
        Mode::Select => None,
    };
    if let Some(words) = in_hand {
        return html! {
            <div class="tools tools-context in-hand">
                <span>{ words }</span>
                { tool("ui-close", "Put back".to_owned(), Some(Command::PutBack)) }
            </div>
        };
    }
    match editor.selection() {
        Some(Target::Component(id)) => {
            let name = editor.title(id);
            let may_move = editor.rules().may_set(id.as_str(), "in");
            let locked = editor.rules().is_locked(id.as_str());
            html! {
                <div class="tools tools-context" role="toolbar" aria-label={format!("With {name}")}>
                    { tool("ui-connect", format!("Connect {name}"), Some(Command::PickConnect(id.clone()))) }
                    { tool("ui-place", format!("Move {name}"), may_move.then(|| Command::PickMove(id.clone()))) }
                    { tool("ui-duplicate", format!("Duplicate {name}"), Some(Command::Duplicate(id.clone()))) }
                    { tool("ui-delete", format!("Delete {name}"), (!locked).then(|| Command::Remove(Target::Component(id.clone())))) }
                </div>
            }
        }
        Some(Target::Link(id)) => {
            let locked = editor.rules().locked_links.contains(id);
            html! {
                <div class="tools tools-context" role="toolbar" aria-label="With the link">
                    { tool("ui-delete", "Delete the link".to_owned(), (!locked).then(|| Command::Remove(Target::Link(id.clone())))) }
                </div>
            }
        }
        None => Html::default(),
    }
}
