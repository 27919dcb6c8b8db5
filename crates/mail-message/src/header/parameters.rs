//! The parameters of Content-Type and Content-Disposition, as senders really write them: RFC 2231 pieces in any order,
//! encoded words where they must not be, raw bytes, blanks without quotes.

use crate::{charset, transfer};

use super::decode_words;

/// Most parameters that are read of one header.
const MOST: usize = 100;

/// The parameters of one header, decoded, names in lower case.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// The first parameter `name`.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// One `name=value`, or one piece of it.
struct Piece {
    name: String,
    /// Its place among the pieces of a long value; `None` for a value in one piece.
    place: Option<u32>,
    /// Written with `%` codes.
    coded: bool,
    value: Vec<u8>,
}

/// Reads a raw header value: `attachment; filename="a.pdf"`.
pub(crate) fn parameters(raw: &[u8]) -> Parameters {
    let mut pieces: Vec<Piece> = segments(raw).iter().skip(1).take(MOST).filter_map(piece).collect();
    pieces.sort_by_key(|piece| piece.place);
    let mut found: Vec<(String, String)> = Vec::new();
    // Coded values first: a sender writes them beside a plain one for programs that cannot read them.
    for star in [true, false] {
        while let Some(first) = pieces.iter().position(|piece| (piece.coded || piece.place.is_some()) == star) {
            let name = pieces[first].name.clone();
            let (mine, others): (Vec<Piece>, Vec<Piece>) = pieces
                .into_iter()
                .partition(|piece| piece.name == name && (piece.coded || piece.place.is_some()) == star);
            pieces = others;
            if !found.iter().any(|(known, _)| *known == name) {
                found.push((name, joined(mine, star)));
            }
        }
    }
    Parameters(found)
}

/// What stands between two `;`, without quotes and folds.
#[derive(Default)]
struct Segment {
    text: Vec<u8>,
    /// Its value was in quotes: blanks at its ends belong to it.
    quoted: bool,
}

/// Cuts at every `;` outside quotes.
fn segments(raw: &[u8]) -> Vec<Segment> {
    let mut segments = vec![Segment::default()];
    let (mut quoted, mut ended, mut at) = (false, false, 0);
    while let Some(&byte) = raw.get(at) {
        at += 1;
        let Some(segment) = segments.last_mut() else { break };
        match byte {
            // "C:\temp" is a path: only a quote and a backslash are escaped.
            b'\\' if quoted && matches!(raw.get(at), Some(b'"' | b'\\')) => {
                segment.text.push(raw[at]);
                at += 1;
            }
            b'"' => {
                ended = quoted;
                quoted = !quoted;
                if quoted && !segment.quoted {
                    segment.text.truncate(segment.text.trim_ascii_end().len());
                    segment.quoted = segment.text.ends_with(b"=");
                }
            }
            b';' if !quoted => {
                segments.push(Segment::default());
                ended = false;
            }
            b'\r' | b'\n' => {}
            b'\t' => segment.text.push(b' '),
            // What follows a closing quote is a comment, or nothing.
            _ if ended && !quoted => {}
            _ => segment.text.push(byte),
        }
    }
    segments
}

fn piece(Segment { text, quoted }: &Segment) -> Option<Piece> {
    let equals = memchr::memchr(b'=', text)?;
    let name = String::from_utf8_lossy(text[..equals].trim_ascii()).to_ascii_lowercase();
    let value = &text[equals + 1..];
    let value = if *quoted { value } else { value.trim_ascii() }.to_vec();
    let mut stars = name.split('*');
    let base = stars.next().unwrap_or("").trim().to_owned();
    let (mut place, mut coded) = (None, false);
    for star in stars {
        match star.trim().parse() {
            Ok(number) => place = Some(number),
            Err(_) => coded = true,
        }
    }
    (!base.is_empty()).then_some(Piece { name: base, place, coded, value })
}

fn joined(pieces: Vec<Piece>, star: bool) -> String {
    if !star {
        let value = pieces.into_iter().next().map(|piece| piece.value).unwrap_or_default();
        // Some programs write the coded form under the plain name.
        let coded = ["utf-8''", "iso-8859-1''"]
            .iter()
            .any(|start| value.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes())));
        return if coded { uncoded(&[(true, value)]) } else { words(&value) };
    }
    let values: Vec<(bool, Vec<u8>)> = pieces.into_iter().map(|piece| (piece.coded, piece.value)).collect();
    if values.iter().any(|(coded, _)| *coded) {
        return uncoded(&values);
    }
    words(&values.into_iter().flat_map(|(_, value)| value).collect::<Vec<u8>>())
}

/// RFC 2231: `charset'language'text` with `%` codes, in one charset over all pieces.
fn uncoded(values: &[(bool, Vec<u8>)]) -> String {
    let mut label = None;
    let mut bytes = Vec::new();
    for (number, (coded, value)) in values.iter().enumerate() {
        let mut value = value.as_slice();
        if number == 0 && *coded {
            let mut marks = memchr::memchr_iter(b'\'', value).take(2);
            if let (Some(first), Some(second)) = (marks.next(), marks.next()) {
                label = Some(String::from_utf8_lossy(&value[..first]).into_owned());
                value = &value[second + 1..];
            }
        }
        if *coded {
            bytes.extend(transfer::percent(value));
        } else {
            bytes.extend_from_slice(value);
        }
    }
    let text = charset::decode(&bytes, label.as_deref(), &mut Vec::new());
    // An encoded word inside of a coded value: two layers, both are taken off.
    if text.starts_with("=?") { decode_words(&text) } else { text }
}

fn words(value: &[u8]) -> String {
    decode_words(&charset::guess(value))
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn names_of_files_as_senders_write_them() {
        // PEERS 60
        let cases: [(&[u8], &str); 17] = [
            (b"attachment; filename=\"a;b.pdf\"", "a;b.pdf"),
            (b"attachment; filename=Annual Report.pdf; size=3", "Annual Report.pdf"),
            (b"attachment;\r\n\tfilename*0=\"a\";\r\n\tfilename*1=\"b.pdf\"", "ab.pdf"),
            (b"attachment; filename*1*=%9Fe.pdf; filename*0*=utf-8''Gr%C3%BC%C3", "Grüße.pdf"),
            (b"attachment; filename*0*=iso-8859-1'de'Gr%FC; filename*1=\"%.pdf\"", "Grü%.pdf"),
            (b"attachment; filename=\"plain.pdf\"; filename*=UTF-8''sch%C3%B6n.pdf", "schön.pdf"),
            (b"attachment; filename=\"=?utf-8?Q?sch=C3=B6n.pdf?=\"", "schön.pdf"),
            (b"attachment; filename==?utf-8?Q?sch=C3=B6n.pdf?=", "schön.pdf"),
            (b"attachment; filename*0=\"=?utf-8?Q?sch=C3\"; filename*1=\"=B6n.pdf?=\"", "schön.pdf"),
            ("attachment; filename=\"schön.pdf\"".as_bytes(), "schön.pdf"),
            (b"attachment; filename=\"sch\xf6n.pdf\"", "schön.pdf"),
            (b"attachment; filename=\"C:\\temp\\a.pdf\"", "C:\\temp\\a.pdf"),
            (b"attachment; filename=\"say \\\"hi\\\".txt\"", "say \"hi\".txt"),
            (b"attachment; filename=\"UTF-8''sch%C3%B6n.pdf\"", "schön.pdf"),
            (b"attachment; FileName = \"a.pdf\" (a comment)", "a.pdf"),
            (b"attachment; filename=\"never closed.pdf", "never closed.pdf"),
            (b"attachment; filename=100%25.pdf", "100%25.pdf"),
        ];
        for (raw, name) in cases {
            assert_eq!(parameters(raw).get("filename"), Some(name), "{}", String::from_utf8_lossy(raw));
        }
        assert_eq!(parameters(b"attachment; filename").get("filename"), None);
        assert_eq!(parameters(b"").get("filename"), None);
    }
}
