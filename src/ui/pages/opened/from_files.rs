//! A scenario from files, held to everything that content is held to.

use std::rc::Rc;

use trapwise_engine::verify;
use trapwise_model::SortedMap;
use trapwise_model::diagnostic::Diagnostic;
use yew::prelude::*;

use super::file_buttons;
use crate::platform::files::OpenedFile;
use crate::ui::pages::pack::Pack;
use crate::ui::pages::scenario::Desk;
use crate::ui::parts::{PageTitle, problem_list};
use crate::ui::reading;
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
    let read = use_memo(props.files.clone(), |files| read(files));
    let (pack, problems) = &*read;
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let files = props.files.iter();
    let texts: Vec<_> = files.filter_map(|file| Some((&*file.path, file.text.as_deref().ok()?))).collect();
    match pack {
        Some(pack) if problems.is_empty() || *anyway => html! {
            <Desk key={pack.place.clone()} pack={Rc::clone(pack)} services={props.services.clone()} />
        },
        pack => html! {
            <div class="narrow wide-problems">
                <PageTitle text="Problems in what was opened" />
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
                            { "Open it all the same" }
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

/// Reads everything that was opened, and says everything that is wrong with it. A scenario with its
/// references is verified as content of the site is; one on its own is read.
fn read(files: &[OpenedFile]) -> (Option<Rc<Pack>>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    for file in files {
        if let Err(why) = &file.text {
            problems.push(Diagnostic::of_file("unreadable", &file.path, why.clone()));
        }
    }
    let Some(file) =
        files.iter().find(|file| is_scenario(file)).or(files.first().filter(|_| files.len() == 1))
    else {
        let why = "there is no scenario among what was opened".to_owned();
        problems.push(Diagnostic::of_file("missing-file", "scenario.json", why));
        return (None, problems);
    };
    let Ok(text) = &file.text else { return (None, problems) };
    let (scenario, read) = reading::scenario_with_warnings(&file.path, text);
    match &scenario {
        Some(scenario) if files.len() > 1 => problems.extend(verified(&scenario.id, file, files)),
        _ => problems.extend(read),
    }
    (scenario.map(|scenario| Rc::new(Pack::of_files(scenario, files.to_vec()))), problems)
}

/// Holds the files to what content is held to, and names them as they were opened.
fn verified(id: &str, scenario: &OpenedFile, files: &[OpenedFile]) -> Vec<Diagnostic> {
    let mut pack = verify::Pack::default();
    let mut opened_as = SortedMap::new();
    for file in files {
        let Ok(text) = &file.text else { continue };
        let path = match place_of(file) {
            _ if file.path == scenario.path => format!("{id}/scenario.json"),
            Some(place) => format!("{id}/{place}"),
            None => file.path.clone(),
        };
        pack.files.insert(path.clone(), text.clone());
        opened_as.insert(path, file.path.clone());
    }
    // The index belongs to the pack of a site, and not to one scenario.
    if let Ok(index) = serde_json::to_string(&verify::index(&pack)) {
        pack.files.insert("index.json".to_owned(), index);
    }
    let mut said = verify::verify(&pack, &verify::Options { texts: None, part: true }).diagnostics;
    said.retain(|diagnostic| diagnostic.file != "index.json");
    for diagnostic in &mut said {
        if let Some(opened) = opened_as.get(&diagnostic.file) {
            diagnostic.file.clone_from(opened);
        }
    }
    said
}

/// Where a file belongs within its scenario's folder, whether that was opened or only its files.
fn place_of(file: &OpenedFile) -> Option<String> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let is_variant = || file.text.as_ref().is_ok_and(|text| text.contains("\"failsChecks\""));
    match name {
        "index.json" | "facts.json" => None,
        name if name.starts_with("reference") => Some(name.to_owned()),
        name if file.path.contains("variants/") || is_variant() => Some(format!("variants/{name}")),
        _ => None,
    }
}

fn is_scenario(file: &OpenedFile) -> bool {
    file.path.ends_with("scenario.json")
        || (place_of(file).is_none() && file.text.as_ref().is_ok_and(|text| text.contains("\"brief\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> OpenedFile {
        let path = format!("{}/scenarios/first-service/{name}", env!("CARGO_MANIFEST_DIR"));
        OpenedFile { path: name.to_owned(), text: Ok(std::fs::read_to_string(path).unwrap()) }
    }

    #[test]
    fn a_scenario_on_its_own_is_read() {
        let (pack, problems) = read(&[shipped("scenario.json")]);
        assert!(pack.is_some());
        assert_eq!(problems, []);
    }

    #[test]
    fn what_is_missing_is_said() {
        // Options of the question name variants that were not opened.
        let (pack, problems) = read(&[shipped("scenario.json"), shipped("reference.json")]);
        assert!(pack.is_some());
        assert!(problems.iter().any(|problem| problem.message.contains("variant")), "{problems:?}");
        let (pack, problems) = read(&[shipped("reference.json"), shipped("reference.json")]);
        assert!(pack.is_none());
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn a_broken_scenario_is_shown_with_its_line() {
        let mut file = shipped("scenario.json");
        file.text = file.text.map(|text| text.replace("\"introductory\"", "\"easy\""));
        let (pack, problems) = read(&[file]);
        assert!(pack.is_none());
        assert!(problems.iter().any(|problem| problem.line > 5 && problem.is_error()), "{problems:?}");
    }
}
