//! The scenario page as a pure state machine: what it shows besides the board, and how each event changes it.
//! Knows no element and starts no effect: evaluating, fetching and saving happen in the component.

use std::rc::Rc;

use trapwise_documents::report::{FixReport, Report};
use trapwise_editor::{Editor, Mode};
use trapwise_model::{ComponentId, Design, SortedSet, Target};
use trapwise_session::{Attempt, Outcome};
use yew::prelude::*;

/// A design with its verdict.
#[derive(Debug)]
pub struct Checked {
    /// What was checked.
    pub design: Rc<Design>,
    /// What came out, without the words of the traps.
    pub report: Rc<Report>,
    /// Whether it was checked while a solution was on the board, and not the learner's work.
    pub is_solution: bool,
}

/// Something on the board that is not the learner's work.
#[derive(Clone, Debug)]
pub struct SolutionView {
    /// What it is, for example `Option B: …`.
    pub title: String,
    /// Which solution it is, from 0, and how many there are.
    pub solution: Option<(usize, usize)>,
    /// Its verdict.
    pub checked: Rc<Checked>,
}

/// Something in the results that is opened, and shown on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// The finding of that index.
    Finding(usize),
    /// The check of that id.
    Check(String),
    /// The parts of a figure of the estimate.
    Parts(Rc<[ComponentId]>),
}

/// The panes of a narrow screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    Brief,
    Board,
    Parts,
    Inspect,
    Results,
}

impl Pane {
    /// The class of the page while a narrow screen shows this pane.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Brief => "show-brief",
            Self::Board => "show-board",
            Self::Parts => "show-parts",
            Self::Inspect => "show-inspect",
            Self::Results => "show-results",
        }
    }
}

/// The state of the page.
#[derive(Clone, Debug)]
pub struct ScenarioState {
    /// The learner's work but for its design, which the editor holds.
    pub attempt: Attempt,
    /// Whether the board is being checked.
    pub is_checking: bool,
    /// Why the last check has no result.
    pub failure: Option<String>,
    /// The last check of the learner's work.
    pub checked: Option<Rc<Checked>>,
    /// What is looked at instead.
    pub solution_view: Option<SolutionView>,
    /// What is opened in the results.
    pub open: Option<Open>,
    /// The finding and the fix that is previewed.
    pub preview: Option<(usize, usize)>,
    /// The tab beside the board on the left: brief, question, hints or debrief.
    pub left: &'static str,
    /// The tab on the right: inspect, outline or results.
    pub right: &'static str,
    /// What a narrow screen shows.
    pub pane: Pane,
    /// Whether the keywords are marked in the brief.
    pub keywords: bool,
    /// The text for screen readers.
    pub announcement: AttrValue,
    /// Counts the findings that were asked for from elsewhere, to be scrolled into view.
    pub asked_for: u32,
    /// What was selected from the results, which therefore stay.
    stepped_to: Option<Target>,
}

/// What can happen.
pub enum Act {
    /// The question was answered.
    Answer(SortedSet<String>),
    /// The next stage of help with a requirement, of so many.
    Hint(String, u32),
    /// The check of a board has started, or needs no result any more.
    Checking(bool),
    /// There is no result of the check, and why.
    NotChecked(String),
    /// The board was checked.
    Check(Rc<Checked>),
    /// Something else is put on the board to look at, or no longer.
    ViewSolution(Option<SolutionView>),
    /// Something in the results is opened or closed.
    Open(Option<Open>),
    /// A fix is previewed or no longer.
    Preview(Option<(usize, usize)>),
    /// Another tab on the left.
    Left(&'static str),
    /// The debrief is to be read.
    Debrief,
    /// Another tab on the right.
    Right(&'static str),
    /// A part or a link was selected.
    Selected(Target),
    /// A step of what is opened in the results is to be seen on the board.
    Step(Target),
    /// A finding is to be read in the results.
    Read(usize),
    /// Another pane of a narrow screen.
    Pane(Pane),
    /// Keywords are marked or not.
    Keywords(bool),
    /// Other work replaces this one.
    Adopt(Attempt),
}

impl ScenarioState {
    /// At the start of a visit.
    #[must_use]
    pub fn new(attempt: Attempt) -> Self {
        Self {
            attempt,
            is_checking: false,
            failure: None,
            checked: None,
            solution_view: None,
            open: None,
            preview: None,
            left: "brief",
            right: "inspect",
            pane: Pane::Brief,
            keywords: false,
            announcement: AttrValue::default(),
            asked_for: 0,
            stepped_to: None,
        }
    }

    /// The verdict on what is on the board.
    #[must_use]
    pub fn verdict(&self) -> Option<&Rc<Checked>> {
        match &self.solution_view {
            Some(look) => Some(&look.checked),
            None => self.checked.as_ref(),
        }
    }

    /// Whether the board has changed since the verdict on it.
    #[must_use]
    pub fn is_outdated(&self, board: &Rc<Design>) -> bool {
        self.verdict().is_some_and(|verdict| verdict.design != *board)
    }

    /// What is opened, unless its path belongs to a board that has changed since.
    #[must_use]
    pub fn traced(&self, board: &Rc<Design>) -> Option<Open> {
        self.open.clone().filter(|open| matches!(open, Open::Parts(_)) || !self.is_outdated(board))
    }

    /// The finding that is open.
    #[must_use]
    pub fn open_finding(&self) -> Option<usize> {
        if let Some(Open::Finding(index)) = self.open { Some(index) } else { None }
    }

    /// The check that is open.
    #[must_use]
    pub fn open_check(&self) -> Option<String> {
        if let Some(Open::Check(id)) = &self.open { Some(id.clone()) } else { None }
    }

    /// The components of the figure that is open.
    #[must_use]
    pub fn open_components(&self) -> Rc<[ComponentId]> {
        if let Some(Open::Parts(parts)) = &self.open { Rc::clone(parts) } else { Rc::default() }
    }

    /// What the strip over the board names: what is open, unless a fix is previewed instead.
    #[must_use]
    pub fn strip(&self) -> Option<&Open> {
        self.open.as_ref().filter(|_| self.preview.is_none())
    }

    /// The fix that is previewed.
    #[must_use]
    pub fn previewed<'r>(&self, report: Option<&'r Report>) -> Option<&'r FixReport> {
        let (finding, fix) = self.preview?;
        report?.findings.get(finding)?.fixes.get(fix)
    }

    /// The selector of what takes the keyboard when the element that had it is gone.
    #[must_use]
    pub fn focus_home(&self) -> &'static str {
        if self.right == "outline" { "#panel-outline [role=treeitem][tabindex='0']" } else { "#board" }
    }

    fn checked(&mut self, checked: Rc<Checked>) {
        let report = &checked.report;
        let outcome = Outcome { passed: report.passed, score: report.score };
        let findings = report.findings.len();
        let verdict = if outcome.passed { "Passed" } else { "Not passed yet" };
        let findings = crate::ui::words::count(findings, "finding", "findings");
        let announcement = format!("{verdict}: {} percent, {findings}.", outcome.score).into();
        self.is_checking = false;
        self.failure = None;
        match (&mut self.solution_view, checked.is_solution) {
            (Some(look), true) => look.checked = checked,
            // The solution went while it was checked.
            (None, true) => return,
            (look, false) => {
                self.attempt.record(outcome);
                self.checked = Some(checked);
                // What is on the board now has a verdict of its own.
                if look.is_some() {
                    return;
                }
            }
        }
        self.announcement = announcement;
        self.close();
        self.show_results();
    }

    fn show_results(&mut self) {
        self.right = "results";
        self.pane = Pane::Results;
    }

    fn close(&mut self) {
        self.open = None;
        self.preview = None;
    }
}

/// Whether the editor waits for something to be done on the board: a place for what is picked, or an answer.
#[must_use]
pub fn needs_board(editor: &Editor) -> bool {
    *editor.mode() != Mode::Select || editor.question().is_some()
}

/// The editor holds the design; the rest of the attempt is the page's.
#[must_use]
pub fn without_design(attempt: &Attempt) -> Attempt {
    Attempt { design: Design::new(), ..attempt.clone() }
}

impl Reducible for ScenarioState {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        Rc::new(self.after(act))
    }
}

impl ScenarioState {
    /// The state after an event.
    #[must_use]
    pub fn after(&self, act: Act) -> Self {
        let mut state = self.clone();
        match act {
            Act::Answer(answers) => state.attempt.answers = answers,
            Act::Hint(requirement, stages) => state.attempt.open_hint(&requirement, stages),
            Act::Checking(started) => {
                state.is_checking = started;
                if started {
                    // So that the same result is announced again.
                    state.announcement = AttrValue::default();
                }
            }
            Act::NotChecked(why) => {
                state.is_checking = false;
                state.failure = Some(why);
            }
            Act::Check(checked) => state.checked(checked),
            Act::ViewSolution(look) => {
                state.close();
                state.is_checking = false;
                state.failure = None;
                match look {
                    Some(look) => {
                        state.attempt.solution_seen |= look.solution.is_some();
                        state.announcement = format!("On the board: {}.", look.title).into();
                        // What fails is why it is on the board.
                        let fails = !look.checked.report.findings.is_empty();
                        state.open = fails.then_some(Open::Finding(0));
                        state.solution_view = Some(look);
                        state.show_results();
                    }
                    None => {
                        state.solution_view = None;
                        state.announcement = "Your own work is on the board again.".into();
                        state.pane = Pane::Board;
                    }
                }
            }
            Act::Open(open) => {
                if matches!(open, Some(Open::Check(_))) {
                    state.pane = Pane::Board;
                }
                state.open = open;
                state.preview = None;
            }
            Act::Preview(preview) => {
                if preview.is_some() {
                    state.pane = Pane::Board;
                }
                state.preview = preview;
            }
            // The outline stays: things are selected in it, too.
            Act::Selected(target) => {
                if state.right == "results" && state.stepped_to.as_ref() != Some(&target) {
                    state.right = "inspect";
                }
                state.stepped_to = None;
            }
            Act::Step(target) => {
                state.stepped_to = Some(target);
                state.pane = Pane::Board;
            }
            Act::Read(finding) => {
                state.open = Some(Open::Finding(finding));
                state.preview = None;
                state.asked_for = state.asked_for.wrapping_add(1);
                state.show_results();
            }
            Act::Left(tab) => state.left = tab,
            Act::Debrief => {
                state.left = "debrief";
                state.pane = Pane::Brief;
            }
            Act::Right(tab) => {
                state.right = tab;
                state.pane = if tab == "results" { Pane::Results } else { Pane::Inspect };
            }
            Act::Pane(pane) => {
                state.pane = pane;
                match pane {
                    Pane::Inspect if state.right == "results" => state.right = "inspect",
                    Pane::Results => state.right = "results",
                    _ => {}
                }
            }
            Act::Keywords(marked) => state.keywords = marked,
            Act::Adopt(attempt) => {
                let announcement = "The other work is on the board.".into();
                state = Self { announcement, keywords: state.keywords, ..Self::new(attempt) };
            }
        }
        state
    }
}

#[cfg(test)]
mod tests;
