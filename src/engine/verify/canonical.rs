//! Designs compared without their ids and order: colour refinement.
//!
//! Every component is coloured by its kind and properties, then repeatedly by its colour and the colours
//! of its containers, its content and its links, until no more components can be distinguished. Designs
//! with different colours differ. Designs with the same colours can in theory still differ (in highly
//! regular graphs, such as one ring of six and two rings of three) and are then treated as the same. For
//! two references of one scenario, that only asks the author for a clearer difference.

use trapwise_model::{Design, Props};

/// A form of a design without ids and order; equal for designs that are otherwise the same.
///
/// Two designs are coloured independently. Colours mean the same in both because a colour is the index of
/// a component's description in the sorted list of all descriptions, and this list is part of the result.
pub(super) fn canonical(design: &Design) -> Vec<String> {
    let ids: Vec<_> = design.components().map(|part| part.id.as_str()).collect();
    let mut words: Vec<_> = design
        .components()
        .map(|part| format!("{} {:?} {}", part.kind, part.preset, props(&part.props)))
        .collect();
    let mut history = Vec::new();
    let mut told_apart = 0;
    loop {
        let mut names = words.clone();
        names.sort();
        history.push(names.join("\n"));
        names.dedup();
        if names.len() == told_apart {
            return history;
        }
        told_apart = names.len();
        let colours: Vec<_> = words.iter().map(|word| place(&names, word)).collect();
        let colour = |id: &str| ids.binary_search(&id).ok().and_then(|index| colours.get(index).copied());
        words = ids.iter().map(|id| around(design, id, &colour)).collect();
    }
}

fn place(names: &[String], word: &String) -> usize {
    names.binary_search(word).unwrap_or_default()
}

fn props(props: &Props) -> String {
    props.iter().map(|(name, value)| format!("{name}={value:?};")).collect()
}

/// A component's colour and the colours around it, sorted.
fn around(design: &Design, id: &str, colour: &dyn Fn(&str) -> Option<usize>) -> String {
    let places = design.component(id).into_iter().flat_map(|part| &part.containers);
    let mut words: Vec<_> = places.map(|place| format!("in {:?}", colour(place.as_str()))).collect();
    words.extend(design.children(id).map(|child| format!("has {:?}", colour(child.id.as_str()))));
    for link in design.links_of(id) {
        let (kind, props) = (link.kind, props(&link.props));
        if link.from.as_str() == id {
            words.push(format!("{kind} {props} to {:?}", colour(link.to.as_str())));
        }
        if link.to.as_str() == id {
            words.push(format!("{kind} {props} from {:?}", colour(link.from.as_str())));
        }
    }
    words.sort();
    format!("{:?}: {}", colour(id), words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use trapwise_model::fixture::parse;

    fn form(text: &str) -> Vec<String> {
        canonical(&parse(text).unwrap().design)
    }

    #[test]
    fn ids_and_order_do_not_count() {
        let one = form(
            "td: task-definition\na: iam-role\nb: iam-role\ntd -> a: role as=taskRoleArn\ntd -> b: role as=executionRoleArn\n",
        );
        let two = form(
            "z: iam-role\nx: iam-role\nt: task-definition\nt -> x: role as=executionRoleArn\nt -> z: role as=taskRoleArn\n",
        );
        assert_eq!(one, two);
    }

    #[test]
    fn structure_and_settings_count() {
        let one = "td: task-definition cpu=256\na: iam-role\nb: iam-role\ntd -> a: role as=taskRoleArn\n";
        assert_ne!(form(one), form(&one.replace("256", "512")));
        assert_ne!(form(one), form(&format!("{one}td -> b: role as=executionRoleArn\n")));
        // The same components with other links: only the neighbours' neighbours differ.
        let parts = "a: sqs-queue\nb: lambda-function\nc: sqs-queue\nd: lambda-function\n";
        let in_line = form(&format!("{parts}a -> b: sends\nb -> c: sends\nc -> d: sends\n"));
        let apart = form(&format!("{parts}a -> b: sends\nc -> d: sends\nb -> a: sends\n"));
        assert_ne!(in_line, apart);
    }
}
