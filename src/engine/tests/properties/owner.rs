//! Every property of the catalogue with what has it.

use trapwise_model::catalogue::{PropSpec, PropType};
use trapwise_model::{ComponentKind, LinkKind, Value};

/// What has a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Component(ComponentKind),
    Link(LinkKind),
}

/// A property, or a field of the records of one.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    pub owner: Owner,
    pub spec: &'static PropSpec,
    pub field: Option<&'static PropSpec>,
}

impl Property {
    /// Every property and every field, in the order of the catalogue.
    pub fn all() -> Vec<Self> {
        let components = ComponentKind::ALL.iter().map(|kind| (Owner::Component(*kind), kind.spec().props));
        let links = LinkKind::ALL.iter().map(|kind| (Owner::Link(*kind), kind.spec().props));
        let specs =
            components.chain(links).flat_map(|(owner, specs)| specs.iter().map(move |spec| (owner, spec)));
        let with_fields = specs.flat_map(|(owner, spec)| {
            let fields = if let PropType::Records { fields, .. } = spec.ty { fields } else { &[] };
            let fields = fields.iter().map(move |field| Self { owner, spec, field: Some(field) });
            std::iter::once(Self { owner, spec, field: None }).chain(fields)
        });
        with_fields.collect()
    }

    /// Its name in messages, for example `task-definition.containers.gpu`.
    pub fn name(&self) -> String {
        let owner = match self.owner {
            Owner::Component(kind) => kind.name().to_owned(),
            Owner::Link(kind) => format!("{kind} link"),
        };
        let field = self.field.map(|field| format!(".{}", field.id)).unwrap_or_default();
        format!("{owner}.{}{field}", self.spec.id)
    }

    /// What to try instead of `before`, which a field needs a record for; none is the default. `seen` is
    /// what designs have.
    pub fn others(&self, before: Option<&Value>, seen: &[Value]) -> Vec<Option<Value>> {
        let mut others = Vec::new();
        let records = before.and_then(Value::as_list).unwrap_or_default();
        match (self.field, &self.spec.ty) {
            (Some(field), _) => {
                for (index, record) in records.iter().enumerate() {
                    for value in values(field, record.field(field.id), seen) {
                        let mut changed = records.to_vec();
                        let Value::Record(record) = &mut changed[index] else { continue };
                        match value {
                            Some(value) => record.insert(field.id.into(), value),
                            None => record.remove(field.id.as_str()),
                        };
                        others.push(Some(Value::List(changed)));
                    }
                }
            }
            (None, PropType::Records { .. }) => {
                let more = [records, &[self.record("one-more")]].concat();
                others.extend([None, Some(Value::List(more))]);
                others.extend(seen.iter().cloned().map(Some));
            }
            (None, _) => others.extend(values(self.spec, before, seen)),
        }
        others.retain(|other| other.as_ref() != before);
        others
    }

    /// A record of its list that says no more than what tells it apart.
    pub fn record(&self, name: &str) -> Value {
        let PropType::Records { key, .. } = &self.spec.ty else { panic!("{} is no list", self.name()) };
        Value::Record(key.map(|key| (key.into(), Value::from(name))).into_iter().collect())
    }
}

fn values(spec: &PropSpec, before: Option<&Value>, seen: &[Value]) -> Vec<Option<Value>> {
    let mut values: Vec<Option<Value>> = match &spec.ty {
        PropType::Bool => [true, false].map(|value| Some(Value::Bool(value))).into(),
        PropType::Int { min, max, .. } => {
            let now = before.and_then(Value::as_int).or(spec.default.to_value().and_then(|one| one.as_int()));
            let near = now.map(|now| [now - 1, now + 1, now / 2, now * 2]).into_iter().flatten();
            let usual = [*min, *max, 1, 10, 100, 1_000].into_iter();
            let legal = usual.chain(near).filter(|number| (min..=max).contains(&number));
            legal.map(|number| Some(Value::Int(number))).collect()
        }
        PropType::Enum(choices) => choices.iter().map(|choice| Some(Value::from(choice.value))).collect(),
        PropType::Text { suggestions } => {
            suggestions.iter().copied().chain(["another"]).map(|text| Some(Value::from(text))).collect()
        }
        PropType::TextList { suggestions } => {
            let one = suggestions.iter().copied().chain(["*", "another"]);
            one.map(|text| Some(Value::List(vec![Value::from(text)]))).collect()
        }
        PropType::Records { .. } => Vec::new(),
    };
    values.extend(seen.iter().take(12).cloned().map(Some));
    values.push(None);
    let mut unique: Vec<Option<Value>> = Vec::new();
    for value in values {
        if !unique.contains(&value) && value.as_ref() != before {
            unique.push(value);
        }
    }
    unique
}
