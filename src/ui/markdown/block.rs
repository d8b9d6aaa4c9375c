//! Paragraphs, headings, lists, quotes, tables and fenced code.

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Its lines joined.
    Paragraph(String),
    /// 1 for one `#`.
    Heading(u8, String),
    /// Word for word.
    Code(String),
    Quote(Vec<Block>),
    /// Rows of cells, the head first.
    Table(Vec<Vec<String>>),
    List {
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
}

/// Deepest nesting; what lies deeper is read as a paragraph.
const MAX_DEPTH: u8 = 6;

/// Reads a text.
pub fn parse(text: &str) -> Vec<Block> {
    let lines: Vec<_> = text.lines().collect();
    blocks(&lines, 0)
}

fn blocks(mut lines: &[&str], depth: u8) -> Vec<Block> {
    let mut found = Vec::new();
    while let Some((line, rest)) = lines.split_first() {
        if line.trim().is_empty() {
            lines = rest;
            continue;
        }
        let taken = if line.trim_start().starts_with("```") {
            let inside = rest.iter().take_while(|line| !line.trim_start().starts_with("```")).count();
            found.push(Block::Code(rest.get(..inside).unwrap_or_default().join("\n")));
            (inside + 2).min(lines.len())
        } else if let Some((level, text)) = heading(line) {
            found.push(Block::Heading(level, text.to_owned()));
            1
        } else if depth < MAX_DEPTH && line.starts_with('>') {
            let quoted = lines.iter().take_while(|line| line.starts_with('>')).count();
            let inner: Vec<_> = lines.iter().take(quoted).map(|line| unquoted(line)).collect();
            found.push(Block::Quote(blocks(&inner, depth + 1)));
            quoted
        } else if let Some((rows, taken)) = table(lines) {
            found.push(Block::Table(rows));
            taken
        } else if let Some(first) = item(line).filter(|_| depth < MAX_DEPTH) {
            let (items, taken) = list(lines, first.ordered, depth);
            found.push(Block::List { ordered: first.ordered, items });
            taken
        } else {
            let more = rest.iter().take_while(|line| continues(line)).count();
            let text: Vec<_> = lines.iter().take(more + 1).map(|line| line.trim()).collect();
            found.push(Block::Paragraph(text.join(" ")));
            more + 1
        };
        lines = lines.get(taken..).unwrap_or_default();
    }
    found
}

/// The rows of a table, and how many lines it takes. Cells stand between bars, a rule under the head.
fn table(lines: &[&str]) -> Option<(Vec<Vec<String>>, usize)> {
    let (head, rule) = (lines.first()?, lines.get(1)?);
    if !head.starts_with('|') || !rule.starts_with("|-") {
        return None;
    }
    let rows = lines.iter().take_while(|line| line.starts_with('|'));
    let taken = rows.clone().count();
    Some((rows.enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| cells(line)).collect(), taken))
}

fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// The items of a list, and how many lines it takes.
fn list(lines: &[&str], ordered: bool, depth: u8) -> (Vec<Vec<Block>>, usize) {
    let mut items = Vec::new();
    let mut taken = 0;
    while let Some(rest) = lines.get(taken..)
        && let Some(first) = rest.first().and_then(|line| item(line)).filter(|item| item.ordered == ordered)
    {
        let mut inside = vec![first.text];
        for line in rest.iter().skip(1) {
            let indented = line.get(..first.indent).is_some_and(|indent| indent.trim().is_empty());
            let lazy = continues(line) && !inside.last().is_some_and(|line| line.is_empty());
            match line {
                line if line.trim().is_empty() => inside.push(""),
                line if indented => inside.push(line.get(first.indent..).unwrap_or_default()),
                line if lazy => inside.push(line),
                _ => break,
            }
        }
        taken += inside.len();
        items.push(blocks(&inside, depth + 1));
    }
    (items, taken)
}

/// The first line of an item.
struct Item<'t> {
    ordered: bool,
    text: &'t str,
    /// How many bytes stand before its text.
    indent: usize,
}

fn item(line: &str) -> Option<Item<'_>> {
    let sign = line.trim_start();
    let digits = sign.bytes().take_while(u8::is_ascii_digit).count();
    let (ordered, text) = match digits {
        0 => (false, sign.strip_prefix(['-', '*', '+'])?),
        1..=3 => (true, sign.get(digits..)?.strip_prefix('.')?),
        _ => return None,
    };
    let text = text.strip_prefix(' ')?.trim_start();
    Some(Item { ordered, text, indent: line.len() - text.len() })
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - text.len()).ok().filter(|level| (1..=6).contains(level))?;
    Some((level, text.strip_prefix(' ')?.trim()))
}

fn unquoted(line: &str) -> &str {
    let inner = line.strip_prefix('>').unwrap_or(line);
    inner.strip_prefix(' ').unwrap_or(inner)
}

/// Whether a line continues with the paragraph before it.
fn continues(line: &str) -> bool {
    !line.trim().is_empty()
        && !line.starts_with(['>', '|'])
        && !line.trim_start().starts_with("```")
        && heading(line).is_none()
        && item(line).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(text.to_owned())
    }

    #[test]
    fn blocks_are_told_apart() {
        let text = "One\ntwo.\n\n## Head\n> said\n> so\n\n```\na *b*\n```\nend";
        assert_eq!(
            parse(text),
            [
                paragraph("One two."),
                Block::Heading(2, "Head".to_owned()),
                Block::Quote(vec![paragraph("said so")]),
                Block::Code("a *b*".to_owned()),
                paragraph("end"),
            ]
        );
    }

    #[test]
    fn lists_nest_and_go_on() {
        let text = "so that\n\n- one\n  more\n  1. deep\n- two\n\n  second\n\nafter";
        let deep = Block::List { ordered: true, items: vec![vec![paragraph("deep")]] };
        let items = vec![vec![paragraph("one more"), deep], vec![paragraph("two"), paragraph("second")]];
        assert_eq!(
            parse(text),
            [paragraph("so that"), Block::List { ordered: false, items }, paragraph("after")]
        );
    }

    #[test]
    fn tables_have_a_rule_under_their_head() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            parse("Here:\n| | a |\n|---|---|\n| *b* | c d |\nafter"),
            [
                paragraph("Here:"),
                Block::Table(vec![row(&["", "a"]), row(&["*b*", "c d"])]),
                paragraph("after"),
            ]
        );
        assert_eq!(parse("| no rule |"), [paragraph("| no rule |")]);
    }

    #[test]
    fn hostile_nesting_ends() {
        let blocks = parse(&"> ".repeat(5000));
        assert_eq!(blocks.len(), 1);
        assert_eq!(parse("```\nnever closed").len(), 1);
        assert_eq!(parse(&"- ".repeat(5000)).len(), 1);
    }
}
