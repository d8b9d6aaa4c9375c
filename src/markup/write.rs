//! Writes nodes as the calls that make them.

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::parse::{Attribute, Component, Element, Node, Tag, Value};

/// Attributes that are there or not, by a `bool`.
const FLAGS: [&str; 8] =
    ["disabled", "hidden", "multiple", "open", "readonly", "required", "selected", "webkitdirectory"];

/// The expression of a node.
pub fn root(node: Option<&Node>) -> TokenStream {
    match node {
        None => quote! { ::yew::Html::default() },
        Some(Node::Component(component)) => self::component(component),
        Some(Node::Value(value)) => {
            let value = expression(value);
            quote! { crate::ui::markup::Content::into_node(#value) }
        }
        Some(node) => {
            let page = page();
            let calls = calls(node);
            quote! { {
                let mut #page = crate::ui::markup::Markup::default();
                #calls
                #page.finish()
            } }
        }
    }
}

/// What the calls are made on; no name in the page can meet it.
fn page() -> Ident {
    Ident::new("page", Span::mixed_site())
}

fn calls(node: &Node) -> TokenStream {
    let page = page();
    match node {
        Node::Element(element) => self::element(element),
        Node::Fragment(nodes) => list(nodes),
        Node::Component(component) => {
            let component = self::component(component);
            quote! { #page.put(#component); }
        }
        Node::Text(words) => quote! { #page.text(#words); },
        Node::Value(value) => {
            let value = expression(value);
            quote! { #page.put(#value); }
        }
        Node::Each(many) => quote! {
            #page.many();
            for node in #many {
                #page.put(node);
            }
        },
        Node::If(branches) => {
            let branches = branches.iter().enumerate().map(|(index, (condition, nodes))| {
                let otherwise = (index > 0).then(|| quote! { else });
                let condition = condition.as_ref().map(|condition| quote! { if #condition });
                let nodes = nodes.iter().map(calls);
                quote! { #otherwise #condition { #(#nodes)* } }
            });
            // A place of its own, so that what follows stays where it is.
            quote! {
                #page.list();
                #(#branches)*
                #page.close_list();
            }
        }
    }
}

fn list(nodes: &[Node]) -> TokenStream {
    let page = page();
    let nodes = nodes.iter().map(calls);
    quote! {
        #page.list();
        #(#nodes)*
        #page.close_list();
    }
}

fn component(component: &Component) -> TokenStream {
    let Component { path, attributes, children } = component;
    let attributes = attributes.iter().map(|Attribute { label, value, .. }| match value {
        Value::Fixed(value) => quote! { #label=#value },
        Value::Free(value) => quote! { #label={#value} },
    });
    match children.as_slice() {
        [] => quote! { ::yew::html! { <#path #(#attributes)* /> } },
        [node] => {
            let inside = root(Some(node));
            quote! { ::yew::html! { <#path #(#attributes)*>{ #inside }</#path> } }
        }
        nodes => {
            let (page, inside) = (page(), list(nodes));
            quote! { ::yew::html! {
                <#path #(#attributes)*>{ {
                    let mut #page = crate::ui::markup::Markup::default();
                    #inside
                    #page.finish()
                } }</#path>
            } }
        }
    }
}

fn element(element: &Element) -> TokenStream {
    let page = page();
    let is_input = matches!(&element.tag, Tag::Known(tag) if tag.to_string() == "\"input\"");
    let mut fixed: Vec<(&str, &Literal)> = Vec::new();
    let mut free: Vec<(&str, TokenStream)> = Vec::new();
    let mut more = Vec::new();
    for Attribute { name, value, .. } in &element.attributes {
        let value = match value {
            Value::Fixed(value) if name != "key" && !(is_input && name == "value") => {
                fixed.push((name, value));
                continue;
            }
            Value::Fixed(value) => quote! { #value },
            Value::Free(value) => expression(value),
        };
        match name.as_str() {
            "key" => more.push(quote! { #page.key(#value); }),
            "ref" => more.push(quote! { #page.node(#value); }),
            "value" if is_input => more.push(quote! { #page.value(#value); }),
            "checked" if is_input => more.push(quote! { #page.checked(#value); }),
            "class" => free.push((name, quote! { #page.class(#value); })),
            name if FLAGS.contains(&name) => free.push((name, quote! { #page.flag(#value); })),
            name if name.starts_with("on") => {
                let event = format_ident!("{name}");
                more.push(quote! { #page.listen(::yew::html::#event::Wrapper::__macro_new(#value)); });
            }
            name => free.push((name, quote! { #page.attribute(#value); })),
        }
    }
    let tag = match &element.tag {
        Tag::Known(tag) => quote! { ::yew::AttrValue::Static(#tag) },
        Tag::Computed(tag) => quote! { ::yew::AttrValue::from(#tag) },
    };
    let names = fixed.iter().map(|(name, _)| name).chain(free.iter().map(|(name, _)| name));
    let values = fixed.iter().map(|(_, value)| value);
    let open = match (&element.tag, free.as_slice()) {
        (Tag::Known(tag), []) => quote! {
            #page.open(#tag, &[#((#names, ::yew::virtual_dom::AttributeOrProperty::Static(#values))),*]);
        },
        _ => quote! { #page.open_with(#tag, &[#(#names),*], &[#(#values),*]); },
    };
    let free = free.iter().map(|(_, call)| call);
    let children = element.children.iter().map(calls);
    quote! {
        #open
        #(#free)*
        #(#more)*
        #(#children)*
        #page.close();
    }
}

/// What stood in braces, in braces again where it is more than an expression.
fn expression(tokens: &TokenStream) -> TokenStream {
    let is_end = |token: TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';');
    if tokens.clone().into_iter().any(is_end) {
        quote! { { #tokens } }
    } else {
        tokens.clone()
    }
}
