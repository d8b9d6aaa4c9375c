//! Every kind has an icon, and every icon that the page names is drawn.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use trapwise_model::ComponentKind;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn drawn() -> BTreeSet<String> {
    let sprite = std::fs::read_to_string(root().join("styles/icons.svg")).unwrap();
    let ids = sprite.split("<symbol id=\"").skip(1);
    ids.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_kind_has_an_icon() {
    let drawn = drawn();
    let without: Vec<_> = ComponentKind::NAMES.iter().filter(|name| !drawn.contains(**name)).collect();
    assert!(without.is_empty(), "no icon is drawn for {without:?}");
}

#[test]
fn every_icon_named_in_the_page_is_drawn() {
    let drawn = drawn();
    let mut folders = vec![root().join("src/ui")];
    let mut missing = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let words = source.split('"').skip(1).step_by(2);
            let whole = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            let named =
                words.filter(|word| word.starts_with("ui-") || word.starts_with("domain-")).filter(whole);
            missing.extend(named.filter(|name| !drawn.contains(*name)).map(str::to_owned));
        }
    }
    assert!(missing.is_empty(), "the page names icons that are not drawn: {missing:?}");
}
