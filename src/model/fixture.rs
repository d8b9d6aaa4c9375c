//! Designs as indented text, for tests: indentation is containment, `a -> b` a link.
//!
//! ```text
//! vpc: vpc
//!   app-a: subnet availabilityZone=a tier=app
//!     web: ecs-service launchType=FARGATE + app-b    #! tasks-exposed
//!   app-b: subnet availabilityZone=b
//! web-task: task-definition(web) cpu=256 memory=512 containers=[{"name":"app","containerPort":8080}]
//! web -> web-task: runs
//! web-task -> exec: role as=executionRoleArn
//! ```
//!
//! A line is `id: kind(preset) prop=value … + further containers` or `from -> to: kind prop=value …`.
//! Links get the ids `l1`, `l2`, … in order, or the one written in front: `own-id = from -> to: kind`.
//! A value is JSON (without spaces), or a bare word for text. `#! mark mark` at the end of a line marks its
//! component or link, `#! mark: message` does so with a message; `# text` is a comment, and a line of its own
//! `#! words` is a note for the test that reads it.

use std::sync::Arc;

use crate::read::read_text;
use crate::{Component, ComponentId, ComponentKind, Design, Link, LinkId, LinkKind, PartIndex, Props, Value};

/// A parsed fixture.
#[derive(Debug)]
pub struct Fixture {
    /// The design.
    pub design: Design,
    /// Every mark, in order.
    pub marks: Vec<Mark>,
    /// Lines that are only `#! words`, in order.
    pub notes: Vec<String>,
}

/// What is expected at a component or link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What, by name.
    pub name: String,
    /// The id of the component or link.
    pub id: String,
    /// What is to be said about it, if that is written.
    pub message: Option<String>,
}

/// Reads a fixture.
///
/// # Errors
/// What is wrong, with the line (from 1).
pub fn parse(text: &str) -> Result<Fixture, String> {
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        reader.number = index + 1;
        reader.line(line).map_err(|why| format!("line {}: {why}", index + 1))?;
    }
    let Reader { components, links, marks, notes, .. } = reader;
    let (component_lines, components): (Vec<_>, _) =
        components.into_iter().map(|(line, component)| (line, Arc::new(component))).unzip();
    let (link_lines, links): (Vec<_>, _) =
        links.into_iter().map(|(line, link)| (line, Arc::new(link))).unzip();
    let design = Design::from_parts(components, links).map_err(|(index, why)| {
        let line = match index {
            PartIndex::Component(index) => component_lines.get(index),
            PartIndex::Link(index) => link_lines.get(index),
        };
        format!("line {}: {why}", line.copied().unwrap_or_default())
    })?;
    Ok(Fixture { design, marks, notes })
}

#[derive(Default)]
struct Reader {
    /// The number of the current line, from 1.
    number: usize,
    /// With the numbers of their lines, as links are.
    components: Vec<(usize, Component)>,
    links: Vec<(usize, Link)>,
    marks: Vec<Mark>,
    notes: Vec<String>,
    /// The components that the next line may stand in, with their indentation.
    open: Vec<(usize, ComponentId)>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let (body, marks) = match line.split_once("#!") {
            Some((body, marks)) => (body, marks.trim()),
            None => (line.split_once("# ").map_or(line, |(body, _)| body), ""),
        };
        let text = body.trim();
        if text.is_empty() {
            if !marks.is_empty() {
                self.notes.push(marks.to_owned());
            }
            return Ok(());
        }
        let id = if text.contains("->") {
            self.link(text)?
        } else {
            let indent = body.len() - body.trim_start().len();
            self.component(text, indent)?
        };
        let (names, message) = match marks.split_once(": ") {
            Some((name, message)) => (name, Some(message.to_owned())),
            None => (marks, None),
        };
        let mark = |name: &str| Mark { name: name.to_owned(), id: id.clone(), message: message.clone() };
        self.marks.extend(names.split_whitespace().map(mark));
        Ok(())
    }

    fn component(&mut self, text: &str, indent: usize) -> Result<String, String> {
        let (id, rest) = text.split_once(':').ok_or("a component is `id: kind …`")?;
        let id = ComponentId::new(id.trim()).map_err(|why| why.to_string())?;
        let mut words = rest.split_whitespace();
        let head = words.next().ok_or("a kind is missing")?;
        let (kind, preset) = match head.split_once('(') {
            Some((kind, preset)) => (kind, Some(preset.trim_end_matches(')').to_owned())),
            None => (head, None),
        };
        let kind = ComponentKind::from_name(kind).ok_or_else(|| format!("no component kind `{kind}`"))?;
        self.open.retain(|(column, _)| *column < indent);
        let mut component = Component::new(id.clone(), kind);
        component.preset = preset;
        component.containers.extend(self.open.last().map(|(_, id)| id.clone()));
        while let Some(word) = words.next() {
            if word == "+" {
                for more in words.by_ref() {
                    component.containers.push(ComponentId::new(more).map_err(|why| why.to_string())?);
                }
            } else {
                set(&mut component.props, word)?;
            }
        }
        self.open.push((indent, id.clone()));
        self.components.push((self.number, component));
        Ok(id.as_str().to_owned())
    }

    fn link(&mut self, text: &str) -> Result<String, String> {
        let (ends, rest) = text.split_once(':').ok_or("a link is `from -> to: kind …`")?;
        let (own_id, ends) = match ends.split_once('=') {
            Some((id, ends)) => (Some(id.trim().to_owned()), ends),
            None => (None, ends),
        };
        let (from, to) = ends.split_once("->").ok_or("a link is `from -> to: kind …`")?;
        let mut words = rest.split_whitespace();
        let kind = words.next().ok_or("a link kind is missing")?;
        let kind = LinkKind::from_name(kind).ok_or_else(|| format!("no link kind `{kind}`"))?;
        let id = own_id.unwrap_or_else(|| format!("l{}", self.links.len() + 1));
        let component = |text: &str| ComponentId::new(text.trim()).map_err(|why| why.to_string());
        let link_id = LinkId::new(&id).map_err(|why| why.to_string())?;
        let mut link = Link::new(link_id, kind, component(from)?, component(to)?);
        for word in words {
            set(&mut link.props, word)?;
        }
        self.links.push((self.number, link));
        Ok(id)
    }
}

fn set(props: &mut Props, word: &str) -> Result<(), String> {
    let (name, value) = word.split_once('=').ok_or_else(|| format!("`{word}` is not `prop=value`"))?;
    let value = read_text(value).unwrap_or_else(|| Value::from(value));
    props.insert(name.to_owned(), value);
    Ok(())
}
