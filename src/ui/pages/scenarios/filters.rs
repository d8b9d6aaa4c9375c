//! The row of filters above the list.

use trapwise_documents::terms::{Difficulty, Domain, Exam};
use yew::prelude::*;

use super::filter::{Filter, State};
use crate::ui::parts::{Choice, button, choice, search};
use crate::ui::words;

/// Search, exam, domain, difficulty and state: as they are set, and told as they are wanted.
pub fn filters(filter: &Filter, on_change: &Callback<Filter>) -> Html {
    let change = |change: fn(&mut Filter, String)| {
        let (filter, on_change) = (filter.clone(), on_change.clone());
        Callback::from(move |text: String| {
            let mut filter = filter.clone();
            change(&mut filter, text);
            on_change.emit(filter);
        })
    };
    let exams: Vec<_> =
        Exam::ALL.iter().map(|it| (it.name(), format!("{it} {}", words::exam(*it)).into())).collect();
    let domains: Vec<_> = Domain::ALL.iter().map(|it| (it.name(), words::domain(*it).into())).collect();
    let difficulties: Vec<_> =
        Difficulty::ALL.iter().map(|it| (it.name(), words::difficulty(*it).into())).collect();
    let states: Vec<_> = State::ALL.iter().map(|it| (it.name(), it.label().into())).collect();
    let clear = on_change.reform(|_| Filter::default());
    html! {
           <div class="filters" role="search" aria-label="Filter the scenarios">
               { search(&filter.search, &change(|filter, text| filter.search = text)) }
               { choice(Choice {
    label: "Exam", all: "All exams", options: exams,
    value: filter.exam.map_or("", Exam::name),
    on_choose: change(|filter, name| filter.exam = Exam::from_name(&name)),
    }) }
               { choice(Choice {
    label: "Domain", all: "All domains", options: domains,
    value: filter.domain.map_or("", Domain::name),
    on_choose: change(|filter, name| filter.domain = Domain::from_name(&name)),
    }) }
               { choice(Choice {
    label: "Difficulty", all: "All difficulties", options: difficulties,
    value: filter.difficulty.map_or("", Difficulty::name),
    on_choose: change(|filter, name| filter.difficulty = Difficulty::from_name(&name)),
    }) }
               { choice(Choice {
    label: "State", all: "All states", options: states,
    value: filter.state.map_or("", State::name),
    on_choose: change(|filter, name| filter.state = State::from_name(&name)),
    }) }
               if !filter.is_open() {
                   { button("button quiet", "ui-close", "Clear", clear) }
               }
           </div>
       }
}
