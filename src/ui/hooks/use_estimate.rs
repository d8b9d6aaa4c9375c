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

/// What is known of the board's cost and work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimated {
    /// The latest estimate, which may still be that of the board before; none at first.
    pub estimate: Option<Rc<Estimate>>,
    /// Why there is no later one.
    pub failure: Option<String>,
}

/// Estimates the board whenever it changes, and again when `asked` is another.
#[hook]
pub fn use_estimate(pack: &Rc<Pack>, design: &Rc<Design>, asked: usize) -> Estimated {
    let state = use_reducer_eq(Estimated::default);
    use_effect_with((Rc::clone(pack), Rc::as_ptr(design), asked), {
        let (dispatch, design) = (state.dispatcher(), Rc::clone(design));
        move |(pack, ..)| {
            let board = pack.board(&design);
            let handle = Rc::new(RefCell::new(None));
            let timer = dom::later(REST_MS, {
                let handle = Rc::clone(&handle);
                move || {
                    let asked = engine::estimate(board, move |estimate| dispatch.dispatch(estimate));
                    *handle.borrow_mut() = Some(asked);
                }
            });
            move || drop((timer, handle))
        }
    });
    (*state).clone()
}

impl Reducible for Estimated {
    type Action = Result<Estimate, String>;

    fn reduce(self: Rc<Self>, outcome: Self::Action) -> Rc<Self> {
        Rc::new(match outcome {
            Ok(estimate) => Self { estimate: Some(Rc::new(estimate)), failure: None },
            Err(why) => Self { failure: Some(why), ..Self::clone(&self) },
        })
    }
}
