//! The scenario page: renders its [`state`](super::state), and evaluates, saves and reports to the embedding page.

use std::cell::RefCell;
use std::rc::Rc;

use trapwise_documents::report::{FixReport, Report};
use trapwise_documents::texts::Texts;
use trapwise_editor::Command;
use trapwise_model::{ComponentId, Design};
use trapwise_session::Attempt;
use yew::prelude::*;

use super::banners::{Banners, CHECKING, banners};
use super::bar::{Bar, Order};
use super::board::{board as board_pane, open_strip, preview_tools};
use super::brief_pane::BriefPane;
use super::dialogs::{Asked, dialogs};
use super::side_pane::SidePane;
use super::solution_view::{self, Opening, View};
use super::state::{Act, Checked, Open, ScenarioState, without_design};
use super::{effects, highlights, host_events, pane_bar};
use crate::client::RequestHandle;
use crate::platform::files;
use crate::ui::editor_store::{Action, EditorDispatch, EditorStore};
use crate::ui::engine;
use crate::ui::hooks::{use_trap_library, use_work};
use crate::ui::markdown::plain;
use crate::ui::pages::pack::Pack;
use crate::ui::panels::figures::Figures;
use crate::ui::services::Services;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct ScenarioPageProps {
    /// The scenario.
    pub pack: Rc<Pack>,
    /// Where work is kept.
    pub services: Services,
}

/// The scenario page.
#[component]
pub fn ScenarioPage(props: &ScenarioPageProps) -> Html {
    let ScenarioPageProps { pack, services } = props;
    let (attempt, work) = use_work(services, &pack.place, || Attempt::new(pack.scenario.start_design()));
    let own = use_reducer(|| EditorStore::new(attempt.design.clone(), pack.rules.clone()));
    let other = use_reducer(EditorStore::default);
    let state = use_reducer(|| ScenarioState::new(without_design(&attempt)));
    let asked = use_state(|| None::<Asked>);

    let board = if state.solution_view.is_some() { &other } else { &own };
    let design = Rc::clone(board.editor.design());
    use_effect_with((Rc::clone(own.editor.design()), state.attempt.clone()), {
        let work = work.clone();
        move |(design, attempt)| work.save(&Attempt { design: Design::clone(design), ..attempt.clone() })
    });
    effects::use_board_events(board, &state);
    host_events::use_host_events(services.host.clone(), pack, &own, &state);

    let verdict = state.verdict().cloned();
    effects::use_reveal(&state);
    // Every check asks again for what failed to come.
    let asked_for_words = verdict.as_ref().map_or(0, |verdict| Rc::as_ptr(verdict).addr());
    let library = use_trap_library(verdict.is_some(), asked_for_words);
    let report = use_memo((verdict.as_ref().map(Rc::as_ptr), library.clone()), |(_, library)| {
        verdict.as_ref().map(|verdict| {
            let none = Texts::new();
            let texts = library.here().map_or(&none, |library| &library.texts);
            let report = Report::clone(&verdict.report);
            Rc::new(highlights::named(report, texts, &verdict.design, &pack.rules.palette))
        })
    });
    let report: Option<Rc<Report>> = (*report).clone();
    let outdated = state.is_outdated(&design);
    let traced = state.traced(&design);
    let annotations = use_memo((report.as_ref().map(Rc::as_ptr), traced), |(_, open)| {
        highlights::annotations(report.as_deref(), open.as_ref())
    });
    use_effect_with(annotations.path.clone(), {
        let board = board.dispatcher();
        move |path| {
            if !path.is_empty() {
                board.dispatch(Action::Run(Command::LookAt(highlights::to_see(path))));
            }
        }
    });
    let preview = use_memo((Rc::clone(&design), report.as_ref().map(Rc::as_ptr), state.preview), |_| {
        let fix = state.previewed(report.as_deref())?;
        highlights::preview(&design, &fix.title, &fix.edits).map(Rc::new)
    });

    // Callbacks look here, so that a panel that did not have to be drawn again acts on what is there now.
    let now = use_mut_ref(|| None::<Now>);
    let report_now = report.clone();
    let is_solution = state.solution_view.is_some();
    now.replace(Some(Now {
        own: Rc::clone(own.editor.design()),
        board: design,
        report: report_now,
        is_solution,
    }));
    let checking = use_mut_ref(Checking::default);
    let opening = use_mut_ref(Opening::default);
    let on_check = use_callback((Rc::clone(pack), state.dispatcher()), {
        let (now, checking) = (Rc::clone(&now), Rc::clone(&checking));
        move |(), (pack, state)| {
            if let Some(now) = &*now.borrow() {
                check(pack, state, &checking, &now.board, now.is_solution);
            }
        }
    });
    let is_slow = effects::use_is_slow(state.is_checking);
    let on_apply = use_callback((Rc::clone(pack), state.dispatcher(), board.dispatcher()), {
        let (now, checking) = (Rc::clone(&now), Rc::clone(&checking));
        move |(finding, fix): (usize, usize), (pack, state, board)| {
            if let Some(now) = &*now.borrow()
                && let Some(fix) = now.fix(finding, fix)
            {
                apply(pack, state, &checking, board, &now.board, fix);
            }
        }
    });
    let on_why_not = Callback::from({
        let view = view(pack, &state, &other, &opening, &asked);
        move |option: String| solution_view::why_not(&view, &option)
    });
    let on_order = use_callback((Rc::clone(pack), own.dispatcher(), asked.setter()), {
        let now = Rc::clone(&now);
        move |order: Order, (pack, own, asked)| {
            let replace =
                |label: String, design| own.dispatch(Action::Run(Command::Replace { label, design }));
            match order {
                Order::Reset => replace("Started over".to_owned(), pack.scenario.start_design()),
                Order::Download => {
                    let now = now.borrow();
                    let Some(now) = &*now else { return };
                    let text = serde_json::to_string_pretty(&*now.own).unwrap_or_default();
                    files::download(&format!("{}.design.json", pack.scenario.id), &text);
                }
                Order::Open(opened) => solution_view::open(opened, own, asked.clone()),
            }
        }
    });
    let on_solution = (state.attempt.checks > 0).then(|| {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(Some(Asked::Solution)))
    });
    let on_agree = Callback::from({
        let (view, asked) = (view(pack, &state, &other, &opening, &asked), asked.setter());
        move |()| {
            asked.set(None);
            solution_view::solution(&view, 0);
        }
    });
    let on_other = Callback::from({
        let view = view(pack, &state, &other, &opening, &asked);
        move |number: usize| solution_view::solution(&view, number)
    });
    let on_close = Callback::from({
        let asked = asked.setter();
        move |()| asked.set(None)
    });
    let on_back = Callback::from({
        let (state, opening) = (state.dispatcher(), Rc::clone(&opening));
        move |()| {
            opening.borrow_mut().cancel();
            state.dispatch(Act::ViewSolution(None));
        }
    });
    let on_keep = Callback::from({
        let work = work.clone();
        move |()| work.keep_mine()
    });
    let on_take = Callback::from({
        let (work, own, state, rules) =
            (work.clone(), own.dispatcher(), state.dispatcher(), pack.rules.clone());
        let checking = Rc::clone(&checking);
        move |()| {
            if let Some(theirs) = work.take_theirs() {
                // The check of other work is not about this one.
                *checking.borrow_mut() = None;
                own.dispatch(Action::Load { design: theirs.design.clone(), rules: rules.clone() });
                state.dispatch(Act::Adopt(without_design(&theirs)));
            }
        }
    });
    let act = Callback::from({
        let state = state.dispatcher();
        move |act: Act| state.dispatch(act)
    });
    let requirements = state.checked.as_ref().map(|it| it.report.requirements.clone()).unwrap_or_default();
    let strip = open_strip(report.as_deref(), state.strip(), &act);
    let shown = state.open_components();
    let on_show =
        act.reform(|parts: Rc<[ComponentId]>| Act::Open((!parts.is_empty()).then_some(Open::Parts(parts))));
    let above = html! {
        <>
            { strip }
            <Figures
                pack={Rc::clone(pack)} design={Rc::clone(board.editor.design())} asked={asked_for_words} {shown} {on_show}
            />
        </>
    };
    let tools = preview_tools(state.preview, state.solution_view.is_none(), &on_apply, &act);
    html! {
        <ContextProvider<EditorDispatch> context={board.dispatcher()}>
            <div class={classes!("scenario-page", state.pane.class())}>
                <Bar
                    pack={Rc::clone(pack)} best={state.attempt.best} viewing_solution={state.solution_view.is_some()}
                    embedded={services.host.is_some()} on_check={on_check.clone()} {on_order}
                />
                { banners(&Banners {
                    solution_view: state.solution_view.as_ref(),
                    theirs: work.theirs().map(|saved| &**saved),
                    is_checking: *is_slow, failure: state.failure.as_deref(),
                    on_back, on_other, on_keep, on_take, on_check: &on_check,
                }) }
                <p class="visually-hidden" role="status">
                    { if *is_slow { AttrValue::Static(CHECKING) } else { state.announcement.clone() } }
                </p>
                <BriefPane
                    pack={Rc::clone(pack)} attempt={Rc::new(state.attempt.clone())} {requirements}
                    tab={state.left} keywords={state.keywords} act={act.clone()} {on_why_not} {on_solution}
                />
                { board_pane(&board.editor, &board.announcement, annotations, (*preview).clone(), tools, above, &act) }
                <SidePane
                    pack={Rc::clone(pack)} editor={board.editor.clone()} tab={state.right} {report} {library} {outdated}
                    may_fix={state.solution_view.is_none()} finding={state.open_finding()} check={state.open_check()} preview={state.preview}
                    act={act.clone()} {on_check} {on_apply}
                />
                { pane_bar::pane_bar(state.pane, &act) }
                { dialogs(asked.as_ref(), &on_close, &on_agree) }
            </div>
        </ContextProvider<EditorDispatch>>
    }
}

/// The board that is being checked; dropping its handle ends the check.
type Checking = Option<(Rc<Design>, RequestHandle)>;

/// Has a board checked and shows the verdict.
fn check(
    pack: &Pack,
    state: &UseReducerDispatcher<ScenarioState>,
    checking: &Rc<RefCell<Checking>>,
    design: &Rc<Design>,
    is_solution: bool,
) {
    let is_under_way = |(of, handle): &(Rc<Design>, RequestHandle)| of == design && handle.is_open();
    if checking.borrow().as_ref().is_some_and(is_under_way) {
        return;
    }
    state.dispatch(Act::Checking(true));
    let handle = engine::evaluate(pack.board(design), {
        let (state, design) = (state.clone(), Rc::clone(design));
        move |report| {
            state.dispatch(match report {
                Ok(report) => Act::Check(Rc::new(Checked { design, report: Rc::new(report), is_solution })),
                Err(why) => Act::NotChecked(why),
            });
        }
    });
    *checking.borrow_mut() = Some((Rc::clone(design), handle));
}

/// Carries a fix out as one undo step, and checks what comes of it.
fn apply(
    pack: &Pack,
    state: &UseReducerDispatcher<ScenarioState>,
    checking: &Rc<RefCell<Checking>>,
    board: &EditorDispatch,
    design: &Design,
    fix: &FixReport,
) {
    let (label, edits) = (format!("Applied: {}", plain(&fix.title)), Vec::clone(&fix.edits));
    board.dispatch(Action::Run(Command::ApplyEdits { label, edits }));
    if let Some(preview) = highlights::preview(design, &fix.title, &fix.edits) {
        check(pack, state, checking, &preview.design, false);
    }
}

/// What is on screen.
struct Now {
    own: Rc<Design>,
    board: Rc<Design>,
    report: Option<Rc<Report>>,
    /// Whether a solution is on the board instead of the learner's work.
    is_solution: bool,
}

impl Now {
    fn fix(&self, finding: usize, fix: usize) -> Option<&FixReport> {
        self.report.as_ref()?.findings.get(finding)?.fixes.get(fix)
    }
}

fn view(
    pack: &Rc<Pack>,
    state: &UseReducerHandle<ScenarioState>,
    other: &UseReducerHandle<EditorStore>,
    opening: &Rc<RefCell<Opening>>,
    asked: &UseStateHandle<Option<Asked>>,
) -> View {
    View {
        pack: Rc::clone(pack),
        state: state.dispatcher(),
        board: other.dispatcher(),
        opening: Rc::clone(opening),
        asked: asked.setter(),
    }
}
