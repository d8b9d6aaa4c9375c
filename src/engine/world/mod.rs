//! Everything a design implies, derived once.

use trapwise_model::Design;

/// The derived relations of one design.
#[derive(Debug)]
pub struct World<'d> {
    #[expect(dead_code, reason = "the relations are added next")]
    design: &'d Design,
}
