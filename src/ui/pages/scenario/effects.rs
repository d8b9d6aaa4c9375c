//! Effects between the scenario page's state, the board and the document. Which change follows from an
//! event is decided in [`state`](super::state).

use std::rc::Rc;

use yew::prelude::*;

use super::state::{Act, Pane, ScenarioState, needs_board};
use crate::platform::dom;
use crate::ui::editor_store::EditorStore;

/// Tells the state what happens on the board, and keeps the keyboard there.
#[hook]
pub fn use_board_events(board: &UseReducerHandle<EditorStore>, state: &UseReducerHandle<ScenarioState>) {
    use_effect_with(board.inspector_asked, {
        let state = state.dispatcher();
        move |asked| {
            if *asked > 0 {
                state.dispatch(Act::Right("inspect"));
            }
        }
    });
    use_effect_with(board.editor.selection().cloned(), {
        let state = state.dispatcher();
        move |selected| {
            if let Some(target) = selected {
                state.dispatch(Act::Selected(target.clone()));
            }
        }
    });
    // A button that went with what it removed had the keyboard.
    use_effect_with((board.changes, board.editor.selection().cloned()), {
        let home = state.focus_home();
        move |(changes, _)| {
            if *changes > 0 {
                dom::keep_focus(home);
            }
        }
    });
    // The same for the button of a notice that went.
    let had_failed = use_mut_ref(|| false);
    use_effect_with(state.failure.is_some(), {
        let home = state.focus_home();
        move |has_failed| {
            if had_failed.replace(*has_failed) && !has_failed {
                dom::keep_focus(home);
            }
        }
    });
    // On a narrow screen, what waits for the learner in a hidden pane would never be answered.
    use_effect_with(needs_board(&board.editor), {
        let state = state.dispatcher();
        move |needs_board| {
            if *needs_board {
                state.dispatch(Act::Pane(Pane::Board));
            }
        }
    });
}

/// Scrolls to a new verdict, and to a finding that was asked for from elsewhere.
#[hook]
pub fn use_reveal(state: &UseReducerHandle<ScenarioState>) {
    use_effect_with(state.verdict().map(Rc::as_ptr), |verdict| {
        if verdict.is_some() {
            dom::reveal("verdict");
        }
    });
    use_effect_with(state.asked_for, {
        let finding = state.open_finding();
        move |_| {
            if let Some(index) = finding {
                dom::reveal(&format!("finding-{index}-title"));
            }
        }
    });
}

/// How long something may take before the page says that it is at work, in milliseconds.
const SLOW_MS: u32 = 400;

/// Whether something has been under way for so long that the learner wants to know.
#[hook]
pub fn use_is_slow(is_under_way: bool) -> UseStateHandle<bool> {
    let is_slow = use_state_eq(|| false);
    use_effect_with(is_under_way, {
        let setter = is_slow.setter();
        move |is_under_way| {
            setter.set(false);
            let timer = is_under_way.then(|| dom::later(SLOW_MS, move || setter.set(true)));
            move || drop(timer)
        }
    });
    is_slow
}
