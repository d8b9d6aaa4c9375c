//! What can be put on the board beside the learner's work: a wrong option, a solution, a file.

use std::rc::Rc;

use trapwise_editor::Command;
use trapwise_model::Design;
use trapwise_session::Saved;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::dialogs::Asked;
use super::scenario_page::view_solution;
use super::state::{Act, ScenarioState};
use crate::platform::files::OpenedFile;
use crate::ui::document_loader::{self, Problem};
use crate::ui::editor_store::{Action, EditorDispatch};
use crate::ui::hooks::Trouble;
use crate::ui::pages::pack::Pack;

/// Fetches the variant of a wrong option and shows it failing.
pub fn why_not(
    pack: &Rc<Pack>,
    option: &str,
    state: &UseReducerDispatcher<ScenarioState>,
    other: &EditorDispatch,
    asked: UseStateSetter<Option<Asked>>,
) {
    let options = &pack.scenario.question.options;
    let Some(variant) = options.iter().find(|it| it.id == option).and_then(|it| it.variant.clone()) else {
        return;
    };
    let (pack, state, other, letter) =
        (Rc::clone(pack), state.clone(), other.clone(), option.to_ascii_uppercase());
    spawn_local(async move {
        let built = async {
            let variant = pack.variant(&variant).await?;
            Ok((pack.build(&variant).await?, variant.title))
        };
        match built.await {
            Ok((design, title)) => {
                view_solution(&pack, format!("Option {letter}: {title}"), None, design, &state, &other).await;
            }
            Err(trouble) => asked.set(Some(Asked::Trouble(Rc::new(trouble)))),
        }
    });
}

/// Fetches a solution and shows it.
pub fn solution(
    pack: &Rc<Pack>,
    number: usize,
    state: &UseReducerDispatcher<ScenarioState>,
    other: &EditorDispatch,
    asked: UseStateSetter<Option<Asked>>,
) {
    let (pack, state, other) = (Rc::clone(pack), state.clone(), other.clone());
    spawn_local(async move {
        let names = pack.references().await;
        let Some(name) = names.get(number % names.len().max(1)) else { return };
        match pack.reference(name).await {
            Ok(design) => {
                state.dispatch(Act::SolutionSeen);
                let title = match names.len() {
                    1 => "A solution".to_owned(),
                    all => format!("Solution {} of {all}", number % all + 1),
                };
                view_solution(&pack, title, Some((number, names.len())), design, &state, &other).await;
            }
            Err(trouble) => asked.set(Some(Asked::Trouble(Rc::new(trouble)))),
        }
    });
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
        let problems = vec![Problem::of_file(path, why)];
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
