//! A type declares all of its document: what is read, what is said to be wrong, what the JSON Schema says.

#![allow(clippy::unwrap_used, reason = "tests")]

use trapwise_model::diagnostic::Collector;
use trapwise_model::read::{FromJson, read_text};
use trapwise_model::shape::{Shape, Shaped};
use trapwise_model::{ComponentId, SortedMap, named_enum};

named_enum! {
    pub enum Colour as "colour" {
        Red = "red",
        DarkBlue = "dark-blue",
    }
}

#[derive(Debug, PartialEq, FromJson, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("paint"), at_least_one("count", "moreTags"))]
struct Painted {
    /// Which
    /// one.
    ///
    /// Not for authors.
    id: ComponentId,
    /// How it looks.
    colour: Colour,
    /// How many.
    #[document(strict, range(1, 9))]
    count: Option<u16>,
    /// Whatever.
    #[serde(default)]
    #[document(strict, text(Id), len(0, 2))]
    more_tags: Vec<String>,
    /// By name.
    #[serde(default, rename = "where")]
    #[document(strict, range(0, 5), keys(Bind))]
    numbers: SortedMap<String, u32>,
}

#[derive(Debug, PartialEq, FromJson, Shaped)]
#[serde(rename_all = "kebab-case")]
enum Change {
    /// Paints.
    PaintIt(Box<Painted>),
    /// Several, which may be nested.
    #[document(len(1, 3))]
    All(Vec<Change>),
}

#[derive(Debug, PartialEq, FromJson, Shaped)]
#[document(if_text(Bound))]
enum Either {
    Name(String),
    Change(Change),
}

fn problems<T: Shaped>(text: &str) -> Vec<String> {
    let mut at = Collector::default();
    T::shape().check(&serde_json::from_str(text).unwrap(), &mut at);
    at.into_problems().0.iter().map(|problem| format!("{} {}", problem.path, problem.message)).collect()
}

#[test]
fn what_the_shape_accepts_is_read() {
    let text = r#"{ "id": "a", "colour": "dark-blue", "moreTags": ["x"], "where": { "y": 5 } }"#;
    assert_eq!(problems::<Painted>(text), [""; 0]);
    let painted = read_text::<Painted>(text).unwrap();
    assert_eq!((painted.colour, painted.count), (Colour::DarkBlue, None));
    assert_eq!((painted.more_tags.len(), painted.numbers.get("y")), (1, Some(&5)));

    let nested = format!(r#"{{ "all": [{{ "all": [{{ "paint-it": {text} }}] }}] }}"#);
    assert_eq!(problems::<Either>(&nested), [""; 0]);
    assert!(matches!(read_text(&nested), Some(Either::Change(Change::All(_)))));
    assert_eq!(read_text(r#""$name""#), Some(Either::Name("$name".to_owned())));
}

#[test]
fn what_the_shape_refuses_is_not_read() {
    let wrong =
        r#"{ "id": "A", "color": "red", "count": 10, "moreTags": ["x", "y", "z"], "where": { "1": 6 } }"#;
    let said = [
        "/id `A` is not an id: 1 to 64 lower-case letters, digits and single hyphens",
        "/color paint has no field `color`",
        "/count expected a number from 1 to 9, found 10",
        "/moreTags 3 items; at most 2 are allowed",
        "/where/1 `1` is not a name: a letter, then letters and digits",
        "/where/1 expected a number from 0 to 5, found 6",
        " paint lacks `colour`",
    ];
    assert_eq!(problems::<Painted>(wrong), said);
    let sound = r#"{ "id": "a", "colour": "red", "count": 9 }"#;
    assert!(read_text::<Painted>(sound).is_some());
    for (from, to) in [
        ("9", "10"),
        (r#""a""#, r#""A""#),
        ("red", "blue"),
        ("count", "counts"),
        (r#""count": 9"#, r#""moreTags": ["X"]"#),
        (r#""count": 9"#, r#""moreTags": ["x", "y", "z"]"#),
        (r#""count": 9"#, r#""where": { "1": 0 }"#),
        (r#""count": 9"#, r#""where": { "y": 6 }"#),
    ] {
        let text = sound.replace(from, to);
        assert_ne!(problems::<Painted>(&text), [""; 0], "{text}");
        assert_eq!(read_text::<Painted>(&text), None, "{text}");
    }
    for text in ["{}", r#"{ "other": 1 }"#, r#"{ "all": [7] }"#, r#"{ "all": [], "other": 1 }"#, "7"] {
        assert_ne!(problems::<Either>(text), [""; 0], "{text}");
        assert_eq!(read_text::<Either>(text), None, "{text}");
    }
}

#[test]
fn words_are_the_first_paragraph() {
    let Shape::Record(record) = Painted::shape() else { unreachable!("a struct is a record") };
    let help = record.fields.first().map(|field| field.help);
    assert_eq!(help, Some(if cfg!(feature = "schema") { "Which one." } else { "" }));
}
