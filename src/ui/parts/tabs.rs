//! Tabs as the ARIA practices have them: one stop for the keyboard, arrows between tabs.

use yew::prelude::*;

use crate::platform::dom;
use crate::ui::icon::Icon;

/// One tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// Names it; unique among the tabs of the page.
    pub id: &'static str,
    /// On screen.
    pub label: AttrValue,
    /// The icon before it.
    pub icon: Option<&'static str>,
    /// A small number beside it, for example of findings.
    pub count: Option<usize>,
}

/// What tabs need.
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// Names the group.
    pub label: AttrValue,
    /// In order.
    pub tabs: Vec<Tab>,
    /// The one that is shown.
    pub active: &'static str,
    /// Another is wanted.
    pub on_select: Callback<&'static str>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A row of tabs. Their panels are [`TabPanel`]s anywhere on the page.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let ids: Vec<_> = props.tabs.iter().map(|tab| tab.id).collect();
    let active = ids.iter().position(|id| *id == props.active).unwrap_or_default();
    let on_select = props.on_select.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let last = ids.len().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowRight" => {
                if active == last {
                    0
                } else {
                    active + 1
                }
            }
            "ArrowLeft" => active.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(id) = ids.get(next) {
            on_select.emit(id);
            dom::focus(&tab_id(id));
        }
    });
    let tab = |tab: &Tab| {
        let id = tab.id;
        let chosen = id == props.active;
        html! {
            <button
                key={id}
                type="button"
                role="tab"
                id={tab_id(id)}
                aria-selected={if chosen { "true" } else { "false" }}
                aria-controls={panel_id(id)}
                tabindex={if chosen { "0" } else { "-1" }}
                onclick={props.on_select.reform(move |_| id)}
            >
                if let Some(icon) = tab.icon {
                    <Icon name={icon} />
                }
                <span>{ tab.label.clone() }</span>
                if let Some(number) = tab.count {
                    <span class="tab-count">{ number }</span>
                }
            </button>
        }
    };
    html! {
        <div role="tablist" aria-label={props.label.clone()} class={classes!("tabs", props.class.clone())} {onkeydown}>
            { for props.tabs.iter().map(tab) }
        </div>
    }
}

/// What a panel needs.
#[derive(Properties, PartialEq)]
pub struct TabPanelProps {
    /// The tab's id.
    pub id: &'static str,
    /// Whether its tab is the active one.
    pub active: bool,
    /// What is in it.
    pub children: Html,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// What a tab shows. It stays in the page while another is shown, so that nothing in it is lost.
#[component]
pub fn TabPanel(props: &TabPanelProps) -> Html {
    html! {
        <div
            role="tabpanel"
            id={panel_id(props.id)}
            aria-labelledby={tab_id(props.id)}
            hidden={!props.active}
            class={classes!("tab-panel", props.class.clone())}
        >
            { props.children.clone() }
        </div>
    }
}

fn tab_id(id: &str) -> String {
    format!("tab-{id}")
}

fn panel_id(id: &str) -> String {
    format!("panel-{id}")
}
