//! Closed sets of words that are kept as text: a channel, a state, a role.

/// Defines such a set: an enum whose values are stored, sent and shown by a fixed word.
///
/// ```
/// base::code::define! {
///     /// Where the light is.
///     pub enum Light { /// Nothing passes.
///         Red = "red", /// All may pass.
///         Green = "green" }
/// }
/// assert_eq!(Light::parse("green"), Some(Light::Green));
/// ```
#[macro_export]
macro_rules! define_code {
    ($(#[$doc:meta])* $visible:vis enum $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visible enum $name { $($(#[$value_doc])* $value),+ }

        impl $name {
            /// All values, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word it is kept as.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            /// The value of a word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$value),)+ _ => None }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.serialize_str(self.as_str()) }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                Self::parse(&word).ok_or_else(|| $crate::serde::de::Error::unknown_variant(&word, &[$($word),+]))
            }
        }
        impl $crate::db::ToParam for $name {
            fn to_param(&self) -> $crate::db::Param<'_> { $crate::db::Param::Text(self.as_str()) }
        }
        impl $crate::db::FromColumn for $name {
            fn from_column(column: $crate::db::Column<'_>) -> Option<Self> {
                match column { $crate::db::Column::Text(word) => Self::parse(word), _ => None }
            }
        }
    };
}
pub use define_code as define;
