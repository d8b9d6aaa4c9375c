//! Functions that are given work.

use trapwise_model::{ComponentKind, LinkKind};

use crate::world::{Graph, Node};

/// The functions that something invokes: an event, a request or another program.
pub(super) fn invoked<'a, 'd>(graph: &'a Graph<'d>) -> impl Iterator<Item = Node<'d>> + use<'a, 'd> {
    let given = |function: Node<'d>| {
        [LinkKind::Sends, LinkKind::Calls, LinkKind::Forwards]
            .into_iter()
            .any(|kind| !graph.inc(function, kind).is_empty())
    };
    graph.of_kind(ComponentKind::LambdaFunction).iter().copied().filter(move |function| given(*function))
}
