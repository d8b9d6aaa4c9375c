//! Decides conditions: status and how far each got. Words and witnesses are [`super::explain`]'s.

use std::cell::{Cell, OnceCell};

use super::paths::PathCache;
use super::select::{Missing, Nodes, Scope, Selection, depends_on_scope};
use crate::cost::{Best, Estimate, Volumes};
use crate::report::Status;
use crate::world::{Node, World};
use trapwise_documents::condition::{Condition, Connected, Counted, OnEmpty, Op, Quantified, Ref, Selector};

/// Most steps of one check. A step is a condition decided with one set of bound components, each further
/// component or pair that its leaf tests, and a component tried by a selector that depends on what is bound.
pub const MAX_STEPS: u32 = 500_000;

/// Evaluates conditions over one world. Make one for all checks: selections are shared.
///
/// INVARIANT: the conditions given to one evaluator outlive it, so that their addresses tell them apart.
#[derive(Debug)]
pub struct Evaluator<'w, 'd> {
    pub(super) world: &'w World<'d>,
    pub(super) selection: Selection<'w, 'd>,
    pub(super) paths: PathCache,
    pub(super) volumes: Volumes,
    pub(super) best: Option<Best>,
    /// Made when first asked.
    pub(super) estimate: OnceCell<Estimate>,
    /// How many of [`MAX_STEPS`] the current check has left.
    pub(super) steps_left: Cell<u32>,
}

/// The result of a condition, and how many leaves passed on the way (see [`super`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub status: Status,
    pub steps: u32,
}

impl Verdict {
    /// That of a leaf.
    pub const fn leaf(status: Status) -> Self {
        Self { status, steps: if matches!(status, Status::Pass) { 1 } else { 0 } }
    }
}

/// Counts results.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub passes: u32,
    pub fails: u32,
    pub unknowns: u32,
}

impl Tally {
    pub fn add(&mut self, status: Status) {
        match status {
            Status::Pass => self.passes += 1,
            Status::Fail => self.fails += 1,
            Status::Unknown => self.unknowns += 1,
            Status::NotApplicable => {}
        }
    }

    pub const fn all(&self) -> Status {
        match self {
            Self { fails: 1.., .. } => Status::Fail,
            Self { unknowns: 1.., .. } => Status::Unknown,
            Self { passes: 1.., .. } => Status::Pass,
            _ => Status::NotApplicable,
        }
    }

    pub const fn any(&self) -> Status {
        match self {
            Self { passes: 1.., .. } => Status::Pass,
            Self { unknowns: 1.., .. } => Status::Unknown,
            Self { fails: 1.., .. } => Status::Fail,
            _ => Status::NotApplicable,
        }
    }

    pub const fn exactly(&self, count: u32) -> Status {
        match *self {
            Self { passes: 0, fails: 0, unknowns: 0 } => Status::NotApplicable,
            Self { passes, unknowns, .. } if passes > count || passes + unknowns < count => Status::Fail,
            Self { unknowns: 1.., .. } => Status::Unknown,
            _ => Status::Pass,
        }
    }

    pub const fn at_least(&self, count: u32) -> Status {
        match *self {
            Self { passes: 0, fails: 0, unknowns: 0 } => Status::NotApplicable,
            Self { passes, .. } if passes >= count => Status::Pass,
            Self { passes, unknowns, .. } if passes + unknowns < count => Status::Fail,
            _ => Status::Unknown,
        }
    }

    pub const fn at_most(&self, count: u32) -> Status {
        match *self {
            Self { passes: 0, fails: 0, unknowns: 0 } => Status::NotApplicable,
            Self { passes, .. } if passes > count => Status::Fail,
            Self { passes, unknowns, .. } if passes + unknowns <= count => Status::Pass,
            _ => Status::Unknown,
        }
    }
}

pub(super) const fn negated(status: Status) -> Status {
    match status {
        Status::Pass => Status::Fail,
        Status::Fail => Status::Pass,
        other => other,
    }
}

pub(super) const fn on_empty(rule: OnEmpty) -> Status {
    match rule {
        OnEmpty::Pass => Status::Pass,
        OnEmpty::Fail => Status::Fail,
        OnEmpty::NotApplicable => Status::NotApplicable,
    }
}

impl<'w, 'd> Evaluator<'w, 'd> {
    /// An evaluator of conditions over that world, with the volumes that are assumed anyway.
    #[must_use]
    pub fn new(world: &'w World<'d>) -> Self {
        Self {
            world,
            selection: Selection::new(world),
            paths: PathCache::default(),
            volumes: Volumes::default(),
            best: None,
            estimate: OnceCell::new(),
            steps_left: Cell::new(MAX_STEPS),
        }
    }

    /// Whether a condition holds.
    #[must_use]
    pub fn status(&self, condition: &Condition) -> Status {
        self.within_steps(|| self.decide(condition, None).status).unwrap_or(Status::Unknown)
    }

    /// Decides one whole check; none if it took more than [`MAX_STEPS`].
    pub(super) fn within_steps<T>(&self, decide: impl FnOnce() -> T) -> Option<T> {
        self.steps_left.set(MAX_STEPS);
        let decided = decide();
        (self.steps_left.get() > 0).then_some(decided)
    }

    /// Takes so many steps; false when none is left, and then nothing that is decided counts.
    pub(super) fn take_steps(&self, count: usize) -> bool {
        let left = self.steps_left.get().saturating_sub(u32::try_from(count).unwrap_or(u32::MAX));
        self.steps_left.set(left);
        left > 0
    }

    pub(super) fn decide(&self, condition: &Condition, scope: Option<&Scope<'_, 'd>>) -> Verdict {
        if !self.take_steps(1) {
            return Verdict { status: Status::Unknown, steps: 0 };
        }
        let op = match condition {
            Condition::Op(op) => op,
            Condition::IfThen(rule) => {
                return match self.decide(&rule.condition, scope).status {
                    Status::Pass => self.decide(&rule.then, scope),
                    Status::Unknown => Verdict { status: Status::Unknown, steps: 0 },
                    Status::Fail | Status::NotApplicable => {
                        Verdict { status: Status::NotApplicable, steps: 0 }
                    }
                };
            }
        };
        match op.as_ref() {
            Op::AllOf(parts) => all(&mut parts.iter().map(|part| self.decide(part, scope))),
            Op::AnyOf(parts) => any(&mut parts.iter().map(|part| self.decide(part, scope))),
            Op::Not(part) => Verdict::leaf(negated(self.decide(part, scope).status)),
            Op::All(each) => self.quantified(each, scope, all),
            Op::Any(each) => self.any(each, scope),
            Op::None(each) => {
                let nodes = self.select(&each.select, scope);
                if nodes.as_slice().is_empty() {
                    return Verdict::leaf(on_empty(each.on_empty));
                }
                Verdict::leaf(negated(self.any(each, scope).status))
            }
            Op::Exactly(each) => self.counted(each, scope, Tally::exactly),
            Op::AtLeast(each) => self.counted(each, scope, Tally::at_least),
            Op::AtMost(each) => self.counted(each, scope, Tally::at_most),
            leaf => Verdict::leaf(self.leaf(leaf, scope).0),
        }
    }

    /// What a selector selects.
    pub(super) fn select(&self, selector: &Selector, scope: Option<&Scope<'_, 'd>>) -> Nodes<'_, 'd> {
        if depends_on_scope(selector) && !self.take_steps(self.world.graph().nodes().len()) {
            return Nodes::Run(&[]);
        }
        self.selection.select(selector, scope)
    }

    /// What a reference stands for; not empty.
    pub(super) fn resolve<'c>(
        &self,
        of: &'c Ref,
        scope: Option<&Scope<'_, 'd>>,
    ) -> Result<Nodes<'_, 'd>, Missing<'c>> {
        match of {
            Ref::Bound(name) => Scope::find(scope, name).map(Nodes::One).ok_or(Missing::Unbound(name)),
            Ref::Select(selector) => {
                let nodes = self.select(selector, scope);
                if nodes.as_slice().is_empty() { Err(Missing::Nothing(selector)) } else { Ok(nodes) }
            }
        }
    }

    fn quantified(
        &self,
        each: &Quantified,
        scope: Option<&Scope<'_, 'd>>,
        fold: fn(&mut dyn Iterator<Item = Verdict>) -> Verdict,
    ) -> Verdict {
        let nodes = self.select(&each.select, scope);
        if nodes.as_slice().is_empty() {
            return Verdict::leaf(on_empty(each.on_empty));
        }
        fold(&mut nodes.as_slice().iter().map(|node| self.hold(&each.bind, &each.hold, *node, scope)))
    }

    /// `any`, evaluated for the neighbours only where there are [`Self::neighbours`].
    fn any(&self, each: &Quantified, scope: Option<&Scope<'_, 'd>>) -> Verdict {
        let Some(mut candidates) = self.neighbours(each, scope) else {
            return self.quantified(each, scope, any);
        };
        let nodes = self.select(&each.select, scope);
        let nodes = nodes.as_slice();
        if nodes.is_empty() {
            return Verdict::leaf(on_empty(each.on_empty));
        }
        candidates.retain(|node| nodes.binary_search(node).is_ok());
        let others = (candidates.len() < nodes.len()).then_some(Verdict { status: Status::Fail, steps: 0 });
        let verdicts = candidates.iter().map(|node| self.hold(&each.bind, &each.hold, *node, scope));
        any(&mut verdicts.chain(others))
    }

    /// Where the first thing asked of a candidate is a link to or from something else: the components
    /// with such a link, by id. All other candidates fail there, without a leaf passed.
    fn neighbours(&self, each: &Quantified, scope: Option<&Scope<'_, 'd>>) -> Option<Vec<Node<'d>>> {
        let link = first_link(&each.hold)?;
        let is_bound = |end: &Ref| matches!(end, Ref::Bound(name) if name.strip_prefix('$').unwrap_or(name) == each.bind);
        let graph = self.world.graph();
        let mut neighbours: Vec<_> = match (is_bound(&link.from), is_bound(&link.to)) {
            (true, false) => {
                let to = self.fixed_end(&link.to, scope)?;
                graph.inc(to, link.link).iter().map(|edge| edge.from).collect()
            }
            (false, true) => {
                let from = self.fixed_end(&link.from, scope)?;
                graph.out(from, link.link).iter().map(|edge| edge.to).collect()
            }
            _ => return None,
        };
        neighbours.dedup();
        Some(neighbours)
    }

    /// The first component an end stands for, if that does not depend on the candidate.
    fn fixed_end(&self, end: &Ref, scope: Option<&Scope<'_, 'd>>) -> Option<Node<'d>> {
        if matches!(end, Ref::Select(selector) if depends_on_scope(selector)) {
            return None;
        }
        self.resolve(end, scope).ok()?.as_slice().first().copied()
    }

    pub(super) fn hold(
        &self,
        bind: &str,
        hold: &Condition,
        node: Node<'d>,
        scope: Option<&Scope<'_, 'd>>,
    ) -> Verdict {
        self.decide(hold, Some(&Scope::new(bind, node, scope)))
    }

    fn counted(
        &self,
        each: &Counted,
        scope: Option<&Scope<'_, 'd>>,
        judge: fn(&Tally, u32) -> Status,
    ) -> Verdict {
        let nodes = self.select(&each.select, scope);
        if nodes.as_slice().is_empty() {
            return Verdict::leaf(on_empty(each.on_empty));
        }
        let mut tally = Tally::default();
        for node in nodes.as_slice() {
            tally.add(self.hold(&each.bind, &each.hold, *node, scope).status);
        }
        Verdict::leaf(judge(&tally, each.count))
    }
}

/// The status and steps of an `allOf`.
fn all(verdicts: &mut dyn Iterator<Item = Verdict>) -> Verdict {
    let (mut tally, mut steps) = (Tally::default(), 0);
    for verdict in verdicts {
        tally.add(verdict.status);
        steps += verdict.steps;
        if verdict.status == Status::Fail {
            break;
        }
    }
    Verdict { status: tally.all(), steps }
}

/// The status and steps of an `anyOf`.
fn any(verdicts: &mut dyn Iterator<Item = Verdict>) -> Verdict {
    let (mut tally, mut steps) = (Tally::default(), 0);
    for verdict in verdicts {
        if verdict.status == Status::Pass {
            return verdict;
        }
        tally.add(verdict.status);
        steps = verdict.steps.max(steps);
    }
    Verdict { status: tally.any(), steps }
}

/// The link that a condition asks for before all else.
fn first_link(condition: &Condition) -> Option<&Connected> {
    let Condition::Op(op) = condition else { return None };
    match op.as_ref() {
        Op::AllOf(parts) => first_link(parts.first()?),
        Op::Connected(link) => Some(link),
        _ => None,
    }
}
