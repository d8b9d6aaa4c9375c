//! Fetches the words of traps, each once a visit.

use std::cell::RefCell;
use std::rc::Rc;

use trapwise_engine::texts::{self, Texts};
use trapwise_engine::traps::trap;
use trapwise_model::SortedSet;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::platform::net::{self, Abort, Retry};

thread_local! {
    static SHELF: RefCell<Rc<Texts>> = RefCell::default();
    static ASKED: RefCell<SortedSet<String>> = RefCell::default();
    static FAILED: RefCell<SortedSet<String>> = RefCell::default();
}

/// Seconds after which a text that failed to come is asked for again; twice as many each time, up to an hour.
const RETRY_AFTER: u32 = 30;
const MOST_DOUBLINGS: u32 = 7;

/// The texts at hand, those of the given traps among them as soon as they are here. A text that does
/// not come leaves its trap with words made from its id, and is asked for again later: after a while, when the
/// browser is connected again, and when `asked` is another.
#[hook]
pub fn use_texts(traps: &[String], asked: usize) -> Rc<Texts> {
    let state = use_state(|| SHELF.with_borrow(Rc::clone));
    let round = use_state_eq(|| 0_u32);
    let has_failed = traps.iter().any(|id| trap(id).is_some() && !has(id) && !is_coming(id));
    use_effect_with((has_failed, *round), {
        let setter = round.setter();
        move |(has_failed, round)| {
            let next = round.saturating_add(1);
            let wait = RETRY_AFTER << MOST_DOUBLINGS.min(*round);
            let retry = has_failed.then(|| Retry::after(wait, move || setter.set(next)));
            move || drop(retry)
        }
    });
    let setter = state.setter();
    use_effect_with((traps.to_vec(), asked, *round), move |(traps, ..)| {
        setter.set(SHELF.with_borrow(Rc::clone));
        for id in traps.iter().filter(|id| trap(id).is_some() && !has(id)) {
            let (id, setter) = (id.clone(), setter.clone());
            spawn_local(async move {
                fetch(&id).await;
                setter.set(SHELF.with_borrow(Rc::clone));
            });
        }
    });
    (*state).clone()
}

/// Whether the text of a trap is on its way: it is neither here, nor has it failed to come.
#[must_use]
pub fn is_coming(id: &str) -> bool {
    !has(id) && !FAILED.with_borrow(|failed| failed.contains(id))
}

fn has(id: &str) -> bool {
    SHELF.with_borrow(|texts| texts.get(id).is_some())
}

async fn fetch(id: &str) {
    let first = ASKED.with_borrow_mut(|asked| asked.insert(id.to_owned()));
    if !first {
        return;
    }
    let text = net::text(&format!("traps/{id}.md"), &Abort::new()).await;
    match text.ok().and_then(|text| texts::parse(&text).ok()) {
        Some(text) => {
            FAILED.with_borrow_mut(|failed| failed.remove(id));
            SHELF.with_borrow_mut(|texts| Rc::make_mut(texts).insert(id, text));
        }
        // Another try is made when it is asked for again.
        None => {
            ASKED.with_borrow_mut(|asked| asked.remove(id));
            FAILED.with_borrow_mut(|failed| failed.insert(id.to_owned()));
            // A new object, so that it is drawn again, without those words.
            SHELF.with_borrow_mut(|texts| *texts = Rc::new(Texts::clone(texts)));
        }
    }
}
