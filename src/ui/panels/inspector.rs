//! The selected part: what it is, its properties, its links, and what can be done with it. Everything
//! about properties is generated from the catalogue.

mod actions;
mod field;
mod lists;

use trapwise_editor::{Command, Editor, words};
use trapwise_model::catalogue::{PropId, PropSpec};
use trapwise_model::{Component, Link, LinkKind, Props, Set, Target, Value};
use yew::prelude::*;

use self::actions::PartActions;
pub use self::actions::{ConnectTo, PlaceIn};
use self::field::{Field, SetResult};
use crate::ui::editor_store::{Action, use_editor_dispatch};
use crate::ui::icon::{icon, icon_with};
use crate::ui::parts::button;

/// What a first-time visitor has to know about the board.
const HOW: [(&str, &str); 7] = [
    (
        "Add",
        "Select a component and then where to place it, or drag it onto the board. Valid places turn green.",
    ),
    (
        "Connect",
        "Select a component and drag from one of its + handles to another component, or press Connect.",
    ),
    ("Span", "Drag the ends of a selected service or load balancer over more subnets, or press Place in…"),
    ("Set", "Select a component or a link. Edit its settings here. Locked items cannot be changed."),
    (
        "Multi-select",
        "Shift+click, Shift+drag a frame, or use the tool. Then move, copy or delete the selection together.",
    ),
    (
        "Keys",
        "Arrows select, Enter opens, C connects, P places, Delete removes, Ctrl+Z undoes, Ctrl+A selects all, Ctrl+C and Ctrl+V copy.",
    ),
    ("Check", "Check as often as you like. Your work is kept, and every change can be undone."),
];

/// What the inspector shows.
#[derive(Properties)]
pub struct InspectorProps {
    /// The editor.
    pub editor: Editor,
}

impl PartialEq for InspectorProps {
    /// A drag over the board changes nothing here.
    fn eq(&self, other: &Self) -> bool {
        self.editor.same_board(&other.editor)
    }
}

/// The inspector.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let editor = &props.editor;
    let dispatch = use_editor_dispatch();
    let content = match editor.selection() {
        Some(Target::Component(_)) if !editor.also().is_empty() => Some(several(editor, &dispatch)),
        Some(Target::Component(id)) => {
            editor.design().component(id.as_str()).map(|part| component(editor, part))
        }
        Some(Target::Link(id)) => editor.design().link(id.as_str()).map(|part| {
            html! {
                <LinkView key={format!("link-{id}")} editor={editor.clone()} link={(**part).clone()} />
            }
        }),
        None => None,
    };
    let content = content.unwrap_or_else(|| {
        html! {
            <div class="how-to">
                <p>{ "Select a component or a link to view and edit it." }</p>
                <h2>{ "How to build" }</h2>
                <dl>
                    { for HOW.iter().map(|(what, how)| html! { <><dt>{ *what }</dt><dd>{ *how }</dd></> }) }
                </dl>
            </div>
        }
    });
    html! { <div class="panel inspector">{ content }</div> }
}

/// What is selected, to choose one of it.
fn several(editor: &Editor, dispatch: &Callback<Action>) -> Html {
    let rows = editor.selected_components().into_iter().map(|id| {
        let name = editor.title(&id);
        let target = Target::Component(id);
        let only = dispatch.reform(move |_: MouseEvent| Action::Run(Command::Show(target.clone())));
        html! { <li><button type="button" class="link-row" onclick={only}><span>{ name }</span></button></li> }
    });
    let rows: Vec<_> = rows.collect();
    html! {
        <div class="inspected">
            <h2>{ rows.len() }{ " components selected" }</h2>
            <p class="inspector-help">{ "Move, copy or delete them with the tools under the board, or select one of them:" }</p>
            <ul class="link-list">{ rows }</ul>
        </div>
    }
}

fn component(editor: &Editor, part: &Component) -> Html {
    let spec = part.kind.spec();
    let locked = editor.rules().is_locked(part.id.as_str());
    html! {
        <div key={format!("component-{}", part.id)} class={classes!("inspected", format!("cat-{}", spec.group))}>
            <header class="inspector-head">
                { icon_with(part.kind.name(), classes!("card-icon")) }
                <div>
                    <h2>{ words::title(part) }</h2>
                    <p>{ spec.label }</p>
                </div>
            </header>
            <p class="inspector-help">{ spec.help }</p>
            if locked {
                <p class="locked">{ icon("ui-lock") }{ "Locked by the scenario. Only the settings listed first can be changed." }</p>
            }
            <PartActions editor={editor.clone()} id={part.id.clone()} />
            <ComponentFields editor={editor.clone()} id={part.id.clone()} scope="inspector" />
            <PlaceIn editor={editor.clone()} id={part.id.clone()} scope="inspector" />
            <ConnectTo editor={editor.clone()} id={part.id.clone()} scope="inspector" home="#tab-inspect" />
            <LinkList editor={editor.clone()} id={part.id.clone()} />
        </div>
    }
}

/// Which component's properties to show, and a prefix that keeps element ids apart.
#[derive(Properties, PartialEq)]
pub struct ComponentFieldsProps {
    /// The editor.
    pub editor: Editor,
    /// The component.
    pub id: trapwise_model::ComponentId,
    /// Prefix of element ids.
    pub scope: AttrValue,
}

/// The properties of a component as a form.
#[component]
pub fn ComponentFields(props: &ComponentFieldsProps) -> Html {
    let ComponentFieldsProps { editor, id, scope } = props;
    let Some(part) = editor.design().component(id.as_str()) else { return Html::default() };
    let may_set = |prop: PropId| editor.rules().may_set(id.as_str(), prop.as_str());
    fields(
        editor,
        &Target::Component(id.clone()),
        part.kind.spec().props,
        &part.props,
        &may_set,
        None,
        &[],
        scope,
    )
}

#[expect(clippy::too_many_arguments, reason = "one form for components and links")]
fn fields(
    editor: &Editor,
    of: &Target,
    specs: &'static [PropSpec],
    values: &Props,
    may_set: &dyn Fn(PropId) -> bool,
    required: Option<PropId>,
    more: &[&'static str],
    scope: &AttrValue,
) -> Html {
    let owner = match of {
        Target::Component(id) => id.as_str().to_owned(),
        Target::Link(id) => format!("link-{id}"),
    };
    let row = |spec: &'static PropSpec| {
        let editor = editor.clone();
        let of = of.clone();
        let key = format!("{owner}-{}", spec.id);
        html! {
            <PropRow {key} id={format!("{scope}-{owner}-{}", spec.id)} {editor} {of} {spec}
                value={values.get(spec.id.as_str()).cloned()} locked={!may_set(spec.id)}
                required={required == Some(spec.id)} more={more.to_vec()} />
        }
    };
    // What can be changed comes first.
    let (open, given): (Vec<_>, Vec<_>) = specs.iter().partition(|spec| may_set(spec.id));
    html! {
        <div class="fields">
            { for open.into_iter().map(row) }
            if !given.is_empty() {
                <h3 class="given">{ icon("ui-lock") }{ "Locked by the scenario" }</h3>
                { for given.into_iter().map(row) }
            }
        </div>
    }
}

/// The properties of a link as a form.
pub fn link_fields(editor: &Editor, link: &Link, scope: &'static str) -> Html {
    let spec = link.kind.spec();
    let locked = editor.rules().locked_links.contains(&link.id);
    // The actions that the other end is about.
    let more: &[&'static str] = match (link.kind, editor.design().component(link.to.as_str())) {
        (LinkKind::Grants | LinkKind::Calls, Some(to)) => to.kind.spec().actions,
        _ => &[],
    };
    let target = Target::Link(link.id.clone());
    fields(editor, &target, spec.props, &link.props, &|_| !locked, spec.asks, more, &AttrValue::from(scope))
}

#[derive(Properties, PartialEq)]
struct PropRowProps {
    id: String,
    editor: Editor,
    of: Target,
    spec: &'static PropSpec,
    value: Option<Value>,
    locked: bool,
    required: bool,
    more: Vec<&'static str>,
}

/// One property, whose changes go through the editor: a refusal comes back to the field.
#[component]
fn PropRow(props: &PropRowProps) -> Html {
    let dispatch = use_editor_dispatch();
    let on_set: Callback<Option<Value>, SetResult> = {
        let (editor, of, prop) = (props.editor.clone(), props.of.clone(), props.spec.id);
        Callback::from(move |value: Option<Value>| {
            let set = Set { of: of.clone(), prop: prop.into(), value };
            editor.may_set(&set)?;
            dispatch.emit(Action::Run(Command::SetProp(set)));
            Ok(())
        })
    };
    html! {
        <Field id={props.id.clone()} spec={props.spec} value={props.value.clone()} locked={props.locked}
            required={props.required} more={props.more.clone()} {on_set} />
    }
}

#[derive(Properties, PartialEq)]
struct LinkViewProps {
    editor: Editor,
    link: Link,
}

#[component]
fn LinkView(props: &LinkViewProps) -> Html {
    let LinkViewProps { editor, link } = props;
    let dispatch = use_editor_dispatch();
    let spec = link.kind.spec();
    let design = editor.design();
    let locked = editor.rules().locked_links.contains(&link.id);
    let end = |id: &trapwise_model::ComponentId| {
        let target = Target::Component(id.clone());
        let on_click = dispatch.reform(move |_: MouseEvent| Action::Run(Command::Show(target.clone())));
        html! { <button type="button" class="link-end" onclick={on_click}>{ words::title_of(design, id) }</button> }
    };
    let delete = {
        let id = link.id.clone();
        dispatch.reform(move |_: MouseEvent| Action::Run(Command::Remove(Target::Link(id.clone()))))
    };
    html! {
        <div class="inspected">
            <header class="inspector-head">
                { icon_with("ui-connect", classes!("card-icon")) }
                <div>
                    <h2>{ end(&link.from) }{ " " }{ spec.label }{ " " }{ end(&link.to) }</h2>
                    <p>{ "Link" }</p>
                </div>
            </header>
            <p class="inspector-help">{ spec.help }</p>
            <p class="provisions"><strong>{ "Creates: " }</strong>{ spec.provisions }</p>
            if locked {
                <p class="locked">{ icon("ui-lock") }{ "Locked by the scenario. It cannot be changed." }</p>
            } else {
                <div class="part-actions">
                    { button("small-button danger", "ui-delete", "Delete link", delete) }
                </div>
            }
            { link_fields(editor, link, "inspector") }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LinkListProps {
    editor: Editor,
    id: trapwise_model::ComponentId,
}

/// The links of a component, from it first.
#[component]
fn LinkList(props: &LinkListProps) -> Html {
    let LinkListProps { editor, id } = props;
    let dispatch = use_editor_dispatch();
    let design = editor.design();
    let mut links: Vec<_> = design.links_of(id.as_str()).collect();
    links.sort_by_key(|link| (link.from != *id, link.kind, link.id.clone()));
    let rows = links.into_iter().map(|link| {
        let target = Target::Link(link.id.clone());
        let (show, cut) = (target.clone(), target);
        let show = dispatch.reform(move |_: MouseEvent| Action::Run(Command::Show(show.clone())));
        let cut = dispatch.reform(move |_: MouseEvent| Action::Run(Command::Remove(cut.clone())));
        let spec = link.kind.spec();
        let words = if link.from == *id {
            format!("{} {}", spec.label, words::title_of(design, &link.to))
        } else {
            format!("{} {} this", words::title_of(design, &link.from), spec.label)
        };
        let note = words::link_label(link);
        let locked = editor.rules().locked_links.contains(&link.id);
        html! {
            <li key={link.id.as_str()}>
                <button type="button" class="link-row" onclick={show}>
                    <span>{ &words }</span>
                    if note != spec.label { <span class="link-note">{ note }</span> }
                </button>
                if locked {
                    <span class="row-lock">{ icon("ui-lock") }<span class="visually-hidden">{ "locked" }</span></span>
                } else {
                    <button type="button" class="row-remove" aria-label={format!("Remove: {words}")} title="Remove" onclick={cut}>
                        { icon("ui-close") }
                    </button>
                }
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    html! {
        <section class="inspector-part">
            <h3>{ format!("Links ({})", rows.len()) }</h3>
            if rows.is_empty() {
                <p class="panel-empty">{ "None yet. Drag from a + handle of the component, or connect it above." }</p>
            } else {
                <ul class="link-list">{ for rows }</ul>
            }
        </section>
    }
}
