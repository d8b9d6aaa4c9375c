//! The graph a learner builds.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

use crate::adjacency::Adjacency;
use crate::catalogue::{ComponentKind, LinkKind, PropId, PropSpec};
use crate::read::{self, At, FromJson};
use crate::shape::{Shape, Shaped};
use crate::{ComponentId, LinkId, Props, SortedMap, Value};

/// One part of an architecture.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, Serialize, Shaped)]
pub struct Component {
    /// Unique in its design.
    pub id: ComponentId,
    /// What it is.
    pub kind: ComponentKind,
    /// The palette entry it came from; checks tell components of one kind apart by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(strict, text(Id))]
    pub preset: Option<String>,
    /// Its containers, by id: several subnets for what spans zones, none for what is outside all containers.
    #[serde(default, rename = "in", skip_serializing_if = "Vec::is_empty")]
    #[document(len(0, 64))]
    pub containers: Vec<ComponentId>,
    /// Place among its neighbours; never changes a verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(strict, range(0, MAX_AT as i64))]
    pub at: Option<u32>,
    /// The properties that are set; others have AWS's defaults.
    #[serde(default, skip_serializing_if = "Props::is_empty")]
    #[document(shape(Shape::ComponentProps))]
    pub props: Props,
}

/// One relation between two components.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, Serialize, Shaped)]
pub struct Link {
    /// Unique among the links of its design.
    pub id: LinkId,
    /// What it means.
    pub kind: LinkKind,
    /// The component it starts at.
    pub from: ComponentId,
    /// The component it ends at.
    pub to: ComponentId,
    /// The properties that are set; others have AWS's defaults.
    #[serde(default, skip_serializing_if = "Props::is_empty")]
    #[document(shape(Shape::LinkProps))]
    pub props: Props,
}

/// A design: components in containers, joined by links.
///
/// Kept sorted by id, so that two designs of the same parts are equal and are written the same
/// whatever order they were built in. Parts are shared: cloning a design copies pointers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Design {
    pub(crate) components: SortedMap<ComponentId, Arc<Component>>,
    pub(crate) links: SortedMap<LinkId, Arc<Link>>,
    /// Shared until links or places change.
    pub(crate) adjacency: Arc<Adjacency>,
}

impl Design {
    /// A board with nothing on it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is on the board.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.components.is_empty()
    }

    /// Every component, by id.
    pub fn components(&self) -> impl ExactSizeIterator<Item = &Arc<Component>> + Clone {
        self.components.values()
    }

    /// The index of that component among [`Self::components`].
    #[must_use]
    pub fn component_index(&self, id: &str) -> Option<usize> {
        self.components.index_of(id)
    }

    /// Every link, by id.
    pub fn links(&self) -> impl ExactSizeIterator<Item = &Arc<Link>> + Clone {
        self.links.values()
    }

    /// The component of that id.
    #[must_use]
    pub fn component(&self, id: &str) -> Option<&Arc<Component>> {
        self.components.get(id)
    }

    /// The link of that id.
    #[must_use]
    pub fn link(&self, id: &str) -> Option<&Arc<Link>> {
        self.links.get(id)
    }

    /// What stands directly in the component of that id, by id.
    pub fn children<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Arc<Component>> {
        self.adjacency.inside(id).iter().filter_map(|child| self.components.get(child.as_str()))
    }

    /// The links that start or end at the component of that id, by id.
    pub fn links_of<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Arc<Link>> {
        self.adjacency.links(id).into_iter().filter_map(|link| self.link(link.as_str()))
    }

    /// The id for one more component: `stem`, or `stem-2`, …
    #[must_use]
    pub fn free_component_id(&self, stem: &str) -> ComponentId {
        ComponentId::free(stem, |id| self.components.contains_key(id))
    }

    /// The id for one more link: `stem`, or `stem-2`, …
    #[must_use]
    pub fn free_link_id(&self, stem: &str) -> LinkId {
        LinkId::free(stem, |id| self.links.get(id).is_some())
    }
}

impl Component {
    /// A component with nothing set.
    #[must_use]
    pub const fn new(id: ComponentId, kind: ComponentKind) -> Self {
        Self { id, kind, preset: None, containers: Vec::new(), at: None, props: Props::new() }
    }

    /// A number property: what was set, else AWS's default.
    #[must_use]
    pub fn int(&self, prop: PropId) -> Option<i64> {
        int(&self.props, prop, || self.kind.spec().prop(prop))
    }

    /// A switch property: what was set, else AWS's default, else off.
    #[must_use]
    pub fn flag(&self, prop: PropId) -> bool {
        flag(&self.props, prop, || self.kind.spec().prop(prop))
    }

    /// A text or enumeration property: what was set, else AWS's default.
    #[must_use]
    pub fn text(&self, prop: PropId) -> Option<&str> {
        text(&self.props, prop, || self.kind.spec().prop(prop))
    }

    /// Whether a text or enumeration property has that value, set or by default.
    #[must_use]
    pub fn is(&self, prop: PropId, value: &str) -> bool {
        self.text(prop) == Some(value)
    }

    /// A list property; empty when nothing was set.
    #[must_use]
    pub fn list(&self, prop: PropId) -> &[Value] {
        self.props.get(prop.as_str()).and_then(Value::as_list).unwrap_or_default()
    }

    /// The property of a name that comes from a document: what was set, else AWS's default.
    #[must_use]
    pub fn value_named(&self, prop: &str) -> Option<Value> {
        value(&self.props, prop, || self.kind.spec().prop_named(prop))
    }

    /// What to call it on screen when its scenario gives it no label: its id in words.
    #[must_use]
    pub fn name(&self) -> String {
        self.id.as_str().replace('-', " ")
    }
}

impl Link {
    /// A link with nothing set.
    #[must_use]
    pub const fn new(id: LinkId, kind: LinkKind, from: ComponentId, to: ComponentId) -> Self {
        Self { id, kind, from, to, props: Props::new() }
    }

    /// Whether it starts or ends there.
    #[must_use]
    pub fn touches(&self, id: &str) -> bool {
        self.from.as_str() == id || self.to.as_str() == id
    }

    /// A number property: what was set, else AWS's default.
    #[must_use]
    pub fn int(&self, prop: PropId) -> Option<i64> {
        int(&self.props, prop, || self.kind.spec().prop(prop))
    }

    /// A switch property: what was set, else AWS's default, else off.
    #[must_use]
    pub fn flag(&self, prop: PropId) -> bool {
        flag(&self.props, prop, || self.kind.spec().prop(prop))
    }

    /// A text or enumeration property: what was set, else AWS's default.
    #[must_use]
    pub fn text(&self, prop: PropId) -> Option<&str> {
        text(&self.props, prop, || self.kind.spec().prop(prop))
    }

    /// Whether a text or enumeration property has that value, set or by default.
    #[must_use]
    pub fn is(&self, prop: PropId, value: &str) -> bool {
        self.text(prop) == Some(value)
    }

    /// A list property; empty when nothing was set.
    #[must_use]
    pub fn list(&self, prop: PropId) -> &[Value] {
        self.props.get(prop.as_str()).and_then(Value::as_list).unwrap_or_default()
    }

    /// The property of a name that comes from a document: what was set, else AWS's default.
    #[must_use]
    pub fn value_named(&self, prop: &str) -> Option<Value> {
        value(&self.props, prop, || self.kind.spec().prop_named(prop))
    }
}

/// The property's entry in the catalogue, which is looked for only when its default is wanted.
type Spec = Option<&'static PropSpec>;

fn int(props: &Props, prop: PropId, spec: impl FnOnce() -> Spec) -> Option<i64> {
    use crate::catalogue::DefaultValue;
    props.get(prop.as_str()).and_then(Value::as_int).or_else(|| match spec()?.default {
        DefaultValue::Int(value) => Some(value),
        _ => None,
    })
}

fn flag(props: &Props, prop: PropId, spec: impl FnOnce() -> Spec) -> bool {
    use crate::catalogue::DefaultValue;
    props
        .get(prop.as_str())
        .and_then(Value::as_bool)
        .unwrap_or_else(|| spec().is_some_and(|spec| spec.default == DefaultValue::Bool(true)))
}

fn text(props: &Props, prop: PropId, spec: impl FnOnce() -> Spec) -> Option<&str> {
    use crate::catalogue::DefaultValue;
    props.get(prop.as_str()).and_then(Value::as_text).or_else(|| match spec()?.default {
        DefaultValue::Text(value) => Some(value),
        _ => None,
    })
}

fn value(props: &Props, prop: &str, spec: impl FnOnce() -> Spec) -> Option<Value> {
    props.get(prop).cloned().or_else(|| spec()?.default.to_value())
}

/// Largest order hint.
pub(crate) const MAX_AT: u32 = 1_000_000;
/// Most components of one design in a document.
pub const MAX_COMPONENTS: usize = 5_000;
/// Most links of one design in a document.
pub const MAX_LINKS: usize = 20_000;

/// On disk: two arrays beside the version.
#[derive(FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("design"))]
pub(crate) struct DesignFile {
    /// 1.
    #[document(version(SCHEMA_VERSION))]
    pub(crate) schema_version: u32,
    /// The components, in any order.
    #[serde(default)]
    #[document(strict, len(0, MAX_COMPONENTS))]
    pub(crate) components: Vec<Arc<Component>>,
    /// The links, in any order.
    #[serde(default)]
    #[document(strict, len(0, MAX_LINKS))]
    pub(crate) links: Vec<Arc<Link>>,
}

/// The version of the design document that this crate writes.
pub(crate) const SCHEMA_VERSION: u32 = 1;

impl Serialize for Design {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        DesignFile {
            schema_version: SCHEMA_VERSION,
            components: self.components().cloned().collect::<Vec<_>>(),
            links: self.links().cloned().collect::<Vec<_>>(),
        }
        .serialize(serializer)
    }
}

impl Shaped for Design {
    fn shape() -> &'static Shape {
        DesignFile::shape()
    }
}

/// Reads a design and checks that it is sound. This is the strict way, which does not say what is wrong.
impl FromJson for Design {
    fn from_json(at: At<'_>) -> Self {
        let file = DesignFile::from_json(at);
        Self::from_parts(file.components, file.links).unwrap_or_else(|_| {
            at.refuse();
            Self::default()
        })
    }
}

impl<'de> Deserialize<'de> for Design {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::deserialize(deserializer)
    }
}
