//! `trapwise verify`.

use serde_json::json;
use trapwise_engine::texts;
use trapwise_engine::verify::{Options, verify, verify_version};
use trapwise_model::diagnostic::Diagnostic;

use super::accept::{accept, describe};
use super::{count, full_path, open_pack};
use crate::args::Verify;
use crate::console::{Console, Outcome};
use crate::files::read_cases;

/// Runs it.
pub fn run(args: &Verify, console: &mut Console) -> Outcome {
    let Some((mut pack, mut unusable)) = open_pack(&args.dir, console) else { return Outcome::Unusable };
    // The cases belong to the library. A separate pack has none.
    if !args.part {
        unusable.extend(read_cases(&args.dir, &mut pack));
    }
    let (accepted, unwritten) =
        if args.accept { accept(&args.dir, &mut pack) } else { (Vec::new(), Vec::new()) };
    unusable.extend(unwritten);
    let texts = texts::embedded();
    let options = Options { texts: Some(&texts), part: args.part };
    let mut found = verify(&pack, &options);
    if found.ok() {
        found.diagnostics.extend((1..=args.seeds).flat_map(|seed| verify_version(&pack, seed, &options)));
    }
    let ok = found.ok() && unusable.is_empty();
    let of_pack = found.diagnostics.iter().map(|diagnostic| {
        let named = &diagnostic.file;
        let is_case = pack.cases.contains_key(named);
        let file = if is_case { named.clone() } else { full_path(&args.dir, named) };
        Diagnostic { file, ..diagnostic.clone() }
    });
    let diagnostics: Vec<_> = unusable.iter().cloned().chain(of_pack).collect();
    if args.json {
        console.print_json(&json!({
            "schemaVersion": 1,
            "ok": ok,
            "scenarios": found.scenarios,
            "references": found.references,
            "variants": found.variants,
            "accepted": accepted,
            "diagnostics": diagnostics,
        }));
    } else {
        for variant in &accepted {
            console.print(&describe(variant));
        }
        let files = pack.files.iter().map(|(file, text)| (full_path(&args.dir, file), text.as_str()));
        let cases = pack.cases.iter().map(|(file, text)| (file.clone(), text.as_str()));
        let texts: trapwise_model::SortedMap<_, _> = files.chain(cases).collect();
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
    if unusable.is_empty() { Outcome::fine_if(ok) } else { Outcome::Unusable }
}
