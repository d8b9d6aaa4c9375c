//! Cards: one memoised view per component.

use std::rc::Rc;
use std::sync::Arc;

use trapwise_documents::terms::Severity;
use trapwise_editor::geometry::Rect;
use trapwise_editor::layout::{Card, Part};
use trapwise_editor::words;
use trapwise_model::{Component, ComponentId, SortedMap, Target};
use yew::prelude::*;

use super::Scene;
use crate::platform::board;
use crate::ui::annotations::{Annotation, Annotations, PathStep};
use crate::ui::icon::icon_with;

#[derive(Properties, PartialEq)]
pub(super) struct CardsProps {
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Option<Target>,
    /// What is selected beside it.
    pub(super) also: Rc<Vec<ComponentId>>,
    pub(super) annotations: Rc<Annotations>,
    /// The component that is being dragged.
    pub(super) lifted: Option<ComponentId>,
    /// Where a link that is being drawn may end; with whether only the reverse is legal.
    pub(super) targets: Option<Rc<SortedMap<ComponentId, bool>>>,
}

/// How a card looks beside what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Look {
    selected: bool,
    lifted: bool,
    /// Whether a link may end here, while one is drawn.
    target: Option<bool>,
    annotation: Option<Annotation>,
    /// Whether the evidence goes through here, and works.
    path: Option<bool>,
    change: Option<&'static str>,
}

#[component]
pub(super) fn Cards(props: &CardsProps) -> Html {
    let CardsProps { scene, selection, also, annotations, lifted, targets } = props;
    let cards = scene.layout.cards.iter().filter_map(|card| {
        let component = scene.design.component(card.id.as_str())?;
        let is = |target: &Option<Target>| matches!(target, Some(Target::Component(id)) if *id == card.id);
        let look = Look {
            selected: is(selection) || also.contains(&card.id),
            lifted: lifted.as_ref() == Some(&card.id),
            target: targets.as_ref().map(|targets| targets.contains_key(&card.id)),
            annotation: annotations.components.get(&card.id).copied(),
            path: works(annotations.path.iter().filter(|step| step.component.as_ref() == Some(&card.id))),
            change: scene.diff.component(card.id.as_str()).map(super::diff::Change::class),
        };
        Some(html! {
            <CardView key={card.id.as_str()} card={card.clone()} component={component.clone()} {look} />
        })
    });
    html! { <div class={classes!("cards", (!annotations.path.is_empty()).then_some("tracing"))}>{ for cards }</div> }
}

/// Whether every step at one part works; none if there is none.
pub(super) fn works<'a>(mut steps: impl Iterator<Item = &'a PathStep>) -> Option<bool> {
    let first = steps.next()?;
    Some(first.ok && steps.all(|step| step.ok))
}

#[derive(Properties)]
struct CardProps {
    card: Rc<Card>,
    component: Arc<Component>,
    look: Look,
}

impl PartialEq for CardProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.card, &other.card)
            && Arc::ptr_eq(&self.component, &other.component)
            && self.look == other.look
    }
}

#[component]
fn CardView(props: &CardProps) -> Html {
    let CardProps { card, component, look } = props;
    let class = classes!(
        "card",
        format!("cat-{}", component.kind.spec().group),
        card.compact.then_some("compact"),
        look.selected.then_some("selected"),
        look.lifted.then_some("lifted"),
        look.target.map(|may| if may { "target" } else { "no-target" }),
        look.path.map(|ok| if ok { "on-path" } else { "blocks-path" }),
        look.annotation.map(|annotation| severity_class(annotation.severity)),
        look.annotation.filter(|annotation| annotation.active).map(|_| "active-finding"),
        look.change,
    );
    let parts = card.parts.iter().enumerate().map(|(index, part)| {
        html! {
            <PartView key={index} part={part.clone()} component={component.clone()} class={class.clone()}
                first={index == 0} compact={card.compact} annotation={look.annotation} />
        }
    });
    html! { <>{ for parts }</> }
}

#[derive(Properties, PartialEq)]
struct PartProps {
    part: Part,
    component: Arc<Component>,
    class: Classes,
    first: bool,
    compact: bool,
    annotation: Option<Annotation>,
}

#[component]
fn PartView(props: &PartProps) -> Html {
    let PartProps { part, component, class, first, compact, annotation } = props;
    let node = use_node_ref();
    use_rect(&node, part.rect);
    let (title, summary) = (words::title(component), words::summary(component));
    let label = [title.as_str(), component.kind.spec().label, summary.as_str()].join(", ");
    let id = first.then(|| format!("card-{}", component.id));
    // A card of one line has room for its name, and for what is not its kind.
    let noted = !summary.is_empty() && (!compact || summary != component.kind.spec().label);
    html! {
        <div ref={node} class={classes!(class.clone(), (!noted).then_some("plain"))} {id} role="img" aria-label={label} data-kind={component.kind.name()}>
            { icon_with(component.kind.name(), classes!("card-icon")) }
            <div class="card-words">
                <span class="card-name">{ title }</span>
                if noted {
                    <span class="card-note">{ summary }</span>
                }
            </div>
            if let (true, Some(annotation)) = (first, annotation) {
                { badge(*annotation) }
            }
            { zones(part) }
        </div>
    }
}

/// How many tasks are drawn before they become a number.
const MOST_TASKS: u32 = 6;

/// Where one subnet of a band ends and the next begins, and the tasks in each.
fn zones(part: &Part) -> Html {
    let tasks = part.spans.iter().any(|span| span.tasks > 0);
    if part.spans.len() < 2 && !tasks {
        return Html::default();
    }
    let (w, h) = (part.rect.w, part.rect.h);
    let inside = |x: f32| trapwise_editor::geometry::within(x - part.rect.x, 0.0, w);
    let lines = part.spans.iter().skip(1).map(|span| {
        let x = inside(span.x - 13.0);
        html! { <line class="zone-line" x1={x.to_string()} x2={x.to_string()} y1="0" y2={h.to_string()} /> }
    });
    let tasks = part.spans.iter().filter(|span| span.tasks > 0).flat_map(|span| {
        let (start, end) = (inside(span.x), inside(span.x + span.w));
        let shown = if span.tasks > MOST_TASKS { 1 } else { span.tasks };
        let width = shown as f32 * 13.0 - 4.0;
        let left = (start + end - width) / 2.0;
        let y = h - 15.0;
        let mut tasks: Vec<Html> = (0..shown)
            .map(|index| {
                let x = left + index as f32 * 13.0;
                html! { <rect class="task" x={x.to_string()} y={y.to_string()} width="9" height="9" rx="2.5" /> }
            })
            .collect();
        if span.tasks > MOST_TASKS {
            let x = left + 14.0;
            tasks.push(html! {
                <text class="task-count" x={x.to_string()} y={(y + 8.5).to_string()}>{ format!("× {}", span.tasks) }</text>
            });
        }
        tasks
    });
    html! {
        <svg class="card-zones" width={w.to_string()} height={h.to_string()} aria-hidden="true">
            { for lines }
            { for tasks.collect::<Vec<_>>() }
        </svg>
    }
}

/// The number of findings on a part.
pub(super) fn badge(annotation: Annotation) -> Html {
    let label =
        if annotation.count == 1 { "1 finding".to_owned() } else { format!("{} findings", annotation.count) };
    html! {
        <span
            class={classes!("badge", severity_class(annotation.severity))} role="img" aria-label={label.clone()}
            title={format!("{label}: click to read")} data-finding={annotation.opens.to_string()}
        >{ annotation.count }</span>
    }
}

pub(super) const fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Major => "major",
        Severity::Minor => "minor",
    }
}

/// Keeps an element where its rectangle is.
#[hook]
pub(super) fn use_rect(node: &NodeRef, rect: Rect) {
    let node = node.clone();
    use_effect_with(rect, move |rect| board::put(&node, rect.x, rect.y, rect.w, rect.h));
}
