//! Whatever is done to a design, it stays sound, and everything can be taken back.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;
use trapwise_model::catalogue::{PropSpec, PropType};
use trapwise_model::load::load_design;
use trapwise_model::read::read_text;
use trapwise_model::{
    Component, ComponentId, ComponentKind, Design, Edit, Link, LinkId, LinkKind, Place, Set, Target, Value,
    fixture, link_choices,
};

/// A board with something of everything that makes edits interesting: bands over several subnets, links
/// of which only one is possible, links that ask.
fn board() -> Design {
    let text = "
        vpc: vpc
          a: subnet availabilityZone=a
            web: ecs-service desiredCount=2 + b
            nat: nat-gateway
            alb: load-balancer + b
          b: subnet availabilityZone=b
          sg: security-group
        vpc2: vpc
          c: subnet
        td: task-definition containers=[{\"name\":\"app\",\"containerPort\":8080}]
        exec: iam-role
        bucket: s3-bucket
        cluster: ecs-cluster
        web -> td: runs
        web -> cluster: in-cluster
        td -> exec: role as=executionRoleArn
        exec -> bucket: grants
        alb -> web: forwards targetPort=8080
        sg -> web: guards
        a -> nat: routes
    ";
    fixture::parse(text).unwrap().design
}

/// Numbers from which an edit of a design is chosen: mostly one that can be made, sometimes not.
type Choice = (u8, u16, u16, u16);

fn pick<T: Clone>(items: &[T], index: u16) -> Option<T> {
    let len = items.len();
    (len > 0).then(|| items[usize::from(index) % len].clone())
}

fn edit(design: &Design, (what, one, two, three): Choice) -> Option<Edit> {
    let components: Vec<_> = design.components().map(|part| part.id.clone()).collect();
    let links: Vec<_> = design.links().map(|link| link.id.clone()).collect();
    let subnets: Vec<_> = design
        .components()
        .filter(|part| part.kind == ComponentKind::Subnet)
        .map(|part| part.id.clone())
        .collect();
    let places = |many: u16| -> Vec<ComponentId> {
        let mut places: Vec<_> = (0..many % 4)
            .filter_map(|step| pick(&subnets, two.wrapping_add(step.wrapping_mul(three))))
            .collect();
        places.dedup();
        places
    };
    match what % 8 {
        0 => {
            let kind = pick(ComponentKind::ALL, one)?;
            let mut component = Component::new(design.free_component_id(kind.name()), kind);
            component.containers = match kind.spec().containers.first() {
                Some(rule) if rule.kind == ComponentKind::Vpc => pick(&components, two).into_iter().collect(),
                _ => places(three),
            };
            Some(Edit::Add(component))
        }
        1 => Some(Edit::Remove(pick(&components, one)?)),
        2 => {
            let component = design.component(pick(&components, one)?.as_str())?.clone();
            let spec = pick(&component.kind.spec().props.iter().collect::<Vec<_>>(), two)?;
            Some(Edit::Set(Set {
                of: Target::Component(component.id.clone()),
                prop: spec.id.into(),
                value: value(spec, three),
            }))
        }
        3 => {
            let link = design.link(pick(&links, one)?.as_str())?.clone();
            let spec = pick(&link.kind.spec().props.iter().collect::<Vec<_>>(), two)?;
            Some(Edit::Set(Set {
                of: Target::Link(link.id.clone()),
                prop: spec.id.into(),
                value: value(spec, three),
            }))
        }
        4 => Some(Edit::Place(Place {
            component: pick(&components, one)?,
            containers: places(three),
            at: Some(u32::from(two)),
        })),
        5 | 6 => {
            let from = design.component(pick(&components, one)?.as_str())?;
            let to = design.component(pick(&components, two)?.as_str())?;
            let choices = link_choices(from.kind, to.kind);
            let kind = pick(&choices, three).map_or(LinkKind::Calls, |choice| choice.kind);
            let mut link = Link::new(design.free_link_id("l"), kind, from.id.clone(), to.id.clone());
            if let Some((prop, answer)) = pick(&choices, three).and_then(|choice| choice.answer) {
                link.props.insert(prop.into(), Value::from(answer));
            }
            Some(Edit::Link(link))
        }
        _ => Some(Edit::Unlink(pick(&links, one).or_else(|| LinkId::new("gone").ok())?)),
    }
}

/// A value of that property, none to put it back, or now and then a value of another type.
fn value(spec: &PropSpec, number: u16) -> Option<Value> {
    if number.is_multiple_of(5) {
        return None;
    }
    if number.is_multiple_of(11) {
        return Some(Value::Bool(true));
    }
    Some(match &spec.ty {
        PropType::Bool => Value::Bool(number.is_multiple_of(2)),
        PropType::Int { min, max, .. } => Value::Int((min + i64::from(number)).min(*max)),
        PropType::Text { .. } => Value::from("text"),
        PropType::Enum(choices) => Value::from(pick(&choices.iter().collect::<Vec<_>>(), number)?.value),
        PropType::TextList { .. } => Value::List(vec![Value::from("s3:GetObject")]),
        PropType::Records { .. } => Value::List(Vec::new()),
    })
}

/// Put together anew from its parts, it is the same.
fn is_sound(design: &Design) -> bool {
    let parts = Design::from_parts(design.components().cloned().collect(), design.links().cloned().collect());
    parts.as_ref() == Ok(design)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_keep_a_design_sound_and_can_be_undone(choices in prop::collection::vec(any::<Choice>(), 1..40)) {
        let start = board();
        let mut design = start.clone();
        let mut undo = Vec::new();
        for choice in choices {
            let Some(edit) = edit(&design, choice) else { continue };
            let before = design.clone();
            match design.apply(&edit) {
                Ok(inverse) => {
                    let mut back = design.clone();
                    prop_assert!(back.apply_all(&inverse).is_ok(), "{:?} undone by {:?}", edit, inverse);
                    prop_assert_eq!(&back, &before, "{:?} undone by {:?}", edit, inverse);
                    undo.push(inverse);
                }
                Err(_) => prop_assert_eq!(&design, &before, "a refused edit changes nothing: {:?}", edit),
            }
            prop_assert!(is_sound(&design), "{:?}", edit);
        }
        for inverse in undo.into_iter().rev() {
            prop_assert!(design.apply_all(&inverse).is_ok());
        }
        prop_assert_eq!(design, start);
    }

    #[test]
    fn several_edits_are_made_together_or_not_at_all(choices in prop::collection::vec(any::<Choice>(), 2..6)) {
        let start = board();
        // Chosen for the board at the start: later ones may well be impossible by then.
        let edits: Vec<_> = choices.into_iter().filter_map(|choice| edit(&start, choice)).collect();
        let mut design = start.clone();
        match design.apply_all(&edits) {
            Ok(undo) => {
                prop_assert!(is_sound(&design));
                prop_assert!(design.apply_all(&undo).is_ok());
            }
            Err((index, _)) => prop_assert!(index < edits.len()),
        }
        prop_assert_eq!(design, start);
    }

    #[test]
    fn designs_and_edits_survive_being_written(choices in prop::collection::vec(any::<Choice>(), 1..20)) {
        let mut design = board();
        for choice in choices {
            let Some(edit) = edit(&design, choice) else { continue };
            let again: Edit = read_text(&serde_json::to_string(&edit).unwrap()).unwrap();
            prop_assert_eq!(&again, &edit);
            let _ = design.apply(&edit);
        }
        let text = serde_json::to_string(&design).unwrap();
        prop_assert_eq!(read_text::<Design>(&text).unwrap(), design.clone());
        prop_assert_eq!(load_design("d", &text), Ok(design));
    }
}
