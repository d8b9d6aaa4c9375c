//! What the embedding page is told.

use std::rc::Rc;

use yew::prelude::*;

use super::state::{Checked, ScenarioState};
use crate::platform::host::{Host, Message, Request};
use crate::ui::editor_store::EditorStore;
use crate::ui::pages::pack::Pack;

/// Tells the embedding page that the scenario is ready, how it goes, and every result; and again when
/// it asks.
#[hook]
pub fn use_host_events(
    host: Option<Rc<Host>>,
    pack: &Rc<Pack>,
    own: &UseReducerHandle<EditorStore>,
    state: &UseReducerHandle<ScenarioState>,
) {
    let progress = Message::Progress {
        scenario: pack.scenario.id.clone(),
        seed: pack.seed,
        components: own.editor.design().components().len(),
        checks: state.attempt.checks,
        hints: state.attempt.hints_opened(),
    };
    let result = state.checked.as_ref().map(|checked| result(pack, checked));
    let latest = use_mut_ref(|| (None, None));
    latest.replace((Some(progress.clone()), result.clone()));
    use_effect_with((), {
        let (host, latest) = (host.clone(), Rc::clone(&latest));
        let ready = Message::Ready { scenario: pack.scenario.id.clone(), seed: pack.seed };
        move |()| {
            let listener = host.as_ref().and_then(|host| {
                host.post(&ready);
                let asked = Rc::clone(host);
                host.on_request(move |Request::State| {
                    let (progress, result) = &*latest.borrow();
                    progress.iter().chain(result.iter()).for_each(|message| asked.post(message));
                })
            });
            move || drop(listener)
        }
    });
    use_effect_with(progress, {
        let host = host.clone();
        move |progress| host.iter().for_each(|host| host.post(progress))
    });
    use_effect_with(result, move |result| {
        if let (Some(host), Some(result)) = (&host, result) {
            host.post(result);
        }
    });
}

fn result(pack: &Pack, checked: &Checked) -> Message {
    let report = &checked.report;
    Message::Result {
        scenario: pack.scenario.id.clone(),
        seed: pack.seed,
        score: report.score,
        scaled: report.scaled,
        passed: report.passed,
        findings: report.findings.iter().map(|finding| finding.trap.clone()).collect(),
    }
}
