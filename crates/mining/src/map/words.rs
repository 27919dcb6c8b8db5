//! Names as the map writes them: how wide they are, wrapped, and safe in XML.

/// How wide a text is at most, about, in any usual system font, in pixels.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | '.' | ',' | '\'' | '|' | ':' | ';' | '!' | '·' => 0.31,
            'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '/' => 0.38,
            'm' | 'w' | 'M' | 'W' | '%' => 0.95,
            c if c.is_uppercase() => 0.71,
            c if c as u32 > 0x2E80 => 1.0,
            _ => 0.61,
        })
        .sum();
    em * size
}

/// A name in at most two lines of this width; what is too long ends in an ellipsis.
pub(super) fn wrapped(name: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in name.split_whitespace() {
        let last = lines.len() - 1;
        let joined = if lines[last].is_empty() { word.to_owned() } else { format!("{} {word}", lines[last]) };
        if lines[last].is_empty() || width(&joined, size) <= room || lines.len() == 2 {
            lines[last] = joined;
        } else {
            lines.push(word.to_owned());
        }
    }
    for line in &mut lines {
        if width(line, size) > room {
            while !line.is_empty() && width(line, size) > room - size * 0.8 {
                line.pop();
            }
            let kept = line.trim_end().len();
            line.truncate(kept);
            line.push('…');
        }
    }
    lines
}

/// Text for XML. Characters that XML does not allow become the replacement character.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                safe.push('\u{FFFD}');
            }
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_wrapped_and_cut() {
        assert_eq!(wrapped("Take in charge ticket", 14.0, 120.0), ["Take in charge", "ticket"]);
        let lines = wrapped("Donaudampfschifffahrtsgesellschaftskapitän und noch sehr viel mehr", 14.0, 120.0);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.ends_with('…') && width(line, 14.0) <= 122.0), "{lines:?}");
        assert_eq!(wrapped("", 14.0, 120.0), [""]);
    }
}
