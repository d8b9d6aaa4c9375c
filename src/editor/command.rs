//! What a learner may intend. Pointer, keyboard, outline, inspector and fixes all speak in these.

use std::rc::Rc;

use trapwise_model::catalogue::prop;
use trapwise_model::{
    Component, ComponentId, ComponentKind, Design, Edit, Set, Target, Value, check_containers,
};

use crate::drop::{Subject, where_it_goes};
use crate::editor::{Editor, Effects, Refused, words_of};
use crate::geometry::Point;
use crate::input::Direction;
use crate::layout::{ZONES, index_of_zone};
use crate::mode::Mode;
use crate::resize_span::place;
use crate::words;

/// One intent. Those that change the design are one undo step each.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Adds the palette's item of that index, into those containers (none for its shelf).
    Add {
        /// Index in [`Editor::palette`].
        item: usize,
        /// Where.
        into: Vec<ComponentId>,
    },
    /// Moves a component into exactly those containers: extends and shortens bands.
    PlaceIn(ComponentId, Vec<ComponentId>),
    /// Draws a link, or asks what it is to mean.
    Connect(ComponentId, ComponentId),
    /// Answers the question about a link with the option of that index.
    Answer(usize),
    /// Drops the question about a link.
    DismissQuestion,
    /// Sets a property; no value puts it back to AWS's default.
    SetProp(Set),
    /// Removes a component with its links, or a link.
    Remove(Target),
    /// Adds one more of a component, with its links where they are possible twice.
    Duplicate(ComponentId),
    /// Removes every selected component that is not locked.
    RemoveSelected,
    /// Adds one more of every selected component.
    DuplicateSelected,
    /// Selects every card.
    SelectAll,
    /// Turns multi-select on or off: taps then add to the selection.
    MultiSelect(bool),
    /// Undoes the last step.
    Undo,
    /// Redoes the last undone step.
    Redo,
    /// Selects something, or nothing.
    Select(Option<Target>),
    /// Selects something and scrolls it into view.
    Show(Target),
    /// Scrolls components into view, the first of them in any case, and selects nothing.
    LookAt(Vec<Target>),
    /// Selects the nearest component in that direction.
    SelectNext(Direction),
    /// Picks up a palette item: the next tap or Enter places it.
    PickItem(usize),
    /// Picks up a component: the next tap or Enter moves it.
    PickMove(ComponentId),
    /// The next tap or Enter draws a link from the component.
    PickConnect(ComponentId),
    /// Cancels the pick.
    PutBack,
    /// Makes the board larger.
    ZoomIn,
    /// Makes the board smaller.
    ZoomOut,
    /// Shows the whole board.
    Fit,
    /// Makes several edits as one step, for example a fix.
    ApplyEdits {
        /// What the step is called: `Applied: add a route`.
        label: String,
        /// The edits.
        edits: Vec<Edit>,
    },
    /// Replaces the design, as one step.
    Replace {
        /// What the step is called: `Started over`.
        label: String,
        /// The other design.
        design: Design,
    },
}

/// How much one step of zooming enlarges.
const ZOOM_STEP: f32 = 1.25;

impl Editor {
    /// Carries out a command.
    pub fn run(&mut self, command: Command) -> Effects {
        let mut effects = Effects::default();
        let fx = &mut effects;
        self.animated = true;
        // A command cancels the gesture in progress.
        self.cancel();
        match command {
            Command::Add { item, into } => self.add(item, &into, fx),
            Command::PlaceIn(id, containers) => self.place_in(&id, &containers, fx),
            Command::Connect(from, to) => {
                self.mode = Mode::Select;
                self.connect(&from, &to, fx);
            }
            Command::Answer(index) => self.answer(index, fx),
            Command::DismissQuestion => self.question = None,
            Command::SetProp(set) => self.set_prop(set, fx),
            Command::Remove(target) => self.remove(&target, fx),
            Command::RemoveSelected => self.remove_selected(fx),
            Command::Duplicate(id) => self.duplicate(&[id], fx),
            Command::DuplicateSelected => self.duplicate(&self.selected_components(), fx),
            Command::SelectAll => self.select_every(fx),
            Command::MultiSelect(on) => self.multi_select = on,
            Command::Undo => self.undo(fx),
            Command::Redo => self.redo(fx),
            Command::Select(target) => self.select(target),
            Command::Show(target) => {
                self.reveal(&target);
                self.select(Some(target));
            }
            Command::LookAt(targets) => self.look_at(&targets),
            Command::SelectNext(direction) => self.select_next(direction, fx),
            Command::PickItem(item) => self.pick_item(item, fx),
            Command::PickMove(id) => self.pick_move(&id, fx),
            Command::PickConnect(id) => self.pick_connect(&id, fx),
            Command::PutBack => self.mode = Mode::Select,
            Command::ZoomIn => self.zoom(ZOOM_STEP),
            Command::ZoomOut => self.zoom(1.0 / ZOOM_STEP),
            Command::Fit => self.fit(),
            Command::ApplyEdits { label, edits } => {
                if let Err(refused) = self.commit(&label, edits, fx) {
                    fx.announce.push(self.reason(&refused));
                }
            }
            Command::Replace { label, design } => self.replace(&label, &design, fx),
        }
        effects
    }

    fn select(&mut self, target: Option<Target>) {
        let target = target.filter(|target| match target {
            Target::Component(id) => self.design.component(id.as_str()).is_some(),
            Target::Link(id) => self.design.link(id.as_str()).is_some(),
        });
        self.select_one(target);
    }

    fn add(&mut self, item: usize, into: &[ComponentId], effects: &mut Effects) {
        let Some(mut component) = self.subject_component(&Subject::Item(item)) else { return };
        component.containers = into.to_vec();
        if into.is_empty()
            && !component.kind.spec().floats
            && let Some(only) = self.only_container(component.kind)
        {
            component.containers = vec![only];
        }
        if component.kind == ComponentKind::Subnet {
            self.choose_zone(&mut component);
        }
        let place = words::place_words(&self.design, &component.containers);
        let label = format!("Added {} to {place}", self.item_label(item));
        let (id, kind) = (component.id.clone(), component.kind);
        match self.commit(&label, vec![Edit::Add(component)], effects) {
            Ok(()) => {
                self.select_one(Some(Target::Component(id.clone())));
                self.reveal(&Target::Component(id));
            }
            Err(refused) => {
                effects.announce.push(format!("{}. {}", self.reason(&refused), where_it_goes(kind)));
            }
        }
    }

    /// The one container on the board that takes a kind, if there is only one.
    fn only_container(&self, kind: ComponentKind) -> Option<ComponentId> {
        let mut places = self.containers_for(kind).into_iter();
        places.next().filter(|_| places.next().is_none())
    }

    /// Every container on the board that takes a kind.
    #[must_use]
    pub fn containers_for(&self, kind: ComponentKind) -> Vec<ComponentId> {
        let takes = |id: &ComponentId| check_containers(&self.design, kind, std::slice::from_ref(id)).is_ok();
        self.design.components().map(|component| component.id.clone()).filter(takes).collect()
    }

    /// A new subnet goes into the first zone that its tier has none in.
    fn choose_zone(&self, subnet: &mut Component) {
        let taken = |zone: &str| {
            self.design.components().any(|other| {
                other.kind == ComponentKind::Subnet
                    && other.containers == subnet.containers
                    && other.text(prop::TIER) == subnet.text(prop::TIER)
                    && other.text(prop::AVAILABILITY_ZONE) == Some(zone)
            })
        };
        if !subnet.props.contains_key(prop::AVAILABILITY_ZONE.as_str())
            && let Some(zone) = ZONES.iter().find(|zone| !taken(zone))
        {
            subnet.props.insert(prop::AVAILABILITY_ZONE.into(), (*zone).into());
        }
    }

    fn set_prop(&mut self, set: Set, effects: &mut Effects) {
        let (now, spec, name) = match &set.of {
            Target::Component(id) => {
                let Some(component) = self.design.component(id.as_str()) else { return };
                (
                    component.props.get(&set.prop),
                    component.kind.spec().prop_named(&set.prop),
                    words::title(component),
                )
            }
            Target::Link(id) => {
                let Some(link) = self.design.link(id.as_str()) else { return };
                (
                    link.props.get(&set.prop),
                    link.kind.spec().prop_named(&set.prop),
                    words::link_sentence(&self.design, link),
                )
            }
        };
        if now == set.value.as_ref() {
            return;
        }
        let prop = spec.map_or(set.prop.as_str(), |spec| spec.label);
        let label = match &set.value {
            Some(value) => format!("{name}: {prop} is {}", shown(value)),
            None => format!("{name}: {prop} is AWS's default"),
        };
        if let Err(refused) = self.commit(&label, vec![Edit::Set(set.clone())], effects) {
            effects.announce.push(self.set_reason(&set, &refused));
        }
    }

    /// A refusal in words that call the property what the inspector calls it.
    fn set_reason(&self, set: &Set, refused: &Refused) -> String {
        let props = match &set.of {
            Target::Component(id) => self.design.component(id.as_str()).map(|part| part.kind.spec().props),
            Target::Link(id) => self.design.link(id.as_str()).map(|part| part.kind.spec().props),
        };
        let label = props
            .and_then(|props| props.iter().find(|spec| spec.id.as_str() == set.prop))
            .map(|spec| spec.label);
        let words = words_of(refused);
        self.with_names(&match label {
            Some(label) => words.replace(&format!("`{}`", set.prop), label),
            None => words,
        })
    }

    fn remove(&mut self, target: &Target, effects: &mut Effects) {
        let (label, edit) = match target {
            Target::Component(id) => (format!("Removed {}", self.title(id)), Edit::Remove(id.clone())),
            Target::Link(id) => {
                let sentence =
                    self.design.link(id.as_str()).map(|link| words::link_sentence(&self.design, link));
                (format!("Removed link: {}", sentence.unwrap_or_default()), Edit::Unlink(id.clone()))
            }
        };
        let before = self.design.components().len();
        match self.commit(&label, vec![edit], effects) {
            Ok(()) => {
                let also = before - self.design.components().len();
                if also > 1 {
                    effects.announce.push(format!("{} components in it were removed too", also - 1));
                }
            }
            Err(refused) => effects.announce.push(self.reason(&refused)),
        }
    }

    /// The id of one more of a part; one more subnet goes into another zone, and is called after it.
    pub(crate) fn copy_id(&self, copy: &mut Component, original: &Component, design: &Design) -> ComponentId {
        let id = original.id.as_str();
        let stem = id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        let stem = if stem.is_empty() { original.kind.name() } else { stem };
        copy.at = None;
        if copy.kind == ComponentKind::Subnet {
            // The same tier in another zone is what a second subnet is for.
            let zone = ZONES.get((index_of_zone(copy) + 1) % ZONES.len());
            copy.props.remove(prop::AVAILABILITY_ZONE.as_str());
            self.choose_zone(copy);
            if let (false, Some(zone)) = (copy.props.contains_key(prop::AVAILABILITY_ZONE.as_str()), zone) {
                copy.props.insert(prop::AVAILABILITY_ZONE.into(), (*zone).into());
            }
            // `app-a` in zone c is `app-c`.
            let zone = |subnet: &Component| ZONES.get(index_of_zone(subnet)).copied().unwrap_or_default();
            if let Some(stem) = id.strip_suffix(&format!("-{}", zone(original))) {
                return design.free_component_id(&format!("{stem}-{}", zone(copy)));
            }
        }
        design.free_component_id(stem)
    }

    fn undo(&mut self, effects: &mut Effects) {
        let mut design = self.design.as_ref().clone();
        match Rc::make_mut(&mut self.history).undo(&mut design) {
            Some(label) => self.stepped(design, &format!("Undone: {label}"), effects),
            None => effects.announce.push("Nothing to undo".to_owned()),
        }
    }

    fn redo(&mut self, effects: &mut Effects) {
        let mut design = self.design.as_ref().clone();
        match Rc::make_mut(&mut self.history).redo(&mut design) {
            Some(label) => self.stepped(design, &format!("Redone: {label}"), effects),
            None => effects.announce.push("Nothing to redo".to_owned()),
        }
    }

    fn stepped(&mut self, design: Design, label: &str, effects: &mut Effects) {
        self.mode = Mode::Select;
        self.show(design);
        effects.design_changed = true;
        effects.announce.push(label.to_owned());
    }

    fn zoom(&mut self, factor: f32) {
        let frame = self.viewport.frame;
        let middle = Point::new(frame.x + frame.w / 2.0, frame.y + frame.h / 2.0);
        let bounds = self.layout.bounds;
        self.viewport.zoom_at(middle, factor, &bounds);
        self.fitted = false;
    }

    /// Whether a property could be set so, and why not.
    ///
    /// # Errors
    /// Why not.
    pub fn may_set(&self, set: &Set) -> Result<(), String> {
        self.tried(&[Edit::Set(set.clone())]).map(|_| ()).map_err(|refused| self.set_reason(set, &refused))
    }

    /// Whether a component could be moved into exactly these containers, and why not.
    ///
    /// # Errors
    /// Why not.
    pub fn may_place_in(&self, id: &ComponentId, containers: &[ComponentId]) -> Result<(), String> {
        let at = self.design.component(id.as_str()).and_then(|component| component.at);
        self.tried(&[place(id, containers, at)]).map(|_| ()).map_err(|refused| self.reason(&refused))
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::List(items) if items.is_empty() => "empty".to_owned(),
        other => other.to_string().chars().take(80).collect(),
    }
}
