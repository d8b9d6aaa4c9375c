//! The items of the outline, from the design.

use std::sync::Arc;

use trapwise_editor::layout::is_area;
use trapwise_editor::{Editor, words};
use trapwise_model::catalogue::Group;
use trapwise_model::{Component, ComponentKind, SortedMap, SortedSet, Target};

use crate::ui::canvas::group_name;

/// One visible item.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// Unique in the tree, also where a part is in several subnets.
    pub(super) key: String,
    /// From 1.
    pub(super) level: usize,
    /// What selecting it selects.
    pub(super) target: Option<Target>,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) note: String,
    /// Whether its items are shown; none if it has none.
    pub(super) open: Option<bool>,
    /// Its place among its siblings, from 1, and how many they are.
    pub(super) position: usize,
    pub(super) siblings: usize,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A heading.
    Group,
    /// A component.
    Part(ComponentKind),
    /// A link.
    Link,
}

/// A tree before what is closed is left out.
struct Branch {
    node: Node,
    children: Vec<Branch>,
    /// Whether it is open unless closed.
    opens: bool,
}

/// The visible items. `toggled` holds the keys that are not as they are at first.
pub(super) fn nodes(editor: &Editor, toggled: &SortedSet<String>) -> Vec<Node> {
    let mut inside: SortedMap<&str, Vec<&Arc<Component>>> = SortedMap::new();
    let (mut top, mut shelves) = (Vec::new(), SortedMap::<Group, Vec<&Arc<Component>>>::new());
    for part in editor.design().components() {
        for container in &part.containers {
            inside.entry(container.as_str()).or_default().push(part);
        }
        if part.containers.is_empty() {
            if is_area(part.kind) || part.kind == ComponentKind::Users {
                top.push(part);
            } else {
                shelves.entry(part.kind.spec().group).or_default().push(part);
            }
        }
    }
    let mut roots: Vec<Branch> =
        in_order(editor, top).map(|part| branch(editor, part, "", &inside)).collect();
    for (group, parts) in shelves {
        let children = in_order(editor, parts).map(|part| branch(editor, part, "", &inside)).collect();
        let node =
            node(format!("group-{group}"), None, Kind::Group, group_name(group).to_owned(), String::new());
        roots.push(Branch { node, children, opens: true });
    }
    let mut all = Vec::new();
    flatten(roots, 1, toggled, &mut all);
    all
}

/// In the order of the board: from the top, then from the left.
fn in_order<'a>(editor: &Editor, parts: Vec<&'a Arc<Component>>) -> impl Iterator<Item = &'a Arc<Component>> {
    let place = |part: &Arc<Component>| editor.layout().rect(part.id.as_str()).unwrap_or_default();
    let mut places: Vec<_> = parts.into_iter().map(|part| (place(part), part)).collect();
    places.sort_by(|(a, _), (b, _)| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    places.into_iter().map(|(_, part)| part)
}

fn node(key: String, target: Option<Target>, kind: Kind, name: String, note: String) -> Node {
    Node { key, level: 1, target, kind, name, note, open: None, position: 1, siblings: 1 }
}

fn branch(
    editor: &Editor,
    part: &Arc<Component>,
    within: &str,
    inside: &SortedMap<&str, Vec<&Arc<Component>>>,
) -> Branch {
    let design = editor.design();
    let id = part.id.as_str();
    let key = if within.is_empty() { id.to_owned() } else { format!("{within}--{id}") };
    let held = inside.get(id).cloned().unwrap_or_default();
    let mut children: Vec<Branch> =
        in_order(editor, held).map(|child| branch(editor, child, id, inside)).collect();
    let area = is_area(part.kind);
    for link in design.links_of(id) {
        let spec = link.kind.spec();
        let name = if link.from == part.id {
            format!("{} {}", spec.label, words::title_of(design, &link.to))
        } else {
            format!("{} {} this", words::title_of(design, &link.from), spec.label)
        };
        let note = words::link_label(link);
        let note = if note == spec.label { String::new() } else { note };
        let target = Some(Target::Link(link.id.clone()));
        let node = node(format!("{key}--link-{}", link.id), target, Kind::Link, name, note);
        children.push(Branch { node, children: Vec::new(), opens: false });
    }
    let also: Vec<_> = part.containers.iter().filter(|other| other.as_str() != within).cloned().collect();
    let note = if also.is_empty() || within.is_empty() {
        part.kind.spec().label.to_owned()
    } else {
        format!("{}, also in {}", part.kind.spec().label, words::place_words(design, &also))
    };
    let name = words::title(part);
    let note = if name == note { String::new() } else { note };
    let target = Some(Target::Component(part.id.clone()));
    Branch { node: node(key, target, Kind::Part(part.kind), name, note), children, opens: area }
}

fn flatten(branches: Vec<Branch>, level: usize, toggled: &SortedSet<String>, all: &mut Vec<Node>) {
    let siblings = branches.len();
    for (index, branch) in branches.into_iter().enumerate() {
        let Branch { mut node, children, opens } = branch;
        let open = opens != toggled.contains(&node.key);
        node.level = level;
        node.position = index + 1;
        node.siblings = siblings;
        node.open = (!children.is_empty()).then_some(open);
        all.push(node);
        if open {
            flatten(children, level + 1, toggled, all);
        }
    }
}
