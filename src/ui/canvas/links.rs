//! Links. What packets and events do is drawn strongly; what configures (roles, grants, logs, rules)
//! is drawn thinly until one of its ends is looked at, so that many links stay legible.

use std::fmt::Write as _;
use std::rc::Rc;

use trapwise_editor::geometry::Point;
use trapwise_editor::layout::Route;
use trapwise_editor::words;
use trapwise_model::{Link, LinkKind, Target};
use yew::prelude::*;

use super::Scene;
use super::cards::{severity_class, works};
use crate::ui::annotations::{Annotation, Annotations};

#[derive(Properties, PartialEq)]
pub(super) struct LinksProps {
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Option<Target>,
    pub(super) annotations: Rc<Annotations>,
}

#[derive(Properties, PartialEq)]
pub(super) struct LabelsProps {
    pub(super) scene: Rc<Scene>,
    pub(super) selection: Option<Target>,
    pub(super) annotations: Rc<Annotations>,
    pub(super) above: bool,
}

#[derive(Properties, PartialEq)]
pub(super) struct HoveredProps {
    pub(super) scene: Rc<Scene>,
    pub(super) hover: Target,
    pub(super) annotations: Rc<Annotations>,
}

/// How a link looks beside what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    selected: bool,
    /// It or an end of it is selected or hovered.
    looked_at: bool,
    annotation: Option<Annotation>,
    path: Option<bool>,
    change: Option<&'static str>,
}

/// Radius of the corners of a way.
const CORNER: f32 = 7.0;

#[component]
pub(super) fn Links(props: &LinksProps) -> Html {
    let LinksProps { scene, selection, annotations } = props;
    let joints = scene.layout.cards.iter().flat_map(|card| {
        let joints = card.joints.iter().enumerate();
        joints.map(|(index, (from, to))| {
            let key = format!("joint-{}-{index}", card.id);
            let class = format!("joint cat-{}", card.kind.spec().group);
            let d = path(&[*from, Point::new(from.x, to.y.max(from.y)), *to]);
            html! { <path {key} {class} {d} /> }
        })
    });
    let links = scene.layout.routes.iter().map(|route| {
        let look = look(&route.link, scene, selection.as_ref(), annotations);
        html! { <LinkView key={route.link.id.as_str()} route={route.clone()} {look} /> }
    });
    html! {
        <svg class={classes!("links", (!annotations.path.is_empty()).then_some("tracing"))} width="1" height="1" aria-hidden="true">
            <defs>
                { arrow("arrow") }
                { arrow("arrow-quiet") }
                { arrow("arrow-strong") }
            </defs>
            { for joints }
            { for links }
        </svg>
    }
}

fn look(link: &Link, scene: &Scene, looked_at: Option<&Target>, annotations: &Annotations) -> Look {
    let looks = |target: &Target| match target {
        Target::Component(id) => link.touches(id.as_str()),
        Target::Link(id) => *id == link.id,
    };
    Look {
        selected: matches!(looked_at, Some(Target::Link(id)) if *id == link.id),
        looked_at: looked_at.is_some_and(looks),
        annotation: annotations.links.get(&link.id).copied(),
        path: works(annotations.path.iter().filter(|step| step.link.as_ref() == Some(&link.id))),
        change: scene.diff.link(link.id.as_str()).map(super::diff::Change::class),
    }
}

impl Look {
    /// Whether it is drawn strongly whatever its kind.
    const fn is_shown(&self) -> bool {
        self.looked_at || self.selected || self.path.is_some() || self.change.is_some()
    }
}

fn arrow(id: &'static str) -> Html {
    html! {
        <marker {id} viewBox="0 0 8 8" refX="7.2" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
            <path d="M1 1 L7 4 L1 7" class={format!("head {id}")} />
        </marker>
    }
}

#[derive(Properties)]
struct LinkProps {
    route: Rc<Route>,
    look: Look,
    /// Its words, and not its line.
    #[prop_or_default]
    words: bool,
}

impl PartialEq for LinkProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.route, &other.route) && self.look == other.look && self.words == other.words
    }
}

#[component]
fn LinkView(props: &LinkProps) -> Html {
    let LinkProps { route, look, words } = props;
    if *words {
        return label(route, *look);
    }
    let link = &route.link;
    let prominent = words::is_prominent(link.kind);
    let shown = look.is_shown();
    let class = classes!(
        "link",
        format!("link-{}", link.kind),
        if prominent { "prominent" } else { "quiet" },
        look.looked_at.then_some("looked-at"),
        look.selected.then_some("selected"),
        look.annotation.map(|annotation| severity_class(annotation.severity)),
        look.path.map(|ok| if ok { "on-path" } else { "blocks-path" }),
        look.change,
    );
    let d = path(&route.points);
    let head = match (shown, prominent) {
        (true, _) => "url(#arrow-strong)",
        (false, true) => "url(#arrow)",
        (false, false) => "url(#arrow-quiet)",
    };
    let blocked = look.path == Some(false);
    html! {
        <g {class}>
            <path class="casing" d={d.clone()} />
            <path class="line" {d} marker-end={head} />
            if blocked {
                <g class="blocked" transform={format!("translate({} {})", route.label.x, route.label.y - 16.0)}>
                    <circle r="8" /><path d="M-3 -3 L3 3 M3 -3 L-3 3" />
                </g>
            }
        </g>
    }
}

/// The words on links: beneath the cards those that have a place of their own, above them those of what
/// is looked at.
#[component]
pub(super) fn Labels(props: &LabelsProps) -> Html {
    let LabelsProps { scene, selection, annotations, above } = props;
    let labels = scene.layout.routes.iter().filter_map(|route| {
        let link = &route.link;
        let look = look(link, scene, selection.as_ref(), annotations);
        let always = words::is_prominent(link.kind) && link.kind != LinkKind::Runs && route.label_fits;
        if look.is_shown() != *above || !(*above || always) {
            return None;
        }
        Some(html! { <LinkView key={link.id.as_str()} route={route.clone()} {look} words={true} /> })
    });
    let class = classes!("links", "labels", (!annotations.path.is_empty()).then_some("tracing"));
    html! { <svg {class} width="1" height="1" aria-hidden="true">{ for labels }</svg> }
}

/// The links of what the pointer rests on, again and strongly, above the others: hovering draws these
/// few and nothing else.
#[component]
pub(super) fn Hovered(props: &HoveredProps) -> Html {
    let HoveredProps { scene, hover, annotations } = props;
    let links = scene.layout.routes.iter().filter_map(|route| {
        let look = look(&route.link, scene, Some(hover), annotations);
        look.looked_at.then(|| {
            html! {
                <g key={route.link.id.as_str()}>
                    <LinkView route={route.clone()} {look} />
                    <LinkView route={route.clone()} {look} words={true} />
                </g>
            }
        })
    });
    html! { <svg class="links" width="1" height="1" aria-hidden="true">{ for links }</svg> }
}

fn label(route: &Route, look: Look) -> Html {
    let link = &route.link;
    let class = classes!("link-label", look.is_shown().then_some("looked-at"), look.path.map(|_| "on-path"),);
    let text = words::link_label(link);
    let w = words::label_width(link);
    html! {
        <g {class} transform={format!("translate({} {})", route.label.x, route.label.y)}>
            <rect x={(-w / 2.0).to_string()} y="-9" width={w.to_string()} height="18" rx="9" />
            <text text-anchor="middle" dominant-baseline="central">{ text }</text>
        </g>
    }
}

/// The way as SVG, with rounded corners.
pub(super) fn path(points: &[Point]) -> String {
    let mut d = String::new();
    let Some((first, rest)) = points.split_first() else { return d };
    let _ = write!(d, "M{}", at(*first));
    let mut before = *first;
    for (index, point) in rest.iter().enumerate() {
        match rest.get(index + 1) {
            Some(next) => {
                let toward = |from: Point, to: Point, by: f32| {
                    let length = from.distance(to).max(0.01);
                    let by = by.min(length / 2.0);
                    Point::new(from.x + (to.x - from.x) / length * by, from.y + (to.y - from.y) / length * by)
                };
                let (enter, leave) = (toward(*point, before, CORNER), toward(*point, *next, CORNER));
                let _ = write!(d, " L{} Q{} {}", at(enter), at(*point), at(leave));
            }
            None => {
                let _ = write!(d, " L{}", at(*point));
            }
        }
        before = *point;
    }
    d
}

/// A point of a way, to a tenth: lines are no sharper.
pub(super) fn at(point: Point) -> String {
    let tenth = |number: f32| (number * 10.0).round() / 10.0;
    format!("{} {}", tenth(point.x), tenth(point.y))
}
