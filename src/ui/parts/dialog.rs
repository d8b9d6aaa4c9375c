//! A question or a form over the page.

use yew::prelude::*;

use crate::platform::dom;
use crate::ui::icon::icon;

/// What a dialog needs.
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Names it.
    pub title: AttrValue,
    /// Its words and its buttons.
    pub children: Html,
    /// It was closed: by Escape, by its cross or by the page.
    pub on_close: Callback<()>,
}

/// A modal dialog, open as long as it is rendered. The browser keeps the keyboard inside and gives it
/// back when it closes.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    let opened = node.clone();
    use_effect_with((), move |()| {
        dom::open_dialog(&opened);
        move || dom::close_dialog(&opened)
    });
    let close = props.on_close.reform(|_: MouseEvent| ());
    let cancel = props.on_close.reform(|event: Event| event.prevent_default());
    html! {
        <dialog ref={node} class="dialog" aria-labelledby="dialog-title" oncancel={cancel}>
            <header>
                <h2 id="dialog-title">{ props.title.clone() }</h2>
                <button type="button" class="button quiet icon-only" aria-label="Close" onclick={close}>
                    { icon("ui-close") }
                </button>
            </header>
            { props.children.clone() }
        </dialog>
    }
}
