//! The board as a tree: containment, and the links under each part. With the forms beneath it, it is
//! a complete editor of its own for keyboard and screen reader users.

mod nodes;
mod tools;

use std::rc::Rc;

use trapwise_editor::{Command, Editor, Key};
use trapwise_model::{SortedSet, Target};
use yew::prelude::*;

use self::nodes::{Kind, Node, nodes};
use self::tools::Tools;
use crate::platform::dom;
use crate::ui::editor_store::{Action, use_editor_dispatch};
use crate::ui::icon::{icon, icon_with};

/// What the outline shows.
#[derive(Properties)]
pub struct OutlineProps {
    /// The editor.
    pub editor: Editor,
    /// Whether it is in view.
    pub shown: bool,
}

impl PartialEq for OutlineProps {
    /// A drag over the board changes nothing here; and out of view it is not kept up to date.
    fn eq(&self, other: &Self) -> bool {
        self.shown == other.shown && (!self.shown || self.editor.same_board(&other.editor))
    }
}

/// The outline.
#[component]
pub fn Outline(props: &OutlineProps) -> Html {
    let editor = &props.editor;
    let dispatch = use_editor_dispatch();
    // What is open that is closed at first, and the other way round.
    let toggled = use_state(|| Rc::new(SortedSet::<String>::new()));
    let focused = use_state(|| None::<String>);
    let tree = use_memo((editor.design().clone(), editor.layout().clone(), Rc::clone(&toggled)), |_| {
        nodes(editor, &toggled)
    });
    // The node that has the place in the tab order: the one last moved to, else what is selected.
    let selected = |node: &Node| match &node.target {
        Some(Target::Component(id)) => editor.is_selected(id),
        target => target.is_some() && target.as_ref() == editor.selection(),
    };
    let by_key = focused.as_ref().and_then(|key| tree.iter().position(|node| node.key == *key));
    let current = by_key
        .filter(|index| {
            editor.selection().is_none()
                || tree.get(*index).is_some_and(|node| node.target.is_none() || selected(node))
        })
        .or_else(|| tree.iter().position(selected))
        .or(by_key)
        .unwrap_or(0);

    let go = {
        let (tree, focused, dispatch) = (tree.clone(), focused.clone(), dispatch.clone());
        Rc::new(move |index: usize| {
            let Some(node) = tree.get(index) else { return };
            focused.set(Some(node.key.clone()));
            dispatch.emit(Action::Run(match &node.target {
                Some(target) => Command::Show(target.clone()),
                None => Command::Select(None),
            }));
            dom::focus(&element_id(&node.key));
        })
    };
    let toggle = {
        let toggled = toggled.clone();
        Rc::new(move |key: &str| {
            let mut next = SortedSet::clone(&toggled);
            if !next.remove(key) {
                next.insert(key.to_owned());
            }
            toggled.set(Rc::new(next));
        })
    };
    let on_key = {
        let (tree, go, toggle, dispatch) = (tree.clone(), go.clone(), toggle.clone(), dispatch.clone());
        let several = !editor.also().is_empty();
        Callback::from(move |event: KeyboardEvent| {
            let ctrl = event.ctrl_key() || event.meta_key();
            let Some(node) = tree.get(current) else { return };
            let last = tree.len().saturating_sub(1);
            match (event.key().as_str(), ctrl) {
                ("ArrowDown", false) => go((current + 1).min(last)),
                ("ArrowUp", false) => go(current.saturating_sub(1)),
                ("Home", false) => go(0),
                ("End", false) => go(last),
                ("ArrowRight", false) => match node.open {
                    Some(false) => toggle(&node.key),
                    Some(true) => go((current + 1).min(last)),
                    None => {}
                },
                ("ArrowLeft", false) => match (node.open, parent(&tree, current)) {
                    (Some(true), _) => toggle(&node.key),
                    (_, Some(parent)) => go(parent),
                    _ => {}
                },
                ("Enter" | " ", false) => go(current),
                ("Delete" | "Backspace", false) => {
                    if several {
                        dispatch.emit(Action::Run(Command::RemoveSelected));
                    } else if let Some(target) = node.target.clone() {
                        dispatch.emit(Action::Run(Command::Remove(target)));
                        // The place in the tree stays: on what stood before.
                        go(current.saturating_sub(1));
                    }
                }
                (key, true) => match Key::from_name(key, true, event.shift_key(), event.alt_key()) {
                    Some(Key::Undo) => dispatch.emit(Action::Run(Command::Undo)),
                    Some(Key::SelectAll) => dispatch.emit(Action::Run(Command::SelectAll)),
                    Some(Key::Redo) => dispatch.emit(Action::Run(Command::Redo)),
                    Some(Key::Duplicate) => match &node.target {
                        Some(Target::Component(id)) => {
                            dispatch.emit(Action::Run(Command::Duplicate(id.clone())))
                        }
                        _ => return,
                    },
                    _ => return,
                },
                (key, false) => match by_letter(&tree, current, key) {
                    Some(index) => go(index),
                    None => return,
                },
            }
            event.prevent_default();
        })
    };
    let rows = tree.iter().enumerate().map(|(index, node)| {
        let (go, toggle, key, open) = (go.clone(), toggle.clone(), node.key.clone(), node.open);
        let on_click = Callback::from(move |_: MouseEvent| go(index));
        let on_toggle = Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            toggle(&key);
        });
        html! {
            <Row key={node.key.clone()} node={node.clone()} selected={selected(node)} current={index == current}
                {on_click} on_toggle={open.map(|_| on_toggle)} />
        }
    });
    html! {
        <div class="panel outline">
            <ul class="tree" role="tree" aria-multiselectable="true" aria-label="Outline of the board" onkeydown={on_key}>
                { for rows }
            </ul>
            if tree.is_empty() {
                <p class="panel-empty">{ "The board is empty. Add the first component below." }</p>
            }
            <Tools editor={editor.clone()} />
        </div>
    }
}

fn parent(tree: &[Node], index: usize) -> Option<usize> {
    let level = tree.get(index)?.level;
    tree.iter().take(index).rposition(|node| node.level < level)
}

/// The next node whose name starts with what was typed.
fn by_letter(tree: &[Node], current: usize, key: &str) -> Option<usize> {
    let mut letters = key.chars();
    let letter = letters.next().filter(|letter| letter.is_ascii_alphanumeric())?.to_ascii_lowercase();
    if letters.next().is_some() {
        return None;
    }
    let starts = |index: &usize| {
        let name = tree.get(*index).map(|node| node.name.to_ascii_lowercase());
        name.is_some_and(|name| name.starts_with(letter))
    };
    (current + 1..tree.len()).chain(0..=current).find(starts)
}

fn element_id(key: &str) -> String {
    format!("outline-{key}")
}

#[derive(Properties, PartialEq)]
struct RowProps {
    node: Node,
    selected: bool,
    current: bool,
    on_click: Callback<MouseEvent>,
    on_toggle: Option<Callback<MouseEvent>>,
}

/// One item. The tree is flat in the page; its levels are told by `aria-level`.
#[component]
fn Row(props: &RowProps) -> Html {
    let node = &props.node;
    let class = classes!(
        "tree-item",
        format!("level-{}", node.level),
        match node.kind {
            Kind::Group => "tree-group",
            Kind::Part(_) => "tree-part",
            Kind::Link => "tree-link",
        },
        props.selected.then_some("selected"),
    );
    let part = match node.kind {
        Kind::Part(kind) => Some(kind),
        _ => None,
    };
    html! {
        <li id={element_id(&node.key)} {class} role="treeitem" aria-level={node.level.to_string()}
            aria-posinset={node.position.to_string()} aria-setsize={node.siblings.to_string()}
            aria-expanded={node.open.map(|open| open.to_string())} aria-selected={props.selected.to_string()}
            tabindex={if props.current { "0" } else { "-1" }} onclick={props.on_click.clone()}>
            if let Some(on_toggle) = &props.on_toggle {
                <span class="tree-toggle" onclick={on_toggle.clone()} aria-hidden="true">
                    { icon(if node.open == Some(true) { "ui-chevron-down" } else { "ui-chevron-right" }) }
                </span>
            } else {
                <span class="tree-toggle" aria-hidden="true"></span>
            }
            if let Some(kind) = part {
                { icon_with(kind.name(), classes!("card-icon", format!("cat-{}", kind.spec().group))) }
            }
            <span class="tree-name">{ &node.name }</span>
            if !node.note.is_empty() {
                <span class="tree-note">{ &node.note }</span>
            }
        </li>
    }
}
