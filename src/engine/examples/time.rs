#![allow(clippy::all, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]
use trapwise_engine::{evaluate::evaluate, scenario::Scenario, texts::Texts};
use trapwise_model::Design;
fn main() {
    for id in ["first-service", "three-tiers", "gpu-inference"] {
        let s: Scenario =
            serde_json::from_str(&std::fs::read_to_string(format!("scenarios/{id}/scenario.json")).unwrap())
                .unwrap();
        let d: Design =
            serde_json::from_str(&std::fs::read_to_string(format!("scenarios/{id}/reference.json")).unwrap())
                .unwrap();
        let t = std::time::Instant::now();
        let n = 2000;
        for _ in 0..n {
            std::hint::black_box(evaluate(&s, &d).report(&Texts::new()));
        }
        println!("{id} {} comps {} links: {:?}", d.components().len(), d.links().len(), t.elapsed() / n);
    }
}
