//! The `html!` of the page, in the place of Yew's.
//!
//! It reads the same markup and makes the same nodes. Yew's writes each element out as a structure to be
//! filled field by field, some two hundred bytes of WebAssembly; this one writes a few short calls of
//! `crate::ui::markup::Markup`, which fills them. Components are still written by Yew's.
//!
//! It knows nothing of the page but the names of those calls.

mod parse;
mod write;

use proc_macro::TokenStream;

/// One node of markup as `yew::Html`: an element, a fragment, a component, an `if`, or a value in braces.
#[proc_macro]
pub fn html(markup: TokenStream) -> TokenStream {
    match parse::root(markup.into()) {
        Ok(node) => write::root(node.as_ref()).into(),
        Err(mistake) => mistake.to_tokens().into(),
    }
}
