//! The language of checks: closed, written in JSON, understood before it is run.

mod ast;

pub use ast::{
    Attr, AttrTest, Condition, Connected, Counted, Distinct, IfThen, Lookup, OnEmpty, Op, PathTest,
    Quantified, Reachable, Ref, RoleGrants, SameAs, Selector, Survives, Within, WorkloadTest,
};
