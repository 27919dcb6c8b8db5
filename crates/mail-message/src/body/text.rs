//! Which parts are the text of a message: the plain ones, unless the HTML says more.

use mail_parser::{MessagePart, MimeHeaders, PartType};

use super::{Body, decoded, flowed, html, seam, tidy};
use crate::Warning;
use crate::parse::Parsed;

/// Reads the text and the HTML of a message.
pub(super) fn read(parsed: &Parsed<'_>, bytes: &[u8], body: &mut Body, warnings: &mut Vec<Warning>) {
    let mut texts: Vec<String> = Vec::new();
    let mut only_plain = true;
    for part in parts(parsed, &parsed.text_body) {
        let text = match part.body {
            PartType::Text(_) => plain(bytes, part, warnings),
            PartType::Html(_) => {
                only_plain = false;
                html::marked_text(&decoded(bytes, part, warnings))
            }
            _ => continue,
        };
        // Some programs call the two forms of one text a mixture instead of a choice.
        let same =
            |other: &String| html::regions(other).0.split_whitespace().eq(html::regions(&text).0.split_whitespace());
        if is_blank(&text) || texts.last().is_some_and(same) {
            continue;
        }
        texts.push(text);
    }
    let mut text = tidy(&texts.join("\n"));
    let htmls: Vec<&MessagePart<'_>> = parts(parsed, &parsed.html_body).collect();
    if htmls.iter().any(|part| matches!(part.body, PartType::Html(_))) {
        let mut whole = String::new();
        for part in htmls {
            match part.body {
                PartType::Html(_) => whole.push_str(&decoded(bytes, part, warnings)),
                PartType::Text(_) => whole.push_str(&escaped(&plain(bytes, part, warnings))),
                _ => {}
            }
        }
        let marked = if only_plain { html::marked_text(&whole) } else { String::new() };
        if only_plain && (is_blank(&text) || is_placeholder(&text, &marked)) {
            text = tidy(&marked);
        } else if only_plain {
            body.regions.0 = seam::in_plain(&text, &marked);
        }
        // An empty alternative is no HTML to show.
        body.html = Some(whole).filter(|whole| texts.is_empty() || !is_empty_page(whole, &marked, only_plain));
    }
    let (clean, regions) = html::regions(&text);
    clean.trim_end_matches([' ', '\n', '\t']).clone_into(&mut body.text);
    if clean.ends_with("-- ") {
        body.text.push(' ');
    }
    if !regions.is_empty() {
        body.regions.0 = regions;
    }
    body.regions.1 = body.text.len();
}

fn parts<'p, 'x>(parsed: &'p Parsed<'x>, ids: &'p [u32]) -> impl Iterator<Item = &'p MessagePart<'x>> {
    ids.iter().filter_map(|id| parsed.parts.get(*id as usize))
}

/// The text of a plain part, with flowed lines joined again.
fn plain(bytes: &[u8], part: &MessagePart<'_>, warnings: &mut Vec<Warning>) -> String {
    let text = tidy(&decoded(bytes, part, warnings));
    let text = if text.contains(html::is_mark) { text.replace(html::is_mark, "") } else { text };
    let parameter = |name| part.content_type().and_then(|t| t.attribute(name)).unwrap_or("").to_ascii_lowercase();
    if parameter("format") == "flowed" { flowed::joined(&text, parameter("delsp") == "yes") } else { text }
}

/// Nothing that anybody could read: blanks of all kinds, invisible marks.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
            || html::is_mark(c)
    })
}

/// "To read this message you need a program that shows HTML": the plain form of a mail that has none.
fn is_placeholder(text: &str, html_text: &str) -> bool {
    const SHORT: usize = 300;
    text.len() < SHORT && html_text.len() > text.len() && text.to_lowercase().contains("html") && {
        // The same words in the HTML: somebody writes about HTML.
        let words = |text: &str| text.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        !html::regions(html_text).0.split_whitespace().collect::<Vec<_>>().join(" ").contains(&words(text))
    }
}

fn is_empty_page(page: &str, marked: &str, converted: bool) -> bool {
    converted && is_blank(marked) && !page.contains("<img") && !page.contains("<IMG")
}

fn escaped(text: &str) -> String {
    format!("<pre>{}</pre>", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}
