//! What the design costs and what work it makes: a line above the board, and behind it every figure,
//! each pointing out its parts on the board.

use std::rc::Rc;

use trapwise_documents::cost::{Estimate, decimal, dollars};
use trapwise_editor::words;
use trapwise_model::{ComponentId, Design};
use yew::prelude::*;

use crate::platform::dom;
use crate::ui::hooks::{Estimated, use_estimate};
use crate::ui::icon::icon;
use crate::ui::pages::pack::Pack;

/// How long the figures have to stay before they are read out, in milliseconds.
const REST_MS: u32 = 2_000;

/// What the line needs.
#[derive(Properties)]
pub struct FiguresProps {
    /// The scenario, for its volumes.
    pub pack: Rc<Pack>,
    /// What is on the board.
    pub design: Rc<Design>,
    /// Estimates again when it is another.
    pub asked: usize,
    /// The parts that are pointed out.
    pub shown: Rc<[ComponentId]>,
    /// Points parts out; none ends it.
    pub on_show: Callback<Rc<[ComponentId]>>,
}

impl PartialEq for FiguresProps {
    fn eq(&self, other: &Self) -> bool {
        self.pack == other.pack
            && Rc::ptr_eq(&self.design, &other.design)
            && self.asked == other.asked
            && self.shown == other.shown
    }
}

/// The line and what is behind it.
#[component]
pub fn Figures(props: &FiguresProps) -> Html {
    let Estimated { estimate, failure } = use_estimate(&props.pack, &props.design, props.asked);
    let figures = estimate.as_ref().map(|estimate| {
        let more = if estimate.unpriced.is_empty() { "≈" } else { "more than" };
        let cost = format!("{more} {} a month", whole_dollars(estimate.monthly_cents));
        (cost, format!("operations load {}", estimate.operations))
    });

    let chosen = use_state(String::new);

    // Read out when they have come to rest, and not when the page opens.
    let said = use_state(String::new);
    let opened = use_mut_ref(|| false);
    use_effect_with(figures.clone(), {
        let said = said.setter();
        move |figures| {
            let figures = figures.as_ref().map(|(cost, work)| format!("{cost}, {work}"));
            let figures = figures.filter(|_| opened.replace(true));
            let timer = figures.map(|figures| dom::later(REST_MS, move || said.set(figures)));
            move || drop(timer)
        }
    });
    // Other parts may be behind a figure now.
    use_effect_with(Rc::as_ptr(&props.design), {
        let (on_show, shown) = (props.on_show.clone(), !props.shown.is_empty());
        move |_| {
            if shown {
                on_show.emit(Rc::default());
            }
        }
    });
    html! {
        <section class="figures" aria-label="Cost and operations">
            if let Some((estimate, (cost, work))) = estimate.zip(figures) {
                <details>
                    <summary>
                        { icon("domain-cost-optimised") }<b>{ cost }</b><span>{ work }</span>
                    </summary>
                    <div class="figures-body">{ breakdown(&estimate, props, &chosen) }</div>
                </details>
            } else if failure.is_none() {
                <p class="muted figures-missing">{ "Estimating the cost…" }</p>
            }
            if let Some(why) = failure {
                <p class="muted figures-missing">{ "The cost of this board is not known. " }{ why }</p>
            }
            <p class="visually-hidden" role="status">{ (*said).clone() }</p>
        </section>
    }
}

fn breakdown(estimate: &Estimate, props: &FiguresProps, chosen: &UseStateHandle<String>) -> Html {
    let lines = estimate.lines.iter().map(|line| {
        let (quantity, price) = (decimal(line.quantity_milli, 3), decimal(line.unit_price_micros, 6));
        let how = format!("{quantity} × ${price} per {}", line.unit);
        row(&line.what, &how, dollars(line.monthly_cents), &line.components, props, chosen)
    });
    let reasons = estimate
        .reasons
        .iter()
        .map(|reason| row(&reason.what, "", reason.points.to_string(), &reason.components, props, chosen));
    let volumes = estimate.volumes.entries();
    let volumes = volumes
        .iter()
        .map(|(what, number)| html! { <li>{ format!("{}: {what}", decimal(u64::from(*number), 0)) }</li> });
    html! {
        <>
            <p class="muted">
                { format!("An estimate, not a bill: list prices of {}, {}.", estimate.region, estimate.priced_on) }
            </p>
            <ul>{ for lines }</ul>
            if !estimate.unpriced.is_empty() {
                <ul>{ row("No price is known for", "", "?".to_owned(), &estimate.unpriced, props, chosen) }</ul>
            }
            <h2>{ format!("Operations load {}", estimate.operations) }</h2>
            if estimate.reasons.is_empty() {
                <p class="muted">{ "There are no hosts, control planes or agents to operate." }</p>
            }
            <ul>{ for reasons }</ul>
            <details class="figures-volumes">
                <summary>{ "Assumed monthly usage" }</summary>
                <ul class="muted">{ for volumes }</ul>
            </details>
        </>
    }
}

/// One figure: a button that points out its parts, and ends it again. Two figures may have the same
/// parts, so the one that was `chosen` is known by its words.
fn row(
    what: &str,
    how: &str,
    figure: String,
    parts: &[ComponentId],
    props: &FiguresProps,
    chosen: &UseStateHandle<String>,
) -> Html {
    let pressed = !parts.is_empty() && **chosen == what && *props.shown == *parts;
    let show: Rc<[ComponentId]> = if pressed { Rc::default() } else { parts.into() };
    let onclick = {
        let (on_show, chosen, what) = (props.on_show.clone(), chosen.setter(), what.to_owned());
        Callback::from(move |_: MouseEvent| {
            chosen.set(what.clone());
            on_show.emit(Rc::clone(&show));
        })
    };
    let names: Vec<_> = parts
        .iter()
        .filter_map(|id| props.design.component(id.as_str()))
        .map(|part| words::title(part))
        .collect();
    html! {
        <li key={what.to_owned()}>
            <button type="button" aria-pressed={pressed.to_string()} {onclick}>
                <span>{ what }<small>{ names.join(", ") }</small></span>
                <b>{ figure }<small>{ how }</small></b>
            </button>
        </li>
    }
}

/// Cents as dollars without cents, rounded.
fn whole_dollars(cents: u64) -> String {
    format!("${}", decimal((cents + 50) / 100, 0))
}
