//! Whether HTML shows what its text cannot.

use super::css::{self, Seen};
use super::link::decoded;
use super::quote;
use super::read::{self, Piece};

/// Whether the new part of a mail says more as HTML than its text does: a picture, a table, a list, a heading, a colour,
/// a link whose words are not its address. `text` is the new part as text; what follows it (a signature, the history) does
/// not count, and neither does how a program sets plain paragraphs.
pub fn says_more(html: &str, text: &str) -> bool {
    let pieces = read::read(html);
    let end = quote::find(&pieces.all).map_or(pieces.all.len(), |fold| fold.start);
    let mut left = text.chars().filter(|c| c.is_alphanumeric()).count();
    let alone = left == 0;
    let mut cells = 0;
    for (place, piece) in pieces.all[..end].iter().enumerate() {
        match piece {
            Piece::Text(text) => {
                if !alone && left == 0 {
                    return false;
                }
                left = left.saturating_sub(decoded(text).chars().filter(|c| c.is_alphanumeric()).count());
            }
            Piece::Open { tag, attributes, style, close } => {
                let value = |wanted: &str| {
                    attributes
                        .iter()
                        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                        .map_or("", |(_, value)| *value)
                };
                if matches!(*tag, "td" | "th") && quote::is_visible(&pieces.all[place..(*close).min(end)]) {
                    cells += 1;
                }
                let shows = match *tag {
                    "img" => !is_pixel(value("width")) && !is_pixel(value("height")),
                    "ul" | "ol" | "dl" | "h1" | "h2" | "h3" | "mark" | "s" | "del" => left > 0 || alone,
                    "a" => {
                        // Words that are the address, or a part of it, are in the text as well.
                        let words = words(&pieces.all[place..(*close).min(end)]);
                        let href = decoded(value("href")).to_lowercase();
                        href.starts_with("http") && !words.is_empty() && !href.contains(&words.to_lowercase())
                    }
                    "td" | "th" => cells > 1,
                    _ => false,
                };
                let mut seen = Seen::default();
                css::declarations(&decoded(value("style")), &mut seen);
                css::declarations(style.as_deref().unwrap_or_default(), &mut seen);
                let is_painted = !value("bgcolor").is_empty() && !css::is_paper(value("bgcolor"));
                let has_words = || words_follow(&pieces.all[place..(*close).min(end)]);
                if shows || ((seen.colours || is_painted) && has_words()) {
                    return true;
                }
            }
            Piece::Close { .. } => {}
        }
    }
    false
}

fn is_pixel(length: &str) -> bool {
    matches!(length.trim().trim_end_matches("px"), "0" | "1" | "2" | "3")
}

fn words_follow(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().take(200).any(|piece| matches!(piece, Piece::Text(text) if !quote::is_blank(text)))
}

fn words(pieces: &[Piece<'_>]) -> String {
    let mut words = String::new();
    for piece in pieces.iter().take(20) {
        if let Piece::Text(text) = piece {
            words.push_str(text);
        }
    }
    decoded(&words).trim().trim_end_matches('/').to_owned()
}
