//! Every version of every scenario keeps the promises of the first: references score full, variants fall
//! into exactly what they say, nothing passes unbuilt.

use std::fs;
use std::path::Path;

use trapwise_engine::scenario::Variation;
use trapwise_engine::verify::{Options, Pack, verify_version};
use trapwise_model::SortedSet;

use crate::library::LIBRARY;

/// The files of those scenarios.
fn pack(wanted: impl Fn(&str) -> bool) -> Pack {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut pack = Pack::default();
    for content in LIBRARY.iter().filter(|content| wanted(&content.scenario.id)) {
        let id = &content.scenario.id;
        for folder in [id.clone(), format!("{id}/variants")] {
            for entry in fs::read_dir(root.join(&folder)).unwrap().map(Result::unwrap) {
                if entry.path().is_file() {
                    let name = entry.file_name().into_string().unwrap();
                    pack.files.insert(format!("{folder}/{name}"), fs::read_to_string(entry.path()).unwrap());
                }
            }
        }
    }
    pack
}

#[track_caller]
fn hold(pack: &Pack, seeds: std::ops::RangeInclusive<u32>) {
    let said: Vec<_> = seeds.flat_map(|seed| verify_version(pack, seed, &Options::default())).collect();
    let said: Vec<_> = said.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

/// No verdict depends on which zone is called which, in any scenario.
#[test]
fn zones_may_change_places_everywhere() {
    hold(&pack(|_| true), 1..=2);
}

#[test]
fn scenarios_that_vary_keep_their_promises() {
    let varying: Vec<_> = LIBRARY.iter().filter(|content| content.scenario.varies.is_some()).collect();
    assert!(varying.len() >= 8, "{} scenarios vary", varying.len());
    hold(&pack(|id| varying.iter().any(|content| content.scenario.id == id)), 1..=8);
}

/// Seeds are there to differ, and the first version is the one that is written.
#[test]
fn versions_differ() {
    for content in LIBRARY.iter().filter(|content| content.scenario.varies.is_some()) {
        let id = &content.scenario.id;
        let pack = pack(|one| one == id);
        let text = pack.files.get(&format!("{id}/scenario.json")).unwrap();
        let version = |seed| Variation::of(&content.scenario, seed).rewrite(text);
        assert_eq!(version(0), *text, "{id}");
        let versions: SortedSet<_> = (1..=20).map(version).collect();
        assert!(versions.len() >= 4, "{id} has {} versions in 20 seeds", versions.len());
    }
}
