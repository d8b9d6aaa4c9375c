//! `trapwise fmt`.

use std::path::{Path, PathBuf};

use trapwise_model::diagnostic::Diagnostic;
use trapwise_model::json::Json;
use trapwise_model::source::Source;

use crate::args::Fmt;
use crate::console::{Console, Outcome};
use crate::files::{list, read_text, show, write};
use crate::format::{format, kind_of, shape_of};

/// Runs it.
pub fn run(args: &Fmt, console: &mut Console) -> Outcome {
    let mut outcome = Outcome::Fine;
    for path in files(&args.paths, console, &mut outcome) {
        outcome = outcome.max(format_file(&path, args.check, console));
    }
    outcome
}

/// The files named, and the JSON files in the folders named.
pub(super) fn files(paths: &[PathBuf], console: &Console, outcome: &mut Outcome) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        match list(path) {
            Ok(found) => files
                .extend(found.into_iter().filter(|file| file.extension().is_some_and(|end| end == "json"))),
            Err(why) => {
                console.error(&why);
                *outcome = Outcome::Unusable;
            }
        }
    }
    files
}

fn format_file(path: &Path, check: bool, console: &mut Console) -> Outcome {
    let name = show(path);
    let Some((text, json)) = read_json(path, console) else { return Outcome::Unusable };
    let Some(shape) = kind_of(&name, &json).and_then(shape_of) else {
        return unknown_document(&name, console);
    };
    let formatted = format(&json, shape);
    if formatted == text {
        return Outcome::Fine;
    }
    console.print(&format!("{name}\n"));
    if check {
        return Outcome::Failed;
    }
    write_file(path, &formatted, console)
}

/// The text of a file and what it says, or why it cannot be read.
pub(super) fn read_json(path: &Path, console: &Console) -> Option<(String, Json)> {
    let text = match read_text(path) {
        Ok(text) => text,
        Err(why) => {
            console.diagnose(&[*why], |_| None);
            return None;
        }
    };
    match Source::new(&show(path), &text).parse() {
        Ok(json) => Some((text, json)),
        Err(diagnostics) => {
            console.diagnose(&diagnostics, |_| Some(&text));
            None
        }
    }
}

/// Says that a file is none of the documents there are.
pub(super) fn unknown_document(name: &str, console: &Console) -> Outcome {
    let message = "this is none of the documents known".to_owned();
    console.diagnose(&[Diagnostic::of_file("unknown-document", name, message)], |_| None);
    Outcome::Unusable
}

/// Writes a file, or says why it cannot be written.
pub(super) fn write_file(path: &Path, text: &str, console: &Console) -> Outcome {
    match write(path, text) {
        Ok(()) => Outcome::Fine,
        Err(why) => {
            console.diagnose(&[*why], |_| None);
            Outcome::Unusable
        }
    }
}
