//! `trapwise list`.

use std::path::Path;

use serde_json::{Value, json};
use trapwise_engine::cost::decimal;
use trapwise_engine::data::prices;
use trapwise_engine::scenario::{IndexEntry, load_facts};
use trapwise_engine::texts;
use trapwise_engine::trap::Trap;
use trapwise_engine::traps::TRAPS;
use trapwise_engine::verify::index;
use trapwise_model::{ComponentKind, LinkKind};

use super::{full_path, open_pack};
use crate::args::{List, Listed};
use crate::console::{Console, Outcome};

/// Runs it.
pub fn run(args: &List, console: &mut Console) -> Outcome {
    let rows = match args.what {
        Listed::Traps => traps(&args.dir, console),
        Listed::Kinds => Some(kinds()),
        Listed::Prices => Some(price_rows()),
        Listed::Scenarios => scenarios(&args.dir, console),
        Listed::Facts => facts(&args.dir, console),
    };
    let Some(rows) = rows else { return Outcome::Unusable };
    if args.json {
        console.print_json(&rows);
        return Outcome::Fine;
    }
    let text =
        |row: &Value, field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let width = rows.iter().map(|row| text(row, "id").len()).max().unwrap_or(0);
    for row in &rows {
        let scenarios = row.get("provenIn").and_then(Value::as_array).into_iter().flatten();
        let scenarios: Vec<_> = scenarios.filter_map(Value::as_str).collect();
        let proven =
            if scenarios.is_empty() { String::new() } else { format!(" [{}]", scenarios.join(", ")) };
        console.print(&format!("{:width$}  {}{proven}\n", text(row, "id"), text(row, "title")));
    }
    Outcome::Fine
}

/// The traps. Where there is a pack, each has the scenarios with a variant that fires it.
fn traps(dir: &Path, console: &Console) -> Option<Vec<Value>> {
    let texts = texts::embedded();
    let scenarios = if dir.is_dir() { index(&open_pack(dir, console)?.0).scenarios } else { Vec::new() };
    let row = |trap: &&Trap| {
        let falls = |entry: &&IndexEntry| entry.variants.values().any(|fires| fires.contains(trap.id));
        let proven_in: Vec<_> = scenarios.iter().filter(falls).map(|entry| &entry.id).collect();
        json!({
            "id": trap.id,
            "title": texts.title(trap.id),
            "area": trap.area,
            "severity": trap.severity,
            "domain": trap.domain,
            "facts": trap.facts,
            "provenIn": proven_in,
        })
    };
    Some(TRAPS.iter().map(row).collect())
}

fn kinds() -> Vec<Value> {
    let components = ComponentKind::ALL.iter().map(|kind| {
        let spec = kind.spec();
        let props: Vec<_> = spec.props.iter().map(|prop| prop.id.as_str()).collect();
        json!({ "id": kind, "title": spec.label, "of": "component", "group": spec.group, "help": spec.help, "props": props })
    });
    let links = LinkKind::ALL.iter().map(|kind| {
        let spec = kind.spec();
        let props: Vec<_> = spec.props.iter().map(|prop| prop.id.as_str()).collect();
        json!({ "id": kind, "title": format!("(link) {}", spec.label), "of": "link", "help": spec.help, "props": props })
    });
    components.chain(links).collect()
}

/// The list prices of estimates, in dollars, each with the AWS page that publishes it and a note.
fn price_rows() -> Vec<Value> {
    let row = |price: &&prices::Price| {
        let (dollars, note) = (decimal(price.micros, 6), prices::note(price));
        let suffix = note.map(|note| format!(" ({note})")).unwrap_or_default();
        let title = format!("{}: ${dollars} per {}{suffix}", price.what, price.unit);
        json!({
            "id": price.id,
            "title": title,
            "micros": price.micros,
            "unit": price.unit,
            "source": price.page.url(),
            "note": note,
            "region": prices::REGION,
            "pricedOn": prices::PRICED_ON,
        })
    };
    prices::ALL.iter().map(row).collect()
}

fn scenarios(dir: &Path, console: &Console) -> Option<Vec<Value>> {
    let (pack, unreadable) = open_pack(dir, console)?;
    console.diagnose(&unreadable, |_| None);
    let entries = index(&pack).scenarios;
    Some(entries.into_iter().filter_map(|entry| serde_json::to_value(entry).ok()).collect())
}

fn facts(dir: &Path, console: &Console) -> Option<Vec<Value>> {
    let (pack, _) = open_pack(dir, console)?;
    let file = full_path(dir, "facts.json");
    let Some(text) = pack.files.get("facts.json") else {
        console.error(&format!("there is no `{file}`"));
        return None;
    };
    let loaded = load_facts(&file, text);
    console.diagnose(&loaded.diagnostics, |_| Some(text));
    let rows = loaded.document?.facts.into_iter().map(|fact| {
        json!({ "id": fact.id, "title": fact.claim, "status": fact.status, "verifiedOn": fact.verified_on })
    });
    Some(rows.collect())
}
