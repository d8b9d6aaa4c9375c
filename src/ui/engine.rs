//! The engine of this page: what it is asked, and by whom.

use std::rc::Rc;

use trapwise_documents::cost::Estimate;
use trapwise_documents::messages::{Board, DocumentFile, ExamineKind, Examined, Request, Response};
use trapwise_documents::report::Report;

use crate::client::{Client, Outcome, RequestHandle};
use crate::platform::worker::EngineWorker;

thread_local! {
    // A page has one engine, and all of it runs in one thread.
    static CLIENT: Rc<Client> = Client::new(EngineWorker::default());
}

/// Checks a design; dropping the handle ends it.
pub fn evaluate(board: Board, on_report: impl FnOnce(Result<Report, String>) + 'static) -> RequestHandle {
    CLIENT.with(|client| {
        client.ask(Request::Evaluate(board), |outcome| {
            on_report(expect(outcome, |response| match response {
                Response::Report(report) => Ok(*report),
                other => Err(other),
            }));
        })
    })
}

/// Estimates a design; dropping the handle ends it.
pub fn estimate(board: Board, on_estimate: impl FnOnce(Result<Estimate, String>) + 'static) -> RequestHandle {
    CLIENT.with(|client| {
        client.ask(Request::Estimate(board), |outcome| {
            on_estimate(expect(outcome, |response| match response {
                Response::Estimate(estimate) => Ok(*estimate),
                other => Err(other),
            }));
        })
    })
}

/// Has one document examined.
///
/// # Errors
/// Why that is not possible.
pub async fn examine(kind: ExamineKind, file: DocumentFile) -> Result<Examined, String> {
    examined(Request::Examine(kind, file)).await
}

/// Has everything that was opened examined together.
///
/// # Errors
/// Why that is not possible.
pub async fn examine_files(files: Vec<DocumentFile>) -> Result<Examined, String> {
    examined(Request::ExamineFiles(files)).await
}

async fn examined(request: Request) -> Result<Examined, String> {
    let client = CLIENT.with(Rc::clone);
    expect(client.answer(request).await, |response| match response {
        Response::Examined(examined) => Ok(examined),
        other => Err(other),
    })
}

fn expect<T>(outcome: Outcome, take: impl FnOnce(Response) -> Result<T, Response>) -> Result<T, String> {
    take(outcome?).map_err(|other| match other {
        Response::Refused(why) => format!("The engine cannot answer: {why}."),
        _ => "The engine answered something else than it was asked.".to_owned(),
    })
}
