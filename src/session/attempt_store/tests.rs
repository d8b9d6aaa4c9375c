use std::cell::Cell;
use std::rc::Rc;

use proptest::prelude::*;
use trapwise_model::{Component, ComponentKind, Design, Edit};

use super::*;

/// A store that can be told to refuse.
#[derive(Default)]
struct Moody {
    inner: MemoryStore,
    refuses: Cell<Option<StoreError>>,
    reads: Cell<u32>,
}

impl Store for Moody {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.reads.set(self.reads.get() + 1);
        match self.refuses.get() {
            Some(StoreError::Forbidden) => Err(StoreError::Forbidden),
            _ => self.inner.get(key),
        }
    }
    fn set(&self, key: &str, text: &str) -> Result<(), StoreError> {
        self.refuses.get().map_or_else(|| self.inner.set(key, text), Err)
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.inner.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        self.inner.keys()
    }
}

fn attempt(parts: &[(&str, usize)]) -> Attempt {
    let mut design = Design::new();
    for (stem, kind) in parts {
        let kinds: Vec<_> = ComponentKind::ALL.iter().filter(|kind| kind.spec().floats).collect();
        let id = design.free_component_id(stem);
        design.apply(&Edit::Add(Component::new(id, *kinds[kind % kinds.len()]))).unwrap();
    }
    Attempt::new(design)
}

fn two_tabs() -> (Rc<Moody>, AttemptStore<Rc<Moody>>, AttemptStore<Rc<Moody>>) {
    let store = Rc::new(Moody::default());
    (store.clone(), AttemptStore::new(store.clone(), "one"), AttemptStore::new(store, "two"))
}

#[test]
fn a_save_writes_the_text_it_hands_out_and_reads_no_more_than_what_was_there() {
    let (store, one, two) = two_tabs();
    let (mut ticket, _) = one.open("first \"attempt\":");
    for part in 0..3 {
        store.reads.set(0);
        let mut handed = String::new();
        let work = attempt(&[("bucket", part)]);
        assert_eq!(one.save(&mut ticket, &work, |text| text.clone_into(&mut handed)), SaveResult::Kept);
        assert_eq!(store.reads.get(), 1);
        assert_eq!(store.inner.get("trapwise.work.first \"attempt\":"), Ok(Some(handed)));
    }
    // What another tab writes is seen all the same.
    let (mut other, _) = two.open("first \"attempt\":");
    assert_eq!(two.save(&mut other, &Attempt::default(), |_| ()), SaveResult::Kept);
    assert!(matches!(one.save(&mut ticket, &Attempt::default(), |_| ()), SaveResult::Conflict(_)));
}

#[test]
fn work_is_resumed() {
    let (_, one, two) = two_tabs();
    let (mut ticket, opened) = one.open("first");
    assert_eq!(opened, Opened::Fresh);
    let work = attempt(&[("bucket", 1), ("bucket", 2)]);
    assert_eq!(one.save(&mut ticket, &work, |_| ()), SaveResult::Kept);
    assert_eq!(one.save(&mut ticket, &work, |_| ()), SaveResult::Kept);
    assert_eq!(two.open("first").1, Opened::Resumed(work));
    assert_eq!(two.open("second").1, Opened::Fresh);
}

#[test]
fn neither_tab_overwrites_the_other() {
    let (_, one, two) = two_tabs();
    let (mut first, _) = one.open("a");
    let (mut second, _) = two.open("a");
    let (mine, theirs) = (attempt(&[("mine", 0)]), attempt(&[("theirs", 0)]));
    assert_eq!(one.save(&mut first, &theirs, |_| ()), SaveResult::Kept);
    assert!(
        matches!(two.save(&mut second, &mine, |_| ()), SaveResult::Conflict(saved) if saved.attempt == theirs)
    );
    // What tab two did meanwhile is not lost, and stays one text however often it saves.
    assert!(matches!(two.save(&mut second, &mine, |_| ()), SaveResult::Conflict(_)));
    let kept: Vec<_> = two.backups().into_iter().map(|backup| backup.saved.unwrap().attempt).collect();
    assert_eq!(kept, [mine]);
}

#[test]
fn mine_can_be_kept() {
    let (_, one, two) = two_tabs();
    let (mut first, _) = one.open("a");
    let (mut second, _) = two.open("a");
    let (mine, theirs) = (attempt(&[("mine", 0)]), attempt(&[("theirs", 0)]));
    let _ = one.save(&mut first, &theirs, |_| ());
    let _ = two.save(&mut second, &mine, |_| ());
    assert_eq!(two.keep_mine(&mut second, &mine), SaveResult::Kept);
    assert_eq!(two.open("a").1, Opened::Resumed(mine.clone()));
    let kept: Vec<_> = two.backups().into_iter().map(|backup| backup.saved.unwrap().attempt).collect();
    assert_eq!(kept, std::slice::from_ref(&theirs), "the other tab's work is set aside");
    // The other tab is now the one that is told.
    assert!(
        matches!(one.save(&mut first, &theirs, |_| ()), SaveResult::Conflict(saved) if saved.attempt == mine)
    );
}

#[test]
fn theirs_can_be_taken() {
    let (_, one, two) = two_tabs();
    let (mut first, _) = one.open("a");
    let (mut second, _) = two.open("a");
    let (mine, theirs) = (attempt(&[("mine", 0)]), attempt(&[("theirs", 0)]));
    let _ = one.save(&mut first, &theirs, |_| ());
    assert_eq!(two.take_theirs(&mut second, &mine), Some(theirs.clone()));
    assert_eq!(two.save(&mut second, &theirs, |_| ()), SaveResult::Kept);
    let kept: Vec<_> = two.backups().into_iter().map(|backup| backup.saved.unwrap().attempt).collect();
    assert_eq!(kept, [mine]);
}

#[test]
fn a_full_store_is_replaced_by_memory() {
    let (store, one, _) = two_tabs();
    let (mut ticket, _) = one.open("a");
    let (before, after) = (attempt(&[("before", 0)]), attempt(&[("after", 0)]));
    let _ = one.save(&mut ticket, &before, |_| ());
    store.refuses.set(Some(StoreError::Full));
    assert_eq!(one.save(&mut ticket, &after, |_| ()), SaveResult::InMemory(StoreError::Full));
    assert_eq!(one.trouble(), Some(StoreError::Full));
    assert_eq!(one.open("a").1, Opened::Resumed(after.clone()));
    store.refuses.set(None);
    assert_eq!(one.save(&mut ticket, &after, |_| ()), SaveResult::Kept);
    assert_eq!(AttemptStore::new(store, "later").open("a").1, Opened::Resumed(after));
}

#[test]
fn a_forbidden_store_is_replaced_by_memory() {
    let (store, one, _) = two_tabs();
    store.refuses.set(Some(StoreError::Forbidden));
    let (mut ticket, opened) = one.open("a");
    assert_eq!((opened, one.trouble()), (Opened::Fresh, Some(StoreError::Forbidden)));
    let work = attempt(&[("work", 0)]);
    assert_eq!(one.save(&mut ticket, &work, |_| ()), SaveResult::InMemory(StoreError::Forbidden));
    assert_eq!(one.open("a").1, Opened::Resumed(work));
    assert_eq!(one.progress().of("a"), Standing::InProgress(None));
}

#[test]
fn damage_stays_in_a_store_too_full_to_set_it_aside() {
    let (store, one, _) = two_tabs();
    store.set(&work_key("a"), "damaged").unwrap();
    store.refuses.set(Some(StoreError::Full));
    let (mut ticket, opened) = one.open("a");
    assert!(matches!(opened, Opened::Unreadable(_)));
    assert!(matches!(one.save(&mut ticket, &Attempt::default(), |_| ()), SaveResult::InMemory(_)));
    store.refuses.set(None);
    assert!(matches!(one.save(&mut ticket, &Attempt::default(), |_| ()), SaveResult::InMemory(_)));
    assert_eq!(store.get(&work_key("a")).unwrap().as_deref(), Some("damaged"));
}

#[test]
fn progress_counts_what_was_passed() {
    let (_, one, _) = two_tabs();
    for (place, passed, score) in [("a", true, 90), ("b", false, 95)] {
        let (mut ticket, _) = one.open(place);
        let mut work = Attempt::default();
        work.record(Outcome { passed, score });
        let _ = one.save(&mut ticket, &work, |_| ());
    }
    let progress = one.progress();
    assert_eq!(progress.of("a"), Standing::Passed(Outcome { passed: true, score: 90 }));
    assert_eq!(progress.of("b").score(), Some(95));
    assert_eq!(progress.of("c"), Standing::NotStarted);
}

#[test]
fn a_pass_of_any_version_counts_for_the_scenario() {
    let (_, one, _) = two_tabs();
    let record = |place: &str, passed, score| {
        let (mut ticket, opened) = one.open(place);
        let mut work = if let Opened::Resumed(work) = opened { work } else { Attempt::default() };
        work.record(Outcome { passed, score });
        let _ = one.save(&mut ticket, &work, |_| ());
    };
    record("a", false, 40);
    record("a?seed=1", false, 95);
    record("ab?seed=1", true, 90);
    assert_eq!(one.progress().of("a"), Standing::InProgress(Some(Outcome { passed: false, score: 40 })));
    assert_eq!((one.progress().versions_passed("a"), one.progress().versions_passed("ab")), (0, 1));
    record("b?seed=3", false, 70);
    assert_eq!(one.progress().of("b"), Standing::InProgress(None));
    record("a?seed=2", true, 85);
    assert_eq!(one.progress().of("a"), Standing::Passed(Outcome { passed: true, score: 85 }));
    assert_eq!(one.progress().versions_passed("a"), 1);
    // Its own pass is its own best.
    record("a", true, 80);
    assert_eq!(one.progress().of("a"), Standing::Passed(Outcome { passed: true, score: 80 }));
    assert_eq!(one.progress().versions_passed("a"), 2);
}

#[test]
fn work_that_is_saved_again_keeps_what_is_not_understood() {
    let (store, one, _) = two_tabs();
    let text = Saved::new("a", 1, "later", Attempt::default()).to_text();
    let later = text.replace("\"solutionSeen\":false}", "\"solutionSeen\":false,\"minutes\":7},\"note\":{}");
    store.set(&work_key("a"), &later).unwrap();
    let (mut ticket, opened) = one.open("a");
    let Opened::Resumed(mut work) = opened else { panic!("{opened:?}") };
    work.record(Outcome { passed: true, score: 90 });
    assert_eq!(one.save(&mut ticket, &work, |_| ()), SaveResult::Kept);
    let kept = store.get(&work_key("a")).unwrap().unwrap();
    assert!(kept.contains("\"minutes\":7},\"note\":{}}"), "{kept}");
    assert!(kept.contains("\"score\":90"), "{kept}");
}

#[test]
fn a_saved_board_with_a_component_or_link_in_itself_is_set_aside_with_a_reason() {
    let empty = Saved::new("a", 1, "tab", Attempt::default()).to_text();
    let parts = [
        (
            r#""components":[{"id":"a","kind":"subnet","in":["b"]},{"id":"b","kind":"subnet","in":["a"]}]"#,
            "it is damaged: `a` is in `b`, which is in `a` (at /attempt/design/components/0)",
        ),
        (
            r#""components":[{"id":"r","kind":"iam-role"}],"links":[{"id":"l","kind":"runs","from":"r","to":"r"}]"#,
            "it is damaged: a component does not link to itself (at /attempt/design/links/0)",
        ),
    ];
    for (parts, reason) in parts {
        let text = empty.replace(r#""components":[],"links":[]"#, parts).replace(r#""components":[]"#, parts);
        let store = MemoryStore::default();
        store.set(&work_key("a"), &text).unwrap();
        let attempts = AttemptStore::new(store, "tab");
        let (_, opened) = attempts.open("a");
        assert!(matches!(&opened, Opened::Unreadable(why) if why.to_string() == reason), "{opened:?}");
        let kept: Vec<_> = attempts.backups().into_iter().map(|backup| (backup.text, backup.saved)).collect();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].0, text);
        assert!(kept[0].1.as_ref().is_err_and(|why| why.to_string() == reason));
    }
}

proptest! {
    #[test]
    fn a_save_reads_as_it_was_written(
        parts in prop::collection::vec(("[a-z]{1,8}(-[a-z0-9]{1,4})?", 0..40_usize), 0..30),
        hints in prop::collection::btree_map("[a-z-]{1,9}", 0..9_u32, 0..4),
        answers in prop::collection::btree_set("[a-e]", 0..3),
        checks in any::<u32>(), best in prop::option::of((any::<bool>(), 0..=100_u32)), solution_seen: bool,
        place in "\\PC{0,20}", revision: u64,
    ) {
        let parts: Vec<_> = parts.iter().map(|(stem, kind)| (stem.as_str(), *kind)).collect();
        let best = best.map(|(passed, score)| Outcome { passed, score });
        let (hints, answers) = (hints.into_iter().collect(), answers.into_iter().collect());
        let attempt = Attempt { hints, answers, checks, best, solution_seen, ..attempt(&parts) };
        let saved = Saved::new(&place, revision, "tab", attempt);
        prop_assert_eq!(Saved::from_text(&saved.to_text()), Ok(saved));
    }

    #[test]
    fn mutated_texts_are_read_or_set_aside(
        at in any::<prop::sample::Index>(), cut in 0..40_usize, junk in "\\PC{0,6}",
    ) {
        let text = Saved::new("a", 3, "tab", attempt(&[("bucket", 3), ("role", 7)])).to_text();
        let from = at.index(text.len());
        let to = (from + cut).min(text.len());
        let mutated = format!("{}{junk}{}", &text[..from], &text[to..]);
        let store = MemoryStore::default();
        store.set(&work_key("a"), &mutated).unwrap();
        let attempts = AttemptStore::new(store, "tab");
        let (mut ticket, opened) = attempts.open("a");
        let _ = attempts.progress();
        let result = attempts.save(&mut ticket, &Attempt::default(), |_| ());
        prop_assert_eq!(result, SaveResult::Kept);
        if matches!(opened, Opened::Unreadable(_)) {
            let kept: Vec<_> = attempts.backups().into_iter().map(|backup| backup.text).collect();
            prop_assert_eq!(kept, [mutated]);
        }
    }
}
