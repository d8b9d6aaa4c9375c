//! `trapwise fmt`.

use std::path::{Path, PathBuf};

use trapwise_model::diagnostic::Diagnostic;
use trapwise_model::source::Source;

use crate::args::Fmt;
use crate::console::{Console, Outcome};
use crate::files::{list, read_text, show, write};
use crate::format::{format, shape_of};

/// Runs it.
pub fn run(args: &Fmt, console: &mut Console) -> Outcome {
    let mut outcome = Outcome::Fine;
    for path in files(&args.paths, console, &mut outcome) {
        outcome = outcome.max(format_file(&path, args.check, console));
    }
    outcome
}

/// The files named, and the JSON files in the folders named.
fn files(paths: &[PathBuf], console: &Console, outcome: &mut Outcome) -> Vec<PathBuf> {
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
    let text = match read_text(path) {
        Ok(text) => text,
        Err(why) => {
            console.diagnose(&[*why], |_| None);
            return Outcome::Unusable;
        }
    };
    let json = match Source::new(&name, &text).parse() {
        Ok(json) => json,
        Err(diagnostics) => {
            console.diagnose(&diagnostics, |_| Some(&text));
            return Outcome::Unusable;
        }
    };
    let Some(shape) = shape_of(&name, &json) else {
        let message = "this is not a known kind of document".to_owned();
        console.diagnose(&[Diagnostic::of_file("unknown-document", &name, message)], |_| None);
        return Outcome::Unusable;
    };
    let formatted = format(&json, shape);
    if formatted == text {
        return Outcome::Fine;
    }
    console.print(&format!("{name}\n"));
    if check {
        return Outcome::Failed;
    }
    match write(path, &formatted) {
        Ok(()) => Outcome::Fine,
        Err(why) => {
            console.diagnose(&[*why], |_| None);
            Outcome::Unusable
        }
    }
}
