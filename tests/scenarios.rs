//! Verifies the library, as `trapwise verify scenarios/` does.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

use trapwise_engine::texts::Texts;
use trapwise_engine::verify::{Options, Pack, verify};

fn read(dir: &Path, prefix: &str, pack: &mut Pack) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{prefix}{name}");
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), pack);
        } else {
            pack.files.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

#[test]
fn every_scenario_is_verified() {
    let mut pack = Pack::default();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), "", &mut pack);
    let mut cases = Pack::default();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), "tests/cases/", &mut cases);
    pack.cases = cases.files.into_iter().filter(|(path, _)| path.ends_with(".json")).collect();
    let texts = Texts::embedded();
    let found = verify(&pack, &Options { texts: Some(&texts), part: false });
    let said: Vec<_> = found.diagnostics.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    assert!(found.scenarios > 0 && found.references >= found.scenarios && found.variants > found.scenarios);
}
