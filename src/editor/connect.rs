//! Drawing a link: what it could mean, what it would replace, and what is asked.

use trapwise_model::catalogue::prop;
use trapwise_model::{
    ComponentId, ComponentKind, Edit, EditError, Link, LinkChoice, LinkId, Target, link_choices, may_link,
};

use crate::editor::{Editor, Effects, Refused};
use crate::words;

/// What a drawn link is to mean.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkQuestion {
    /// Where it starts.
    pub from: ComponentId,
    /// Where it ends.
    pub to: ComponentId,
    /// The question in words.
    pub text: String,
    /// The answers.
    pub options: Vec<LinkOption>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkOption {
    /// Its name.
    pub label: String,
    /// One sentence about it.
    pub help: String,
    /// Why it cannot be chosen.
    pub refused: Option<String>,
    pub(crate) edits: Vec<Edit>,
    pub(crate) link: LinkId,
    plain: bool,
}

impl Editor {
    /// Draws a link, or asks what it is to mean.
    pub(crate) fn connect(&mut self, from: &ComponentId, to: &ComponentId, effects: &mut Effects) {
        let question = match self.ways_to_connect(from, to) {
            Ok(question) => question,
            Err(why) => {
                effects.announce.push(why);
                return;
            }
        };
        let mut possible = question.options.iter().filter(|option| option.refused.is_none());
        match (possible.next(), question.options.len()) {
            (Some(only), 1) if only.plain => {
                let only = only.clone();
                self.choose(&only, effects);
            }
            (Some(_), _) => {
                let answers = question.options.iter().map(|option| option.label.as_str()).collect::<Vec<_>>();
                effects.announce.push(format!("{} {}.", question.text, answers.join(", ")));
                self.question = Some(std::rc::Rc::new(question));
            }
            (None, _) => {
                let why = question.options.into_iter().find_map(|option| option.refused);
                effects.announce.extend(why);
            }
        }
    }

    /// Answers the question that is being asked.
    pub(crate) fn answer(&mut self, index: usize, effects: &mut Effects) {
        let Some(question) = self.question.take() else { return };
        match question.options.get(index) {
            Some(option) if option.refused.is_none() => self.choose(option, effects),
            Some(option) => effects.announce.extend(option.refused.clone()),
            None => {}
        }
    }

    fn choose(&mut self, option: &LinkOption, effects: &mut Effects) {
        let sentence = option.edits.iter().find_map(|edit| match edit {
            Edit::Link(link) => Some(words::link_sentence(&self.design, link)),
            _ => None,
        });
        match self.commit(&sentence.unwrap_or_default(), option.edits.clone(), effects) {
            Ok(()) => self.select_one(Some(Target::Link(option.link.clone()))),
            Err(refused) => effects.announce.push(self.reason(&refused)),
        }
    }

    /// Every meaning that a link between the two could have.
    ///
    /// # Errors
    /// Why it has none, and what is possible instead.
    pub fn ways_to_connect(&self, from: &ComponentId, to: &ComponentId) -> Result<LinkQuestion, String> {
        let (Some(a), Some(b)) = (self.design.component(from.as_str()), self.design.component(to.as_str()))
        else {
            return Err("That component is no longer on the board".to_owned());
        };
        let forward = link_choices(a.kind, b.kind)
            .into_iter()
            .filter(|choice| may_link(Some(choice.kind), a, b).is_ok())
            .collect::<Vec<_>>();
        let (a_name, b_name) = (words::title(a), words::title(b));
        if !forward.is_empty() {
            let options =
                forward.iter().map(|choice| self.option(choice, from, to, false)).collect::<Vec<_>>();
            let text = match options.as_slice() {
                [one] if !one.plain => format!("Replace what {a_name} has?"),
                _ => format!("What does the link from {a_name} to {b_name} mean?"),
            };
            return Ok(LinkQuestion { from: from.clone(), to: to.clone(), text, options });
        }
        let backward: Vec<_> = if from == to { Vec::new() } else { link_choices(b.kind, a.kind) };
        if !backward.is_empty() {
            let options = backward.iter().map(|choice| self.option(choice, to, from, true)).collect();
            let text = format!("No link is possible from {a_name} to {b_name}, only in the other direction:");
            return Ok(LinkQuestion { from: to.clone(), to: from.clone(), text, options });
        }
        let refusal = may_link(None, a, b).err().map_or_else(String::new, |refusal| refusal.to_string());
        Err(format!("{}. {}", self.with_names(&refusal), self.what_it_reaches(a.kind)))
    }

    fn option(
        &self,
        choice: &LinkChoice,
        from: &ComponentId,
        to: &ComponentId,
        reversed: bool,
    ) -> LinkOption {
        let link = self.new_link(choice, from, to);
        let id = link.id.clone();
        let mut label = match choice.answer {
            Some(_) => choice.label.to_owned(),
            None => sentence_case(choice.label),
        };
        if reversed {
            label = format!("{} {} {}", self.title(from), choice.kind.spec().label, self.title(to));
        }
        let mut option = LinkOption {
            label,
            help: choice.help.to_owned(),
            refused: None,
            edits: vec![Edit::Link(link.clone())],
            link: id,
            plain: !reversed,
        };
        match self.tried(&option.edits) {
            Ok(_) => {}
            Err(Refused::Edit(EditError::LinkTaken(taken))) => {
                option.plain = false;
                let old = self.design.link(taken.as_str());
                if let Some(old) = old {
                    option.help = format!("Replaces: {}.", words::link_sentence(&self.design, old));
                }
                option.edits.insert(0, Edit::Unlink(taken));
                if let Err(refused) = self.tried(&option.edits) {
                    option.refused = Some(self.reason(&refused));
                }
            }
            Err(Refused::Edit(EditError::SameLink(_))) => {
                option.refused = Some("This link already exists".to_owned());
            }
            Err(refused) => option.refused = Some(self.reason(&refused)),
        }
        option
    }

    /// A link as it is first drawn: AWS's defaults, but for what would make no sense empty.
    fn new_link(&self, choice: &LinkChoice, from: &ComponentId, to: &ComponentId) -> Link {
        let id = self.design.free_link_id(choice.kind.name());
        let mut link = Link::new(id, choice.kind, from.clone(), to.clone());
        if let Some((prop, value)) = choice.answer {
            link.props.insert(prop.into(), value.into());
        }
        if choice.kind == trapwise_model::LinkKind::Grants
            && let Some(target) = self.design.component(to.as_str())
        {
            let actions =
                first_actions(target.kind).iter().map(|action| (*action).into()).collect::<Vec<_>>();
            if !actions.is_empty() {
                link.props.insert(prop::ACTIONS.into(), actions.into());
            }
        }
        link
    }

    /// What on the board links from that kind can reach.
    fn what_it_reaches(&self, kind: ComponentKind) -> String {
        let mut names = self
            .design
            .components()
            .filter(|other| !link_choices(kind, other.kind).is_empty())
            .map(|other| words::title(other))
            .collect::<Vec<_>>();
        let more = names.len() > 4;
        names.truncate(4);
        let label = kind.spec().label;
        match (names.is_empty(), more) {
            (true, _) => format!("{label} cannot be linked to anything on the board yet"),
            (false, true) => format!("{label} can be linked to {}, …", names.join(", ")),
            (false, false) => format!("{label} can be linked to {}", names.join(", ")),
        }
    }

    /// What a component can be linked to, in the order of the outline; with whether only the reverse
    /// is possible.
    #[must_use]
    pub fn link_targets(&self, from: &ComponentId) -> Vec<(ComponentId, bool)> {
        let Some(a) = self.design.component(from.as_str()) else { return Vec::new() };
        self.design
            .components()
            .filter_map(|b| {
                if may_link(None, a, b).is_ok() {
                    Some((b.id.clone(), false))
                } else if a.id != b.id && !link_choices(b.kind, a.kind).is_empty() {
                    Some((b.id.clone(), true))
                } else {
                    None
                }
            })
            .collect()
    }
}

/// The actions that a new grant starts with: those an application needs first.
fn first_actions(kind: ComponentKind) -> &'static [&'static str] {
    let actions = kind.spec().actions;
    let count = match kind {
        // One pull needs all of them.
        ComponentKind::EcrRepository => actions.len(),
        ComponentKind::IamRole => 1,
        _ => 2,
    };
    actions.get(..count.min(actions.len())).unwrap_or(actions)
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
