//! A value that an enumeration does not have compares as false for ever. What the code compares a property
//! with, or sets it to, is one of its values; and it names properties by the constants of the catalogue.

use std::fs;
use std::path::{Path, PathBuf};

use trapwise_model::SortedMap;
use trapwise_model::catalogue::PropType;

use crate::owner::Property;

/// How a source names a property: the constants of the catalogue.
const CONSTANTS: &str = include_str!("../../../model/catalogue/prop.rs");

#[test]
fn values_compared_with_a_property_are_its_own() {
    let ids = constants();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        for (constant, value) in comparisons(&text) {
            let id = ids.get(constant).unwrap_or_else(|| panic!("{}: prop::{constant}", path.display()));
            match is_value(id, value) {
                Some(true) => compared += 1,
                Some(false) => wrong.push(format!("{}: `{id}` is never `{value}`", path.display())),
                None => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 150, "only {compared} values were found in the sources");
}

/// Maps of properties and what reads documents take any text, so nothing else keeps literals out of them.
#[test]
fn fixed_ids_are_constants() {
    const BY_TEXT: [&str; 7] = [
        "props.get(",
        "props.contains_key(",
        "props.insert(",
        "props.remove(",
        "prop_named(",
        "field_named(",
        "value_named(",
    ];
    let mut wrong = Vec::new();
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let literal = |call: &&&str| text.contains(&format!("{call}\""));
        wrong.extend(BY_TEXT.iter().filter(literal).map(|call| format!("{}: {call}\"…\"", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The id of each constant.
fn constants() -> SortedMap<&'static str, &'static str> {
    let lines = CONSTANTS.lines().filter_map(|line| line.strip_prefix("pub const "));
    let pairs = lines.filter_map(|line| {
        let (name, rest) = line.split_once(": PropId = PropId(\"")?;
        Some((name, rest.strip_suffix("\");")?))
    });
    pairs.collect()
}

/// The sources that read designs, without what stands beside a crate's code.
fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders: Vec<_> =
        ["engine", "editor", "ui", "session", "cli", "model/edit"].map(|name| root.join(name)).into();
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(path);
            }
        }
    }
    sources
}

/// Whether some property of that id has the value; none where a property of that id is not a choice.
fn is_value(id: &str, value: &str) -> Option<bool> {
    let specs = Property::all().into_iter().map(|one| one.field.unwrap_or(one.spec));
    let types: Vec<_> = specs.filter(|spec| spec.id.as_str() == id).map(|spec| &spec.ty).collect();
    let choices = types.iter().map(|ty| if let PropType::Enum(choices) = ty { Some(*choices) } else { None });
    let choices = choices.collect::<Option<Vec<_>>>()?;
    Some(choices.iter().any(|choices| choices.iter().any(|choice| choice.value == value)))
}

/// Each constant with a value beside it: `is(prop::X, "V")`, `text(prop::X) == Some("V")`,
/// `(prop::X, Value::from("V"))`, and the arms of `match text(prop::X)`. A constant of the file stands for its value.
fn comparisons(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("prop::") {
        let rest = &text[at + "prop::".len()..];
        let end =
            rest.find(|letter: char| !letter.is_ascii_uppercase() && !matches!(letter, '_' | '0'..='9'));
        let (constant, rest) = rest.split_at(end.unwrap_or(rest.len()));
        if constant.is_empty() {
            continue;
        }
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        if let Some(arms) = rest.strip_prefix(") {").filter(|_| line.contains("match ")) {
            found.extend(arms_of(arms).into_iter().map(|value| (constant, value)));
        } else if let Some(value) = value_beside(text, rest) {
            found.push((constant, value));
        }
    }
    found
}

/// The text that follows a property as its value.
fn value_beside<'t>(text: &'t str, rest: &'t str) -> Option<&'t str> {
    let mut rest = rest.trim_start_matches(')').trim_start();
    rest = ["==", "!=", ","].iter().find_map(|sign| rest.strip_prefix(sign))?.trim_start();
    for wrapping in ["Some(", "Value::from("] {
        rest = rest.strip_prefix(wrapping).unwrap_or(rest);
    }
    if rest.starts_with('"') {
        return quoted(rest);
    }
    let end = rest.find(|letter: char| !letter.is_ascii_uppercase() && letter != '_')?;
    let name = Some(&rest[..end]).filter(|name| !name.is_empty())?;
    let declared = ["&str", "&'static str"].map(|ty| format!("const {name}: {ty} = "));
    declared.iter().find_map(|declared| quoted(text.split_once(declared.as_str())?.1))
}

/// The texts in the patterns of a `match`, up to its end.
fn arms_of(text: &str) -> Vec<&str> {
    let mut values = Vec::new();
    let mut depth = 0_u32;
    for line in text.lines() {
        if depth == 0
            && let Some((pattern, _)) = line.split_once("=>")
        {
            let pattern = pattern.split_once(" if ").map_or(pattern, |(pattern, _)| pattern);
            values.extend(pattern.match_indices('"').step_by(2).filter_map(|(at, _)| quoted(&pattern[at..])));
        }
        for letter in line.chars() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => return values,
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    values
}

/// The text between the first quotes.
fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.split_once('"').map(|(value, _)| value)
}

#[test]
fn comparisons_are_found_in_every_form() {
    const TEXT: &str = r#"
        const MODE: &str = "awsvpc";
        a.is(prop::ONE, "1") && b.text(prop::TWO) != Some("2") && [(prop::THREE, Value::from("3"))];
        c.is(prop::FOUR, MODE);
        match d.text(prop::FIVE) {
            Some("5" | "6") if e.is(other, "7") => match e { _ => "no" },
            None => {}
        }
        f.flag(prop::SIX)"#;
    let found = comparisons(TEXT);
    let wanted =
        [("ONE", "1"), ("TWO", "2"), ("THREE", "3"), ("FOUR", "awsvpc"), ("FIVE", "5"), ("FIVE", "6")];
    assert_eq!(found, wanted);
}
