//! What a trap is, what it looks at, and what a design fell into. The traps themselves are in
//! [`traps`](crate::traps).

use trapwise_documents::message::{Arg, Message};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::world::World;

/// The start of the key of a step whose words are in the trap's own text.
pub(crate) const OWN_STEP: &str = "step.";

/// One trap of the library.
#[derive(Debug)]
pub struct Trap {
    /// Kebab-case, named after the pattern it flags; the file's name with hyphens.
    pub id: &'static str,
    /// Where in the library it stands.
    pub area: Area,
    /// How bad it is.
    pub severity: Severity,
    /// The domain its penalty comes off.
    pub domain: Domain,
    /// The facts it teaches, by id.
    pub facts: &'static [&'static str],
    /// What a scenario must demand, all of it, for the trap to matter; empty for one that always does.
    pub needs: &'static [Need],
    /// Finds it where the scenario demands all of `needs`. The order of detections does not matter.
    pub(crate) detect: fn(&Scene<'_>) -> Vec<Detection>,
}

impl Trap {
    /// Finds the trap in a design, if it matters to the scenario.
    #[must_use]
    pub fn find(&self, scene: &Scene<'_>) -> Vec<Detection> {
        let matters = self.needs.iter().all(|need| scene.needs(*need));
        let mut found = if matters { (self.detect)(scene) } else { Vec::new() };
        for detection in &mut found {
            detection.evidence.iter_mut().for_each(|step| self.own(&mut step.message));
            detection.args.values_mut().for_each(|arg| self.own_in(arg));
        }
        found
    }

    /// Tells the words of its own text from shared ones: `step.no-route` becomes `<trap>.step.no-route`.
    fn own(&self, message: &mut Message) {
        if message.key.starts_with(OWN_STEP) {
            message.key = format!("{}.{}", self.id, message.key).into();
        }
        message.args.values_mut().for_each(|arg| self.own_in(arg));
    }

    fn own_in(&self, arg: &mut Arg) {
        match arg {
            Arg::Message(message) => self.own(message),
            Arg::List(args) | Arg::And(args) => args.iter_mut().for_each(|arg| self.own_in(arg)),
            _ => {}
        }
    }
}

/// What a trap looks at.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The design and everything derived from it.
    pub world: &'a World<'a>,
    /// What the scenario demands.
    pub needs: &'a [Need],
}

impl Scene<'_> {
    /// Whether the scenario demands this.
    #[must_use]
    pub fn needs(&self, need: Need) -> bool {
        self.needs.contains(&need)
    }
}

/// One trap that a design fell into.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which trap.
    pub trap: &'static Trap,
    /// Where and why.
    pub detection: Detection,
}
