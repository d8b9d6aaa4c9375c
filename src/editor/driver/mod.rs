//! An editor under test: chained inputs, and what is expected of it.

mod gestures;
mod intents;
mod multi_select;
mod soundness;

use trapwise_model::{BuildRules, ComponentId, ComponentKind, Design, Target, fixture};

use crate::geometry::{Point, Rect};
use crate::{Button, Command, Device, Editor, Effects, Gesture, Input, Key, Mode};

pub(super) struct Driver {
    pub(super) editor: Editor,
    pub(super) announced: Vec<String>,
    at: Point,
    device: Device,
}

pub(super) fn id(text: &str) -> ComponentId {
    ComponentId::new(text).unwrap()
}

/// A board with two public and two application subnets and a few parts.
pub(super) const BOARD: &str = "
    users: users
    vpc: vpc
      igw: internet-gateway
      public-a: subnet availabilityZone=a tier=public
        alb: load-balancer + public-b
      public-b: subnet availabilityZone=b tier=public
      app-a: subnet availabilityZone=a tier=app
        web: ecs-service
      app-b: subnet availabilityZone=b tier=app
    web-task: task-definition
    role: iam-role
    bucket: s3-bucket
";

impl Driver {
    pub(super) fn new(text: &str) -> Self {
        Self::with(fixture::parse(text).unwrap().design, BuildRules::default())
    }

    pub(super) fn with(design: Design, rules: BuildRules) -> Self {
        let mut driver = Self {
            editor: Editor::new(design, rules),
            announced: Vec::new(),
            at: Point::default(),
            device: Device::Mouse,
        };
        driver.send(Input::Resize(Rect::new(200.0, 100.0, 1400.0, 900.0)));
        driver
    }

    pub(super) fn touch(mut self) -> Self {
        self.device = Device::Touch;
        self
    }

    pub(super) fn send(&mut self, input: Input) -> Effects {
        let effects = self.editor.input(input);
        self.announced.extend(effects.announce.iter().cloned());
        effects
    }

    pub(super) fn run(mut self, command: Command) -> Self {
        let effects = self.editor.run(command);
        self.announced.extend(effects.announce);
        self
    }

    pub(super) fn key(mut self, key: Key) -> Self {
        self.send(Input::Key(key));
        self
    }

    /// A place of the page over the middle of a component.
    pub(super) fn over(&self, id: &str) -> Point {
        self.page(self.editor.layout().ends(id)[0].center())
    }

    /// A place of the page over the middle of a frame.
    pub(super) fn inside(&self, id: &str) -> Point {
        let rect = self.editor.layout().rect(id).unwrap();
        self.page(Point::new(rect.center().x, rect.bottom() - 6.0))
    }

    pub(super) fn page(&self, at: Point) -> Point {
        let view = self.editor.viewport();
        view.to_frame(at).shifted(view.frame.x, view.frame.y)
    }

    pub(super) fn down(mut self, at: Point) -> Self {
        self.at = at;
        let device = self.device;
        self.send(Input::Down { pointer: 1, at, device, button: Button::Primary });
        self
    }

    pub(super) fn move_to(mut self, at: Point) -> Self {
        // In steps, as a hand does.
        for step in 1..=4_u8 {
            let part = f32::from(step) / 4.0;
            let at = Point::new(self.at.x + (at.x - self.at.x) * part, self.at.y + (at.y - self.at.y) * part);
            self.send(Input::Move { pointer: 1, at });
        }
        self.at = at;
        self
    }

    pub(super) fn up(mut self) -> Self {
        let at = self.at;
        self.send(Input::Up { pointer: 1, at });
        self
    }

    pub(super) fn tap(self, at: Point) -> Self {
        self.down(at).up()
    }

    pub(super) fn drag(self, from: Point, to: Point) -> Self {
        self.down(from).move_to(to).up()
    }

    pub(super) fn item(&self, kind: ComponentKind) -> usize {
        self.editor.palette().iter().position(|item| item.kind == kind).unwrap()
    }

    pub(super) fn drag_from_palette(mut self, kind: ComponentKind, to: Point) -> Self {
        let (item, at) = (self.item(kind), Point::new(40.0, 300.0));
        self.at = at;
        self.send(Input::DownOnPalette { pointer: 1, at, item });
        self.move_to(to).up()
    }

    pub(super) fn expect_in(self, id: &str, containers: &[&str]) -> Self {
        let component =
            self.editor.design().component(id).unwrap_or_else(|| panic!("no `{id}`: {:?}", self.announced));
        let actual: Vec<_> = component.containers.iter().map(ComponentId::as_str).collect();
        assert_eq!(actual, containers, "{:?}", self.announced);
        self
    }

    pub(super) fn expect_selected(self, id: &str) -> Self {
        assert_eq!(self.editor.selection(), Some(&Target::Component(self::id(id))), "{:?}", self.announced);
        self
    }

    pub(super) fn expect_link(self, from: &str, kind: &str, to: &str) -> Self {
        let found = self
            .editor
            .design()
            .links()
            .any(|link| link.from.as_str() == from && link.to.as_str() == to && link.kind.name() == kind);
        assert!(found, "no {from} {kind} {to}: {:?}", self.announced);
        self
    }

    pub(super) fn expect_links(self, count: usize) -> Self {
        assert_eq!(self.editor.design().links().len(), count, "{:?}", self.announced);
        self
    }

    pub(super) fn expect_said(self, words: &str) -> Self {
        assert!(
            self.announced.iter().any(|text| text.contains(words)),
            "`{words}` not in {:?}",
            self.announced
        );
        self
    }

    pub(super) fn expect_idle(self) -> Self {
        assert_eq!(self.editor.gesture(), &Gesture::Idle);
        assert_eq!(self.editor.mode(), &Mode::Select);
        self
    }

    pub(super) fn expect_one_step(mut self) -> Self {
        let now = self.editor.design().clone();
        self.editor.run(Command::Undo);
        assert_eq!(self.editor.next_undo(), None, "one undo step, not more");
        self.editor.run(Command::Redo);
        assert_eq!(self.editor.design(), &now);
        self
    }

    pub(super) fn expect_unchanged(self, text: &str) -> Self {
        assert_eq!(**self.editor.design(), fixture::parse(text).unwrap().design, "{:?}", self.announced);
        assert_eq!(self.editor.next_undo(), None);
        self
    }
}
