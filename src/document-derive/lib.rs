//! Derives how a type of a document is read (`FromJson`) and what its JSON looks like (`Shaped`) from the type.
//!
//! The type is the only declaration. Names come from serde's attributes, which also decide how it is written;
//! the words of the JSON Schema are the first paragraph of the doc comments. A struct is an object with these
//! fields, an enum an object whose only field names the variant.
//!
//! `Option` fields and fields with `#[serde(default)]` may be left out. What a Rust type does not say is in
//! `#[document(…)]`:
//!
//! | on | attribute | meaning |
//! |---|---|---|
//! | a type | `name("…")` | what messages call it; otherwise the name of the type in lower-case words |
//! | a struct | `exactly_one("a", "b")`, `at_least_one("a", "b")` | which of its optional fields are needed; without a list: any |
//! | a struct | `open` | unknown fields are ignored, or kept in the field with `#[serde(flatten)]` |
//! | an enum of two | `if_key("…")`, `if_text(Format)` | the first variant if that field is there, or if it is text |
//! | a field | `text(Format)`, `range(min, max)`, `len(min, max)` | limits of a text, number or list |
//! | a field | `keys(Format)` | a map with such keys; other limits are those of its values |
//! | a field | `shape(…)` | any other shape |
//! | a field | `or_null` | an `Option` that is always there, `null` for none; only in what is written |
//! | a field | `strict` | reading refuses what is outside these limits, too; otherwise only checking says so |
//! | a field | `version(number)` | the version of the document's format |
//!
//! This crate knows no document, and what shapes and readers do is written in `trapwise_model`.

mod input;
mod read;
mod shape;

use proc_macro::TokenStream;

use input::Input;

/// Derives `trapwise_model::read::FromJson`.
#[proc_macro_derive(FromJson, attributes(document, serde))]
pub fn derive_from_json(tokens: TokenStream) -> TokenStream {
    expand(tokens, read::implement)
}

/// Derives `trapwise_model::shape::Shaped`.
#[proc_macro_derive(Shaped, attributes(document, serde))]
pub fn derive_shaped(tokens: TokenStream) -> TokenStream {
    expand(tokens, shape::implement)
}

fn expand(tokens: TokenStream, implement: fn(&Input) -> proc_macro2::TokenStream) -> TokenStream {
    let parsed = syn::parse(tokens).and_then(|input| Input::new(&input));
    parsed.map_or_else(|error| error.into_compile_error(), |input| implement(&input)).into()
}
