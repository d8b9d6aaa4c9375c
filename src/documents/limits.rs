//! How much a document may state of what it counts and lists.

/// Most of anything that a design may have many of: ids, steps, findings.
pub(crate) const MOST: usize = 100_000;

/// Most points of anything.
pub(crate) const MAX_POINTS: i64 = 100_000;

/// Most of anything that a document counts: volumes, dollars, points.
pub(crate) const MAX_FIGURE: i64 = 1_000_000_000;
