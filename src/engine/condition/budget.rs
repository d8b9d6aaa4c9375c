//! Whether a design keeps within a bound on its cost or on the work it makes.

use super::decide::{Evaluator, Tally};
use super::operator::status;
use crate::cost::{Best, Estimate, Volumes, dollars, estimate};
use crate::report::Status;
use trapwise_documents::condition::{Budget, Op};

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

    /// The sentence of a leaf about a budget: the figure, and what most of it is.
    pub(super) fn budget_reason(&self, leaf: &Op, budget: &Budget, status: Status) -> String {
        let (estimate, figure) = (self.estimate(), self.figure(leaf));
        let cost = matches!(leaf, Op::Cost(_));
        let shown = |number: u64| if cost { dollars(number) } else { number.to_string() };
        let is = if cost {
            format!("it costs about {} a month", shown(figure.own))
        } else {
            format!("operations come to {}", shown(figure.own))
        };
        if status == Status::Unknown {
            return match estimate.unpriced.first().filter(|_| cost) {
                Some(id) => format!("{is}, and `{id}` has no price here"),
                None => format!("{is}, and the scenario does not say what its best reference comes to"),
            };
        }
        let bound = match (budget.le, budget.le_best_percent.zip(figure.best)) {
            (Some(most), _) if figure.own > u64::from(most).saturating_mul(figure.unit) => {
                format!(", not at most {}", shown(u64::from(most).saturating_mul(figure.unit)))
            }
            (_, Some((percent, best))) if status == Status::Fail => {
                let bound = shown(best.saturating_mul(u64::from(percent)) / 100);
                format!(", not at most {bound}: the best answer comes to {}", shown(best))
            }
            _ => String::new(),
        };
        let of_cost =
            estimate.lines.iter().map(|line| format!("{} {}", line.what, dollars(line.monthly_cents)));
        let of_work = estimate.reasons.iter().map(|reason| format!("{} {}", reason.what, reason.points));
        let most: Vec<_> = if cost { of_cost.take(NAMED).collect() } else { of_work.take(NAMED).collect() };
        if most.is_empty() || status == Status::Pass {
            return is + &bound;
        }
        format!("{is}{bound} (most of it: {})", most.join(", "))
    }
}
