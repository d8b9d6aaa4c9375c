//! Which links are there already, so that none is repeated and single ones stay single.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::EditError;
use crate::catalogue::{Limit, LinkKind};
use crate::{ComponentId, Link, LinkId, Props};

/// The links that one more link could repeat or exceed.
#[derive(Default)]
pub(super) struct LinkIndex {
    same: BTreeMap<(LinkKind, ComponentId, ComponentId, Props), LinkId>,
    limited: BTreeMap<(LinkKind, ComponentId, Option<String>), LinkId>,
}

impl LinkIndex {
    pub(super) fn of<'a>(links: impl Iterator<Item = &'a Arc<Link>>) -> Self {
        let mut index = Self::default();
        links.for_each(|link| index.insert(link));
        index
    }

    pub(super) fn insert(&mut self, link: &Link) {
        let same = (link.kind, link.from.clone(), link.to.clone(), link.props.clone());
        self.same.insert(same, link.id.clone());
        self.limited.extend(limit_key(link).map(|key| (key, link.id.clone())));
    }

    pub(super) fn check(&self, link: &Link) -> Result<(), EditError> {
        let same = (link.kind, link.from.clone(), link.to.clone(), link.props.clone());
        if let Some(id) = self.same.get(&same) {
            return Err(EditError::SameLink(id.clone()));
        }
        match limit_key(link).and_then(|key| self.limited.get(&key)) {
            Some(id) => Err(EditError::LinkTaken(id.clone())),
            None => Ok(()),
        }
    }
}

fn limit_key(link: &Link) -> Option<(LinkKind, ComponentId, Option<String>)> {
    let spec = link.kind.spec();
    let answer = match spec.limit {
        Limit::Many => return None,
        Limit::One => None,
        Limit::OnePerAnswer => spec.asks.and_then(|prop| link.text(prop)).map(str::to_owned),
    };
    Some((link.kind, link.from.clone(), answer))
}
