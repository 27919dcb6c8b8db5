//! Message-IDs, without brackets and blanks, in the order written.

use std::collections::HashSet;

/// Most ids that are read of one header: a longer chain says nothing more.
const MOST: usize = 500;

/// Reads `<a@b> <c@d>`, and what broken senders make of it: no brackets, commas, blanks inside, comments around.
pub(crate) fn ids(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    if value.contains('<') {
        let mut rest = value;
        while let Some(open) = rest.find('<') {
            let inside = &rest[open + 1..];
            let close = inside.find(['>', '<']).unwrap_or(inside.len());
            found.push(clean(&inside[..close]));
            rest = &inside[close..];
            rest = rest.strip_prefix('>').unwrap_or(rest);
            if found.len() >= MOST * 2 {
                break;
            }
        }
    } else {
        found.extend(value.split([' ', '\t', ',']).take(MOST * 2).map(clean).filter(|id| id.contains('@')));
        if found.is_empty() && !value.contains(char::is_whitespace) {
            found.push(clean(value));
        }
    }
    let mut seen = HashSet::new();
    found.retain(|id| !id.is_empty() && id.len() <= 998 && seen.insert(id.clone()));
    // The newest ids stand last, and matter most.
    if found.len() > MOST {
        found.drain(..found.len() - MOST);
    }
    found
}

fn clean(id: &str) -> String {
    id.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>')).collect()
}

#[cfg(test)]
mod tests {
    use super::ids;

    #[test]
    fn ids_are_found_however_they_are_written() {
        // PEERS 3, 5, 22
        assert_eq!(ids("<a@b> <c@d>\t<a@b>"), ["a@b", "c@d"]);
        assert_eq!(ids("a@b, c@d"), ["a@b", "c@d"]);
        assert_eq!(ids("< a@ b >"), ["a@b"]);
        assert_eq!(ids("Your mail of Monday <a@b"), ["a@b"]);
        assert_eq!(ids("ABC123"), ["ABC123"]);
        assert!(ids("").is_empty() && ids("<>").is_empty() && ids("mail of Monday").is_empty());
    }
}
