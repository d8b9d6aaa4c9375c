//! What can be put on the board beside the learner's work: a wrong option, a solution, a file.

use std::cell::RefCell;
use std::rc::Rc;

use trapwise_editor::Command;
use trapwise_model::Design;
use trapwise_model::diagnostic::Diagnostic;
use trapwise_session::Saved;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::dialogs::Asked;
use super::state::{Act, Checked, ScenarioState, SolutionView};
use crate::client::RequestHandle;
use crate::platform::files::OpenedFile;
use crate::ui::document_loader;
use crate::ui::editor_store::{Action, EditorDispatch};
use crate::ui::engine;
use crate::ui::hooks::Trouble;
use crate::ui::pages::pack::Pack;

/// What it takes to view a solution.
#[derive(Clone)]
pub struct View {
    /// The scenario.
    pub pack: Rc<Pack>,
    /// The state of the page.
    pub state: UseReducerDispatcher<ScenarioState>,
    /// The board for what is not the learner's work.
    pub board: EditorDispatch,
    /// The request under way.
    pub opening: Rc<RefCell<Opening>>,
    /// The dialogs of the page.
    pub asked: UseStateSetter<Option<Asked>>,
}

/// The solution that is being fetched and checked; a later one takes its place, and dropping it ends the check.
#[derive(Default)]
pub struct Opening {
    number: u32,
    check: Option<RequestHandle>,
}

impl Opening {
    /// Ends what is under way.
    pub fn cancel(&mut self) {
        self.number = self.number.wrapping_add(1);
        self.check = None;
    }
}

/// Fetches the variant of a wrong option and shows it failing.
pub fn why_not(view: &View, option: &str) {
    let options = &view.pack.scenario.question.options;
    let Some(variant) = options.iter().find(|it| it.id == option).and_then(|it| it.variant.clone()) else {
        return;
    };
    let (view, letter, number) = (view.clone(), option.to_ascii_uppercase(), view.start());
    spawn_local(async move {
        let pack = &view.pack;
        let built = async {
            let variant = pack.variant(&variant).await?;
            Ok((pack.build(&variant).await?, format!("Option {letter}: {}", variant.title)))
        };
        view.show(number, None, built.await);
    });
}

/// Fetches a solution and shows it.
pub fn solution(view: &View, solution: usize) {
    let (view, number) = (view.clone(), view.start());
    spawn_local(async move {
        let names = view.pack.references().await;
        let Some(name) = names.get(solution % names.len().max(1)) else { return };
        let title = match names.len() {
            1 => "A solution".to_owned(),
            all => format!("Solution {} of {all}", solution % all + 1),
        };
        let design = view.pack.reference(name).await;
        view.show(number, Some((solution, names.len())), design.map(|design| (design, title)));
    });
}

impl View {
    /// A new request, in the place of any other.
    fn start(&self) -> u32 {
        self.state.dispatch(Act::Checking(true));
        let mut opening = self.opening.borrow_mut();
        opening.cancel();
        opening.number
    }

    /// Has what came checked, and shows it, unless there is a later request.
    fn show(&self, number: u32, solution: Option<(usize, usize)>, came: Result<(Design, String), Trouble>) {
        if self.opening.borrow().number != number {
            return;
        }
        let (design, title) = match came {
            Ok((design, title)) => (Rc::new(design), title),
            Err(trouble) => {
                self.state.dispatch(Act::Checking(false));
                return self.asked.set(Some(Asked::Trouble(Rc::new(trouble))));
            }
        };
        let check = engine::evaluate(self.pack.board(&design), {
            let (state, board, rules) = (self.state.clone(), self.board.clone(), self.pack.rules.clone());
            move |report| match report {
                Ok(report) => {
                    board.dispatch(Action::Load { design: Design::clone(&design), rules });
                    let checked = Rc::new(Checked { design, report: Rc::new(report), is_solution: true });
                    state.dispatch(Act::ViewSolution(Some(SolutionView { title, solution, checked })));
                }
                Err(why) => state.dispatch(Act::NotChecked(why)),
            }
        });
        self.opening.borrow_mut().check = Some(check);
    }
}

/// Puts a design that the learner opened in the place of theirs.
pub fn open(opened: OpenedFile, own: &EditorDispatch, asked: UseStateSetter<Option<Asked>>) {
    let own = own.clone();
    spawn_local(async move {
        match read_design(&opened).await {
            Ok(design) => {
                let label = format!("Opened {}", opened.path);
                own.dispatch(Action::Run(Command::Replace { label, design }));
            }
            Err(trouble) => asked.set(Some(Asked::Trouble(Rc::new(trouble)))),
        }
    });
}

/// Reads a design that the learner opened.
///
/// # Errors
/// Everything that is wrong with it.
async fn read_design(opened: &OpenedFile) -> Result<Design, Trouble> {
    let path = opened.path.as_str();
    let text = opened.text.clone().map_err(|why| {
        let problems = vec![Diagnostic::of_file("unreadable", path, why)];
        Trouble { file: path.to_owned(), text: None, net: None, problems }
    })?;
    // What is downloaded after a crash is a save, with the design inside.
    if let Ok(saved) = Saved::from_text(&text) {
        return Ok(saved.attempt.design);
    }
    document_loader::DESIGN
        .read(path, &text)
        .await
        .map_err(|problems| Trouble::unusable(path, text, problems))
}
