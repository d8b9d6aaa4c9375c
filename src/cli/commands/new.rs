//! `trapwise new`: a start that is as right as a start can be.

use std::path::Path;

use trapwise_engine::terms::Area;
use trapwise_model::diagnostic::Diagnostic;

use crate::args::{New, Started};
use crate::console::{Console, Outcome};
use crate::files::{read_text, show, write};

const SCENARIO: &str = include_str!("../templates/scenario.json");
const REFERENCE: &str = include_str!("../templates/reference.json");
const VARIANT: &str = include_str!("../templates/variant.json");
const TRAP: &str = include_str!("../templates/trap.rs.txt");
const TEXT: &str = include_str!("../templates/trap.md");

/// Runs it.
pub fn run(args: &New, console: &mut Console) -> Outcome {
    let done = match &args.what {
        Started::Scenario { id, dir } => scenario(id, dir, console),
        Started::Trap { id, area, engine } => trap(id, *area, engine, console),
    };
    match done {
        Ok(()) => Outcome::Fine,
        Err(why) => {
            console.diagnose(&[*why], |_| None);
            Outcome::Unusable
        }
    }
}

fn scenario(id: &str, dir: &Path, console: &mut Console) -> Result<(), Box<Diagnostic>> {
    let folder = dir.join(id);
    refuse_existing(&folder)?;
    let title = title(id);
    let files = [
        ("scenario.json", SCENARIO),
        ("reference.json", REFERENCE),
        ("variants/grant-on-the-execution-role.json", VARIANT),
    ];
    for (name, template) in files {
        let path = folder.join(name);
        write(&path, &template.replace("SCENARIO_ID", id).replace("SCENARIO_TITLE", &title))?;
        console.print(&format!("{}\n", show(&path)));
    }
    console.note("next: write it, then `trapwise index` and `trapwise verify`");
    Ok(())
}

fn trap(id: &str, area: Area, engine: &Path, console: &mut Console) -> Result<(), Box<Diagnostic>> {
    let stem = id.replace('-', "_");
    let folder = engine.join("traps").join(area.name());
    let (code, text) = (folder.join(format!("{stem}.rs")), folder.join(format!("{stem}.md")));
    refuse_existing(&code)?;
    refuse_existing(&text)?;
    // The registry first: where it is not as expected, nothing has been written yet.
    let registry = engine.join("traps/mod.rs");
    let module = folder.join("mod.rs");
    let edits = [
        insert(&registry, "static TRAPS: &[&Trap] = &[", &format!("    &{area}::{stem}::TRAP,"))?,
        (module.clone(), with_module(&read_text(&module)?, &format!("pub(super) mod {stem};"))),
    ];
    let fill = |template: &str| {
        let variant: String = area.name().split('-').map(capital).collect();
        template.replace("TRAP_ID", id).replace("TRAP_AREA", &variant).replace("TRAP_TITLE", &title(id))
    };
    write(&code, &fill(TRAP))?;
    write(&text, &fill(TEXT))?;
    for (path, text) in &edits {
        write(path, text)?;
    }
    for path in [&code, &text].into_iter().chain(edits.iter().map(|(path, _)| path)) {
        console.print(&format!("{}\n", show(path)));
    }
    console.note("next: write its detection, its tests and its words, and a variant that falls into it");
    Ok(())
}

/// A file's text with one more line in the sorted list after `start`.
fn insert(path: &Path, start: &str, line: &str) -> Result<(std::path::PathBuf, String), Box<Diagnostic>> {
    let text = read_text(path)?;
    let lost = || {
        let message = format!("there is no list after `{start}` to add `{}` to", line.trim());
        Box::new(Diagnostic::of_file("unexpected-code", &show(path), message))
    };
    let lines: Vec<_> = text.lines().collect();
    let head = lines.iter().position(|line| line.contains(start)).ok_or_else(lost)? + 1;
    let len = lines.iter().skip(head).take_while(|line| line.starts_with("    ")).count();
    let after = lines.iter().skip(head).take(len).filter(|other| **other < line).count();
    let mut lines: Vec<_> = lines.into_iter().map(str::to_owned).collect();
    // A list written in one line has no lines to be sorted among: it is left to its author.
    if lines.get(head - 1).is_some_and(|line| line.trim_end().ends_with(['[', '{'])) {
        lines.insert(head + after, line.to_owned());
        return Ok((path.to_owned(), lines.join("\n") + "\n"));
    }
    Err(lost())
}

/// A module's text with one more declaration, sorted among those like it.
fn with_module(text: &str, line: &str) -> String {
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    let like = |other: &String| other.starts_with("pub(super) mod ");
    let at = match lines.iter().rposition(|other| like(other) && other.as_str() < line) {
        Some(before) => before + 1,
        None => lines.iter().position(like).unwrap_or_else(|| {
            lines.push(String::new());
            lines.len()
        }),
    };
    lines.insert(at, line.to_owned());
    lines.join("\n") + "\n"
}

fn refuse_existing(path: &Path) -> Result<(), Box<Diagnostic>> {
    if path.exists() {
        return Err(Diagnostic::of_file("exists", &show(path), "this is there already".to_owned()).into());
    }
    Ok(())
}

/// The id as a title.
fn title(id: &str) -> String {
    capital(&id.replace('-', " "))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
