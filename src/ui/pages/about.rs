//! What this is, for new visitors.

use yew::prelude::*;

use crate::ui::markdown::markdown;
use crate::ui::parts::PageTitle;

const TEXT: &str = "\
Trapwise trains the judgement that AWS exams ask for in their container questions. You read a \
scenario, **build** the architecture instead of ticking a box, and have it checked. Every trap your \
design falls into is explained by its consequence: what AWS would really do, which words of the \
scenario decide, and how to fix it.

# How it checks

- It checks properties, not one model answer: any design that meets the requirements passes, and \
harmless extra components cost nothing.
- It reasons over the whole design: which path an image takes, which role grants what, which \
security group allows which traffic, what remains when an Availability Zone fails.
- *Exam answer* and *AWS today* stand side by side, because exam knowledge becomes outdated.

# What the score means

The percentage counts the scenario's checks, less a penalty for every trap. The number between 100 \
and 1000 puts that percentage on the scale AWS uses, beside the mark needed to pass. It is an \
estimate for orientation: AWS does not publish how it computes its own.

# Where your work is

In this browser, and nowhere else. There is no account and no server; the page sends no data \
anywhere. A scenario from another address is fetched only after you agree.

# With a class, or in a page of your own

*Open scenario…* reads scenarios that you have written and shows what is wrong with them, line by line. \
`?scenario=` with an id or an address, added to the address of this page, opens one directly. \
`?embed=1&scenario=two-roles-and-a-bucket&origin=https://learn.example.org` shows it alone in a frame of \
the page there, and tells that page every result.

# The names

AWS and the names of its services are trademarks of Amazon.com, Inc. or its affiliates. Trapwise is \
not affiliated with them. Scenarios are written for Trapwise; they are not questions of a real exam.";

/// What this is.
pub fn about() -> Html {
    html! {
        <div class="narrow">
            <PageTitle text="About Trapwise" />
            { markdown(TEXT, &[], 2) }
        </div>
    }
}
