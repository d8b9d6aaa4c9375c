//! How the documents are read: strictly, field by field.

use trapwise_model::read::{At, FromJson};

use super::document::*;

impl FromJson for Scenario {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            schema_version: at.version(1),
            id: at.need("id"),
            title: at.need("title"),
            summary: at.need("summary"),
            order: at.need("order"),
            exams: at.need("exams"),
            domain: at.need("domain"),
            difficulty: at.need("difficulty"),
            minutes: at.need("minutes"),
            brief: at.need("brief"),
            requirements: at.need("requirements"),
            keywords: at.need("keywords"),
            needs: at.or_default("needs"),
            palette: at.need("palette"),
            max_components: at.may("maxComponents"),
            locks: at.or_default("locks"),
            locked_links: at.or_default("lockedLinks"),
            start: at.or_default("start"),
            volumes: at.may("volumes"),
            best: at.may("best"),
            checks: at.need("checks"),
            teaches: at.need("teaches"),
            optional: at.or_default("optional"),
            varies: at.may("varies"),
            hints: at.need("hints"),
            question: at.need("question"),
            debrief: at.need("debrief"),
            facts: at.need("facts"),
            sources: at.need("sources"),
            verified_on: at.need("verifiedOn"),
        })
    }
}

impl FromJson for Varies {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            choices: at.or_default("choices"),
            zones: at.or_default("zones"),
            distractors: at.may("distractors"),
        })
    }
}

impl FromJson for Choice {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { is: at.need("is"), among: at.need("among"), under: at.or_default("under") })
    }
}

impl FromJson for Distractors {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { take: at.need("take"), among: at.need("among") })
    }
}

impl FromJson for StartDesign {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { components: at.or_default("components"), links: at.or_default("links") })
    }
}

impl FromJson for Requirement {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { id: at.need("id"), text: at.need("text") })
    }
}

impl FromJson for Keyword {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { phrase: at.need("phrase"), meaning: at.need("meaning") })
    }
}

impl FromJson for Check {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            id: at.need("id"),
            title: at.need("title"),
            requirement: at.need("requirement"),
            domain: at.may("domain"),
            points: at.need("points"),
            required: at.need("required"),
            when: at.need("when"),
        })
    }
}

impl FromJson for Ablation {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            text: at.need("text"),
            component: at.may("component"),
            link: at.may("link"),
            reset: at.may("reset"),
        })
    }
}

impl FromJson for LinkSelector {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            kind: at.need("kind"),
            from: at.may("from"),
            to: at.may("to"),
            tests: at.or_default("where"),
        })
    }
}

impl FromJson for Hint {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { requirement: at.need("requirement"), stages: at.need("stages") })
    }
}

impl FromJson for Question {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { prompt: at.need("prompt"), options: at.need("options") })
    }
}

impl FromJson for QuestionOption {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            id: at.need("id"),
            text: at.need("text"),
            correct: at.or_default("correct"),
            why: at.need("why"),
            variant: at.may("variant"),
        })
    }
}

impl FromJson for Source {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { title: at.need("title"), url: at.need("url") })
    }
}

impl FromJson for Variant {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            reference: at.need("reference"),
            title: at.need("title"),
            edits: at.need("edits"),
            fires: at.need("fires"),
            fails_checks: at.need("failsChecks"),
        })
    }
}

impl FromJson for Index {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { schema_version: at.version(1), scenarios: at.need("scenarios") })
    }
}

impl FromJson for IndexEntry {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            id: at.need("id"),
            title: at.need("title"),
            summary: at.need("summary"),
            exams: at.need("exams"),
            domain: at.need("domain"),
            difficulty: at.need("difficulty"),
            minutes: at.need("minutes"),
            facts: at.need("facts"),
            references: at.need("references"),
            variants: at.need("variants"),
        })
    }
}

impl FromJson for Facts {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { schema_version: at.version(1), facts: at.need("facts") })
    }
}

impl FromJson for Fact {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self {
            id: at.need("id"),
            claim: at.need("claim"),
            status: at.need("status"),
            exam_answer: at.need("examAnswer"),
            aws_today: at.need("awsToday"),
            mnemonic: at.may("mnemonic"),
            sources: at.need("sources"),
            verified_on: at.need("verifiedOn"),
        })
    }
}
