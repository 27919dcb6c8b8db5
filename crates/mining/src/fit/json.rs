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
        ModelError { place: Some(place(source, error.line(), error.column())), reason: reason.to_owned() }
    })
}

/// Line and column from 1, in characters: bytes are counted there, and a line break in a text is column 0 of the next.
fn place(source: &str, line: usize, column: usize) -> (usize, usize) {
    let of = |line: usize| source.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    match column {
        0 if line > 1 => (line - 1, of(line - 1).chars().count() + 1),
        _ => (line.max(1), of(line).char_indices().take_while(|(at, _)| at + 1 < column).count() + 1),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_has_its_place_in_characters() {
        let place = |source| parse(source).unwrap_err().place;
        assert_eq!(place("[\"Größe\", ]"), Some((1, 11)));
        assert_eq!(place("[\"As\nked\"]"), Some((1, 5)));
        assert_eq!(place("[\"a\",\n  7x]"), Some((2, 3)));
    }
}
