//! The JSON form of a model; [`super::Model`] describes it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::ModelError;
use super::model::Block;

/// Reads the JSON form.
pub(super) fn parse(source: &str) -> Result<Block, ModelError> {
    serde_json::from_str::<Read>(source).map(|read| read.0).map_err(|error| {
        let said = error.to_string();
        // The place is told apart from the reason.
        let reason = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason);
        ModelError { place: Some((error.line(), error.column())), reason: reason.to_owned() }
    })
}

struct Read(Block);

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(BlockVisitor).map(Read)
    }
}

struct BlockVisitor;

impl<'de> Visitor<'de> for BlockVisitor {
    type Value = Block;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a step's name, a list of parts, or {\"choice\": ...}")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Block, E> {
        if name.is_empty() {
            return Err(E::custom("a step has no name: give it one"));
        }
        Ok(Block::Step(name.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Block, A::Error> {
        let mut parts = Vec::new();
        while let Some(Read(part)) = list.next_element()? {
            parts.push(part);
        }
        match parts.len() {
            0 => Err(A::Error::custom("an empty list: put a step in, or take it away")),
            1 => Ok(parts.remove(0)),
            _ => Ok(Block::Sequence(parts)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Block, A::Error> {
        const WORDS: &str = "it takes choice, option, loop or parallel";
        let Some(word) = map.next_key::<String>()? else {
            return Err(A::Error::custom(format!("an empty group: {WORDS}")));
        };
        let block = match word.as_str() {
            "choice" | "parallel" => {
                let branches: Vec<Read> = map.next_value()?;
                let branches: Vec<Block> = branches.into_iter().map(|read| read.0).collect();
                if branches.is_empty() {
                    return Err(A::Error::custom(format!("{word} has no branch: give it some")));
                }
                if word == "choice" { Block::Choice(branches) } else { Block::Parallel(branches) }
            }
            "option" => Block::Option(Box::new(map.next_value::<Read>()?.0)),
            "loop" => Block::Loop(Box::new(map.next_value::<Read>()?.0)),
            other => return Err(A::Error::custom(format!("no group is called \"{other}\": {WORDS}"))),
        };
        if let Some(second) = map.next_key::<String>()? {
            return Err(A::Error::custom(format!("\"{second}\" is a second key: a group has one; {WORDS}")));
        }
        Ok(block)
    }
}
