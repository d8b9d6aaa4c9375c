//! The command line `trapwise`, built for the steps that run it.

use crate::Result;
use crate::process::{cargo, run};
use crate::workspace::Workspace;
use std::path::PathBuf;

/// Builds the command line and returns its path. It is the one that the native tests have built already:
/// unoptimised, it verifies all content in seconds.
pub fn build(workspace: &Workspace) -> Result<PathBuf> {
    let arguments = ["build", "--locked", "--package", "trapwise-cli"];
    run(cargo(workspace.root()).args(arguments))?;
    Ok(workspace.target().join("debug").join(format!("trapwise{}", std::env::consts::EXE_SUFFIX)))
}
