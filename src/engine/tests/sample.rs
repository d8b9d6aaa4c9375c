//! What benchmarks measure is what they say it is.

#![cfg(feature = "sample")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use trapwise_engine::evaluate;
use trapwise_engine::sample::{Form, Sample};
use trapwise_engine::texts;

#[test]
fn samples_have_their_size_and_form() {
    for components in [33, 330] {
        let clean = Sample::new(components, Form::Clean, texts::embedded()).unwrap();
        assert_eq!(clean.design.components().len(), components);
        let report = evaluate(&clean.scenario, &clean.design).report(&clean.texts);
        let failed: Vec<_> = report.checks.iter().filter(|check| check.points == 0).collect();
        assert!(report.findings.is_empty() && failed.is_empty(), "{:#?} {failed:#?}", report.findings);

        let broken = Sample::new(components, Form::Broken, texts::embedded()).unwrap();
        assert_eq!(broken.design.components().len(), components);
        let (score, findings) = broken.run();
        assert!(score < 100 && findings >= components / 10, "{score} {findings}");
    }
}
