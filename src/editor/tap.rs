//! Taps, and what they do in each mode; picking up and letting go.

use std::rc::Rc;

use trapwise_model::{ComponentId, Target};

use crate::drop::{Carry, Subject};
use crate::editor::{Editor, Effects};
use crate::geometry::Point;
use crate::hit::Hit;
use crate::layout::AreaKey;
use crate::mode::{Draw, Mode};

/// Size of what is carried before it has a place.
const CARD: (f32, f32) = (164.0, 50.0);

impl Editor {
    /// A press and release without moving.
    pub(crate) fn tap(&mut self, hit: Hit, at: Point, effects: &mut Effects) {
        let board = self.viewport.to_board(at);
        match std::mem::take(&mut self.mode) {
            Mode::Place(mut carry) => {
                carry.drop = self.drop_at(&carry.subject, board, true).map(Rc::new);
                self.let_go(&carry, effects);
            }
            Mode::Connect(draw) => match hit {
                Hit::Card(id, _) | Hit::Header(id) | Hit::Area(id) | Hit::Handle(id) | Hit::Edge(id, ..) => {
                    self.connect(&draw.from, &id, effects);
                }
                Hit::Link(_) | Hit::Board => effects.announce.push("Link cancelled".to_owned()),
            },
            Mode::Select if self.multi_select => self.toggle_hit(hit, effects),
            Mode::Select => match hit {
                Hit::Handle(id) => self.pick_connect(&id, effects),
                Hit::Card(id, _) | Hit::Edge(id, ..) | Hit::Header(id) | Hit::Area(id) => {
                    self.select_one(Some(Target::Component(id)));
                }
                Hit::Link(id) => self.select_one(Some(Target::Link(id))),
                Hit::Board => self.select_one(None),
            },
        }
    }

    /// Something to be carried; held there on the board, or by its middle.
    pub(crate) fn carry(&self, subject: Subject, held_at: Option<Point>) -> Option<Carry> {
        self.subject_kind(&subject)?;
        let rect = match &subject {
            Subject::Component(id, _) => match self.layout.card(id.as_str()) {
                Some(card) => card
                    .parts
                    .iter()
                    .map(|part| part.rect)
                    .find(|rect| held_at.is_some_and(|at| rect.contains(at)))
                    .or(Some(card.head())),
                None => self.layout.area(id.as_str()).map(|area| area.header),
            },
            Subject::Item(_) => None,
        };
        // A band is carried as one card, so that it does not hide where it goes.
        let size = rect.map_or(CARD, |rect| (rect.w.min(CARD.0), rect.h.min(CARD.1)));
        let middle = Point::new(-size.0 / 2.0, -size.1 / 2.0);
        let grab = match (rect, held_at) {
            (Some(rect), Some(at)) if rect.w <= CARD.0 => Point::new(rect.x - at.x, rect.y - at.y),
            _ => middle,
        };
        Some(Carry { subject, at: None, grab, size, drop: None, inside: held_at.is_some() })
    }

    /// Puts down what was carried.
    pub(crate) fn let_go(&mut self, carry: &Carry, effects: &mut Effects) {
        let Some(drop) = &carry.drop else {
            effects.announce.push("Nothing placed".to_owned());
            return;
        };
        match &drop.verdict {
            Err(why) => effects.announce.push(why.clone()),
            Ok(_) => {
                let name = match &carry.subject {
                    Subject::Item(index) => self.item_label(*index),
                    Subject::Component(id, _) if self.is_selected(id) && !self.also.is_empty() => {
                        format!("{} components", self.also.len() + 1)
                    }
                    Subject::Component(id, _) => self.title(id),
                };
                let label = match (&carry.subject, drop.over.as_ref()) {
                    (Subject::Item(_), place) => format!("Added {name} to {}", self.area_words(place)),
                    (Subject::Component(..), place) => format!("Moved {name} in {}", self.area_words(place)),
                };
                match self.commit(&label, drop.edits.clone(), effects) {
                    Ok(()) if self.is_selected(&drop.id) => {}
                    Ok(()) => self.select_one(Some(Target::Component(drop.id.clone()))),
                    Err(refused) => effects.announce.push(self.reason(&refused)),
                }
            }
        }
    }

    fn area_words(&self, area: Option<&AreaKey>) -> String {
        match area {
            Some(AreaKey::Component(id)) => self.title(id),
            Some(AreaKey::Shelf(group)) => format!("the {group} shelf"),
            None => "the board".to_owned(),
        }
    }

    /// Picks up a palette item: the next tap places it.
    pub(crate) fn pick_item(&mut self, item: usize, effects: &mut Effects) {
        let Some(carry) = self.carry(Subject::Item(item), None) else { return };
        let left = self.palette.get(item).map(|item| self.rules.remaining(&self.design, item));
        let name = self.item_label(item);
        if left == Some(0) {
            effects.announce.push(format!("This scenario allows no more of {name}"));
            return;
        }
        self.pick(carry, &name, effects);
    }

    /// Picks up a component: the next tap moves it.
    pub(crate) fn pick_move(&mut self, id: &ComponentId, effects: &mut Effects) {
        let Some(carry) = self.carry(Subject::Component(id.clone(), None), None) else { return };
        let name = self.title(id);
        self.pick(carry, &name, effects);
    }

    fn pick(&mut self, carry: Carry, name: &str, effects: &mut Effects) {
        self.cancel();
        effects.announce.push(format!(
            "{name} selected. Tap where to place it, or choose a place with the arrow keys and press Enter. Escape cancels."
        ));
        self.mode = Mode::Place(carry);
    }

    /// The next tap draws a link from that component.
    pub(crate) fn pick_connect(&mut self, id: &ComponentId, effects: &mut Effects) {
        if self.design.component(id.as_str()).is_none() {
            return;
        }
        self.cancel();
        self.select_one(Some(Target::Component(id.clone())));
        let count = self.link_targets(id).len();
        effects.announce.push(format!(
            "Link from {}: {count} possible targets. Tap one, or choose with the arrow keys and press Enter.",
            self.title(id)
        ));
        let at = self.middle(id.as_str());
        self.mode = Mode::Connect(Draw { from: id.clone(), at, target: None, verdict: None });
    }

    /// The pointer hovers: what is picked follows it.
    pub(crate) fn aim(&mut self, at: Point) {
        match std::mem::take(&mut self.mode) {
            Mode::Select => {}
            Mode::Place(mut carry) => {
                carry.at = Some(at);
                carry.drop = self.drop_at(&carry.subject, at, true).map(Rc::new);
                self.mode = Mode::Place(carry);
            }
            Mode::Connect(mut draw) => {
                self.draw_to(&mut draw, at);
                self.mode = Mode::Connect(draw);
            }
        }
    }

    /// The loose end of a link is there now.
    pub(crate) fn draw_to(&self, draw: &mut Draw, at: Point) {
        draw.at = at;
        let target = match self.hit(at, false) {
            Hit::Card(id, _) | Hit::Header(id) | Hit::Area(id) | Hit::Handle(id) | Hit::Edge(id, ..) => {
                Some(id)
            }
            Hit::Link(_) | Hit::Board => None,
        };
        // Lines start at a card's edge: its own card is a target only if it can be linked to itself.
        let target = target.filter(|id| *id != draw.from || self.ways_to_connect(&draw.from, id).is_ok());
        if target != draw.target || draw.verdict.is_none() {
            draw.verdict = target.as_ref().map(|to| self.link_verdict(&draw.from, to));
            draw.target = target;
        }
    }

    fn link_verdict(&self, from: &ComponentId, to: &ComponentId) -> Result<String, String> {
        let question = self.ways_to_connect(from, to)?;
        match question.options.as_slice() {
            [one] => match &one.refused {
                Some(why) => Err(why.clone()),
                None => Ok(one.label.clone()),
            },
            _ => Ok(question.text),
        }
    }
}
