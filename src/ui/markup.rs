//! Makes nodes by calls: what [`html!`] writes. Each call is a function of its own, shared by all of the
//! page, where Yew's macro repeats its body at every element.

use std::rc::Rc;

pub use trapwise_markup::html;
use yew::html::IntoPropValue;
use yew::prelude::*;
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, Key, Listener, Listeners, VList, VNode, VTag, VText,
};

/// Nodes on their way.
#[derive(Default)]
pub struct Markup {
    /// Elements and lists that are not closed yet, the innermost last.
    open: Vec<Open>,
    /// What is finished, with the children of what is open.
    nodes: Vec<VNode>,
}

/// An element or a list that is not closed yet.
#[derive(Default)]
struct Open {
    tag: AttrValue,
    /// Where its children begin.
    start: usize,
    /// Whether the number of its children changes.
    many: bool,
    key: Option<Key>,
    node: NodeRef,
    /// All attributes, where none depends on anything.
    fixed: &'static [(&'static str, AttributeOrProperty)],
    /// Else their names, …
    names: &'static [&'static str],
    /// … and their values, in that order.
    values: Vec<Option<AttributeOrProperty>>,
    listeners: Vec<Option<Rc<dyn Listener>>>,
    /// Of an input.
    value: Option<AttrValue>,
    checked: Option<bool>,
}

impl Markup {
    /// An element whose attributes depend on nothing.
    #[inline(never)]
    pub fn open(&mut self, tag: &'static str, fixed: &'static [(&'static str, AttributeOrProperty)]) {
        self.push(Open { tag: AttrValue::Static(tag), fixed, ..Open::default() });
    }

    /// An element with attributes of these names; their values follow, after those of the first.
    #[inline(never)]
    pub fn open_with(&mut self, tag: AttrValue, names: &'static [&'static str], first: &[&'static str]) {
        let first = first.iter().map(|value| Some(AttributeOrProperty::Attribute(AttrValue::Static(value))));
        self.push(Open { tag, names, values: first.collect(), ..Open::default() });
    }

    fn push(&mut self, open: Open) {
        self.open.push(Open { start: self.nodes.len(), ..open });
    }

    fn last(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        let last = self.open.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "there is one")]
        &mut self.open[last]
    }

    /// The value of the next attribute, if it is to be there.
    #[inline(never)]
    pub fn attribute(&mut self, value: impl IntoPropValue<Option<AttrValue>>) {
        self.set(value.into_prop_value());
    }

    fn set(&mut self, value: Option<AttrValue>) {
        self.last().values.push(value.map(AttributeOrProperty::Attribute));
    }

    /// The next attribute is the class.
    #[inline(never)]
    pub fn class(&mut self, class: impl Into<Classes>) {
        self.set(class.into().into_prop_value());
    }

    /// Whether the next attribute is there.
    #[inline(never)]
    pub fn flag(&mut self, on: bool) {
        let open = self.last();
        let name = open.names.get(open.values.len()).filter(|_| on);
        open.values.push(name.map(|name| AttributeOrProperty::Attribute(AttrValue::Static(name))));
    }

    /// What an input shows.
    #[inline(never)]
    pub fn value(&mut self, value: impl IntoPropValue<Option<AttrValue>>) {
        self.last().value = value.into_prop_value();
    }

    /// Whether an input is ticked.
    #[inline(never)]
    pub fn checked(&mut self, checked: bool) {
        self.last().checked = Some(checked);
    }

    /// What is to be done on an event.
    #[inline(never)]
    pub fn listen(&mut self, listener: Option<Rc<dyn Listener>>) {
        self.last().listeners.push(listener);
    }

    /// Tells the element from its siblings.
    #[inline(never)]
    pub fn key(&mut self, key: impl Into<Key>) {
        self.last().key = Some(key.into());
    }

    /// Where the page finds the element.
    #[inline(never)]
    pub fn node(&mut self, node: NodeRef) {
        self.last().node = node;
    }

    /// Words that never change.
    #[inline(never)]
    pub fn text(&mut self, words: &'static str) {
        self.nodes.push(VNode::VText(VText::new(AttrValue::Static(words))));
    }

    /// One node.
    #[inline(never)]
    pub fn put(&mut self, content: impl Content) {
        self.nodes.push(content.into_node());
    }

    /// Any number of nodes follow.
    #[inline(never)]
    pub fn many(&mut self) {
        self.last().many = true;
    }

    /// The element is complete.
    #[inline(never)]
    pub fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let children = self.take(&open);
        let Open { tag, key, node, fixed, names, values, listeners, value, checked, .. } = open;
        let attributes = if names.is_empty() {
            Attributes::Static(fixed)
        } else {
            Attributes::Dynamic { keys: names, values: values.into_boxed_slice() }
        };
        let listeners = match listeners.as_slice() {
            [] => Listeners::None,
            _ => Listeners::Pending(listeners.into_boxed_slice()),
        };
        let tag = if tag == "input" {
            VTag::__new_input(value, checked, node, key, attributes, listeners)
        } else {
            VTag::__new_other(tag, node, key, attributes, listeners, children)
        };
        self.nodes.push(tag.into());
    }

    /// Nodes without an element around them.
    #[inline(never)]
    pub fn list(&mut self) {
        self.push(Open { many: true, ..Open::default() });
    }

    /// The list is complete.
    #[inline(never)]
    pub fn close_list(&mut self) {
        if let Some(open) = self.open.pop() {
            let list = self.take(&open);
            self.nodes.push(list);
        }
    }

    /// The children of what is closed: one by itself, or a list.
    fn take(&mut self, open: &Open) -> VNode {
        if !open.many && self.nodes.len() == open.start + 1 {
            return self.nodes.pop().unwrap_or_default();
        }
        VList::with_children(self.nodes.split_off(open.start), None).into()
    }

    /// The node.
    #[inline(never)]
    pub fn finish(mut self) -> Html {
        self.nodes.pop().unwrap_or_default()
    }
}

/// What can stand in braces.
pub trait Content {
    /// As one node.
    fn into_node(self) -> VNode;
}

impl Content for VNode {
    fn into_node(self) -> VNode {
        self
    }
}

impl Content for AttrValue {
    fn into_node(self) -> VNode {
        VNode::VText(VText::new(self))
    }
}

impl Content for &AttrValue {
    fn into_node(self) -> VNode {
        self.clone().into_node()
    }
}

impl Content for String {
    fn into_node(self) -> VNode {
        AttrValue::from(self).into_node()
    }
}

impl Content for &str {
    fn into_node(self) -> VNode {
        AttrValue::Rc(self.into()).into_node()
    }
}

impl Content for &String {
    fn into_node(self) -> VNode {
        self.as_str().into_node()
    }
}

impl Content for usize {
    fn into_node(self) -> VNode {
        self.to_string().into_node()
    }
}

impl Content for u32 {
    fn into_node(self) -> VNode {
        self.to_string().into_node()
    }
}

impl Content for Vec<VNode> {
    fn into_node(self) -> VNode {
        VList::with_children(self, None).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same markup by both macros; they may order attributes as they like.
    macro_rules! same {
        ($($markup:tt)*) => {
            assert_eq!(shape(&html! { $($markup)* }), shape(&yew::html! { $($markup)* }))
        };
    }

    fn shape(node: &VNode) -> String {
        match node {
            VNode::VTag(tag) => {
                let mut attributes: Vec<_> = tag.attributes.iter().collect();
                attributes.sort_unstable();
                let children = tag.children().map(shape);
                let (name, key, value) = (tag.tag(), &tag.key, (tag.value(), tag.checked()));
                format!("<{name} {key:?} {value:?} {attributes:?}>{children:?}")
            }
            VNode::VList(list) => {
                list.iter().map(shape).fold("list:".to_owned(), |all, one| all + ";" + &one)
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn elements_are_those_of_yew() {
        same! { <p /> };
        same! { <p class="muted" role="status">{ "Words" }</p> };
        same! { <a href={String::from("#/about")}>{ "About" }<b>{ "us" }</b></a> };
        same! { <li key="one"><span>{ 3_u32 }</span></li> };
        same! { <@{"h3"}>{ "Heading" }</@> };
        same! { <svg viewBox="0 0 1 1"><rect width="1" /><line x1={None::<String>} /></svg> };
    }

    #[test]
    fn attributes_are_there_or_not() {
        for on in [true, false] {
            same! { <button type="button" disabled={on} aria-label={on.then_some("On")}>{ "x" }</button> };
            same! { <input type="checkbox" id={"a".to_owned()} value={"b".to_owned()} checked={on} /> };
            same! { <option value="" selected={on}>{ "All" }</option> };
            same! { <p hidden={on} class={classes!("a", on.then_some("b"), format!("c-{on}"))} /> };
        }
    }

    #[test]
    fn what_may_be_missing_keeps_its_place() {
        for number in 0..4 {
            same! {
                <>
                    if number > 2 {
                        <b>{ "many" }</b>{ "!" }
                    } else if let Some(less) = u32::checked_sub(number, 1) {
                        { less }
                    } else {
                        <i />
                    }
                    <p>{ number }</p>
                </>
            };
        }
    }

    #[test]
    fn lists_are_as_long_as_what_they_are_made_of() {
        for number in 0..3_u32 {
            same! {
                <ul>
                    { for (0..number).map(|row| yew::html! { <li key={row}>{ row }</li> }) }
                </ul>
            };
        }
        assert_eq!(html! {}, Html::default());
    }
}
