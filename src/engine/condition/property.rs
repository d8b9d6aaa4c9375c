//! What a property is: what was set, AWS's default, a field of records, or derived.

use std::borrow::Cow;

use trapwise_documents::condition::Attribute;
use trapwise_model::catalogue::{PropSpec, PropType, prop};
use trapwise_model::{ComponentKind, Link, Props, SortedMap, Value};

use super::attribute::attribute_value;
use crate::world::{Node, World};

/// A property of one component or link.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Property<'a> {
    /// Its value; none where it is absent and has no default.
    pub value: Option<Cow<'a, Value>>,
    /// Whether someone set it.
    pub set: bool,
}

impl<'a> Property<'a> {
    const ABSENT: Self = Self { value: None, set: false };

    /// A property of a component.
    pub fn of<'d: 'a>(world: &World<'d>, node: Node<'d>, prop: &str) -> Self {
        if prop.starts_with('@') {
            let value =
                Attribute::from_name(prop).and_then(|attribute| attribute_value(attribute, world, node));
            return Self { set: value.is_some(), value: value.map(Cow::Owned) };
        }
        let component = node.component();
        if let Some((list, field)) = prop.split_once('.') {
            return Self::field(component.kind, &component.props, list, field);
        }
        Self::plain(&component.props, component.kind.spec().prop_named(prop), prop)
    }

    /// A property of a link.
    pub fn of_link(link: &'a Link, prop: &str) -> Self {
        Self::plain(&link.props, link.kind.spec().prop_named(prop), prop)
    }

    fn plain(props: &'a Props, spec: Option<&PropSpec>, prop: &str) -> Self {
        if let Some(value) = props.get(prop) {
            return Self { value: Some(Cow::Borrowed(value)), set: true };
        }
        let Some(spec) = spec else { return Self::ABSENT };
        let value = match spec.ty {
            // Nothing is in a list that nobody wrote.
            PropType::TextList { .. } | PropType::Records { .. } => Some(Value::List(Vec::new())),
            _ => spec.default.to_value(),
        };
        Self { value: value.map(Cow::Owned), set: false }
    }

    /// The list of a field's values over the records of a list, or over those of one name (`app.gpu`).
    fn field(kind: ComponentKind, props: &Props, list: &str, field: &str) -> Self {
        let Some(PropType::Records { fields, key, .. }) = kind.spec().prop_named(list).map(|spec| &spec.ty)
        else {
            return Self::ABSENT;
        };
        let (name, field) = field.rsplit_once('.').map_or((None, field), |(name, field)| (Some(name), field));
        let is_meant = |one: &&Value| {
            name.is_none() || key.and_then(|key| one.field(key)).and_then(Value::as_text) == name
        };
        let Some(spec) = fields.iter().find(|spec| spec.id.as_str() == field) else { return Self::ABSENT };
        let implied = [implied_container()];
        let records = match props.get(list).and_then(Value::as_list) {
            Some(records) if !records.is_empty() => records,
            _ if kind == ComponentKind::TaskDefinition && list == prop::CONTAINERS.as_str() => &implied,
            _ => &[],
        };
        let values = records
            .iter()
            .filter(is_meant)
            .filter_map(|one| one.field_named(field).cloned().or_else(|| spec.default.to_value()));
        let set = props.get(list).and_then(Value::as_list).unwrap_or_default();
        Self {
            value: Some(Cow::Owned(Value::List(values.collect()))),
            set: set.iter().filter(is_meant).any(|one| one.field_named(field).is_some()),
        }
    }
}

/// The container that a task definition has when none is described.
fn implied_container() -> Value {
    Value::Record(SortedMap::from([(prop::NAME.into(), Value::from("app"))]))
}
