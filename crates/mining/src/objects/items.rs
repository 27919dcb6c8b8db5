//! The items of OCEL 2.0 JSON as they stand in a file, with what programs write instead of what the standard says.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Value;

#[derive(serde::Deserialize)]
pub(super) struct TypeItem {
    pub(super) name: String,
    pub(super) attributes: Option<Vec<Declared>>,
}

#[derive(serde::Deserialize)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) r#type: String,
}

#[derive(serde::Deserialize)]
pub(super) struct EventItem {
    pub(super) id: Word,
    pub(super) r#type: String,
    pub(super) time: Option<Word>,
    #[serde(default, deserialize_with = "listed")]
    pub(super) attributes: Vec<Attribute>,
    pub(super) relationships: Option<Vec<Link>>,
}

#[derive(serde::Deserialize)]
pub(super) struct ObjectItem {
    pub(super) id: Word,
    pub(super) r#type: String,
    #[serde(default, deserialize_with = "listed")]
    pub(super) attributes: Vec<Attribute>,
    pub(super) relationships: Option<Vec<Link>>,
}

#[derive(serde::Deserialize)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) time: Option<Word>,
    pub(super) value: Scalar,
}

/// Attributes as the standard lists them, or names with values, as some programs write them.
fn listed<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Attribute>, D::Error> {
    struct Lists;
    impl<'de> Visitor<'de> for Lists {
        type Value = Vec<Attribute>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of attributes")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Attribute>, A::Error> {
            let mut all = Vec::new();
            while let Some(one) = list.next_element()? {
                all.push(one);
            }
            Ok(all)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<Attribute>, A::Error> {
            let mut all = Vec::new();
            while let Some((name, value)) = map.next_entry()? {
                all.push(Attribute { name, time: None, value });
            }
            Ok(all)
        }

        fn visit_unit<E: Error>(self) -> Result<Vec<Attribute>, E> {
            Ok(Vec::new())
        }
    }
    from.deserialize_any(Lists)
}

#[derive(serde::Deserialize)]
pub(super) struct Link {
    #[serde(rename = "objectId")]
    pub(super) object_id: Word,
    pub(super) qualifier: Option<String>,
}

/// A text, or a number where programs write one instead.
pub(super) struct Word(pub(super) String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Words;
        impl Visitor<'_> for Words {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Word, E> {
                Ok(Word(text.to_owned()))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<Word, E> {
                Ok(Word(text))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Word, E> {
                Ok(Word(number.to_string()))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Word, E> {
                Ok(Word(number.to_string()))
            }
        }
        from.deserialize_any(Words)
    }
}

/// The value of an attribute.
pub(super) enum Scalar {
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    Nothing,
    /// Something else: what it is.
    Other(&'static str),
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Scalars;
        impl<'de> Visitor<'de> for Scalars {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number, true or false")
            }

            fn visit_bool<E: Error>(self, truth: bool) -> Result<Scalar, E> {
                Ok(Scalar::Boolean(truth))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar::Integer(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
                Ok(i64::try_from(number).map_or(Scalar::Float(number as f64), Scalar::Integer))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar::Float(number))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(text.to_owned()))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<Scalar, E> {
                Ok(Scalar::Text(text))
            }

            fn visit_unit<E: Error>(self) -> Result<Scalar, E> {
                Ok(Scalar::Nothing)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar::Other("a list"))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar::Other("a JSON object"))
            }
        }
        from.deserialize_any(Scalars)
    }
}

impl Scalar {
    /// The value, if there is one; what it is when it is none of OCEL's.
    pub(super) fn value(&self) -> Result<Option<Value<'_>>, &'static str> {
        Ok(Some(match self {
            Self::Boolean(truth) => Value::Boolean(*truth),
            Self::Integer(number) => Value::Integer(*number),
            Self::Float(number) => Value::Float(*number),
            Self::Text(text) => Value::Text(text),
            Self::Nothing => return Ok(None),
            Self::Other(what) => return Err(what),
        }))
    }
}
