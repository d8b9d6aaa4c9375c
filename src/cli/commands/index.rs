//! `trapwise index`.

use trapwise_engine::scenario::load_index;
use trapwise_engine::scenario::shape::INDEX;
use trapwise_engine::verify::index;
use trapwise_model::json::Json;

use super::{count, open_pack};
use crate::args::Index;
use crate::console::{Console, Outcome};
use crate::files::{show, write};
use crate::format::format;

/// Runs it.
pub fn run(args: &Index, console: &mut Console) -> Outcome {
    let Some((pack, _)) = open_pack(&args.dir, console) else { return Outcome::Unusable };
    let path = args.dir.join("index.json");
    let wanted = index(&pack);
    let text = pack.files.get("index.json").map(String::as_str).unwrap_or_default();
    if load_index("index.json", text).document.as_ref() == Some(&wanted) {
        console.note(&format!("{} is current", show(&path)));
        return Outcome::Fine;
    }
    if args.check {
        console.error(&format!("{} is not current; run `trapwise index`", show(&path)));
        return Outcome::Short;
    }
    let json = serde_json::to_string(&wanted).and_then(|text| serde_json::from_str::<Json>(&text));
    let written = json
        .map_err(|error| error.to_string())
        .and_then(|json| write(&path, &format(&json, &INDEX)).map_err(|why| why.to_string()));
    match written {
        Ok(()) => {
            console.note(&format!("{}: {}", show(&path), count(wanted.scenarios.len(), "scenario")));
            Outcome::Fine
        }
        Err(why) => {
            console.error(&why);
            Outcome::Unusable
        }
    }
}
