//! Stands in until the editing surface is here.

use trapwise_editor::Editor;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PaletteProps {
    pub editor: Editor,
}

#[component]
pub fn Palette(_: &PaletteProps) -> Html {
    html! { <div class="panel palette">{ "Palette" }</div> }
}
