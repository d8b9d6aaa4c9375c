//! What a type declares: its fields or variants with their names, words and limits.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Error, Expr, Ident, LitStr, Path, Result, Token, Type};

/// A type.
pub(crate) struct Input {
    pub ident: Ident,
    /// What messages call it.
    pub name: String,
    /// Without the field that keeps unknown ones.
    pub fields: Vec<Field>,
    pub kind: Kind,
}

/// What sort of type it is.
pub(crate) enum Kind {
    Record(Box<Record>),
    /// The name of the only field says which variant it is.
    OneKey,
    /// The first of two variants if that field is there.
    IfKey(String),
    /// The first of two variants if it is text of that format.
    IfText(TokenStream),
}

/// What is true of a struct as a whole.
pub(crate) struct Record {
    /// `Rule::…`.
    pub rule: TokenStream,
    /// Every field may be left out, and is then as in `Default`.
    pub default: bool,
    pub open: bool,
    /// Keeps unknown fields.
    pub rest: Option<(Ident, Type)>,
}

/// A field, or a variant with the type in it.
pub(crate) struct Field {
    pub ident: Ident,
    /// In documents.
    pub name: String,
    /// The first paragraph of its doc comment.
    pub help: String,
    pub ty: Type,
    /// May be left out, and is none then.
    pub is_option: bool,
    pub default: bool,
    pub version: Option<Expr>,
    /// Reading refuses what is outside the limits.
    pub strict: bool,
    /// Its shape, where the type does not say it all.
    pub limits: Option<TokenStream>,
}

impl Input {
    pub(crate) fn new(input: &DeriveInput) -> Result<Self> {
        let attributes = Attributes::new(&input.attrs)?;
        let mut declared = Vec::new();
        match &input.data {
            Data::Struct(data) => {
                for field in &data.fields {
                    let Some(ident) = &field.ident else {
                        return Err(Error::new_spanned(field, "a field needs a name"));
                    };
                    declared.push((ident, Attributes::new(&field.attrs)?, &field.ty));
                }
            }
            Data::Enum(data) => {
                for variant in &data.variants {
                    let mut types = variant.fields.iter().map(|field| &field.ty);
                    let (Some(ty), None) = (types.next(), types.next()) else {
                        return Err(Error::new_spanned(variant, "a variant contains one type"));
                    };
                    declared.push((&variant.ident, Attributes::new(&variant.attrs)?, ty));
                }
            }
            Data::Union(_) => return Err(Error::new_spanned(input, "unions are no documents")),
        }
        let is_struct = matches!(input.data, Data::Struct(_));
        let rest = declared
            .iter()
            .find(|(_, own, _)| own.flatten)
            .map(|(ident, _, ty)| ((*ident).clone(), (*ty).clone()));
        let mut fields = Vec::new();
        for (ident, own, ty) in declared.into_iter().filter(|(_, own, _)| !own.flatten) {
            fields.push(Field::new(ident, own, ty, attributes.rename_all.as_deref()));
        }
        let kind = if is_struct {
            let all = || fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
            let rule = match &attributes.rule {
                Some((rule, listed)) if listed.is_empty() => {
                    let all = all();
                    quote!(#rule(&[#(#all),*]))
                }
                Some((rule, listed)) => quote!(#rule(&[#(#listed),*])),
                None => quote!(Free),
            };
            Kind::Record(Box::new(Record { rule, default: attributes.default, open: attributes.open, rest }))
        } else {
            match (attributes.if_key, attributes.if_text) {
                (None, None) => Kind::OneKey,
                _ if fields.len() != 2 => {
                    return Err(Error::new_spanned(&input.ident, "needs two variants"));
                }
                (Some(key), _) => Kind::IfKey(key),
                (None, Some(format)) => Kind::IfText(format),
            }
        };
        let name = attributes.name.unwrap_or_else(|| words(&input.ident));
        Ok(Self { ident: input.ident.clone(), name, fields, kind })
    }
}

impl Field {
    fn new(ident: &Ident, attributes: Attributes, ty: &Type, rename_all: Option<&str>) -> Self {
        let name = attributes.rename.clone().unwrap_or_else(|| renamed(ident, rename_all));
        let is_option = matches!(ty, Type::Path(path)
            if path.path.segments.last().is_some_and(|last| last.ident == "Option"));
        Self {
            ident: ident.clone(),
            name,
            help: attributes.help.clone(),
            ty: ty.clone(),
            is_option: is_option && !attributes.or_null,
            default: attributes.default,
            limits: attributes.limits(ty),
            strict: attributes.strict,
            version: attributes.version,
        }
    }
}

/// The attributes of a type, field or variant.
#[derive(Default)]
struct Attributes {
    help: String,
    rename: Option<String>,
    rename_all: Option<String>,
    default: bool,
    flatten: bool,
    name: Option<String>,
    rule: Option<(TokenStream, Vec<LitStr>)>,
    open: bool,
    strict: bool,
    or_null: bool,
    if_key: Option<String>,
    if_text: Option<TokenStream>,
    /// `Shape::…` of a text, number or anything else.
    shape: Option<TokenStream>,
    len: Option<(Expr, Expr)>,
    keys: Option<TokenStream>,
    version: Option<Expr>,
}

impl Attributes {
    fn new(attributes: &[Attribute]) -> Result<Self> {
        let mut all = Self::default();
        let mut lines = Vec::new();
        for attribute in attributes {
            let path = attribute.path();
            if path.is_ident("doc") {
                if let Expr::Lit(literal) = &attribute.meta.require_name_value()?.value
                    && let syn::Lit::Str(line) = &literal.lit
                {
                    lines.push(line.value().trim().to_owned());
                }
            } else if path.is_ident("serde") {
                attribute.parse_nested_meta(|meta| all.serde(&meta))?;
            } else if path.is_ident("document") {
                attribute.parse_nested_meta(|meta| all.document(&meta))?;
            }
        }
        let paragraph: Vec<_> = lines.into_iter().take_while(|line| !line.is_empty()).collect();
        all.help = paragraph.join(" ");
        Ok(all)
    }

    fn serde(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let text =
            if meta.input.peek(Token![=]) { Some(meta.value()?.parse::<LitStr>()?.value()) } else { None };
        match (meta.path.get_ident().map(ToString::to_string).as_deref(), text.as_deref()) {
            (Some("rename"), Some(_)) => self.rename = text,
            (Some("rename_all"), Some("camelCase" | "kebab-case")) => self.rename_all = text,
            (Some("default"), None) => self.default = true,
            (Some("flatten"), None) => self.flatten = true,
            // What these do to writing is read back as it is.
            (Some("into" | "skip_serializing_if" | "untagged"), _) => {}
            // Writing would follow it, and reading would not.
            _ => return Err(meta.error("the derives of documents do not know this attribute")),
        }
        Ok(())
    }

    fn document(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        match meta.path.get_ident().map(ToString::to_string).as_deref() {
            Some("name") => self.name = Some(text(meta)?),
            Some("open") => self.open = true,
            Some("strict") => self.strict = true,
            Some("or_null") => self.or_null = true,
            Some("exactly_one") => self.rule = Some((quote!(ExactlyOne), texts(meta)?)),
            Some("at_least_one") => self.rule = Some((quote!(AtLeastOne), texts(meta)?)),
            Some("if_key") => self.if_key = Some(text(meta)?),
            Some("if_text") => self.if_text = Some(format(meta)?),
            Some("text") => {
                let format = format(meta)?;
                self.shape = Some(quote!(::trapwise_model::shape::Shape::Text(#format)));
            }
            Some("range") => {
                let (min, max) = limits(meta)?;
                self.shape = Some(quote!(::trapwise_model::shape::Shape::Int { min: #min, max: #max }));
            }
            Some("shape") => self.shape = Some(argument::<Expr>(meta)?.into_token_stream()),
            Some("len") => self.len = Some(limits(meta)?),
            Some("keys") => self.keys = Some(format(meta)?),
            Some("version") => {
                let version = argument::<Expr>(meta)?;
                self.shape = Some(quote!(::trapwise_model::shape::Shape::Version(#version)));
                self.version = Some(version);
            }
            _ => return Err(meta.error("unknown attribute of a document")),
        }
        Ok(())
    }

    /// The shape that the limits describe: of the value itself, or of what a list or map of it contains.
    fn limits(&self, ty: &Type) -> Option<TokenStream> {
        let mut shape = self.shape.clone();
        let items = |shape: Option<TokenStream>| match shape {
            Some(shape) => quote!(&#shape),
            None => quote!(<#ty as ::trapwise_model::shape::Items>::ITEM),
        };
        if let Some((min, max)) = &self.len {
            let of = items(shape);
            shape = Some(quote!(::trapwise_model::shape::Shape::List { of: #of, min: #min, max: #max }));
        }
        if let Some(key) = &self.keys {
            let of = items(shape);
            shape = Some(quote!(::trapwise_model::shape::Shape::Map { key: #key, of: #of }));
        }
        if self.or_null {
            let of = shape.unwrap_or_else(|| of_type(ty));
            shape = Some(quote!(::trapwise_model::shape::Shape::OrNull(&#of)));
        }
        shape
    }
}

/// The shape that a type has of itself.
pub(crate) fn of_type(ty: &Type) -> TokenStream {
    quote!(::trapwise_model::shape::Shape::Of(<#ty as ::trapwise_model::shape::Shaped>::shape))
}

fn argument<T: syn::parse::Parse>(meta: &ParseNestedMeta<'_>) -> Result<T> {
    let content;
    syn::parenthesized!(content in meta.input);
    content.parse()
}

fn text(meta: &ParseNestedMeta<'_>) -> Result<String> {
    Ok(argument::<LitStr>(meta)?.value())
}

/// Texts in brackets; none without them.
fn texts(meta: &ParseNestedMeta<'_>) -> Result<Vec<LitStr>> {
    if !meta.input.peek(syn::token::Paren) {
        return Ok(Vec::new());
    }
    let content;
    syn::parenthesized!(content in meta.input);
    Ok(Punctuated::<LitStr, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}

fn format(meta: &ParseNestedMeta<'_>) -> Result<TokenStream> {
    let format = argument::<Path>(meta)?;
    Ok(quote!(::trapwise_model::shape::Format::#format))
}

fn limits(meta: &ParseNestedMeta<'_>) -> Result<(Expr, Expr)> {
    let content;
    syn::parenthesized!(content in meta.input);
    let min = content.parse()?;
    content.parse::<Token![,]>()?;
    Ok((min, content.parse()?))
}

/// A name by the convention that serde is given.
fn renamed(ident: &Ident, convention: Option<&str>) -> String {
    let plain = ident.to_string();
    let Some(convention) = convention else { return plain };
    let parts = parts(&plain);
    match convention {
        "kebab-case" => parts.join("-"),
        _ => parts
            .iter()
            .enumerate()
            .map(|(index, part)| if index == 0 { part.clone() } else { capital(part) })
            .collect(),
    }
}

/// The name of a type in lower-case words.
fn words(ident: &Ident) -> String {
    parts(&ident.to_string()).join(" ")
}

/// The words in a name of either case.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for letter in name.chars() {
        match parts.last_mut() {
            _ if letter == '_' => parts.push(String::new()),
            Some(last) if !letter.is_uppercase() => last.push(letter),
            _ => parts.push(letter.to_lowercase().collect()),
        }
    }
    parts
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
