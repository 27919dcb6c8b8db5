//! The MAPI properties inside some attributes: a list of typed values.

use super::bytes::Reader;
use super::codepage;

pub(super) const SUBJECT: u16 = 0x0037;
pub(super) const BODY: u16 = 0x1000;
pub(super) const RTF_COMPRESSED: u16 = 0x1009;
pub(super) const BODY_HTML: u16 = 0x1013;
pub(super) const DISPLAY_NAME: u16 = 0x3001;
pub(super) const ATTACH_DATA: u16 = 0x3701;
pub(super) const ATTACH_FILENAME: u16 = 0x3704;
pub(super) const ATTACH_LONG_FILENAME: u16 = 0x3707;
pub(super) const ATTACH_TRANSPORT_NAME: u16 = 0x370c;
pub(super) const ATTACH_MIME_TAG: u16 = 0x370e;
pub(super) const ATTACH_CONTENT_ID: u16 = 0x3712;
pub(super) const INTERNET_CODEPAGE: u16 = 0x3fde;

const STRING8: u16 = 0x1e;
const UNICODE: u16 = 0x1f;
const OBJECT: u16 = 0x0d;
const BINARY: u16 = 0x102;

/// One property with its first value.
#[derive(Clone, Copy)]
pub(super) struct Property<'x> {
    id: u16,
    kind: u16,
    value: &'x [u8],
}

/// Every property that could be read.
#[derive(Default)]
pub(super) struct Properties<'x>(Vec<Property<'x>>);

impl<'x> Properties<'x> {
    /// Reads a list; the flag says whether it was whole.
    pub(super) fn read(bytes: &'x [u8]) -> (Self, bool) {
        let mut reader = Reader(bytes);
        let Some(count) = reader.u32() else { return (Self::default(), false) };
        let mut found = Vec::new();
        for _ in 0..count {
            match property(&mut reader) {
                Some(property) => found.push(property),
                None => return (Self(found), false),
            }
        }
        (Self(found), true)
    }

    fn get(&self, id: u16) -> Option<&Property<'x>> {
        self.0.iter().find(|property| property.id == id && !property.value.is_empty())
    }

    /// The bytes of a property, without the interface that stands before an object.
    pub(super) fn bytes(&self, id: u16) -> Option<&'x [u8]> {
        let property = self.get(id)?;
        if property.kind == OBJECT { property.value.get(16..) } else { Some(property.value) }
    }

    /// A text property; 8-bit text and binary text are in `codepage`.
    pub(super) fn text(&self, id: u16, codepage: u32) -> Option<String> {
        let property = self.get(id)?;
        let text = match property.kind {
            UNICODE => utf16(property.value),
            STRING8 | BINARY => codepage::decode(property.value, codepage),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    }

    pub(super) fn number(&self, id: u16) -> Option<u32> {
        self.get(id).and_then(|property| Reader(property.value).u32())
    }
}

/// The next property, empty when it has no value; `None` when the list is broken here.
fn property<'x>(reader: &mut Reader<'x>) -> Option<Property<'x>> {
    let kind = reader.u16()?;
    let mut id = reader.u16()?;
    if id >= 0x8000 {
        // A named property: the number means something only together with its name, which none of ours has.
        reader.take(16)?;
        if reader.u32()? == 0 {
            reader.u32()?;
        } else {
            let length = reader.u32()? as usize;
            reader.padded(length)?;
        }
        id = 0xffff;
    }
    let several = kind & 0x1000 != 0;
    let kind = kind & 0x0fff;
    let size = match kind {
        0 | 1 => Some(0),
        2 | 3 | 4 | 0x0a | 0x0b => Some(4),
        5 | 6 | 7 | 0x14 | 0x40 => Some(8),
        0x48 => Some(16),
        STRING8 | UNICODE | OBJECT | BINARY => None,
        _ => return None,
    };
    let count = if several || size.is_none() { reader.u32()? } else { 1 };
    let mut first: &[u8] = &[];
    for number in 0..count {
        let value = match size {
            // Nothing to read, however many of it are announced.
            Some(0) => break,
            Some(size) => reader.take(size)?,
            None => {
                let length = reader.u32()? as usize;
                reader.padded(length)?
            }
        };
        if number == 0 {
            first = value;
        }
    }
    Some(Property { id, kind, value: first })
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    text.trim_end_matches('\0').to_owned()
}
