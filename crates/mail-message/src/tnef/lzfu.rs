//! Compressed RTF (MS-OXRTFCP): a dictionary of 4096 bytes that begins with what every RTF begins with.

use super::bytes::Reader;

/// Longest text that is unpacked. Longer ones stay in the file.
const LONGEST: usize = 4_000_000;
const DICTIONARY: usize = 4096;
/// "LZFu" and "MELA", as numbers.
const COMPRESSED: u32 = 0x7546_5a4c;
const AS_IT_IS: u32 = 0x414c_454d;

/// What the dictionary holds at the start; the standard gives it, 207 bytes.
const START: &[u8] =
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \
\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Unpacks; `None` when it is broken or too long.
pub(super) fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader(bytes);
    reader.u32()?;
    let size = reader.u32()? as usize;
    let kind = reader.u32()?;
    reader.u32()?;
    if size > LONGEST {
        return None;
    }
    match kind {
        AS_IT_IS => reader.0.get(..size).map(<[u8]>::to_vec),
        COMPRESSED => decompressed(reader, size),
        _ => None,
    }
}

fn decompressed(mut reader: Reader<'_>, size: usize) -> Option<Vec<u8>> {
    let mut dictionary = [0u8; DICTIONARY];
    dictionary[..START.len()].copy_from_slice(START);
    let mut at = START.len();
    let mut out = Vec::new();
    let mut put = |byte: u8, dictionary: &mut [u8; DICTIONARY], at: &mut usize| {
        dictionary[*at] = byte;
        *at = (*at + 1) % DICTIONARY;
        out.push(byte);
        out.len() <= size
    };
    'all: loop {
        let flags = reader.u8()?;
        for bit in 0..8 {
            if flags & (1 << bit) == 0 {
                if !put(reader.u8()?, &mut dictionary, &mut at) {
                    break 'all;
                }
                continue;
            }
            let reference = usize::from(u16::from_be_bytes([reader.u8()?, reader.u8()?]));
            let (from, length) = (reference >> 4, (reference & 0xf) + 2);
            // A reference to the place that is written next marks the end.
            if from == at {
                break 'all;
            }
            for step in 0..length {
                let byte = dictionary[(from + step) % DICTIONARY];
                if !put(byte, &mut dictionary, &mut at) {
                    break 'all;
                }
            }
        }
    }
    out.truncate(size);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_unpacked_and_broken_text_is_not() {
        assert_eq!(START.len(), 207);
        // The beginning from the dictionary, eleven letters by themselves, the mark of the end.
        let packed = |size: u32| {
            let mut bytes = Vec::new();
            for number in [0, size, COMPRESSED, 0] {
                bytes.extend_from_slice(&number.to_le_bytes());
            }
            bytes.extend_from_slice(&[0b0000_0001, 0x00, 0x04]);
            bytes.extend_from_slice(b" Hello}");
            let end = u16::try_from((START.len() + 6 + 7) << 4).unwrap_or(0).to_be_bytes();
            bytes.extend_from_slice(&[1, end[0], end[1]]);
            bytes
        };
        assert_eq!(unpacked(&packed(13)).as_deref(), Some(&b"{\\rtf1 Hello}"[..]));
        assert_eq!(unpacked(&packed(u32::MAX)), None);
        assert_eq!(unpacked(&packed(13)[..20]), None);
        assert_eq!(unpacked(b"LZFu"), None);
    }
}
