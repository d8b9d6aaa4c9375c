//! `trapwise score`.

use std::path::{Path, PathBuf};

use serde_json::json;
use trapwise_documents::design::load_design;
use trapwise_engine::cost::{Estimate, decimal, dollars};
use trapwise_engine::evaluate::{Evaluation, estimate, evaluate, evaluate_free};
use trapwise_engine::report::{Report, Status};
use trapwise_engine::scenario::{Scenario, Variation, load_scenario, load_scenario_version};
use trapwise_engine::texts;
use trapwise_model::Design;
use trapwise_model::diagnostic::Diagnostic;

use super::count;
use crate::args::Score;
use crate::console::{Console, Outcome};
use crate::files::{read_stdin, read_text, show};

/// One design's row.
struct Row {
    design: String,
    report: Result<Report, Vec<Diagnostic>>,
}

/// Runs it.
pub fn run(args: &Score, console: &mut Console) -> Outcome {
    let (scenario, designs) = if args.free {
        (None, args.paths.as_slice())
    } else {
        let Some((path, designs)) = args.paths.split_first().filter(|(_, designs)| !designs.is_empty())
        else {
            console.error("give a scenario and at least one design, or `--free` and designs");
            return Outcome::Unusable;
        };
        match open_scenario(path, args.seed, console) {
            Some(scenario) => (Some(scenario), designs),
            None => return Outcome::Unusable,
        }
    };
    let texts = texts::embedded();
    let evaluated = |design: &Design| -> Evaluation {
        scenario
            .as_ref()
            .map_or_else(|| evaluate_free(&args.needs, design), |scenario| evaluate(scenario, design))
    };
    let mut outcome = Outcome::Fine;
    let mut rows = Vec::new();
    for path in designs {
        let report = read_design(path, args, console).map(|design| {
            let estimate = Some(estimate(scenario.as_ref(), &design));
            Report { estimate, ..evaluated(&design).report(&texts) }
        });
        outcome = outcome.max(match &report {
            Ok(report) => {
                Outcome::fine_if(report.passed && (scenario.is_some() || report.findings.is_empty()))
            }
            Err(_) => Outcome::Unusable,
        });
        rows.push(Row { design: show(path), report });
    }
    if args.csv {
        console.print(&csv(&rows, scenario.as_ref()));
    } else if args.json {
        print_json(&rows, console);
    } else {
        let shown: Vec<_> = rows
            .iter()
            .filter_map(|row| Some(summary(row, scenario.as_ref())).filter(|text| !text.is_empty()))
            .collect();
        console.print(&shown.join("\n"));
    }
    outcome
}

/// Opens a folder, a file, or an id under `scenarios/`, in the version for that seed.
fn open_scenario(path: &Path, seed: u32, console: &Console) -> Option<Scenario> {
    let file: PathBuf = if path.is_dir() {
        path.join("scenario.json")
    } else if !path.exists() && path.to_str().is_some_and(trapwise_model::is_id) {
        Path::new("scenarios").join(path).join("scenario.json")
    } else {
        path.to_owned()
    };
    let text = match read_text(&file) {
        Ok(text) => text,
        Err(why) => {
            console.diagnose(&[*why], |_| None);
            return None;
        }
    };
    let mut loaded = load_scenario(&show(&file), &text, None);
    let variation =
        loaded.document.as_ref().map(|scenario| Variation::of(scenario, seed)).unwrap_or_default();
    if !variation.is_first() {
        loaded = load_scenario_version(&variation, &show(&file), &text, None);
        loaded.document.iter_mut().for_each(|scenario| variation.thin_out(scenario));
    }
    let errors: Vec<_> = loaded.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    console.diagnose(&errors, |_| Some(&text));
    console.count(&errors);
    loaded.document
}

fn read_design(path: &Path, args: &Score, console: &Console) -> Result<Design, Vec<Diagnostic>> {
    let name = show(path);
    let text = if name == "-" { read_stdin() } else { read_text(path) };
    let (text, read) = match text {
        Ok(text) => {
            let design = load_design(&name, &text);
            (text, design)
        }
        Err(why) => (String::new(), Err(vec![*why])),
    };
    if let (Err(diagnostics), false) = (&read, args.json) {
        console.diagnose(diagnostics, |_| Some(&text));
    }
    read
}

fn print_json(rows: &[Row], console: &mut Console) {
    match rows {
        [Row { report: Ok(report), .. }] => console.print_json(report),
        _ => {
            let entry = |row: &Row| match &row.report {
                Ok(report) => json!({ "design": row.design, "report": report }),
                Err(diagnostics) => {
                    json!({ "design": row.design, "report": null, "diagnostics": diagnostics })
                }
            };
            console.print_json(&rows.iter().map(entry).collect::<Vec<_>>());
        }
    }
}

/// A table for a spreadsheet.
fn csv(rows: &[Row], scenario: Option<&Scenario>) -> String {
    let checks: Vec<_> =
        scenario.iter().flat_map(|scenario| &scenario.checks).map(|check| &check.id).collect();
    let mut out = String::from("design,passed,score,scaled,findings,error");
    checks.iter().for_each(|id| out.push_str(&format!(",{id}")));
    out.push('\n');
    for row in rows {
        let mut cells = vec![row.design.clone()];
        match &row.report {
            Ok(report) => {
                let findings: Vec<_> = report.findings.iter().map(|finding| finding.trap.as_str()).collect();
                cells.extend([
                    report.passed.to_string(),
                    report.score.to_string(),
                    report.scaled.to_string(),
                ]);
                cells.extend([findings.join(" "), String::new()]);
                cells.extend(report.checks.iter().map(|check| check.points.to_string()));
            }
            Err(diagnostics) => {
                cells.extend(std::iter::repeat_n(String::new(), 4));
                cells.push(diagnostics.first().map(|why| why.message.clone()).unwrap_or_default());
                cells.extend(std::iter::repeat_n(String::new(), checks.len()));
            }
        }
        let cells: Vec<_> = cells.iter().map(|cell| quote(cell)).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// A cell. An apostrophe prevents a spreadsheet from reading it as a formula.
fn quote(cell: &str) -> String {
    let cell =
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// A report as text.
fn summary(row: &Row, scenario: Option<&Scenario>) -> String {
    let Ok(report) = &row.report else { return String::new() };
    let mut out = match scenario {
        Some(scenario) => {
            let verdict = if report.passed { "passes" } else { "does not pass" };
            let mark = scenario.exams.first().map_or(0, |exam| exam.pass_mark());
            format!(
                "{}: {verdict}, {} percent (about {} of 1000; the exam requires {mark})\n",
                row.design, report.score, report.scaled
            )
        }
        None if report.findings.is_empty() => format!("{}: no trap found\n", row.design),
        None => format!("{}: {} found\n", row.design, count(report.findings.len(), "trap")),
    };
    for check in &report.checks {
        let status = match check.status {
            Status::Pass => "pass",
            Status::Fail => "fail",
            Status::NotApplicable => "n/a",
            Status::Unknown => "unknown",
        };
        out.push_str(&format!("  {status:7} {:>3}/{:<3} {}\n", check.points, check.possible, check.title));
        if matches!(check.status, Status::Fail | Status::Unknown) && !check.witness.reason.is_empty() {
            out.push_str(&format!("                  {}\n", check.witness.reason));
        }
    }
    for finding in &report.findings {
        out.push_str(&format!("  {}: {} [{}]\n", finding.severity, finding.title, finding.trap));
        out.push_str(&format!("    {}\n", finding.message));
        for step in &finding.evidence {
            out.push_str(&format!("      {} {}\n", if step.ok { "+" } else { "x" }, step.text));
        }
        finding.fixes.iter().for_each(|fix| out.push_str(&format!("    fix: {}\n", fix.title)));
    }
    report.estimate.iter().for_each(|estimate| write_estimate(estimate, &mut out));
    out
}

/// Writes an estimate as text.
fn write_estimate(estimate: &Estimate, out: &mut String) {
    let Estimate { region, priced_on, monthly_cents, operations, .. } = estimate;
    let cost = dollars(*monthly_cents);
    out.push_str(&format!(
        "  about {cost} a month, operations {operations} (list prices of {region}, {priced_on}; an estimate)\n"
    ));
    for line in &estimate.lines {
        let (amount, price) = (dollars(line.monthly_cents), decimal(line.unit_price_micros, 6));
        let quantity = decimal(line.quantity_milli, 3);
        out.push_str(&format!("    {amount:>10}  {}: {quantity} × ${price} per {}\n", line.what, line.unit));
    }
    for reason in &estimate.reasons {
        let names: Vec<_> = reason.components.iter().map(|id| id.as_str()).collect();
        out.push_str(&format!("    {:>10}  {}: {}\n", reason.points, reason.what, names.join(", ")));
    }
    for id in &estimate.unpriced {
        out.push_str(&format!("             `{id}` has no list price\n"));
    }
}
