//! `trapwise`: the author's and teacher's command line.

fn main() {}
