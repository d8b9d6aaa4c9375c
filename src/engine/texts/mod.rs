//! The words of the traps, and whether they fit what the traps find. The command line embeds them (feature
//! `texts`), the page fetches all of them in one file.

#[cfg(feature = "texts")]
mod embedded;

use trapwise_documents::message::{Arg, Args, Message};
pub use trapwise_documents::texts::*;

#[cfg(feature = "texts")]
pub use embedded::{embedded, library};

use crate::finding::Detection;

/// Where a text and what its trap found do not fit together: placeholders that the detection does not fill,
/// steps and fixes that the text does not have. Empty when all is well.
#[must_use]
pub fn misfits(text: &TrapText, detection: &Detection) -> Vec<String> {
    let mut misfits = Vec::new();
    unfilled("message", &text.message, &detection.args, &mut misfits);
    for fix in &detection.fixes {
        match text.fixes.get(fix.key) {
            Some(template) => {
                unfilled(&format!("fix.{}", fix.key), template, &detection.args, &mut misfits);
            }
            None => misfits.push(format!("fix.{} is missing", fix.key)),
        }
    }
    for Message { key, args } in messages(detection) {
        let own = key.split_once(".step.").map(|(_, name)| format!("step.{name}"));
        let template = own.as_deref().map_or_else(|| shared(key), |key| text.template(key));
        let key = own.as_deref().unwrap_or(key);
        match template {
            Some(template) => unfilled(key, template, args, &mut misfits),
            None => misfits.push(format!("{key} is missing")),
        }
    }
    misfits
}

/// Every message of a detection, those within others included.
fn messages(detection: &Detection) -> Vec<&Message> {
    let mut messages: Vec<_> = detection.evidence.iter().map(|step| &step.message).collect();
    let mut args: Vec<_> = detection.args.values().collect();
    args.extend(messages.iter().flat_map(|message| message.args.values()));
    while let Some(arg) = args.pop() {
        match arg {
            Arg::Message(message) => {
                messages.push(message);
                args.extend(message.args.values());
            }
            Arg::List(items) | Arg::And(items) => args.extend(items),
            _ => {}
        }
    }
    messages
}

fn unfilled(what: &str, template: &str, args: &Args, misfits: &mut Vec<String>) {
    for name in placeholders(template).filter(|name| !args.contains_key(*name)) {
        misfits.push(format!("{what} uses `{{{name}}}`, which the detection does not fill"));
    }
}
