//! What a first visit downloads, in the compression that hosts use, against the budget.

use crate::process::read;
use crate::workspace::Workspace;
use crate::{Result, files, post_build, tools};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a browser may download before the first scenario can be played, in bytes of brotli.
pub const BUDGET: u64 = 540_000;

/// What the engine may take, in bytes of brotli.
const ENGINE_BUDGET: u64 = 550_000;

/// Parts of the site that are fetched when they are wanted, and the engine, which is fetched once the page has
/// been painted.
const ON_DEMAND: [&str; 3] = ["scenarios/", "traps/", post_build::WORKER_FOLDER];

/// Node has brotli built in. The window is the 4 MiB (2^22) that browsers are sent.
const MEASURE: &str = "
const { brotliCompressSync, constants } = require('node:zlib');
const { readFileSync } = require('node:fs');
for (const file of process.argv.slice(1)) {
  const raw = readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
  };
  console.log(`${raw.length} ${brotliCompressSync(raw, { params }).length}`);
}";

/// One file of the first visit; sizes in bytes.
struct Row {
    file: String,
    raw: u64,
    brotli: u64,
}

/// Prints the tables of the built site; an error if one is over its budget.
pub fn check(workspace: &Workspace) -> Result {
    let dist = workspace.dist();
    let page = check_part("first visit", &measure(&dist, first_visit(&dist)?)?, BUDGET);
    println!();
    let engine = check_part("engine", &measure(&dist, engine(&dist)?)?, ENGINE_BUDGET);
    page.and(engine)
}

fn check_part(what: &str, rows: &[Row], budget: u64) -> Result {
    print!("{}", table(what, rows));
    within_budget(what, rows, budget)
}

/// What a first visit of the built site downloads, in bytes of brotli.
pub fn first_visit_brotli(workspace: &Workspace) -> Result<u64> {
    let dist = workspace.dist();
    Ok(total(&measure(&dist, first_visit(&dist)?)?).brotli)
}

/// The files of the first visit, relative to the site: all but what is fetched on demand, the index of
/// scenarios, and the scenario that it names first.
fn first_visit(dist: &Path) -> Result<Vec<String>> {
    let mut files: Vec<String> = files::below(dist)?.iter().map(|file| files::name_in(dist, file)).collect();
    files.retain(|file| !ON_DEMAND.iter().any(|folder| file.starts_with(folder)));
    if !files.iter().any(|file| file == "index.html") {
        return Err("there is no built site in dist/: run `cargo xtask build`".to_owned());
    }
    let index = fs::read_to_string(dist.join("scenarios").join("index.json"))
        .map_err(|error| format!("cannot read scenarios/index.json of the built site: {error}"))?;
    let first = strings(&index)
        .map(|word| format!("scenarios/{word}/scenario.json"))
        .find(|file| dist.join(file).is_file())
        .ok_or("scenarios/index.json names no scenario of the built site")?;
    files.extend(["scenarios/index.json".to_owned(), first]);
    Ok(files)
}

/// The files of the engine, which are fetched once the page has been painted.
fn engine(dist: &Path) -> Result<Vec<String>> {
    let mut files: Vec<String> = files::below(dist)?.iter().map(|file| files::name_in(dist, file)).collect();
    files.retain(|file| file.starts_with(post_build::WORKER_FOLDER));
    if files.is_empty() {
        Err("there is no engine in dist/: run `cargo xtask build`".to_owned())
    } else {
        Ok(files)
    }
}

/// The string literals of a JSON text, in order. Enough to find an id, whatever the shape around it.
fn strings(json: &str) -> impl Iterator<Item = &str> {
    json.split('"').skip(1).step_by(2)
}

fn measure(dist: &Path, files: Vec<String>) -> Result<Vec<Row>> {
    tools::ensure_node()?;
    let sizes = read(Command::new("node").current_dir(dist).args(["-e", MEASURE, "--"]).args(&files))?;
    let rows: Vec<Row> = files
        .into_iter()
        .zip(sizes.lines())
        .filter_map(|(file, line)| {
            let (raw, brotli) = line.split_once(' ')?;
            Some(Row { file, raw: raw.parse().ok()?, brotli: brotli.parse().ok()? })
        })
        .collect();
    if rows.is_empty() { Err(format!("no sizes in what Node printed: {sizes}")) } else { Ok(rows) }
}

fn total(rows: &[Row]) -> Row {
    Row {
        file: "together".to_owned(),
        raw: rows.iter().map(|row| row.raw).sum(),
        brotli: rows.iter().map(|row| row.brotli).sum(),
    }
}

fn table(what: &str, rows: &[Row]) -> String {
    let together = total(rows);
    let width = rows.iter().map(|row| row.file.len()).max().unwrap_or_default();
    let mut text = format!("{:width$}  {:>9}  {:>9}\n", format!("{what}, bytes"), "raw", "brotli");
    for row in rows.iter().chain([&together]) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:width$}  {:>9}  {:>9}", row.file, row.raw, row.brotli);
    }
    text
}

fn within_budget(what: &str, rows: &[Row], budget: u64) -> Result {
    let used = total(rows).brotli;
    if used <= budget {
        println!("{used} of {budget} bytes used");
        Ok(())
    } else {
        Err(format!("{what} takes {used} bytes, {} more than the budget of {budget}", used - budget))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(file: &str, raw: u64, brotli: u64) -> Row {
        Row { file: file.to_owned(), raw, brotli }
    }

    #[test]
    fn the_table_has_a_line_per_file_and_the_sum() {
        let rows = [row("app.wasm", 500_000, 200_000), row("index.html", 2_000, 700)];
        let text = table("first visit", &rows);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines.get(1).unwrap(), &["app.wasm", "500000", "200000"]);
        assert_eq!(lines.last().unwrap(), &["together", "502000", "200700"]);
    }

    #[test]
    fn the_budget_holds_to_the_byte() {
        assert!(within_budget("first visit", &[row("a", 0, BUDGET - 1), row("b", 0, 1)], BUDGET).is_ok());
        let problem =
            within_budget("first visit", &[row("a", 0, BUDGET), row("b", 0, 1)], BUDGET).unwrap_err();
        assert!(problem.contains("1 more than the budget"), "{problem}");
    }

    #[test]
    fn the_first_visit_is_the_page_and_the_first_scenario() {
        let dist = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        for (file, text) in [
            ("index.html", ""),
            ("app.wasm", ""),
            ("snippets/a/inline0.js", ""),
            ("traps/en.json", ""),
            ("worker-1/engine.wasm", ""),
            (
                "scenarios/index.json",
                r#"{ "schemaVersion": 1, "scenarios": [{ "id": "b" }, { "id": "a" }] }"#,
            ),
            ("scenarios/a/scenario.json", ""),
            ("scenarios/b/scenario.json", ""),
            ("scenarios/b/reference.json", ""),
        ] {
            let path = dist.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let files = first_visit(&dist);
        fs::remove_dir_all(&dist).unwrap();
        assert_eq!(
            files.unwrap(),
            [
                "app.wasm",
                "index.html",
                "snippets/a/inline0.js",
                "scenarios/index.json",
                "scenarios/b/scenario.json",
            ]
        );
    }
}
