//! Whether a design keeps within a bound on its cost or on the work it makes.

use super::decide::{Evaluator, Tally};
use super::operator::status;
use super::reason::but_not;
use crate::cost::{Best, Estimate, Volumes, dollars, estimate};
use crate::report::Status;
use trapwise_documents::condition::{Budget, Op};
use trapwise_documents::message::{Arg, Message};

/// How many lines or reasons a sentence names.
const NAMED: usize = 3;

/// A figure of the design beside the same one of the best reference, in one unit.
struct Figure {
    own: u64,
    best: Option<u64>,
    /// Of the unit, in one of what a bound counts.
    unit: u64,
}

impl<'w, 'd> Evaluator<'w, 'd> {
    /// The same, estimating with these volumes and comparing with the best reference.
    #[must_use]
    pub fn with_figures(self, volumes: Volumes, best: Option<Best>) -> Self {
        Self { volumes, best, ..self }
    }

    /// The estimate of the design, made once.
    fn estimate(&self) -> &Estimate {
        self.estimate.get_or_init(|| estimate(self.world, &self.volumes))
    }

    /// The result of a leaf about a budget.
    pub(super) fn budget(&self, leaf: &Op, budget: &Budget) -> Status {
        let figure = self.figure(leaf);
        let mut tally = Tally::default();
        if let Some(most) = budget.le {
            tally.add(status(figure.own <= u64::from(most).saturating_mul(figure.unit)));
        }
        if let Some(percent) = budget.le_best_percent {
            tally.add(figure.best.map_or(Status::Unknown, |best| {
                status(figure.own.saturating_mul(100) <= best.saturating_mul(u64::from(percent)))
            }));
        }
        // More may have to be paid than is known here.
        if matches!(leaf, Op::Cost(_)) && !self.estimate().unpriced.is_empty() {
            tally.add(Status::Unknown);
        }
        tally.all()
    }

    fn figure(&self, leaf: &Op) -> Figure {
        let estimate = self.estimate();
        if matches!(leaf, Op::Cost(_)) {
            Figure { own: estimate.monthly_cents, best: self.best.map(|best| best.cost_cents), unit: 100 }
        } else {
            let best = self.best.map(|best| u64::from(best.operations));
            Figure { own: u64::from(estimate.operations), best, unit: 1 }
        }
    }

    /// The reason of a leaf about a budget: the figure, and what most of it is.
    pub(super) fn budget_reason(&self, leaf: &Op, budget: &Budget, status: Status) -> Message {
        let (estimate, figure) = (self.estimate(), self.figure(leaf));
        let cost = matches!(leaf, Op::Cost(_));
        let shown = |number: u64| if cost { Arg::Words(dollars(number)) } else { number.into() };
        let key = if cost { "condition.costs" } else { "condition.operations" };
        let is = Message::new(key).arg("amount", shown(figure.own));
        if status == Status::Unknown {
            return match estimate.unpriced.first().filter(|_| cost) {
                Some(id) => Message::new("condition.no-price").arg("is", is).name("component", id.clone()),
                None => Message::new("condition.no-best").arg("is", is),
            };
        }
        let above = |bound: u64| Message::new("condition.at-most").arg("value", shown(bound));
        let said = match (budget.le, budget.le_best_percent.zip(figure.best)) {
            (Some(most), _) if figure.own > u64::from(most).saturating_mul(figure.unit) => {
                but_not(is, above(u64::from(most).saturating_mul(figure.unit)))
            }
            (_, Some((percent, best))) if status == Status::Fail => {
                let is = but_not(is, above(best.saturating_mul(u64::from(percent)) / 100));
                Message::new("condition.best").arg("is", is).arg("best", shown(best))
            }
            _ => is,
        };
        let part = |what: &str, amount: Arg| -> Arg {
            Message::new("condition.part").words("what", what).arg("amount", amount).into()
        };
        let lines = estimate.lines.iter().map(|line| part(&line.what, shown(line.monthly_cents)));
        let reasons = estimate.reasons.iter().map(|reason| part(&reason.what, reason.points.into()));
        let most: Vec<_> = if cost { lines.take(NAMED).collect() } else { reasons.take(NAMED).collect() };
        if most.is_empty() || status == Status::Pass {
            return said;
        }
        Message::new("condition.most-of-it").arg("is", said).arg("parts", Arg::List(most))
    }
}
