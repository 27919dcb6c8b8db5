//! Plain text as simple HTML: paragraphs, line breaks, quotes and links, nothing else.

/// Quotes within quotes are shown to this depth; deeper marks stay text.
const DEEPEST: usize = 5;

/// The text of a letter as an HTML document.
pub(super) fn of_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    html.push_str("<!doctype html><html><head><meta charset=\"utf-8\"></head><body>");
    let text = text.replace("\r\n", "\n");
    push_lines(&mut html, &text.split('\n').collect::<Vec<_>>(), 0);
    html.push_str("</body></html>");
    html
}

fn push_lines(html: &mut String, lines: &[&str], depth: usize) {
    let is_quoted = |line: &&str| depth < DEEPEST && line.starts_with('>');
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let quoted = is_quoted(first);
        let together = rest.iter().take_while(|line| is_quoted(line) == quoted).count();
        let (these, others) = rest.split_at(together);
        rest = others;
        if quoted {
            let inner: Vec<&str> = these.iter().map(|line| line[1..].strip_prefix(' ').unwrap_or(&line[1..])).collect();
            html.push_str("<blockquote type=\"cite\">");
            push_lines(html, &inner, depth + 1);
            html.push_str("</blockquote>\n");
        } else {
            for paragraph in these.split(|line| line.trim().is_empty()).filter(|paragraph| !paragraph.is_empty()) {
                push_paragraph(html, paragraph);
            }
        }
    }
}

fn push_paragraph(html: &mut String, lines: &[&str]) {
    html.push_str("<p>");
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            html.push_str("<br>\n");
        }
        push_line(html, line);
    }
    html.push_str("</p>\n");
}

/// One line with its web addresses as links.
fn push_line(html: &mut String, line: &str) {
    let mut rest = line;
    while let Some(start) = next_link(rest) {
        push_escaped(html, &rest[..start]);
        let link = &rest[start..];
        let end = link.find(|c: char| c.is_whitespace() || "<>\"".contains(c)).unwrap_or(link.len());
        let address = link[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        html.push_str("<a href=\"");
        push_escaped(html, address);
        html.push_str("\">");
        push_escaped(html, address);
        html.push_str("</a>");
        rest = &link[address.len()..];
    }
    push_escaped(html, rest);
}

fn next_link(text: &str) -> Option<usize> {
    [text.find("https://"), text.find("http://")].into_iter().flatten().min()
}

fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of_text;

    #[test]
    fn text_becomes_paragraphs_and_links_and_nothing_else() {
        let html = of_text("Dear <Ana>,\nsee https://desk.example/r/1?a=1&b=2.\n\nBye");
        assert!(html.contains("<p>Dear &lt;Ana&gt;,<br>\nsee <a href=\"https://desk.example/r/1?a=1&amp;b=2\">"));
        assert!(html.contains("</a>.</p>\n<p>Bye</p>"));
        assert!(of_text("https:// \"http://x\" onclick").contains("href=\"http://x\""));
    }

    #[test]
    fn line_80_quotes_are_quotes_to_a_bounded_depth() {
        let html = of_text("Try it.\n\nAna wrote:\n> It is <stuck>.\n>\n>> Which door?\n> The green one.");
        assert!(html.contains("<p>Ana wrote:</p>\n<blockquote type=\"cite\"><p>It is &lt;stuck&gt;.</p>"), "{html}");
        assert!(html.contains("<blockquote type=\"cite\"><p>Which door?</p>\n</blockquote>\n<p>The green one.</p>"));
        let deep = of_text(&format!("{} deep", ">".repeat(100_000)));
        assert_eq!(deep.matches("<blockquote").count(), 5);
    }
}
