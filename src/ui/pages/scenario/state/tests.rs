//! Transitions of the scenario page, without a browser.

use trapwise_documents::scenario::Scenario;
use trapwise_documents::texts::Texts;
use trapwise_engine::evaluate::evaluate;
use trapwise_model::read::read_text;

use super::*;

fn checked(design: Design) -> Rc<Checked> {
    verdict(design, false)
}

fn verdict(design: Design, is_solution: bool) -> Rc<Checked> {
    let scenario: Scenario =
        read_text(include_str!("../../../../../scenarios/first-service/scenario.json")).unwrap();
    let report = Rc::new(evaluate(&scenario, &design).report(&Texts::new()));
    Rc::new(Checked { design: Rc::new(design), report, is_solution })
}

fn start() -> ScenarioState {
    ScenarioState::new(Attempt::default())
}

fn target(id: &str) -> Target {
    Target::Component(ComponentId::free(id, |_| false))
}

fn view() -> Act {
    let checked = verdict(Design::new(), true);
    Act::ViewSolution(Some(SolutionView { title: "Option B".into(), solution: None, checked }))
}

#[test]
fn a_check_is_recorded_and_shows_the_results() {
    let state = start().after(Act::Open(Some(Open::Finding(2)))).after(Act::Check(checked(Design::new())));
    assert_eq!((state.right, state.pane, state.open), ("results", Pane::Results, None));
    assert_eq!(state.attempt.checks, 1);
    assert!(state.announcement.starts_with("Not passed yet: 0 percent"), "{}", state.announcement);
}

#[test]
fn a_verdict_is_outdated_once_the_board_differs() {
    let state = start().after(Act::Check(checked(Design::new()))).after(Act::Open(Some(Open::Finding(0))));
    assert!(!state.is_outdated(&Rc::new(Design::new())));
    assert_eq!(state.traced(&Rc::new(Design::new())), Some(Open::Finding(0)));
    let queue = trapwise_model::fixture::parse("jobs: sqs-queue").unwrap().design;
    assert!(state.is_outdated(&Rc::new(queue.clone())));
    assert_eq!(state.traced(&Rc::new(queue.clone())), None);
    // Figures are about the board as it is.
    let parts = Open::Parts(Rc::default());
    assert_eq!(state.after(Act::Open(Some(parts.clone()))).traced(&Rc::new(queue)), Some(parts));
}

#[test]
fn a_viewed_solution_is_checked_but_no_attempt() {
    let state = start().after(view());
    assert_eq!((state.right, state.pane, state.attempt.checks), ("results", Pane::Results, 0));
    assert!(state.verdict().is_some() && state.checked.is_none());
    let state = state.after(Act::Check(verdict(Design::new(), true)));
    assert_eq!((state.attempt.checks, state.attempt.best), (0, None));
    let state = state.after(Act::ViewSolution(None));
    assert!(state.verdict().is_none() && state.solution_view.is_none());
    assert_eq!(state.pane, Pane::Board);
}

#[test]
fn a_selection_opens_the_inspector_unless_it_came_from_the_results() {
    let results = start().after(Act::Check(checked(Design::new())));
    assert_eq!(results.after(Act::Selected(target("shop"))).right, "inspect");
    let step = results.after(Act::Step(target("shop")));
    assert_eq!(step.pane, Pane::Board);
    let step = step.after(Act::Selected(target("shop")));
    assert_eq!(step.right, "results");
    assert_eq!(step.after(Act::Selected(target("shop"))).right, "inspect");
    let outline = start().after(Act::Right("outline")).after(Act::Selected(target("shop")));
    assert_eq!((outline.right, outline.pane), ("outline", Pane::Inspect));
    assert_ne!(outline.focus_home(), start().focus_home());
}

#[test]
fn one_thing_is_open_or_previewed_at_a_time() {
    let state = start().after(Act::Open(Some(Open::Finding(1)))).after(Act::Preview(Some((1, 0))));
    assert_eq!((state.pane, state.open_finding(), state.strip()), (Pane::Board, Some(1), None));
    let state = state.after(Act::Open(Some(Open::Check("zones".into()))));
    assert_eq!((state.preview, state.open_finding()), (None, None));
    assert_eq!((state.open_check().as_deref(), state.pane), (Some("zones"), Pane::Board));
    let state = state.after(Act::Read(3));
    assert_eq!((state.open_finding(), state.asked_for, state.pane), (Some(3), 1, Pane::Results));
}

#[test]
fn a_narrow_screen_shows_one_pane_with_its_tab() {
    let state = start().after(Act::Pane(Pane::Results));
    assert_eq!((state.right, state.pane.class()), ("results", "show-results"));
    assert_eq!(state.after(Act::Pane(Pane::Inspect)).right, "inspect");
    assert_eq!(state.after(Act::Pane(Pane::Board)).right, "results");
    let state = state.after(Act::Debrief);
    assert_eq!((state.left, state.pane), ("debrief", Pane::Brief));
}

#[test]
fn other_work_starts_a_new_visit_but_keeps_the_keywords() {
    let state = start().after(Act::Keywords(true)).after(Act::Check(checked(Design::new())));
    let other = Attempt { checks: 7, ..Attempt::default() };
    let state = state.after(Act::Adopt(other));
    assert!(state.keywords && state.verdict().is_none());
    assert_eq!((state.attempt.checks, state.left, state.right), (7, "brief", "inspect"));
}

#[test]
fn a_check_without_a_result_leaves_everything_else() {
    let before = start().after(Act::Check(checked(Design::new()))).after(Act::Left("hints"));
    let state = before.after(Act::Checking(true));
    assert!(state.is_checking && state.failure.is_none());
    let state = state.after(Act::NotChecked("The engine cannot start.".into()));
    assert_eq!((state.is_checking, state.failure.as_deref()), (false, Some("The engine cannot start.")));
    assert_eq!((state.attempt.checks, state.left), (1, "hints"));
    assert!(state.verdict().is_some());
    let state = state.after(Act::Checking(true)).after(Act::Check(checked(Design::new())));
    assert_eq!((state.failure, state.attempt.checks), (None, 2));
}

#[test]
fn a_late_result_is_that_of_the_board_it_was_asked_for() {
    // The solution went before it was checked: nothing of it is the learner's.
    let gone = start().after(view()).after(Act::Checking(true)).after(Act::ViewSolution(None));
    let state = gone.after(Act::Check(verdict(Design::new(), true)));
    assert_eq!((state.attempt.checks, state.checked.is_some(), state.pane), (0, false, Pane::Board));
    // A solution came before the learner's work was checked: the check counts, and the solution stays judged.
    let state = start().after(Act::Checking(true)).after(view()).after(Act::Check(checked(Design::new())));
    assert_eq!((state.attempt.checks, state.checked.is_some()), (1, true));
    assert!(state.verdict().is_some_and(|verdict| verdict.is_solution));
}

#[test]
fn a_solution_is_seen_when_it_is_on_the_board() {
    let Act::ViewSolution(Some(look)) = view() else { unreachable!() };
    assert!(!start().after(view()).attempt.solution_seen);
    let solution = SolutionView { solution: Some((0, 1)), ..look };
    assert!(start().after(Act::ViewSolution(Some(solution))).attempt.solution_seen);
}

#[test]
fn a_solution_that_does_not_come_ends_the_wait() {
    let state = start().after(Act::Checking(true)).after(Act::Checking(false));
    assert!(!state.is_checking && state.failure.is_none() && state.attempt.checks == 0);
}
