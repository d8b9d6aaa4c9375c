//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use trapwise_engine::terms::{Area, Need};
use trapwise_model::diagnostic::suggest;

/// Verify scenarios, score designs, explain traps.
///
/// Exit status: 0 success, 1 the content or design does not meet the requirements, 2 incorrect usage or
/// unreadable input.
#[derive(Debug, Parser)]
#[command(name = "trapwise", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Verify a pack of scenarios
    Verify(Verify),
    /// Score designs against a scenario, or without one
    Score(Score),
    /// Write the index of a pack
    Index(Index),
    /// Explain a trap
    Explain(Explain),
    /// List scenarios, traps, kinds, facts or prices
    List(List),
    /// List the facts and traps that a pack does not teach yet
    Coverage(Coverage),
    /// Write the JSON Schema of a document
    Schema(Schema),
    /// Create a scenario or a trap
    New(New),
    /// Format documents
    Fmt(Fmt),
    /// Bring documents of older versions up to date
    Migrate(Migrate),
}

#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The pack's folder
    #[arg(default_value = "scenarios")]
    pub dir: PathBuf,
    /// The pack is separate from the library: it does not have to fire every trap
    #[arg(long)]
    pub part: bool,
    /// Verify the versions for the seeds 1 to N as well
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seeds: u32,
    /// Write changed `fires` and `failsChecks` into the files of variants, for review
    #[arg(long)]
    pub accept: bool,
    /// Write the diagnostics as JSON to standard output
    #[arg(long)]
    pub json: bool,
}

/// Score designs against a scenario, or without one.
///
/// With one design, `--json` writes its report; with several, a list with one entry for each:
/// `{"design": …, "report": …}`, or `{"design": …, "report": null, "diagnostics": […]}` for one that
/// cannot be read, which does not stop the others.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("form").args(["json", "csv"]))]
pub struct Score {
    /// SCENARIO (a folder, a file, or an id under `scenarios/`) and DESIGNs; with `--free` only designs;
    /// `-` reads a design from standard input
    #[arg(required = true, value_name = "SCENARIO DESIGN")]
    pub paths: Vec<PathBuf>,
    /// Find traps without a scenario
    #[arg(long)]
    pub free: bool,
    /// The requirements that traps may assume, with `--free`: for example `elastic,production`
    #[arg(long, requires = "free", value_delimiter = ',', value_parser = parse_need)]
    pub needs: Vec<Need>,
    /// The version of the scenario that the designs solve; 0 is the original
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "free")]
    pub seed: u32,
    /// Write the report as JSON
    #[arg(long)]
    pub json: bool,
    /// Write a table with one row for each design
    #[arg(long)]
    pub csv: bool,
}

#[derive(Debug, clap::Args)]
pub struct Index {
    /// The pack's folder
    #[arg(default_value = "scenarios")]
    pub dir: PathBuf,
    /// Only check whether the index is current
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, clap::Args)]
pub struct Explain {
    /// The trap's id
    pub trap: String,
    /// Write its text as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct List {
    /// What to list
    pub what: Listed,
    /// The pack's folder, for scenarios, facts, and the scenarios in which each trap is proven
    #[arg(long, default_value = "scenarios")]
    pub dir: PathBuf,
    /// Write the list as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Listed {
    Scenarios,
    Traps,
    Kinds,
    Facts,
    Prices,
}

#[derive(Debug, clap::Args)]
pub struct Coverage {
    /// The pack's folder
    #[arg(default_value = "scenarios")]
    pub dir: PathBuf,
    /// Write the coverage as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Schema {
    /// Which document
    pub document: Document,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Document {
    Scenario,
    Design,
    Report,
    Variant,
    Facts,
    Index,
}

#[derive(Debug, clap::Args)]
pub struct New {
    #[command(subcommand)]
    pub what: Started,
}

#[derive(Debug, Subcommand)]
pub enum Started {
    /// Create the folder of a scenario, with a reference and a variant
    Scenario {
        /// Its id, kebab-case
        #[arg(value_parser = parse_id)]
        id: String,
        /// The pack's folder
        #[arg(long, default_value = "scenarios")]
        dir: PathBuf,
    },
    /// Create the files of a trap: its code and its text
    Trap {
        /// Its id, kebab-case, named after the pattern it flags
        #[arg(value_parser = parse_id)]
        id: String,
        /// The area of the library that it belongs to
        #[arg(long, value_parser = parse_area)]
        area: Area,
        /// The engine's folder
        #[arg(long, default_value = "src/engine")]
        engine: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
pub struct Fmt {
    /// Files, or folders to search
    #[arg(default_value = "scenarios")]
    pub paths: Vec<PathBuf>,
    /// Only list the files that would change
    #[arg(long)]
    pub check: bool,
}

/// Bring documents of older versions up to date.
///
/// Files that are up to date are left as they are; files that change are written as `trapwise fmt` writes them.
#[derive(Debug, clap::Args)]
pub struct Migrate {
    /// Files, or folders to look through
    #[arg(required = true, value_name = "FILE")]
    pub paths: Vec<PathBuf>,
    /// Only say which files would change
    #[arg(long)]
    pub check: bool,
}

fn parse_need(text: &str) -> Result<Need, String> {
    Need::from_name(text).ok_or_else(|| unknown("need", text, Need::NAMES))
}

fn parse_area(text: &str) -> Result<Area, String> {
    Area::from_name(text).ok_or_else(|| unknown("area", text, Area::NAMES))
}

fn parse_id(text: &str) -> Result<String, String> {
    if trapwise_model::is_id(text) {
        Ok(text.to_owned())
    } else {
        Err("an id has 1 to 64 lower-case letters, digits and single hyphens".to_owned())
    }
}

fn unknown(what: &str, text: &str, known: &[&str]) -> String {
    let help = suggest(text, known.iter().copied()).map(|help| format!("; {help}")).unwrap_or_default();
    format!("there is no such {what}{help}")
}
