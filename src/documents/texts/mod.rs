//! The words of the traps: reading `<trap>.md` and filling its templates in.
//!
//! Detection knows nothing of words; this knows nothing of detection. The command line embeds the
//! texts, the page fetches them; both say the same with the same texts, and with a missing text both fall back
//! to words made from the trap's id.
//!
//! A text starts with lines `key: value` between two lines `---`, and goes on with the five sections
//! of [`SECTIONS`] in that order:
//!
//! ```text
//! ---
//! title: Secret permission on the task role
//! verifiedOn: 2026-11-22
//! mnemonic: Before my code runs: execution role.
//! message: "{task} reads {secret} at launch, but only its task role may fetch it."
//! step.no-grant: "{role} does not allow {action}"
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

mod library;
mod parse;
mod shared;
mod template;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::message::{Arg, Args, Ids, Message, Names};
use crate::scenario::Source;
use trapwise_model::{ComponentId, SortedMap};

pub use library::{TrapLibrary, TrapSummary};
pub use parse::{SECTIONS, TextProblem, parse};
pub use shared::{shared, shared_keys};
pub use template::placeholders;

/// The words about one trap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrapText {
    /// Names the mistake in a few words.
    pub title: String,
    /// When it was last checked, `YYYY-MM-DD`.
    pub verified_on: String,
    /// A line to remember it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mnemonic: Option<String>,
    /// What goes wrong in a given design; a template over [`Args`].
    pub message: String,
    /// What each step of the evidence says, by its key; templates too.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub steps: SortedMap<String, String>,
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

/// The texts at hand, by trap. Cloning shares them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts {
    by_trap: SortedMap<String, Arc<TrapText>>,
}

impl Texts {
    /// No texts: everything falls back to ids.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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

    /// What goes wrong where the trap was found: at `culprit`, with what the placeholders stand for.
    #[must_use]
    pub fn message(
        &self,
        trap: &str,
        culprit: Option<&ComponentId>,
        args: &Args,
        names: &dyn Names,
    ) -> String {
        match (self.get(trap), culprit) {
            (Some(text), _) => self.fill(&text.message, args, names),
            (None, Some(culprit)) => format!("{}: {}", in_words(trap), names.component(culprit)),
            (None, None) => in_words(trap),
        }
    }

    /// What a fix of the trap does.
    #[must_use]
    pub fn fix(&self, trap: &str, key: &str, args: &Args, names: &dyn Names) -> String {
        let template = self.get(trap).and_then(|text| text.fixes.get(key));
        template.map_or_else(|| in_words(key), |template| self.fill(template, args, names))
    }

    /// The template of that key, filled in; words made from the key where there is none.
    #[must_use]
    pub fn say(&self, key: &str, args: &Args, names: &dyn Names) -> String {
        match self.template(key) {
            Some(template) => self.fill(template, args, names),
            None => in_words(key.rsplit('.').next().unwrap_or_default()),
        }
    }

    /// What a placeholder stands for, in words.
    #[must_use]
    pub fn say_arg(&self, arg: &Arg, names: &dyn Names) -> String {
        let all = |args: &[Arg]| args.iter().map(|arg| self.say_arg(arg, names)).collect::<Vec<_>>();
        match arg {
            Arg::Component(id) => names.component(id),
            Arg::Preset(preset) => names.preset(preset),
            Arg::Property(property) => names.property(&property.name, property.of.as_ref()),
            Arg::Code(word) => names.code(word),
            Arg::Words(words) => words.clone(),
            Arg::Number(number) => number.to_string(),
            Arg::Message(message) => self.say(&message.key, &message.args, names),
            Arg::List(args) => all(args).join(", "),
            Arg::And(args) => match all(args).as_slice() {
                [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
                words => words.concat(),
            },
        }
    }

    /// The template of a key, if its text is at hand.
    #[must_use]
    pub fn template<'a>(&'a self, key: &'a str) -> Option<&'a str> {
        match key.split_once('.') {
            Some((trap, key)) if self.by_trap.contains_key(trap) => self.get(trap)?.template(key),
            _ => shared(key),
        }
    }

    /// The one way in which page, command line and worker put arguments into words.
    fn fill(&self, template: &str, args: &Args, names: &dyn Names) -> String {
        template::fill(template, |name| args.get(name).map(|arg| self.say_arg(arg, names)))
    }
}

impl TrapText {
    /// The template of a key within the text: `message`, `step.<key>` or `fix.<key>`.
    #[must_use]
    pub fn template(&self, key: &str) -> Option<&str> {
        match key.split_once('.') {
            None if key == "message" => Some(&self.message),
            Some(("step", key)) => self.steps.get(key).map(String::as_str),
            Some(("fix", key)) => self.fixes.get(key).map(String::as_str),
            _ => None,
        }
    }
}

/// An id as words: `no-task-scaling` is "No task scaling".
fn in_words(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// As the command line writes it, where no text of a trap is needed.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Texts::new().say(&self.key, &self.args, &Ids))
    }
}

/// As the command line writes it, where no text of a trap is needed.
impl fmt::Display for Arg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Texts::new().say_arg(self, &Ids))
    }
}
