//! `trapwise explain`.

use trapwise_engine::texts;
use trapwise_engine::traps::{TRAPS, trap};
use trapwise_model::diagnostic::{excerpt, suggest};

use crate::args::Explain;
use crate::console::{Console, Outcome};

/// Runs it.
pub fn run(args: &Explain, console: &mut Console) -> Outcome {
    let Some(trap) = trap(&args.trap) else {
        let known = TRAPS.iter().map(|trap| trap.id);
        let help = suggest(&args.trap, known).map(|help| format!("; {help}")).unwrap_or_default();
        console.error(&format!("there is no trap `{}`{help}", excerpt(&args.trap)));
        console.note("`trapwise list traps` lists them");
        return Outcome::Unusable;
    };
    let texts = texts::embedded();
    let Some(text) = texts.get(trap.id) else {
        console.error(&format!("the trap `{}` has no text", trap.id));
        return Outcome::Unusable;
    };
    if args.json {
        console.print_json(text.as_ref());
        return Outcome::Fine;
    }
    let mut out = format!("{} ({}, {}, {})\n", text.title, trap.id, trap.severity, trap.domain);
    if let Some(mnemonic) = &text.mnemonic {
        out.push_str(&format!("\n  {mnemonic}\n"));
    }
    let sections = [
        ("Misconception", &text.misconception),
        ("What AWS does", &text.what_aws_does),
        ("Why the exam asks", &text.why_the_exam_asks),
        ("Exam answer", &text.exam_answer),
        ("AWS today", &text.aws_today),
    ];
    for (title, body) in sections {
        out.push_str(&format!("\n{title}\n{}\n", body.trim()));
    }
    out.push_str(&format!("\nSources (checked {})\n", text.verified_on));
    for source in &text.sources {
        out.push_str(&format!("{}: {}\n", source.title, source.url));
    }
    console.print(&out);
    Outcome::Fine
}
