//! The editor's state, and the one place where a change becomes an undo step.

use std::rc::Rc;

use trapwise_model::{
    BuildRules, ComponentId, ComponentKind, Design, Edit, EditError, PaletteItem, Props, Refusal, Target,
};

use crate::connect::LinkQuestion;
use crate::drop::Subject;
use crate::geometry::Point;
use crate::gesture::Gesture;
use crate::history::History;
use crate::layout::{Flow, Layout, Options, layout_after};
use crate::mode::Mode;
use crate::viewport::Viewport;
use crate::words;

/// Narrower boards than this, in CSS pixels, have their shelves beneath the VPC.
const NARROW: f32 = 620.0;
/// Narrower boards than this have their shelves in two columns beside it.
const MEDIUM: f32 = 1150.0;
/// Fitting a board does not make it smaller than this if it can be scrolled one way instead.
const READABLE: f32 = 0.62;

/// The editor: a design, what may be done with it, and what the learner is doing.
///
/// Cheap to clone: everything large is shared.
#[derive(Clone)]
pub struct Editor {
    pub(crate) design: Rc<Design>,
    pub(crate) rules: Rc<BuildRules>,
    pub(crate) palette: Rc<[PaletteItem]>,
    pub(crate) layout: Rc<Layout>,
    pub(crate) history: Rc<History>,
    pub(crate) selection: Option<Target>,
    /// Other selected components; empty unless one is selected.
    pub(crate) also: Rc<Vec<ComponentId>>,
    pub(crate) multi_select: bool,
    /// What the next paste adds once more.
    pub(crate) copied: Rc<Vec<ComponentId>>,
    pub(crate) animated: bool,
    pub(crate) hover: Option<Target>,
    pub(crate) viewport: Viewport,
    pub(crate) flow: Flow,
    pub(crate) gesture: Gesture,
    pub(crate) mode: Mode,
    pub(crate) question: Option<Rc<LinkQuestion>>,
    /// Whether the viewport has been fitted to the board and not been moved by hand since.
    pub(crate) fitted: bool,
    /// Whether the size of the board's element is known.
    measured: bool,
    /// What is to be scrolled into view once it is.
    to_show: Rc<[Target]>,
}

/// What an input or a command did beside changing the editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The design is another one: save it.
    pub design_changed: bool,
    /// The text for screen readers.
    pub announce: Vec<String>,
    /// The inspector is asked for.
    pub open_inspector: bool,
}

/// Why an edit was not made.
#[derive(Debug)]
pub(crate) enum Refused {
    Rule(Refusal),
    Edit(EditError),
}

impl Default for Editor {
    fn default() -> Self {
        Self::new(Design::new(), BuildRules::default())
    }
}

impl Editor {
    /// An editor on a design.
    #[must_use]
    pub fn new(design: Design, rules: BuildRules) -> Self {
        let palette = if rules.palette.is_empty() { every_kind() } else { rules.palette.clone() };
        let mut editor = Self {
            design: Rc::new(design),
            rules: Rc::new(rules),
            palette: palette.into(),
            layout: Rc::default(),
            history: Rc::default(),
            selection: None,
            also: Rc::default(),
            multi_select: false,
            copied: Rc::default(),
            animated: false,
            hover: None,
            viewport: Viewport::default(),
            flow: Flow::default(),
            gesture: Gesture::Idle,
            mode: Mode::Select,
            question: None,
            fitted: true,
            measured: false,
            to_show: Rc::default(),
        };
        editor.lay_out();
        editor.fit();
        editor
    }

    /// Puts another design on the board and forgets what was done before.
    pub fn load(&mut self, design: Design, rules: BuildRules) {
        let (frame, measured) = (self.viewport.frame, self.measured);
        *self = Self::new(design, rules);
        self.measured = measured;
        self.viewport.frame = frame;
        self.choose_flow();
        self.fit();
    }

    /// The design on the board.
    #[must_use]
    pub const fn design(&self) -> &Rc<Design> {
        &self.design
    }

    /// What may be built.
    #[must_use]
    pub const fn rules(&self) -> &Rc<BuildRules> {
        &self.rules
    }

    /// What can be added: the scenario's palette, or every kind.
    #[must_use]
    pub const fn palette(&self) -> &Rc<[PaletteItem]> {
        &self.palette
    }

    /// The layout of the board.
    #[must_use]
    pub const fn layout(&self) -> &Rc<Layout> {
        &self.layout
    }

    /// What is selected.
    #[must_use]
    pub const fn selection(&self) -> Option<&Target> {
        self.selection.as_ref()
    }

    /// The selected component.
    #[must_use]
    pub const fn selected_component(&self) -> Option<&ComponentId> {
        match &self.selection {
            Some(Target::Component(id)) => Some(id),
            _ => None,
        }
    }

    /// What the pointer rests on.
    #[must_use]
    pub const fn hover(&self) -> Option<&Target> {
        self.hover.as_ref()
    }

    /// The visible part of the board.
    #[must_use]
    pub const fn viewport(&self) -> &Viewport {
        &self.viewport
    }

    /// Whether what is shown goes to its new place by itself, and is not pulled there by a pointer.
    #[must_use]
    pub const fn animated(&self) -> bool {
        self.animated
    }

    /// Where the shelves are.
    #[must_use]
    pub const fn flow(&self) -> Flow {
        self.flow
    }

    /// What the next tap does.
    #[must_use]
    pub const fn mode(&self) -> &Mode {
        &self.mode
    }

    /// What a drawn link is to mean, if that has to be asked.
    #[must_use]
    pub const fn question(&self) -> Option<&Rc<LinkQuestion>> {
        self.question.as_ref()
    }

    /// The label of the step that undo would revert.
    #[must_use]
    pub fn next_undo(&self) -> Option<&str> {
        self.history.next_undo()
    }

    /// The label of the step that redo would repeat.
    #[must_use]
    pub fn next_redo(&self) -> Option<&str> {
        self.history.next_redo()
    }

    /// The name of the component of that id.
    #[must_use]
    pub fn title(&self, id: &ComponentId) -> String {
        words::title_of(&self.design, id)
    }

    /// The design after some edits, and the edits that undo them.
    pub(crate) fn tried(&self, edits: &[Edit]) -> Result<(Design, Vec<Edit>), Refused> {
        let mut design = Design::clone(&self.design);
        let mut inverse = Vec::with_capacity(edits.len());
        for edit in edits {
            self.rules.check(&design, edit).map_err(Refused::Rule)?;
            inverse.push(design.apply(edit).map_err(Refused::Edit)?);
        }
        Ok((design, inverse.into_iter().rev().flatten().collect()))
    }

    /// Makes the edits as one undo step.
    pub(crate) fn commit(
        &mut self,
        label: &str,
        edits: Vec<Edit>,
        effects: &mut Effects,
    ) -> Result<(), Refused> {
        if edits.is_empty() {
            return Ok(());
        }
        let (design, inverse) = self.tried(&edits)?;
        Rc::make_mut(&mut self.history).push(label.to_owned(), edits, inverse);
        self.show(design);
        effects.design_changed = true;
        effects.announce.push(label.to_owned());
        Ok(())
    }

    /// Shows another state of the design.
    pub(crate) fn show(&mut self, design: Design) {
        self.design = Rc::new(design);
        let exists = |target: &Target| match target {
            Target::Component(id) => self.design.component(id.as_str()).is_some(),
            Target::Link(id) => self.design.link(id.as_str()).is_some(),
        };
        let selection = self.selection.take().filter(exists);
        if self.also.is_empty() {
            self.selection = selection;
        } else {
            let also = self.also.iter().filter(|id| self.design.component(id.as_str()).is_some());
            let first = match selection {
                Some(Target::Component(id)) => Some(id),
                _ => None,
            };
            self.select_all_of(first.into_iter().chain(also.cloned()).collect());
        }
        self.hover = None;
        self.question = None;
        self.lay_out();
        // Who has not chosen another view continues to see the whole board as it grows.
        if self.fitted && !self.viewport.shows(&self.layout.bounds) {
            self.fit();
        }
    }

    pub(crate) fn lay_out(&mut self) {
        self.layout = Rc::new(self.layout_of(&self.design));
    }

    /// Where everything of a design would be, were it on this board.
    #[must_use]
    pub fn layout_of(&self, design: &Design) -> Layout {
        // Free rows and columns take room: they are there while a subnet could go into one.
        let may_add = |item: &PaletteItem| {
            item.kind == ComponentKind::Subnet && self.rules.remaining(&self.design, item) > 0
        };
        let free_cells = self.palette.iter().any(may_add)
            || self
                .design
                .components()
                .any(|part| part.kind == ComponentKind::Subnet && !self.rules.is_locked(part.id.as_str()));
        layout_after(design, Options { flow: self.flow, free_cells }, &self.layout)
    }

    /// The board's element has this place and size in the page.
    pub(crate) fn resize(&mut self, frame: crate::geometry::Rect) {
        // A board that is out of view for a while comes back as it was.
        if frame.w <= 0.0 || frame.h <= 0.0 {
            self.measured = false;
            return;
        }
        let (before, flow) = (self.viewport.frame, self.flow);
        self.viewport.frame = frame;
        if frame.w != before.w || !self.measured {
            self.choose_flow();
        }
        let resized = frame.w != before.w || frame.h != before.h;
        if flow != self.flow || (resized && self.fitted) {
            self.fit();
        }
        self.measured = true;
        let waiting = std::mem::take(&mut self.to_show);
        self.look_at(&waiting);
    }

    /// Shelves stand beside the VPC where both can be read so.
    fn choose_flow(&mut self) {
        let width = self.viewport.frame.w;
        self.flow = match width {
            w if w < NARROW => Flow::Narrow,
            w if w < MEDIUM => Flow::Medium,
            _ => Flow::Wide,
        };
        self.lay_out();
        if self.flow != Flow::Narrow && self.layout.bounds.w * READABLE > width {
            self.flow = Flow::Narrow;
            self.lay_out();
        }
    }

    pub(crate) fn fit(&mut self) {
        // On a phone a board is read from top to bottom: its width is what has to fit.
        let phone = self.viewport.frame.w < NARROW;
        let least = if phone { self.viewport.whole_width(&self.layout.bounds, READABLE) } else { READABLE };
        self.viewport.fit(&self.layout.bounds, least);
        self.fitted = true;
    }

    /// Scrolls components into view: all of them where they fit, and the first in any case.
    pub(crate) fn look_at(&mut self, targets: &[Target]) {
        let rects = targets.iter().filter_map(|target| self.rect_of(target)).collect::<Vec<_>>();
        let Some(first) = rects.first().copied() else { return };
        if !self.measured {
            self.to_show = targets.into();
        }
        let all = rects.iter().fold(first, |all, rect| all.union(rect));
        let moved = self.viewport.reveal(&all);
        if self.viewport.reveal(&first) || moved {
            self.fitted = false;
        }
    }

    /// A refusal in words, with names instead of ids.
    pub(crate) fn reason(&self, refused: &Refused) -> String {
        self.with_names(&words_of(refused))
    }

    /// Text in which ids in backticks have become names.
    pub(crate) fn with_names(&self, text: &str) -> String {
        let mut named = String::with_capacity(text.len());
        for (index, piece) in text.split('`').enumerate() {
            match self.design.component(piece) {
                Some(component) if index % 2 == 1 => named.push_str(&words::title(component)),
                _ => named.push_str(piece),
            }
        }
        let mut letters = named.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
    }

    /// Where the middle of a component is, on the board.
    pub(crate) fn middle(&self, id: &str) -> Point {
        let head = self.layout.ends(id).first().copied();
        head.unwrap_or_default().center()
    }
}

impl Editor {
    /// Whether the board and what is selected on it are the same, whatever a pointer is doing: what
    /// stands beside the board need not be drawn again while something is dragged.
    #[must_use]
    pub fn same_board(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.design, &other.design)
            && Rc::ptr_eq(&self.rules, &other.rules)
            && Rc::ptr_eq(&self.layout, &other.layout)
            && self.selection == other.selection
            && self.also == other.also
    }

    /// The item of the palette that is picked up, to be placed by the next tap.
    #[must_use]
    pub const fn picked_item(&self) -> Option<usize> {
        match &self.mode {
            Mode::Place(carry) => match &carry.subject {
                Subject::Item(index) => Some(*index),
                Subject::Component(..) => None,
            },
            _ => None,
        }
    }
}

impl PartialEq for Editor {
    /// By pointer where there is one: cheap, and a difference only makes the page draw once more.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.design, &other.design)
            && Rc::ptr_eq(&self.rules, &other.rules)
            && Rc::ptr_eq(&self.layout, &other.layout)
            && Rc::ptr_eq(&self.history, &other.history)
            && self.selection == other.selection
            && self.also == other.also
            && self.multi_select == other.multi_select
            && self.copied == other.copied
            && self.hover == other.hover
            && self.viewport == other.viewport
            && self.gesture == other.gesture
            && self.mode == other.mode
            && self.question == other.question
            && self.measured == other.measured
            && Rc::ptr_eq(&self.to_show, &other.to_show)
    }
}

/// A refusal as the model says it.
pub(crate) fn words_of(refused: &Refused) -> String {
    match refused {
        Refused::Rule(refusal) => refusal.to_string(),
        Refused::Edit(error) => error.to_string(),
    }
}

fn every_kind() -> Vec<PaletteItem> {
    let item = |kind: &ComponentKind| PaletteItem {
        kind: *kind,
        preset: None,
        label: None,
        help: None,
        props: Props::new(),
        limit: None,
    };
    ComponentKind::ALL.iter().map(item).collect()
}
