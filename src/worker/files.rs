//! Checks files that were opened together against the rules for content.

use trapwise_documents::messages::{DocumentFile, Examined};
use trapwise_engine::scenario::load_scenario;
use trapwise_engine::verify;
use trapwise_model::SortedMap;
use trapwise_model::diagnostic::Diagnostic;

/// Everything that is wrong with what was opened. A scenario with its references is verified as content
/// of the site is; one on its own is read.
pub fn examine(files: &[DocumentFile]) -> Examined {
    let alone = files.first().filter(|_| files.len() == 1);
    let Some(file) = files.iter().find(|file| is_scenario(file)).or(alone) else {
        let why = "there is no scenario among what was opened".to_owned();
        let problems = vec![Diagnostic::of_file("missing-file", "scenario.json", why)];
        return Examined { scenario: None, problems };
    };
    let DocumentFile { path, text } = file;
    let read = load_scenario(path, text, None);
    let problems = match &read.document {
        Some(scenario) if files.len() > 1 => verified(&scenario.id, file, files),
        _ => read.diagnostics,
    };
    Examined { scenario: read.document.map(|_| path.clone()), problems }
}

/// Checks the files against the rules for content, and reports them under the names they were opened with.
fn verified(id: &str, scenario: &DocumentFile, files: &[DocumentFile]) -> Vec<Diagnostic> {
    let mut pack = verify::Pack::default();
    let mut opened_as = SortedMap::new();
    for file in files {
        let DocumentFile { path: opened, text } = file;
        let path = match place_of(file) {
            _ if *opened == scenario.path => format!("{id}/scenario.json"),
            Some(place) => format!("{id}/{place}"),
            None => opened.clone(),
        };
        pack.files.insert(path.clone(), text.clone());
        opened_as.insert(path, opened.clone());
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
fn place_of(DocumentFile { path, text }: &DocumentFile) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_variant = || text.contains("\"failsChecks\"");
    match name {
        "index.json" | "facts.json" => None,
        name if name.starts_with("reference") => Some(name.to_owned()),
        name if path.contains("variants/") || is_variant() => Some(format!("variants/{name}")),
        _ => None,
    }
}

fn is_scenario(file: &DocumentFile) -> bool {
    file.path.ends_with("scenario.json") || (place_of(file).is_none() && file.text.contains("\"brief\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> DocumentFile {
        let path = format!("{}/../../scenarios/first-service/{name}", env!("CARGO_MANIFEST_DIR"));
        DocumentFile { path: name.to_owned(), text: std::fs::read_to_string(path).unwrap() }
    }

    #[test]
    fn a_scenario_on_its_own_is_read() {
        let answer = examine(&[shipped("scenario.json")]);
        assert_eq!(answer, Examined { scenario: Some("scenario.json".to_owned()), problems: Vec::new() });
    }

    #[test]
    fn what_is_missing_is_said() {
        // Options of the question name variants that were not opened.
        let answer = examine(&[shipped("scenario.json"), shipped("reference.json")]);
        assert!(answer.scenario.is_some());
        assert!(answer.problems.iter().any(|problem| problem.message.contains("variant")), "{answer:?}");
        let answer = examine(&[shipped("reference.json"), shipped("reference.json")]);
        assert!(answer.scenario.is_none());
        assert_eq!(answer.problems.len(), 1);
    }

    #[test]
    fn a_broken_scenario_is_shown_with_its_line() {
        let mut file = shipped("scenario.json");
        file.text = file.text.replace("\"introductory\"", "\"easy\"");
        let answer = examine(&[file]);
        assert!(answer.scenario.is_none());
        assert!(answer.problems.iter().any(|problem| problem.line > 5 && problem.is_error()), "{answer:?}");
    }
}
