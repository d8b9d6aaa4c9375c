//! `trapwise index`.

use std::path::Path;

use trapwise_engine::scenario::{Index, load_index};
use trapwise_engine::verify::{Pack, index};
use trapwise_model::diagnostic::Diagnostic;
use trapwise_model::json::Json;
use trapwise_model::shape::Shaped;

use super::{count, open_pack};
use crate::args;
use crate::console::{Console, Outcome};
use crate::files::{show, write};
use crate::format::format;

const FILE: &str = "index.json";

/// Runs it.
pub fn run(args: &args::Index, console: &mut Console) -> Outcome {
    let Some((mut pack, _)) = open_pack(&args.dir, console) else { return Outcome::Unusable };
    let path = args.dir.join(FILE);
    if is_current(&pack) {
        console.note(&format!("{} is current", show(&path)));
        return Outcome::Fine;
    }
    if args.check {
        console.error(&format!("{} is not current; run `trapwise index`", show(&path)));
        return Outcome::Failed;
    }
    match write_index(&args.dir, &mut pack) {
        Ok(scenarios) => {
            console.note(&format!("{}: {}", show(&path), count(scenarios, "scenario")));
            Outcome::Fine
        }
        Err(why) => {
            console.diagnose(&[*why], |_| None);
            Outcome::Unusable
        }
    }
}

/// Whether the pack's index is current.
pub fn is_current(pack: &Pack) -> bool {
    let text = pack.files.get(FILE).map(String::as_str).unwrap_or_default();
    load_index(FILE, text).document.as_ref() == Some(&index(pack))
}

/// Writes the index into the folder and the pack; returns how many scenarios it lists.
///
/// # Errors
/// It cannot be written.
pub fn write_index(dir: &Path, pack: &mut Pack) -> Result<usize, Box<Diagnostic>> {
    let path = dir.join(FILE);
    let index = index(pack);
    let json = serde_json::to_string(&index).and_then(|text| serde_json::from_str::<Json>(&text));
    let json = json.map_err(|error| Diagnostic::of_file("unwritable", &show(&path), error.to_string()))?;
    let text = format(&json, Index::shape());
    write(&path, &text)?;
    pack.files.insert(FILE.to_owned(), text);
    Ok(index.scenarios.len())
}
