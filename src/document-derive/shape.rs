//! `Shaped`: the shape as a static, which refers to other types by their function so that types may be recursive;
//! and the names of variants.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::input::{Field, Input, Kind, of_type};

pub(crate) fn implement(input: &Input) -> TokenStream {
    let Input { ident, name, fields, kind } = input;
    let shape = match (kind, fields.as_slice()) {
        (Kind::Record(record), fields) => {
            let rule = &record.rule;
            let fields = fields.iter().map(|one| field(one, one.is_option || one.default || record.default));
            quote! {
                Record(&::trapwise_model::shape::Record {
                    name: #name,
                    rule: ::trapwise_model::shape::Rule::#rule,
                    fields: &[#(#fields),*],
                })
            }
        }
        (Kind::IfKey(key), [with, without]) => {
            let (with, without) = (shape_of(with), shape_of(without));
            quote!(KeyOr { key: #key, with: #with, without: #without })
        }
        (Kind::IfText(format), [_, other]) => {
            let other = shape_of(other);
            quote!(TextOr { text: #format, other: #other })
        }
        (_, fields) => {
            let fields = fields.iter().map(|one| field(one, false));
            quote!(OneKey(&::trapwise_model::shape::OneKey { name: #name, fields: &[#(#fields),*] }))
        }
    };
    let named = matches!(kind, Kind::OneKey).then(|| names(ident, fields));
    quote! {
        #named

        impl ::trapwise_model::shape::Shaped for #ident {
            fn shape() -> &'static ::trapwise_model::shape::Shape {
                static SHAPE: ::trapwise_model::shape::Shape = ::trapwise_model::shape::Shape::#shape;
                &SHAPE
            }
        }
    }
}

fn names(ident: &Ident, fields: &[Field]) -> TokenStream {
    let arms = fields.iter().map(|Field { ident, name, .. }| quote!(Self::#ident(_) => #name));
    quote! {
        impl #ident {
            /// The name of the variant, as in documents.
            #[must_use]
            #[allow(dead_code, reason = "not every enum is asked")]
            pub const fn name(&self) -> &'static str {
                match self { #(#arms),* }
            }
        }
    }
}

fn field(field: &Field, optional: bool) -> TokenStream {
    let (name, help, shape) = (&field.name, &field.help, shape_of(field));
    let presence = if optional { quote!(may) } else { quote!(need) };
    quote!(::trapwise_model::shape::#presence(#name, #shape, #help))
}

fn shape_of(Field { ty, limits, .. }: &Field) -> TokenStream {
    let shape = limits.clone().unwrap_or_else(|| of_type(ty));
    quote!(&#shape)
}
