//! Removes what a scenario teaches from a reference.

use trapwise_model::{Design, Edit, Set, Target};

use crate::condition::{Selector, link_passes, selected};
use crate::scenario::{Ablation, LinkSelector};
use crate::world::World;

/// The design without that part; `None` when the design does not contain it.
///
/// # Errors
/// The reason why it cannot be removed.
pub(super) fn ablated(design: &Design, part: &Ablation) -> Result<Option<Design>, String> {
    let targets = targets(design, part.component.as_ref(), part.link.as_ref());
    if targets.is_empty() {
        return Ok(None);
    }
    let mut less = design.clone();
    for of in targets {
        // A component that was in a removed one has been removed with it.
        let gone = match &of {
            Target::Component(id) => less.component(id.as_str()).is_none(),
            Target::Link(id) => less.link(id.as_str()).is_none(),
        };
        if gone {
            continue;
        }
        let edit = match (&part.reset, of) {
            (Some(prop), of) => Edit::Set(Set { of, prop: prop.clone(), value: None }),
            (None, Target::Component(id)) => Edit::Remove(id),
            (None, Target::Link(id)) => Edit::Unlink(id),
        };
        less.apply(&edit).map_err(|why| why.to_string())?;
    }
    Ok(Some(less).filter(|less| less != design))
}

/// The components and links that a part selects.
pub(super) fn targets(
    design: &Design,
    component: Option<&Selector>,
    link: Option<&LinkSelector>,
) -> Vec<Target> {
    let world = World::new(design);
    let components = component.iter().flat_map(|selector| selected(&world, selector));
    let links = link.iter().flat_map(|selector| links(&world, design, selector));
    components.map(|node| Target::Component(node.component().id.clone())).chain(links).collect()
}

fn links(world: &World<'_>, design: &Design, selector: &LinkSelector) -> Vec<Target> {
    let end = |end: &Option<Selector>| {
        end.as_ref().map(|selector| {
            selected(world, selector).iter().map(|node| node.component().id.clone()).collect::<Vec<_>>()
        })
    };
    let (from, to) = (end(&selector.from), end(&selector.to));
    let of_kind = design.links().filter(|link| link.kind == selector.kind);
    let fits = of_kind.filter(|link| {
        from.as_ref().is_none_or(|from| from.contains(&link.from))
            && to.as_ref().is_none_or(|to| to.contains(&link.to))
            && link_passes(world, link, &selector.tests)
    });
    fits.map(|link| Target::Link(link.id.clone())).collect()
}
