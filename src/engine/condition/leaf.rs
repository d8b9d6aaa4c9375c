//! Decides leaves: one question about components, for every component it names.

use trapwise_model::{SortedSet, Value};

use super::decide::{Evaluator, Tally};
use super::operator::status;
use super::paths::PathCache;
use super::property::Property;
use super::relation::Relation;
use super::select::{Missing, Nodes, Scope, depends_on_scope, link_fits, test_property};
use crate::report::Status;
use crate::world::Node;
use trapwise_documents::condition::{Connected, Distinct, Op, PathTest, Ref, Within};

/// What decided a leaf.
#[derive(Clone, Copy, Debug)]
pub(super) enum Grounds<'c, 'd> {
    /// A reference stands for nothing.
    Missing(Missing<'c>),
    /// This component.
    One(Node<'d>),
    /// This pair.
    Two(Node<'d>, Node<'d>),
    /// So many different values, and so many that are not known.
    Values(u32, u32),
    /// It is no leaf, or one about the whole design.
    None,
}

type Decided<'c, 'd> = Result<(Status, Grounds<'c, 'd>), Missing<'c>>;

impl<'d> Evaluator<'_, 'd> {
    /// The result of a leaf and what decided it: the first component or pair with that result.
    pub(super) fn leaf<'c>(&self, leaf: &'c Op, scope: Option<&Scope<'_, 'd>>) -> (Status, Grounds<'c, 'd>) {
        let decided = match leaf {
            Op::Attr(attr) => self.each(&attr.of, scope, &|node| {
                let property = Property::of(self.world, node, &attr.prop);
                test_property(self.world, &property, &attr.is, scope)
            }),
            Op::Connected(link) => self
                .pairs(&link.from, &link.to, scope, &|from, to| status(self.linked(link, from, to, scope))),
            Op::Within(within) => self.within(within, scope),
            Op::Path(path) => self.path(path, scope),
            Op::Distinct(distinct) => self.distinct(distinct, scope),
            Op::Reachable(reach) => self.pairs(&reach.from, &reach.to, scope, &|from, to| {
                self.relation(Relation::Reachable { from, to, port: reach.port })
            }),
            Op::CanPullImage(test) => {
                self.each(&test.of, scope, &|node| self.relation(Relation::PullsImage(node)))
            }
            Op::CanFetchSecret(test) => {
                self.each(&test.of, scope, &|node| self.relation(Relation::FetchesSecret(node)))
            }
            Op::CanWriteLogs(test) => {
                self.each(&test.of, scope, &|node| self.relation(Relation::WritesLogs(node)))
            }
            Op::RoleGrants(grants) => self.pairs(&grants.role, &grants.on, scope, &|role, on| {
                self.relation(Relation::Grants { role, action: &grants.action, on })
            }),
            Op::Survives(test) => self.each(&test.of, scope, &|node| {
                self.relation(Relation::Survives { node, zone_loss: test.zone_loss })
            }),
            Op::Cost(budget) | Op::Operations(budget) => Ok((self.budget(leaf, budget), Grounds::None)),
            Op::AllOf(_)
            | Op::AnyOf(_)
            | Op::Not(_)
            | Op::All(_)
            | Op::Any(_)
            | Op::None(_)
            | Op::Exactly(_)
            | Op::AtLeast(_)
            | Op::AtMost(_) => Ok((Status::Unknown, Grounds::None)),
        };
        decided.unwrap_or_else(|missing| {
            let status = if matches!(missing, Missing::Unbound(_)) { Status::Unknown } else { Status::Fail };
            (status, Grounds::Missing(missing))
        })
    }

    fn relation(&self, relation: Relation<'_, 'd>) -> Status {
        relation.status(self.world)
    }

    fn each<'c>(
        &self,
        of: &'c Ref,
        scope: Option<&Scope<'_, 'd>>,
        test: &dyn Fn(Node<'d>) -> Status,
    ) -> Decided<'c, 'd> {
        let nodes = self.resolve(of, scope)?;
        let nodes = self.counted_as_steps(nodes.as_slice().iter().copied());
        Ok(every(nodes.map(|node| (test(node), Grounds::One(node)))))
    }

    /// What a leaf tests, as long as there are steps: one for each but the first, which is that of the leaf.
    fn counted_as_steps<T>(&self, tested: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        let counted = tested.enumerate().take_while(|(index, _)| *index == 0 || self.take_steps(1));
        counted.map(|(_, tested)| tested)
    }

    fn pairs<'c>(
        &self,
        from: &'c Ref,
        to: &'c Ref,
        scope: Option<&Scope<'_, 'd>>,
        test: &dyn Fn(Node<'d>, Node<'d>) -> Status,
    ) -> Decided<'c, 'd> {
        let (starts, ends) = (self.resolve(from, scope)?, self.resolve(to, scope)?);
        let ends = ends.as_slice();
        let pairs = starts.as_slice().iter().flat_map(|from| ends.iter().map(|to| (*from, *to)));
        let pairs = self.counted_as_steps(pairs);
        Ok(every(pairs.map(|(from, to)| (test(from, to), Grounds::Two(from, to)))))
    }

    pub(super) fn linked(
        &self,
        link: &Connected,
        from: Node<'d>,
        to: Node<'d>,
        scope: Option<&Scope<'_, 'd>>,
    ) -> bool {
        let links = self.world.graph().between(from, link.link, to);
        links.iter().any(|edge| link_fits(self.world, edge.link, &link.tests, scope))
    }

    fn within<'c>(&self, within: &'c Within, scope: Option<&Scope<'_, 'd>>) -> Decided<'c, 'd> {
        let places = self.resolve(&within.container, scope)?;
        let places = places.as_slice();
        self.each(&within.of, scope, &|node| status(self.stands_in(node, places)))
    }

    /// Whether it stands somewhere, and everywhere in one of these places.
    fn stands_in(&self, node: Node<'d>, places: &[Node<'d>]) -> bool {
        // INVARIANT: nothing stands in itself, so this ends.
        let mut containers = self.world.graph().containers(node).peekable();
        containers.peek().is_some()
            && containers.all(|place| places.binary_search(&place).is_ok() || self.stands_in(place, places))
    }

    fn path<'c>(&self, path: &'c PathTest, scope: Option<&Scope<'_, 'd>>) -> Decided<'c, 'd> {
        let between = self.between(path, scope)?;
        let varies = [&path.via, &path.avoid]
            .into_iter()
            .flatten()
            .any(|of| matches!(of, Ref::Select(selector) if depends_on_scope(selector)));
        let own = PathCache::default();
        let paths = if varies { &own } else { &self.paths };
        self.pairs(&path.from, &path.to, scope, &|from, to| {
            status(paths.leads(self.world.graph(), path, &between, from, to))
        })
    }

    /// What a path has to pass through, and what it must not.
    pub(super) fn between<'c>(
        &self,
        path: &'c PathTest,
        scope: Option<&Scope<'_, 'd>>,
    ) -> Result<Between<'_, 'd>, Missing<'c>> {
        let via = path.via.as_ref().map(|via| self.resolve(via, scope)).transpose()?;
        let avoid = match path.avoid.as_ref().map(|avoid| self.resolve(avoid, scope)) {
            // Through none of nothing: no restriction.
            None | Some(Err(Missing::Nothing(_))) => None,
            Some(Err(missing)) => return Err(missing),
            Some(Ok(avoid)) => Some(avoid),
        };
        Ok(Between { via, avoid })
    }

    fn distinct<'c>(&self, distinct: &'c Distinct, scope: Option<&Scope<'_, 'd>>) -> Decided<'c, 'd> {
        let nodes = self.resolve(&distinct.of, scope)?;
        let mut seen: SortedSet<Value> = SortedSet::new();
        let mut absent = 0;
        for node in self.counted_as_steps(nodes.as_slice().iter().copied()) {
            match Property::of(self.world, node, &distinct.attr).value.map(std::borrow::Cow::into_owned) {
                Some(Value::List(items)) => seen.extend(items),
                Some(value) => {
                    seen.insert(value);
                }
                None => absent += 1,
            }
        }
        let known = u32::try_from(seen.len()).unwrap_or(u32::MAX);
        let tally = Tally { passes: known, fails: 1, unknowns: absent };
        Ok((tally.at_least(distinct.ge), Grounds::Values(known, absent)))
    }
}

/// What lies between the ends of a path.
#[derive(Clone, Debug)]
pub(super) struct Between<'a, 'd> {
    /// One of these, if given.
    pub via: Option<Nodes<'a, 'd>>,
    /// None of these.
    pub avoid: Option<Nodes<'a, 'd>>,
}

/// The `allOf` over results, and the first that has its status.
fn every<'c, 'd>(results: impl Iterator<Item = (Status, Grounds<'c, 'd>)>) -> (Status, Grounds<'c, 'd>) {
    let weight = |status: Status| match status {
        Status::NotApplicable => 0,
        Status::Pass => 1,
        Status::Unknown => 2,
        Status::Fail => 3,
    };
    let mut decided = (Status::NotApplicable, Grounds::None);
    let mut heaviest = None;
    for (status, grounds) in results {
        if heaviest.is_none_or(|heaviest| heaviest < weight(status)) {
            heaviest = Some(weight(status));
            decided = (status, grounds);
        }
        if status == Status::Fail {
            break;
        }
    }
    decided
}
