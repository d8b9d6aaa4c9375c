//! Reads a trap's text. Every problem is reported, with its line.

use std::fmt;

use super::TrapText;
use crate::scenario::Source;

/// The headings of a text, in their order.
pub const SECTIONS: [&str; 5] =
    ["Misconception", "What AWS does", "Why the exam asks", "Exam answer", "AWS today"];

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextProblem {
    /// Where, from 1.
    pub line: usize,
    /// What, lower-case and without a full stop.
    pub message: String,
}

impl fmt::Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// Reads a text.
///
/// # Errors
/// Everything that is wrong with it, by line.
pub fn parse(text: &str) -> Result<TrapText, Vec<TextProblem>> {
    let mut reader = Reader::default();
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end()));
    if lines.next().is_none_or(|(_, line)| line != "---") {
        reader.problem(1, "a text starts with a line `---`");
        return Err(reader.problems);
    }
    let mut closed = false;
    for (number, line) in lines.by_ref() {
        reader.last_line = number;
        if line == "---" {
            closed = true;
            break;
        }
        reader.head(number, line);
    }
    if !closed {
        reader.problem(reader.last_line, "the second line `---` is missing");
    }
    for (number, line) in lines {
        reader.last_line = number;
        reader.body(number, line);
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    text: TrapText,
    seen: Vec<String>,
    /// How many headings came so far.
    headings: usize,
    sections: [String; SECTIONS.len()],
    problems: Vec<TextProblem>,
    last_line: usize,
}

impl Reader {
    fn problem(&mut self, line: usize, message: impl Into<String>) {
        self.problems.push(TextProblem { line, message: message.into() });
    }

    fn head(&mut self, number: usize, line: &str) {
        if line.is_empty() {
            return;
        }
        let Some((key, value)) = line.split_once(':') else {
            return self.problem(number, "expected `key: value`");
        };
        let (key, value) = (key.trim(), unquote(value.trim()));
        if value.is_empty() {
            return self.problem(number, format!("`{key}` is empty"));
        }
        if key != "source" {
            if self.seen.iter().any(|seen| seen == key) {
                return self.problem(number, format!("`{key}` is there twice"));
            }
            self.seen.push(key.to_owned());
        }
        match key {
            "title" => value.clone_into(&mut self.text.title),
            "verifiedOn" if is_date(value) => value.clone_into(&mut self.text.verified_on),
            "verifiedOn" => self.problem(number, "`verifiedOn` is a date, `YYYY-MM-DD`"),
            "mnemonic" => self.text.mnemonic = Some(value.to_owned()),
            "message" => value.clone_into(&mut self.text.message),
            "source" => self.source(number, value),
            _ => match key.split_once('.').filter(|(_, name)| trapwise_model::is_id(name)) {
                Some(("fix", name)) => {
                    self.text.fixes.insert(name.to_owned(), value.to_owned());
                }
                Some(("step", name)) => {
                    self.text.steps.insert(name.to_owned(), value.to_owned());
                }
                _ => self.problem(number, format!("unknown key `{key}`")),
            },
        }
    }

    fn source(&mut self, number: usize, value: &str) {
        let parts = value.split_once('|').map(|(title, url)| (title.trim(), url.trim()));
        match parts.filter(|(title, url)| !title.is_empty() && url.starts_with("https://")) {
            Some((title, url)) => {
                self.text.sources.push(Source { title: title.to_owned(), url: url.to_owned() });
            }
            None => self.problem(number, "`source` is `title | https://…`"),
        }
    }

    fn body(&mut self, number: usize, line: &str) {
        let Some(heading) = line.strip_prefix("## ") else {
            match self.headings.checked_sub(1).and_then(|index| self.sections.get_mut(index)) {
                Some(section) => {
                    section.push_str(line);
                    section.push('\n');
                }
                None if line.is_empty() => {}
                None => self.problem(number, "words before the first heading"),
            }
            return;
        };
        let wanted = SECTIONS.get(self.headings).copied();
        if wanted != Some(heading.trim()) {
            let wanted =
                wanted.map_or("no further heading".to_owned(), |wanted| format!("the heading `{wanted}`"));
            self.problem(number, format!("expected {wanted}, not `{}`", heading.trim()));
        }
        self.headings += 1;
    }

    fn finish(mut self) -> Result<TrapText, Vec<TextProblem>> {
        let end = self.last_line;
        for key in ["title", "verifiedOn", "message"] {
            if !self.seen.iter().any(|seen| seen == key) {
                self.problem(1, format!("`{key}` is missing"));
            }
        }
        if self.text.sources.is_empty() {
            self.problem(1, "`source` is missing");
        }
        for heading in SECTIONS.into_iter().skip(self.headings) {
            self.problem(end, format!("the heading `{heading}` is missing"));
        }
        let sections = self.sections.each_ref().map(|section| section.trim().to_owned());
        for (heading, section) in SECTIONS.into_iter().zip(&sections).take(self.headings) {
            if section.is_empty() {
                self.problem(end, format!("nothing is said under `{heading}`"));
            }
        }
        if !self.problems.is_empty() {
            self.problems.sort_by_key(|problem| problem.line);
            return Err(self.problems);
        }
        let [misconception, what_aws_does, why_the_exam_asks, exam_answer, aws_today] = sections;
        Ok(TrapText { misconception, what_aws_does, why_the_exam_asks, exam_answer, aws_today, ..self.text })
    }
}

/// Without the quotes around it, if both are there.
fn unquote(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "---
title: A title
verifiedOn: 2026-11-22
mnemonic: Before my code runs: execution role.
message: \"{task} fails: {role} lacks it.\"
step.no-grant: {role} does not allow {action}
fix.move-grant: Grant {role} access
source: A page | https://docs.aws.amazon.com/a
source: Another | https://docs.aws.amazon.com/b
---

## Misconception
One.

Two.

## What AWS does
It stops.
## Why the exam asks
Because.
## Exam answer
This.
## AWS today
That.
";

    #[test]
    fn a_text_is_read() {
        let text = parse(GOOD).unwrap();
        assert_eq!(text.title, "A title");
        assert_eq!(text.mnemonic.as_deref(), Some("Before my code runs: execution role."));
        assert_eq!(text.message, "{task} fails: {role} lacks it.");
        assert_eq!(text.fixes.get("move-grant").map(String::as_str), Some("Grant {role} access"));
        assert_eq!(text.steps.get("no-grant").map(String::as_str), Some("{role} does not allow {action}"));
        assert_eq!(text.sources.len(), 2);
        assert_eq!(text.sources[1].url, "https://docs.aws.amazon.com/b");
        assert_eq!(text.misconception, "One.\n\nTwo.");
        assert_eq!(text.aws_today, "That.");
        assert_eq!(parse(&GOOD.replace('\n', "\r\n")).unwrap(), text);
    }

    fn problems(text: &str) -> Vec<String> {
        parse(text).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_problem_is_reported_with_its_line() {
        let bad = GOOD
            .replace("title: A title", "titel: A title")
            .replace("2026-11-22", "22.11.2026")
            .replace("source: A page | https", "source: A page | http");
        assert_eq!(
            problems(&bad),
            [
                "line 1: `title` is missing",
                "line 2: unknown key `titel`",
                "line 3: `verifiedOn` is a date, `YYYY-MM-DD`",
                "line 8: `source` is `title | https://…`",
            ]
        );
    }

    #[test]
    fn headings_are_exactly_the_five() {
        let bad = GOOD.replace("## Exam answer", "## Answer").replace("## AWS today\nThat.\n", "");
        assert_eq!(
            problems(&bad),
            [
                "line 21: expected the heading `Exam answer`, not `Answer`",
                "line 22: the heading `AWS today` is missing",
            ]
        );
        assert_eq!(
            problems(&GOOD.replace("It stops.\n", "")),
            ["line 23: nothing is said under `What AWS does`"]
        );
        let more = format!("{GOOD}## More\n");
        assert_eq!(problems(&more), ["line 25: expected no further heading, not `More`"]);
    }

    #[test]
    fn a_text_without_a_head_is_refused() {
        assert_eq!(problems("hello"), ["line 1: a text starts with a line `---`"]);
        assert!(problems("---\ntitle: x\n").contains(&"line 2: the second line `---` is missing".to_owned()));
        assert_eq!(problems(""), ["line 1: a text starts with a line `---`"]);
    }

    #[test]
    fn a_key_is_there_once() {
        assert_eq!(
            problems(&GOOD.replace("verifiedOn", "title: Twice\nverifiedOn")),
            ["line 3: `title` is there twice"]
        );
    }
}
