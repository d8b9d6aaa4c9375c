//! One file for each command.

mod accept;
pub mod coverage;
pub mod explain;
pub mod fmt;
pub mod index;
pub mod list;
pub mod migrate;
pub mod new;
pub mod schema;
pub mod score;
pub mod verify;

use std::path::Path;

use trapwise_engine::verify::Pack;
use trapwise_model::diagnostic::Diagnostic;

use crate::console::Console;
use crate::files::{read_pack, show};

/// Reads a pack, or reports why it cannot be read.
fn open_pack(dir: &Path, console: &Console) -> Option<(Pack, Vec<Diagnostic>)> {
    match read_pack(dir) {
        Ok(read) => Some(read),
        Err(why) => {
            console.diagnose(&[*why], |_| None);
            None
        }
    }
}

/// The path of a pack's file, for messages.
fn full_path(dir: &Path, file: &str) -> String {
    if file.is_empty() { String::new() } else { show(&dir.join(file)) }
}

/// A number with its noun.
fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
