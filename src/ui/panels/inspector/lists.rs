//! Properties that are lists: of texts, and of records.

use trapwise_model::catalogue::{PropId, PropSpec};
use trapwise_model::{SortedMap, Value};
use yew::prelude::*;

use super::field::{Field, SetResult};
use crate::ui::icon::icon;
use crate::ui::parts::button;

/// How many suggestions are shown as buttons.
const OFFERED: usize = 8;

#[derive(Properties, PartialEq)]
pub(super) struct TextListProps {
    pub(super) id: String,
    pub(super) spec: &'static PropSpec,
    pub(super) value: Option<Value>,
    pub(super) locked: bool,
    pub(super) offered: Vec<&'static str>,
    pub(super) described: String,
    pub(super) on_set: Callback<Option<Value>, bool>,
}

/// Texts as chips, with an input and what is suggested beneath.
#[component]
pub(super) fn TextList(props: &TextListProps) -> Html {
    let TextListProps { id, spec, value, locked, offered, described, on_set } = props;
    let draft = use_state(String::new);
    let items: Vec<Value> = value.as_ref().and_then(Value::as_list).unwrap_or_default().to_vec();
    let has = |text: &str| items.iter().any(|item| item.as_text() == Some(text));
    let set_items = {
        let on_set = on_set.clone();
        move |items: Vec<Value>| on_set.emit((!items.is_empty()).then_some(Value::List(items)))
    };
    let add = {
        let (items, set_items) = (items.clone(), set_items.clone());
        move |text: &str| {
            let text = text.trim();
            if text.is_empty() || items.iter().any(|item| item.as_text() == Some(text)) {
                return true;
            }
            let mut items = items.clone();
            items.push(Value::from(text));
            set_items(items)
        }
    };
    let submit = {
        let (draft, add) = (draft.clone(), add.clone());
        move || {
            if add(&draft) {
                draft.set(String::new());
            }
        }
    };
    let on_input = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| {
            let input: Option<web_sys::HtmlInputElement> = event.target_dyn_into();
            draft.set(input.map(|input| input.value()).unwrap_or_default());
        })
    };
    let on_key = {
        let submit = submit.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                submit();
            }
        })
    };
    let on_add = Callback::from(move |_: MouseEvent| submit());
    let chips = items.iter().enumerate().map(|(index, item)| {
        let (items, set_items) = (items.clone(), set_items.clone());
        let remove = Callback::from(move |_: MouseEvent| {
            let mut items = items.clone();
            items.remove(index);
            set_items(items);
        });
        let text = item.to_string();
        html! {
            <li key={text.clone()} class="chip">
                <span>{ &text }</span>
                if !*locked {
                    <button type="button" aria-label={format!("Remove {text}")} onclick={remove}>{ icon("ui-close") }</button>
                }
            </li>
        }
    });
    let suggestions = offered.iter().filter(|text| !has(text)).take(OFFERED).map(|text| {
        let (add, text) = (add.clone(), *text);
        let on_click = Callback::from(move |_: MouseEvent| {
            add(text);
        });
        html! { <li key={text}>{ button("suggestion", "ui-plus", text, on_click) }</li> }
    });
    let list = format!("{id}-list");
    html! {
        <div class="text-list">
            if !items.is_empty() { <ul class="chips" aria-label={spec.label}>{ for chips }</ul> }
            if !*locked {
                <span class="draft">
                    <input type="text" id={id.clone()} list={list.clone()} value={(*draft).clone()} autocomplete="off"
                        spellcheck="false" placeholder="Add…" aria-describedby={described.clone()}
                        oninput={on_input} onkeydown={on_key} />
                    { button("small-button", "", "Add", on_add) }
                    <datalist id={list}>{ for offered.iter().map(|text| html! { <option key={*text} value={*text} /> }) }</datalist>
                </span>
                <ul class="suggestions" aria-label={format!("Suggestions for {}", spec.label)}>{ for suggestions }</ul>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct RecordsProps {
    pub(super) id: String,
    /// What one record is called.
    pub(super) item: &'static str,
    /// The field that tells records apart.
    pub(super) record_key: Option<PropId>,
    pub(super) fields: &'static [PropSpec],
    pub(super) value: Option<Value>,
    pub(super) locked: bool,
    pub(super) on_set: Callback<Option<Value>, SetResult>,
}

/// Records, each a small form of its own.
#[component]
pub(super) fn Records(props: &RecordsProps) -> Html {
    let RecordsProps { id, item, record_key, fields, value, locked, on_set } = props;
    let error = use_state(|| None::<String>);
    let records: Vec<Value> = value.as_ref().and_then(Value::as_list).unwrap_or_default().to_vec();
    let set_records = {
        let on_set = on_set.clone();
        move |records: Vec<Value>| on_set.emit((!records.is_empty()).then_some(Value::List(records)))
    };
    let add = {
        let (records, set_records, error) = (records.clone(), set_records.clone(), error.clone());
        let (record_key, fields) = (*record_key, *fields);
        Callback::from(move |_: MouseEvent| {
            let mut records = records.clone();
            let record = new_record(record_key, fields, &records);
            records.push(Value::Record(record));
            error.set(set_records(records).err());
        })
    };
    let rows = records.iter().enumerate().map(|(index, record)| {
        let name = record_key
            .and_then(|key| record.field(key))
            .map_or_else(|| format!("{item} {}", index + 1), |name| format!("{item} {name}"));
        let remove = {
            let (records, set_records, error) = (records.clone(), set_records.clone(), error.clone());
            Callback::from(move |_: MouseEvent| {
                let mut records = records.clone();
                records.remove(index);
                error.set(set_records(records).err());
            })
        };
        let rows = fields.iter().map(|field| {
            let on_set: Callback<Option<Value>, SetResult> = {
                let (records, set_records) = (records.clone(), set_records.clone());
                Callback::from(move |value: Option<Value>| {
                    let mut records = records.clone();
                    if let Some(Value::Record(record)) = records.get_mut(index) {
                        match value {
                            Some(value) => record.insert(field.id.into(), value),
                            None => record.remove(field.id.as_str()),
                        };
                    }
                    set_records(records)
                })
            };
            html! {
                <Field key={field.id.as_str()} id={format!("{id}-{index}-{}", field.id)} spec={field}
                    value={record.field(field.id).cloned()} locked={*locked}
                    required={Some(field.id) == *record_key} {on_set} />
            }
        });
        html! {
            <details key={index} class="record" open={records.len() == 1}>
                <summary>{ name.clone() }</summary>
                { for rows }
                if !*locked {
                    { button("small-button danger", "ui-delete", format!("Remove {name}"), remove) }
                }
            </details>
        }
    });
    html! {
        <div class="records">
            { for rows }
            if !*locked {
                { button("small-button", "ui-plus", format!("Add {item}"), add) }
            }
            if let Some(error) = &*error {
                <p class="field-error" role="alert">{ error }</p>
            }
        </div>
    }
}

/// A record with no more than what tells it from the others.
fn new_record(key: Option<PropId>, fields: &[PropSpec], records: &[Value]) -> SortedMap<String, Value> {
    use trapwise_model::catalogue::PropType;
    let mut record = SortedMap::new();
    let Some(key) = key else { return record };
    let taken =
        |name: &str| records.iter().any(|other| other.field(key).and_then(Value::as_text) == Some(name));
    let suggestions = match fields.iter().find(|field| field.id == key).map(|field| &field.ty) {
        Some(PropType::Text { suggestions }) => *suggestions,
        _ => &[],
    };
    let name = suggestions.iter().find(|name| !taken(name)).map(|name| (*name).to_owned());
    let name = name.unwrap_or_else(|| {
        (records.len() + 1..)
            .map(|number| format!("item-{number}"))
            .find(|name| !taken(name))
            .unwrap_or_default()
    });
    record.insert(key.into(), Value::Text(name));
    record
}
