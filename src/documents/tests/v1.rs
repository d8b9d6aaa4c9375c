//! Files of version 1 are read forever. The files in `v1/` never change.

#![allow(clippy::unwrap_used, reason = "tests")]

use trapwise_documents::design::load_design;
use trapwise_documents::versions::{DocumentKind, current, migrate, read_text};
use trapwise_model::Design;
use trapwise_model::json::Json;

const DESIGN: &str = include_str!("v1/design.json");
const SAVE: &str = include_str!("v1/save.json");

#[test]
fn a_design_of_version_1_is_read() {
    let design = load_design("v1/design.json", DESIGN).unwrap();
    assert_eq!((design.components().count(), design.links().count()), (7, 3));
    assert_eq!(read_text::<Design>(DocumentKind::Design, DESIGN), Some(design));
}

#[test]
fn a_save_of_version_1_is_migrated_to_the_current_one() {
    let mut save: Json = serde_json::from_str(SAVE).unwrap();
    assert_eq!(migrate(DocumentKind::SavedWork, &mut save), Ok(1));
    let version = Json::Number(current(DocumentKind::SavedWork).into());
    assert_eq!(save.get("schemaVersion"), Some(&version));
}

#[test]
fn a_newer_design_is_told_from_a_wrong_one() {
    let newer =
        DESIGN.replacen("\"schemaVersion\": 1", "\"schemaVersion\": 3", 1).replace("\"vpc\"", "\"vcp\"");
    let said: Vec<_> =
        load_design("design.json", &newer).unwrap_err().iter().map(ToString::to_string).collect();
    let wanted = "design.json:2:20: error[unknown-version]: this design was written by a newer Trapwise: \
                  version 3, this one reads up to 1; update Trapwise to read it";
    assert_eq!(said, [wanted]);
}
