//! Merges steps that say the same of several components, and then of several things.

use std::borrow::Cow;

use super::StepReport;
use crate::message::{Arg, Args};

/// Merges steps that differ in one argument: in the component where they are seen (`app-a` and `app-b`), then, one
/// after the other at one place, in anything (`ecr.api` and `s3`). What is said with others is left without a
/// message, as the board still shows where it is.
pub fn merge(steps: &mut [StepReport]) {
    for by_component in [true, false] {
        let mut groups: Vec<Group> = Vec::new();
        for (index, step) in steps.iter().enumerate().filter(|(_, step)| !step.key.is_empty()) {
            let near = if by_component { groups.len() } else { 1 };
            let found = groups.iter_mut().rev().take(near).find_map(|group| {
                let first = steps.get(group.first)?;
                let name = differs_in(first, step)?;
                let fits = if by_component {
                    is_seen_at(first, name) && is_seen_at(step, name)
                } else {
                    first.component == step.component && first.link == step.link
                };
                let same = first.ok == step.ok && group.name.as_ref().is_none_or(|other| other == name);
                (fits && same).then_some((group, name))
            });
            match found {
                Some((group, name)) => {
                    group.name = Some(name.clone());
                    group.rest.push(index);
                }
                None => groups.push(Group { first: index, name: None, rest: Vec::new() }),
            }
        }
        for Group { first, name, rest } in groups {
            let Some(name) = name else { continue };
            let mut all = Vec::new();
            for index in std::iter::once(first).chain(rest.iter().copied()) {
                match steps.get(index).and_then(|step| step.args.get(&name)) {
                    Some(Arg::And(items)) => all.extend(items.iter().cloned()),
                    arg => all.extend(arg.cloned()),
                }
            }
            if let Some(step) = steps.get_mut(first) {
                step.args.insert(name, Arg::And(all));
            }
            for index in rest {
                if let Some(step) = steps.get_mut(index) {
                    step.key = Cow::default();
                    step.args = Args::new();
                }
            }
        }
    }
}

/// Steps that differ in one argument.
struct Group {
    first: usize,
    name: Option<Cow<'static, str>>,
    rest: Vec<usize>,
}

/// The only argument in which what two steps say differs.
fn differs_in<'a>(a: &'a StepReport, b: &StepReport) -> Option<&'a Cow<'static, str>> {
    if a.key != b.key || a.args.len() != b.args.len() {
        return None;
    }
    let mut differing = a.args.iter().filter(|(name, arg)| b.args.get(*name) != Some(*arg));
    let (name, _) = differing.next()?;
    (differing.next().is_none() && b.args.contains_key(name)).then_some(name)
}

/// Whether that argument is the component at which the step is seen.
fn is_seen_at(step: &StepReport, name: &str) -> bool {
    matches!(step.args.get(name), Some(Arg::Component(id)) if Some(id) == step.component.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Ids, Message};
    use crate::texts::Texts;
    use trapwise_model::ComponentId;

    fn id(id: &str) -> ComponentId {
        ComponentId::new(id).unwrap()
    }

    fn step(component: &str, ok: bool, message: Message) -> StepReport {
        let Message { key, args } = message;
        StepReport { component: Some(id(component)), link: None, ok, key, args, text: String::new() }
    }

    fn said(steps: &mut [StepReport]) -> Vec<String> {
        merge(steps);
        steps.iter().map(|step| Texts::new().say(&step.key, &step.args, &Ids)).collect()
    }

    #[test]
    fn what_is_so_of_several_components_is_said_once() {
        let allows = |key: &'static str, action: &str| {
            let message = Message::new(key).name("role", id("role")).words("action", action);
            step("role", key == "world.allows", message.name("on", id("shop")))
        };
        let no_way = |subnet: &str, service: &str| {
            let message = Message::new("world.way.none").name("subnet", id(subnet)).words("service", service);
            step(subnet, false, message)
        };
        let mut steps = [
            allows("world.allows", "ecr:GetImage"),
            no_way("app-a", "ecr.api"),
            no_way("app-b", "ecr.api"),
            no_way("app-a", "s3"),
            no_way("app-b", "s3"),
            allows("world.allows.not", "logs:Create"),
        ];
        let first = "`role` allows ecr:GetImage on `shop`";
        let once = "from `app-a` and `app-b` nothing leads to ecr.api and s3";
        let last = "`role` does not allow logs:Create on `shop`";
        assert_eq!(said(&mut steps), [first, once, "", "", "", last]);
    }

    #[test]
    fn what_differs_in_more_than_one_argument_stays() {
        let listens = |node: &str, port: u16| {
            step(node, true, Message::new("world.listener").name("node", id(node)).arg("port", port))
        };
        let mut steps = [listens("web", 80), listens("api", 81)];
        assert_eq!(said(&mut steps), ["`web` listens on port 80", "`api` listens on port 81"]);
        let mut steps = [listens("web", 80), listens("web", 81), listens("web", 82)];
        assert_eq!(said(&mut steps), ["`web` listens on port 80, 81 and 82", "", ""]);
    }
}
