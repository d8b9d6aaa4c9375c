//! Keys on the board, and moving by direction.

use std::rc::Rc;

use trapwise_model::{ComponentId, Target};

use crate::drop::Carry;
use crate::editor::{Editor, Effects};
use crate::geometry::{Point, Rect};
use crate::input::{Direction, Key};
use crate::layout::AreaKey;
use crate::mode::Mode;
use crate::{Command, words};

impl Editor {
    pub(crate) fn key(&mut self, key: Key, effects: &mut Effects) {
        let selected = self.selected_component().cloned();
        let command = match (key, selected) {
            (Key::Arrow(direction), _) => {
                self.arrow(direction, effects);
                return;
            }
            (Key::Enter, _) => {
                self.enter(effects);
                return;
            }
            (Key::Escape, _) => {
                self.escape(effects);
                return;
            }
            (Key::Extend(direction), _) => {
                self.extend(direction, effects);
                return;
            }
            (Key::SelectAll, _) => Command::SelectAll,
            (Key::Copy, _) => {
                self.copy(effects);
                return;
            }
            (Key::Paste, _) => {
                self.duplicate(&Rc::clone(&self.copied), effects);
                return;
            }
            (Key::Delete, _) if !self.also.is_empty() => Command::RemoveSelected,
            (Key::Duplicate, Some(_)) if !self.also.is_empty() => Command::DuplicateSelected,
            (Key::Delete, _) => match self.selection.clone() {
                Some(target) => Command::Remove(target),
                None => return,
            },
            (Key::Undo, _) => Command::Undo,
            (Key::Redo, _) => Command::Redo,
            (Key::Duplicate, Some(id)) => Command::Duplicate(id),
            (Key::Connect, Some(id)) => Command::PickConnect(id),
            (Key::Place, Some(id)) => Command::PickMove(id),
            (Key::Duplicate | Key::Connect | Key::Place, None) => {
                effects.announce.push("Select a component first".to_owned());
                return;
            }
            (Key::ZoomIn, _) => Command::ZoomIn,
            (Key::ZoomOut, _) => Command::ZoomOut,
            (Key::Fit, _) => Command::Fit,
        };
        let more = self.run(command);
        effects.design_changed |= more.design_changed;
        effects.open_inspector |= more.open_inspector;
        effects.announce.extend(more.announce);
    }

    fn escape(&mut self, effects: &mut Effects) {
        if self.cancel() {
            effects.announce.push("Cancelled".to_owned());
        } else if self.question.take().is_some() || self.mode != Mode::Select {
            self.mode = Mode::Select;
            effects.announce.push("Cancelled".to_owned());
        } else if self.multi_select {
            self.multi_select = false;
        } else {
            self.select_one(None);
        }
    }

    fn enter(&mut self, effects: &mut Effects) {
        match std::mem::take(&mut self.mode) {
            Mode::Select => effects.open_inspector = self.selection.is_some(),
            Mode::Place(carry) => self.let_go(&carry, effects),
            Mode::Connect(draw) => match draw.target {
                Some(to) => self.connect(&draw.from, &to, effects),
                None => effects.announce.push("Link cancelled".to_owned()),
            },
        }
    }

    fn arrow(&mut self, direction: Direction, effects: &mut Effects) {
        match std::mem::take(&mut self.mode) {
            Mode::Select => self.select_next(direction, effects),
            Mode::Place(carry) => self.next_place(carry, direction, effects),
            Mode::Connect(mut draw) => {
                let targets = self.link_targets(&draw.from).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
                let index = draw.target.as_ref().and_then(|id| targets.iter().position(|other| other == id));
                if let Some(id) = step(&targets, index, direction) {
                    let at = self.middle(id.as_str());
                    let id = id.clone();
                    self.draw_to(&mut draw, at);
                    draw.verdict = Some(self.ways_to_connect(&draw.from, &id).map(|question| question.text));
                    effects.announce.push(self.title(&id));
                    self.reveal(&Target::Component(id.clone()));
                    draw.target = Some(id);
                }
                self.mode = Mode::Connect(draw);
            }
        }
    }

    /// Aims what is picked at the next area that takes it.
    fn next_place(&mut self, mut carry: Carry, direction: Direction, effects: &mut Effects) {
        let Some(kind) = self.subject_kind(&carry.subject) else { return };
        let mut places: Vec<Rect> = match kind {
            trapwise_model::ComponentKind::Subnet => self.layout.cells.iter().map(|cell| cell.rect).collect(),
            _ => self
                .layout
                .areas
                .iter()
                .filter(|area| match &area.key {
                    AreaKey::Component(id) => self
                        .design
                        .component(id.as_str())
                        .is_some_and(|area| trapwise_model::may_contain(area.kind, kind)),
                    AreaKey::Shelf(_) => false,
                })
                .map(|area| area.rect)
                .collect(),
        };
        let shelf = Point::new(self.layout.bounds.right() + 40.0, self.layout.bounds.y);
        if kind.spec().floats {
            places.push(Rect::new(shelf.x, shelf.y, 0.0, 0.0));
        }
        let index = carry.at.and_then(|at| places.iter().position(|rect| rect.center() == at));
        if let Some(rect) = step(&places, index, direction).copied() {
            let at = rect.center();
            carry.at = Some(at);
            carry.drop = self.drop_at(&carry.subject, at, false).map(Rc::new);
            effects.announce.extend(carry.drop.as_ref().map(|drop| match &drop.verdict {
                Ok(words) | Err(words) => words.clone(),
            }));
            self.viewport.reveal(&rect);
        } else {
            effects.announce.push("No area can contain it yet".to_owned());
        }
        self.mode = Mode::Place(carry);
    }

    /// Selects the nearest component in a direction.
    pub(crate) fn select_next(&mut self, direction: Direction, effects: &mut Effects) {
        let from = match &self.selection {
            Some(Target::Component(id)) => self.handle_rect(id),
            Some(Target::Link(id)) => {
                self.layout.route(id.as_str()).map(|route| Rect::new(route.label.x, route.label.y, 0.0, 0.0))
            }
            None => None,
        };
        let ids = self.design.components().map(|component| &component.id);
        let next = match from {
            Some(from) => nearest(from, direction, ids.filter_map(|id| Some((id, self.handle_rect(id)?)))),
            None => {
                let mut all = ids.filter_map(|id| Some((id, self.handle_rect(id)?))).collect::<Vec<_>>();
                all.sort_by(|a, b| a.1.y.total_cmp(&b.1.y).then(a.1.x.total_cmp(&b.1.x)));
                all.first().map(|(id, _)| *id)
            }
        };
        if let Some(id) = next.cloned() {
            self.select_component(&id, effects);
        }
    }

    pub(crate) fn select_component(&mut self, id: &ComponentId, effects: &mut Effects) {
        let Some(component) = self.design.component(id.as_str()) else { return };
        let links = self.design.links_of(id.as_str()).count();
        let plural = if links == 1 { "link" } else { "links" };
        let place = match component.containers.as_slice() {
            [] => String::new(),
            containers => format!(", in {}", words::place_words(&self.design, containers)),
        };
        let label = component.kind.spec().label;
        effects.announce.push(format!("{}, {label}{place}, {links} {plural}", words::title(component)));
        self.select_one(Some(Target::Component(id.clone())));
        self.reveal(&Target::Component(id.clone()));
    }

    /// Scrolls a component or link into view.
    pub(crate) fn reveal(&mut self, target: &Target) {
        self.look_at(std::slice::from_ref(target));
    }

    /// What of a component or link is to be seen first.
    pub(crate) fn rect_of(&self, target: &Target) -> Option<Rect> {
        match target {
            Target::Component(id) => self.handle_rect(id),
            Target::Link(id) => self
                .layout
                .route(id.as_str())
                .map(|route| Rect::new(route.label.x - 30.0, route.label.y - 12.0, 60.0, 24.0)),
        }
    }

    /// What stands for a component when moving by direction: its first piece, or its frame's name.
    fn handle_rect(&self, id: &ComponentId) -> Option<Rect> {
        self.layout.ends(id.as_str()).first().copied()
    }
}

/// The next or previous item, from the start or end if there was none.
fn step<T>(items: &[T], index: Option<usize>, direction: Direction) -> Option<&T> {
    let count = items.len();
    let forward = matches!(direction, Direction::Right | Direction::Down);
    let next = match index {
        None if forward => 0,
        None => count.checked_sub(1)?,
        Some(index) if forward => (index + 1) % count.max(1),
        Some(index) => (index + count.checked_sub(1)?) % count,
    };
    items.get(next)
}

fn nearest<'a>(
    from: Rect,
    direction: Direction,
    all: impl Iterator<Item = (&'a ComponentId, Rect)>,
) -> Option<&'a ComponentId> {
    let distance = |to: &Rect| {
        let (a, b) = (from.center(), to.center());
        let (ahead, aside) = match direction {
            Direction::Left => (a.x - b.x, gap(from.y, from.bottom(), to.y, to.bottom())),
            Direction::Right => (b.x - a.x, gap(from.y, from.bottom(), to.y, to.bottom())),
            Direction::Up => (a.y - b.y, gap(from.x, from.right(), to.x, to.right())),
            Direction::Down => (b.y - a.y, gap(from.x, from.right(), to.x, to.right())),
        };
        (ahead > 4.0 && aside <= ahead * 2.0).then_some(ahead + 3.0 * aside)
    };
    let candidates = all.filter_map(|(id, rect)| Some((distance(&rect)?, id)));
    candidates.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
}

/// The distance between two ranges; zero if they overlap.
fn gap(a: f32, a_end: f32, b: f32, b_end: f32) -> f32 {
    (b - a_end).max(a - b_end).max(0.0)
}
