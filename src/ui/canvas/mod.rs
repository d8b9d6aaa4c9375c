//! The board on screen: draws what the editor knows, and hands on what pointers and keys do.
//!
//! Views compare what they draw by pointer, so that a drag re-renders one ghost and not a board: the
//! plane moves by one transform, each card, frame and link is a memoised view of its own.

mod areas;
mod board;
mod cards;
mod diff;
mod links;
mod overlay;
mod question;
mod toolbar;

use std::rc::Rc;

use trapwise_editor::layout::Layout;
use trapwise_editor::{Command, Editor, Gesture, Mode, Subject};
use trapwise_model::ComponentKind;
use yew::prelude::*;

pub(super) use self::areas::group_name;
use self::board::Board;
pub(super) use self::board::{input, resize};
use self::diff::Diff;
use self::question::Question;
use self::toolbar::Toolbar;
use super::annotations::{Annotations, Preview};
use super::editor_store::{Action, use_editor_dispatch};
use super::icon::icon;

/// What the canvas draws.
#[derive(Properties, PartialEq)]
pub struct CanvasProps {
    /// The editor.
    pub editor: Editor,
    /// Findings and ways to point out.
    #[prop_or_default]
    pub annotations: Rc<Annotations>,
    /// A design that is only previewed, drawn instead of the learner's with what differs marked.
    #[prop_or_default]
    pub preview: Option<Rc<Preview>>,
    /// What can be done with the preview, shown beside its title.
    #[prop_or_default]
    pub preview_tools: Html,
    /// The finding of that place in the report is to be read.
    #[prop_or_default]
    pub on_finding: Callback<usize>,
}

/// The board with its tools.
#[component]
pub fn Canvas(props: &CanvasProps) -> Html {
    let dispatch = use_editor_dispatch();
    let scene =
        use_memo((props.editor.design().clone(), props.editor.layout().clone(), props.preview.clone()), {
            let editor = props.editor.clone();
            move |(_, _, preview)| Scene::of(&editor, preview.as_deref())
        });
    // Findings and evidence are of the learner's board, not of what a fix would make of it.
    let annotations = if scene.preview { Rc::default() } else { props.annotations.clone() };
    let question = props.editor.question().cloned();
    let answer = use_callback(dispatch.clone(), |index: Option<usize>, dispatch| {
        dispatch.emit(Action::Run(index.map_or(Command::DismissQuestion, Command::Answer)));
    });
    html! {
        <div class="canvas">
            <Board editor={props.editor.clone()} scene={scene.clone()} {annotations} on_finding={props.on_finding.clone()} />
            if props.editor.design().is_empty() && carried(&props.editor).is_none() {
                <p class="canvas-empty">{ icon("ui-parts") }{ "The board is empty. Drag a component here, or select one and tap where to place it." }</p>
            }
            if let Some(preview) = &props.preview {
                <div class="canvas-preview">
                    <p role="status">
                        <strong>{ "Preview: " }{ &preview.title }</strong>
                        <span>{ scene.diff.words() }</span>
                    </p>
                    { props.preview_tools.clone() }
                </div>
            }
            if let Some(question) = question {
                <Question {question} on_answer={answer} />
            }
            <Toolbar editor={props.editor.clone()} />
        </div>
    }
}

/// What is drawn: the learner's board, or a preview with what differs from it.
pub(super) struct Scene {
    design: Rc<trapwise_model::Design>,
    layout: Rc<Layout>,
    diff: Diff,
    preview: bool,
}

impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.design, &other.design)
            && Rc::ptr_eq(&self.layout, &other.layout)
            && self.diff == other.diff
            && self.preview == other.preview
    }
}

impl Scene {
    fn of(editor: &Editor, preview: Option<&Preview>) -> Self {
        let Some(preview) = preview else {
            return Self {
                design: Rc::clone(editor.design()),
                layout: Rc::clone(editor.layout()),
                diff: Diff::default(),
                preview: false,
            };
        };
        Self {
            design: Rc::clone(&preview.design),
            layout: Rc::new(editor.layout_of(&preview.design)),
            diff: Diff::between(editor.design(), &preview.design),
            preview: true,
        }
    }
}

/// The kind of what is being dragged or placed.
pub(super) fn carried(editor: &Editor) -> Option<ComponentKind> {
    let subject: &Subject = match (editor.gesture(), editor.mode()) {
        (Gesture::Carrying(_, carry), _) | (_, Mode::Place(carry)) => &carry.subject,
        _ => return None,
    };
    editor.subject_kind(subject)
}
