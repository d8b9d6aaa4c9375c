//! The board's element: listens to pointers, wheel and keys, and holds the plane that is drawn on.

use std::rc::Rc;

use trapwise_editor::geometry::{Point, Rect};
use trapwise_editor::{Button, Device, Editor, Gesture, Input, Key, Mode, words};
use trapwise_model::{ComponentId, SortedMap, Target};
use yew::prelude::*;

use super::areas::Areas;
use super::cards::Cards;
use super::links::{Hovered, Labels, Links};
use super::overlay::{Hint, Overlay};
use super::{Scene, carried};
use crate::platform::board::{self, Raw};
use crate::ui::annotations::Annotations;
use crate::ui::editor_store::{Action, use_editor_dispatch};

#[derive(Properties, PartialEq)]
pub(super) struct BoardProps {
    pub(super) editor: Editor,
    pub(super) scene: Rc<Scene>,
    pub(super) annotations: Rc<Annotations>,
    /// The finding of that place in the report is to be read.
    pub(super) on_finding: Callback<usize>,
}

/// Below this zoom cards show their icon and name only.
const FAR: f32 = 0.55;

#[component]
pub(super) fn Board(props: &BoardProps) -> Html {
    let BoardProps { editor, scene, annotations, on_finding } = props;
    let dispatch = use_editor_dispatch();
    let (surface, plane) = (use_node_ref(), use_node_ref());
    use_pointers(&surface, scene.preview, dispatch.clone());
    use_plane(&plane, editor);
    use_ticks(editor.wants_ticks(), editor.viewport().offset, dispatch.clone());

    let on_key =
        use_callback((dispatch.clone(), scene.preview), |event: KeyboardEvent, (dispatch, read_only)| {
            let ctrl = event.ctrl_key() || event.meta_key();
            let key = Key::from_name(&event.key(), ctrl, event.shift_key(), event.alt_key());
            if let Some(key) = key.filter(|key| !read_only || is_view_key(*key)) {
                // Text that is selected somewhere is copied all the same.
                if key != Key::Copy {
                    event.prevent_default();
                }
                dispatch.emit(Action::Input(Input::Key(key)));
            }
        });
    let on_click = use_callback(on_finding.clone(), |event: MouseEvent, on_finding| {
        if let Some(finding) = board::number_at(&event, "data-finding") {
            on_finding.emit(finding);
        }
    });
    let link_from = match (editor.gesture(), editor.mode()) {
        (Gesture::Drawing(_, draw), _) | (_, Mode::Connect(draw)) => Some(draw.from.clone()),
        _ => None,
    };
    let targets: Rc<SortedMap<ComponentId, bool>> =
        use_memo((link_from.clone(), editor.design().clone()), |(from, _)| {
            from.as_ref().map(|from| editor.link_targets(from).into_iter().collect()).unwrap_or_default()
        });
    let busy = carried(editor);
    let active = editor.selected_component().map(|id| format!("card-{id}"));
    let class = classes!(
        "board",
        (editor.viewport().zoom < FAR).then_some("far"),
        busy.map(|_| "placing"),
        link_from.as_ref().map(|_| "linking"),
        matches!(editor.gesture(), Gesture::Panning { .. }).then_some("panning"),
        scene.preview.then_some("preview"),
    );
    html! {
        <>
            <div
                ref={surface} {class} id="board" tabindex="0" role="application"
                aria-roledescription="architecture board" aria-label={describe(editor)}
                aria-describedby="board-keys" aria-activedescendant={active} onkeydown={on_key} onclick={on_click}
            >
                <div class={if editor.animated() { "plane animated" } else { "plane" }} ref={plane}>
                    <Areas scene={scene.clone()} selection={editor.selection().cloned()} also={editor.also().clone()} carried={busy} annotations={annotations.clone()} />
                    <Links scene={scene.clone()} selection={editor.selection().cloned()} annotations={annotations.clone()} />
                    <Labels scene={scene.clone()} selection={editor.selection().cloned()} annotations={annotations.clone()} above={false} />
                    <Cards scene={scene.clone()} selection={editor.selection().cloned()} also={editor.also().clone()} annotations={annotations.clone()}
                        lifted={lifted(editor)} targets={link_from.map(|_| targets)} />
                    <Labels scene={scene.clone()} selection={editor.selection().cloned()} annotations={annotations.clone()} above={true} />
                    if let Some(hover) = editor.hover().filter(|_| !scene.preview) {
                        <Hovered scene={scene.clone()} hover={hover.clone()} annotations={annotations.clone()} />
                    }
                    if !scene.preview {
                        <Overlay editor={editor.clone()} />
                    }
                </div>
                <Hint editor={editor.clone()} />
            </div>
            <p id="board-keys" class="visually-hidden">
                { "Arrow keys move between components, Enter opens the inspector, C connects, P places, Delete removes, Shift and arrows select several, Ctrl A all, Ctrl Z undoes, plus and minus zoom, zero shows everything. The outline lists the same parts as a tree." }
            </p>
        </>
    }
}

fn describe(editor: &Editor) -> String {
    let design = editor.design();
    let selected = match editor.selection() {
        Some(Target::Component(id)) => match editor.also().len() {
            0 => format!(", {} selected", editor.title(id)),
            more => format!(", {} components selected, {} last", more + 1, editor.title(id)),
        },
        Some(Target::Link(id)) => design
            .link(id.as_str())
            .map(|link| format!(", link selected: {}", words::link_sentence(design, link)))
            .unwrap_or_default(),
        None => String::new(),
    };
    format!(
        "Board with {} components and {} links{selected}",
        design.components().len(),
        design.links().len()
    )
}

/// The component that is being dragged.
fn lifted(editor: &Editor) -> Option<ComponentId> {
    match editor.gesture() {
        Gesture::Carrying(_, carry) => match &carry.subject {
            trapwise_editor::Subject::Component(id, _) => Some(id.clone()),
            trapwise_editor::Subject::Item(_) => None,
        },
        _ => None,
    }
}

/// Whether a key changes only what is seen of the board.
const fn is_view_key(key: Key) -> bool {
    matches!(key, Key::ZoomIn | Key::ZoomOut | Key::Fit)
}

/// Hands on pointers, the wheel and the board's size. A preview is looked at: pointers only pan it.
#[hook]
fn use_pointers(surface: &NodeRef, read_only: bool, dispatch: Callback<Action>) {
    let surface = surface.clone();
    use_effect_with((dispatch, read_only), move |(dispatch, read_only)| {
        let read_only = *read_only;
        let pointers = {
            let (dispatch, surface) = (dispatch.clone(), surface.clone());
            board::listen(&surface.clone(), true, move |raw| {
                if matches!(raw, Raw::Down { .. }) {
                    // The page may have been scrolled since.
                    if let Some(frame) = board::frame(&surface) {
                        dispatch.emit(resize(frame));
                    }
                }
                dispatch.emit(Action::Input(match input(raw) {
                    Input::Down { pointer, at, device, .. } if read_only => {
                        Input::Down { pointer, at, device, button: Button::Pan }
                    }
                    Input::Held { .. } if read_only => return,
                    other => other,
                }));
            })
        };
        let sizes = {
            let dispatch = dispatch.clone();
            board::watch_size(&surface, move |frame| dispatch.emit(resize(frame)))
        };
        move || drop((pointers, sizes))
    });
}

/// Tells the editor where the board's element is.
pub(in crate::ui) fn resize(frame: [f32; 4]) -> Action {
    let [x, y, w, h] = frame;
    Action::Input(Input::Resize(Rect::new(x, y, w, h)))
}

/// What a raw event is to the editor.
pub(in crate::ui) fn input(raw: Raw) -> Input {
    match raw {
        Raw::Down { pointer, x, y, touch, middle, additive } => Input::Down {
            pointer,
            at: Point::new(x, y),
            device: if touch { Device::Touch } else { Device::Mouse },
            button: match (middle, additive) {
                (true, _) => Button::Pan,
                (_, true) => Button::Additive,
                _ => Button::Primary,
            },
        },
        Raw::Move { pointer, x, y } => Input::Move { pointer, at: Point::new(x, y) },
        Raw::Up { pointer, x, y } => Input::Up { pointer, at: Point::new(x, y) },
        Raw::Cancel { pointer } => Input::Cancel { pointer },
        Raw::Held { pointer } => Input::Held { pointer },
        Raw::Leave => Input::Leave,
        Raw::Wheel { x, y, dx, dy, zoom } => Input::Wheel { at: Point::new(x, y), dx, dy, zoom },
    }
}

/// Moves the plane without rendering what is on it.
#[hook]
fn use_plane(plane: &NodeRef, editor: &Editor) {
    let plane = plane.clone();
    use_effect_with(*editor.viewport(), move |view| {
        board::transform(&plane, view.offset.x, view.offset.y, view.zoom);
    });
}

/// Ticks on each frame while something is dragged to the edge.
#[hook]
fn use_ticks(wanted: bool, offset: Point, dispatch: Callback<Action>) {
    use_effect_with((wanted, offset), move |(wanted, _)| {
        let frame = wanted.then(|| board::on_frame(move || dispatch.emit(Action::Input(Input::Tick))));
        move || drop(frame)
    });
}
