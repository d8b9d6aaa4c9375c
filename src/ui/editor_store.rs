//! The editor's state in the page: a thin wrapper of [`Editor`], so that every view sees one truth.

use std::rc::Rc;

use trapwise_editor::{Command, Editor, Effects, Input};
use trapwise_model::{BuildRules, Design};
use yew::prelude::*;

/// The editor and what came of the last things done with it.
#[derive(Clone, PartialEq)]
pub struct EditorStore {
    /// The editor. Cheap to clone, compared by pointer.
    pub editor: Editor,
    /// Counts changes of the design by the learner: save when it grows. Loading does not count.
    pub changes: u32,
    /// Counts the times that the inspector was asked for.
    pub inspector_asked: u32,
    /// What was last announced.
    pub announcement: Rc<Announcement>,
}

/// Something to be read out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcement {
    /// Tells two announcements of the same words apart.
    pub number: u32,
    /// The words.
    pub text: AttrValue,
}

/// What can be done with the editor.
pub enum Action {
    /// A raw input on the board.
    Input(Input),
    /// An intent.
    Run(Command),
    /// Puts another design on the board; what was done before is forgotten.
    Load {
        /// The design.
        design: Design,
        /// What may be built.
        rules: BuildRules,
    },
}

/// Sends actions to the editor; handed down as a context.
pub type EditorDispatch = UseReducerDispatcher<EditorStore>;

impl EditorStore {
    /// A store with that design on the board.
    #[must_use]
    pub fn new(design: Design, rules: BuildRules) -> Self {
        Self {
            editor: Editor::new(design, rules),
            changes: 0,
            inspector_asked: 0,
            announcement: Rc::default(),
        }
    }

    fn after(&self, editor: Editor, effects: Effects) -> Self {
        let mut announcement = Rc::clone(&self.announcement);
        if !effects.announce.is_empty() {
            let number = self.announcement.number.wrapping_add(1);
            announcement = Rc::new(Announcement { number, text: effects.announce.join(". ").into() });
        }
        Self {
            editor,
            changes: self.changes.wrapping_add(u32::from(effects.design_changed)),
            inspector_asked: self.inspector_asked.wrapping_add(u32::from(effects.open_inspector)),
            announcement,
        }
    }
}

impl Default for EditorStore {
    fn default() -> Self {
        Self::new(Design::new(), BuildRules::default())
    }
}

impl Reducible for EditorStore {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut editor = self.editor.clone();
        let effects = match action {
            Action::Input(input) => editor.input(input),
            Action::Run(command) => editor.run(command),
            Action::Load { design, rules } => {
                editor.load(design, rules);
                Effects::default()
            }
        };
        let next = self.after(editor, effects);
        if next == *self { self } else { Rc::new(next) }
    }
}

/// The sender of editor actions, from the context.
///
/// Outside of the scenario page there is none, and then nothing can be sent.
#[hook]
pub fn use_editor_dispatch() -> Callback<Action> {
    let dispatch = use_context::<EditorDispatch>();
    use_callback(dispatch, |action, dispatch| {
        if let Some(dispatch) = dispatch {
            dispatch.dispatch(action);
        }
    })
}
