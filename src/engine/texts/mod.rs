//! The words of the traps: reading `<trap>.md` and filling its templates in.
//!
//! Detection knows nothing of words; this knows nothing of detection. The command line embeds the
//! texts (feature `texts`), the page fetches them; both say the same with the same texts, and with a
//! missing text both fall back to words made from the trap's id.
//!
//! A text starts with lines `key: value` between two lines `---`, and goes on with the five sections
//! of [`SECTIONS`] in that order:
//!
//! ```text
//! ---
//! title: Secret permission on the task role
//! verifiedOn: 2026-11-22
//! facts: tip-two-roles
//! mnemonic: Before my code runs: execution role.
//! message: "{task} reads {secret} at launch, but only its task role may fetch it."
//! fix.move-grant: Grant {role} access to {secret} instead
//! source: Amazon ECS task execution IAM role | https://docs.aws.amazon.com/…
//! ---
//! ## Misconception
//! …
//! ```
//!
//! All texts are worded alike: the title names the mistake in a few words, as a heading without a full stop;
//! the message says what is wrong in this design and what follows from it, with names of AWS's in backticks;
//! a trap that depends on what a scenario demands ends "Why the exam asks" with the words that decide it
//! ("This trap speaks only where …").

#[cfg(any(feature = "texts", test))]
mod embedded;
mod parse;
mod template;

use std::sync::Arc;

use serde::Serialize;

use crate::finding::Detection;
use crate::scenario::Source;
use trapwise_model::SortedMap;

pub use parse::{SECTIONS, TextProblem, parse};
pub use template::{placeholders, render};

/// The words about one trap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrapText {
    /// Names the mistake in a few words.
    pub title: String,
    /// When it was last checked, `YYYY-MM-DD`.
    pub verified_on: String,
    /// The facts it teaches, by id.
    pub facts: Vec<String>,
    /// A line to remember it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mnemonic: Option<String>,
    /// What goes wrong in a given design; a template over [`Detection::args`].
    pub message: String,
    /// What each fix does, by its key; templates too.
    pub fixes: SortedMap<String, String>,
    /// Where it is written.
    pub sources: Vec<Source>,
    /// What the learner believed, in Markdown.
    pub misconception: String,
    /// What would happen, with the real event or stopped reason, in Markdown.
    pub what_aws_does: String,
    /// In Markdown.
    pub why_the_exam_asks: String,
    /// What exams key on, in Markdown.
    pub exam_answer: String,
    /// What holds today, in Markdown.
    pub aws_today: String,
}

impl TrapText {
    /// Where this text and what its trap found do not fit together: placeholders that the detection
    /// does not fill, fixes that the text does not name. Empty when all is well.
    #[must_use]
    pub fn misfits(&self, detection: &Detection) -> Vec<String> {
        let mut misfits = Vec::new();
        let mut check = |what: &str, template: &str| {
            for name in placeholders(template).filter(|name| !detection.args.contains_key(name)) {
                misfits.push(format!("{what} uses `{{{name}}}`, which the detection does not fill"));
            }
        };
        check("message", &self.message);
        for fix in &detection.fixes {
            if let Some(template) = self.fixes.get(fix.key) {
                check(&format!("fix.{}", fix.key), template);
            }
        }
        let unnamed = detection.fixes.iter().filter(|fix| !self.fixes.contains_key(fix.key));
        misfits.extend(unnamed.map(|fix| format!("fix.{} is missing", fix.key)));
        misfits
    }
}

/// The texts at hand, by trap. Cloning shares them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    by_trap: SortedMap<String, Arc<TrapText>>,
}

impl Texts {
    /// No texts: everything falls back to ids.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The texts of the whole library, as they were when the engine was built.
    #[cfg(any(feature = "texts", test))]
    #[must_use]
    pub fn embedded() -> Self {
        let mut texts = Self::new();
        for (trap, text) in embedded::texts() {
            // A test holds that every one of them is well formed.
            if let Ok(text) = parse(text) {
                texts.insert(&trap, text);
            }
        }
        texts
    }

    /// Adds the text of a trap, or replaces it.
    pub fn insert(&mut self, trap: &str, text: TrapText) {
        self.by_trap.insert(trap.to_owned(), Arc::new(text));
    }

    /// The text of that trap.
    #[must_use]
    pub fn get(&self, trap: &str) -> Option<&Arc<TrapText>> {
        self.by_trap.get(trap)
    }

    /// Every text, by trap.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<TrapText>)> {
        self.by_trap.iter().map(|(trap, text)| (trap.as_str(), text))
    }

    /// The title of that trap.
    #[must_use]
    pub fn title(&self, trap: &str) -> String {
        self.get(trap).map_or_else(|| in_words(trap), |text| text.title.clone())
    }

    /// What goes wrong where the trap was found.
    #[must_use]
    pub fn message(&self, trap: &str, detection: &Detection) -> String {
        match (self.get(trap), detection.components.first()) {
            (Some(text), _) => render(&text.message, &detection.args),
            (None, Some(culprit)) => format!("{}: `{culprit}`", in_words(trap)),
            (None, None) => in_words(trap),
        }
    }

    /// What a fix of the trap does.
    #[must_use]
    pub fn fix(&self, trap: &str, key: &str, detection: &Detection) -> String {
        let template = self.get(trap).and_then(|text| text.fixes.get(key));
        template.map_or_else(|| in_words(key), |template| render(template, &detection.args))
    }
}

/// An id as words: `no-task-scaling` is "No task scaling".
fn in_words(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
