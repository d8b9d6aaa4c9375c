//! `cargo xtask serve|dev|test`: the project's own commands.

fn main() {}
