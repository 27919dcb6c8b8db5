//! Where the quote begins in the plain form of a text, by what the structure of its HTML form tells: so that a quote is
//! found even in a language that no table knows.

use super::html;
use crate::reply::{Region, RegionIs};

/// Fewest and most letters and digits that are compared.
const FEWEST: usize = 14;
const MOST: usize = 48;

/// The regions of the marked text of the HTML, as regions of the plain text; none where the two differ.
pub(super) fn in_plain(plain: &str, marked: &str) -> Vec<Region> {
    let (page, regions) = html::regions(marked);
    let Some(region) = regions.into_iter().find(|region| region.is != RegionIs::Signature) else { return Vec::new() };
    let lines: Vec<&str> = page.lines().collect();
    let start = region.start.min(lines.len());
    // What stands below the quote is an answer; where it stands in the plain text nobody knows.
    let below = lines.iter().skip(region.end.max(start)).any(|line| !line.trim().is_empty());
    if below || start == 0 {
        return Vec::new();
    }
    let wanted: String = lines[start..].iter().flat_map(|line| letters(line)).take(MOST).collect();
    if wanted.chars().count() < FEWEST {
        return Vec::new();
    }
    let mut all = String::with_capacity(plain.len());
    let mut begins = Vec::new();
    for line in plain.lines() {
        begins.push(all.len());
        all.extend(letters(line));
    }
    let found = memchr::memmem::find_iter(all.as_bytes(), wanted.as_bytes()).take(100).find_map(|at| {
        // Blank lines begin where the next line with letters begins; that one is meant.
        let line = begins.partition_point(|begin| *begin <= at).checked_sub(1)?;
        (begins[line] == at).then_some(line)
    });
    found.map(|start| Region { is: region.is, start, end: usize::MAX }).into_iter().collect()
}

fn letters(line: &str) -> impl Iterator<Item = char> {
    line.chars().filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::in_plain;
    use crate::body::html::marked_text;

    #[test]
    fn a_quote_in_an_unknown_language_is_found() {
        let page = "<div>Tak.</div><div class=gmail_quote><div class=gmail_attr>Qan 4. mar 2024 Ann Other zurx:</div><blockquote>Eh?</blockquote></div>";
        let plain = "Tak.\n\nQan 4. mar 2024 Ann\nOther zurx:\n\nEh?\n";
        let found = in_plain(plain, &marked_text(page));
        assert_eq!((found.len(), found[0].start), (1, 2));
        assert_eq!(in_plain("Something else, and longer than that.", &marked_text(page)), []);
        let below = marked_text("New<div class=yahoo_quoted>Old old old old old</div>Below");
        assert_eq!(in_plain("New\nOld old old old old\nBelow", &below), []);
    }
}
