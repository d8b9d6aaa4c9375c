//! Another design instead of the present one, as one step: starting over, opening a file.

use std::rc::Rc;

use trapwise_model::{Component, Design, Edit, Link};

use crate::editor::{Editor, Effects};

impl Editor {
    /// Replaces the design. No rule of the scenario is asked, because both
    /// designs are the page's own; undo brings the former one back.
    pub(crate) fn replace(&mut self, label: &str, design: &Design, effects: &mut Effects) {
        let edits = edits(&self.design, design);
        let mut replaced = Design::clone(&self.design);
        let Ok(inverse) = replaced.apply_all(&edits) else {
            debug_assert!(false, "a design can be emptied, and a sound one built up");
            return;
        };
        if replaced == *self.design {
            return;
        }
        Rc::make_mut(&mut self.history).push(label.to_owned(), edits, inverse);
        self.show(replaced);
        self.fit();
        effects.design_changed = true;
        effects.announce.push(label.to_owned());
    }
}

/// What clears one board and builds another.
fn edits(from: &Design, to: &Design) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut board = from.clone();
    let mut make = |edit: Edit, board: &mut Design| {
        let made = board.apply(&edit).is_ok();
        if made {
            edits.push(edit);
        }
        made
    };
    for component in from.components() {
        // What went with its container is gone already.
        let _ = make(Edit::Remove(component.id.clone()), &mut board);
    }
    let mut waiting = to.components().collect::<Vec<_>>();
    while !waiting.is_empty() {
        let before = waiting.len();
        // What is in something comes after it.
        waiting.retain(|component| !make(Edit::Add(Component::clone(component)), &mut board));
        if waiting.len() == before {
            break;
        }
    }
    for link in to.links() {
        let _ = make(Edit::Link(Link::clone(link)), &mut board);
    }
    edits
}

#[cfg(test)]
mod tests {
    use trapwise_model::{BuildRules, fixture};

    use crate::{Command, Editor};

    #[test]
    fn a_replaced_design_comes_back_with_undo() {
        let first =
            fixture::parse("vpc: vpc\n  app-a: subnet\n    web: ecs-service\nusers: users\n").unwrap().design;
        let second = fixture::parse("vpc: vpc\n  lb-a: subnet\nuploads: s3-bucket\n").unwrap().design;
        let mut editor = Editor::new(first.clone(), BuildRules::default());
        let effects =
            editor.run(Command::Replace { label: "Started over".to_owned(), design: second.clone() });
        assert!(effects.design_changed);
        assert_eq!(**editor.design(), second);
        assert_eq!(editor.next_undo(), Some("Started over"));
        editor.run(Command::Undo);
        assert_eq!(**editor.design(), first);
        editor.run(Command::Redo);
        assert_eq!(**editor.design(), second);
    }
}
