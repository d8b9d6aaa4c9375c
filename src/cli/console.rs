//! Standard output, for results, and standard error, for everything else.

use std::io::{self, Write};
use std::process::ExitCode;

use annotate_snippets::{AnnotationKind, Group, Level as Paint, Renderer, Snippet};
use trapwise_model::diagnostic::{Diagnostic, Level};

/// How a command ended. Of several outcomes, the worst is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Exit status 0.
    Fine,
    /// Exit status 1: the content or design does not meet the requirements.
    Failed,
    /// Exit status 2: incorrect usage or unreadable input.
    Unusable,
}

impl Outcome {
    /// `Fine` or `Failed`.
    pub const fn fine_if(fine: bool) -> Self {
        if fine { Self::Fine } else { Self::Failed }
    }
}

/// Standard output and standard error.
#[derive(Default)]
pub struct Console {
    /// Why standard output cannot be written any more.
    closed: Option<io::ErrorKind>,
}

/// A line longer than this is not shown, in bytes.
const MAX_LINE: usize = 2_000;

impl Console {
    /// Writes to standard output.
    pub fn print(&mut self, text: &str) {
        if self.closed.is_none()
            && let Err(error) = io::stdout().lock().write_all(text.as_bytes())
        {
            self.closed = Some(error.kind());
        }
    }

    /// Writes a value as JSON to standard output.
    pub fn print_json(&mut self, value: &impl serde::Serialize) {
        match serde_json::to_string_pretty(value) {
            Ok(text) => self.print(&format!("{text}\n")),
            Err(error) => self.error(&format!("cannot write JSON: {error}")),
        }
    }

    /// Writes a line to standard error.
    pub fn note(&self, text: &str) {
        // A closed standard error leaves no place to report to.
        let _ = writeln!(anstream::stderr(), "{text}");
    }

    /// Writes an error to standard error.
    pub fn error(&self, text: &str) {
        let group = Group::with_title(Paint::ERROR.primary_title(text));
        self.note(&renderer().render(&[group]));
    }

    /// Writes diagnostics to standard error, each with its line of the file.
    pub fn diagnose<'t>(&self, diagnostics: &[Diagnostic], text_of: impl Fn(&str) -> Option<&'t str>) {
        for diagnostic in diagnostics {
            self.note(&format!("{}\n", render(diagnostic, text_of(&diagnostic.file))));
        }
    }

    /// Writes how many errors and warnings there were to standard error.
    pub fn count(&self, diagnostics: &[Diagnostic]) {
        let errors = diagnostics.iter().filter(|one| one.is_error()).count();
        let warnings = diagnostics.len() - errors;
        let counts = [(errors, "error"), (warnings, "warning")];
        let words: Vec<_> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
            .collect();
        if !words.is_empty() {
            self.note(&words.join(", "));
        }
    }

    /// The exit status. A reader that closed the pipe is not an error.
    pub fn finish(mut self, outcome: Outcome) -> ExitCode {
        if self.closed.is_none()
            && let Err(error) = io::stdout().lock().flush()
        {
            self.closed = Some(error.kind());
        }
        match (self.closed, outcome) {
            (Some(kind), _) if kind != io::ErrorKind::BrokenPipe => {
                self.error(&format!("cannot write to standard output: {kind}"));
                ExitCode::from(2)
            }
            (_, Outcome::Fine) => ExitCode::SUCCESS,
            (_, Outcome::Failed) => ExitCode::from(1),
            (_, Outcome::Unusable) => ExitCode::from(2),
        }
    }
}

/// Standard error removes the colours when it is not a terminal.
const fn renderer() -> Renderer {
    Renderer::styled()
}

fn render(diagnostic: &Diagnostic, text: Option<&str>) -> String {
    let level = match diagnostic.severity {
        Level::Error => Paint::ERROR,
        Level::Warning => Paint::WARNING,
    };
    let line = text.and_then(|text| text.lines().nth(diagnostic.line.checked_sub(1)?));
    let place = if diagnostic.line > 0 {
        format!("{}:{}:{}", diagnostic.file, diagnostic.line, diagnostic.column)
    } else {
        diagnostic.file.clone()
    };
    // Without a line to show, the place precedes the message.
    let shown = line.filter(|line| line.len() <= MAX_LINE);
    let title = match shown {
        None if !place.is_empty() => format!("{place}: {}", diagnostic.message),
        _ => diagnostic.message.clone(),
    };
    let mut group = Group::with_title(level.primary_title(&title).id(&*diagnostic.code));
    if let Some(line) = shown {
        let start = offset(line, diagnostic.column.saturating_sub(1));
        let end = offset(line, diagnostic.column.saturating_sub(1) + diagnostic.length);
        let marked = AnnotationKind::Primary.span(start..end.max(start));
        let snippet =
            Snippet::source(line).line_start(diagnostic.line).path(&diagnostic.file).annotation(marked);
        group = group.element(snippet);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Paint::HELP.message(help));
    }
    renderer().render(&[group])
}

/// The byte at which a character of a line starts.
fn offset(line: &str, character: usize) -> usize {
    line.char_indices().nth(character).map_or(line.len(), |(offset, _)| offset)
}
