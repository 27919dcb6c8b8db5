//! What is new in a reply. Line by line, linear, by tables: nothing ever backtracks over a message.
//!
//! The text is cut into new text, quotes and signatures. Quotes and signatures at the end are hidden; a quote with
//! new text below it stays, since that text answers it. When nothing new would remain, everything is kept. What
//! somebody forwards is content, not a quote.

mod attribution;
mod forward;
mod header_block;
mod learned;
mod line;
mod marker;
mod reading;
mod signature;
mod words;

pub use forward::Forwarded;
pub use learned::common_signature;
pub(crate) use marker::is_prefix;

use serde::Serialize;

use reading::Reading;

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

/// Lines that the structure of an HTML message tells about: the element that holds the quote, or the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) is: RegionIs,
    /// Its first line.
    pub(crate) start: usize,
    /// One past its last line.
    pub(crate) end: usize,
}

/// What an HTML element is for, by the names that mail programs give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RegionIs {
    /// All of it is quoted.
    Quote,
    /// The line above the quote, then the quote, marked line by line; answers may stand in between.
    Attributed,
    Signature,
    Forwarded,
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
    read(text, "", &[]).0
}

/// Splits the text of a message, and finds what it forwards. `regions` are those of its HTML.
pub(crate) fn read(text: &str, subject: &str, regions: &[Region]) -> (Reply, Option<Forwarded>) {
    let lines: Vec<&str> = text.lines().collect();
    let mut reading = Reading::new(&lines, marker::subject(subject));
    reading.find_cut();
    for region in regions {
        reading.apply(*region);
    }
    reading.rejoin_wrapped();
    let until = reading.forwarded_at.unwrap_or(lines.len());
    let mut what = reading.what;
    if reading.forwarded.is_none() {
        signature::mark(&lines, &mut what[..until]);
    }
    (gathered(text, &lines, &what), reading.forwarded)
}

fn gathered(text: &str, lines: &[&str], what: &[What]) -> Reply {
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

#[cfg(test)]
mod tests;
