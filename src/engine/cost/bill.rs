//! Adding lines up: the same thing bought by several components is one line.

use trapwise_model::{ComponentId, SortedSet};

use super::Line;
use crate::data::prices::Price;
use crate::world::Node;

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Bill {
    lines: Vec<Line>,
    unpriced: SortedSet<ComponentId>,
}

impl Bill {
    /// Adds thousandths of the price's unit that a component uses.
    pub fn add(&mut self, price: &Price, quantity_milli: u64, node: Node<'_>) {
        self.add_as(price.what, price.unit, price.micros, quantity_milli, node);
    }

    /// Adds thousandths of something with a price and words of its own.
    pub fn add_as(&mut self, what: &str, unit: &str, micros: u64, quantity_milli: u64, node: Node<'_>) {
        if quantity_milli == 0 {
            return;
        }
        let line = match self.lines.iter().position(|line| line.what == what) {
            Some(at) => self.lines.get_mut(at),
            None => {
                self.lines.push(Line {
                    what: what.to_owned(),
                    components: Vec::new(),
                    quantity_milli: 0,
                    unit: unit.to_owned(),
                    unit_price_micros: micros,
                    monthly_cents: 0,
                });
                self.lines.last_mut()
            }
        };
        if let Some(line) = line {
            line.quantity_milli = line.quantity_milli.saturating_add(quantity_milli);
            line.components.push(node.id.clone());
        }
    }

    /// Notes a component whose price nobody here knows.
    pub fn unpriced(&mut self, node: Node<'_>) {
        self.unpriced.insert(node.id.clone());
    }

    /// The lines that come to a cent at least, the dearest first, and what has no price.
    pub fn close(self) -> (Vec<Line>, Vec<ComponentId>) {
        let mut lines = self.lines;
        for line in &mut lines {
            // Thousandths times millionths, rounded to hundredths.
            let amount = line.quantity_milli.saturating_mul(line.unit_price_micros);
            line.monthly_cents = amount.saturating_add(5_000_000) / 10_000_000;
            line.components.sort();
            line.components.dedup();
        }
        lines.retain(|line| line.monthly_cents > 0);
        lines.sort_by(|a, b| b.monthly_cents.cmp(&a.monthly_cents).then_with(|| a.what.cmp(&b.what)));
        (lines, self.unpriced.into_iter().collect())
    }
}
