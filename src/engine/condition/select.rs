//! Selecting components, and what a reference stands for.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ptr;
use std::rc::Rc;

use trapwise_model::{Link, SortedMap, Value};

use super::operator::operators;
use super::property::Property;
use crate::report::Status;
use crate::world::{Node, World};
use trapwise_documents::condition::{AttrTest, SameAs, Selector};

/// What quantifiers have bound, innermost first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'e, 'd> {
    name: &'e str,
    node: Node<'d>,
    outer: Option<&'e Scope<'e, 'd>>,
}

impl<'e, 'd> Scope<'e, 'd> {
    /// The scope inside a quantifier.
    pub const fn new(name: &'e str, node: Node<'d>, outer: Option<&'e Self>) -> Self {
        Self { name, node, outer }
    }

    /// What is bound under that name, `$` or not.
    pub fn find(scope: Option<&Self>, name: &str) -> Option<Node<'d>> {
        let name = name.strip_prefix('$').unwrap_or(name);
        let mut scope = scope;
        while let Some(here) = scope {
            if here.name == name {
                return Some(here.node);
            }
            scope = here.outer;
        }
        None
    }

    /// Everything bound, outermost first.
    pub fn all(scope: Option<&Self>) -> Vec<(&'e str, Node<'d>)> {
        let mut all = Vec::new();
        let mut scope = scope;
        while let Some(here) = scope {
            all.push((here.name, here.node));
            scope = here.outer;
        }
        all.reverse();
        all
    }
}

/// Components, in the order of their ids.
#[derive(Clone, Debug)]
pub(super) enum Nodes<'a, 'd> {
    /// What a name is bound to.
    One(Node<'d>),
    /// A run of an index.
    Run(&'a [Node<'d>]),
    /// Found by testing, and kept.
    Found(Rc<[Node<'d>]>),
}

impl<'d> Nodes<'_, 'd> {
    /// The components.
    pub fn as_slice(&self) -> &[Node<'d>] {
        match self {
            Self::One(node) => std::slice::from_ref(node),
            Self::Run(nodes) => nodes,
            Self::Found(nodes) => nodes,
        }
    }
}

/// Why a reference stands for nothing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Missing<'c> {
    /// No quantifier around it binds that name. The loader refuses such conditions.
    Unbound(&'c str),
    /// Nothing is selected.
    Nothing(&'c Selector),
}

/// Selects through indexes.
#[derive(Debug)]
pub(super) struct Selection<'w, 'd> {
    world: &'w World<'d>,
    /// Components that have a preset, by preset and id.
    presets: Vec<Node<'d>>,
    /// What was selected by testing properties. Selectors are told apart by address: they outlive this.
    found: RefCell<SortedMap<*const Selector, Rc<[Node<'d>]>>>,
}

impl<'w, 'd> Selection<'w, 'd> {
    pub fn new(world: &'w World<'d>) -> Self {
        let with_preset = world.graph().nodes().iter().copied().filter(|node| node.preset.is_some());
        let mut presets = with_preset.collect::<Vec<_>>();
        presets.sort_by_key(|node| node.component().preset.as_deref());
        Self { world, presets, found: RefCell::default() }
    }

    /// What a selector selects.
    pub fn select(&self, selector: &Selector, scope: Option<&Scope<'_, 'd>>) -> Nodes<'_, 'd> {
        let run = match (selector.kind, selector.preset.as_deref()) {
            (Some(kind), None) => self.world.graph().of_kind(kind),
            (None, None) => self.world.graph().nodes(),
            (_, Some(preset)) => self.of_preset(preset),
        };
        let of_kind = |node: &Node<'d>| selector.kind.is_none_or(|kind| node.kind == kind);
        if selector.tests.is_empty() && run.iter().all(of_kind) {
            return Nodes::Run(run);
        }
        let key = ptr::from_ref(selector);
        if let Some(found) = self.found.borrow().get(&key) {
            return Nodes::Found(Rc::clone(found));
        }
        let fits = |node: &Node<'d>| {
            of_kind(node)
                && selector.tests.iter().all(|(prop, test)| {
                    accepts(self.world, &Property::of(self.world, *node, prop), test, scope)
                })
        };
        let found: Rc<[_]> = run.iter().copied().filter(fits).collect();
        // What depends on what is bound has to be selected anew each time.
        if !depends_on_scope(selector) {
            self.found.borrow_mut().insert(key, Rc::clone(&found));
        }
        Nodes::Found(found)
    }

    fn of_preset(&self, preset: &str) -> &[Node<'d>] {
        let of = |node: &Node<'d>| node.component().preset.as_deref();
        let start = self.presets.partition_point(|node| of(node) < Some(preset));
        let end = self.presets.partition_point(|node| of(node) <= Some(preset));
        self.presets.get(start..end).unwrap_or_default()
    }
}

/// The components that a selector selects, by id; for authors' tools, outside any condition.
#[must_use]
pub fn selected<'d>(world: &World<'d>, selector: &Selector) -> Vec<Node<'d>> {
    Selection::new(world).select(selector, None).as_slice().to_vec()
}

/// Whether what it selects may differ with what is bound around it.
pub(super) fn depends_on_scope(selector: &Selector) -> bool {
    selector.tests.values().any(|test| test.same_as.is_some() || test.lookup.is_some())
}

/// Whether the tests of a link's properties pass; for authors' tools, outside any condition.
#[must_use]
pub fn link_passes(world: &World<'_>, link: &Link, tests: &SortedMap<String, AttrTest>) -> bool {
    link_fits(world, link, tests, None)
}

/// Whether the tests of a link's properties pass.
pub(super) fn link_fits<'d>(
    world: &World<'d>,
    link: &Link,
    tests: &SortedMap<String, AttrTest>,
    scope: Option<&Scope<'_, 'd>>,
) -> bool {
    tests.iter().all(|(prop, test)| accepts(world, &Property::of_link(link, prop), test, scope))
}

/// Whether no test of the property fails or is unknown.
fn accepts<'d>(
    world: &World<'d>,
    property: &Property<'_>,
    test: &AttrTest,
    scope: Option<&Scope<'_, 'd>>,
) -> bool {
    matches!(test_property(world, property, test, scope), Status::Pass | Status::NotApplicable)
}

/// The `allOf` over a test's operators.
pub(super) fn test_property<'d>(
    world: &World<'d>,
    property: &Property<'_>,
    test: &AttrTest,
    scope: Option<&Scope<'_, 'd>>,
) -> Status {
    let mut tally = super::decide::Tally::default();
    for operator in operators(test) {
        let other = operator.other().and_then(|other| other_value(world, other, scope));
        tally.add(operator.test(property.value.as_deref(), property.set, other.as_deref()));
    }
    tally.all()
}

/// The value of the property that an operator compares with.
pub(super) fn other_value<'d>(
    world: &World<'d>,
    other: &SameAs,
    scope: Option<&Scope<'_, 'd>>,
) -> Option<Cow<'d, Value>> {
    let node = Scope::find(scope, &other.of)?;
    Property::of(world, node, &other.prop).value
}
