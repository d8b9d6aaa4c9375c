//! What is wrong with a scenario beyond its form: names that name nothing, conditions that cannot hold, points
//! that do not add up. Each section is examined when all that it reads is sound.

mod attribute;
mod board;
mod condition;

use std::sync::Arc;

use trapwise_model::catalogue::PropSpec;
use trapwise_model::diagnostic::{Anchor, Collector, excerpt, nearest, suggest};
use trapwise_model::load::assemble;
use trapwise_model::shape::Format;
use trapwise_model::{SortedSet, Value};

use super::{Ablation, Check, Facts, LinkSelector, Question, Scenario, Varies};
use crate::condition::Selector;
use board::Board;
use condition::Linter;

/// Notes everything wrong with a scenario.
pub(super) fn lint_scenario(scenario: &Scenario, facts: Option<&Facts>, at: &mut Collector) {
    let requirements = || scenario.requirements.iter().map(|one| one.id.as_str());
    let known: SortedSet<&str> = requirements().collect();
    note_repeated("requirements", "requirement", requirements(), at);
    note_repeated("checks", "check", scenario.checks.iter().map(|check| check.id.as_str()), at);
    lint_board(scenario, at);
    let board = Board::of(scenario, at);
    at.each("checks", &scenario.checks, |at, check| {
        lint_requirement(&check.requirement, &known, at);
        at.key("when", |at| Linter::new(&board).condition(&check.when, at));
    });
    lint_points(&scenario.checks, at);
    let checked: SortedSet<&str> = scenario.checks.iter().map(|check| check.requirement.as_str()).collect();
    at.each("requirements", &scenario.requirements, |at, requirement| {
        at.examine(&["id", "/checks/*/requirement"], |at| {
            if !checked.contains(requirement.id.as_str()) {
                let message = format!("no check belongs to the requirement `{}`", requirement.id);
                at.error("unchecked-requirement", message).on("id");
            }
        });
    });
    at.each("hints", &scenario.hints, |at, hint| lint_requirement(&hint.requirement, &known, at));
    lint_keywords(scenario, at);
    at.each("teaches", &scenario.teaches, |at, part| lint_ablation(part, &board, at));
    at.each("optional", &scenario.optional, |at, part| {
        lint_part(part.component.as_ref(), part.link.as_ref(), &board, at);
    });
    if let Some(varies) = &scenario.varies {
        at.key("varies", |at| lint_varies(varies, scenario, at));
    }
    at.key("question", |at| lint_question(&scenario.question, at));
    lint_facts(&scenario.facts, facts, at);
}

/// Versions say as much as the first: as many words and numbers, and distractors that the palette has.
fn lint_varies(varies: &Varies, scenario: &Scenario, at: &mut Collector) {
    at.each("choices", &varies.choices, |at, choice| {
        if !at.is_sound("") {
            return;
        }
        let types = |values: &[Value]| values.iter().map(Value::type_name).collect::<Vec<_>>();
        let wanted = types(&choice.is);
        if choice.is.iter().any(|it| it.as_text().is_none() && it.as_int().is_none()) {
            at.error("wrong-type", "what varies is text or a whole number").on("is");
        }
        if choice.under.is_empty() && choice.is.iter().any(|it| it.as_int().is_some()) {
            at.error("missing-field", "name the fields in which the number is replaced")
                .on("is")
                .help("add `under`");
        }
        at.each("among", &choice.among, |at, others| {
            if types(others.as_list().unwrap_or_default()) != wanted {
                at.error("wrong-type", "this is not as many of the same types as `is`");
            }
        });
    });
    let palette: SortedSet<_> =
        scenario.palette.iter().map(|item| (item.kind, item.preset.as_deref())).collect();
    if let Some(distractors) = &varies.distractors {
        at.key("distractors", |at| {
            at.each("among", &distractors.among, |at, one| {
                let is_sound =
                    ["", "/palette/*/kind", "/palette/*/preset"].iter().all(|place| at.is_sound(place));
                if is_sound && one.kind.is_none_or(|kind| !palette.contains(&(kind, one.preset.as_deref()))) {
                    at.error("unknown-component", "the palette has no such entry");
                }
            });
        });
    }
}

fn lint_requirement(id: &str, known: &SortedSet<&str>, at: &mut Collector) {
    at.examine(&["requirement", "/requirements/*/id"], |at| {
        if !known.contains(id) {
            at.error("unknown-requirement", format!("there is no requirement `{}`", excerpt(id)))
                .on("requirement")
                .maybe_help(|| suggest(id, known.iter().copied()));
        }
    });
}

/// Notes every id of a list that stands there before.
pub(super) fn note_repeated<'a>(
    field: &str,
    what: &str,
    ids: impl Iterator<Item = &'a str>,
    at: &mut Collector,
) {
    let mut seen = SortedSet::new();
    at.key(field, |at| {
        for (index, id) in ids.enumerate() {
            at.index(index, |at| {
                if at.is_sound("id") && !seen.insert(id) {
                    at.error("duplicate-id", format!("there is already a {what} `{}`", excerpt(id))).on("id");
                }
            });
        }
    });
}

/// What is on the board, what may be added, what is locked.
fn lint_board(scenario: &Scenario, at: &mut Collector) {
    let components = scenario.start.components.iter().cloned().map(Arc::new).collect::<Vec<_>>();
    let links = scenario.start.links.iter().cloned().map(Arc::new).collect::<Vec<_>>();
    at.key("start", |at| {
        assemble(&components, &links, at);
    });
    at.examine(&["maxComponents", "start/components/#"], |at| {
        if let Some(max) = scenario.max_components.filter(|max| components.len() > *max) {
            let message = format!("{} components are given, but the board holds {max}", components.len());
            at.error("contradiction", message).on("maxComponents");
        }
    });
    let mut seen = SortedSet::new();
    at.each("palette", &scenario.palette, |at, item| {
        let known = at.is_sound("kind") && at.is_sound("preset");
        if known && !seen.insert((item.kind, item.preset.as_deref())) {
            let message = match &item.preset {
                Some(preset) => format!("the palette already has `{}` with preset `{preset}`", item.kind),
                None => format!("the palette already has `{}` without a preset", item.kind),
            };
            at.error("duplicate-id", message).mark(Anchor::Opening).help("give each a `preset` of its own");
        }
    });
    let mut given: Vec<_> =
        components.iter().enumerate().map(|(index, one)| (one.id.as_str(), one.kind, index)).collect();
    given.sort_by_key(|(id, ..)| *id);
    let mut seen = SortedSet::new();
    at.each("locks", &scenario.locks, |at, lock| {
        let id = lock.component.as_str();
        if at.is_sound("component") && !seen.insert(id) {
            at.error("duplicate-id", format!("`{id}` is already locked")).on("component");
        }
        let first = given.get(given.partition_point(|(other, ..)| *other < id));
        let Some((_, kind, index)) = first.filter(|(other, ..)| *other == id) else {
            at.examine(&["component", "/start/components/*/id"], |at| {
                at.error("unknown-component", format!("`{id}` is not on the board at the start"))
                    .on("component")
                    .maybe_help(|| suggest(id, components.iter().map(|component| component.id.as_str())));
            });
            return;
        };
        if !at.is_sound("") || !at.is_sound(&format!("/start/components/{index}/kind")) {
            return;
        }
        let spec = kind.spec();
        for prop in lock.except.iter().filter(|prop| *prop != "in" && spec.prop_named(prop).is_none()) {
            at.error("unknown-property", format!("{} has no property `{}`", spec.label, excerpt(prop)))
                .on("except")
                .maybe_help(|| suggest(prop, spec.props.iter().map(|prop| prop.id.as_str()).chain(["in"])));
        }
    });
    at.examine(&["lockedLinks", "start/links/*/id"], |at| {
        let given: SortedSet<&str> = links.iter().map(|link| link.id.as_str()).collect();
        for id in scenario.locked_links.iter().filter(|id| !given.contains(id.as_str())) {
            at.error("unknown-link", format!("the link `{id}` is not on the board at the start"))
                .on("lockedLinks")
                .maybe_help(|| suggest(id.as_str(), links.iter().map(|link| link.id.as_str())));
        }
    });
}

fn lint_points(checks: &[Check], at: &mut Collector) {
    at.key("checks", |at| {
        // Numbers out of their range are reported elsewhere; here they must not overflow.
        let sum: u64 = checks.iter().map(|check| u64::from(check.points)).sum();
        if sum != 100 && at.is_sound("*/points") {
            at.error("wrong-sum", format!("the points of the checks sum to {sum}, not to 100"))
                .mark(Anchor::Key);
        }
        if checks.iter().all(|check| !check.required) && at.is_sound("*/required") {
            at.error("contradiction", "no check is required, so any board would pass").mark(Anchor::Key);
        }
    });
}

/// Phrases stand in the brief word for word; emphasis and line breaks do not count.
fn lint_keywords(scenario: &Scenario, at: &mut Collector) {
    // Looking for phrases takes too long in one that is far too long, which is refused anyway.
    if !Format::Markdown.accepts(&scenario.brief) {
        return;
    }
    let brief = plain(&scenario.brief);
    at.each("keywords", &scenario.keywords, |at, keyword| {
        let known = at.is_sound("phrase") && at.is_sound("/brief");
        if known && !brief.contains(&plain(&keyword.phrase)) {
            at.error("unknown-phrase", "this phrase is not in the brief").on("phrase");
        }
    });
}

fn plain(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>();
    words.join(" ").replace(['*', '`'], "")
}

fn lint_ablation(part: &Ablation, board: &Board, at: &mut Collector) {
    let reset_known = lint_part(part.component.as_ref(), part.link.as_ref(), board, at);
    let is_sound = board.is_known() && ["component", "link", "reset"].iter().all(|place| at.is_sound(place));
    if let Some(prop) = part.reset.as_ref().filter(|_| is_sound)
        && reset_known.iter().all(|spec| spec.id.as_str() != prop)
    {
        at.error("unknown-property", format!("nothing selected here has a property `{}`", excerpt(prop)))
            .on("reset")
            .maybe_help(|| suggest(prop, reset_known.iter().map(|spec| spec.id.as_str())));
    }
}

/// What selects a part; the properties of what it selects.
fn lint_part(
    component: Option<&Selector>,
    link: Option<&LinkSelector>,
    board: &Board,
    at: &mut Collector,
) -> Vec<&'static PropSpec> {
    let mut linter = Linter::new(board);
    let mut props = Vec::new();
    if let Some(selector) = component.filter(|_| at.is_sound("component")) {
        let kinds = at.key("component", |at| linter.selector(selector, at));
        props.extend(kinds.iter().flat_map(|kind| kind.spec().props));
    }
    if let Some(link) = link.filter(|_| at.is_sound("link")) {
        at.key("link", |at| linter.link_selector(link, at));
        props.extend(link.kind.spec().props);
    }
    props
}

fn lint_question(question: &Question, at: &mut Collector) {
    note_repeated("options", "option", question.options.iter().map(|option| option.id.as_str()), at);
    at.key("options", |at| {
        let right = question.options.iter().filter(|option| option.correct).count();
        if at.is_sound("*/correct") && (right == 0 || right == question.options.len()) {
            let message = if right == 0 { "no option is correct" } else { "every option is correct" };
            at.error("contradiction", message).mark(Anchor::Key);
        }
    });
    at.each("options", &question.options, |at, option| match (&option.variant, option.correct) {
        _ if !at.is_sound("correct") || !at.is_sound("variant") => {}
        (None, false) => {
            at.error("missing-field", format!("the wrong option `{}` names no variant", option.id))
                .mark(Anchor::Opening)
                .help("name the variant that builds it, so that a learner can see it fail");
        }
        (Some(_), true) => {
            at.error("contradiction", "a correct option has no variant; a reference builds it").on("variant");
        }
        _ => {}
    });
}

fn lint_facts(cited: &[String], facts: Option<&Facts>, at: &mut Collector) {
    let known = facts.map(|facts| SortedSet::from_iter(facts.facts.iter().map(|fact| fact.id.as_str())));
    let mut seen = SortedSet::new();
    at.each("facts", cited, |at, id| {
        if !at.is_sound("") {
            return;
        }
        if !seen.insert(id) {
            at.error("duplicate-id", format!("the fact `{}` is already cited", excerpt(id)));
        }
        if let Some(known) = known.as_ref().filter(|known| !known.contains(id.as_str())) {
            at.error("unknown-fact", format!("there is no fact `{}`", excerpt(id))).maybe_help(|| {
                nearest(id, known.iter().copied()).map(|meant| format!("did you mean `{meant}`?"))
            });
        }
    });
}
