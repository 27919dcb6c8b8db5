//! HTML as plain text: one pass, no tree, so that no nesting and no size can hurt. Quotes become `>` lines, which is
//! what the reply rules read.

use mail_parser::decoders::html::add_html_token;

/// Elements whose content is not text.
#[rustfmt::skip]
const SKIPPED: &[&str] = &[
    "script", "style", "head", "title", "template", "noscript", "object", "svg",
];
/// Elements that begin and end a line.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "section",
    "article", "header", "footer", "address", "center", "dl", "dt", "dd", "form", "fieldset", "hr", "body",
];
/// Blocks with an empty line around them.
const SPACED: &[&str] = &["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"];
/// Deepest quote that is marked; more marks would say nothing more.
const DEEPEST: usize = 20;

/// The text of an HTML document or fragment. Block elements break lines, `<li>` gives `* `, `<blockquote>` gives
/// `> `, `<hr>` a line of dashes; scripts, styles and comments give nothing. Linear in the length of `html`.
pub fn html_to_text(html: &str) -> String {
    let mut page = Page::default();
    let bytes = html.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'<' if html[at..].starts_with("<!--") => at = after(html, at + 4, "-->"),
            b'<' if bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) => {
                // Without any `>` to come, this is no tag, and neither is anything after it.
                let end = if page.no_more_tags { None } else { tag_end(bytes, at) };
                page.no_more_tags = end.is_none();
                at = match end {
                    Some(end) => page.tag(html, at, end),
                    None => page.literal("<", at),
                };
            }
            b'&' => at = page.entity(html, at),
            _ => {
                let end = memchr::memchr2(b'<', b'&', &bytes[at + 1..]).map_or(bytes.len(), |next| at + 1 + next);
                page.text(&html[at..end]);
                at = end;
            }
        }
    }
    page.out.trim_end().to_owned()
}

/// Where the tag that starts at `at` ends, one past its `>`; quotes hide a `>`, within reason.
fn tag_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut quote = None;
    for (offset, &byte) in bytes[at..].iter().enumerate().take(20_000) {
        match (quote, byte) {
            (None, b'>') => return Some(at + offset + 1),
            (None, b'"' | b'\'') if offset > 0 && bytes[at + offset - 1] == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A tag that never ends within its quotes: the next `>` is the best guess.
    memchr::memchr(b'>', &bytes[at..]).map(|end| at + end + 1)
}

fn after(html: &str, from: usize, mark: &str) -> usize {
    memchr::memmem::find(&html.as_bytes()[from..], mark.as_bytes()).map_or(html.len(), |end| from + end + mark.len())
}

#[derive(Default)]
struct Page {
    out: String,
    quotes: usize,
    preformatted: usize,
    /// Line breaks owed before the next text: 1 for a new line, 2 for an empty line between.
    breaks: usize,
    blank: bool,
    no_more_tags: bool,
    /// Elements that were opened once and are known never to be closed: they hide nothing.
    never_closed: Vec<String>,
}

impl Page {
    /// Handles the tag in `html[at..end]` and says where to go on.
    fn tag(&mut self, html: &str, at: usize, end: usize) -> usize {
        let inside = html[at + 1..end].trim_end_matches('>');
        let closing = inside.starts_with('/');
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .collect::<String>()
            .to_ascii_lowercase();
        let name = name.as_str();
        if !closing && SKIPPED.contains(&name) && !inside.ends_with('/') {
            return self.skip(html, end, name);
        }
        match name {
            "br" => self.line_break(),
            "blockquote" => {
                self.new_line(1);
                self.quotes = if closing { self.quotes.saturating_sub(1) } else { self.quotes + 1 };
            }
            "td" | "th" if closing => self.blank = true,
            "hr" => {
                self.new_line(1);
                self.text("----------");
                self.new_line(1);
            }
            "pre" => {
                self.new_line(1);
                self.preformatted = if closing { self.preformatted.saturating_sub(1) } else { self.preformatted + 1 };
            }
            "li" if !closing => {
                self.new_line(1);
                self.text("* ");
            }
            _ if SPACED.contains(&name) => self.new_line(2),
            _ if BLOCKS.contains(&name) => self.new_line(1),
            _ => {}
        }
        end
    }

    fn literal(&mut self, text: &str, at: usize) -> usize {
        self.text(text);
        at + text.len()
    }

    /// Passes over an element that holds no text, up to its closing tag. One that never closes hides nothing.
    fn skip(&mut self, html: &str, from: usize, name: &str) -> usize {
        if self.never_closed.iter().any(|known| known == name) {
            return from;
        }
        let bytes = html.as_bytes();
        let mut at = from;
        while let Some(open) = memchr::memmem::find(&bytes[at..], b"</") {
            at += open + 2;
            if bytes[at..].len() >= name.len() && bytes[at..at + name.len()].eq_ignore_ascii_case(name.as_bytes()) {
                return memchr::memchr(b'>', &bytes[at..]).map_or(html.len(), |end| at + end + 1);
            }
        }
        self.never_closed.push(name.to_owned());
        from
    }

    fn new_line(&mut self, breaks: usize) {
        if !self.out.is_empty() {
            self.breaks = self.breaks.max(breaks);
        }
        self.blank = false;
    }

    fn line_break(&mut self) {
        if self.breaks > 0 || self.out.is_empty() {
            self.breaks = (self.breaks + 1).min(3);
        } else {
            self.breaks = 1;
        }
        self.blank = false;
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.flush();
                    self.breaks = 1;
                    self.flush();
                }
                if !line.is_empty() {
                    self.flush();
                    self.out.push_str(line.trim_end_matches('\r'));
                }
            }
            return;
        }
        for (number, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            self.blank |= number > 0;
            if word.is_empty() {
                continue;
            }
            let fresh = self.out.is_empty() || self.breaks > 0;
            self.flush();
            if self.blank && !fresh && !self.out.ends_with([' ', '\n']) {
                self.out.push(' ');
            }
            self.blank = false;
            self.out.push_str(word);
        }
    }

    /// Writes the line breaks that are owed, and the quote marks of the line that begins.
    fn flush(&mut self) {
        if self.breaks == 0 && !self.out.is_empty() {
            return;
        }
        let marks = "> ".repeat(self.quotes.min(DEEPEST));
        for left in (0..self.breaks).rev() {
            self.out.truncate(self.out.trim_end_matches([' ', '\t']).len());
            self.out.push('\n');
            if left > 0 {
                self.out.push_str(marks.trim_end());
            }
        }
        self.out.push_str(&marks);
        self.breaks = 0;
        self.blank = false;
    }

    /// Handles the character reference at `at`; a lone `&` is text.
    fn entity(&mut self, html: &str, at: usize) -> usize {
        let end = html.as_bytes()[at + 1..].iter().take(12).position(|b| *b == b';');
        let Some(name) = end.map(|end| &html[at + 1..at + 1 + end]).filter(|name| !name.is_empty()) else {
            return self.literal("&", at);
        };
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') {
            return self.literal("&", at);
        }
        let mut decoded = String::new();
        match number(name) {
            Some(c) => decoded.push(c),
            None => add_html_token(&mut decoded, &html.as_bytes()[at..at + 2 + name.len()], false),
        }
        let decoded = decoded.replace('\u{a0}', " ").replace(['\u{200b}', '\u{200c}', '\u{feff}', '\u{ad}'], "");
        self.text(&decoded);
        at + name.len() + 2
    }
}

fn number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')
}

#[cfg(test)]
mod tests {
    use super::html_to_text;

    #[test]
    fn pages_read_as_text() {
        let cases = [
            ("<p>Hello &amp; <b>wel</b>come</p><p>Bye</p>", "Hello & welcome\n\nBye"),
            ("a<br>b<br><br>c", "a\nb\n\nc"),
            ("<style>p{}</style><script>x<y</script>Text<!-- no -->", "Text"),
            (
                "<div>New</div><blockquote>Old<br>lines<blockquote>Older</blockquote></blockquote>After",
                "New\n> Old\n> lines\n> > Older\nAfter",
            ),
            ("<ul><li>one<li>two</ul>", "* one\n* two"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("1 < 2 & 3 &euro;&#8364;&#x20ac; &nosuch; &", "1 < 2 & 3 €€€ &nosuch; &"),
            ("<a title='>' href=x>link</a>", "link"),
            ("<pre>a\n  b</pre>c", "a\n  b\nc"),
            ("<svg>kept", "kept"),
            ("1 <b and no more", "1 <b and no more"),
        ];
        for (html, text) in cases {
            assert_eq!(html_to_text(html), text, "{html}");
        }
    }
}
