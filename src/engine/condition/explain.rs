//! Finds the leaf that decided a condition, and says why.
//!
//! Deciding is done first, without words; this then goes down to the one leaf that counts, asking
//! again what each child's result was.

use super::decide::{Evaluator, MAX_STEPS, Tally, Verdict, negated, on_empty};
use super::leaf::Grounds;
use super::reason;
use super::relation::Relation;
use super::select::Scope;
use crate::finding::Step;
use crate::report::{Status, Witness};
use crate::texts::Texts;
use crate::world::Node;
use trapwise_documents::condition::{Condition, Counted, Op, Quantified};
use trapwise_documents::message::{Ids, Message};
use trapwise_model::SortedMap;

/// What decided a condition, before it is written down.
struct Decided {
    status: Status,
    witness: Witness,
}

impl<'d> Evaluator<'_, 'd> {
    /// Whether a condition holds, and what decided it. The witness's leaf is a JSON pointer within the
    /// condition; empty where finding it takes too many steps.
    #[must_use]
    pub fn explain(&self, condition: &Condition) -> (Status, Witness) {
        let (status, mut witness) = self.explained(condition);
        // No trap speaks here: the shared words are enough.
        witness.put_into_words(&Texts::new(), &Ids);
        (status, witness)
    }

    fn explained(&self, condition: &Condition) -> (Status, Witness) {
        if let Some(Decided { status, witness }) =
            self.within_steps(|| self.down(condition, None, String::new()))
        {
            return (status, witness);
        }
        // Deciding takes fewer steps than explaining.
        let status = self.within_steps(|| self.decide(condition, None).status);
        let key = match status {
            Some(_) => "condition.too-many-steps-to-explain",
            None => "condition.too-many-steps",
        };
        let Message { key, args } = Message::new(key).arg("steps", MAX_STEPS);
        (status.unwrap_or(Status::Unknown), Witness { key, args, ..Witness::default() })
    }

    fn down(&self, condition: &Condition, scope: Option<&Scope<'_, 'd>>, at: String) -> Decided {
        let op = match condition {
            Condition::Op(op) => op.as_ref(),
            Condition::IfThen(rule) => {
                let condition = self.decide(&rule.condition, scope).status;
                if condition == Status::Pass {
                    return self.down(&rule.then, scope, at + "/then");
                }
                let decided = self.down(&rule.condition, scope, at + "/if");
                let status =
                    if condition == Status::Unknown { Status::Unknown } else { Status::NotApplicable };
                return Decided { status, ..decided };
            }
        };
        match op {
            Op::AllOf(parts) => self.explain_parts(parts, scope, at + "/allOf", Choice::First),
            Op::AnyOf(parts) => self.explain_parts(parts, scope, at + "/anyOf", Choice::Furthest),
            Op::Not(part) => {
                let decided = self.down(part, scope, at + "/not");
                Decided { status: negated(decided.status), ..decided }
            }
            Op::All(each) => self.explain_each(each, scope, at + "/all", Choice::First),
            Op::Any(each) => self.explain_each(each, scope, at + "/any", Choice::Furthest),
            Op::None(each) => {
                let empty = self.select(&each.select, scope).as_slice().is_empty();
                let decided = self.explain_each(each, scope, at + "/none", Choice::Furthest);
                let status = if empty { decided.status } else { negated(decided.status) };
                Decided { status, ..decided }
            }
            Op::Exactly(each) => self.explain_count(
                each,
                scope,
                at + "/exactly",
                "condition.holds.not-exactly",
                Tally::exactly,
            ),
            Op::AtLeast(each) => self.explain_count(
                each,
                scope,
                at + "/atLeast",
                "condition.holds.not-at-least",
                Tally::at_least,
            ),
            Op::AtMost(each) => {
                self.explain_count(each, scope, at + "/atMost", "condition.holds.not-at-most", Tally::at_most)
            }
            leaf => self.explain_leaf(leaf, scope, at),
        }
    }

    fn explain_parts(
        &self,
        parts: &[Condition],
        scope: Option<&Scope<'_, 'd>>,
        at: String,
        choice: Choice,
    ) -> Decided {
        let verdicts = choice.verdicts(parts.iter().map(|part| self.decide(part, scope)));
        let (status, chosen) = choice.of(&verdicts);
        match chosen.and_then(|index| parts.get(index).map(|part| (index, part))) {
            Some((index, part)) => Decided { status, ..self.down(part, scope, format!("{at}/{index}")) },
            None => decided(status, scope, at, Message::new(reason::NOTHING_ASKED), Vec::new()),
        }
    }

    fn explain_each(
        &self,
        each: &Quantified,
        scope: Option<&Scope<'_, 'd>>,
        at: String,
        choice: Choice,
    ) -> Decided {
        let nodes = self.select(&each.select, scope);
        let nodes = nodes.as_slice();
        let hold = |node: &Node<'d>| self.hold(&each.bind, &each.hold, *node, scope);
        let verdicts = choice.verdicts(nodes.iter().map(hold));
        let (status, chosen) = choice.of(&verdicts);
        match chosen.and_then(|index| nodes.get(index)) {
            Some(node) => {
                let scope = Scope::new(&each.bind, *node, scope);
                Decided { status, ..self.down(&each.hold, Some(&scope), at + "/hold") }
            }
            None => decided(on_empty(each.on_empty), scope, at, reason::nothing(&each.select), Vec::new()),
        }
    }

    fn explain_count(
        &self,
        each: &Counted,
        scope: Option<&Scope<'_, 'd>>,
        at: String,
        fails: &'static str,
        judge: fn(&Tally, u32) -> Status,
    ) -> Decided {
        let nodes = self.select(&each.select, scope);
        let nodes = nodes.as_slice();
        if nodes.is_empty() {
            let status = on_empty(each.on_empty);
            return decided(status, scope, at, reason::nothing(&each.select), Vec::new());
        }
        let hold = |node: &Node<'d>| self.hold(&each.bind, &each.hold, *node, scope);
        let verdicts = nodes.iter().map(hold).collect::<Vec<_>>();
        let mut tally = Tally::default();
        verdicts.iter().for_each(|verdict| tally.add(verdict.status));
        let status = judge(&tally, each.count);
        let chosen = match status {
            Status::Fail if tally.passes < each.count => furthest(&verdicts),
            Status::Unknown => first(&verdicts, Status::Unknown),
            _ => None,
        };
        if let Some(node) = chosen.and_then(|index| nodes.get(index)) {
            let scope = Scope::new(&each.bind, *node, scope);
            return Decided { status, ..self.down(&each.hold, Some(&scope), at + "/hold") };
        }
        let holds = Message::new("condition.holds").arg("passes", tally.passes).arg("all", nodes.len());
        let why = match status {
            Status::Fail => Message::new(fails).arg("holds", holds).arg("count", each.count),
            _ => holds,
        };
        decided(status, scope, at, why, Vec::new())
    }

    fn explain_leaf(&self, leaf: &Op, scope: Option<&Scope<'_, 'd>>, at: String) -> Decided {
        let (status, grounds) = self.leaf(leaf, scope);
        let at = format!("{at}/{}", leaf.name());
        let relation = match (leaf, grounds) {
            (Op::Reachable(reach), Grounds::Two(from, to)) => {
                Some(Relation::Reachable { from, to, port: reach.port })
            }
            (Op::CanPullImage(_), Grounds::One(node)) => Some(Relation::PullsImage(node)),
            (Op::CanFetchSecret(_), Grounds::One(node)) => Some(Relation::FetchesSecret(node)),
            (Op::CanWriteLogs(_), Grounds::One(node)) => Some(Relation::WritesLogs(node)),
            (Op::RoleGrants(grants), Grounds::Two(role, on)) => {
                Some(Relation::Grants { role, action: &grants.action, on })
            }
            (Op::Survives(test), Grounds::One(node)) => {
                Some(Relation::Survives { node, zone_loss: test.zone_loss })
            }
            _ => None,
        };
        let (why, path) = match relation {
            Some(relation) => relation.explain(self.world),
            None => (self.reason(leaf, status, grounds, scope), Vec::new()),
        };
        decided(status, scope, at, why, path)
    }
}

/// Which child decides a failure.
#[derive(Clone, Copy)]
enum Choice {
    /// The first that failed: one failure is enough.
    First,
    /// The one that got furthest: all have failed.
    Furthest,
}

impl Choice {
    /// The verdicts up to the one that decides the whole by itself, as far as deciding goes too.
    fn verdicts(self, all: impl Iterator<Item = Verdict>) -> Vec<Verdict> {
        let decisive = match self {
            Self::First => Status::Fail,
            Self::Furthest => Status::Pass,
        };
        let mut verdicts = Vec::new();
        for verdict in all {
            verdicts.push(verdict);
            if verdict.status == decisive {
                break;
            }
        }
        verdicts
    }

    /// The status of the whole, and the child that decides it.
    fn of(self, verdicts: &[Verdict]) -> (Status, Option<usize>) {
        let mut tally = Tally::default();
        verdicts.iter().for_each(|verdict| tally.add(verdict.status));
        let status = match self {
            Self::First => tally.all(),
            Self::Furthest => tally.any(),
        };
        let chosen = match (self, status) {
            (Self::Furthest, Status::Fail) => furthest(verdicts),
            (Self::First, Status::Pass) => verdicts.iter().rposition(|verdict| verdict.status == status),
            _ => first(verdicts, status),
        };
        (status, chosen)
    }
}

fn first(verdicts: &[Verdict], status: Status) -> Option<usize> {
    verdicts.iter().position(|verdict| verdict.status == status)
}

/// The failed one with the most leaves passed, the first of equals.
fn furthest(verdicts: &[Verdict]) -> Option<usize> {
    let failed = verdicts.iter().enumerate().filter(|(_, verdict)| verdict.status == Status::Fail);
    failed.rev().max_by_key(|(_, verdict)| verdict.steps).map(|(index, _)| index)
}

fn decided(
    status: Status,
    scope: Option<&Scope<'_, '_>>,
    leaf: String,
    why: Message,
    path: Vec<Step>,
) -> Decided {
    let bound = SortedMap::from_iter(
        Scope::all(scope).into_iter().map(|(name, node)| (name.to_owned(), node.id.clone())),
    );
    let path = path.into_iter().map(Into::into).collect();
    let Message { key, args } = why;
    Decided { status, witness: Witness { bound, leaf, key, args, reason: String::new(), path } }
}
