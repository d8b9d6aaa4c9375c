//! One scenario in the list.

use trapwise_documents::scenario::IndexEntry;
use trapwise_session::{Progress, Standing};
use yew::prelude::*;

use super::filter::State;
use crate::ui::icon::icon;
use crate::ui::router::Route;
use crate::ui::words;

/// One scenario: all of the row is its link.
pub fn row(entry: &IndexEntry, progress: &Progress) -> Html {
    let (standing, versions) = (progress.of(&entry.id), progress.versions_passed(&entry.id));
    let state = State::of(standing);
    let glyph = match state {
        State::New => "ui-target",
        State::Started => "ui-play",
        State::Passed => "ui-check",
    };
    html! {
        <li key={entry.id.clone()}>
            <a class={classes!("scenario-row", state.name())} href={Route::Scenario(entry.id.clone()).href()}>
                <span class="state" title={state.label()}>
                    { icon(glyph) }<span class="visually-hidden">{ state.label() }</span>
                </span>
                <span class="what">
                    <strong>{ entry.title.clone() }</strong>
                    <span class="muted">{ entry.summary.clone() }</span>
                    if versions > 0 {
                        <small class="muted">{ format!("{} passed", words::count(versions, "version", "versions")) }</small>
                    }
                </span>
                <span class="exams">
                    { for entry.exams.iter().map(|exam| html! {
                        <abbr class="tag" title={words::exam(*exam)}>{ exam.name() }</abbr>
                    }) }
                </span>
                <span class="domain">
                    { icon(&format!("domain-{}", entry.domain)) }{ words::domain(entry.domain) }
                </span>
                <span class={classes!("difficulty", entry.difficulty.name())}>{ words::difficulty(entry.difficulty) }</span>
                <span class="minutes">
                    { icon("ui-clock") }{ format!("{} min", entry.minutes) }
                </span>
                <span class="best">{ best(standing) }</span>
            </a>
        </li>
    }
}

fn best(standing: Standing) -> Html {
    // Nothing scored is no best yet.
    match standing.score().filter(|score| *score > 0) {
        Some(score) => html! {
            <><span class="visually-hidden">{ "Best score " }</span><strong>{ score }</strong>{ " %" }</>
        },
        None => html! { <span class="muted" aria-hidden="true">{ "–" }</span> },
    }
}
