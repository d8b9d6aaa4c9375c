//! The texts of all traps, as they were when the engine was built.

use include_dir::{Dir, include_dir};

use super::{Texts, TrapLibrary, TrapSummary, parse};
use crate::trap::Trap;
use crate::traps::TRAPS;

/// The folders of the areas, each with `<trap>.rs` and `<trap>.md`.
static FOLDERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/traps");

/// The texts of the whole library, as they were when the engine was built.
#[must_use]
pub fn embedded() -> Texts {
    let mut all = Texts::new();
    for (trap, text) in texts() {
        // A test holds that every one of them is well formed.
        if let Ok(text) = parse(text) {
            all.insert(&trap, text);
        }
    }
    all
}

/// Every trap with its text, as the page shows them.
#[must_use]
pub fn library() -> TrapLibrary {
    let summary = |trap: &&Trap| TrapSummary {
        id: trap.id.to_owned(),
        area: trap.area,
        severity: trap.severity,
        domain: trap.domain,
        facts: trap.facts.iter().map(|fact| (*fact).to_owned()).collect(),
    };
    TrapLibrary::new(TRAPS.iter().map(summary).collect(), embedded())
}

/// The id of each trap with its text.
fn texts() -> impl Iterator<Item = (String, &'static str)> {
    let files = FOLDERS.dirs().flat_map(Dir::files);
    let texts = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "md"));
    texts.filter_map(|file| {
        Some((file.path().file_stem()?.to_str()?.replace('_', "-"), file.contents_utf8()?))
    })
}

#[cfg(test)]
mod tests {
    use super::texts;
    use crate::terms::Severity;
    use crate::texts::{TrapLibrary, parse, shared_keys};
    use crate::trap::Trap;
    use crate::traps::TRAPS;
    use std::path::Path;
    use trapwise_model::SortedSet;

    /// `area/file_stem` of every file of that extension in the folders of the areas, sorted.
    fn files(extension: &str) -> Vec<String> {
        let traps = Path::new(env!("CARGO_MANIFEST_DIR")).join("traps");
        let mut files = Vec::new();
        for area in std::fs::read_dir(traps).unwrap().map(|entry| entry.unwrap().path()) {
            if !area.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(&area).unwrap().map(|entry| entry.unwrap().path()) {
                let (area, stem) = (area.file_name().unwrap(), file.file_stem().unwrap());
                if file.extension().is_some_and(|found| found == extension) && stem != "mod" {
                    files.push(format!("{}/{}", area.to_str().unwrap(), stem.to_str().unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    #[test]
    fn the_page_can_read_the_library() {
        let library = crate::texts::library();
        assert_eq!(library.traps.len(), TRAPS.len());
        let text = serde_json::to_string(&library).unwrap();
        assert_eq!(TrapLibrary::from_text(&text), Some(library));
    }

    #[test]
    fn every_text_is_well_formed() {
        let bad: Vec<_> = texts()
            .filter_map(|(trap, text)| parse(text).err().map(|problems| (trap, problems)))
            .flat_map(|(trap, problems)| problems.into_iter().map(move |why| format!("{trap}: {why}")))
            .collect();
        assert!(bad.is_empty(), "{bad:#?}");
    }

    #[test]
    fn every_trap_has_its_text_beside_it_and_every_text_its_trap() {
        let traps: Vec<_> =
            TRAPS.iter().map(|trap| format!("{}/{}", trap.area, trap.id.replace('-', "_"))).collect();
        assert_eq!(traps, files("md"));
    }

    /// The source of every module in a folder of this crate, tests left out.
    fn sources(folder: &Path, into: &mut Vec<String>) {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                sources(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                into.push(source.split("#[cfg(test)]").next().unwrap().to_owned());
            }
        }
    }

    /// The quoted text after `before`, in the order of the source.
    fn quoted<'a>(source: &'a str, before: &'static str) -> impl Iterator<Item = &'a str> {
        source.split(before).skip(1).filter_map(|rest| rest.split_once('"').map(|(quoted, _)| quoted))
    }

    #[test]
    fn every_shared_word_is_used_and_every_key_has_its_words() {
        let mut modules = Vec::new();
        for folder in ["world", "condition", "traps"] {
            sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut modules);
        }
        let of = |area: &'static str, before: &'static str| {
            modules.iter().flat_map(move |source| {
                quoted(source, before).map(move |key| format!("{area}{key}")).collect::<Vec<_>>()
            })
        };
        let areas = [("world.", "\"world."), ("condition.", "\"condition."), ("evidence.", "\"evidence.")];
        let used: SortedSet<String> = areas.into_iter().flat_map(|(area, quoted)| of(area, quoted)).collect();
        let there: SortedSet<String> = shared_keys().map(str::to_owned).collect();
        assert_eq!(used, there);
    }

    #[test]
    fn every_step_of_a_trap_has_its_words() {
        for trap in TRAPS {
            let path = format!("{}/{}", trap.area, trap.id.replace('-', "_"));
            let traps = Path::new(env!("CARGO_MANIFEST_DIR")).join("traps");
            let source = std::fs::read_to_string(traps.join(format!("{path}.rs"))).unwrap();
            let used: SortedSet<&str> = quoted(&source, "step(\"").collect();
            let (_, text) = texts().find(|(id, _)| id == trap.id).unwrap();
            let text = parse(text).unwrap();
            let there: SortedSet<&str> = text.steps.keys().map(String::as_str).collect();
            assert_eq!(used, there, "{path}: the steps of its code and of its text");
        }
    }

    /// Whether only a demand of the scenario makes this trap, by the file of its code.
    fn bound_to_a_demand(path: &str) -> bool {
        let traps = Path::new(env!("CARGO_MANIFEST_DIR")).join("traps");
        let source = std::fs::read_to_string(traps.join(format!("{path}.rs"))).unwrap();
        let detect = source.split_once("fn detect(").unwrap().1.split_once("\n}").unwrap().0;
        // Most declare what must be demanded; a choice of demands is in the code.
        !source.contains("    needs: &[],\n") || detect.contains("if !scene.needs(")
    }

    #[test]
    fn what_breaks_a_demand_and_works_is_not_critical() {
        // Charts that ECS cannot read, and a step without the result it needs: these do not work.
        let broken = ["kubernetes-on-ecs", "run-not-awaited"];
        let critical = TRAPS.iter().filter(|trap| trap.severity == Severity::Critical);
        let file = |trap: &Trap| format!("{}/{}", trap.area, trap.id.replace('-', "_"));
        let bound: Vec<_> =
            critical.filter(|trap| bound_to_a_demand(&file(trap))).map(|trap| trap.id).collect();
        assert_eq!(bound, broken, "see `Severity` for the rule");
    }

    #[test]
    fn texts_are_worded_alike() {
        let mut bad = Vec::new();
        for trap in TRAPS {
            let path = format!("{}/{}", trap.area, trap.id.replace('-', "_"));
            let (_, text) = texts().find(|(id, _)| id == trap.id).unwrap();
            let text = parse(text).unwrap();
            if text.title.ends_with('.')
                || text.title.len() > 64
                || !text.title.starts_with(char::is_uppercase)
            {
                bad.push(format!("{path}: a title names the mistake in a few words: {}", text.title));
            }
            if !text.message.ends_with('.') {
                bad.push(format!("{path}: a message is a sentence: {}", text.message));
            }
            let bound = bound_to_a_demand(&path);
            if bound != text.why_the_exam_asks.contains("This trap speaks only where ") {
                bad.push(format!("{path}: say what words decide exactly where a need does"));
            }
        }
        assert!(bad.is_empty(), "{bad:#?}");
    }
}
