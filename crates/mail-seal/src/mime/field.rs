//! What a header says: types with their parameters, and addresses.

/// A content type or a disposition with its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Lower case, without parameters.
    pub(crate) name: String,
    parameters: Vec<(String, String)>,
}

impl Kind {
    pub(crate) fn parse(value: &str) -> Self {
        let mut pieces = pieces(value, ';');
        let name = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let mut parameters: Vec<(String, String)> = Vec::new();
        for piece in pieces.take(100) {
            let Some((key, value)) = piece.split_once('=') else { continue };
            let key = key.trim().to_ascii_lowercase();
            let mut value = unquoted(value.trim());
            if key.ends_with('*') {
                value = percent_decoded(value.splitn(3, '\'').last().unwrap_or_default());
            }
            // RFC 2231: a long value comes in pieces, `name*0`, `name*1`.
            let base = key.split('*').next().unwrap_or_default().to_owned();
            match parameters.iter_mut().find(|(known, _)| *known == base) {
                Some((_, known)) if key.contains('*') => known.push_str(&value),
                Some(_) => {}
                None => parameters.push((base, value)),
            }
        }
        Self { name, parameters }
    }

    pub(crate) fn parameter(&self, key: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_multipart(&self) -> bool {
        self.name.starts_with("multipart/")
    }
}

/// The value of a header on one line.
pub(crate) fn unfolded(field: &[u8]) -> String {
    let text = String::from_utf8_lossy(field);
    let value = text.split_once(':').map_or("", |(_, value)| value);
    value.split(['\r', '\n']).collect::<String>().trim().to_owned()
}

/// `value` between separators that stand neither in quotes nor in comments.
fn pieces(value: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut rest = Some(value);
    std::iter::from_fn(move || {
        let text = rest?;
        let (mut quoted, mut escaped, mut comments) = (false, false, 0_u32);
        for (at, char) in text.char_indices() {
            match char {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = !quoted,
                '(' if !quoted => comments += 1,
                ')' if !quoted => comments = comments.saturating_sub(1),
                _ if char == separator && !quoted && comments == 0 => {
                    rest = Some(&text[at + char.len_utf8()..]);
                    return Some(&text[..at]);
                }
                _ => {}
            }
        }
        rest = None;
        Some(text)
    })
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"') else {
        return value.split([' ', '\t', '(']).next().unwrap_or_default().to_owned();
    };
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.extend(chars.next()),
            '"' => break,
            _ => out.push(char),
        }
    }
    out
}

fn percent_decoded(value: &str) -> String {
    let mut out = Vec::with_capacity(value.len());
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        let pair = (byte == b'%').then(|| bytes.clone().take(2).collect::<Vec<u8>>());
        let decoded = pair.and_then(|pair| u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok());
        if let Some(decoded) = decoded {
            out.push(decoded);
            bytes.nth(1);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The addresses of a From header, in lower case. What stands in quotes or comments is a name, whatever it looks like.
pub(crate) fn sender_addresses(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in pieces(value, ',').take(20) {
        let (mut bare, mut quoted, mut escaped, mut comments) = (String::new(), false, false, 0_u32);
        for char in piece.chars() {
            match char {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = !quoted,
                '(' if !quoted => comments += 1,
                ')' if !quoted => comments = comments.saturating_sub(1),
                _ if !quoted && comments == 0 => bare.push(char),
                _ => {}
            }
        }
        let address = match bare.rsplit_once('<') {
            Some((_, after)) => after.split('>').next().unwrap_or_default(),
            None => &bare,
        };
        let address = address.trim().to_lowercase();
        if address.contains('@') {
            found.push(address);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_in_quotes_and_in_pieces() {
        let kind =
            Kind::parse("Multipart/Signed; micalg=pgp-sha512;\tboundary=\"a;\\\"b\" ; name*0*=utf-8''a%20; name*1=b");
        assert_eq!(kind.name, "multipart/signed");
        assert_eq!(kind.parameter("boundary"), Some("a;\"b"));
        assert_eq!(kind.parameter("micalg"), Some("pgp-sha512"));
        assert_eq!(kind.parameter("name"), Some("a b"));
    }

    #[test]
    fn an_address_in_a_name_is_not_the_sender() {
        let from = |value| sender_addresses(value);
        assert_eq!(from("\"ada@example.org\" <Eve@Example.net>"), ["eve@example.net"]);
        assert_eq!(from("ada@example.org (eve@example.net)"), ["ada@example.org"]);
        assert_eq!(from("\"Lovelace, Ada\" <ada@example.org>, b@example.org"), ["ada@example.org", "b@example.org"]);
        assert!(from("Ada").is_empty());
    }
}
