//! Estimates what is on the board.

use std::cell::RefCell;
use std::rc::Rc;

use trapwise_documents::cost::Estimate;
use trapwise_model::Design;
use yew::prelude::*;

use crate::platform::dom;
use crate::ui::engine;
use crate::ui::pages::pack::Pack;

/// How long the board has to stay as it is before it is estimated, in milliseconds. The page is painted meanwhile:
/// the first estimate fetches the engine.
const REST_MS: u32 = 100;

/// The latest estimate, which may still be that of the board before; none at first. An error says why there is
/// none.
#[hook]
pub fn use_estimate(pack: &Rc<Pack>, design: &Rc<Design>) -> Option<Result<Rc<Estimate>, String>> {
    let state = use_state_eq(|| None);
    use_effect_with((Rc::clone(pack), Rc::as_ptr(design)), {
        let (setter, design) = (state.setter(), Rc::clone(design));
        move |(pack, _)| {
            let board = pack.board(&design);
            let ticket = Rc::new(RefCell::new(None));
            let timer = dom::later(REST_MS, {
                let ticket = Rc::clone(&ticket);
                move || {
                    let asked =
                        engine::estimate(board, move |estimate| setter.set(Some(estimate.map(Rc::new))));
                    *ticket.borrow_mut() = Some(asked);
                }
            });
            move || drop((timer, ticket))
        }
    });
    (*state).clone()
}
