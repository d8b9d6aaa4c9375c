//! The text of a document: reads it as JSON and finds the line and column of a place in it.
//!
//! Places are looked up only when there is something to report, by walking text that is known to be
//! valid JSON. That is little code; a parser that keeps positions (`jsonc-parser`) was measured to
//! add 30 KB to the WebAssembly.

use std::ops::Range;

use crate::diagnostic::{Anchor, Collector, Diagnostic, Level, Path, Problem, Step, excerpt};
use crate::json::Json;

/// Largest document, in bytes: 4 MiB.
pub const MAX_BYTES: usize = 4 << 20;

/// The text of a document and what to call it in messages.
#[derive(Clone, Copy, Debug)]
pub struct Source<'t> {
    /// Its name, for example `scenarios/two-roles/scenario.json`.
    pub file: &'t str,
    /// All of it.
    pub text: &'t str,
}

impl<'t> Source<'t> {
    /// A document.
    #[must_use]
    pub const fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text }
    }

    /// Reads it as JSON.
    ///
    /// # Errors
    /// It is too large, too deeply nested or no JSON; or fields stand twice, each of which is named.
    pub fn parse(&self) -> Result<Json, Vec<Diagnostic>> {
        if self.text.len() > MAX_BYTES {
            let message = format!("the file has {} bytes; at most {MAX_BYTES} are read", self.text.len());
            return Err(vec![Diagnostic::of_file("too-large", self.file, message)]);
        }
        let json = serde_json::from_str(self.text).map_err(|error| vec![self.syntax(&error)])?;
        let mut at = Collector::default();
        find_repeated(&json, &mut at);
        if at.has_errors() { Err(self.place_all(at)) } else { Ok(json) }
    }

    /// Looks up the lines and columns of everything gathered; first things first.
    #[must_use]
    pub fn place_all(&self, gathered: Collector) -> Vec<Diagnostic> {
        let (problems, beyond) = gathered.into_problems();
        let mut diagnostics: Vec<_> = problems.into_iter().map(|problem| self.place(problem)).collect();
        diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
        if beyond > 0 {
            let message = format!("and {beyond} more problems in this file");
            diagnostics.push(Diagnostic::of_file("more-problems", self.file, message));
        }
        diagnostics
    }

    /// Looks up the line and column of a problem.
    #[must_use]
    pub fn place(&self, problem: Problem) -> Diagnostic {
        let range = locate(self.text, &problem.path, problem.anchor);
        let Problem { severity, code, message, help, path, .. } = problem;
        let (line, column) = line_and_column(self.text, range.start);
        // A value over several lines is marked on its first.
        let marked = self.text.get(range).unwrap_or_default();
        let length = marked.lines().next().unwrap_or_default().chars().count().max(1);
        let file = self.file.to_owned();
        Diagnostic {
            severity,
            code: code.into(),
            message,
            help,
            file,
            pointer: path.to_string(),
            line,
            column,
            length,
        }
    }

    fn syntax(&self, error: &serde_json::Error) -> Diagnostic {
        let text = error.to_string();
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
        let (code, message, help) = match reason {
            "recursion limit exceeded" => ("too-deep", "nested more than 127 levels deep".to_owned(), None),
            _ if self.text.starts_with('\u{feff}') => {
                let help = "save it as UTF-8 without one";
                ("syntax", "the file starts with a byte order mark".to_owned(), Some(help))
            }
            "trailing comma" => ("syntax", "a comma before a closing bracket".to_owned(), None),
            "trailing characters" => ("syntax", "more text after the end of the document".to_owned(), None),
            "expected ident" => {
                ("syntax", "expected a value".to_owned(), Some("text stands in double quotes"))
            }
            "key must be a string" => {
                ("syntax", "expected a name in double quotes".to_owned(), Some("JSON has no comments"))
            }
            _ => match reason.strip_prefix("EOF while parsing ") {
                Some(what) if self.text.trim().is_empty() => {
                    ("syntax", format!("the file is empty; expected {what}"), None)
                }
                Some(what) => ("syntax", format!("the file ends within {what}"), None),
                None => ("syntax", excerpt(reason), None),
            },
        };
        // serde_json counts bytes of a line from 1, and 0 for a line break that ends the one before.
        let (line, column) = match (error.line(), error.column()) {
            (line @ 2.., 0) => (line - 1, usize::MAX),
            (line, column) => (line.max(1), column),
        };
        let start = self.text.lines().nth(line - 1).unwrap_or_default();
        let before = start.get(..column.saturating_sub(1)).unwrap_or(start);
        Diagnostic {
            severity: Level::Error,
            code: code.into(),
            message,
            help: help.map(str::to_owned),
            file: self.file.to_owned(),
            pointer: String::new(),
            line,
            column: before.chars().count() + 1,
            length: 1,
        }
    }
}

fn find_repeated(json: &Json, at: &mut Collector) {
    match json {
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                at.index(index, |at| find_repeated(item, at));
            }
        }
        Json::Record(fields) => {
            for ((key, value), repeats) in fields.iter().zip(repeats(fields)) {
                at.key(key, |at| match repeats {
                    0 => find_repeated(value, at),
                    1 => {
                        let message = format!("`{}` stands here twice", excerpt(key));
                        at.error("duplicate-field", message).mark(Anchor::LastKey);
                    }
                    _ => {}
                });
            }
        }
        _ => {}
    }
}

/// How many fields before each have the same key.
fn repeats(fields: &[(String, Json)]) -> Vec<usize> {
    let mut by_key: Vec<_> = fields.iter().map(|(key, _)| key).enumerate().collect();
    by_key.sort_by_key(|(_, key)| *key);
    let mut repeats = vec![0; fields.len()];
    for same in by_key.chunk_by(|(_, key), (_, other)| key == other) {
        for (before, (index, _)) in same.iter().enumerate() {
            if let Some(repeats) = repeats.get_mut(*index) {
                *repeats = before;
            }
        }
    }
    repeats
}

fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before.get(start..).unwrap_or_default().chars().count() + 1)
}

/// The bytes of a place in text that is valid JSON; of the nearest place around it that exists.
#[must_use]
pub fn locate(text: &str, path: &Path, anchor: Anchor) -> Range<usize> {
    let mut walk = Walk { text, at: 0 };
    walk.space();
    let mut name = None;
    let mut open = walk.at;
    for (index, step) in path.0.iter().enumerate() {
        let last = index + 1 == path.0.len() && anchor == Anchor::LastKey;
        let found = match step {
            Step::Key(key) => walk.field(key, last),
            Step::Index(index) => walk.item(*index).then_some(0..0),
        };
        match found {
            Some(range) => name = Some(range).filter(|range| !range.is_empty()),
            None => return open..open + 1,
        }
        open = walk.at;
    }
    match (anchor, name) {
        (Anchor::Key | Anchor::LastKey, Some(name)) => name,
        (Anchor::Opening, _) => open..open + 1,
        _ => {
            walk.value();
            open..walk.at
        }
    }
}

/// Whether JSON writes that text so, in quotes and perhaps with escapes.
fn is_written_as(text: &str, written: &str) -> bool {
    if written.contains('\\') {
        return serde_json::from_str::<String>(written).is_ok_and(|decoded| decoded == text);
    }
    written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) == Some(text)
}

/// A walk through valid JSON.
struct Walk<'t> {
    text: &'t str,
    at: usize,
}

impl Walk<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes over white space, and over the commas and colons that separate things.
    fn space(&mut self) {
        while self.peek().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':')) {
            self.at += 1;
        }
    }

    fn string(&mut self) -> Range<usize> {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        start..self.at.min(self.text.len())
    }

    /// Goes over one value.
    fn value(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                Some(b'"') => drop(self.string()),
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']') => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                Some(_) => {
                    while self.peek().is_some_and(|byte| {
                        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
                    }) {
                        self.at += 1;
                    }
                }
                None => return,
            }
            if depth == 0 {
                return;
            }
            self.space();
        }
    }

    /// Goes to the value of a field of the record here; returns where its name stands.
    fn field(&mut self, key: &str, last: bool) -> Option<Range<usize>> {
        self.enter(b'{')?;
        let mut found = None;
        while self.peek() == Some(b'"') {
            let name = self.string();
            self.space();
            if self.text.get(name.clone()).is_some_and(|written| is_written_as(key, written)) {
                found = Some((name, self.at));
                if !last {
                    break;
                }
            }
            self.value();
            self.space();
        }
        let (name, at) = found?;
        self.at = at;
        Some(name)
    }

    /// Goes to an item of the list here.
    fn item(&mut self, index: usize) -> bool {
        if self.enter(b'[').is_none() {
            return false;
        }
        for _ in 0..index {
            if self.peek().is_none_or(|byte| byte == b']') {
                return false;
            }
            self.value();
            self.space();
        }
        self.peek().is_some_and(|byte| byte != b']')
    }

    fn enter(&mut self, bracket: u8) -> Option<()> {
        if self.peek() != Some(bracket) {
            return None;
        }
        self.at += 1;
        self.space();
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"a\": [1, {\"b\\u0063\": \"x]}\", \"d\": {}}, -2.5e3],\n  \"ü\": null\n}\n";

    fn at(pointer: &[&str], anchor: Anchor) -> &'static str {
        let step = |text: &&str| match text.parse() {
            Ok(index) => Step::Index(index),
            Err(_) => Step::Key((*text).to_owned()),
        };
        let path = Path(pointer.iter().map(step).collect());
        TEXT.get(locate(TEXT, &path, anchor)).unwrap()
    }

    #[test]
    fn every_place_is_found() {
        assert_eq!(at(&["a", "1", "bc"], Anchor::Value), "\"x]}\"");
        assert_eq!(at(&["a", "1", "bc"], Anchor::Key), "\"b\\u0063\"");
        assert_eq!(at(&["a", "1", "d"], Anchor::Value), "{}");
        assert_eq!(at(&["a", "2"], Anchor::Value), "-2.5e3");
        assert_eq!(at(&["a", "1"], Anchor::Opening), "{");
        assert_eq!(at(&["ü"], Anchor::Value), "null");
        assert_eq!(at(&["a"], Anchor::Value).lines().count(), 1);
        // What is not there: the nearest around it.
        assert_eq!(at(&["a", "7"], Anchor::Value), "[");
        assert_eq!(at(&["z", "q"], Anchor::Key), "{");
    }

    #[test]
    fn repeated_fields_are_found_where_they_repeat() {
        let source = Source::new("f", "{\"a\": 1,\n \"b\": [{\"c\": 1, \"c\": 2}], \"a\": 3, \"a\": 4}");
        let found = source.parse().unwrap_err();
        let shown: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "f:2:17: error[duplicate-field]: `c` stands here twice",
                "f:2:35: error[duplicate-field]: `a` stands here twice",
            ]
        );
    }

    #[test]
    fn syntax_errors_have_their_place() {
        let error = |text: &str| Source::new("f", text).parse().unwrap_err().remove(0).to_string();
        assert_eq!(
            error("{\n  \"ü\": tru\n}"),
            "f:2:11: error[syntax]: expected a value; text stands in double quotes"
        );
        assert_eq!(error("{\"a\": 1,}"), "f:1:9: error[syntax]: a comma before a closing bracket");
        assert_eq!(error(""), "f:1:1: error[syntax]: the file is empty; expected a value");
        assert_eq!(error("{} x"), "f:1:4: error[syntax]: more text after the end of the document");
        assert!(error(&"[".repeat(5_000)).contains("too-deep"));
        assert!(error("\u{feff}{}").contains("byte order mark"));
        assert!(error(&" ".repeat(MAX_BYTES + 1)).contains("too-large"));
    }
}
