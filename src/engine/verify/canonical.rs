//! Designs compared without their ids and order: colour refinement.
//!
//! Every component is coloured by what it is, then again and again by its colour and those of what it
//! stands in, what stands in it and what it is linked to, until no more can be told apart. Designs with
//! different colours differ. Designs with the same colours could in theory still differ (in highly
//! regular graphs, such as one ring of six and two rings of three), and are then taken for the same:
//! for two answers to one scenario that errs on the side of asking for a clearer difference.

use std::collections::BTreeMap;

use trapwise_model::order;
use trapwise_model::{Design, Value};

/// What is left of a design without ids and order; equal for designs that are the same otherwise.
pub(super) fn canonical(design: &Design) -> Vec<String> {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut words =
        order::map(design.components().map(|part| {
            (part.id.as_str(), format!("{} {:?} {}", part.kind, part.preset, props(&part.props)))
        }));
    // Two designs are coloured apart from each other, so colours are the words themselves, made short by
    // numbering them in their order: that order is the same for the same words.
    let mut history = Vec::new();
    loop {
        let before = names.len();
        names = words.values().cloned().map(|word| (word, 0)).collect();
        for (number, slot) in names.values_mut().enumerate() {
            *slot = number;
        }
        let colours = words.iter().filter_map(|(id, word)| Some((*id, *names.get(word)?))).collect();
        let mut round: Vec<_> = words.into_values().collect();
        order::sort(&mut round);
        history.push(round.join("\n"));
        if names.len() == before {
            return history;
        }
        words = design
            .components()
            .map(|part| (part.id.as_str(), around(design, part.id.as_str(), &colours)))
            .collect();
    }
}

fn props(props: &BTreeMap<String, Value>) -> String {
    props.iter().map(|(name, value)| format!("{name}={value:?};")).collect()
}

/// The colours around a component, sorted.
fn around(design: &Design, id: &str, colours: &BTreeMap<&str, usize>) -> String {
    let colour = |id: &str| colours.get(id).copied().unwrap_or_default();
    let places = design.component(id).into_iter().flat_map(|part| &part.containers);
    let mut words: Vec<_> = places.map(|place| format!("in {}", colour(place.as_str()))).collect();
    words.extend(design.children(id).map(|child| format!("has {}", colour(child.id.as_str()))));
    for link in design.links_of(id) {
        let (kind, props) = (link.kind, props(&link.props));
        if link.from.as_str() == id {
            words.push(format!("{kind} {props} to {}", colour(link.to.as_str())));
        }
        if link.to.as_str() == id {
            words.push(format!("{kind} {props} from {}", colour(link.from.as_str())));
        }
    }
    order::sort(&mut words);
    format!("{}: {}", colour(id), words.join(", "))
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
        // The same parts, joined otherwise: only the neighbours' neighbours tell.
        let chain = "a: sqs-queue\nb: lambda-function\nc: sqs-queue\nd: lambda-function\n";
        let in_line = form(&format!("{chain}a -> b: sends\nb -> c: sends\nc -> d: sends\n"));
        let apart = form(&format!("{chain}a -> b: sends\nc -> d: sends\nb -> a: sends\n"));
        assert_ne!(in_line, apart);
    }
}
