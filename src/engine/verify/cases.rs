//! The cases of the library: designs that people reported, each evaluated without a scenario.
//!
//! What a case should report is pinned elsewhere. Here only the traps that fire in it matter.

use trapwise_documents::design::load_design;
use trapwise_model::diagnostic::{Collector, Diagnostic, suggest};
use trapwise_model::load::read_checked;
use trapwise_model::shape::{Format, Shape};
use trapwise_model::source::Source;
use trapwise_model::{SortedMap, SortedSet};

use super::Pack;
use crate::evaluate::evaluate_free;
use crate::terms::Need;

/// Which cases have needs, and which.
const NEEDS_FILE: &str = "needs.json";
static NEEDS: Shape = Shape::Map { key: Format::Id, of: &NEED_LIST };
static NEED_LIST: Shape =
    Shape::List { of: &Shape::Name { what: "need", names: Need::NAMES }, min: 1, max: 50 };

/// The cases in which each trap fires, by the trap's id.
pub(super) type FiredInCases = SortedMap<&'static str, SortedSet<String>>;

/// Evaluates every case of a pack and reports the files that cannot be used.
pub(super) fn fired_in_cases(pack: &Pack, diagnostics: &mut Vec<Diagnostic>) -> FiredInCases {
    let needs = read_needs(pack, diagnostics);
    let mut fired = FiredInCases::default();
    for (path, text) in pack.cases.iter().filter(|(path, _)| name(path) != name(NEEDS_FILE)) {
        match load_design(path, text) {
            Ok(design) => {
                let needs = needs.get(name(path)).map_or(&[][..], Vec::as_slice);
                for finding in evaluate_free(needs, &design).findings {
                    fired.entry(finding.trap.id).or_default().insert(name(path).to_owned());
                }
            }
            Err(wrong) => diagnostics.extend(wrong),
        }
    }
    fired
}

fn read_needs(pack: &Pack, diagnostics: &mut Vec<Diagnostic>) -> SortedMap<String, Vec<Need>> {
    let Some((path, text)) = pack.cases.iter().find(|(path, _)| name(path) == name(NEEDS_FILE)) else {
        return SortedMap::default();
    };
    let source = Source::new(path, text);
    let json = match source.parse() {
        Ok(json) => json,
        Err(wrong) => {
            diagnostics.extend(wrong);
            return SortedMap::default();
        }
    };
    let mut at = Collector::default();
    NEEDS.check(&json, &mut at);
    let needs: SortedMap<String, Vec<Need>> = read_checked(&json, &mut at);
    let cases = || pack.cases.keys().map(|path| name(path)).filter(|case| *case != name(NEEDS_FILE));
    for case in needs.keys().filter(|case| cases().all(|known| known != case.as_str())) {
        at.error("unknown-case", format!("there is no case `{case}`"))
            .maybe_help(|| suggest(case, cases()))
            .on(case);
    }
    diagnostics.extend(source.place_all(at));
    needs
}

/// The file's name without folder and `.json`.
fn name(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(".json").unwrap_or(file)
}
