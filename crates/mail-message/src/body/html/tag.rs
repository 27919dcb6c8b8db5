//! One tag, and what its attributes say.

/// A tag as it stands between `<` and `>`.
pub(super) struct Tag<'h> {
    /// Lower case; one of the names this module knows, else empty.
    pub(super) name: &'static str,
    pub(super) closing: bool,
    pub(super) self_closing: bool,
    inside: &'h str,
}

/// Every element that means something to a text.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "a", "address", "article", "base", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "img", "li", "noscript", "object", "ol", "p", "pre",
    "script", "section", "span", "style", "svg", "table", "td", "template", "th", "title", "tr", "ul", "xml",
];

impl<'h> Tag<'h> {
    /// Reads what stands between `<` and `>`.
    pub(super) fn read(inside: &'h str) -> Self {
        let closing = inside.starts_with('/');
        let bare = inside.trim_start_matches('/');
        let end = bare.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(bare.len());
        let written = &bare[..end];
        let known = |name: &&&str| name.eq_ignore_ascii_case(written);
        let name = if bare[end..].starts_with(':') { "" } else { KNOWN.iter().find(known).copied().unwrap_or("") };
        Self { name, closing, self_closing: inside.ends_with('/'), inside: &bare[end..] }
    }

    /// The value of an attribute, as written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        let bytes = self.inside.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
                at += 1;
            }
            let start = at;
            while at < bytes.len() && !bytes[at].is_ascii_whitespace() && bytes[at] != b'=' {
                at += 1;
            }
            let found = self.inside[start..at].eq_ignore_ascii_case(name);
            while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            if bytes.get(at) != Some(&b'=') {
                if start == at {
                    at += 1;
                }
                continue;
            }
            at += 1;
            while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            let (from, to, next) = if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                let from = at + 1;
                let to = memchr::memchr(*quote, &bytes[from..]).map_or(bytes.len(), |to| from + to);
                (from, to, to + 1)
            } else {
                let end = bytes[at..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |end| at + end);
                (at, end, end)
            };
            if found {
                return self.inside.get(from..to);
            }
            at = next;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let tag = Tag::read("A href='x y' CLASS = z id=\"q\" checked data-a=1");
        assert_eq!((tag.name, tag.closing), ("a", false));
        assert_eq!(tag.attribute("href"), Some("x y"));
        assert_eq!(tag.attribute("class"), Some("z"));
        assert_eq!(tag.attribute("id"), Some("q"));
        assert_eq!(tag.attribute("data-a"), Some("1"));
        assert_eq!(tag.attribute("style"), None);
        assert_eq!(Tag::read("o:p").name, "");
        assert!(Tag::read("/div").closing && Tag::read("br/").self_closing);
    }
}
