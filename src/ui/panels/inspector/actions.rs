//! What can be done with a component without dragging: place, connect, duplicate, delete.

use trapwise_editor::{Command, Editor, words};
use trapwise_model::{ComponentId, Target};
use yew::prelude::*;

use crate::platform::dom;
use crate::ui::editor_store::{Action, use_editor_dispatch};
use crate::ui::icon::icon;
use crate::ui::parts::button;

#[derive(Properties, PartialEq)]
pub(super) struct PartActionsProps {
    pub(super) editor: Editor,
    pub(super) id: ComponentId,
}

#[component]
pub(super) fn PartActions(props: &PartActionsProps) -> Html {
    let PartActionsProps { editor, id } = props;
    let dispatch = use_editor_dispatch();
    let locked = editor.rules().is_locked(id.as_str());
    let run = |command: Command| dispatch.reform(move |_: MouseEvent| Action::Run(command.clone()));
    html! {
        <div class="part-actions">
            { button("small-button", "ui-duplicate", "Duplicate", run(Command::Duplicate(id.clone()))) }
            if !locked {
                { button("small-button danger", "ui-delete", "Delete", run(Command::Remove(Target::Component(id.clone())))) }
            }
        </div>
    }
}

/// Which component, and a prefix that keeps element ids apart.
#[derive(Properties, PartialEq)]
pub struct PartFormProps {
    /// The editor.
    pub editor: Editor,
    /// The component.
    pub id: ComponentId,
    /// Prefix of element ids.
    pub scope: AttrValue,
    /// Selector of what gets the keyboard when a link is drawn: the form then makes room for the link's.
    #[prop_or_default]
    pub home: &'static str,
}

/// Where a component is, as a list of everything that would take it.
#[component]
pub fn PlaceIn(props: &PartFormProps) -> Html {
    let PartFormProps { editor, id, scope, .. } = props;
    let dispatch = use_editor_dispatch();
    let error = use_state(|| None::<String>);
    let Some(part) = editor.design().component(id.as_str()) else { return Html::default() };
    let places = editor.containers_for(part.kind);
    if part.kind.spec().containers.is_empty() {
        return Html::default();
    }
    let locked = !editor.rules().may_set(id.as_str(), "in");
    let several = part.kind.spec().containers.iter().any(|rule| rule.max > 1);
    let rows = places.into_iter().map(|place| {
        let on = part.containers.contains(&place);
        let toggle = {
            let (editor, dispatch, error) = (editor.clone(), dispatch.clone(), error.clone());
            let (id, place, now) = (id.clone(), place.clone(), part.containers.clone());
            Callback::from(move |_: Event| {
                let wanted: Vec<ComponentId> = match (on, several) {
                    (true, _) => now.iter().filter(|other| **other != place).cloned().collect(),
                    (false, true) => now.iter().cloned().chain([place.clone()]).collect(),
                    (false, false) => vec![place.clone()],
                };
                let verdict = editor.may_place_in(&id, &wanted);
                if verdict.is_ok() {
                    dispatch.emit(Action::Run(Command::PlaceIn(id.clone(), wanted)));
                }
                error.set(verdict.err());
            })
        };
        let name = words::title_of(editor.design(), &place);
        // Yew leaves a box as the learner ticked it: a refused tick is taken back by a new element.
        let key = format!("{place}-{}", error.is_some());
        html! {
            <li {key}>
                <label>
                    <input type={if several { "checkbox" } else { "radio" }} name={format!("{scope}-place-{id}")}
                        checked={on} disabled={locked} onchange={toggle} />
                    { name }
                </label>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    html! {
        <fieldset class="inspector-part place-in">
            <legend>{ "Place in" }</legend>
            if rows.is_empty() {
                <p class="panel-empty">{ "The board has no area yet that can contain it." }</p>
            }
            <ul>{ for rows }</ul>
            if let Some(error) = &*error {
                <p class="field-error" role="alert">{ error }</p>
            }
        </fieldset>
    }
}

/// What a component can be linked to.
#[component]
pub fn ConnectTo(props: &PartFormProps) -> Html {
    let PartFormProps { editor, id, scope, home } = props;
    let dispatch = use_editor_dispatch();
    let chosen = use_state(String::new);
    let targets = editor.link_targets(id);
    let on_change = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            let select: Option<web_sys::HtmlSelectElement> = event.target_dyn_into();
            chosen.set(select.map(|select| select.value()).unwrap_or_default());
        })
    };
    let connect = {
        let (chosen, id, targets, home) = (chosen.clone(), id.clone(), targets.clone(), *home);
        Callback::from(move |_: MouseEvent| {
            let target = targets.iter().find(|(other, _)| other.as_str() == *chosen);
            if let Some((to, _)) = target {
                // Before, so that a question about the link gives the keyboard back there.
                dom::focus_first(home);
                dispatch.emit(Action::Run(Command::Connect(id.clone(), to.clone())));
                chosen.set(String::new());
            }
        })
    };
    let option = |other: &ComponentId| {
        let selected = *chosen == other.as_str();
        html! {
            <option key={other.as_str()} value={other.as_str().to_owned()} {selected}>
                { words::title_of(editor.design(), other) }
            </option>
        }
    };
    let (out, back): (Vec<_>, Vec<_>) = targets.iter().partition(|(_, reversed)| !reversed);
    let field = format!("{scope}-connect-{id}");
    html! {
        <div class="inspector-part connect-to">
            <label for={field.clone()}>{ "Connect to" }</label>
            <span class="draft">
                <select id={field} onchange={on_change} disabled={targets.is_empty()}>
                    <option value="" selected={chosen.is_empty()}>
                        { if targets.is_empty() { "Nothing on the board yet" } else { "Choose…" } }
                    </option>
                    { for out.iter().map(|(other, _)| option(other)) }
                    if !back.is_empty() {
                        <optgroup label="In the other direction">{ for back.iter().map(|(other, _)| option(other)) }</optgroup>
                    }
                </select>
                // Never disabled: the keyboard stays here while something is chosen.
                <button type="button" class="small-button" aria-disabled={chosen.is_empty().to_string()} onclick={connect}>
                    { icon("ui-connect") }{ "Connect" }
                </button>
            </span>
        </div>
    }
}
