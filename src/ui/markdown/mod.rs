//! The Markdown of briefs, trap texts and debriefs, on screen.
//!
//! A subset, read by a parser of our own: a full one would be a fifth of everything the page may weigh.
//! Paragraphs, headings, lists (nested by indentation), quotes, tables and fenced code; inside them emphasis,
//! code and links. Raw HTML is not a thing here: whatever is not understood is shown as it was written.

mod block;
mod span;

use trapwise_documents::scenario::Keyword;
use yew::prelude::*;

use block::Block;
use span::Span;

/// A text, block by block. Marks the phrases of `keywords`. A heading written with one `#` is one of
/// that `level`: 2 to 6.
pub fn markdown(text: &str, keywords: &[Keyword], level: u8) -> Html {
    let keywords: Vec<_> = keywords.iter().map(|keyword| plain(&keyword.phrase)).collect();
    let blocks = block::parse(text);
    let painter = Painter { keywords: &keywords, level };
    html! { <div class="prose">{ painter.blocks(&blocks) }</div> }
}

/// A sentence with emphasis, code and links, and no block around it.
pub fn inline(text: &str) -> Html {
    Painter { keywords: &[], level: 3 }.spans(&span::parse(text))
}

/// The text without its markup, for titles and for what is read out.
#[must_use]
pub fn plain(text: &str) -> String {
    span::parse(text).into_iter().map(|span| span.text).collect()
}

struct Painter<'a> {
    keywords: &'a [String],
    level: u8,
}

impl Painter<'_> {
    fn blocks(&self, blocks: &[Block]) -> Html {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Html {
        match block {
            Block::Paragraph(text) => html! { <p>{ self.text(text) }</p> },
            Block::Heading(depth, text) => {
                let level = (self.level + depth - 1).min(6);
                html! { <@{format!("h{level}")}>{ self.text(text) }</@> }
            }
            Block::Code(text) => html! { <pre><code>{ text.clone() }</code></pre> },
            Block::Quote(inner) => html! { <blockquote>{ self.blocks(inner) }</blockquote> },
            Block::Table(rows) => {
                let row = |cells: &Vec<String>, head: bool| {
                    let cells = cells.iter().map(|cell| match self.text(cell) {
                        text if head && !cell.is_empty() => html! { <th scope="col">{ text }</th> },
                        text => html! { <td>{ text }</td> },
                    });
                    html! { <tr>{ for cells }</tr> }
                };
                let (head, body) = rows.split_at(rows.len().min(1));
                // In a narrow pane a wide one scrolls by itself, with the keyboard too.
                html! {
                    <div class="table" tabindex="0">
                        <table>
                            <thead>{ for head.iter().map(|cells| row(cells, true)) }</thead>
                            <tbody>{ for body.iter().map(|cells| row(cells, false)) }</tbody>
                        </table>
                    </div>
                }
            }
            Block::List { ordered, items } => {
                let items = items.iter().map(|item| html! { <li>{ self.item(item) }</li> });
                if *ordered {
                    html! { <ol>{ for items }</ol> }
                } else {
                    html! { <ul>{ for items }</ul> }
                }
            }
        }
    }

    /// An item of one paragraph is set without one.
    fn item(&self, item: &[Block]) -> Html {
        match item {
            [Block::Paragraph(text), rest @ ..] => html! { <>{ self.text(text) }{ self.blocks(rest) }</> },
            other => self.blocks(other),
        }
    }

    fn text(&self, text: &str) -> Html {
        self.spans(&span::mark(span::parse(text), self.keywords))
    }

    fn spans(&self, spans: &[Span]) -> Html {
        spans.iter().map(|span| self.span(span)).collect()
    }

    fn span(&self, span: &Span) -> Html {
        let mut html = html! { { span.text.clone() } };
        if span.code {
            html = html! { <code>{ html }</code> };
        }
        if span.emphasis {
            html = html! { <em>{ html }</em> };
        }
        if span.strong {
            html = html! { <strong>{ html }</strong> };
        }
        if span.marked {
            html = html! { <mark>{ html }</mark> };
        }
        match &span.link {
            Some(link) => html! {
                <a href={link.clone()} target="_blank" rel="noopener noreferrer">{ html }</a>
            },
            None => html,
        }
    }
}
