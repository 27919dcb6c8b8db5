//! Text that somebody else wrote, with the addresses in it as links. The text stays as it is, to the letter.

use askama::Template;

/// Text with links.
#[derive(Template, Debug, Clone, PartialEq, Eq)]
#[template(
    source = r#"{% for part in parts %}{% match part %}{% when Part::Text(text) %}{{ text }}{% when Part::Link { href, words } %}<a href="{{ href }}" target="_blank" rel="noopener noreferrer nofollow">{{ words }}</a>{% endmatch %}{% endfor %}"#,
    ext = "html"
)]
pub struct Prose {
    parts: Vec<Part>,
}

// It writes what it was given escaped, and nothing else.
impl askama::filters::HtmlSafe for Prose {}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Link { href: String, words: String },
}

/// Text of any kind, with its web and mail addresses as links.
pub fn prose(text: &str) -> Prose {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut plain = String::new();
    while let Some((at, length)) = next_link(rest) {
        plain.push_str(&rest[..at]);
        let words = &rest[at..at + length];
        let href = if is_start(words, "www.") { format!("https://{words}") } else { words.to_owned() };
        if !plain.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut plain)));
        }
        parts.push(Part::Link { href, words: words.to_owned() });
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    Prose { parts }
}

const STARTS: [&str; 4] = ["https://", "http://", "mailto:", "www."];

fn is_start(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// Where the next address begins, and how long it is.
fn next_link(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(found) =
        bytes[from..].iter().position(|byte| matches!(byte, b'h' | b'H' | b'm' | b'M' | b'w' | b'W'))
    {
        let at = from + found;
        from = at + 1;
        let is_within = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'@');
        if is_within || !text.is_char_boundary(at) {
            continue;
        }
        let Some(start) = STARTS.iter().find(|start| is_start(&text[at..], start)) else { continue };
        let length = length_of(&text[at..]);
        if length > start.len() + 2 {
            return Some((at, length));
        }
        from = at + length.max(1);
    }
    None
}

/// An address ends at a blank or a bracket, and not with the dot of the sentence around it.
fn length_of(text: &str) -> usize {
    let end = text.find(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^')
    });
    let mut address = &text[..end.unwrap_or(text.len()).min(2_000)];
    if end.is_none_or(|end| end > 2_000) {
        address = &text[..text.floor_char_boundary(2_000)];
    }
    let (mut opened, mut closed) = (address.matches('(').count(), address.matches(')').count());
    loop {
        let trimmed = address.trim_end_matches([
            '.', ',', ';', ':', '!', '?', '\'', '*', '_', '»', '”', '’', ']', '。', '，', '、', '）',
        ]);
        let less = if trimmed.ends_with(')') && closed > opened { &trimmed[..trimmed.len() - 1] } else { trimmed };
        if less.len() == address.len() {
            return address.len();
        }
        if less.len() < trimmed.len() {
            closed -= 1;
        }
        opened = opened.min(less.len());
        address = less;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let parts = prose(text).parts;
        parts
            .into_iter()
            .filter_map(|part| match part {
                Part::Link { href, .. } => Some(href),
                Part::Text(_) => None,
            })
            .collect()
    }

    #[test]
    fn line_58_addresses_in_text_are_links_and_nothing_else_is() {
        for (text, expected) in [
            ("See https://desk.example/a?b=1&c=2.", &["https://desk.example/a?b=1&c=2"][..]),
            ("(http://x.example/a_(b)), HTTP://Y.example!", &["http://x.example/a_(b)", "HTTP://Y.example"]),
            ("<https://x.example/>", &["https://x.example/"]),
            ("www.lindenhof.example/karte", &["https://www.lindenhof.example/karte"]),
            ("mailto:ana@lindenhof.example", &["mailto:ana@lindenhof.example"]),
            ("javascript:alert(1) data:text/html,x file:///etc/passwd ftp://x", &[]),
            ("https:// http:// www. mailto: xhttp://no.example", &[]),
            ("東京https://x.example/東京。", &["https://x.example/東京"]),
        ] {
            assert_eq!(links(text), expected, "{text}");
        }
    }

    #[test]
    fn line_58_text_is_never_taken_for_tags() {
        let text = "if a < b && c > d: <b>not bold</b> <script>alert(1)</script>\n  two blanks";
        let shown = prose(text).to_string();
        assert!(!shown.contains("<b>") && !shown.contains("<script"), "{shown}");
        assert!(shown.contains("&#60;b&#62;not bold") && shown.contains("\n  two blanks"), "{shown}");
    }

    #[test]
    fn many_addresses_and_long_ones_take_no_time() {
        let text = "http://x.example/a ".repeat(10_000) + &"h".repeat(100_000) + &"https://".repeat(20_000);
        let started = std::time::Instant::now();
        assert!(links(&text).len() >= 10_000);
        assert!(started.elapsed().as_secs() < 2);
    }
}
