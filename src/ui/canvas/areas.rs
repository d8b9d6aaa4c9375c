//! Frames: VPC, subnets, on-premises, shelves, and the cells where subnets could be.

use std::rc::Rc;
use std::sync::Arc;

use trapwise_editor::layout::{Area, AreaKey, is_area};
use trapwise_editor::words;
use trapwise_model::catalogue::{Group, prop};
use trapwise_model::{Component, ComponentId, ComponentKind, LinkKind, Target, may_contain};
use yew::prelude::*;

use super::Scene;
use crate::ui::annotations::{Annotation, Annotations};
use crate::ui::icon::icon;

#[derive(Properties, PartialEq)]
pub(super) struct AreasProps {
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Option<Target>,
    /// What is selected beside it.
    pub(super) also: Rc<Vec<ComponentId>>,
    pub(super) carried: Option<ComponentKind>,
    pub(super) annotations: Rc<Annotations>,
}

#[component]
pub(super) fn Areas(props: &AreasProps) -> Html {
    let AreasProps { scene, selection, also, carried, annotations } = props;
    let cells = scene.layout.cells.iter().filter(|cell| !cell.used).map(|cell| {
        let key = format!("cell-{}-{}-{}", cell.vpc, cell.tier, cell.zone);
        let lit = *carried == Some(ComponentKind::Subnet);
        html! { <Cell {key} rect={cell.rect} {lit} /> }
    });
    let captions = scene.layout.captions.iter().enumerate().filter(|(_, caption)| !caption.text.is_empty());
    let captions = captions.map(|(index, caption)| {
        html! { <CaptionView key={format!("caption-{index}")} rect={caption.rect} text={caption.text} /> }
    });
    let areas = scene.layout.areas.iter().map(|area| {
        let lit = carried.and_then(|kind| takes(scene, &area.key, kind));
        match &area.key {
            AreaKey::Shelf(group) => html! {
                <Shelf key={format!("shelf-{group}")} area={area.clone()} group={*group} {lit} />
            },
            AreaKey::Component(id) => {
                let Some(component) = scene.design.component(id.as_str()) else { return Html::default() };
                let is = |target: &Option<Target>| matches!(target, Some(Target::Component(of)) if of == id);
                html! {
                    <Frame
                        key={format!("area-{id}")} area={area.clone()} component={component.clone()}
                        selected={is(selection) || also.contains(id)} {lit}
                        annotation={annotations.components.get(id).copied()}
                        route={route_words(scene, component)}
                        change={scene.diff.component(id.as_str()).map(super::diff::Change::class)}
                    />
                }
            }
        }
    });
    html! {
        <div class="areas">
            { for areas.collect::<Vec<_>>() }
            { for cells }
            { for captions }
        </div>
    }
}

/// Whether a frame takes a kind; none where the question does not arise.
fn takes(scene: &Scene, key: &AreaKey, kind: ComponentKind) -> Option<bool> {
    match key {
        AreaKey::Shelf(group) => {
            let own = kind.spec().floats && !is_area(kind) && kind.spec().group == *group;
            Some(own)
        }
        AreaKey::Component(id) => {
            let area = scene.design.component(id.as_str())?;
            // The VPC is lit for what goes into it; its subnets are then neither.
            let takes = may_contain(area.kind, kind);
            (takes || area.kind != ComponentKind::Vpc).then_some(takes)
        }
    }
}

/// Where a subnet's traffic for the outside goes: read faster than a line.
fn route_words(scene: &Scene, component: &Component) -> Option<AttrValue> {
    if component.kind != ComponentKind::Subnet {
        return None;
    }
    let mut ways: Vec<_> = scene
        .design
        .links_of(component.id.as_str())
        .filter(|link| link.kind == LinkKind::Routes && link.from == component.id)
        .filter_map(|link| scene.design.component(link.to.as_str()))
        .map(|to| match to.kind {
            ComponentKind::InternetGateway => "internet".to_owned(),
            ComponentKind::NatGateway => "NAT".to_owned(),
            _ => to.text(prop::SERVICE).unwrap_or("endpoint").to_owned(),
        })
        .collect();
    ways.sort();
    ways.dedup();
    Some(if ways.is_empty() { "no route out".into() } else { format!("→ {}", ways.join(", ")).into() })
}

#[derive(Properties, PartialEq)]
struct FrameProps {
    area: Rc<Area>,
    component: Arc<Component>,
    selected: bool,
    lit: Option<bool>,
    annotation: Option<Annotation>,
    route: Option<AttrValue>,
    change: Option<&'static str>,
}

#[component]
fn Frame(props: &FrameProps) -> Html {
    let node = use_node_ref();
    super::cards::use_rect(&node, props.area.rect);
    let component = &props.component;
    let class = classes!(
        "area",
        format!("area-{}", component.kind),
        component
            .text(prop::TIER)
            .filter(|_| component.kind == ComponentKind::Subnet)
            .map(|tier| format!("tier-{tier}")),
        props.selected.then_some("selected"),
        props.lit.map(|takes| if takes { "legal" } else { "illegal" }),
        props.change,
    );
    html! {
        <div ref={node} {class} id={format!("card-{}", component.id)} role="img"
            aria-label={format!("{}, {}", words::title(component), component.kind.spec().label)}>
            <div class="area-head">
                { icon(component.kind.name()) }
                <span class="area-name">{ words::title(component) }</span>
                if let Some(route) = &props.route {
                    <span class="area-route">{ route }</span>
                }
                if let Some(annotation) = props.annotation {
                    { super::cards::badge(annotation) }
                }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ShelfProps {
    area: Rc<Area>,
    group: Group,
    lit: Option<bool>,
}

#[component]
fn Shelf(props: &ShelfProps) -> Html {
    let node = use_node_ref();
    super::cards::use_rect(&node, props.area.rect);
    let class = classes!("area", "shelf", props.lit.map(|takes| if takes { "legal" } else { "illegal" }));
    html! {
        <div ref={node} {class}>
            <div class="area-head">
                <span class={classes!("area-dot", format!("cat-{}", props.group))}></span>
                <span class="area-name">{ group_name(props.group) }</span>
            </div>
        </div>
    }
}

/// What a group is called.
pub(in crate::ui) const fn group_name(group: Group) -> &'static str {
    match group {
        Group::Network => "Network",
        Group::Compute => "Compute",
        Group::Identity => "Identity",
        Group::Delivery => "Delivery",
        Group::Config => "Configuration",
        Group::Observability => "Observability",
        Group::Scaling => "Scaling",
        Group::Data => "Data and messages",
    }
}

#[derive(Properties, PartialEq)]
struct CellProps {
    rect: trapwise_editor::geometry::Rect,
    lit: bool,
}

#[component]
fn Cell(props: &CellProps) -> Html {
    let node = use_node_ref();
    super::cards::use_rect(&node, props.rect);
    html! { <div ref={node} class={classes!("cell", props.lit.then_some("legal"))}></div> }
}

#[derive(Properties, PartialEq)]
struct CaptionProps {
    rect: trapwise_editor::geometry::Rect,
    text: &'static str,
}

#[component]
fn CaptionView(props: &CaptionProps) -> Html {
    let node = use_node_ref();
    super::cards::use_rect(&node, props.rect);
    html! { <div ref={node} class="caption"><span>{ props.text }</span></div> }
}
