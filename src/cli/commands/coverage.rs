//! `trapwise coverage`.

use trapwise_engine::verify::coverage;

use super::open_pack;
use crate::args::Coverage;
use crate::console::{Console, Outcome};
use crate::files::read_cases;

/// Runs it. Facts and traps that are not taught yet are not an error.
pub fn run(args: &Coverage, console: &mut Console) -> Outcome {
    let Some((mut pack, mut unreadable)) = open_pack(&args.dir, console) else { return Outcome::Unusable };
    unreadable.extend(read_cases(&args.dir, &mut pack));
    console.diagnose(&unreadable, |_| None);
    let coverage = coverage(&pack);
    if args.json {
        console.print_json(&coverage);
        return Outcome::Fine;
    }
    let (facts, traps) = (&coverage.facts, &coverage.traps);
    let untaught: Vec<_> = facts.iter().filter(|fact| !fact.is_taught()).collect();
    let fired = traps.iter().filter(|trap| !trap.variants.is_empty()).count();
    let only_in_cases: Vec<_> = traps.iter().filter(|trap| trap.is_only_in_cases()).collect();
    let unfired: Vec<_> = traps.iter().filter(|trap| trap.is_unfired()).collect();
    let mut out = format!("{} of {} facts are taught", facts.len() - untaught.len(), facts.len());
    out.push_str(if untaught.is_empty() { "\n" } else { "; not taught yet:\n" });
    untaught.iter().for_each(|fact| out.push_str(&format!("  {}\n", fact.id)));
    out.push_str(&format!("{fired} of {} traps fire in a variant\n", traps.len()));
    if !only_in_cases.is_empty() {
        out.push_str("fires only in a case: add a variant\n");
        only_in_cases
            .iter()
            .for_each(|trap| out.push_str(&format!("  {} ({})\n", trap.id, trap.cases.join(", "))));
    }
    if !unfired.is_empty() {
        out.push_str("fires in no variant and in no case\n");
        unfired.iter().for_each(|trap| out.push_str(&format!("  {}\n", trap.id)));
    }
    console.print(&out);
    Outcome::Fine
}
