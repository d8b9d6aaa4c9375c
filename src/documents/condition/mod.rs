//! The language of checks as types: closed, written in JSON. What each operator means is told where conditions
//! are evaluated, in the engine.

mod ast;
mod attribute;

pub use ast::{
    Attr, AttrTest, Budget, Condition, Connected, Counted, Distinct, IfThen, Lookup, OnEmpty, Op, PathTest,
    Quantified, Reachable, Ref, RoleGrants, SameAs, Selector, Survives, Within, WorkloadTest,
};
pub use attribute::{Attribute, AttributeType};
