//! format=flowed (RFC 3676): lines that were broken only for transport are joined again.

/// Joins soft-broken lines of the same quote depth. `delsp` takes the trailing blank away.
pub(crate) fn joined(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let signature = content == "-- ";
        if open == Some(depth) && !signature {
            out.push_str(content);
        } else {
            if !out.is_empty() || open.is_some() {
                out.push('\n');
            }
            out.push_str(&line[..depth]);
            if depth > 0 && !content.is_empty() {
                out.push(' ');
            }
            out.push_str(content);
        }
        open = (content.ends_with(' ') && !signature).then_some(depth);
        if open.is_some() && delsp {
            out.pop();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn flowed_lines_are_joined_within_their_depth() {
        // PEERS 58
        assert_eq!(joined("a \nb\n> c \n> d\n-- \nAnn", false), "a b\n> c d\n-- \nAnn");
        assert_eq!(joined("東 \n京", true), "東京");
    }
}
