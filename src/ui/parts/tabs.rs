//! Tabs as the ARIA practices have them: one stop for the keyboard, arrows between tabs.

use yew::prelude::*;

use crate::platform::dom;
use crate::ui::icon::icon;

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

/// A row of tabs, named by `label`. Their panels are [`tab_panel`]s anywhere on the page.
pub fn tabs(
    label: &'static str,
    tabs: &[Tab],
    active: &'static str,
    on_select: &Callback<&'static str>,
) -> Html {
    let ids: Vec<_> = tabs.iter().map(|tab| tab.id).collect();
    let place = ids.iter().position(|id| *id == active).unwrap_or_default();
    let select = on_select.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let last = ids.len().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowRight" => {
                if place == last {
                    0
                } else {
                    place + 1
                }
            }
            "ArrowLeft" => place.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(id) = ids.get(next) {
            select.emit(id);
            dom::focus(&tab_id(id));
        }
    });
    let tab = |tab: &Tab| {
        let id = tab.id;
        let chosen = id == active;
        html! {
            <button
                key={id}
                type="button"
                role="tab"
                id={tab_id(id)}
                aria-selected={if chosen { "true" } else { "false" }}
                aria-controls={panel_id(id)}
                tabindex={if chosen { "0" } else { "-1" }}
                onclick={on_select.reform(move |_| id)}
            >
                if let Some(glyph) = tab.icon {
                    { icon(glyph) }
                }
                <span>{ tab.label.clone() }</span>
                if let Some(number) = tab.count {
                    <span class="tab-count">{ number }</span>
                }
            </button>
        }
    };
    html! {
        <div role="tablist" aria-label={label} class="tabs" {onkeydown}>
            { for tabs.iter().map(tab) }
        </div>
    }
}

/// What a tab shows. It stays in the page while another is shown, so that nothing in it is lost.
pub fn tab_panel(id: &'static str, active: &str, inside: Html) -> Html {
    html! {
        <div
            role="tabpanel"
            id={panel_id(id)}
            aria-labelledby={tab_id(id)}
            hidden={id != active}
            class="tab-panel"
        >
            { inside }
        </div>
    }
}

fn tab_id(id: &str) -> String {
    format!("tab-{id}")
}

fn panel_id(id: &str) -> String {
    format!("panel-{id}")
}
