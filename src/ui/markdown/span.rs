//! Emphasis, code and links inside one block.

/// A run of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Without markup.
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    pub code: bool,
    /// Whether it belongs to a marked phrase.
    pub marked: bool,
    /// Where it leads; only addresses of the web.
    pub link: Option<String>,
}

/// Reads the text of one block.
pub fn parse(text: &str) -> Vec<Span> {
    let mut reader = Reader { spans: Vec::new(), style: Span::default() };
    reader.read(text);
    reader.spans
}

/// Marks every occurrence of the phrases, whatever their case and across changes of style.
pub fn mark(spans: Vec<Span>, phrases: &[String]) -> Vec<Span> {
    let whole: String = spans.iter().map(|span| span.text.to_ascii_lowercase()).collect();
    let mut ranges = Vec::new();
    for phrase in phrases.iter().filter(|phrase| !phrase.is_empty()) {
        let phrase = phrase.to_ascii_lowercase();
        ranges.extend(whole.match_indices(&phrase).map(|(at, found)| at..at + found.len()));
    }
    if ranges.is_empty() {
        return spans;
    }
    let mut result = Vec::new();
    let mut start = 0;
    for span in spans {
        let end = start + span.text.len();
        let mut cuts: Vec<_> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
        cuts.retain(|cut| (start + 1..end).contains(cut));
        cuts.extend([start, end]);
        cuts.sort();
        cuts.dedup();
        for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
            let text = span.text.get(from - start..to - start).unwrap_or_default().to_owned();
            let marked = ranges.iter().any(|range| range.start <= *from && *to <= range.end);
            result.push(Span { text, marked, ..span.clone() });
        }
        start = end;
    }
    result
}

struct Reader {
    spans: Vec<Span>,
    style: Span,
}

impl Reader {
    fn read(&mut self, mut rest: &str) {
        while let Some(at) = rest.find(['\\', '`', '*', '_', '[']) {
            let (before, special) = rest.split_at(at);
            self.push(before);
            rest = match self.special(special, before.chars().next_back()) {
                Some(after) => after,
                None => {
                    let (sign, after) = special.split_at(1);
                    self.push(sign);
                    after
                }
            };
        }
        self.push(rest);
    }

    /// Reads what starts with a sign of markup; none when it is only a sign.
    fn special<'t>(&mut self, text: &'t str, before: Option<char>) -> Option<&'t str> {
        if let Some(escaped) = text.strip_prefix('\\') {
            let sign = escaped.chars().next().filter(char::is_ascii_punctuation)?;
            let (sign, after) = escaped.split_at(sign.len_utf8());
            self.push(sign);
            return Some(after);
        }
        if let Some(inside) = text.strip_prefix('`') {
            let (code, after) = inside.split_once('`')?;
            self.styled(|style| style.code = true, |reader| reader.push(code));
            return Some(after);
        }
        if let Some(inside) = text.strip_prefix("**") {
            let (strong, after) = delimited(inside, "**")?;
            self.styled(|style| style.strong = true, |reader| reader.read(strong));
            return Some(after);
        }
        if let Some(inside) = text.strip_prefix('*') {
            let (emphasis, after) = delimited(inside, "*")?;
            self.styled(|style| style.emphasis = true, |reader| reader.read(emphasis));
            return Some(after);
        }
        if let Some(inside) = text.strip_prefix('_') {
            // Inside a word it is a sign like any other: `memory_mib`.
            if before.is_some_and(char::is_alphanumeric) {
                return None;
            }
            let (emphasis, after) = delimited(inside, "_")?;
            if after.starts_with(char::is_alphanumeric) {
                return None;
            }
            self.styled(|style| style.emphasis = true, |reader| reader.read(emphasis));
            return Some(after);
        }
        let (label, after) = text.strip_prefix('[')?.split_once("](")?;
        let (address, after) = after.split_once(')')?;
        let safe = ["https://", "http://", "#/"].iter().any(|scheme| address.starts_with(scheme));
        if label.contains(['[', ']']) || !safe {
            return None;
        }
        self.styled(|style| style.link = Some(address.to_owned()), |reader| reader.read(label));
        Some(after)
    }

    fn styled(&mut self, change: impl FnOnce(&mut Span), inside: impl FnOnce(&mut Self)) {
        let outer = self.style.clone();
        change(&mut self.style);
        inside(self);
        self.style = outer;
    }

    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(last) = self.spans.last_mut()
            && (Span { text: String::new(), ..last.clone() }) == self.style
        {
            last.text.push_str(text);
            return;
        }
        self.spans.push(Span { text: text.to_owned(), ..self.style.clone() });
    }
}

/// What stands before a closing sign, and what after. A sign with a space on its inner side, or inside
/// code, opens or closes nothing; nor is half of a double sign a single one.
fn delimited<'t>(text: &'t str, sign: &str) -> Option<(&'t str, &'t str)> {
    if text.starts_with(char::is_whitespace) {
        return None;
    }
    text.match_indices(sign)
        .map(|(at, _)| (text.get(..at).unwrap_or_default(), text.get(at + sign.len()..).unwrap_or_default()))
        .find(|(inside, after)| {
            let in_code = inside.bytes().filter(|byte| *byte == b'`').count() % 2 == 1;
            let half = sign == "*" && (inside.ends_with('*') || after.starts_with('*'));
            !inside.is_empty() && !inside.ends_with(char::is_whitespace) && !in_code && !half
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spans as text: `{style:text}`.
    fn show(spans: &[Span]) -> String {
        let one = |span: &Span| {
            let mut style = String::new();
            for (set, sign) in
                [(span.strong, 's'), (span.emphasis, 'e'), (span.code, 'c'), (span.marked, 'm')]
            {
                if set {
                    style.push(sign);
                }
            }
            if let Some(link) = &span.link {
                style.push_str(link);
            }
            if style.is_empty() { span.text.clone() } else { format!("{{{style}:{}}}", span.text) }
        };
        spans.iter().map(one).collect()
    }

    #[test]
    fn styles_are_read() {
        for (text, expected) in [
            ("a **b** c", "a {s:b} c"),
            ("*a `b*` c*", "{e:a }{ec:b*}{e: c}"),
            ("memory_mib and _this_", "memory_mib and {e:this}"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("a \\*b\\* `c", "a *b* `c"),
            ("see [**the** page](https://a.b/c) now", "see {shttps://a.b/c:the}{https://a.b/c: page} now"),
            ("[x](javascript:alert) <b>raw</b>", "[x](javascript:alert) <b>raw</b>"),
            ("`arn:aws:iam::*:role/*`", "{c:arn:aws:iam::*:role/*}"),
        ] {
            assert_eq!(show(&parse(text)), expected, "{text}");
        }
    }

    #[test]
    fn phrases_are_marked_across_styles() {
        let marked =
            mark(parse("It **listens on port 8080**, always."), &["Listens on".into(), "8080, al".into()]);
        assert_eq!(show(&marked), "It {sm:listens on}{s: port }{sm:8080}{m:, al}ways.");
    }

    #[test]
    fn no_text_is_lost() {
        for text in ["", "*", "**", "_a", "[a](", "[a](b", "`", "\\", "***a***", "[[a]](https://b)", "é*ü*ß"]
        {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            let shown: String = parse(text).into_iter().map(|span| span.text).collect();
            if !text.contains("https") {
                assert_eq!(letters(&shown), letters(text), "{text}");
            }
        }
    }
}
