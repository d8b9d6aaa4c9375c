//! What is drawn above everything while something is done: knobs, grips, what is dragged, where it
//! would go, and why or why not.

use trapwise_editor::geometry::{Point, Rect};
use trapwise_editor::{Carry, Draw, Editor, Gesture, HANDLE, Mode, ResizeSpan, frame_between};
use trapwise_model::{ComponentId, Target};
use yew::prelude::*;

use super::cards::use_rect;
use super::links::at;
use crate::platform::board;
use crate::ui::icon::icon_with;

#[derive(Properties, PartialEq)]
pub(super) struct OverlayProps {
    pub(super) editor: Editor,
}

fn carry(editor: &Editor) -> Option<&Carry> {
    match (editor.gesture(), editor.mode()) {
        (Gesture::Carrying(_, carry), _) | (Gesture::Idle, Mode::Place(carry)) => Some(carry),
        _ => None,
    }
}

fn draw(editor: &Editor) -> Option<&Draw> {
    match (editor.gesture(), editor.mode()) {
        (Gesture::Drawing(_, draw), _) | (Gesture::Idle, Mode::Connect(draw)) => Some(draw),
        _ => None,
    }
}

fn resized_span(editor: &Editor) -> Option<&ResizeSpan> {
    if let Gesture::ResizingSpan(span) = editor.gesture() { Some(span) } else { None }
}

#[component]
pub(super) fn Overlay(props: &OverlayProps) -> Html {
    let editor = &props.editor;
    let busy = carry(editor).is_some() || draw(editor).is_some();
    let mut with_knobs: Vec<&ComponentId> = Vec::new();
    if !busy && editor.also().is_empty() {
        for target in [editor.selection(), editor.hover()].into_iter().flatten() {
            if let Target::Component(id) = target
                && !with_knobs.contains(&id)
            {
                with_knobs.push(id);
            }
        }
    }
    let knobs = with_knobs.iter().flat_map(|id| knobs(editor, id)).collect::<Vec<_>>();
    html! {
        <>
            <svg class="overlay" width="1" height="1" aria-hidden="true">
                { drop_frame(editor) }
                { marquee(editor) }
                { span_targets(editor) }
                { loose_link(editor) }
                { for knobs }
            </svg>
            if let Some(carry) = carry(editor) {
                if let Some(at) = carry.at {
                    <Ghost
                        rect={Rect::new(at.x + carry.grab.x, at.y + carry.grab.y, carry.size.0, carry.size.1)}
                        kind={editor.subject_kind(&carry.subject).map_or("", |kind| kind.name())}
                        name={name(editor, carry)}
                        legal={carry.drop.as_ref().map(|drop| drop.verdict.is_ok())}
                    />
                }
            }
        </>
    }
}

fn name(editor: &Editor, carry: &Carry) -> String {
    match &carry.subject {
        trapwise_editor::Subject::Item(index) => editor.item_label(*index),
        trapwise_editor::Subject::Component(id, _) => editor.title(id),
    }
}

fn knobs(editor: &Editor, id: &ComponentId) -> Vec<Html> {
    let selected = editor.selected_component() == Some(id);
    let mut knobs: Vec<Html> = editor
        .handles(id.as_str())
        .into_iter()
        .map(|at| {
            html! {
                <g class={classes!("knob", selected.then_some("selected"))} transform={format!("translate({} {})", at.x, at.y)}>
                    <circle class="reach" r="14" />
                    <circle r={(HANDLE - 1.0).to_string()} />
                    <path d="M-2.6 0 H2.6 M0 -2.6 V2.6" />
                </g>
            }
        })
        .collect();
    knobs.extend(
        editor
            .grips(id.as_str())
            .into_iter()
            .map(|(_, _, rect)| rounded("grip", Rect::new(rect.x + 2.0, rect.y, 4.0, rect.h), "2")),
    );
    knobs
}

/// The area in which what is carried would be put.
fn drop_frame(editor: &Editor) -> Html {
    let drop = carry(editor).and_then(|carry| carry.drop.as_ref());
    match drop.and_then(|drop| Some((drop.rect?, drop.verdict.is_ok()))) {
        Some((rect, legal)) => frame(rect, legal),
        None => Html::default(),
    }
}

/// The frame being drawn around what is to be selected.
fn marquee(editor: &Editor) -> Html {
    let Gesture::Framing { from, to, .. } = editor.gesture() else { return Html::default() };
    rounded("marquee", frame_between(*from, *to), "0")
}

fn frame(rect: Rect, legal: bool) -> Html {
    rounded(if legal { "drop legal" } else { "drop illegal" }, rect, "8")
}

/// A rectangle with rounded corners.
fn rounded(class: &'static str, rect: Rect, rx: &'static str) -> Html {
    let number = |number: f32| number.to_string();
    html! { <rect {class} x={number(rect.x)} y={number(rect.y)} width={number(rect.w)} height={number(rect.h)} {rx} /> }
}

/// The subnets that a band would be in.
fn span_targets(editor: &Editor) -> Html {
    let Some(span) = resized_span(editor) else { return Html::default() };
    let legal = span.verdict.is_ok();
    let rects = span.containers.iter().filter_map(|id| editor.layout().area(id.as_str()));
    rects.map(|area| frame(area.rect, legal)).collect()
}

fn loose_link(editor: &Editor) -> Html {
    let Some(draw) = draw(editor) else { return Html::default() };
    let ends = editor.layout().ends(draw.from.as_str());
    let Some(from) = ends.first() else { return Html::default() };
    let to = draw.at;
    let edge = edge_point(from, to);
    let bend = (to.x - edge.x).abs().max((to.y - edge.y).abs()) * 0.4;
    let (dx, dy) = if edge.y > from.y && edge.y < from.bottom() { (bend, 0.0) } else { (0.0, bend) };
    let sign = |value: f32| if value < 0.0 { -1.0 } else { 1.0 };
    let (dx, dy) = (dx * sign(to.x - edge.x), dy * sign(to.y - edge.y));
    let (after, before) = (edge.shifted(dx, dy), to.shifted(-dx, -dy));
    let d = format!("M{} C{} {} {}", at(edge), at(after), at(before), at(to));
    let class = match &draw.verdict {
        Some(Ok(_)) => "loose legal",
        Some(Err(_)) => "loose illegal",
        None => "loose",
    };
    let target = draw.target.as_ref().and_then(|id| editor.layout().ends(id.as_str()).first().copied());
    html! {
        <g {class}>
            if let Some(rect) = target {
                { rounded("loose-target", Rect::new(rect.x - 3.0, rect.y - 3.0, rect.w + 6.0, rect.h + 6.0), "10") }
            }
            <path {d} />
            <circle cx={to.x.to_string()} cy={to.y.to_string()} r="4" />
        </g>
    }
}

/// Where a line from a card to a place leaves the card.
fn edge_point(card: &Rect, to: Point) -> Point {
    let middle = card.center();
    let (dx, dy) = (to.x - middle.x, to.y - middle.y);
    if dx.abs() * card.h > dy.abs() * card.w {
        Point::new(if dx > 0.0 { card.right() } else { card.x }, middle.y)
    } else {
        Point::new(middle.x, if dy > 0.0 { card.bottom() } else { card.y })
    }
}

#[derive(Properties, PartialEq)]
struct GhostProps {
    rect: Rect,
    kind: AttrValue,
    name: String,
    legal: Option<bool>,
}

/// What is dragged.
#[component]
fn Ghost(props: &GhostProps) -> Html {
    let node = use_node_ref();
    use_rect(&node, props.rect);
    let class = classes!("card", "ghost", props.legal.map(|legal| if legal { "legal" } else { "illegal" }));
    html! {
        <div ref={node} {class} aria-hidden="true">
            { icon_with(&props.kind, classes!("card-icon")) }
            <div class="card-words"><span class="card-name">{ &props.name }</span></div>
        </div>
    }
}

/// What letting go would do, in words beside the pointer.
#[component]
pub(super) fn Hint(props: &OverlayProps) -> Html {
    let editor = &props.editor;
    let node = use_node_ref();
    let shown = hint(editor);
    let frame = editor.viewport().frame;
    let place = shown.as_ref().map(|(at, ..)| {
        let at = editor.viewport().to_frame(*at);
        // Left of the pointer where there is no room to its right.
        (at.x.min(frame.w - 250.0).max(8.0) + 16.0, (at.y + 20.0).min(frame.h - 48.0))
    });
    {
        let node = node.clone();
        use_effect_with(place, move |place| {
            if let Some((x, y)) = place {
                board::put_at(&node, *x, *y);
            }
        });
    }
    let Some((_, legal, words)) = shown else { return Html::default() };
    let class = classes!("hint", if legal { "legal" } else { "illegal" });
    html! { <p ref={node} {class}>{ words }</p> }
}

fn hint(editor: &Editor) -> Option<(Point, bool, String)> {
    let verdict = |at: Point, verdict: &Result<String, String>| match verdict {
        Ok(words) if words.is_empty() => None,
        Ok(words) => Some((at, true, words.clone())),
        Err(words) => Some((at, false, words.clone())),
    };
    if let Some(carry) = carry(editor) {
        return verdict(carry.at?, &carry.drop.as_ref()?.verdict);
    }
    if let Some(draw) = draw(editor) {
        return verdict(draw.at, draw.verdict.as_ref()?);
    }
    let span = resized_span(editor)?;
    let area = span.containers.last().and_then(|id| editor.layout().area(id.as_str()))?;
    verdict(area.rect.center(), &span.verdict)
}
