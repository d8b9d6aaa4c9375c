//! What can be done from the outline: add into the selected part, place, connect, edit.

use trapwise_editor::layout::is_area;
use trapwise_editor::{Command, Editor, words};
use trapwise_model::{ComponentId, Target, may_contain};
use yew::prelude::*;

use super::super::inspector::{ComponentFields, ConnectTo, PlaceIn, link_fields};
use crate::ui::editor_store::{Action, use_editor_dispatch};
use crate::ui::icon::icon;
use crate::ui::parts::button;

#[derive(Properties, PartialEq)]
pub(super) struct ToolsProps {
    pub(super) editor: Editor,
}

#[component]
pub(super) fn Tools(props: &ToolsProps) -> Html {
    let editor = &props.editor;
    let dispatch = use_editor_dispatch();
    let run = |command: Command| dispatch.reform(move |_: MouseEvent| Action::Run(command.clone()));
    let selected = editor.selection().cloned();
    let part = match &selected {
        Some(Target::Component(id)) => editor.design().component(id.as_str()).cloned(),
        _ => None,
    };
    let link = match &selected {
        Some(Target::Link(id)) => editor.design().link(id.as_str()).cloned(),
        _ => None,
    };
    let name = match &selected {
        Some(Target::Component(id)) => editor.title(id),
        Some(Target::Link(id)) => editor
            .design()
            .link(id.as_str())
            .map_or_else(String::new, |link| words::link_sentence(editor.design(), link)),
        None => "The board".to_owned(),
    };
    let removable = match &selected {
        Some(Target::Component(id)) => !editor.rules().is_locked(id.as_str()),
        Some(Target::Link(id)) => !editor.rules().locked_links.contains(id),
        None => false,
    };
    html! {
        <section class="outline-tools" aria-label={format!("With {name}")}>
            <h2>{ &name }</h2>
            <AddHere editor={editor.clone()} area={part.as_ref().filter(|part| is_area(part.kind)).map(|part| part.id.clone())} />
            if let Some(part) = &part {
                <ConnectTo editor={editor.clone()} id={part.id.clone()} scope="outline" home="#panel-outline [role=treeitem][tabindex='0']" />
                <details class="outline-form">
                    <summary>{ "Place" }</summary>
                    <PlaceIn editor={editor.clone()} id={part.id.clone()} scope="outline" />
                </details>
                <details class="outline-form">
                    <summary>{ "Properties" }</summary>
                    <ComponentFields editor={editor.clone()} id={part.id.clone()} scope="outline" />
                </details>
            }
            if let Some(link) = &link {
                <details class="outline-form">
                    <summary>{ "Properties" }</summary>
                    { link_fields(editor, link, "outline") }
                </details>
            }
            if let Some(target) = selected {
                <div class="part-actions">
                    if let Target::Component(id) = &target {
                        { button("small-button", "ui-duplicate", "Duplicate", run(Command::Duplicate(id.clone()))) }
                    }
                    if removable {
                        { button("small-button danger", "ui-delete", "Delete", run(Command::Remove(target.clone()))) }
                    }
                </div>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct AddHereProps {
    editor: Editor,
    /// The frame that is selected; none to add beside them all.
    area: Option<ComponentId>,
}

/// Adds an item of the palette into the selected frame, or onto its shelf.
#[component]
fn AddHere(props: &AddHereProps) -> Html {
    let AddHereProps { editor, area } = props;
    let dispatch = use_editor_dispatch();
    let chosen = use_state(String::new);
    let area_kind = area.as_ref().and_then(|id| editor.design().component(id.as_str())).map(|part| part.kind);
    let fits = |kind: trapwise_model::ComponentKind| match area_kind {
        Some(area) => may_contain(area, kind),
        None => kind.spec().floats || editor.containers_for(kind).len() == 1,
    };
    let items = editor.palette().iter().enumerate().filter(|(_, item)| fits(item.kind));
    let options = items.map(|(index, item)| {
        let left = editor.rules().remaining(editor.design(), item);
        let value = index.to_string();
        html! {
            <option key={index} value={value.clone()} selected={*chosen == value} disabled={left == 0}>
                { editor.item_label(index) }
            </option>
        }
    });
    let options: Vec<_> = options.collect();
    let on_change = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            let select: Option<web_sys::HtmlSelectElement> = event.target_dyn_into();
            chosen.set(select.map(|select| select.value()).unwrap_or_default());
        })
    };
    let add = {
        let (chosen, into) = (chosen.clone(), area.clone());
        Callback::from(move |_: MouseEvent| {
            if let Ok(item) = chosen.parse::<usize>() {
                dispatch.emit(Action::Run(Command::Add { item, into: into.iter().cloned().collect() }));
                chosen.set(String::new());
            }
        })
    };
    let place = area
        .as_ref()
        .map_or_else(|| "Add to the board".to_owned(), |id| format!("Add to {}", editor.title(id)));
    html! {
        <div class="inspector-part connect-to">
            <label for="outline-add">{ place }</label>
            <span class="draft">
                <select id="outline-add" onchange={on_change} disabled={options.is_empty()}>
                    <option value="" selected={chosen.is_empty()}>
                        { if options.is_empty() { "Nothing in the palette fits here" } else { "Choose…" } }
                    </option>
                    { for options }
                </select>
                <button type="button" class="small-button" aria-disabled={chosen.is_empty().to_string()} onclick={add}>
                    { icon("ui-plus") }{ "Add" }
                </button>
            </span>
        </div>
    }
}
