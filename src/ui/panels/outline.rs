//! Stands in until the editing surface is here.

use trapwise_editor::Editor;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct OutlineProps {
    pub editor: Editor,
}

#[component]
pub fn Outline(_: &OutlineProps) -> Html {
    html! { <div class="panel outline">{ "Outline" }</div> }
}
