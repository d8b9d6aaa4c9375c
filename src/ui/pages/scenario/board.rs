//! The middle of the page: the board and what can be put on it.

use std::rc::Rc;

use trapwise_editor::Editor;
use yew::prelude::*;

use crate::ui::canvas::Canvas;
use crate::ui::editor_store::Said;
use crate::ui::marks::{Marks, Preview};
use crate::ui::panels::palette::Palette;

/// The board with the palette. `said` is what the editor announced last.
pub fn board(editor: &Editor, said: &Said, marks: Rc<Marks>, preview: Option<Rc<Preview>>) -> Html {
    html! {
        <div class="center">
            <section class="pane pane-board" aria-label="Board">
                <Canvas editor={editor.clone()} {marks} {preview} />
            </section>
            <section class="pane pane-parts" aria-labelledby="parts-title">
                <h2 id="parts-title" class="visually-hidden">{ "Parts" }</h2>
                <Palette editor={editor.clone()} />
            </section>
            <p class="visually-hidden" role="status">
                // Another element each time, so that the same words are read out twice.
                <span key={said.number}>{ said.text.clone() }</span>
            </p>
        </div>
    }
}
