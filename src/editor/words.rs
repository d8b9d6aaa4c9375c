//! What components are called on screen and in announcements.

use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::{Component, ComponentId, ComponentKind, Design, Link, LinkKind};

/// Words written in capitals anywhere in a name.
const CAPITALS: &[&str] = &[
    "alb", "api", "asg", "aws", "az", "db", "ebs", "ec2", "ecr", "ecs", "efs", "eks", "gpu", "iam", "igw",
    "kms", "nat", "nlb", "rds", "s3", "sg", "sns", "sqs", "ssm", "vpc",
];

/// The name of a component: its id in words, or its kind's where the id says no more than that.
#[must_use]
pub fn title(component: &Component) -> String {
    let id = component.id.as_str();
    let spec = component.kind.spec();
    match id.strip_prefix(component.kind.name()) {
        Some("") => return spec.label.to_owned(),
        Some(rest) => {
            if let Some(number) = rest.strip_prefix('-').filter(|rest| rest.parse::<u32>().is_ok()) {
                return format!("{} {number}", spec.label);
            }
        }
        None => {}
    }
    let mut name = String::with_capacity(id.len());
    for (index, word) in id.split('-').enumerate() {
        if index > 0 {
            name.push(' ');
        }
        if CAPITALS.contains(&word) {
            name.push_str(&word.to_ascii_uppercase());
        } else if index == 0 {
            let mut letters = word.chars();
            name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            name.push_str(letters.as_str());
        } else {
            name.push_str(word);
        }
    }
    name
}

/// The name of the component of that id, or the id.
#[must_use]
pub fn title_of(design: &Design, id: &ComponentId) -> String {
    design.component(id.as_str()).map_or_else(|| id.as_str().to_owned(), |component| title(component))
}

/// The line under the name: what it is and what matters most about it; empty where that is said.
#[must_use]
pub fn summary(component: &Component) -> String {
    use ComponentKind as K;
    let spec = component.kind.spec();
    let choice = |prop: PropId| choice_label(component, prop);
    let number = |prop: PropId, unit: &str| component.int(prop).map(|value| format!("{value} {unit}"));
    let parts: Vec<String> = match component.kind {
        K::EcsService => {
            let tasks = component.int(prop::DESIRED_COUNT).unwrap_or(1);
            let plural = if tasks == 1 { "task" } else { "tasks" };
            [choice(prop::LAUNCH_TYPE), Some(format!("{tasks} {plural}"))].into_iter().flatten().collect()
        }
        K::StandaloneTask => {
            [choice(prop::LAUNCH_TYPE), number(prop::COUNT, "×")].into_iter().flatten().collect()
        }
        K::TaskDefinition => {
            // Both are as short as they are said: a card has no room for their units.
            let size = match (component.int(prop::CPU), component.int(prop::MEMORY)) {
                (Some(cpu), Some(memory)) => Some(format!("{cpu}/{memory}")),
                _ => number(prop::CPU, "CPU").or_else(|| number(prop::MEMORY, "MiB")),
            };
            [choice(prop::NETWORK_MODE), size].into_iter().flatten().collect()
        }
        K::LoadBalancer => [choice(prop::TYPE), choice(prop::SCHEME)].into_iter().flatten().collect(),
        K::VpcEndpoint => {
            [choice(prop::SERVICE), choice(prop::VPC_ENDPOINT_TYPE)].into_iter().flatten().collect()
        }
        K::RdsDatabase => {
            let standby = component.flag(prop::MULTI_AZ).then(|| "Multi-AZ".to_owned());
            [choice(prop::ENGINE), standby].into_iter().flatten().collect()
        }
        K::AutoScalingGroup => component.text(prop::INSTANCE_TYPE).map(str::to_owned).into_iter().collect(),
        K::CapacityProvider | K::ScalingPolicy | K::SsmParameter | K::CloudMapNamespace => {
            choice(prop::TYPE).into_iter().collect()
        }
        K::CloudwatchAlarm => component.text(prop::METRIC).map(str::to_owned).into_iter().collect(),
        K::IamRole => match component.list(prop::MANAGED_POLICIES) {
            [] => Vec::new(),
            [one] => vec![one.to_string()],
            more => vec![format!("{} managed policies", more.len())],
        },
        _ => Vec::new(),
    };
    if parts.is_empty() {
        if title(component).starts_with(spec.label) { String::new() } else { spec.label.to_owned() }
    } else {
        parts.join(" · ")
    }
}

fn choice_label(component: &Component, prop: PropId) -> Option<String> {
    use trapwise_model::catalogue::PropType;
    let value = component.text(prop)?;
    let label = match component.kind.spec().prop(prop).map(|spec| &spec.ty) {
        Some(PropType::Enum(choices)) => {
            choices.iter().find(|choice| choice.value == value).map(|choice| choice.label)
        }
        _ => None,
    };
    Some(label.unwrap_or(value).to_owned())
}

/// What a link says between its ends, short enough to stand on its line.
#[must_use]
pub fn link_label(link: &Link) -> String {
    let spec = link.kind.spec();
    let port = |prop: PropId| link.int(prop).map(|port| format!(":{port}"));
    match link.kind {
        LinkKind::Forwards => {
            // What is registered is half of what the link says: it has to fit the network mode.
            let target = link.text(prop::TARGET_TYPE).unwrap_or_default();
            let to = port(prop::TARGET_PORT).unwrap_or_default();
            format!("{} → {target}{to}", port(prop::LISTENER_PORT).unwrap_or_default())
        }
        LinkKind::Sends | LinkKind::Calls => {
            format!(
                "{}{}",
                spec.label.trim_end_matches(" to"),
                port(prop::PORT).map(|port| format!(" {port}")).unwrap_or_default()
            )
        }
        LinkKind::Allows => match link.text(prop::PROTOCOL) {
            Some("all") => "all traffic".to_owned(),
            _ => {
                let last = link.int(prop::TO_PORT).filter(|to| Some(*to) != link.int(prop::FROM_PORT));
                let last = last.map(|to| format!("–{to}")).unwrap_or_default();
                let way = if link.text(prop::DIRECTION) == Some("egress") { "out" } else { "in" };
                format!("{way} {}{last}", port(prop::FROM_PORT).unwrap_or_default())
            }
        },
        LinkKind::Grants => match link.list(prop::ACTIONS) {
            [] => "grants nothing yet".to_owned(),
            [one] => one.to_string(),
            [first, rest @ ..] => format!("{first} +{}", rest.len()),
        },
        _ => {
            let answer = spec.asks.and_then(|prop| Some((spec.prop(prop)?, link.text(prop)?)));
            match answer.map(|(prop, value)| (&prop.ty, value)) {
                Some((trapwise_model::catalogue::PropType::Enum(choices), value)) => choices
                    .iter()
                    .find(|choice| choice.value == value)
                    .map_or(value, |choice| choice.label)
                    .to_ascii_lowercase(),
                _ => spec.label.to_owned(),
            }
        }
    }
}

/// How wide that is on the board, with what is around it.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a short label")]
pub fn label_width(link: &Link) -> f32 {
    link_label(link).chars().count() as f32 * 6.6 + 12.0
}

/// Whether a link is what something does, rather than how something is configured.
#[must_use]
pub const fn is_prominent(kind: LinkKind) -> bool {
    matches!(
        kind,
        LinkKind::Sends
            | LinkKind::Forwards
            | LinkKind::Calls
            | LinkKind::Runs
            | LinkKind::RunsOn
            | LinkKind::Deploys
    )
}

/// A link as a sentence: `Web forwards to Orders`.
#[must_use]
pub fn link_sentence(design: &Design, link: &Link) -> String {
    format!("{} {} {}", title_of(design, &link.from), link.kind.spec().label, title_of(design, &link.to))
}

/// Where a component is, for example `App a and App b`.
#[must_use]
pub fn place_words(design: &Design, containers: &[ComponentId]) -> String {
    let names = containers.iter().map(|id| title_of(design, id)).collect::<Vec<_>>();
    match names.as_slice() {
        [] => "its shelf".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str, kind: ComponentKind) -> Component {
        Component::new(ComponentId::new(id).unwrap(), kind)
    }

    #[test]
    fn names_read_like_words() {
        assert_eq!(title(&named("web-alb", ComponentKind::LoadBalancer)), "Web ALB");
        assert_eq!(title(&named("ecs-service", ComponentKind::EcsService)), "ECS service");
        assert_eq!(title(&named("ecs-service-2", ComponentKind::EcsService)), "ECS service 2");
        assert_eq!(title(&named("vpc", ComponentKind::Vpc)), "VPC");
        assert_eq!(title(&named("orders-db", ComponentKind::RdsDatabase)), "Orders DB");
    }

    #[test]
    fn a_line_says_what_matters() {
        let fixture = trapwise_model::fixture::parse(
            "lb: load-balancer\nweb: ecs-service launchType=FARGATE desiredCount=2\nlb -> web: forwards targetPort=8080\n\
             vpc: vpc\n  g: security-group\n  h: security-group\ng -> h: allows fromPort=80 toPort=90",
        );
        // A service that floats is legal, as its instances may decide where it runs.
        let design = fixture.unwrap().design;
        assert_eq!(summary(design.component("web").unwrap()), "Fargate · 2 tasks");
        assert_eq!(link_label(design.link("l1").unwrap()), ":443 → instance:8080");
        assert_eq!(link_label(design.link("l2").unwrap()), "in :80–90");
        assert_eq!(link_sentence(&design, design.link("l1").unwrap()), "Lb forwards to Web");
    }
}
