//! Undo and redo, as lists of edits.

use std::rc::Rc;

use trapwise_model::{Design, Edit};

/// How many steps are remembered.
const MAX_STEPS: usize = 500;

/// One undo step.
#[derive(Debug)]
struct Step {
    /// What it did, as an announcement says it: `Added Web`.
    label: String,
    /// What did it.
    edits: Vec<Edit>,
    /// The edits that undo it.
    inverse: Vec<Edit>,
}

/// What was done, and what was undone of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    done: Vec<Rc<Step>>,
    undone: Vec<Rc<Step>>,
}

impl History {
    pub(crate) fn push(&mut self, label: String, edits: Vec<Edit>, inverse: Vec<Edit>) {
        self.undone.clear();
        if self.done.len() >= MAX_STEPS {
            self.done.remove(0);
        }
        self.done.push(Rc::new(Step { label, edits, inverse }));
    }

    /// Undoes the last step and returns its label.
    pub(crate) fn undo(&mut self, design: &mut Design) -> Option<String> {
        let step = self.done.pop()?;
        let applied = design.apply_all(&step.inverse);
        debug_assert!(applied.is_ok(), "what was done can be undone: {applied:?}");
        self.undone.push(Rc::clone(&step));
        Some(step.label.clone())
    }

    /// Redoes the last undone step and returns its label.
    pub(crate) fn redo(&mut self, design: &mut Design) -> Option<String> {
        let step = self.undone.pop()?;
        let applied = design.apply_all(&step.edits);
        debug_assert!(applied.is_ok(), "what was undone can be done again: {applied:?}");
        self.done.push(Rc::clone(&step));
        Some(step.label.clone())
    }

    /// The label of the step that undo would revert.
    pub(crate) fn next_undo(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    /// The label of the step that redo would repeat.
    pub(crate) fn next_redo(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }
}
