//! `trapwise migrate`.

use std::path::Path;

use trapwise_documents::versions::{DocumentKind, current, migrate};
use trapwise_model::diagnostic::Diagnostic;
use trapwise_model::json::Json;
use trapwise_model::shape::Shape;

use super::fmt::{files, read_json, unknown_document, write_file};
use crate::args::Migrate;
use crate::console::{Console, Outcome};
use crate::files::show;
use crate::format::{format, kind_of, shape_of};

/// Runs it.
pub fn run(args: &Migrate, console: &mut Console) -> Outcome {
    let mut outcome = Outcome::Fine;
    for path in files(&args.paths, console, &mut outcome) {
        outcome = outcome.max(migrate_file(&path, args.check, console));
    }
    outcome
}

fn migrate_file(path: &Path, check: bool, console: &mut Console) -> Outcome {
    let name = show(path);
    let Some((_, mut json)) = read_json(path, console) else { return Outcome::Unusable };
    let Some(kind) = kind_of(&name, &json) else { return unknown_document(&name, console) };
    let from = match migrate(kind, &mut json) {
        Ok(from) => from,
        Err(why) => {
            let said = Diagnostic::of_file("unknown-version", &name, why.to_string());
            console.diagnose(&[said], |_| None);
            return Outcome::Unusable;
        }
    };
    let Some(text) = new_text(kind, from, &json) else {
        console.print(&format!("{name}: {kind} of version {from}, up to date\n"));
        return Outcome::Fine;
    };
    if check {
        console.print(&format!("{name}: {kind} of version {from}, not {}\n", current(kind)));
        return Outcome::Failed;
    }
    let outcome = write_file(path, &text, console);
    if outcome == Outcome::Fine {
        console.print(&format!("{name}: {kind} of version {from}, now {}\n", current(kind)));
    }
    outcome
}

/// What a file becomes whose document had that version; none where it stays as it is.
fn new_text(kind: DocumentKind, from: u32, migrated: &Json) -> Option<String> {
    // What has no shape keeps the order of its fields.
    (from < current(kind)).then(|| format(migrated, shape_of(kind).unwrap_or(&Shape::Value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_older_is_written() {
        let json = serde_json::from_str(r#"{"components":[],"links":[],"schemaVersion":1}"#).unwrap();
        let kind = DocumentKind::Design;
        assert_eq!(new_text(kind, current(kind), &json), None);
        let wanted = "{\n  \"schemaVersion\": 1,\n  \"components\": [],\n  \"links\": []\n}\n";
        assert_eq!(new_text(kind, current(kind) - 1, &json).as_deref(), Some(wanted));
        let wanted = "{\n  \"components\": [],\n  \"links\": [],\n  \"schemaVersion\": 1\n}\n";
        let kind = DocumentKind::SavedWork;
        assert_eq!(new_text(kind, current(kind) - 1, &json).as_deref(), Some(wanted));
    }
}
