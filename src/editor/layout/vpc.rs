//! A VPC: zones are columns, tiers are rows, components are bands across the subnets of a row.

use std::sync::Arc;

use trapwise_model::catalogue::prop;
use trapwise_model::{Component, ComponentId, ComponentKind, SortedMap};

use super::place::Board;
use super::{AreaKey, Caption, Cell, Part, Row, Span, sort_key};
use crate::geometry::{Point, Rect};
use crate::layout::grid::{self, CARD_W, GAP, HEADER, PAD, card_height, is_compact};

/// The zones there are, in order.
pub const ZONES: [&str; 3] = ["a", "b", "c"];
/// The tiers there are, from the top, with their names.
pub const TIERS: [(&str, &str); 3] = [("public", "Public"), ("app", "Application"), ("data", "Data")];

const ZONE_NAMES: [&str; 3] = ["Availability Zone a", "Availability Zone b", "Availability Zone c"];
pub(super) const SUBNET_W: f32 = CARD_W + 2.0 * PAD;
/// Free stripes around rows and columns, in which links run.
pub(super) const CHANNEL: f32 = 26.0;
/// Width of a zone, height of a tier, without any subnet.
const SLIM: f32 = 40.0;

/// Lays out one VPC with its top left corner there, and returns its rectangle.
pub(super) fn place_vpc(board: &mut Board<'_>, vpc: &Arc<Component>, at: Point) -> Rect {
    let children = board.children(vpc.id.as_str());
    let (mut subnets, mut strip): (Vec<_>, Vec<_>) =
        children.into_iter().partition(|child| child.kind == ComponentKind::Subnet);
    subnets.sort_by_key(|subnet| sort_key(subnet).0);
    strip.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    let columns = columns(&subnets, at.x + CHANNEL, board.options.free_cells);
    let right = columns.last().map_or(at.x + CHANNEL + SUBNET_W, |column| column.x + column.w);
    // What belongs to the whole VPC is in line with the subnets, so that the stripes between zones
    // are free from top to bottom.
    let mut xs: Vec<f32> = columns
        .iter()
        .filter(|column| !column.slim)
        .flat_map(|column| slot_starts(column.x, column.w))
        .collect::<Vec<_>>();
    if xs.is_empty() {
        xs.push(at.x + CHANNEL + PAD);
    }

    let area = board.layout.areas.len();
    let header = Rect::new(at.x + 8.0, at.y + 4.0, 120.0, HEADER - 4.0);
    board.area(AreaKey::Component(vpc.id.clone()), Rect::default(), header);
    let strip_row = Row::Strip(vpc.id.clone());
    let mut y = grid::tile(board, &strip, &xs, at.y + HEADER + 4.0, &strip_row) + CHANNEL * 0.6;

    for column in &columns {
        let text = if column.slim { "" } else { ZONE_NAMES.get(column.zone).copied().unwrap_or_default() };
        board.layout.captions.push(Caption { rect: Rect::new(column.x, y, column.w, 16.0), text });
    }
    y += 20.0;
    for (tier, (tier_id, tier_name)) in TIERS.iter().enumerate() {
        let here = subnets.iter().filter(|subnet| index_of_tier(subnet) == tier).cloned().collect::<Vec<_>>();
        if here.is_empty() && !board.options.free_cells {
            continue;
        }
        let bottom = place_tier(board, vpc, tier, &here, &columns, y);
        for column in &columns {
            let used = here.iter().any(|subnet| index_of_zone(subnet) == column.zone);
            let (Some(zone), rect) =
                (ZONES.get(column.zone).copied(), Rect::new(column.x, y, column.w, bottom - y))
            else {
                continue;
            };
            board.layout.cells.push(Cell { vpc: vpc.id.clone(), zone, tier: tier_id, rect, used });
        }
        if here.is_empty() {
            board.layout.captions.push(Caption {
                rect: Rect::new(at.x + CHANNEL + 8.0, y, 200.0, bottom - y),
                text: tier_name,
            });
        }
        y = bottom + CHANNEL;
    }
    let bottom = y.max(at.y + HEADER + 80.0) - CHANNEL * 0.3;
    let rect = Rect::new(at.x, at.y, right + CHANNEL - at.x, bottom - at.y);
    board.resize_area(area, rect);
    let ids = subnets.iter().map(|subnet| subnet.id.clone()).collect();
    board.layout.orders.insert(Row::Subnets(vpc.id.clone()), ids);
    rect
}

struct Column {
    zone: usize,
    x: f32,
    w: f32,
    slim: bool,
}

fn columns(subnets: &[Arc<Component>], left: f32, free: bool) -> Vec<Column> {
    let mut x = left;
    let mut columns = Vec::new();
    for zone in 0..ZONES.len() {
        let most = (0..TIERS.len())
            .map(|tier| {
                subnets.iter().filter(|s| index_of_zone(s) == zone && index_of_tier(s) == tier).count()
            })
            .max()
            .unwrap_or(0);
        // The first two zones of an empty board are wide: that is where the first subnets go.
        let slim = most == 0 && (!subnets.is_empty() || zone > 1);
        if slim && !free {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of subnets")]
        let slots = most.max(1) as f32;
        let w = if slim { SLIM } else { slots * SUBNET_W + (slots - 1.0) * GAP };
        columns.push(Column { zone, x, w, slim });
        x += w + CHANNEL;
    }
    columns
}

/// Where cards start in the slots of a column.
fn slot_starts(x: f32, w: f32) -> impl Iterator<Item = f32> {
    std::iter::successors(Some(x), |x| Some(x + SUBNET_W + GAP))
        .take_while(move |start| start + SUBNET_W <= x + w + 0.5)
        .map(|x| x + PAD)
}

/// A subnet with its range of the row, and whether it touches the one before.
struct Slot {
    id: ComponentId,
    x: f32,
    w: f32,
    joined: bool,
}

fn place_tier(
    board: &mut Board<'_>,
    vpc: &Component,
    tier: usize,
    subnets: &[Arc<Component>],
    columns: &[Column],
    top: f32,
) -> f32 {
    if subnets.is_empty() {
        return top + SLIM;
    }
    let slots = slots(subnets, columns);
    let index = SortedMap::from_iter(slots.iter().enumerate().map(|(index, slot)| (slot.id.as_str(), index)));
    let mut bands: SortedMap<ComponentId, Arc<Component>> = SortedMap::new();
    for slot in &slots {
        for child in board.children(slot.id.as_str()) {
            bands.insert(child.id.clone(), child);
        }
    }
    let mut bands = bands.into_values().collect::<Vec<_>>();
    bands.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));

    // Each band takes the first lane in which the range from its first to its last subnet is free.
    let mut lanes: Vec<(f32, Vec<(usize, usize)>)> = Vec::new();
    let mut placed = Vec::with_capacity(bands.len());
    for band in &bands {
        let mut at: Vec<usize> =
            band.containers.iter().filter_map(|id| index.get(id.as_str()).copied()).collect::<Vec<_>>();
        at.sort();
        let (Some(first), Some(last)) = (at.first().copied(), at.last().copied()) else { continue };
        let free =
            |lane: &(f32, Vec<(usize, usize)>)| lane.1.iter().all(|(from, to)| last < *from || *to < first);
        let lane = lanes.iter().position(free).unwrap_or_else(|| {
            lanes.push((0.0, Vec::new()));
            lanes.len() - 1
        });
        if let Some((height, taken)) = lanes.get_mut(lane) {
            *height = height.max(card_height(band.kind));
            taken.push((first, last));
        }
        placed.push((band, at, lane));
    }
    let mut tops = Vec::with_capacity(lanes.len());
    let mut y = top + HEADER + 2.0;
    for (height, _) in &lanes {
        tops.push(y);
        y += height + GAP;
    }
    let bottom = (y - GAP + PAD).max(top + HEADER + 52.0 + PAD);
    for slot in &slots {
        let rect = Rect::new(slot.x, top, slot.w, bottom - top);
        let header = Rect::new(slot.x + 6.0, top + 3.0, slot.w - 12.0, HEADER - 4.0);
        board.area(AreaKey::Component(slot.id.clone()), rect, header);
    }
    let row = Row::Tier(vpc.id.clone(), u8::try_from(tier).unwrap_or(0));
    let order = board.layout.orders.entry(row.clone()).or_default();
    order.extend(bands.iter().map(|band| band.id.clone()));
    for (band, at, lane) in placed {
        let y = tops.get(lane).copied().unwrap_or(top);
        let parts = parts(&slots, &at, y, card_height(band.kind));
        board.card(band, parts, row.clone(), is_compact(band.kind));
    }
    bottom
}

/// The pieces of a band: one for each run of subnets that touch.
fn parts(slots: &[Slot], at: &[usize], y: f32, h: f32) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut before = None;
    for index in at {
        let Some(slot) = slots.get(*index) else { continue };
        let span = Span { subnet: slot.id.clone(), x: slot.x, w: slot.w, tasks: 0 };
        let right = slot.x + slot.w - PAD;
        match parts.last_mut() {
            Some(part) if slot.joined && before == index.checked_sub(1) => {
                part.rect.w = right - part.rect.x;
                part.spans.push(span);
            }
            _ => {
                let rect = Rect::new(slot.x + PAD, y, slot.w - 2.0 * PAD, h);
                parts.push(Part { rect, spans: vec![span] });
            }
        }
        before = Some(*index);
    }
    parts
}

fn slots(subnets: &[Arc<Component>], columns: &[Column]) -> Vec<Slot> {
    let mut slots = Vec::with_capacity(subnets.len());
    // Whether the column before has a subnet in this row, up to its right edge.
    let mut joined = false;
    for column in columns {
        let here = subnets.iter().filter(|subnet| index_of_zone(subnet) == column.zone).collect::<Vec<_>>();
        let count = here.len();
        for (index, subnet) in here.into_iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a handful of subnets")]
            let x = column.x + index as f32 * (SUBNET_W + GAP);
            // The last subnet of a cell takes the room that is left.
            let w = if index + 1 == count { column.x + column.w - x } else { SUBNET_W };
            slots.push(Slot { id: subnet.id.clone(), x, w, joined: joined || index > 0 });
        }
        joined = count > 0;
    }
    slots
}

pub(crate) fn index_of_zone(subnet: &Component) -> usize {
    ZONES.iter().position(|zone| subnet.text(prop::AVAILABILITY_ZONE) == Some(zone)).unwrap_or(0)
}

pub(crate) fn index_of_tier(subnet: &Component) -> usize {
    TIERS.iter().position(|(tier, _)| subnet.text(prop::TIER) == Some(tier)).unwrap_or(1)
}
