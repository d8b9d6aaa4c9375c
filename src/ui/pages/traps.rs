//! Every trap known.

use trapwise_engine::terms::{Area, Severity};
use trapwise_engine::traps::{TRAPS, Trap};
use yew::prelude::*;

use crate::ui::hooks::use_texts;
use crate::ui::icon::icon;
use crate::ui::markdown::inline;
use crate::ui::parts::{Choice, PageTitle, choice, search};
use crate::ui::router::Route;
use crate::ui::words;

/// The library of traps.
#[component]
pub fn Traps() -> Html {
    let ids: Vec<_> = TRAPS.iter().map(|trap| trap.id.to_owned()).collect();
    let texts = use_texts(&ids, 0);
    let area = use_state_eq(|| None::<Area>);
    let severity = use_state_eq(|| None::<Severity>);
    let wanted = use_state_eq(String::new);
    let words: Vec<_> = wanted.split_whitespace().map(str::to_ascii_lowercase).collect();
    let matches = |id: &str| {
        let mnemonic = texts.get(id).and_then(|text| text.mnemonic.clone()).unwrap_or_default();
        let text = format!("{id} {} {mnemonic}", texts.title(id)).to_ascii_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let shown = |trap: &&&Trap| {
        area.is_none_or(|area| trap.area == area)
            && severity.is_none_or(|severity| trap.severity == severity)
            && (words.is_empty() || matches(trap.id))
    };
    let on_search = {
        let wanted = wanted.setter();
        Callback::from(move |text| wanted.set(text))
    };
    let known: Vec<_> =
        Area::ALL.iter().filter(|area| TRAPS.iter().any(|trap| trap.area == **area)).collect();
    let number = TRAPS.iter().filter(shown).count();
    let group = |area: &&Area| {
        let mut traps: Vec<_> = TRAPS.iter().filter(shown).filter(|trap| trap.area == **area).collect();
        traps.sort_by_key(|trap| (trap.severity, trap.id));
        let row = |trap: &&&Trap| {
            let text = texts.get(trap.id);
            html! {
                <li key={trap.id}>
                    <a href={Route::Trap(trap.id.to_owned()).href()} class="trap-row">
                        <span class={classes!("severity", trap.severity.name())}>{ words::severity(trap.severity) }</span>
                        <strong>{ texts.title(trap.id) }</strong>
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
