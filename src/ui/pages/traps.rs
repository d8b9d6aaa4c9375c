//! Every trap known.

use trapwise_documents::terms::{Area, Severity};
use trapwise_documents::texts::TrapSummary;
use yew::prelude::*;

use crate::ui::hooks::{Library, use_trap_library};
use crate::ui::icon::icon;
use crate::ui::markdown::inline;
use crate::ui::parts::{Choice, PageTitle, choice, search, waiting};
use crate::ui::router::Route;
use crate::ui::words::{self, MISSING_TRAPS};

/// The library of traps.
#[component]
pub fn Traps() -> Html {
    let library = use_trap_library(true, 0);
    let area = use_state_eq(|| None::<Area>);
    let severity = use_state_eq(|| None::<Severity>);
    let wanted = use_state_eq(String::new);
    let library = match &library {
        Library::Coming => return waiting("Fetching the traps…"),
        Library::Missing => return waiting(MISSING_TRAPS),
        Library::Here(library) => library,
    };
    let (traps, texts) = (&library.traps, &library.texts);
    let words: Vec<_> = wanted.split_whitespace().map(str::to_ascii_lowercase).collect();
    let matches = |id: &str| {
        let mnemonic = texts.get(id).and_then(|text| text.mnemonic.clone()).unwrap_or_default();
        let text = format!("{id} {} {mnemonic}", texts.title(id)).to_ascii_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let shown = |trap: &&TrapSummary| {
        area.is_none_or(|area| trap.area == area)
            && severity.is_none_or(|severity| trap.severity == severity)
            && (words.is_empty() || matches(&trap.id))
    };
    let on_search = {
        let wanted = wanted.setter();
        Callback::from(move |text| wanted.set(text))
    };
    let known: Vec<_> =
        Area::ALL.iter().filter(|area| traps.iter().any(|trap| trap.area == **area)).collect();
    let number = traps.iter().filter(shown).count();
    let group = |area: &&Area| {
        let mut traps: Vec<_> = traps.iter().filter(shown).filter(|trap| trap.area == **area).collect();
        traps.sort_by_key(|trap| (trap.severity, trap.id.clone()));
        let row = |trap: &&TrapSummary| {
            let text = texts.get(&trap.id);
            html! {
                <li key={trap.id.clone()}>
                    <a href={Route::Trap(trap.id.clone()).href()} class="trap-row">
                        <span class={classes!("severity", trap.severity.name())}>{ words::severity(trap.severity) }</span>
                        <strong>{ texts.title(&trap.id) }</strong>
                        if let Some(mnemonic) = text.and_then(|text| text.mnemonic.clone()) {
                            <span class="muted">{ inline(&mnemonic) }</span>
                        }
                    </a>
                </li>
            }
        };
        html! {
            if !traps.is_empty() {
                <section key={area.name()}>
                    <h2>{ words::area(**area) }</h2>
                    <ul class="rows">{ for traps.iter().map(row) }</ul>
                </section>
            }
        }
    };
    let areas = known.iter().map(|area| (area.name(), words::area(**area).into())).collect::<Vec<_>>();
    let severities =
        Severity::ALL.iter().map(|it| (it.name(), words::severity(*it).into())).collect::<Vec<_>>();
    html! {
           <div class="traps-page">
               <PageTitle text="Traps" />
               <p class="lead">{ "Common design mistakes, what AWS does in each case, and the answer that the exam expects." }</p>
               <div class="filters" role="search" aria-label="Filter the traps">
                   { search(&wanted, &on_search) }
                   { choice(Choice {
    label: "Area", all: "All areas", options: areas,
    value: area.map_or("", Area::name),
    on_choose: Callback::from({let area = area.clone(); move |name: String| area.set(Area::from_name(&name))}),
    }) }
                   { choice(Choice {
    label: "Severity", all: "All severities", options: severities,
    value: severity.map_or("", Severity::name),
    on_choose: Callback::from({let severity = severity.clone(); move |name: String| severity.set(Severity::from_name(&name))}),
    }) }
                   <p class="muted" role="status">{ words::count(number, "trap", "traps") }</p>
               </div>
               { for known.iter().map(group) }
               if number == 0 {
                   <p class="empty">{ icon("ui-search") }{ "No matching traps." }</p>
               }
           </div>
       }
}
