//! Who may do what: roles by the place they are attached, grants with wildcards and managed policies.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use super::graph::{Edge, Graph, Node};
use crate::data::managed_policies;

/// How an action is granted.
#[derive(Clone, Copy, Debug)]
pub enum Grant<'d> {
    /// By a drawn permission.
    Link(Edge<'d>),
    /// By an AWS managed policy of that name.
    ManagedPolicy(&'d str),
    /// By an inline permission for every resource; its pattern.
    Wildcard(&'d str),
}

/// The role attached to a component in that place (`taskRoleArn`, `executionRoleArn`, `instanceProfile`, …).
#[must_use]
pub fn role<'d>(graph: &Graph<'d>, of: Node<'d>, place: &str) -> Option<Edge<'d>> {
    graph.out(of, LinkKind::Role).iter().copied().find(|edge| edge.link.is(prop::AS, place))
}

/// How the role allows the action on the resource, if it does. `action` has no wildcards; IAM compares
/// actions without regard to case.
#[must_use]
pub fn grant<'d>(graph: &Graph<'d>, role: Node<'d>, action: &str, on: Node<'d>) -> Option<Grant<'d>> {
    let drawn = graph.between(role, LinkKind::Grants, on).iter().copied().find(|edge| {
        edge.link
            .list(prop::ACTIONS)
            .iter()
            .filter_map(Value::as_text)
            .any(|pattern| matches(pattern, action))
    });
    drawn.map(Grant::Link).or_else(|| everywhere(role, action))
}

/// How the role allows the action on every resource, if it does: actions that know no resource are asked
/// for so.
#[must_use]
pub fn everywhere<'d>(role: Node<'d>, action: &str) -> Option<Grant<'d>> {
    let mut inline = role.component().list(prop::WILDCARD_ACTIONS).iter().filter_map(Value::as_text);
    let inline = inline.find(|pattern| matches(pattern, action));
    inline.map(Grant::Wildcard).or_else(|| managed(role, action).map(Grant::ManagedPolicy))
}

/// The managed policy of the role that allows the action on every resource, if any.
#[must_use]
pub fn managed<'d>(role: Node<'d>, action: &str) -> Option<&'d str> {
    let names = role.component().list(prop::MANAGED_POLICIES).iter().filter_map(Value::as_text);
    names
        .into_iter()
        .find(|name| managed_policies::actions(name).iter().any(|pattern| matches(pattern, action)))
}

/// Whether the role allows any of the actions that are usual on such a resource.
#[must_use]
pub fn grants_any<'d>(graph: &Graph<'d>, role: Node<'d>, on: Node<'d>) -> Option<Grant<'d>> {
    let drawn = graph.between(role, LinkKind::Grants, on).iter().copied().find(|edge| {
        let mut patterns = edge.link.list(prop::ACTIONS).iter().filter_map(Value::as_text);
        patterns
            .any(|pattern| pattern == "*" || prefix(pattern).eq_ignore_ascii_case(service_prefix(on.kind)))
    });
    drawn
        .map(Grant::Link)
        .or_else(|| on.kind.spec().actions.iter().find_map(|action| everywhere(role, action)))
}

/// Whether an IAM pattern (`*` any run, `?` one character) covers an action.
#[must_use]
pub fn matches(pattern: &str, action: &str) -> bool {
    glob(pattern.as_bytes(), action.as_bytes())
}

fn glob(pattern: &[u8], text: &[u8]) -> bool {
    // The last star seen, and where the text stood then: on a mismatch the star takes one byte more.
    let (mut at, mut in_pattern) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(at) {
        match pattern.get(in_pattern) {
            Some(b'*') => {
                star = Some((in_pattern, at));
                in_pattern += 1;
                continue;
            }
            Some(wanted) if *wanted == b'?' || wanted.eq_ignore_ascii_case(byte) => {
                at += 1;
                in_pattern += 1;
                continue;
            }
            _ => {}
        }
        let Some((star_at, taken)) = star else { return false };
        star = Some((star_at, taken + 1));
        in_pattern = star_at + 1;
        at = taken + 1;
    }
    pattern.get(in_pattern..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}

fn prefix(action: &str) -> &str {
    action.split_once(':').map_or("", |(service, _)| service)
}

fn service_prefix(kind: ComponentKind) -> &'static str {
    kind.spec().actions.first().map_or("", |action| prefix(action))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn iam_wildcards() {
        for (pattern, action) in [
            ("s3:GetObject", "s3:GetObject"),
            ("s3:getobject", "s3:GetObject"),
            ("s3:Get*", "s3:GetObject"),
            ("s3:*", "s3:PutObject"),
            ("*", "s3:PutObject"),
            ("s3:*Object", "s3:GetObject"),
            ("s3:?etObject", "s3:GetObject"),
            ("s3:*t*t", "s3:GetObject"),
        ] {
            assert!(matches(pattern, action), "{pattern} covers {action}");
        }
        for (pattern, action) in [
            ("s3:Get", "s3:GetObject"),
            ("s3:Put*", "s3:GetObject"),
            ("", "s3:GetObject"),
            ("s3:*x", "s3:GetObject"),
        ] {
            assert!(!matches(pattern, action), "{pattern} does not cover {action}");
        }
    }
}
