//! The client with the engine in the same process: requests and answers pass through JSON as they do in the page.

use trapwise_documents::messages::{Board, DocumentFile, ExamineKind, ScenarioSource};
use trapwise_model::{Design, fixture};

use super::*;

/// Answers when told to.
#[derive(Clone, Default)]
struct InProcess(Rc<RefCell<Log>>);

#[derive(Default)]
struct Log {
    sent: Vec<String>,
    pending: Option<(String, OnOutcome)>,
    stops: usize,
}

impl Backend for InProcess {
    fn send(&self, request: &Numbered<Request>, on_outcome: OnOutcome) {
        let mut log = self.0.borrow_mut();
        let text = serde_json::to_string(request).unwrap();
        log.sent.push(text.clone());
        assert!(log.pending.is_none(), "one request at a time");
        log.pending = Some((text, on_outcome));
    }

    fn stop(&self) {
        let mut log = self.0.borrow_mut();
        log.pending = None;
        log.stops += 1;
    }
}

impl InProcess {
    fn answer(&self) {
        let (request, on_outcome) = self.0.borrow_mut().pending.take().expect("something is under way");
        let answer = trapwise_worker::answer_text(&request);
        let answer: Numbered<Response> = serde_json::from_str(&answer).unwrap();
        on_outcome(Ok(answer.message));
    }

    fn fail(&self, why: &str) {
        let (_, on_outcome) = self.0.borrow_mut().pending.take().expect("something is under way");
        on_outcome(Err(why.to_owned()));
    }

    fn sent(&self) -> usize {
        self.0.borrow().sent.len()
    }
}

type Outcomes = Rc<RefCell<Vec<(&'static str, Outcome)>>>;

fn start() -> (InProcess, Rc<Client>, Outcomes) {
    let backend = InProcess::default();
    (backend.clone(), Client::new(backend), Outcomes::default())
}

fn note(outcomes: &Outcomes, name: &'static str) -> impl FnOnce(Outcome) + 'static {
    let outcomes = Rc::clone(outcomes);
    move |outcome| outcomes.borrow_mut().push((name, outcome))
}

fn board(design: &str) -> Board {
    let text = include_str!("../../scenarios/first-service/scenario.json").into();
    let design = if design.is_empty() { Design::new() } else { fixture::parse(design).unwrap().design };
    Board { scenario: ScenarioSource { text, seed: 0 }, design: Rc::new(design) }
}

fn names(outcomes: &Outcomes) -> Vec<&'static str> {
    outcomes.borrow().iter().map(|(name, _)| *name).collect()
}

#[test]
fn every_request_gets_its_own_answer_in_turn() {
    let (backend, client, outcomes) = start();
    let broken = DocumentFile { path: "x.json".to_owned(), text: "{".to_owned() };
    let _tickets = [
        client.ask(Request::Evaluate(board("")), note(&outcomes, "report")),
        client.ask(Request::Estimate(board("jobs: sqs-queue")), note(&outcomes, "estimate")),
        client.ask(Request::Examine(ExamineKind::Design, broken), note(&outcomes, "examined")),
    ];
    for sent in 1..=3 {
        assert_eq!(backend.sent(), sent);
        backend.answer();
    }
    let outcomes = outcomes.borrow();
    let [
        (_, Ok(Response::Report(report))),
        (_, Ok(Response::Estimate(estimate))),
        (_, Ok(Response::Examined(examined))),
    ] = outcomes.as_slice()
    else {
        panic!("{outcomes:?}")
    };
    assert_eq!(report.scenario.as_deref(), Some("first-service"));
    assert_eq!(estimate.operations, 0);
    assert!(examined.problems.iter().any(|problem| problem.is_error() && problem.file == "x.json"));
}

#[test]
fn of_many_estimates_the_last_is_made() {
    let (backend, client, outcomes) = start();
    let mut ticket = client.ask(Request::Estimate(board("")), note(&outcomes, "first"));
    for _ in 0..20 {
        ticket = client.ask(Request::Estimate(board("")), note(&outcomes, "between"));
    }
    ticket = {
        drop(ticket);
        client.ask(Request::Estimate(board("")), note(&outcomes, "last"))
    };
    backend.answer();
    backend.answer();
    assert_eq!((names(&outcomes), backend.sent(), backend.0.borrow().stops), (vec!["last"], 2, 0));
    drop(ticket);
}

#[test]
fn leaving_a_page_ends_its_work() {
    let (backend, client, outcomes) = start();
    let check = client.ask(Request::Evaluate(board("")), note(&outcomes, "left"));
    let _next = client.ask(Request::Evaluate(board("")), note(&outcomes, "next"));
    drop(check);
    assert_eq!((backend.0.borrow().stops, backend.sent()), (1, 2));
    backend.answer();
    assert_eq!(names(&outcomes), ["next"]);
}

#[test]
fn dropping_the_handle_of_a_finished_request_changes_nothing() {
    let (backend, client, outcomes) = start();
    let done = client.ask(Request::Evaluate(board("")), note(&outcomes, "done"));
    backend.answer();
    let _other = client.ask(Request::Evaluate(board("")), note(&outcomes, "other"));
    drop(done);
    backend.answer();
    assert_eq!((names(&outcomes), backend.0.borrow().stops), (vec!["done", "other"], 0));
}

#[test]
fn after_a_failure_the_next_request_is_sent() {
    let (backend, client, outcomes) = start();
    let _tickets = [
        client.ask(Request::Evaluate(board("")), note(&outcomes, "failed")),
        client.ask(Request::Evaluate(board("")), note(&outcomes, "answered")),
    ];
    backend.fail("The engine could not be loaded.");
    backend.answer();
    let outcomes = outcomes.borrow();
    assert_eq!(outcomes[0], ("failed", Err("The engine could not be loaded.".to_owned())));
    assert!(outcomes[1].1.is_ok());
}

#[test]
fn an_outcome_may_ask_again() {
    let (backend, client, outcomes) = start();
    let again = {
        let (client, outcomes) = (Rc::clone(&client), Rc::clone(&outcomes));
        move |_| std::mem::forget(client.ask(Request::Estimate(board("")), note(&outcomes, "again")))
    };
    let _ticket = client.ask(Request::Evaluate(board("")), again);
    backend.answer();
    backend.answer();
    assert_eq!(names(&outcomes), ["again"]);
}

#[test]
fn a_cancelled_request_may_cancel_others() {
    let (backend, client, outcomes) = start();
    let _running = client.ask(Request::Estimate(board("")), note(&outcomes, "running"));
    let inner = client.ask(Request::Evaluate(board("")), note(&outcomes, "inner"));
    let outer = client.ask(Request::Evaluate(board("")), move |_| drop(inner));
    drop(outer);
    backend.answer();
    assert_eq!((names(&outcomes), backend.sent()), (vec!["running"], 1));
}
