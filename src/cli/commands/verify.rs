//! `trapwise verify`.

use serde_json::json;
use trapwise_engine::texts;
use trapwise_engine::verify::{Options, verify, verify_version};
use trapwise_model::diagnostic::Diagnostic;

use super::{count, full_path, open_pack};
use crate::args::Verify;
use crate::console::{Console, Outcome};

/// Runs it.
pub fn run(args: &Verify, console: &mut Console) -> Outcome {
    let Some((pack, unreadable)) = open_pack(&args.dir, console) else { return Outcome::Unusable };
    let texts = texts::embedded();
    let options = Options { texts: Some(&texts), part: args.part };
    let mut found = verify(&pack, &options);
    if found.ok() {
        found.diagnostics.extend((1..=args.seeds).flat_map(|seed| verify_version(&pack, seed, &options)));
    }
    let ok = found.ok() && unreadable.is_empty();
    let of_pack = found.diagnostics.iter().map(|diagnostic| {
        let file = full_path(&args.dir, &diagnostic.file);
        Diagnostic { file, ..diagnostic.clone() }
    });
    let diagnostics: Vec<_> = unreadable.iter().cloned().chain(of_pack).collect();
    if args.json {
        console.print_json(&json!({
            "schemaVersion": 1,
            "ok": ok,
            "scenarios": found.scenarios,
            "references": found.references,
            "variants": found.variants,
            "diagnostics": diagnostics,
        }));
    } else {
        let texts: trapwise_model::SortedMap<_, _> =
            pack.files.iter().map(|(file, text)| (full_path(&args.dir, file), text.as_str())).collect();
        console.diagnose(&diagnostics, |file| texts.get(file).copied());
        console.count(&diagnostics);
        let verdict = if ok { "verified" } else { "not verified" };
        console.print(&format!(
            "{verdict}: {}, {}, {}\n",
            count(found.scenarios, "scenario"),
            count(found.references, "reference"),
            count(found.variants, "variant")
        ));
    }
    if unreadable.is_empty() { Outcome::fine_if(ok) } else { Outcome::Unusable }
}
