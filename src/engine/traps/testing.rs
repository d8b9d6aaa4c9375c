//! How traps are tested: a fixture whose marks say what must be found, exactly.
//!
//! ```text
//! #! needs elastic production
//! #! fixes add-policy
//! web: ecs-service    #! no-task-scaling
//! ```
//!
//! A mark is on the line of each detection's culprit: its first component, or its first link when only links
//! are named. `#! no-task-scaling: …` asserts the message as well, and
//! each trap has one such mark. Every fix is tried: it must apply, and the
//! culprit must then be found once less.

use trapwise_documents::message::Ids;
use trapwise_model::{Design, fixture};

use crate::finding::Detection;
use crate::terms::Need;
use crate::texts;
use crate::trap::{Scene, Trap};
use crate::world::World;

/// Asserts that the trap finds exactly what the fixture marks, and that its fixes work.
pub(super) fn check(trap: &'static Trap, text: &str) {
    let fixture = fixture::parse(text).unwrap_or_else(|why| panic!("{}: {why}", trap.id));
    let note = |name: &str| -> Vec<String> {
        let lines = fixture.notes.iter().filter_map(|note| note.strip_prefix(name));
        lines.flat_map(str::split_whitespace).map(str::to_owned).collect()
    };
    let needs: Vec<Need> =
        note("needs ").iter().map(|need| Need::from_name(need).expect("a known need")).collect();
    let found = detect(trap, &fixture.design, &needs);

    let mut expected: Vec<_> =
        fixture.marks.iter().filter(|mark| mark.name == trap.id).map(|mark| mark.id.clone()).collect();
    let mut culprits: Vec<_> = found.iter().map(culprit).collect();
    expected.sort();
    culprits.sort();
    assert_eq!(culprits, expected, "{}: what is found in\n{text}\n{found:#?}", trap.id);
    for mark in &fixture.marks {
        assert_eq!(mark.name, trap.id, "the mark on `{}` is for another trap", mark.id);
    }

    let wanted = note("fixes ");
    let library = texts::embedded();
    let words = library.get(trap.id).expect("a text beside the trap");
    for detection in &found {
        assert_eq!(texts::misfits(words, detection), Vec::<String>::new(), "{}: its text", trap.id);
        let message = library.message(trap.id, detection.components.first(), &detection.args, &Ids);
        assert!(!message.contains("``"), "{}: code within code in {message}", trap.id);
        let mark = fixture.marks.iter().find(|mark| mark.id == culprit(detection));
        if let Some(wanted) = mark.and_then(|mark| mark.message.as_ref()) {
            assert_eq!(&message, wanted, "{}: its message", trap.id);
        }
        assert!(!detection.evidence.is_empty(), "{}: a finding has evidence", trap.id);
        assert!(detection.evidence.iter().any(|step| !step.ok), "{}: some step of it fails", trap.id);
        let keys: Vec<_> = detection.fixes.iter().map(|fix| fix.key.to_owned()).collect();
        if !wanted.is_empty() {
            assert_eq!(keys, wanted, "{}: fixes of {}", trap.id, culprit(detection));
        }
        for fix in &detection.fixes {
            let mut mended = fixture.design.clone();
            mended
                .apply_all(&fix.edits)
                .unwrap_or_else(|(index, why)| panic!("{}: fix {} edit {index}: {why}", trap.id, fix.key));
            let left: Vec<_> = detect(trap, &mended, &needs).iter().map(culprit).collect();
            // One culprit may be found several times, and a fix mends one finding.
            let count = |found: &[String]| found.iter().filter(|one| **one == culprit(detection)).count();
            assert!(count(&left) < count(&culprits), "{}: fix {} leaves it", trap.id, fix.key);
        }
    }
}

fn detect(trap: &Trap, design: &Design, needs: &[Need]) -> Vec<Detection> {
    let world = World::new(design);
    trap.find(&Scene { world: &world, needs }).into_iter().collect()
}

fn culprit(detection: &Detection) -> String {
    let component = detection.components.first().map(ToString::to_string);
    component
        .or_else(|| detection.links.first().map(ToString::to_string))
        .expect("a finding is pinned somewhere")
}

/// The registry is the list of files: name = id = entry, each with its text beside it.
#[test]
fn every_trap_has_its_file_and_text() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("traps");
    let mut files = Vec::new();
    for area in std::fs::read_dir(&root).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(area.path()).unwrap().map(|entry| entry.unwrap().path()) {
            // A trap's file has its definition; others hold what several traps of the area share.
            let source = std::fs::read_to_string(&file).unwrap_or_default();
            let is_trap = source.contains("static TRAP: Trap");
            if file.extension().is_some_and(|extension| extension == "rs") && is_trap {
                let stem = file.file_stem().unwrap().to_string_lossy().replace('_', "-");
                assert!(source.contains(&format!("#! {stem}: ")), "{stem}: a mark asserts its message");
                files.push((area.file_name().to_string_lossy().into_owned(), stem));
            }
        }
    }
    files.sort();
    let mut registered: Vec<_> =
        super::TRAPS.iter().map(|trap| (trap.area.name().to_owned(), trap.id.to_owned())).collect();
    let in_order = registered.clone();
    registered.sort();
    assert_eq!(registered, files);
    assert_eq!(in_order, registered, "the registry is sorted by area and id");
}
