//! The command line's grammar.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use trapwise_engine::terms::{Area, Need};
use trapwise_model::diagnostic::suggest;

/// Verify scenarios, score designs, explain traps.
///
/// Exit status: 0 fine, 1 the content or design falls short, 2 bad usage or unreadable input.
#[derive(Debug, Parser)]
#[command(name = "trapwise", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Hold a pack of scenarios to everything promised of content
    Verify(Verify),
    /// Score designs against a scenario, or on their own
    Score(Score),
    /// Write the index of a pack
    Index(Index),
    /// Explain a trap
    Explain(Explain),
    /// List scenarios, traps, kinds, facts or prices
    List(List),
    /// Say which facts and traps a pack teaches, and which nothing teaches yet
    Coverage(Coverage),
    /// Write the JSON Schema of a document
    Schema(Schema),
    /// Start a scenario or a trap
    New(New),
    /// Format documents
    Fmt(Fmt),
}

#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The pack's folder
    #[arg(default_value = "scenarios")]
    pub dir: PathBuf,
    /// A pack of its own beside the library: it need not fire every trap
    #[arg(long)]
    pub part: bool,
    /// Hold the versions of the seeds 1 to N as well
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seeds: u32,
    /// Write the traps and checks that variants really fall into to their files, for review
    #[arg(long)]
    pub accept: bool,
    /// Write what is wrong as JSON to standard output
    #[arg(long)]
    pub json: bool,
}

/// Score designs against a scenario, or on their own.
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
    /// Every trap and no scenario
    #[arg(long)]
    pub free: bool,
    /// What traps may assume, with `--free`: for example `elastic,production`
    #[arg(long, requires = "free", value_delimiter = ',', value_parser = parse_need)]
    pub needs: Vec<Need>,
    /// The version of the scenario that the designs answer; 0 is the one that is written
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
    /// Only say whether the index is current
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
    /// Write it as JSON
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
    /// A scenario: a folder with a scenario, a reference and a variant to start from
    Scenario {
        /// Its id, kebab-case
        #[arg(value_parser = parse_id)]
        id: String,
        /// The pack's folder
        #[arg(long, default_value = "scenarios")]
        dir: PathBuf,
    },
    /// A trap of the engine: its file, its text, and its lines in the registry
    Trap {
        /// Its id, kebab-case, named after the pattern it flags
        #[arg(value_parser = parse_id)]
        id: String,
        /// The part of the library it belongs to
        #[arg(long, value_parser = parse_area)]
        area: Area,
        /// The engine's folder
        #[arg(long, default_value = "src/engine")]
        engine: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
pub struct Fmt {
    /// Files, or folders to look through
    #[arg(default_value = "scenarios")]
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
