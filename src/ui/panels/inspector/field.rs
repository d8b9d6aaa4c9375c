//! One property as a form field. What cannot be set stays in the field with the reason beside it:
//! nothing typed is silently dropped.

use trapwise_model::Value;
use trapwise_model::catalogue::{Choice, DefaultValue, PropSpec, PropType};
use yew::prelude::*;

use super::lists::{Records, TextList};
use crate::ui::icon::icon;
use crate::ui::markdown::inline;

/// Whether a value was taken, or why not.
pub(super) type SetResult = Result<(), String>;

#[derive(Properties, PartialEq)]
pub(super) struct FieldProps {
    /// Of the control, for its label.
    pub(super) id: String,
    pub(super) spec: &'static PropSpec,
    pub(super) value: Option<Value>,
    #[prop_or_default]
    pub(super) locked: bool,
    /// Whether it cannot be left out.
    #[prop_or_default]
    pub(super) required: bool,
    /// Additional suggestions, offered first.
    #[prop_or_default]
    pub(super) more: Vec<&'static str>,
    pub(super) on_set: Callback<Option<Value>, SetResult>,
}

#[component]
pub(super) fn Field(props: &FieldProps) -> Html {
    let FieldProps { id, spec, value, locked, required, more, on_set } = props;
    let error = use_state(|| None::<String>);
    let set = {
        let (on_set, error) = (on_set.clone(), error.clone());
        Callback::from(move |value: Option<Value>| match on_set.emit(value) {
            Ok(()) => {
                error.set(None);
                true
            }
            Err(why) => {
                error.set(Some(why));
                false
            }
        })
    };
    {
        // A value that came from elsewhere, for example by undo, ends the complaint.
        let error = error.clone();
        use_effect_with(value.clone(), move |_| error.set(None));
    }
    let described = format!("{id}-help");
    let reset = set.reform(|_: MouseEvent| None);
    let on_reset = Callback::from(move |event: MouseEvent| {
        reset.emit(event);
    });
    let control = match &spec.ty {
        PropType::Bool => switch(id, spec, value.as_ref(), *locked, &described, &set),
        PropType::Enum(choices) => {
            select(id, spec, choices, value.as_ref(), *locked, *required, &described, &set)
        }
        PropType::Int { .. } | PropType::Text { .. } => html! {
            <Draft id={id.clone()} {spec} value={value.clone()} locked={*locked} invalid={error.is_some()}
                described={described.clone()} on_set={set.clone()} />
        },
        PropType::TextList { suggestions } => {
            let offered = if more.is_empty() { suggestions.to_vec() } else { more.clone() };
            html! {
                <TextList id={id.clone()} {spec} value={value.clone()} locked={*locked} {offered}
                    described={described.clone()} on_set={set.clone()} />
            }
        }
        PropType::Records { item, key, fields } => html! {
            <Records id={id.clone()} {item} record_key={*key} {fields} value={value.clone()} locked={*locked}
                on_set={on_set.clone()} />
        },
    };
    let chosen = match (&spec.ty, value.clone().or_else(|| spec.default.to_value())) {
        (PropType::Enum(choices), Some(Value::Text(text))) => {
            choices.iter().find(|choice| choice.value == text).map_or("", |choice| choice.help)
        }
        _ => "",
    };
    let may_reset = value.is_some() && !*locked && !*required;
    let grouped = matches!(spec.ty, PropType::Records { .. });
    html! {
        <div class={classes!("field", error.is_some().then_some("invalid"), value.is_some().then_some("set"))}>
            <div class="field-head">
                if grouped { <h3>{ spec.label }</h3> } else { <label for={id.clone()}>{ spec.label }</label> }
                if *locked {
                    <span class="field-lock" title="Locked by the scenario">{ icon("ui-lock") }<span class="visually-hidden">{ "Locked by the scenario" }</span></span>
                }
                if may_reset {
                    <button type="button" class="reset" onclick={on_reset} title={default_words(spec)}>
                        { "Reset" }<span class="visually-hidden">{ format!(" {} to AWS's default", spec.label) }</span>
                    </button>
                }
            </div>
            { control }
            <p class="field-help" id={described}>
                { inline(spec.help) }
                if !chosen.is_empty() { <span class="field-choice">{ chosen }</span> }
                if value.is_none() && spec.default == DefaultValue::None && matches!(spec.ty, PropType::Int { .. }) {
                    <span class="field-default">{ "Not set." }</span>
                } else if value.is_none() && spec.default != DefaultValue::None && !matches!(spec.ty, PropType::Enum(_)) {
                    <span class="field-default">{ default_words(spec) }</span>
                }
            </p>
            if let Some(error) = &*error {
                <p class="field-error" role="alert">{ error }</p>
            }
        </div>
    }
}

/// `AWS default: 256 units`.
fn default_words(spec: &PropSpec) -> String {
    match &spec.default {
        DefaultValue::None => "Not set unless you set it.".to_owned(),
        DefaultValue::Bool(value) => format!("AWS default: {}.", if *value { "on" } else { "off" }),
        DefaultValue::Int(value) => match spec.ty {
            PropType::Int { unit, .. } if !unit.is_empty() => format!("AWS default: {value} {unit}."),
            // A port has no default at AWS; it has one here.
            _ => format!("Default: {value}."),
        },
        DefaultValue::Text(text) => format!("AWS default: {}.", label_of(spec, text)),
    }
}

fn label_of<'a>(spec: &PropSpec, value: &'a str) -> &'a str {
    match &spec.ty {
        PropType::Enum(choices) => {
            choices.iter().find(|choice| choice.value == value).map_or(value, |choice| choice.label)
        }
        _ => value,
    }
}

fn switch(
    id: &str,
    spec: &PropSpec,
    value: Option<&Value>,
    locked: bool,
    described: &str,
    set: &Callback<Option<Value>, bool>,
) -> Html {
    let default = spec.default == DefaultValue::Bool(true);
    let on = value.and_then(Value::as_bool).unwrap_or(default);
    let set = set.clone();
    let on_change = Callback::from(move |_: Event| {
        set.emit(Some(Value::Bool(!on)));
    });
    html! {
        <span class="switch">
            <input type="checkbox" role="switch" id={id.to_owned()} checked={on} disabled={locked}
                aria-describedby={described.to_owned()} onchange={on_change} />
            <span aria-hidden="true">{ if on { "On" } else { "Off" } }</span>
        </span>
    }
}

#[expect(clippy::too_many_arguments, reason = "what the field has")]
fn select(
    id: &str,
    spec: &PropSpec,
    choices: &'static [Choice],
    value: Option<&Value>,
    locked: bool,
    required: bool,
    described: &str,
    set: &Callback<Option<Value>, bool>,
) -> Html {
    let current = value.and_then(Value::as_text);
    let set = set.clone();
    let on_change = Callback::from(move |event: Event| {
        let select: Option<web_sys::HtmlSelectElement> = event.target_dyn_into();
        let Some(select) = select else { return };
        let chosen = select.value();
        let value = choices.iter().find(|choice| choice.value == chosen).map(|choice| choice.value.into());
        set.emit(value);
    });
    let absent = match &spec.default {
        DefaultValue::Text(text) => format!("{} (AWS default)", label_of(spec, text)),
        _ => "Not set".to_owned(),
    };
    let options = choices.iter().map(|choice| {
        html! { <option key={choice.value} value={choice.value} selected={current == Some(choice.value)}>{ choice.label }</option> }
    });
    html! {
        <select id={id.to_owned()} disabled={locked} aria-describedby={described.to_owned()} onchange={on_change}>
            if !required {
                <option value="" selected={current.is_none()}>{ absent }</option>
            }
            { for options }
        </select>
    }
}

#[derive(Properties, PartialEq)]
struct DraftProps {
    id: String,
    spec: &'static PropSpec,
    value: Option<Value>,
    locked: bool,
    invalid: bool,
    described: String,
    on_set: Callback<Option<Value>, bool>,
}

/// A number or text: what is typed is a draft until Enter or until the field is left.
#[component]
fn Draft(props: &DraftProps) -> Html {
    let DraftProps { id, spec, value, locked, invalid, described, on_set } = props;
    let draft = use_state(|| None::<String>);
    {
        let draft = draft.clone();
        use_effect_with(value.clone(), move |_| draft.set(None));
    }
    let (unit, number, suggestions) = match &spec.ty {
        PropType::Int { unit, .. } => (*unit, true, &[][..]),
        PropType::Text { suggestions } => ("", false, *suggestions),
        _ => ("", false, &[][..]),
    };
    let on_input = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| {
            let input: Option<web_sys::HtmlInputElement> = event.target_dyn_into();
            draft.set(input.map(|input| input.value()));
        })
    };
    let commit = {
        let (draft, on_set) = (draft.clone(), on_set.clone());
        move || {
            let Some(text) = draft.as_deref().map(str::trim) else { return };
            let wanted = match (text.is_empty(), number) {
                (true, _) => None,
                (false, true) => match text.replace([',', '_', ' '], "").parse::<i64>() {
                    Ok(number) => Some(Value::Int(number)),
                    // Not a number: the model says so in its own words.
                    Err(_) => Some(Value::from(text)),
                },
                (false, false) => Some(Value::from(text)),
            };
            if on_set.emit(wanted) {
                draft.set(None);
            }
        }
    };
    let on_change = {
        let commit = commit.clone();
        Callback::from(move |_: Event| commit())
    };
    let on_key = {
        let draft = draft.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => commit(),
            "Escape" => draft.set(None),
            _ => {}
        })
    };
    let shown = (*draft).clone().or_else(|| value.as_ref().map(ToString::to_string)).unwrap_or_default();
    let placeholder = spec.default.to_value().map(|value| value.to_string()).unwrap_or_default();
    let range = match spec.ty {
        PropType::Int { min, max, .. } => Some(format!("{min} – {max}")),
        _ => None,
    };
    let list = (!suggestions.is_empty()).then(|| format!("{id}-list"));
    let options = suggestions.iter().map(|text| html! { <option key={*text} value={*text} /> });
    html! {
        <span class="draft">
            <input type="text" id={id.clone()} class={classes!(number.then_some("number"))}
                inputmode={if number { "numeric" } else { "text" }} autocomplete="off" spellcheck="false"
                value={shown} {placeholder} disabled={*locked} list={list.clone()}
                aria-invalid={invalid.to_string()} aria-describedby={described.clone()}
                oninput={on_input} onchange={on_change} onkeydown={on_key} />
            if !unit.is_empty() { <span class="unit">{ unit }</span> }
            if let Some(range) = range { <span class="range">{ range }</span> }
            if let Some(list) = list { <datalist id={list}>{ for options }</datalist> }
        </span>
    }
}
