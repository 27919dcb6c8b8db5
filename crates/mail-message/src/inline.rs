//! Which attachments are pictures in the text, and which are files.

use std::collections::HashSet;

use crate::body::Body;

/// Marks what the HTML shows with a `cid:` link as inline, whatever its sender says of it: many call such pictures
/// attachments. What has a Content-ID that no link names is a file: shown nowhere, it must be listed. Without a Content-ID
/// the sender's word counts for pictures, and in a mail without HTML for everything.
pub(crate) fn mark(body: &mut Body) {
    let Some(html) = body.html.as_deref() else { return };
    let shown = shown(html);
    for file in &mut body.attachments {
        file.inline = match file.content_id.as_deref().map(folded) {
            Some(id) => shown.contains(&id),
            None => file.inline && file.content_type.starts_with("image/"),
        };
    }
}

/// The ids of all `cid:` links: quoted or not, over several lines, with `%` codes.
fn shown(html: &str) -> HashSet<String> {
    let bytes = html.as_bytes();
    let mut found = HashSet::new();
    let mut from = 0;
    while let Some(colon) = memchr::memchr(b':', &bytes[from..]) {
        let at = from + colon;
        from = at + 1;
        if !at.checked_sub(3).is_some_and(|start| bytes[start..at].eq_ignore_ascii_case(b"cid")) {
            continue;
        }
        let rest = &bytes[from..bytes.len().min(from + 500)];
        let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'>' | b'<' | b')')).unwrap_or(rest.len());
        // Without quotes the id ends at a blank; within quotes a line break may be in it.
        let before = bytes[..at - 3].trim_ascii_end().last();
        let quoted = matches!(before, Some(b'"' | b'\''));
        let link = &rest[..end];
        let link = if quoted { link } else { link.split(u8::is_ascii_whitespace).next().unwrap_or(link) };
        from += link.len();
        let decoded = crate::transfer::percent(link);
        found.insert(folded(&String::from_utf8_lossy(&decoded).replace("&amp;", "&")));
    }
    found
}

fn folded(id: &str) -> String {
    id.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn links_to_parts_are_found_however_they_are_written() {
        let html =
            "<img src=\"cid:a@b\"><IMG SRC=CID:c@d width=1><img src='cid:e%20f@g'>url(cid:h)<img src=\"cid:i\n@j\">cid";
        let mut found: Vec<String> = shown(html).into_iter().collect();
        found.sort();
        assert_eq!(found, ["a@b", "c@d", "ef@g", "h", "i@j"]);
    }
}
