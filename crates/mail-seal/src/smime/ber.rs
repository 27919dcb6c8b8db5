//! The encoding of S/MIME: values with a tag and a length, BER, of which DER is the strict form. Mail programs write
//! BER with lengths that are not known beforehand, so the strict readers of certificates cannot read it.

use std::borrow::Cow;

/// Deepest nesting that is followed.
const DEEPEST: u32 = 24;

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTETS: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// One value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'a> {
    pub(crate) tag: u8,
    /// With its tag and length.
    pub(crate) whole: &'a [u8],
    pub(crate) content: &'a [u8],
}

impl<'a> Value<'a> {
    /// The value at the beginning, and what comes after it.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        read(bytes, DEEPEST)
    }

    /// The value, when it is of this tag.
    pub(crate) fn of(bytes: &'a [u8], tag: u8) -> Option<Self> {
        Self::read(bytes).map(|(value, _)| value).filter(|value| value.tag == tag)
    }

    /// The values within.
    pub(crate) fn items(&self) -> Items<'a> {
        Items { rest: self.content }
    }

    /// The bytes of a string that may come in pieces, whatever its tag.
    pub(crate) fn bytes(&self) -> Option<Cow<'a, [u8]>> {
        if self.tag & 0x20 == 0 {
            return Some(Cow::Borrowed(self.content));
        }
        let mut whole = Vec::with_capacity(self.content.len());
        gather(self, &mut whole, 4)?;
        Some(Cow::Owned(whole))
    }
}

fn gather(value: &Value<'_>, whole: &mut Vec<u8>, deepest: u32) -> Option<()> {
    for piece in value.items() {
        if piece.tag & 0x20 == 0 {
            whole.extend_from_slice(piece.content);
        } else {
            gather(&piece, whole, deepest.checked_sub(1)?)?;
        }
    }
    Some(())
}

/// Values one after the other. It ends where the bytes end or cannot be read.
#[derive(Debug, Clone)]
pub(crate) struct Items<'a> {
    rest: &'a [u8],
}

impl<'a> Items<'a> {
    /// The next value when it is of this tag; otherwise it stays the next.
    pub(crate) fn next_of(&mut self, tag: u8) -> Option<Value<'a>> {
        let (value, rest) = Value::read(self.rest)?;
        (value.tag == tag).then(|| {
            self.rest = rest;
            value
        })
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        let (value, rest) = Value::read(self.rest)?;
        self.rest = rest;
        Some(value)
    }
}

fn read(bytes: &[u8], deepest: u32) -> Option<(Value<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    // Tags of several bytes do not occur in what is read here; two zeros end a value of unknown length.
    if tag & 0x1F == 0x1F || tag == 0 {
        return None;
    }
    let (&length, rest) = rest.split_first()?;
    let head = bytes.len() - rest.len();
    match length {
        0x80 => {
            if tag & 0x20 == 0 {
                return None;
            }
            let mut at = rest;
            while !at.starts_with(&[0, 0]) {
                at = read(at, deepest.checked_sub(1)?)?.1;
            }
            let length = rest.len() - at.len();
            let value = Value { tag, whole: &bytes[..head + length + 2], content: &rest[..length] };
            Some((value, &at[2..]))
        }
        0..0x80 => definite(bytes, tag, head, usize::from(length)),
        _ => {
            let count = usize::from(length & 0x7F);
            let digits = rest.get(..count).filter(|_| count <= 4)?;
            let length = digits.iter().fold(0_usize, |length, digit| length << 8 | usize::from(*digit));
            definite(bytes, tag, head + count, length)
        }
    }
}

fn definite(bytes: &[u8], tag: u8, head: usize, length: usize) -> Option<(Value<'_>, &[u8])> {
    let end = head.checked_add(length).filter(|end| *end <= bytes.len())?;
    Some((Value { tag, whole: &bytes[..end], content: &bytes[head..end] }, &bytes[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_of_unknown_length_in_pieces_is_one_string() {
        let bytes = [0x24, 0x80, 0x04, 2, b'a', b'b', 0x24, 0x80, 0x04, 1, b'c', 0, 0, 0, 0, 9];
        let (value, rest) = Value::read(&bytes).unwrap();
        assert_eq!(value.bytes().unwrap().as_ref(), b"abc");
        assert_eq!(rest, [9]);
    }

    #[test]
    fn nesting_without_end_ends() {
        assert!(Value::read(&[0x30, 0x80].repeat(100_000)).is_none());
        assert!(Value::read(&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0]).is_none());
    }
}
