//! Reads markup into nodes. What stands in braces is not looked into: it is Rust.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};

/// One node.
pub enum Node {
    Element(Element),
    /// Nodes without an element around them.
    Fragment(Vec<Node>),
    Component(Component),
    /// Words that are known here.
    Text(Literal),
    /// An expression.
    Value(TokenStream),
    /// An expression of many.
    Each(TokenStream),
    /// Conditions with what is shown then; the last may be without one.
    If(Vec<(Option<TokenStream>, Vec<Node>)>),
}

/// An element of HTML or SVG.
pub struct Element {
    pub tag: Tag,
    pub attributes: Vec<Attribute>,
    pub children: Vec<Node>,
}

pub enum Tag {
    Known(Literal),
    /// `<@{…}>`.
    Computed(TokenStream),
}

/// A component, with its path as it was written.
pub struct Component {
    pub path: TokenStream,
    pub attributes: Vec<Attribute>,
    pub children: Vec<Node>,
}

/// `name={value}`, `name="value"` or `{name}`.
pub struct Attribute {
    pub name: String,
    /// The name as it was written.
    pub label: TokenStream,
    pub value: Value,
}

pub enum Value {
    /// A string.
    Fixed(Literal),
    /// An expression, or statements that end with one.
    Free(TokenStream),
}

/// What is wrong, and where.
pub struct Mistake(Span, &'static str);

impl Mistake {
    pub fn to_tokens(&self) -> TokenStream {
        let Self(span, words) = self;
        quote_spanned! { *span => ::std::compile_error!(#words) }
    }
}

type Result<T> = std::result::Result<T, Mistake>;

/// The node that all of the tokens are, if there are any.
pub fn root(tokens: TokenStream) -> Result<Option<Node>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut cursor = Cursor { rest: &tokens };
    if tokens.is_empty() {
        return Ok(None);
    }
    if !(cursor.at('<') || cursor.at_word("if") || cursor.braces().is_some()) {
        return Ok(Some(Node::Value(tokens.into_iter().collect())));
    }
    let node = cursor.node()?;
    if cursor.rest.is_empty() { Ok(Some(node)) } else { Err(cursor.mistake("only one node can stand here")) }
}

struct Cursor<'t> {
    rest: &'t [TokenTree],
}

impl<'t> Cursor<'t> {
    fn node(&mut self) -> Result<Node> {
        if self.take_word("if") {
            return self.condition();
        }
        if let Some(group) = self.braces() {
            self.skip(1);
            return Ok(in_braces(group));
        }
        self.expect('<')?;
        if self.take('>') {
            return Ok(Node::Fragment(self.children(|cursor| cursor.take('>'))?));
        }
        if self.take('@') {
            let group = self.braces().ok_or_else(|| self.mistake("expected braces"))?;
            self.skip(1);
            let (attributes, open) = self.attributes()?;
            let end = |cursor: &mut Self| cursor.take('@') && cursor.take('>');
            let children = if open { self.children(end)? } else { Vec::new() };
            return Ok(Node::Element(Element { tag: Tag::Computed(group.stream()), attributes, children }));
        }
        let path = self.path()?;
        let written = path.to_string();
        let (attributes, open) = self.attributes()?;
        let end =
            |cursor: &mut Self| cursor.path().is_ok_and(|end| end.to_string() == written) && cursor.take('>');
        let children = if open { self.children(end)? } else { Vec::new() };
        Ok(if written.starts_with(char::is_lowercase) && !written.contains(':') {
            let tag = Tag::Known(Literal::string(&written));
            Node::Element(Element { tag, attributes, children })
        } else {
            Node::Component(Component { path, attributes, children })
        })
    }

    /// Nodes until a closing tag, what follows `</` of which `end` takes.
    fn children(&mut self, end: impl FnOnce(&mut Self) -> bool) -> Result<Vec<Node>> {
        let mut nodes = Vec::new();
        while !(self.at('<') && self.after(1, '/')) {
            if self.rest.is_empty() {
                return Err(self.mistake("an opening tag has no closing tag"));
            }
            nodes.push(self.node()?);
        }
        let mistake = self.mistake("this closing tag has another opening tag");
        self.skip(2);
        if end(self) { Ok(nodes) } else { Err(mistake) }
    }

    /// `if …  { … } else if … { … } else { … }`, from the first condition on.
    fn condition(&mut self) -> Result<Node> {
        let mut branches = Vec::new();
        loop {
            let condition: TokenStream = self.until_braces().iter().cloned().collect();
            branches.push((Some(condition), self.block()?));
            if !self.take_word("else") {
                break;
            }
            if !self.take_word("if") {
                branches.push((None, self.block()?));
                break;
            }
        }
        Ok(Node::If(branches))
    }

    fn block(&mut self) -> Result<Vec<Node>> {
        let group = self.braces().ok_or_else(|| self.mistake("expected braces"))?;
        self.skip(1);
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let mut inside = Cursor { rest: &tokens };
        let mut nodes = Vec::new();
        while !inside.rest.is_empty() {
            nodes.push(inside.node()?);
        }
        Ok(nodes)
    }

    /// A name, or the path of a component with the types it is for.
    fn path(&mut self) -> Result<TokenStream> {
        let start = self.rest;
        let mut depth = 0_usize;
        while let Some(token) = self.rest.first() {
            depth = match token {
                TokenTree::Punct(sign) if sign.as_char() == '<' => depth + 1,
                TokenTree::Punct(sign) if sign.as_char() == '>' && depth > 0 => depth - 1,
                TokenTree::Punct(sign) if sign.as_char() == ':' => depth,
                TokenTree::Ident(_) if depth > 0 || self.follows_on(start) => depth,
                _ => break,
            };
            self.skip(1);
        }
        let length = start.len() - self.rest.len();
        if length == 0 {
            return Err(self.mistake("expected the name of an element or a component"));
        }
        Ok(start.iter().take(length).cloned().collect())
    }

    /// Whether a name here belongs to the path that began there.
    fn follows_on(&self, start: &[TokenTree]) -> bool {
        let length = start.len() - self.rest.len();
        let before = length.checked_sub(1).and_then(|at| start.get(at));
        before.is_none_or(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ':'))
    }

    /// The attributes of a tag, and whether it is left open.
    fn attributes(&mut self) -> Result<(Vec<Attribute>, bool)> {
        let mut attributes = Vec::new();
        loop {
            if self.take('>') {
                return Ok((attributes, true));
            }
            if self.at('/') && self.after(1, '>') {
                self.skip(2);
                return Ok((attributes, false));
            }
            attributes.push(self.attribute()?);
        }
    }

    fn attribute(&mut self) -> Result<Attribute> {
        if let Some(group) = self.braces() {
            self.skip(1);
            let label = group.stream();
            return Ok(Attribute { name: label.to_string(), value: Value::Free(label.clone()), label });
        }
        let start = self.rest;
        let mut name = String::new();
        while let Some(part) = self.name_part() {
            name.push_str(&part);
        }
        let label: TokenStream = start.iter().take(start.len() - self.rest.len()).cloned().collect();
        if name.is_empty() {
            return Err(self.mistake("expected an attribute"));
        }
        self.expect('=')?;
        let value = match self.rest.first() {
            Some(TokenTree::Literal(literal)) if literal.to_string().starts_with('"') => {
                Value::Fixed(literal.clone())
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                Value::Free(group.stream())
            }
            _ => return Err(self.mistake("expected a string, or a value in braces")),
        };
        self.skip(1);
        Ok(Attribute { name, label, value })
    }

    /// A word or a hyphen of an attribute's name.
    fn name_part(&mut self) -> Option<String> {
        let part = match self.rest.first()? {
            TokenTree::Ident(word) => word.to_string(),
            TokenTree::Punct(sign) if sign.as_char() == '-' => "-".to_owned(),
            _ => return None,
        };
        self.skip(1);
        Some(part)
    }

    fn until_braces(&mut self) -> &'t [TokenTree] {
        let is_braces = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        let length = self.rest.iter().position(is_braces).unwrap_or(self.rest.len());
        let (before, rest) = self.rest.split_at(length);
        self.rest = rest;
        before
    }

    fn braces(&self) -> Option<&'t Group> {
        match self.rest.first()? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
            _ => None,
        }
    }

    fn at(&self, sign: char) -> bool {
        self.after(0, sign)
    }

    fn after(&self, tokens: usize, sign: char) -> bool {
        matches!(self.rest.get(tokens), Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
    }

    fn at_word(&self, word: &str) -> bool {
        matches!(self.rest.first(), Some(TokenTree::Ident(ident)) if ident == word)
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.at(sign);
        self.skip(usize::from(found));
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        self.skip(usize::from(found));
        found
    }

    fn expect(&mut self, sign: char) -> Result<()> {
        if self.take(sign) { Ok(()) } else { Err(self.mistake("this is no markup; put values in braces")) }
    }

    fn skip(&mut self, tokens: usize) {
        self.rest = self.rest.get(tokens..).unwrap_or_default();
    }

    fn mistake(&self, words: &'static str) -> Mistake {
        Mistake(self.rest.first().map_or_else(Span::call_site, TokenTree::span), words)
    }
}

/// What a group of braces among nodes means.
fn in_braces(group: &Group) -> Node {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Literal(literal)] if literal.to_string().starts_with('"') => Node::Text(literal.clone()),
        [TokenTree::Ident(word), many @ ..] if is_for(word) => Node::Each(many.iter().cloned().collect()),
        _ => Node::Value(group.stream()),
    }
}

fn is_for(word: &Ident) -> bool {
    word.to_token_stream().to_string() == "for"
}
