//! Evaluate and explain, parsing excluded: all traps and ten checks, from a clean and a broken board.
//!
//! `cargo bench -p trapwise-engine --features sample`

#![allow(clippy::unwrap_used, reason = "a benchmark may stop")]

use divan::Bencher;
use trapwise_engine::sample::{Form, Sample};
use trapwise_engine::texts;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [33, 330, 3_300];

#[divan::bench(args = SIZES, sample_count = 50)]
fn clean(bencher: Bencher<'_, '_>, components: usize) {
    let sample = Sample::new(components, Form::Clean, texts::embedded()).unwrap();
    bencher.bench_local(|| sample.run());
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn broken(bencher: Bencher<'_, '_>, components: usize) {
    let sample = Sample::new(components, Form::Broken, texts::embedded()).unwrap();
    bencher.bench_local(|| sample.run());
}
