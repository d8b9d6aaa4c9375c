//! Other versions of a scenario: what it calls things, its ports and numbers, its zones and what the
//! palette has to distract with can vary by a seed, while every verdict stays.
//!
//! The documents of a scenario are those of seed 0. For any other seed the same few replacements are
//! made in the tree of each of them, scenario, references and variants alike, so that what belonged
//! together still does. `trapwise verify --seeds` holds every version to what the first is held to.

mod rewrite;

use trapwise_model::Value;
use trapwise_model::json::Json;

use super::Scenario;
use crate::condition::Selector;
use crate::versions::{self, DocumentKind};

/// One version of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Variation {
    /// What is replaced by what, longer words first.
    words: Vec<(String, String)>,
    numbers: Vec<Number>,
    /// What the zones `a`, `b` and `c` are called.
    zones: Option<[char; 3]>,
    /// Entries of the palette that are missing.
    missing: Vec<Selector>,
}

#[derive(Clone, Debug)]
struct Number {
    from: i64,
    to: i64,
    under: Vec<String>,
}

impl Variation {
    /// The version of that seed; of seed 0, and of a scenario that does not vary, the one that is written.
    #[must_use]
    pub fn of(scenario: &Scenario, seed: u32) -> Self {
        let Some(varies) = scenario.varies.as_ref().filter(|_| seed != 0) else { return Self::default() };
        let mut dice = Dice::new(seed);
        let mut variation = Self::default();
        for (index, choice) in varies.choices.iter().enumerate() {
            // As many ways as there are alternatives, and the one that is written. The first choice takes
            // them in turn, so that one seed and the next always differ.
            let ways = choice.among.len() + 1;
            let turn = usize::try_from(seed - 1).unwrap_or_default() % ways;
            let chosen = if index == 0 { turn } else { dice.below(ways) };
            let Some(Value::List(others)) = choice.among.get(chosen) else { continue };
            for pair in choice.is.iter().zip(others) {
                match pair {
                    (Value::Text(from), Value::Text(to)) => variation.words.push((from.clone(), to.clone())),
                    (&Value::Int(from), &Value::Int(to)) => {
                        variation.numbers.push(Number { from, to, under: choice.under.clone() });
                    }
                    _ => {}
                }
            }
        }
        variation.words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        if varies.zones {
            variation.zones = Some(zones(&mut dice));
        }
        if let Some(distractors) = &varies.distractors {
            variation.missing = distractors.among.clone();
            for _ in 0..distractors.take.min(distractors.among.len()) {
                let kept = dice.below(variation.missing.len());
                variation.missing.remove(kept);
            }
        }
        variation
    }

    /// A version in which nothing but the zones is another.
    #[must_use]
    pub fn of_zones(seed: u32) -> Self {
        Self { zones: Some(zones(&mut Dice::new(seed))), ..Self::default() }
    }

    /// Whether it is the version that is written.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.words.is_empty() && self.numbers.is_empty() && self.zones.is_none() && self.missing.is_empty()
    }

    /// Brings a document of the scenario to this version. Names of fields and the order of items stay, so that
    /// places in it are those of the document that is written.
    pub fn apply(&self, json: &mut Json) {
        if !self.is_first() {
            rewrite::rewrite(self, "", json);
        }
    }

    /// The same of a text; one that is no JSON stays as it is.
    #[must_use]
    pub fn rewrite(&self, text: &str) -> String {
        let tree = if self.is_first() { None } else { serde_json::from_str(text).ok() };
        let written = tree.and_then(|mut json| {
            self.apply(&mut json);
            serde_json::to_string_pretty(&json).ok()
        });
        written.unwrap_or_else(|| text.to_owned())
    }

    /// The scenario of that text in this version; none if the text is no scenario.
    #[must_use]
    pub fn scenario(&self, text: &str) -> Option<Scenario> {
        let mut scenario = versions::read_text(DocumentKind::Scenario, &self.rewrite(text))?;
        self.thin_out(&mut scenario);
        Some(scenario)
    }

    /// Takes what is missing in this version out of the palette.
    pub fn thin_out(&self, scenario: &mut Scenario) {
        let missing = |kind, preset: &Option<String>| {
            self.missing.iter().any(|one| one.kind == Some(kind) && one.preset == *preset)
        };
        scenario.palette.retain(|item| !missing(item.kind, &item.preset));
    }

    /// Whether a document says that word anywhere but in what it says of its own versions.
    #[must_use]
    pub fn says(json: &Json, word: &str) -> bool {
        let without = Self { words: vec![(word.to_owned(), String::new())], ..Self::default() };
        let mut other = json.clone();
        without.apply(&mut other);
        other != *json
    }
}

/// The letters of the zones in another order.
fn zones(dice: &mut Dice) -> [char; 3] {
    const ORDERS: [[char; 3]; 6] = [
        ['a', 'b', 'c'],
        ['a', 'c', 'b'],
        ['b', 'a', 'c'],
        ['b', 'c', 'a'],
        ['c', 'a', 'b'],
        ['c', 'b', 'a'],
    ];
    ORDERS.get(dice.below(ORDERS.len())).copied().unwrap_or(['a', 'b', 'c'])
}

/// Splitmix64: the same numbers for the same seed, everywhere and for ever.
struct Dice(u64);

impl Dice {
    fn new(seed: u32) -> Self {
        Self(u64::from(seed))
    }

    /// A number below `count`; 0 when there is none.
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // The upper half, which is the better mixed, fits whatever a `usize` is.
        let number = usize::try_from(mixed >> 32).unwrap_or_default();
        number.checked_rem(count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_fall_the_same_everywhere() {
        let throws = |seed| {
            let mut dice = Dice::new(seed);
            (0..6).map(|_| dice.below(6)).collect::<Vec<_>>()
        };
        assert_eq!(throws(1), throws(1));
        let many: trapwise_model::SortedSet<_> = (1..=40).map(throws).collect();
        assert_eq!(many.len(), 40, "no two of these seeds agree");
        assert_eq!(Dice::new(7).below(0), 0);
    }
}
