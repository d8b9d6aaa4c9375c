//! `FromJson`: fields are read one by one.

use proc_macro2::TokenStream;
use quote::quote;

use crate::input::{Field, Input, Kind, Record};

pub(crate) fn implement(input: &Input) -> TokenStream {
    let ident = &input.ident;
    let body = match (&input.kind, input.fields.as_slice()) {
        (Kind::Record(record), fields) => read_record(record, fields),
        (Kind::IfKey(key), [with, without]) => {
            read_either(&quote!(at.json().get(#key).is_some()), with, without)
        }
        (Kind::IfText(_), [text, other]) => read_either(&quote!(at.json().as_text().is_some()), text, other),
        (_, fields) => read_one_key(fields),
    };
    quote! {
        impl ::trapwise_model::read::FromJson for #ident {
            fn from_json(at: ::trapwise_model::read::At<'_>) -> Self {
                #body
            }
        }
    }
}

fn read_record(record: &Record, fields: &[Field]) -> TokenStream {
    let open = if record.open { quote!(open_record) } else { quote!(record) };
    let usual = record.default.then(|| quote!(let usual = Self::default();));
    let limits = fields.iter().filter(|field| field.strict).filter_map(|field| {
        let (name, shape) = (&field.name, field.limits.as_ref()?);
        Some(quote!(at.within(#name, &#shape);))
    });
    let values = fields.iter().map(|field| {
        let (ident, name) = (&field.ident, &field.name);
        match &field.version {
            Some(version) => quote!(#ident: at.version(#version)),
            None if record.default => quote!(#ident: at.may(#name).unwrap_or(usual.#ident)),
            None if field.is_option => quote!(#ident: at.may(#name)),
            None if field.default => quote!(#ident: at.or_default(#name)),
            None => quote!(#ident: at.need(#name)),
        }
    });
    let known = fields.iter().map(|field| &field.name);
    let rest = record.rest.as_ref().map(|(ident, ty)| quote!(#ident: <#ty>::beside(&[#(#known),*], json),));
    let json = record.rest.as_ref().map(|_| quote!(let json = at.json();));
    quote! {
        #usual
        #json
        at.#open(|at| {
            #(#limits)*
            Self { #(#values,)* #rest }
        })
    }
}

fn read_either(condition: &TokenStream, first: &Field, second: &Field) -> TokenStream {
    let (first, second) = (&first.ident, &second.ident);
    quote! {
        if #condition {
            Self::#first(::trapwise_model::read::FromJson::from_json(at))
        } else {
            Self::#second(::trapwise_model::read::FromJson::from_json(at))
        }
    }
}

fn read_one_key(fields: &[Field]) -> TokenStream {
    let variants = fields.iter().map(|Field { ident, name, .. }| {
        quote!(#name => Self::#ident(::trapwise_model::read::FromJson::from_json(of)),)
    });
    let first = fields.first().map(|field| &field.ident);
    quote! {
        let (name, of) = at.one_key();
        match name {
            #(#variants)*
            _ => {
                at.refuse();
                Self::#first(::trapwise_model::read::FromJson::from_json(at.nothing()))
            }
        }
    }
}
