//! Stands in until the editing surface is here.

use trapwise_editor::Editor;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    pub editor: Editor,
}

#[component]
pub fn Inspector(_: &InspectorProps) -> Html {
    html! { <div class="panel inspector">{ "Inspector" }</div> }
}
