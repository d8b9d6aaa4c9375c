//! A scenario from files, checked against all rules for content.

use std::rc::Rc;

use trapwise_documents::messages::DocumentFile;
use trapwise_documents::scenario::Scenario;
use trapwise_model::diagnostic::Diagnostic;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::file_buttons;
use crate::platform::files::OpenedFile;
use crate::ui::document_loader::{self, Problems};
use crate::ui::pages::pack::Pack;
use crate::ui::pages::scenario::ScenarioPage;
use crate::ui::parts::{PageTitle, problem_list};
use crate::ui::services::Services;
use crate::ui::words::count;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct FromFilesProps {
    /// As they were opened.
    pub files: Vec<OpenedFile>,
    /// For the scenario's page.
    pub services: Services,
}

/// Checks all of it, and shows what is wrong or the scenario.
#[component]
pub fn FromFiles(props: &FromFilesProps) -> Html {
    let anyway = use_state_eq(|| false);
    let examined = use_state(|| None::<(Vec<OpenedFile>, ExaminedFiles)>);
    use_effect_with(props.files.clone(), {
        let examined = examined.setter();
        move |files| {
            let files = files.clone();
            spawn_local(async move {
                let result = examine(&files).await;
                examined.set(Some((files, result)));
            });
        }
    });
    let seed = use_state_eq(|| (Vec::new(), 0));
    let pack = {
        let on_version = Callback::from({
            let (seed, files) = (seed.setter(), props.files.clone());
            move |wanted| seed.set((files.clone(), wanted))
        });
        // A version that was asked for is one of those files.
        let seed = if seed.0 == props.files { seed.1 } else { 0 };
        use_memo((examined.clone(), seed), |(examined, seed)| {
            let (files, (scenario, _)) = examined.as_ref()?;
            Some(Rc::new(Pack::of_files(scenario.as_ref()?, files.clone(), *seed, on_version)))
        })
    };
    let problems = match &*examined {
        // What was said of other files is not about these.
        Some((files, (_, problems))) if *files == props.files => problems,
        _ => return html! { <p role="status" class="muted narrow">{ "Checking the opened files…" }</p> },
    };
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let files = props.files.iter();
    let texts: Vec<_> = files.filter_map(|file| Some((&*file.path, file.text.as_deref().ok()?))).collect();
    match &*pack {
        Some(pack) if problems.is_empty() || *anyway => html! {
            <ScenarioPage key={pack.place.clone()} pack={Rc::clone(pack)} services={props.services.clone()} />
        },
        pack => html! {
            <div class="narrow wide-problems">
                <PageTitle text="Problems in the opened files" />
                <p role="status">
                    { summary(errors, problems.len() - errors, props.files.len()) }
                </p>
                { problem_list(problems, &texts) }
                if pack.is_some() {
                    <p>
                        <button
                            type="button" class="button primary"
                            onclick={let anyway = anyway.clone(); move |_| anyway.set(true)}
                        >
                            { "Open anyway" }
                        </button>
                    </p>
                }
                { file_buttons(&props.services) }
            </div>
        },
    }
}

fn summary(errors: usize, warnings: usize, files: usize) -> String {
    let parts = [count(errors, "error", "errors"), count(warnings, "warning", "warnings")];
    format!("{} in {}.", parts.join(" and "), count(files, "file", "files"))
}

/// What became of what was opened: the scenario if it can be used, and everything that is wrong.
type ExaminedFiles = (Option<(Scenario, String)>, Problems);

/// Has everything that was opened examined, and reads the scenario.
async fn examine(files: &[OpenedFile]) -> ExaminedFiles {
    let mut problems = Vec::new();
    let mut documents = Vec::new();
    for file in files {
        match &file.text {
            Ok(text) => documents.push(DocumentFile { path: file.path.clone(), text: text.clone() }),
            Err(why) => problems.push(Diagnostic::of_file("unreadable", &file.path, why.clone())),
        }
    }
    if documents.is_empty() {
        return (None, problems);
    }
    let answer = document_loader::examine_all(documents).await;
    problems.extend(answer.problems);
    let scenario = answer.scenario.and_then(|path| {
        let text = files.iter().find(|file| file.path == path)?.text.clone().ok()?;
        Some((document_loader::SCENARIO.strictly(&text)?, text))
    });
    (scenario, problems)
}
