//! Whatever is done, in whatever order: the design stays sound, undo returns to the start, redo to the
//! end, and no two cards overlap.

use std::rc::Rc;
use std::sync::Arc;

use proptest::prelude::*;
use trapwise_model::{BuildRules, Component, ComponentId, Design, Set, Target, Value, fixture};

use super::BOARD;
use crate::geometry::{Point, Rect};
use crate::layout::{Flow, Layout, Options, layout};
use crate::{Button, Command, Device, Direction, Editor, Input, Key};

/// One thing that a hand does, with numbers that stand for whatever is on the board then.
#[derive(Clone, Debug)]
enum Act {
    Down(f32, f32, bool),
    DownOn(usize, bool),
    FromPalette(usize),
    Move(f32, f32),
    MoveOver(usize),
    Up,
    Cancel,
    Held,
    Tick,
    Wheel(f32, f32, bool),
    Key(usize),
    Add(usize, usize),
    PlaceIn(usize, usize, usize),
    Connect(usize, usize),
    Answer(usize),
    Set(usize, usize, i64),
    Remove(usize),
    Duplicate(usize),
    Undo,
    Redo,
}

const KEYS: &[Key] = &[
    Key::Arrow(Direction::Left),
    Key::Arrow(Direction::Right),
    Key::Arrow(Direction::Up),
    Key::Arrow(Direction::Down),
    Key::Enter,
    Key::Escape,
    Key::Delete,
    Key::Undo,
    Key::Redo,
    Key::Duplicate,
    Key::Connect,
    Key::Place,
    Key::ZoomIn,
    Key::ZoomOut,
    Key::Fit,
];

fn act() -> impl Strategy<Value = Act> {
    let place = || (0.0_f32..1400.0, 0.0_f32..900.0);
    let n = || 0_usize..1000;
    prop_oneof![
        1 => (place(), any::<bool>()).prop_map(|((x, y), touch)| Act::Down(x, y, touch)),
        4 => (n(), any::<bool>()).prop_map(|(part, touch)| Act::DownOn(part, touch)),
        2 => n().prop_map(Act::FromPalette),
        2 => place().prop_map(|(x, y)| Act::Move(x, y)),
        5 => n().prop_map(Act::MoveOver),
        8 => Just(Act::Up),
        1 => Just(Act::Cancel),
        1 => Just(Act::Held),
        1 => Just(Act::Tick),
        1 => (place(), any::<bool>()).prop_map(|((x, y), zoom)| Act::Wheel(x, y, zoom)),
        4 => n().prop_map(Act::Key),
        4 => (n(), n()).prop_map(|(item, into)| Act::Add(item, into)),
        2 => (n(), n(), n()).prop_map(|(id, a, b)| Act::PlaceIn(id, a, b)),
        4 => (n(), n()).prop_map(|(a, b)| Act::Connect(a, b)),
        2 => (0_usize..3).prop_map(Act::Answer),
        2 => (n(), n(), -5_i64..5000).prop_map(|(id, prop, value)| Act::Set(id, prop, value)),
        1 => n().prop_map(Act::Remove),
        1 => n().prop_map(Act::Duplicate),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
    ]
}

fn nth(design: &Design, index: usize) -> Option<Arc<Component>> {
    let count = design.components().len();
    design.components().nth(index.checked_rem(count)?).cloned()
}

fn perform(editor: &mut Editor, act: &Act) {
    let design = Arc::new(Design::clone(editor.design()));
    let part = |index: usize| nth(&design, index).map(|component| component.id.clone());
    let over = |editor: &Editor, index: usize| {
        let id = part(index)?;
        let rect = editor.layout().rect(id.as_str())?;
        let view = editor.viewport();
        Some(view.to_frame(rect.center()).shifted(view.frame.x, view.frame.y))
    };
    let device = |touch: bool| if touch { Device::Touch } else { Device::Mouse };
    let command = match *act {
        Act::Down(x, y, touch) => {
            let at = Point::new(x, y);
            editor.input(Input::Down { pointer: 1, at, device: device(touch), button: Button::Primary });
            return;
        }
        Act::DownOn(index, touch) => {
            if let Some(at) = over(editor, index) {
                editor.input(Input::Down { pointer: 1, at, device: device(touch), button: Button::Primary });
            }
            return;
        }
        Act::FromPalette(item) => {
            let item = item % editor.palette().len();
            editor.input(Input::DownOnPalette { pointer: 1, at: Point::default(), item });
            return;
        }
        Act::Move(x, y) => {
            editor.input(Input::Move { pointer: 1, at: Point::new(x, y) });
            return;
        }
        Act::MoveOver(index) => {
            if let Some(at) = over(editor, index) {
                editor.input(Input::Move { pointer: 1, at });
            }
            return;
        }
        Act::Up => {
            let at = over(editor, 3).unwrap_or_default();
            editor.input(Input::Up { pointer: 1, at });
            return;
        }
        Act::Cancel => {
            editor.input(Input::Cancel { pointer: 1 });
            return;
        }
        Act::Held => {
            editor.input(Input::Held { pointer: 1 });
            return;
        }
        Act::Tick => {
            editor.input(Input::Tick);
            return;
        }
        Act::Wheel(x, y, zoom) => {
            editor.input(Input::Wheel {
                at: Point::new(x, y),
                dx: x / 10.0 - 70.0,
                dy: y / 10.0 - 45.0,
                zoom,
            });
            return;
        }
        Act::Key(index) => {
            editor.input(Input::Key(KEYS[index % KEYS.len()]));
            return;
        }
        Act::Add(item, into) => {
            let item = item % editor.palette().len();
            let places = editor.containers_for(editor.palette()[item].kind);
            let into = into.checked_rem(places.len() + 1).and_then(|index| places.get(index).cloned());
            Command::Add { item, into: into.into_iter().collect() }
        }
        Act::PlaceIn(id, a, b) => {
            let Some(component) = nth(&design, id) else { return };
            let places = editor.containers_for(component.kind);
            let pick =
                |index: usize| index.checked_rem(places.len()).and_then(|index| places.get(index).cloned());
            let wanted: Vec<ComponentId> = [pick(a), pick(b)].into_iter().flatten().collect();
            Command::PlaceIn(component.id.clone(), wanted)
        }
        Act::Connect(a, b) => {
            let (Some(a), Some(b)) = (part(a), part(b)) else { return };
            Command::Connect(a, b)
        }
        Act::Answer(index) => Command::Answer(index),
        Act::Set(id, prop, value) => {
            let Some(component) = nth(&design, id) else { return };
            let props = component.kind.spec().props;
            let Some(spec) = prop.checked_rem(props.len()).and_then(|index| props.get(index)) else { return };
            let value = (value >= 0).then_some(Value::Int(value));
            Command::SetProp(Set { of: Target::Component(component.id.clone()), prop: spec.id.into(), value })
        }
        Act::Remove(id) => {
            let Some(id) = part(id) else { return };
            Command::Remove(Target::Component(id))
        }
        Act::Duplicate(id) => {
            let Some(id) = part(id) else { return };
            Command::Duplicate(id)
        }
        Act::Undo => Command::Undo,
        Act::Redo => Command::Redo,
    };
    editor.run(command);
}

fn check_sound(design: &Design) {
    let parts = (design.components().cloned().collect(), design.links().cloned().collect());
    let (again, problems) = Design::from_parts_lossy(parts.0, parts.1);
    assert_eq!(problems, [], "sound");
    assert_eq!(&again, design);
}

fn check_layout(design: &Design, layout: &Layout) {
    let parts: Vec<(&ComponentId, Rect)> = layout
        .cards
        .iter()
        .flat_map(|card| card.parts.iter().map(move |part| (&card.id, part.rect)))
        .collect();
    for (index, (id, rect)) in parts.iter().enumerate() {
        for (other, other_rect) in &parts[..index] {
            assert!(!rect.overlaps(other_rect), "{id} {rect:?} overlaps {other} {other_rect:?}");
        }
    }
    for component in design.components() {
        assert!(layout.rect(component.id.as_str()).is_some(), "{} stands somewhere", component.id);
        // A card is within the frames it is in.
        if let Some(card) = layout.card(component.id.as_str()) {
            for span in card.parts.iter().flat_map(|part| &part.spans) {
                assert!(component.containers.contains(&span.subnet));
            }
            let spans: usize = card.parts.iter().map(|part| part.spans.len()).sum();
            let subnets = component.containers.iter().filter(|id| layout.area(id.as_str()).is_some());
            if spans > 0 {
                assert_eq!(spans, subnets.count(), "{} has a span in each subnet", component.id);
            }
        }
    }
    assert_eq!(layout.routes.len(), design.links().len(), "every link has a way");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_can_be_undone_and_done_again(
        acts in prop::collection::vec(act(), 1..60),
        empty in any::<bool>(),
    ) {
        let start = if empty { Design::new() } else { fixture::parse(BOARD).unwrap().design };
        let mut editor = Editor::new(start.clone(), BuildRules::default());
        for act in &acts {
            perform(&mut editor, act);
        }
        editor.input(Input::Cancel { pointer: 1 });
        check_sound(editor.design());
        let end = editor.design().clone();
        let mut steps = 0;
        while editor.next_undo().is_some() {
            editor.run(Command::Undo);
            steps += 1;
            prop_assert!(steps <= 2 * acts.len());
        }
        prop_assert_eq!(&**editor.design(), &start);
        while editor.next_redo().is_some() {
            editor.run(Command::Redo);
        }
        // Steps that had been undone before the end come back too; those done after them are the end.
        if steps > 0 {
            check_sound(editor.design());
        }
        while editor.next_undo().is_some() && editor.design() != &end {
            editor.run(Command::Undo);
        }
        prop_assert_eq!(editor.design(), &end);
    }

    #[test]
    fn cards_never_overlap(acts in prop::collection::vec(act(), 1..80)) {
        let mut editor = Editor::new(fixture::parse(BOARD).unwrap().design, BuildRules::default());
        for act in &acts {
            perform(&mut editor, act);
        }
        for flow in [Flow::Wide, Flow::Medium, Flow::Narrow] {
            for free_cells in [false, true] {
                let layout = layout(editor.design(), Options { flow, free_cells });
                check_layout(editor.design(), &layout);
            }
        }
    }

    #[test]
    fn a_layout_made_from_the_one_before_is_as_one_made_anew(acts in prop::collection::vec(act(), 1..80)) {
        let mut editor = Editor::new(fixture::parse(BOARD).unwrap().design, BuildRules::default());
        for act in &acts {
            let before = editor.layout().clone();
            perform(&mut editor, act);
            if !Rc::ptr_eq(&before, editor.layout()) {
                let anew = layout(editor.design(), Options { flow: editor.flow(), free_cells: true });
                prop_assert_eq!(&**editor.layout(), &anew);
            }
        }
    }

    #[test]
    fn cancelling_a_gesture_changes_nothing(
        from in 0_usize..1000,
        over in prop::collection::vec(0_usize..1000, 1..6),
        touch in any::<bool>(),
    ) {
        let mut editor = Editor::new(fixture::parse(BOARD).unwrap().design, BuildRules::default());
        let before = editor.design().clone();
        perform(&mut editor, &Act::DownOn(from, touch));
        for part in over {
            perform(&mut editor, &Act::MoveOver(part));
        }
        editor.input(Input::Key(Key::Escape));
        prop_assert!(Rc::ptr_eq(&before, editor.design()));
        prop_assert_eq!(editor.gesture(), &crate::Gesture::Idle);
    }
}
