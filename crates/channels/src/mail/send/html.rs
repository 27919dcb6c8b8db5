//! Plain text as simple HTML: paragraphs, line breaks and links, nothing else.

/// The text of a letter as an HTML document.
pub(super) fn of_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    html.push_str("<!doctype html><html><head><meta charset=\"utf-8\"></head><body>");
    for paragraph in text.replace("\r\n", "\n").split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        html.push_str("<p>");
        for (at, line) in paragraph.trim_matches('\n').split('\n').enumerate() {
            if at > 0 {
                html.push_str("<br>\n");
            }
            push_line(&mut html, line);
        }
        html.push_str("</p>\n");
    }
    html.push_str("</body></html>");
    html
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
}
