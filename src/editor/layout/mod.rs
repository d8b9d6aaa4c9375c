//! The layout of the board: where each card, area and route is. Computed from the design alone, never stored.
//!
//! Inside a VPC, Availability Zones are columns and tiers are rows; a component in several subnets of
//! a row is one band across them. What is regional stands on shelves beside the VPC, one for each
//! group of the catalogue; users and on-premises stand above it.
//!
//! INVARIANT: no two cards overlap, and the same design always gives the same layout.

mod grid;
mod place;
mod route;
mod shelves;
#[cfg(test)]
mod tests;
mod vpc;

use std::rc::Rc;
use std::sync::Arc;

use trapwise_model::catalogue::Group;
use trapwise_model::{Component, ComponentId, ComponentKind, Design, Link, SortedMap, SortedSet};

use crate::geometry::{Point, Rect};

pub use vpc::{TIERS, ZONES};
pub(crate) use vpc::{index_of_tier, index_of_zone};

/// Whether shelves stand beside the VPC or, on a narrow screen, beneath it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// Beside it, in three columns.
    #[default]
    Wide,
    /// Beside it, in two columns.
    Medium,
    /// Beneath it.
    Narrow,
}

/// How to lay out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Where the shelves are.
    pub flow: Flow,
    /// Whether rows and columns without a subnet are shown, so that one can be put there.
    pub free_cells: bool,
}

/// The layout of the board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Around all of it.
    pub bounds: Rect,
    /// Frames that hold cards; a frame comes before the frames in it.
    pub areas: Vec<Rc<Area>>,
    /// What is not a frame, by id.
    pub cards: Vec<Rc<Card>>,
    /// Where subnets are or could be.
    pub cells: Vec<Cell>,
    /// Words that stand beside rows, columns and shelves.
    pub captions: Vec<Caption>,
    /// The links, by id.
    pub routes: Vec<Rc<Route>>,
    /// Who stands together, in order.
    pub orders: SortedMap<Row, Vec<ComponentId>>,
    found: Rc<route::Found>,
}

/// A frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// What it is the frame of.
    pub key: AreaKey,
    /// All of it.
    pub rect: Rect,
    /// The strip with its name, by which it is held.
    pub header: Rect,
}

/// What a frame is the frame of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AreaKey {
    /// A component that others stand in.
    Component(ComponentId),
    /// The shelf of a group.
    Shelf(Group),
}

/// A component that is not a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Which one.
    pub id: ComponentId,
    /// What it is.
    pub kind: ComponentKind,
    /// Its pieces: one, or more where its subnets do not line up.
    pub parts: Vec<Part>,
    /// Lines that join the pieces.
    pub joints: Vec<(Point, Point)>,
    /// Whom it stands among.
    pub row: Row,
    /// Whether it is drawn in one line.
    pub compact: bool,
}

/// One piece of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Where.
    pub rect: Rect,
    /// The subnets it crosses, from left to right; none outside a VPC.
    pub spans: Vec<Span>,
}

/// The range of a band in one subnet.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Which subnet.
    pub subnet: ComponentId,
    /// Left edge on the board.
    pub x: f32,
    /// Width.
    pub w: f32,
    /// How many tasks run there, if it is a service or task.
    pub tasks: u32,
}

/// Those who stand together: order has a meaning among them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// Above the VPC: users, on-premises, VPCs themselves.
    Top,
    /// At the top of a VPC: its gateway, its security groups.
    Strip(ComponentId),
    /// The subnets of a VPC.
    Subnets(ComponentId),
    /// In the subnets of a row of a VPC.
    Tier(ComponentId, u8),
    /// In on-premises.
    Inside(ComponentId),
    /// On a shelf.
    Shelf(Group),
}

/// A place for subnets: a zone and a tier of a VPC.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The VPC.
    pub vpc: ComponentId,
    /// The zone, as the subnet's property has it.
    pub zone: &'static str,
    /// The tier, likewise.
    pub tier: &'static str,
    /// Where.
    pub rect: Rect,
    /// Whether a subnet stands there.
    pub used: bool,
}

/// Words on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// Where.
    pub rect: Rect,
    /// The words.
    pub text: &'static str,
}

/// The way of a link on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Which link.
    pub link: Arc<Link>,
    /// Its corners, from its start to its end; only upright and level pieces.
    pub points: Vec<Point>,
    /// Where its label stands: on a long piece.
    pub label: Point,
    /// Whether it covers no card, no name and no other label there.
    pub label_fits: bool,
}

/// Lays out a design.
#[must_use]
pub fn layout(design: &Design, options: Options) -> Layout {
    layout_after(design, options, &Layout::default())
}

/// The same, with every unchanged part shared with the layout before: then comparing is by pointer, and
/// what would come out the same is not computed again.
#[must_use]
pub fn layout_after(design: &Design, options: Options, before: &Layout) -> Layout {
    let mut layout = place::place(design, options);
    let moved = layout.share(before);
    let (routes, found) = route::routes(design, &layout, before, &moved);
    layout.routes = routes;
    layout.found = Rc::new(found);
    layout
}

impl Layout {
    /// The card of that component.
    #[must_use]
    pub fn card(&self, id: &str) -> Option<&Rc<Card>> {
        let index = self.cards.binary_search_by(|card| card.id.as_str().cmp(id)).ok()?;
        self.cards.get(index)
    }

    /// The frame of that component.
    #[must_use]
    pub fn area(&self, id: &str) -> Option<&Rc<Area>> {
        self.areas.iter().find(|area| matches!(&area.key, AreaKey::Component(of) if of.as_str() == id))
    }

    /// Where a component is: around its card's pieces, or its frame.
    #[must_use]
    pub fn rect(&self, id: &str) -> Option<Rect> {
        match self.card(id) {
            Some(card) => Some(card.rect()),
            None => self.area(id).map(|area| area.rect),
        }
    }

    /// Where links reach a component: the pieces of its card, or the strip with its frame's name.
    #[must_use]
    pub fn ends(&self, id: &str) -> Vec<Rect> {
        match self.card(id) {
            Some(card) => card.parts.iter().map(|part| part.rect).collect(),
            None => self.area(id).map(|area| area.header).into_iter().collect(),
        }
    }

    /// The way of that link.
    #[must_use]
    pub fn route(&self, id: &str) -> Option<&Rc<Route>> {
        let index = self.routes.binary_search_by(|route| route.link.id.as_str().cmp(id)).ok()?;
        self.routes.get(index)
    }

    /// Shares every unchanged frame and card with the layout before, and says which are other ones.
    fn share(&mut self, before: &Self) -> SortedSet<ComponentId> {
        let mut moved = Vec::new();
        for area in &mut self.areas {
            match before.areas.iter().find(|old| old.key == area.key) {
                Some(same) if same == area => *area = Rc::clone(same),
                _ => moved.extend(match &area.key {
                    AreaKey::Component(id) => Some(id.clone()),
                    AreaKey::Shelf(_) => None,
                }),
            }
        }
        for card in &mut self.cards {
            match before.card(card.id.as_str()) {
                Some(same) if same == card => *card = Rc::clone(same),
                _ => moved.push(card.id.clone()),
            }
        }
        moved.into_iter().collect()
    }
}

impl Card {
    /// Around all its pieces.
    #[must_use]
    pub fn rect(&self) -> Rect {
        let mut rects = self.parts.iter().map(|part| part.rect);
        let first = rects.next().unwrap_or_default();
        rects.fold(first, |all, rect| all.union(&rect))
    }

    /// Its first piece, which carries its name.
    #[must_use]
    pub fn head(&self) -> Rect {
        self.parts.first().map(|part| part.rect).unwrap_or_default()
    }
}

/// Whether a component is drawn as a frame that others stand in.
#[must_use]
pub fn is_area(kind: ComponentKind) -> bool {
    matches!(kind, ComponentKind::Vpc | ComponentKind::Subnet | ComponentKind::OnPremises)
}

/// The order of neighbours: the order chosen first, then the way a request flows, then by id.
pub(crate) fn sort_key(component: &Component) -> (u32, u8, &str) {
    (component.at.unwrap_or(u32::MAX), rank(component.kind), component.id.as_str())
}

fn rank(kind: ComponentKind) -> u8 {
    use ComponentKind as K;
    match kind {
        K::Users | K::InternetGateway | K::LoadBalancer | K::TaskDefinition | K::IamRole => 0,
        K::OnPremises | K::NatGateway | K::EcsCluster | K::KmsKey | K::EcrRepository => 1,
        K::EcsService | K::Secret | K::CapacityProvider => 2,
        K::StandaloneTask => 3,
        K::AutoScalingGroup | K::VpcEndpoint => 5,
        K::SecurityGroup => 6,
        _ => 4,
    }
}
