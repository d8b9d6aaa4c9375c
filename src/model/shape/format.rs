//! What a text has to look like.

use crate::id::{MAX_LEN as MAX_ID_LEN, is_id};

/// What a text has to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any text, for what programs write.
    Any,
    /// 1 to 64 lower-case letters, digits and single hyphens.
    Id,
    /// One line of 1 to 300 characters.
    Line,
    /// Up to 20,000 characters of Markdown without raw HTML; not blank.
    Markdown,
    /// `YYYY-MM-DD`, a day that exists.
    Date,
    /// An `https://` address.
    Url,
    /// The name of a property: letters, digits, `.`, a leading `@` for a derived one.
    Prop,
    /// A name to bind: a letter, then letters and digits.
    Bind,
    /// What was bound: `$` and its name.
    Bound,
    /// An IAM action without wildcards, for example `s3:GetObject`.
    Action,
}

/// Longest [`Format::Line`], in characters.
const MAX_LINE: usize = 300;
/// Longest [`Format::Markdown`], in characters.
const MAX_MARKDOWN: usize = 20_000;

impl Format {
    /// What it is, for messages.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Any => "text",
            Self::Id => "an id: 1 to 64 lower-case letters, digits and single hyphens",
            Self::Line => "one line of 1 to 300 characters",
            Self::Markdown => "1 to 20,000 characters of Markdown",
            Self::Date => "a date as `YYYY-MM-DD`",
            Self::Url => "an address that starts with `https://`",
            Self::Prop => "the name of a property",
            Self::Bind => "a name: a letter, then letters and digits",
            Self::Bound => "a bound name such as `$task`",
            Self::Action => "an IAM action without wildcards, such as `s3:GetObject`",
        }
    }

    /// Most characters.
    #[must_use]
    pub const fn max_len(self) -> usize {
        match self {
            Self::Id => MAX_ID_LEN,
            Self::Any => usize::MAX,
            Self::Markdown => MAX_MARKDOWN,
            _ => MAX_LINE,
        }
    }

    /// The same, but for the length, as a regular expression for the JSON Schema.
    #[must_use]
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Id => "^[a-z0-9]+(-[a-z0-9]+)*$",
            Self::Line => "^[^\\u0000-\\u001f]*\\S[^\\u0000-\\u001f]*$",
            Self::Markdown => "\\S",
            Self::Date => "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
            Self::Url => "^https://[^\\s\"<>`/?#]+[^\\s\"<>`]*$",
            Self::Prop => "^@?[A-Za-z][A-Za-z0-9.]*$",
            Self::Bind => "^[A-Za-z][A-Za-z0-9]*$",
            Self::Bound => "^\\$[A-Za-z][A-Za-z0-9]*$",
            Self::Action => "^[a-z0-9-]+:[A-Za-z0-9]+$",
        }
    }

    /// Whether the text looks so.
    #[must_use]
    pub fn accepts(self, text: &str) -> bool {
        text.chars().count() <= self.max_len() && self.has_form(text)
    }

    fn has_form(self, text: &str) -> bool {
        let word = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_alphabetic())
                && text.chars().all(|c| c.is_ascii_alphanumeric())
        };
        match self {
            Self::Any => true,
            Self::Id => is_id(text),
            Self::Line => !text.trim().is_empty() && !text.chars().any(char::is_control),
            Self::Markdown => !text.trim().is_empty(),
            Self::Date => is_date(text),
            Self::Url => is_url(text),
            Self::Prop => {
                let name = text.strip_prefix('@').unwrap_or(text);
                name.starts_with(|c: char| c.is_ascii_alphabetic())
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
            }
            Self::Bind => word(text),
            Self::Bound => text.strip_prefix('$').is_some_and(word),
            Self::Action => text.split_once(':').is_some_and(|(service, action)| {
                !service.is_empty()
                    && service.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                    && !action.is_empty()
                    && action.chars().all(|c| c.is_ascii_alphanumeric())
            }),
        }
    }
}

fn is_date(text: &str) -> bool {
    let digits = |part: &str, len: usize| {
        Some(part)
            .filter(|part| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit()))?
            .parse()
            .ok()
    };
    let mut parts = text.split('-');
    let mut number = |len| parts.next().and_then(|part| digits(part, len));
    let date: Option<(u32, u32, u32)> = number(4).and_then(|year| Some((year, number(2)?, number(2)?)));
    let Some((year, month, day)) = date.filter(|_| parts.next().is_none()) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_url(text: &str) -> bool {
    let unfit = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '`');
    text.strip_prefix("https://")
        .is_some_and(|rest| !rest.starts_with(['/', '?', '#']) && !rest.is_empty() && !rest.contains(unfit))
}

/// The raw HTML tag or comment that Markdown text has first, if any; code is no HTML.
#[must_use]
pub fn raw_html(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let start = rest.find(['`', '<', '\\'])?;
        let found = rest.get(start..)?;
        if found.starts_with('\\') {
            let mut chars = found.chars();
            chars.next();
            chars.next();
            rest = chars.as_str();
        } else if found.starts_with('`') {
            // A code span ends at as many backticks as it starts with; without an end there is none.
            let ticks = found.len() - found.trim_start_matches('`').len();
            let (fence, after) = found.split_at(ticks);
            rest = end_of_code(after, fence).unwrap_or(after);
        } else {
            let after = found.get(1..)?;
            let tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
            if tag && !after.starts_with("https://") && !after.starts_with("http://") {
                let end = found.find('>').map_or(found.len(), |end| end + 1);
                return found.get(..end);
            }
            rest = after;
        }
    }
}

fn end_of_code<'t>(text: &'t str, fence: &str) -> Option<&'t str> {
    let mut rest = text;
    loop {
        let found = rest.get(rest.find('`')?..)?;
        let ticks = found.len() - found.trim_start_matches('`').len();
        rest = found.get(ticks..)?;
        if ticks == fence.len() {
            return Some(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_accept_what_they_say() {
        let cases: &[(Format, &[&str], &[&str])] = &[
            (
                Format::Date,
                &["2026-11-22", "2024-02-29"],
                &["2026-02-29", "2026-13-01", "2026-1-1", "+026-01-01", ""],
            ),
            (
                Format::Url,
                &["https://docs.aws.amazon.com/x#y"],
                &["http://a", "https://", "https:///x", "https://a b"],
            ),
            (Format::Prop, &["cpu", "containers.gpu", "@zones"], &["@", "1a", "a b", "$x"]),
            (Format::Bound, &["$td", "$a1"], &["td", "$", "$a-b", "$1"]),
            (Format::Action, &["s3:GetObject"], &["s3:*", "GetObject", "s3:", "S3:Get"]),
            (Format::Line, &["a line"], &["", "  ", "two\nlines"]),
        ];
        for (format, good, bad) in cases {
            for text in *good {
                assert!(format.accepts(text), "{format:?} {text}");
            }
            for text in *bad {
                assert!(!format.accepts(text), "{format:?} {text}");
            }
        }
    }

    #[test]
    fn raw_html_is_found_outside_code() {
        assert_eq!(raw_html("a <b>bold</b>"), Some("<b>"));
        assert_eq!(raw_html("x </div"), Some("</div"));
        assert_eq!(raw_html("<!-- c -->"), Some("<!-- c -->"));
        for fine in [
            "1 < 2 and a<3",
            "`<b>` and ``a ` <i>``",
            "```\n<html>\n```",
            "<https://aws.amazon.com>",
            "an arrow <- here, \\<b>",
        ] {
            assert_eq!(raw_html(fine), None, "{fine}");
        }
        assert_eq!(raw_html("an open ` and <b>"), Some("<b>"));
    }
}
