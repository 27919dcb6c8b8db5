//! Files within the text, as mail had them before MIME: `begin 644 name`, lines of 45 bytes, `end`. Some programs and
//! copiers still send them.

use crate::body::{self, Attachment, Body};

/// Most files that are taken out of one text.
const MOST: usize = 100;

/// Takes every uuencoded file out of the text and adds it to the attachments. A block that is not whole stays text.
pub(crate) fn lift(body: &mut Body) {
    if body.html.is_some() || memchr::memmem::find(body.text.as_bytes(), b"begin ").is_none() {
        return;
    }
    let lines: Vec<&str> = body.text.split('\n').collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some(name) = begin(line).filter(|_| files.len() < MOST)
            && let Some((bytes, length)) = block(&lines[at + 1..])
        {
            files.push((name.to_owned(), bytes));
            at += 1 + length;
            continue;
        }
        kept.push(line);
        at += 1;
    }
    if files.is_empty() {
        return;
    }
    body.text = body::tidy(&kept.join("\n"));
    for (name, bytes) in files {
        let name = body::name::cleaned(&name);
        let content_type = body::name::type_of(&name).unwrap_or("application/octet-stream").to_owned();
        let name = if name.is_empty() { body::name::made_up(&content_type, body.attachments.len() + 1) } else { name };
        body.attachments.push(Attachment { name, content_type, content_id: None, inline: false, bytes });
    }
}

/// The content of a part whose transfer encoding is uuencode; the flag says whether it was damaged.
pub(crate) fn decoded(bytes: &[u8]) -> (Vec<u8>, bool) {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.iter().position(|line| begin(line).is_some());
    if let Some((bytes, _)) = block(&lines[start.map_or(0, |at| at + 1)..]) {
        return (bytes, start.is_none());
    }
    let mut out = Vec::new();
    for line in lines.iter().skip(start.map_or(0, |at| at + 1)).take_while(|line| **line != "end") {
        out.extend(bytes_of(line).unwrap_or_default());
    }
    if out.is_empty() { (bytes.to_vec(), true) } else { (out, true) }
}

/// The name in `begin 644 name`.
fn begin(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("begin ")?;
    let (mode, name) = rest.split_once(' ')?;
    let is_mode = (3..=4).contains(&mode.len()) && mode.bytes().all(|b| matches!(b, b'0'..=b'7'));
    (is_mode && !name.trim().is_empty()).then(|| name.trim())
}

/// The bytes of a block and how many lines it has; `None` when it does not end as one.
fn block(lines: &[&str]) -> Option<(Vec<u8>, usize)> {
    let mut out = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if line.trim_end() == "end" {
            return Some((out, number + 1));
        }
        out.extend(bytes_of(line)?);
    }
    None
}

fn bytes_of(line: &str) -> Option<Vec<u8>> {
    let line = line.trim_end_matches('\r').as_bytes();
    let Some((&first, coded)) = line.split_first() else {
        // An empty line, where a relay took the blanks away.
        return Some(Vec::new());
    };
    let value = |byte: u8| (b' '..=b'`').contains(&byte).then(|| (byte - b' ') & 0x3f);
    let length = usize::from(value(first)?);
    let needed = length.div_ceil(3) * 4;
    // One more character may be a sum; fewer, when they were blanks and were taken away.
    if coded.len() > needed + 2 {
        return None;
    }
    let mut out = Vec::with_capacity(length + 2);
    for group in 0..length.div_ceil(3) {
        let mut bits = 0u32;
        for place in 0..4 {
            let byte = coded.get(group * 4 + place).copied().unwrap_or(b' ');
            bits = bits << 6 | u32::from(value(byte)?);
        }
        out.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    out.truncate(length);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_blocks_become_files_and_others_stay_text() {
        let of = |text: &str| {
            let mut body = Body { text: text.to_owned(), ..Body::default() };
            lift(&mut body);
            (body.text, body.attachments.into_iter().map(|a| (a.name, a.bytes)).collect::<Vec<_>>())
        };
        let (text, files) = of("Here it is:\n\nbegin 644 ../cat.txt\n#0V%T\n`\nend\n\nAnn");
        assert_eq!(text, "Here it is:\n\n\nAnn");
        assert_eq!(files, [("cat.txt".to_owned(), b"Cat".to_vec())]);
        for prose in ["begin 644 times\nand then end", "begin 644 x\n#0V%T\n", "begin at the end\nend"] {
            assert_eq!(of(prose), (prose.to_owned(), vec![]));
        }
        assert_eq!(decoded(b"begin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n"), (b"Cat".to_vec(), false));
    }
}
