//! `trapwise coverage`.

use trapwise_engine::verify::coverage;

use super::open_pack;
use crate::args::Coverage;
use crate::console::{Console, Outcome};

/// Runs it. What nothing teaches yet is no failure.
pub fn run(args: &Coverage, console: &mut Console) -> Outcome {
    let Some((pack, unreadable)) = open_pack(&args.dir, console) else { return Outcome::Unusable };
    console.diagnose(&unreadable, |_| None);
    let coverage = coverage(&pack);
    if args.json {
        console.print_json(&coverage);
        return Outcome::Fine;
    }
    let untaught: Vec<_> = coverage.facts.iter().filter(|fact| !fact.is_taught()).collect();
    let unfired: Vec<_> = coverage.traps.iter().filter(|trap| trap.variants.is_empty()).collect();
    let mut out =
        format!("{} of {} facts are taught", coverage.facts.len() - untaught.len(), coverage.facts.len());
    out.push_str(if untaught.is_empty() { "\n" } else { "; nothing teaches yet\n" });
    untaught.iter().for_each(|fact| out.push_str(&format!("  {}\n", fact.id)));
    out.push_str(&format!("{} of {} traps fire", coverage.traps.len() - unfired.len(), coverage.traps.len()));
    out.push_str(if unfired.is_empty() { "\n" } else { "; no variant falls into\n" });
    unfired.iter().for_each(|trap| out.push_str(&format!("  {}\n", trap.id)));
    console.print(&out);
    Outcome::Fine
}
