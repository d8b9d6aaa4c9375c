//! The middle of the page: the board and what can be put on it.

use std::rc::Rc;

use trapwise_editor::Editor;
use yew::prelude::*;

use crate::ui::canvas::Canvas;
use crate::ui::editor_store::Said;
use crate::ui::marks::{Marks, Preview};
use crate::ui::panels::palette::Palette;

/// What the pane needs.
#[derive(Properties, PartialEq)]
pub struct BoardPaneProps {
    /// The editor of what is on the board.
    pub editor: Editor,
    /// What the editor announced last.
    pub said: Rc<Said>,
    /// What to point out.
    pub marks: Rc<Marks>,
    /// A fix to look at.
    pub preview: Option<Rc<Preview>>,
}

/// The board with the palette.
#[component]
pub fn BoardPane(props: &BoardPaneProps) -> Html {
    html! {
        <div class="center">
            <section class="pane pane-board" aria-label="Board">
                <Canvas editor={props.editor.clone()} marks={Rc::clone(&props.marks)} preview={props.preview.clone()} />
            </section>
            <section class="pane pane-parts" aria-label="Parts">
                <Palette editor={props.editor.clone()} />
            </section>
            <p class="visually-hidden" role="status">
                // Another element each time, so that the same words are read out twice.
                <span key={props.said.number}>{ props.said.text.clone() }</span>
            </p>
        </div>
    }
}
