//! Answers what the page asks the engine. Pure: the worker itself is `main.rs`, and tests call this directly.

mod document;
mod files;

use trapwise_documents::messages::{Board, Numbered, Request, Response};
use trapwise_documents::scenario::Scenario;
use trapwise_documents::texts::Texts;
use trapwise_engine::evaluate::{estimate, evaluate};
use trapwise_model::Design;

/// Answers a request.
#[must_use]
pub fn answer(request: &Request) -> Response {
    match request {
        // The page has the words of the traps, in its learner's language.
        Request::Evaluate(board) => on_board(board, |scenario, design| {
            Response::Report(Box::new(evaluate(scenario, design).report(&Texts::new())))
        }),
        Request::Estimate(board) => {
            on_board(board, |scenario, design| Response::Estimate(Box::new(estimate(Some(scenario), design))))
        }
        Request::Examine(kind, file) => Response::Examined(document::examine(*kind, file)),
        Request::ExamineFiles(files) => Response::Examined(files::examine(files)),
    }
}

/// Answers a request in JSON. A request that cannot be read has the number 0.
#[must_use]
pub fn answer_text(text: &str) -> String {
    let answer = match serde_json::from_str::<Numbered<Request>>(text) {
        Ok(request) => Numbered { id: request.id, message: answer(&request.message) },
        Err(why) => {
            Numbered { id: 0, message: Response::Refused(format!("the request cannot be read: {why}")) }
        }
    };
    // What is answered has keys of text only, and can always be written.
    serde_json::to_string(&answer).unwrap_or_default()
}

fn on_board(board: &Board, answer: impl FnOnce(&Scenario, &Design) -> Response) -> Response {
    match board.scenario.read() {
        Some(scenario) => answer(&scenario, &board.design),
        None => Response::Refused("the scenario cannot be read".to_owned()),
    }
}
