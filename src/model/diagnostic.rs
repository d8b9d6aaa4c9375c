//! What is wrong with a document, where, and what would help; the form of every message that the
//! loaders, the verifier and the command line give.
//!
//! Messages are lower-case clauses without a full stop; what the author wrote stands in backticks.

use std::borrow::Cow;
use std::fmt;

use crate::json::Json;

use serde::{Deserialize, Serialize};

use crate::named_enum;
use crate::shape::Shape;
use crate::sound::Faults;

named_enum! {
    /// How bad a diagnostic is.
    pub enum Level {
        /// The document cannot be used as it is.
        Error = "error",
        /// It can be used, but is hardly meant so.
        Warning = "warning",
    }
}

/// Something wrong at a place of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Level,
    /// What sort of mistake, kebab-case and stable, for example `unknown-field`.
    pub code: Cow<'static, str>,
    /// What is wrong.
    pub message: String,
    /// What would mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Which file, as it was named when it was opened.
    pub file: String,
    /// Where in the document, as a JSON pointer; empty for all of it.
    pub pointer: String,
    /// From 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// From 1, counted in characters; 0 where the file as a whole is meant.
    pub column: usize,
    /// How many characters of that line are meant.
    pub length: usize,
}

impl Diagnostic {
    /// A diagnostic about a file as a whole.
    #[must_use]
    pub fn of_file(code: &'static str, file: &str, message: String) -> Self {
        Self {
            severity: Level::Error,
            code: code.into(),
            message,
            help: None,
            file: file.to_owned(),
            pointer: String::new(),
            line: 0,
            column: 0,
            length: 0,
        }
    }

    /// The same with a help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same as a warning.
    #[must_use]
    pub const fn as_warning(mut self) -> Self {
        self.severity = Level::Warning;
        self
    }

    /// Whether the document cannot be used.
    #[must_use]
    pub const fn is_error(&self) -> bool {
        matches!(self.severity, Level::Error)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}[{}]: {}", self.severity, self.code, self.message)?;
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

/// One step into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into a field.
    Key(String),
    /// Into an item.
    Index(usize),
}

/// A place in a document; displayed as a JSON pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| match step {
            Step::Key(key) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => write!(f, "/{index}"),
        })
    }
}

/// What of a place is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The value.
    Value,
    /// The name of the field.
    Key,
    /// The name of the field where it stands for the last time.
    LastKey,
    /// The bracket that opens the value, for something missing in it.
    Opening,
}

/// A diagnostic before its line and column are looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Level,
    /// What sort.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What would mend it.
    pub help: Option<String>,
    /// Where.
    pub path: Path,
    /// What of it.
    pub anchor: Anchor,
    /// Whether there are so many before it that it is only counted.
    only_counted: bool,
}

impl Problem {
    /// Adds a help.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a help where there is one; it is looked for only if the problem will be reported.
    pub fn maybe_help(&mut self, help: impl FnOnce() -> Option<String>) -> &mut Self {
        if !self.only_counted {
            self.help = help();
        }
        self
    }

    /// Marks something else than the value.
    pub fn mark(&mut self, anchor: Anchor) -> &mut Self {
        self.anchor = anchor;
        self
    }

    /// Makes it a warning.
    pub fn warn(&mut self) -> &mut Self {
        self.severity = Level::Warning;
        self
    }

    /// Points at a field of the current place.
    pub fn on(&mut self, key: &str) -> &mut Self {
        self.path.0.push(Step::Key(key.to_owned()));
        self
    }
}

/// Most problems reported of one document; a file that is broken throughout needs no more.
pub const MAX_PROBLEMS: usize = 100;

/// Gathers problems while something walks a document.
#[derive(Debug, Default)]
pub struct Collector {
    path: Path,
    problems: Vec<Problem>,
    dropped: usize,
    /// Whether one of those dropped was an error.
    dropped_error: bool,
    faults: Faults,
}

impl Collector {
    /// Steps into a field.
    pub fn key<R>(&mut self, key: &str, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.step(Step::Key(key.to_owned()), inside)
    }

    /// Steps into an item.
    pub fn index<R>(&mut self, index: usize, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.step(Step::Index(index), inside)
    }

    fn step<R>(&mut self, step: Step, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.path.0.push(step);
        let result = inside(self);
        self.path.0.pop();
        result
    }

    /// Steps into each item of a list in turn.
    pub fn each<'a, T: 'a>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = &'a T>,
        mut inside: impl FnMut(&mut Self, &'a T),
    ) {
        self.key(key, |at| {
            for (index, item) in items.into_iter().enumerate() {
                at.index(index, |at| inside(at, item));
            }
        });
    }

    /// Notes an error here.
    pub fn error(&mut self, code: &'static str, message: impl Into<String>) -> &mut Problem {
        self.drop_beyond();
        let only_counted = self.problems.len() >= MAX_PROBLEMS;
        self.problems.push(Problem {
            severity: Level::Error,
            code,
            message: message.into(),
            help: None,
            // A path may be very long.
            path: if only_counted { Path::default() } else { self.path.clone() },
            anchor: Anchor::Value,
            only_counted,
        });
        // It was just pushed; one past the limit is room for the one that is dropped.
        let last = self.problems.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "the index of what was just pushed")]
        &mut self.problems[last]
    }

    /// Leaves only as many problems as are reported.
    fn drop_beyond(&mut self) {
        let beyond = self.problems.get(MAX_PROBLEMS..).unwrap_or_default();
        self.dropped += beyond.len();
        self.dropped_error |= beyond.iter().any(|problem| problem.severity == Level::Error);
        self.problems.truncate(MAX_PROBLEMS);
    }

    /// What was gathered so far; gathering starts anew.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// Whether any error was noted.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.dropped_error || self.problems.iter().any(|problem| problem.severity == Level::Error)
    }

    /// Ends the first pass, which looked at the form of a document: from now on it is known what is sound.
    pub fn end_form(&mut self, json: &Json, shape: &Shape) {
        // Where too much is wrong, not all of it is known.
        self.faults = if self.problems.len() > MAX_PROBLEMS {
            Faults::everywhere()
        } else {
            Faults::new(&self.problems, json, shape)
        };
    }

    /// Whether the form of a place is right: of all that it contains, and of what contains it. The place is given
    /// from here, or from the document with a `/` before it; `*` is every item, `#` the number of items.
    #[must_use]
    pub fn is_sound(&self, place: &str) -> bool {
        match place.strip_prefix('/') {
            Some(place) => self.faults.spare(&[], place),
            None => self.faults.spare(&self.path.0, place),
        }
    }

    /// Examines something if all that it reads is sound.
    pub fn examine(&mut self, reads: &[&str], inside: impl FnOnce(&mut Self)) {
        if reads.iter().all(|place| self.is_sound(place)) {
            inside(self);
        }
    }

    /// What was gathered, at most [`MAX_PROBLEMS`], and how many more there were.
    #[must_use]
    pub fn into_problems(mut self) -> (Vec<Problem>, usize) {
        self.drop_beyond();
        (self.problems, self.dropped)
    }
}

/// Most typing errors in a name that is still recognised.
const MAX_TYPOS: usize = 4;

/// Most names that one is compared with: a help is not worth more work.
const MAX_COMPARED: usize = 1_000;

/// The known name that `wrong` was probably meant to be.
#[must_use]
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer than any name: not a slip of the pen, and slow to measure.
    if wrong.len() > 80 {
        return None;
    }
    let lower = wrong.to_lowercase();
    // A character has at most four bytes.
    let may_be_near = |name: &&str| name.len().abs_diff(wrong.len()) <= 4 * MAX_TYPOS;
    known
        .into_iter()
        .filter(may_be_near)
        .take(MAX_COMPARED)
        .map(|name| (strsim::osa_distance(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).min(MAX_TYPOS))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// A help for an unknown name: the nearest one, or else all of them when they are few.
#[must_use]
pub fn suggest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<_> = known.into_iter().collect();
    if let Some(name) = nearest(wrong, known.iter().copied()) {
        return Some(format!("did you mean `{name}`?"));
    }
    (1..=16).contains(&known.len()).then(|| format!("known are {}", names(known)))
}

/// Names in backticks, with commas.
#[must_use]
pub fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// What an author wrote, cut to a length that fits a message and rid of control characters.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let clean: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > LONGEST { format!("{clean}…") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let known = ["ecs-service", "ecs-cluster", "subnet"];
        assert_eq!(nearest("ecs-servise", known), Some("ecs-service"));
        assert_eq!(nearest("Subnet", known), Some("subnet"));
        assert_eq!(nearest("bucket", known), None);
        assert_eq!(suggest("bucket", ["a", "b"]).as_deref(), Some("known are `a`, `b`"));
    }

    #[test]
    fn no_more_than_the_limit_is_kept() {
        let mut at = Collector::default();
        for number in 0..MAX_PROBLEMS + 7 {
            at.index(number, |at| at.error("x", "y").help("z").code);
        }
        let (problems, beyond) = at.into_problems();
        assert_eq!((problems.len(), beyond), (MAX_PROBLEMS, 7));
        assert_eq!(problems.last().map(|problem| problem.path.to_string()).as_deref(), Some("/99"));
    }

    #[test]
    fn an_error_among_very_many_warnings_is_not_forgotten() {
        let mut at = Collector::default();
        for number in 0..MAX_PROBLEMS + 7 {
            let problem = at.error("x", "y");
            if number != MAX_PROBLEMS + 3 {
                problem.warn();
            }
        }
        assert!(at.has_errors());
        assert_eq!(at.into_problems().1, 7);
    }
}
