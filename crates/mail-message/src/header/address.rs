//! Addresses as they are written in mail: comments, groups, unquoted commas, missing brackets.

use serde::Serialize;

use super::decode_words;

/// Longest address that is read (RFC 5321 allows 64 + 1 + 255).
const LONGEST: usize = 320;
/// Most addresses that are read of one message's header.
const MOST: usize = 1000;

/// One mail address with the name beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Address {
    /// The name shown, decoded, when there is one.
    pub name: Option<String>,
    /// The address as written, the part after `@` in lower case. Empty for the null sender `<>`.
    pub address: String,
}

impl Address {
    /// The address in lower case, for comparison: nobody has two mailboxes that differ in case.
    pub fn key(&self) -> String {
        self.address.to_lowercase()
    }

    /// The part before the `@`, in lower case.
    pub fn local_part(&self) -> String {
        self.address.rsplit_once('@').map_or(self.address.as_str(), |(local, _)| local).to_lowercase()
    }

    /// The part after the `@`; empty when there is none.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Reads a header value (as written, not decoded: a comma inside an encoded word separates nothing).
pub(crate) fn addresses(value: &str) -> Vec<Address> {
    let mut found = Vec::new();
    let mut prefix = String::new();
    let end = (0..=value.len().min(MOST * LONGEST)).rev().find(|at| value.is_char_boundary(*at)).unwrap_or(0);
    for piece in pieces(&value[..end]) {
        if found.len() >= MOST {
            break;
        }
        match mailbox(&prefix, &piece) {
            Some(address) => {
                found.push(address);
                prefix.clear();
            }
            // "Doe, John <j@example.org>": what has no address belongs to the name that follows.
            None if prefix.len() + piece.text.len() < LONGEST => {
                prefix.push_str(piece.text.trim());
                prefix.push_str(", ");
            }
            None => prefix.clear(),
        }
    }
    let alone = prefix.trim_end_matches(", ");
    // An address inside an encoded word is none (RFC 2047, 5): it would pass every check that reads the header as it is.
    if found.is_empty() && !alone.is_empty() && !alone.contains(char::is_whitespace) && !alone.contains("=?") {
        found.push(Address { name: None, address: clean(alone) });
    }
    found
}

/// The name in a header that has no address.
pub(crate) fn name_alone(value: &str) -> Option<Address> {
    some_name(value).map(|name| Address { name: Some(name), address: String::new() })
}

/// A piece between separators: its text without comments, the comments, and what stood in angle brackets.
#[derive(Default)]
struct Piece {
    text: String,
    comment: String,
    angle: Option<String>,
    /// What stood in quotes right before an `@`: `"ann other"@example.org`.
    quoted: Option<String>,
}

fn pieces(value: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut piece = Piece::default();
    let (mut quoted, mut depth, mut in_angle, mut escaped) = (None, 0u32, false, false);
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        if escaped {
            escaped = false;
            put(&mut piece, c, depth, in_angle);
            continue;
        }
        match c {
            '\\' if quoted.is_some() || depth > 0 => escaped = true,
            '"' if depth == 0 => match quoted.take() {
                None => quoted = Some(text(&piece, in_angle).len()),
                Some(start) if chars.peek() == Some(&'@') => piece.quoted = cut_off(&mut piece, in_angle, start),
                Some(_) => {}
            },
            _ if quoted.is_some() => put(&mut piece, c, 0, in_angle),
            '(' => {
                if depth > 0 {
                    piece.comment.push(c);
                }
                depth += 1;
            }
            ')' if depth > 0 => {
                depth -= 1;
                if depth > 0 {
                    piece.comment.push(c);
                }
            }
            _ if depth > 0 => piece.comment.push(c),
            '<' if !in_angle => {
                in_angle = true;
                piece.angle = Some(String::new());
            }
            '>' => in_angle = false,
            ',' | ';' if !in_angle || c == ';' => {
                in_angle = false;
                pieces.push(std::mem::take(&mut piece));
            }
            // "Team: a@b, c@d;" names a group; the name is nobody's. "[mailto:a@b]" names none.
            ':' if !in_angle && !piece.text.contains('@') => {
                let name = piece.text.trim_end();
                let scheme = name.len().saturating_sub(6);
                if name.is_char_boundary(scheme) && name[scheme..].eq_ignore_ascii_case("mailto") {
                    let before = name[..scheme].trim_end_matches(['[', '<']).len();
                    piece.text.truncate(before);
                    piece.text.push(' ');
                } else {
                    piece = Piece::default();
                }
            }
            _ => put(&mut piece, c, depth, in_angle),
        }
    }
    if quoted.is_some() && piece.angle.is_none() {
        // A quote that never ends hides the rest; an address in it is still better than none.
        if let Some((name, rest)) = piece.text.split_once('<').filter(|(_, rest)| rest.contains('@')) {
            piece.angle = Some(rest.split('>').next().unwrap_or(rest).to_owned());
            let end = name.len();
            piece.text.truncate(end);
        }
    }
    if depth > 0 && piece.angle.is_none() && !piece.text.contains('@') {
        piece.text.push(' ');
        piece.text.push_str(&piece.comment);
        piece.comment.clear();
    }
    pieces.push(piece);
    pieces
}

fn text(piece: &Piece, in_angle: bool) -> &str {
    if in_angle { piece.angle.as_deref().unwrap_or("") } else { &piece.text }
}

/// Takes what was quoted since `start` out of the text again, when it can stand before an `@` only in quotes.
fn cut_off(piece: &mut Piece, in_angle: bool, start: usize) -> Option<String> {
    let text = if in_angle { piece.angle.as_mut()? } else { &mut piece.text };
    let inside = text.get(start..)?;
    let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if inside.is_empty() || inside.chars().all(plain) {
        return None;
    }
    let local = inside.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\' | '<' | '>')).collect();
    text.truncate(start);
    Some(local)
}

fn put(piece: &mut Piece, c: char, depth: u32, in_angle: bool) {
    if depth > 0 {
        piece.comment.push(c);
    } else if let (true, Some(angle)) = (in_angle, piece.angle.as_mut()) {
        angle.push(c);
    } else {
        piece.text.push(c);
    }
}

fn mailbox(prefix: &str, piece: &Piece) -> Option<Address> {
    let comment = some_name(&piece.comment);
    let address = |written: &str| match &piece.quoted {
        Some(local) if written.trim().starts_with('@') => {
            let domain = clean(&format!("x{}", written.trim()));
            domain
                .strip_prefix('x')
                .filter(|_| local.len() < 65)
                .map_or_else(String::new, |d| format!("\"{local}\"{d}"))
        }
        _ => clean(written),
    };
    if let Some(angle) = &piece.angle {
        let name = some_name(&format!("{prefix}{}", piece.text.trim())).or(comment);
        // `<mailto:a@b>` and the obsolete route `<@relay:a@b>`.
        let found = address(angle.rsplit(':').next().unwrap_or(angle));
        // `ann@example.org <Ann>`: the wrong way round.
        let other = piece.text.split_whitespace().find(|word| word.contains('@')).filter(|_| !found.contains('@'));
        if let Some(other) = other.filter(|_| !found.is_empty()) {
            return Some(Address { name: some_name(angle), address: clean(other) });
        }
        return Some(Address { name, address: found });
    }
    let token = piece.text.split_whitespace().find(|token| token.contains('@'))?;
    let others: Vec<&str> = piece.text.split_whitespace().filter(|other| *other != token).collect();
    let name = some_name(&others.join(" ")).or(comment);
    Some(Address { name, address: address(token) })
}

fn some_name(raw: &str) -> Option<String> {
    let name = decode_words(raw);
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    (!name.is_empty()).then(|| name.chars().take(200).collect())
}

/// An address without what cannot be in one; empty when it is too long or has nothing before or after its `@`: cut
/// or completed, it would be somebody else's.
fn clean(address: &str) -> String {
    let address: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"'))
        .take(LONGEST + 1)
        .collect();
    let address = address.trim_matches(|c| matches!(c, '\'' | ',' | ';' | '[' | ']')).trim_end_matches('.');
    if address.len() > LONGEST {
        return String::new();
    }
    match address.rsplit_once('@') {
        Some((local, domain)) if local.is_empty() || domain.is_empty() => String::new(),
        Some((local, domain)) => format!("{local}@{}", domain.to_lowercase()),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Vec<(Option<String>, String)> {
        addresses(value).into_iter().map(|a| (a.name, a.address)).collect()
    }

    fn one(name: Option<&str>, address: &str) -> Vec<(Option<String>, String)> {
        vec![(name.map(str::to_owned), address.to_owned())]
    }

    #[test]
    fn addresses_as_people_write_them() {
        // PEERS 38, 39
        let cases = [
            ("Ann <ann@Example.ORG>", one(Some("Ann"), "ann@example.org")),
            ("ann@example.org (Ann Other)", one(Some("Ann Other"), "ann@example.org")),
            ("\"Other, Ann\" <ann@example.org>", one(Some("Other, Ann"), "ann@example.org")),
            ("Other, Ann <ann@example.org>", one(Some("Other, Ann"), "ann@example.org")),
            ("\"ann@home\" <ann@example.org>", one(Some("ann@home"), "ann@example.org")),
            ("MAILER-DAEMON <>", one(Some("MAILER-DAEMON"), "")),
            ("mailer-daemon", one(None, "mailer-daemon")),
            ("Ann < ann@example.org >", one(Some("Ann"), "ann@example.org")),
            ("=?utf-8?Q?a=2C_b=40c.d?= <ann@example.org>", one(Some("a, b@c.d"), "ann@example.org")),
            ("Ann <ann(work)@example.org>", one(Some("Ann"), "ann@example.org")),
            ("Ann <ann@example.org", one(Some("Ann"), "ann@example.org")),
            ("\"ann other\"@Example.org", one(None, "\"ann other\"@example.org")),
            ("Ann <\"ann other\"@example.org>", one(Some("Ann"), "\"ann other\"@example.org")),
            ("\"ann\"@example.org", one(None, "ann@example.org")),
            ("Ann Other ann@example.org", one(Some("Ann Other"), "ann@example.org")),
            ("Ann [mailto:ann@example.org]", one(Some("Ann"), "ann@example.org")),
            ("Ann <<ann@example.org>>", one(Some("Ann"), "ann@example.org")),
            ("'Ann' <ann@example.org>", one(Some("Ann"), "ann@example.org")),
            ("Ann | Sales <ann@example.org>", one(Some("Ann | Sales"), "ann@example.org")),
            ("\"Ann <ann@example.org>", one(Some("Ann"), "ann@example.org")),
            ("(Ann ann@example.org", one(Some("Ann"), "ann@example.org")),
            ("ann@example.org <Ann>", one(Some("Ann"), "ann@example.org")),
            ("=?utf-8?Q?Ann_=3Cann=40example=2Eorg=3E?=", vec![]),
            ("@example.org", one(None, "")),
            ("undisclosed-recipients:;", vec![]),
            ("", vec![]),
        ];
        for (written, expected) in cases {
            assert_eq!(read(written), expected, "{written}");
        }
        let team = read("Team: a@b.c, \"B\" <d@e.f>; g@h.i");
        assert_eq!(team.iter().map(|(_, a)| a.as_str()).collect::<Vec<_>>(), ["a@b.c", "d@e.f", "g@h.i"]);
    }
}
