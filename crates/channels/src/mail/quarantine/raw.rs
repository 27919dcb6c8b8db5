//! A raw mail as text that can be looked at: nothing in it acts, and nothing in it hides.

use std::fmt::Write;

/// How much of a raw mail is shown, bytes; all of it can be saved.
pub(super) const SHOWN: usize = 100_000;

/// The beginning of a mail, each byte that is no text shown as what it is, and whether there is more.
pub(super) fn visible(bytes: &[u8]) -> (String, bool) {
    let shown = &bytes[..bytes.len().min(SHOWN)];
    let mut text = String::with_capacity(shown.len());
    let read = String::from_utf8_lossy(shown);
    let mut letters = read.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' | '\t' => text.push(letter),
            '\r' if letters.peek() == Some(&'\n') => {}
            // Unicode has a picture for each control character.
            '\0'..='\u{1f}' => text.push(char::from_u32(0x2400 + letter as u32).unwrap_or('\u{fffd}')),
            '\u{7f}' => text.push('\u{2421}'),
            _ if letter.is_control() || hides(letter) => {
                let _ = write!(text, "<U+{:04X}>", letter as u32);
            }
            _ => text.push(letter),
        }
    }
    (text, bytes.len() > SHOWN)
}

/// Letters that turn or hide what stands beside them.
fn hides(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_shown() {
        let (text, cut) = visible(b"Subject: a\r\n\tb\0c\x1b[31m\x7f \xff\r.\n");
        assert_eq!(text, "Subject: a\n\tb\u{2400}c\u{241b}[31m\u{2421} \u{fffd}\u{240d}.\n");
        assert!(!cut);
    }

    #[test]
    fn what_hides_is_shown() {
        assert_eq!(visible("exe\u{202e}gpj.\u{200b}\u{85}".as_bytes()).0, "exe<U+202E>gpj.<U+200B><U+0085>");
    }

    #[test]
    fn a_long_mail_is_cut_and_says_so() {
        let (text, cut) = visible(&vec![b'x'; SHOWN + 1]);
        assert_eq!((text.len(), cut), (SHOWN, true));
    }
}
