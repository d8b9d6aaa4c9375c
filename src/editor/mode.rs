//! Pick, then place; pick, then connect: what the next tap does, for learners who do not drag.

use trapwise_model::ComponentId;

use crate::drop::Carry;
use crate::geometry::Point;

/// What the next tap or Enter does.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Mode {
    /// Selects.
    #[default]
    Select,
    /// Places what was picked.
    Place(Carry),
    /// Draws a link from what was picked.
    Connect(Draw),
}

/// A link being drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// Where it starts.
    pub from: ComponentId,
    /// Where its loose end is on the board.
    pub at: Point,
    /// What it would reach.
    pub target: Option<ComponentId>,
    /// What drawing it there would mean, or why it means nothing; none over nothing.
    pub verdict: Option<Result<String, String>>,
}
