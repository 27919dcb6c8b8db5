//! What is new in a reply. Line by line, linear, by tables: no expression ever backtracks over a message.
//!
//! The text is cut into new text, quotes and signatures. Quotes and signatures at the end are hidden; a quote with
//! new text below it stays, since that text answers it. When nothing new would remain, everything is kept.

mod attribution;
mod header_block;
mod signature;

use serde::Serialize;

/// A text in three parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// What this person wrote now.
    pub visible: String,
    /// The hidden quote, empty when there is none.
    pub quoted: String,
    /// The hidden signature, empty when there is none.
    pub signature: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    New,
    Blank,
    Quote,
    Signature,
}

/// Splits a text (lines end with `\n`) into what is new, what is quoted and what is a signature.
pub fn split(text: &str) -> Reply {
    let lines: Vec<&str> = text.lines().collect();
    let mut what = classified(&lines);
    signature::mark(&lines, &mut what);
    let Some(last) = what.iter().rposition(|w| *w == What::New) else {
        // Nothing new above or below: a lone signature, a bare quote. Better all of it than nothing.
        return Reply { visible: text.trim().to_owned(), ..Reply::default() };
    };
    let gather = |wanted: What| {
        let from = last + 1;
        let kept = lines[from..].iter().zip(&what[from..]).filter(|(_, w)| **w == wanted || **w == What::Blank);
        let text: Vec<&str> = kept.map(|(line, _)| *line).collect();
        text.join("\n").trim_matches(['\n', ' ']).to_owned()
    };
    // A signature between the answer and the quote that follows inline stays where it is.
    Reply {
        visible: lines[..=last].join("\n").trim_matches('\n').trim_end().to_owned(),
        quoted: gather(What::Quote),
        signature: gather(What::Signature),
    }
}

/// First pass: quotes by `>`, by attribution line, by header block and by "original message" line.
fn classified(lines: &[&str]) -> Vec<What> {
    let mut what = vec![What::New; lines.len()];
    for (line, what) in lines.iter().zip(&mut what) {
        if line.trim().is_empty() {
            *what = What::Blank;
        } else if line.starts_with('>') || line.starts_with(" >") {
            *what = What::Quote;
        }
    }
    let labels = header_block::labels(lines);
    let mut at = 0;
    while at < lines.len() {
        if what[at] != What::New {
            at += 1;
            continue;
        }
        if attribution::forwards(lines[at]) {
            // What is forwarded is new to the desk: it is content, not a quote.
            break;
        }
        let cut = attribution::opens_original(lines[at]) || header_block::starts(&labels, at);
        if cut {
            what[with_rule_above(lines, at)..].fill(What::Quote);
            break;
        }
        if let Some(found) = attribution::find(lines, at) {
            let next = (at + found.lines..lines.len()).find(|next| what[*next] != What::Blank);
            let quote_follows = next.is_some_and(|next| what[next] == What::Quote);
            if quote_follows {
                what[at..at + found.lines].fill(What::Quote);
            } else if found.by_program {
                what[at..].fill(What::Quote);
                break;
            }
            at += found.lines;
            continue;
        }
        at += 1;
    }
    what
}

/// The first of the rule lines (`_____`, `-----`) and blank lines directly above `at`, when there is a rule.
fn with_rule_above(lines: &[&str], at: usize) -> usize {
    let mut above = at;
    while above > 0 && lines[above - 1].trim().is_empty() {
        above -= 1;
    }
    if above > 0 && is_rule(lines[above - 1]) { above - 1 } else { at }
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 5 && line.bytes().all(|b| matches!(b, b'-' | b'_' | b'=' | b'*'))
}

#[cfg(test)]
mod tests;
