//! The page while it becomes text: what each tag does.

mod write;

use super::structure::{Part, is_hidden, is_indent, part};
use super::tag::Tag;
use super::{END, MARKS, decoded};

/// Elements whose content is not text.
#[rustfmt::skip]
const SKIPPED: &[&str] = &[
    "script", "style", "head", "title", "template", "noscript", "object", "svg", "xml",
];
/// Elements that begin and end a line.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "section",
    "article", "header", "footer", "address", "center", "dl", "dt", "dd", "form", "fieldset", "hr", "body",
];
/// Blocks with an empty line around them.
const SPACED: &[&str] = &["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"];
/// Deepest quote that is marked, and deepest list that is indented; more would say nothing more.
const DEEPEST: usize = 20;
const DEEPEST_LIST: usize = 6;
/// Longest text that a link is compared with; nobody writes an address that long.
const LONGEST_LINK: usize = 4096;
/// Longest address that links are relative to.
const LONGEST_BASE: usize = 256;

#[derive(Default)]
pub(super) struct Page {
    out: String,
    quotes: usize,
    /// For each open blockquote whether it only indents: then its end tag ends no quote.
    indents: Vec<bool>,
    preformatted: usize,
    /// Line breaks owed before the next text: 1 for a new line, 2 for an empty line between.
    breaks: usize,
    blank: bool,
    /// The line so far holds a blank that stands for an empty line: `<p>&nbsp;</p>`.
    spacer: bool,
    /// The paragraph that is open has no room around it.
    tight: bool,
    pub(super) no_more_tags: bool,
    no_more_comments: bool,
    /// Elements that were opened once and are known never to be closed: they hide nothing.
    never_closed: Vec<&'static str>,
    /// For each open list the number of its next item, or none for bullets.
    lists: Vec<Option<usize>>,
    /// What stands before the next text: a bullet.
    bullet: Option<String>,
    /// A block that opens here breaks no line: directly behind a bullet or at the start of a cell.
    hold: bool,
    /// The next text stands in another cell than the last.
    cell: bool,
    base: Option<String>,
    /// The address of the open link, and where its text begins.
    link: Option<(String, usize)>,
    /// Marks that go before the next text.
    marks: Vec<char>,
    /// The open parts: element, how many of its kind are open inside it. At most one quote and one signature.
    parts: Vec<(&'static str, usize, Part)>,
    quoted_from_here: bool,
}

impl Page {
    pub(super) fn finished(mut self) -> String {
        self.end_link();
        for _ in 0..self.parts.len() {
            self.end_part();
        }
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    /// Handles the tag in `html[at..end]` and says where to go on.
    pub(super) fn tag(&mut self, html: &str, at: usize, end: usize) -> usize {
        let inside = &html[at + 1..end];
        let tag = Tag::read(inside.strip_suffix('>').unwrap_or(inside));
        if tag.name.is_empty() {
            return end;
        }
        if !tag.closing && !tag.self_closing {
            if SKIPPED.contains(&tag.name) {
                let after = self.skip(html, end, tag.name, false);
                if tag.name == "head" && after > end {
                    self.base_in(&html[end..after]);
                }
                return after;
            }
            if matches!(tag.name, "div" | "span" | "p" | "table" | "td" | "tr") && is_hidden(&tag) {
                return self.skip(html, end, tag.name, true);
            }
        }
        if !tag.closing {
            self.begin_part(&tag);
        }
        self.act(&tag);
        if tag.closing {
            self.count_out(tag.name);
        }
        end
    }

    /// What relative links of the page are relative to.
    fn base_in(&mut self, head: &str) {
        let at = ["<base ", "<BASE "].iter().find_map(|base| memchr::memmem::find(head.as_bytes(), base.as_bytes()));
        if let Some(tag) = at.and_then(|at| head[at + 1..].split('>').next()) {
            self.base = base(&Tag::read(tag));
        }
    }

    fn act(&mut self, tag: &Tag<'_>) {
        match (tag.name, tag.closing) {
            ("br", _) => self.line_break(),
            ("a", false) => {
                self.end_link();
                if let Some(href) = tag.attribute("href").filter(|href| href.len() < LONGEST_LINK) {
                    self.link = Some((decoded(href), self.out.len()));
                }
            }
            ("a", true) => self.end_link(),
            ("base", false) if self.base.is_none() => self.base = base(tag),
            // Pictures that stand for characters: emoji of web mailers.
            ("img", false) => {
                let alt = tag.attribute("alt").map(decoded).filter(|alt| alt.len() <= 32);
                if let Some(alt) =
                    alt.filter(|alt| !alt.is_empty() && alt.chars().all(|c| !c.is_alphanumeric() && !c.is_ascii()))
                {
                    self.text(&alt);
                }
            }
            ("blockquote", false) => {
                self.break_line(1);
                let indent = is_indent(tag);
                self.indents.push(indent);
                self.quotes += usize::from(!indent);
            }
            ("blockquote", true) => {
                self.break_line(1);
                if let Some(false) = self.indents.pop() {
                    self.quotes = self.quotes.saturating_sub(1);
                }
            }
            ("td" | "th", false) => {
                if self.cell {
                    // Blocks inside the last cell end no row.
                    self.breaks = 0;
                }
                self.hold = true;
            }
            ("td" | "th", true) => {
                self.cell = true;
                self.hold = false;
            }
            ("tr", _) => {
                self.cell = false;
                self.hold = false;
                self.new_line(1);
            }
            ("hr", _) => {
                self.new_line(1);
                self.text("----------");
                self.new_line(1);
            }
            ("pre", closing) => {
                self.new_line(1);
                self.preformatted = if closing { self.preformatted.saturating_sub(1) } else { self.preformatted + 1 };
            }
            ("li", true) => {
                self.end_item();
                self.new_line(1);
            }
            ("ul" | "ol", closing) => {
                self.end_item();
                self.new_line(if self.lists.len() > usize::from(closing) { 1 } else { 2 });
                if closing {
                    self.lists.pop();
                } else if self.lists.len() < 1000 {
                    self.lists.push((tag.name == "ol").then_some(1));
                }
            }
            ("li", false) => self.item(),
            ("p", closing) => {
                if !closing {
                    self.tight = is_tight(tag);
                }
                self.new_line(if self.tight { 1 } else { 2 });
            }
            (name, _) if SPACED.contains(&name) => self.new_line(2),
            (name, _) if BLOCKS.contains(&name) => self.new_line(1),
            _ => {}
        }
    }

    /// An item without any text leaves no bullet.
    fn end_item(&mut self) {
        if self.bullet.take().is_some() {
            self.hold = false;
        }
    }

    fn item(&mut self) {
        self.end_item();
        self.new_line(1);
        let bullet = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "* ".to_owned(),
        };
        let depth = self.lists.len().saturating_sub(1).min(DEEPEST_LIST);
        self.bullet = Some(format!("{}{bullet}", "  ".repeat(depth)));
        self.hold = true;
    }

    /// Notes that a part begins with this element, when the structure says so.
    fn begin_part(&mut self, tag: &Tag<'_>) {
        for (name, inside, _) in &mut self.parts {
            *inside += usize::from(*name == tag.name && !tag.self_closing);
        }
        let Some(found) = part(tag) else { return };
        // What is inside a quote is quoted.
        let in_quote = self.quoted_from_here || self.parts.iter().any(|(_, _, part)| *part != Part::Signature);
        if in_quote || found == Part::Signature && !self.parts.is_empty() {
            return;
        }
        let mark = MARKS.iter().find(|(_, part)| *part == found).map(|(mark, _)| *mark);
        self.new_line(1);
        self.marks.extend(mark);
        if found == Part::QuoteFromHere {
            self.quoted_from_here = true;
        } else {
            self.parts.push((tag.name, 1, found));
        }
    }

    fn count_out(&mut self, name: &'static str) {
        for (open, inside, _) in &mut self.parts {
            *inside = inside.saturating_sub(usize::from(*open == name));
        }
        while self.parts.last().is_some_and(|(_, inside, _)| *inside == 0) {
            self.new_line(1);
            self.end_part();
        }
    }

    fn end_part(&mut self) {
        self.parts.pop();
        // A part without any text leaves nothing.
        if self.marks.pop().is_none() {
            self.out.push(END);
        }
    }

    /// Passes over a comment. One that never ends hides nothing but its own mark.
    pub(super) fn comment(&mut self, html: &str, from: usize) -> usize {
        let end = if self.no_more_comments { None } else { memchr::memmem::find(&html.as_bytes()[from..], b"-->") };
        self.no_more_comments = end.is_none();
        // `<!-->` and `<!--->` are whole comments.
        let whole =
            ["->", ">"].into_iter().find(|short| html[from..].starts_with(short)).map(|short| from + short.len());
        whole.or(end.map(|end| from + end + 3)).unwrap_or(from)
    }

    /// Passes over an element that holds no text, up to its closing tag; `nested` counts elements of the same name
    /// inside it. One that never closes hides nothing.
    fn skip(&mut self, html: &str, from: usize, name: &'static str, nested: bool) -> usize {
        if self.never_closed.contains(&name) {
            return from;
        }
        let bytes = html.as_bytes();
        let is_name = |at: usize| {
            let end = at + name.len();
            bytes.len() >= end
                && bytes[at..end].eq_ignore_ascii_case(name.as_bytes())
                && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric)
        };
        let (mut at, mut depth) = (from, 1);
        while let Some(open) = memchr::memchr(b'<', &bytes[at..]) {
            at += open + 1;
            if bytes.get(at) == Some(&b'/') && is_name(at + 1) {
                depth -= 1;
                if depth == 0 {
                    return memchr::memchr(b'>', &bytes[at..]).map_or(html.len(), |end| at + end + 1);
                }
            } else if nested && is_name(at) {
                depth += 1;
            }
        }
        self.never_closed.push(name);
        from
    }
}

/// The address that a page's links are relative to. A long one would be written out again with each of them.
fn base(tag: &Tag<'_>) -> Option<String> {
    let href = tag.attribute("href").filter(|href| href.len() <= LONGEST_BASE)?;
    Some(decoded(href).chars().filter(|c| !c.is_control()).collect())
}

/// Outlook writes every line as a paragraph without room around it.
fn is_tight(tag: &Tag<'_>) -> bool {
    if tag
        .attribute("class")
        .is_some_and(|class| class.split_whitespace().any(|c| c.trim_start_matches("x_").starts_with("Mso")))
    {
        return true;
    }
    let Some(style) = tag.attribute("style").filter(|style| style.len() < 1000) else { return false };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let zero = |name: &str| {
        let value = style.split(';').find_map(|rule| rule.strip_prefix(name));
        value.is_some_and(|value| value.starts_with('0') && !value.starts_with("0.5"))
    };
    zero("margin:") || zero("margin-top:") && zero("margin-bottom:")
}
