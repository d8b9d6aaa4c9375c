//! How long the engine takes to evaluate and explain, native and in a browser.

use crate::Result;
use crate::bench::module;
use crate::process::{cargo, read};
use crate::tools::Tools;
use crate::workspace::Workspace;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// Boards of ten times the components of the one before, so that growth is read off directly.
const SIZES: [u32; 3] = [33, 330, 3_300];
const FORMS: [&str; 2] = ["clean", "broken"];

/// How long one board took, in microseconds.
#[derive(Debug, Clone, PartialEq)]
struct Time {
    form: String,
    components: u32,
    best: f64,
    median: f64,
}

/// Measures one after the other, so that neither slows the other down, and prints the table.
pub fn run(workspace: &Workspace, tools: &Tools, chrome: &Path) -> Result {
    let module = module::build(workspace, tools)?;
    println!("measuring native");
    let mut bench = cargo(workspace.root());
    bench.args(["bench", "--locked", "--package", "trapwise-engine", "--features", "sample"]);
    let native = read(bench.args(["--bench", "evaluate"]))?;
    println!("measuring in the browser");
    let script = workspace.benchmarks().join("run.mjs");
    let wasm = read(Command::new("node").env("CHROME_PATH", chrome).arg(script).arg(module))?;

    let about = wasm
        .lines()
        .filter(|line| ["machine ", "browser ", "load "].iter().any(|word| line.starts_with(word)));
    about.for_each(|line| println!("{line}"));
    print!("{}", table(&native_times(&native)?, &wasm_times(&wasm)?));
    Ok(())
}

/// The times in the tree that the native benchmark prints: a branch per form, and in it a line per size
/// whose columns are `fastest │ slowest │ median │ …`.
fn native_times(printed: &str) -> Result<Vec<Time>> {
    let mut form = "";
    let mut times = Vec::new();
    for line in printed.lines() {
        let Some((name, columns)) = line.trim_start_matches(|c| "│├╰─ ".contains(c)).split_once(' ')
        else {
            continue;
        };
        if let Some(named) = FORMS.into_iter().find(|form| *form == name) {
            form = named;
        } else if let Ok(components) = name.parse() {
            let mut columns = columns.split('│').map(microseconds);
            if let (Some(Some(best)), Some(Some(median))) = (columns.next(), columns.nth(1)) {
                times.push(Time { form: form.to_owned(), components, best, median });
            }
        }
    }
    complete(times, printed)
}

/// A time such as `95.1 µs`.
fn microseconds(text: &str) -> Option<f64> {
    let (number, unit) = text.trim().split_once(' ')?;
    let number: f64 = number.parse().ok()?;
    let factor = match unit {
        "ns" => 0.001,
        "µs" => 1.0,
        "ms" => 1_000.0,
        "s" => 1_000_000.0,
        _ => return None,
    };
    Some(number * factor)
}

/// The times in lines of `FORM COMPONENTS BEST MEDIAN`.
fn wasm_times(printed: &str) -> Result<Vec<Time>> {
    let time = |line: &str| {
        let mut words = line.split_whitespace();
        let form = words.next().filter(|word| FORMS.contains(word))?.to_owned();
        let components = words.next()?.parse().ok()?;
        Some(Time {
            form,
            components,
            best: words.next()?.parse().ok()?,
            median: words.next()?.parse().ok()?,
        })
    };
    complete(printed.lines().filter_map(time).collect(), printed)
}

fn complete(times: Vec<Time>, printed: &str) -> Result<Vec<Time>> {
    if times.len() == FORMS.len() * SIZES.len() {
        Ok(times)
    } else {
        Err(format!("not every board has a time in what was printed:\n{printed}"))
    }
}

/// A line per board. Growth is that of the median over the board of a tenth of the components.
fn table(native: &[Time], wasm: &[Time]) -> String {
    let mut text = format!(
        "{:8}{:>11}  {:>11} {:>11} {:>7}  {:>11} {:>11} {:>7}\n",
        "form", "components", "native best", "median, µs", "growth", "wasm best", "median, µs", "growth"
    );
    for form in FORMS {
        for components in SIZES {
            let cells = |times: &[Time]| {
                let find = |size| times.iter().find(|time| time.form == form && time.components == size);
                let now = find(components)?;
                let growth =
                    find(components / 10).map(|before| format!("{:.1}×", now.median / before.median));
                Some(format!("  {:11.1} {:11.1} {:>7}", now.best, now.median, growth.unwrap_or_default()))
            };
            let cells = [native, wasm].map(|times| cells(times).unwrap_or_default()).concat();
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{form:8}{components:>11}{cells}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times() -> Vec<Time> {
        let time =
            |form: &str, components, best, median| Time { form: form.to_owned(), components, best, median };
        vec![
            time("broken", 33, 91.1, 95.4),
            time("broken", 330, 950.0, 1_002.0),
            time("broken", 3_300, 10_270.0, 11_500.0),
            time("clean", 33, 0.812, 0.9),
            time("clean", 330, 350.0, 360.0),
            time("clean", 3_300, 4_500.0, 5_000.0),
        ]
    }

    #[test]
    fn native_times_are_read_from_the_tree() {
        let printed = "\
Timer precision: 20 ns
evaluate     fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ broken                  │               │               │               │         │
│  ├─ 33     91.1 µs       │ 181.2 µs      │ 95.4 µs       │ 99.61 µs      │ 50      │ 50
│  ├─ 330    950 µs        │ 1.201 ms      │ 1.002 ms      │ 1.012 ms      │ 50      │ 50
│  ╰─ 3300   10.27 ms      │ 14.2 ms       │ 11.5 ms       │ 11.9 ms       │ 50      │ 50
╰─ clean                   │               │               │               │         │
   ├─ 33     812 ns        │ 1 µs          │ 900 ns        │ 900 ns        │ 50      │ 50
   ├─ 330    350 µs        │ 400 µs        │ 360 µs        │ 361 µs        │ 50      │ 50
   ╰─ 3300   4.5 ms        │ 6 ms          │ 5 ms          │ 5 ms          │ 50      │ 50
";
        let read = native_times(printed).unwrap();
        let close = |a: f64, b: f64| (a - b).abs() < 0.001;
        for (read, wanted) in read.iter().zip(times()) {
            assert_eq!((&read.form, read.components), (&wanted.form, wanted.components));
            assert!(close(read.best, wanted.best) && close(read.median, wanted.median), "{read:?}");
        }
        assert!(native_times("evaluate  fastest │ slowest\n").is_err());
    }

    #[test]
    fn wasm_times_are_read_from_lines() {
        let lines: Vec<_> = times()
            .iter()
            .map(|time| format!("{} {} {} {}", time.form, time.components, time.best, time.median))
            .collect();
        let printed = format!("machine Some CPU, 2 cores\n{}\nload 1.0 1.0 1.0\n", lines.join("\n"));
        assert_eq!(wasm_times(&printed), Ok(times()));
        assert!(wasm_times(lines.first().unwrap()).is_err());
    }

    #[test]
    fn the_table_tells_growth_by_the_median() {
        let text = table(&times(), &times());
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(
            lines.last().unwrap(),
            &["broken", "3300", "10270.0", "11500.0", "11.5×", "10270.0", "11500.0", "11.5×"]
        );
        assert_eq!(lines.get(1).unwrap(), &["clean", "33", "0.8", "0.9", "0.8", "0.9"]);
    }
}
