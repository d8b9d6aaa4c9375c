//! Traps of orchestration: what runs containers, and what starts tasks.

pub(super) mod kubernetes_by_reflex;
pub(super) mod kubernetes_on_ecs;
