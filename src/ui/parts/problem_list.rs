//! Everything that is wrong with a document, with the line it is on.

use yew::prelude::*;

use crate::ui::hooks::Trouble;
use crate::ui::icon::icon;
use crate::ui::words::count;
use trapwise_model::diagnostic::Diagnostic;

/// Every problem: where, what, what would help, and the line itself, from the text of the file of that
/// name.
pub fn problem_list(problems: &[Diagnostic], texts: &[(&str, &str)]) -> Html {
    let one = |problem: &Diagnostic| {
        let text = texts.iter().find(|(file, _)| *file == problem.file).map(|(_, text)| *text);
        let place = match (problem.line, problem.pointer.as_str()) {
            (0, _) => problem.file.clone(),
            (line, "") => format!("{}:{line}:{}", problem.file, problem.column),
            (line, pointer) => format!("{}:{line}:{}  {pointer}", problem.file, problem.column),
        };
        let (class, glyph, severity) = if problem.is_error() {
            ("problem error", "ui-cross", "error: ")
        } else {
            ("problem warning", "ui-warning", "warning: ")
        };
        html! {
            <li class={class}>
                { icon(glyph) }
                <div>
                    <p class="problem-message">
                        <span class="visually-hidden">{ severity }</span>
                        { with_code(&problem.message) }
                    </p>
                    <p class="problem-place"><code>{ place }</code></p>
                    if let Some(text) = text {
                        { excerpt(text, problem) }
                    }
                    if let Some(help) = &problem.help {
                        <p class="problem-help"><strong>{ "help: " }</strong>{ with_code(help) }</p>
                    }
                </div>
            </li>
        }
    };
    html! { <ul class="problems">{ for problems.iter().map(one) }</ul> }
}

/// Says why a document is not here.
pub fn trouble_notice(trouble: &Trouble) -> Html {
    let Trouble { file, text, net, problems } = trouble;
    let texts: Vec<_> = text.iter().map(|text| (file.as_str(), text.as_str())).collect();
    html! {
        <div class="notice bad" role="alert">
            <p>
                <strong><code>{ file.clone() }</code></strong>
                if let Some(net) = net {
                    { format!(" could not be fetched: {net}.") }
                } else {
                    { format!(" cannot be used: {}.", count(problems.len(), "problem", "problems")) }
                }
            </p>
            { problem_list(problems, &texts) }
        </div>
    }
}

/// The line a problem is on, cut around it, with the place marked.
fn excerpt(text: &str, problem: &Diagnostic) -> Html {
    /// Characters shown before the place, and in all.
    const BEFORE: usize = 30;
    const SHOWN: usize = 110;
    let Some(line) = problem.line.checked_sub(1).and_then(|index| text.lines().nth(index)) else {
        return Html::default();
    };
    let column = problem.column.saturating_sub(1);
    let from = column.saturating_sub(BEFORE);
    let take =
        |from: usize, to: usize| line.chars().skip(from).take(to.saturating_sub(from)).collect::<String>();
    let end = (column + problem.length).min(from + SHOWN);
    html! {
        <pre class="excerpt">
            <span class="line-number">{ problem.line }</span>
            if from > 0 {
                { "…" }
            }
            { take(from, column) }
            <mark>{ take(column, end) }</mark>
            { take(end, from + SHOWN) }
        </pre>
    }
}

/// Text in which backticks quote what the author wrote.
fn with_code(text: &str) -> Html {
    let part = |(index, part): (usize, &str)| match index % 2 {
        0 => html! { { part.to_owned() } },
        _ => html! { <code>{ part.to_owned() }</code> },
    };
    text.split('`').enumerate().map(part).collect()
}
