//! Enumerations whose values have a stable name in files, on screen and on the command line.

/// Declares a field-less enumeration with `ALL`, `NAMES`, `name`, `from_name`, `Display`, and
/// reading and writing by name. `as` says what the names are called in messages, for fields of
/// documents. Names are part of the file format: never change one.
#[macro_export]
macro_rules! named_enum {
    (@first $first:expr $(, $rest:expr)*) => { $first };
    ($(#[$meta:meta])* pub enum $name:ident $(as $what:literal)? { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant),* }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// Every name, in the order of declaration.
            pub const NAMES: &'static [&'static str] = &[$($text),*];

            /// The stable name used in files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The value of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::read::deserialize(deserializer)
            }
        }

        $(impl $crate::shape::Shaped for $name {
            fn shape() -> &'static $crate::shape::Shape {
                &$crate::shape::Shape::Name { what: $what, names: Self::NAMES }
            }
        })?

        impl $crate::read::FromJson for $name {
            fn from_json(at: $crate::read::At<'_>) -> Self {
                Self::from_name(at.text()).unwrap_or_else(|| {
                    at.refuse();
                    $crate::named_enum!(@first $($name::$variant),*)
                })
            }
        }
    };
}
