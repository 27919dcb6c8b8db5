//! One line, as the rules look at it.

/// Lower case, with every kind of blank as a blank, every kind of hyphen as `-`, and without invisible marks.
pub(super) fn lowered(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{2e3a}' | '\u{2e3b}' => out.push('-'),
            '\u{2019}' => out.push('\''),
            '：' => out.push(':'),
            c if c.is_whitespace() => out.push(' '),
            // A Turkish capital I with a dot becomes two characters; the second says nothing.
            c => out.extend(c.to_lowercase().filter(|c| *c != '\u{307}')),
        }
    }
    out
}

/// Marks of bold and italic text, and bars of tables, at the ends of a line.
pub(super) fn is_emphasis(c: char) -> bool {
    matches!(c, '*' | '_' | '|') || c.is_whitespace()
}

/// What programs draw rules with.
pub(super) fn is_rule_mark(c: char) -> bool {
    matches!(c, '-' | '_' | '=' | '*' | '#' | '~')
}

/// Whether the line is a rule and nothing else: `________`, `----------`.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 1000
        && line.chars().count() >= 5
        && line.chars().all(|c| is_rule_mark(c) || matches!(c, ' ' | '\u{2010}'..='\u{2015}' | '\u{2500}' | '\u{2501}'))
}

/// How many marks of a quote the line begins with, and what stands behind them. At most three blanks may stand before.
pub(super) fn unquoted(line: &str) -> (usize, &str) {
    let mut rest = line;
    let mut depth = 0;
    loop {
        let inner = rest.trim_start_matches([' ', '\u{a0}']);
        if rest.len() - inner.len() > 3 {
            break;
        }
        let Some(inner) = inner.strip_prefix(['>', '＞']) else { break };
        depth += 1;
        rest = inner;
    }
    if depth == 0 { (0, line) } else { (depth, rest.strip_prefix(' ').unwrap_or(rest)) }
}

/// The words of a line between rules, as [`lowered`] gives them, and how many rule marks stand before and after them.
pub(super) fn ruled(line: &str) -> Option<(usize, String, usize)> {
    let line = line.trim();
    if line.is_empty() || line.len() > 300 {
        return None;
    }
    let lower = lowered(line);
    let lower = lower.trim();
    let words = lower.trim_start_matches(|c| is_rule_mark(c) || c == ' ');
    let before = lower[..lower.len() - words.len()].chars().filter(|c| is_rule_mark(*c)).count();
    let core = words.trim_end_matches(|c| is_rule_mark(c) || c == ' ');
    let after = words[core.len()..].chars().filter(|c| is_rule_mark(*c)).count();
    (!core.is_empty()).then(|| (before, core.trim_matches(['|', ' ']).to_owned(), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_rules_see_them() {
        assert_eq!(lowered("\u{200e}İleti\u{a0}‐‐：’"), "ileti --:'");
        assert_eq!(unquoted("> > a"), (2, "a"));
        assert_eq!(unquoted(" >a"), (1, "a"));
        assert_eq!(unquoted("      > a"), (0, "      > a"));
        assert!(is_rule("_____") && is_rule("- - - - -") && !is_rule("--") && !is_rule("-- a --"));
        assert_eq!(ruled("-----Original Message-----"), Some((5, "original message".to_owned(), 5)));
        assert_eq!(ruled("‐‐‐‐ Original Message ‐‐‐"), Some((4, "original message".to_owned(), 3)));
    }
}
