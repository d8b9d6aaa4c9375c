#![allow(clippy::all, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]
use trapwise_engine::{
    evaluate::evaluate,
    scenario::{Scenario, Variant},
};
use trapwise_model::Design;
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    for entry in std::fs::read_dir(&dir).unwrap() {
        let p = entry.unwrap().path();
        if !p.is_dir() {
            continue;
        }
        let s: Scenario =
            serde_json::from_str(&std::fs::read_to_string(p.join("scenario.json")).unwrap()).unwrap();
        println!("== {}", s.id);
        let show = |name: &str, d: &Design| {
            let e = evaluate(&s, d);
            let f: Vec<_> = e
                .findings
                .iter()
                .map(|f| format!("{}@{:?}", f.trap.id, f.detection.components.first().map(|c| c.to_string())))
                .collect();
            println!("  {name}: {f:?}");
            let r = e.report(&trapwise_engine::texts::Texts::new());
            println!(
                "     score {} passed {} fails {:?}",
                r.score,
                r.passed,
                r.checks
                    .iter()
                    .filter(|c| c.status != trapwise_engine::report::Status::Pass)
                    .map(|c| format!("{} {:?} {}", c.id, c.status, c.witness.reason))
                    .collect::<Vec<_>>()
            );
        };
        let mut refs = std::collections::BTreeMap::new();
        for f in std::fs::read_dir(&p).unwrap() {
            let f = f.unwrap().path();
            let n = f.file_stem().unwrap().to_string_lossy().to_string();
            if n.starts_with("reference") {
                match serde_json::from_str::<Design>(&std::fs::read_to_string(&f).unwrap()) {
                    Ok(d) => {
                        show(&n, &d);
                        refs.insert(n, d);
                    }
                    Err(e) => println!("  {n}: {e}"),
                }
            }
        }
        show("start", &s.start_design());
        for f in std::fs::read_dir(p.join("variants")).unwrap() {
            let f = f.unwrap().path();
            let n = f.file_stem().unwrap().to_string_lossy().to_string();
            let v: Variant = match serde_json::from_str(&std::fs::read_to_string(&f).unwrap()) {
                Ok(v) => v,
                Err(e) => {
                    println!("  {n}: {e}");
                    continue;
                }
            };
            let Some(d) = refs.get(&v.reference) else { continue };
            let mut d = d.clone();
            if let Err(e) = d.apply_all(&v.edits) {
                println!("  {n}: edits {e:?}");
                continue;
            }
            let e = evaluate(&s, &d);
            let fires: std::collections::BTreeSet<String> =
                e.findings.iter().map(|f| f.trap.id.to_string()).collect();
            let r = e.report(&trapwise_engine::texts::Texts::new());
            let fails: std::collections::BTreeSet<String> = r
                .checks
                .iter()
                .filter(|c| {
                    !matches!(
                        c.status,
                        trapwise_engine::report::Status::Pass
                            | trapwise_engine::report::Status::NotApplicable
                    )
                })
                .map(|c| c.id.clone())
                .collect();
            if fires != v.fires || fails != v.fails_checks {
                println!(
                    "  V {n}: fires {fires:?} expected {:?}; fails {fails:?} expected {:?}",
                    v.fires, v.fails_checks
                );
            }
        }
    }
}
