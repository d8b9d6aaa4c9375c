//! Templates: text with `{placeholders}`.

/// Fills a template in. What has no value stays as it is, braces included.
pub(super) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    for part in parts(template) {
        match part {
            Part::Text(text) => filled.push_str(text),
            Part::Placeholder { name, whole } => match value(name) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(whole),
            },
        }
    }
    filled
}

/// The names of a template's placeholders, in order, repeated ones included.
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    parts(template).filter_map(|part| match part {
        Part::Placeholder { name, .. } => Some(name),
        Part::Text(_) => None,
    })
}

enum Part<'a> {
    Text(&'a str),
    Placeholder { name: &'a str, whole: &'a str },
}

/// Cuts a template at its placeholders. A brace that starts none is text.
fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((whole, name, after)) = placeholder(rest) {
            rest = after;
            return Some(Part::Placeholder { name, whole });
        }
        // The next brace after the first character, which is text in any case.
        let next =
            rest.char_indices().skip(1).find(|(_, letter)| *letter == '{').map_or(rest.len(), |at| at.0);
        let (text, after) = rest.split_at(next);
        rest = after;
        Some(Part::Text(text))
    })
}

/// The placeholder at the start of `text`: with braces, without, and what follows.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let named = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let whole = text.get(..name.len() + 2)?;
    named.then_some((whole, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str) -> String {
        fill(template, |name| match name {
            "task" => Some("`web`".to_owned()),
            "role" => Some("`exec`".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn placeholders_are_filled_in() {
        assert_eq!(filled("{task} assumes {role}."), "`web` assumes `exec`.");
        assert_eq!(filled("{task}{task}"), "`web``web`");
        assert_eq!(filled("nothing to fill"), "nothing to fill");
        assert_eq!(filled(""), "");
    }

    #[test]
    fn what_is_no_known_placeholder_stays() {
        assert_eq!(filled("{nobody} and {task}"), "{nobody} and `web`");
        assert_eq!(filled("{ {task} {} {Task} {"), "{ `web` {} {Task} {");
        assert_eq!(filled("ü{task}ü"), "ü`web`ü");
    }

    #[test]
    fn placeholders_are_listed() {
        let names: Vec<_> = placeholders("{task} {} {fix-me} { {task}").collect();
        assert_eq!(names, ["task", "fix-me", "task"]);
    }
}
