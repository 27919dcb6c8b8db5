//! What a mail server found out about the sender (RFC 8601): only the word of a server that we trust counts, since
//! anyone can write such a header.

use serde::Serialize;

use crate::Headers;

/// Most headers that are looked at, and most results of each.
const MOST: usize = 20;

/// Whether the sender is who they say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Authenticity {
    /// The domain of From vouches for this mail: by DMARC, or by a signature or a server that are its own.
    Passed,
    /// The domain of From says that such a mail is not from it: DMARC failed.
    Failed,
    /// Nothing that counts was said.
    #[default]
    Unknown,
}

/// What the server called `trusted` says about a mail from `domain`; both in any case. Its topmost header counts, since
/// servers write theirs above what came with the mail.
pub fn of(headers: &Headers, trusted: &str, domain: &str) -> Authenticity {
    let (trusted, domain) = (trusted.trim().to_lowercase(), domain.trim().to_lowercase());
    if trusted.is_empty() || domain.is_empty() {
        return Authenticity::Unknown;
    }
    let mut said = headers.all("authentication-results").take(MOST).filter_map(|value| {
        let plain = without_comments(value).to_lowercase();
        let (server, results) = plain.split_once(';')?;
        (server.split_whitespace().next()? == trusted).then(|| results.to_owned())
    });
    said.next().map_or(Authenticity::Unknown, |results| weigh(&results, &domain))
}

fn weigh(results: &str, domain: &str) -> Authenticity {
    let results: Vec<Vec<&str>> =
        results.split(';').take(MOST).map(|result| result.split_whitespace().take(MOST).collect()).collect();
    let named = |result: &[&str], method: &str, verdict: &str| {
        let of_method = result.first().and_then(|first| first.strip_prefix(method)?.strip_prefix('='));
        of_method == Some(verdict)
    };
    let property = |result: &[&str], names: &[&str]| {
        let values = result.iter().filter_map(|word| word.split_once('='));
        let mut found = values.filter(|(name, _)| names.contains(name));
        found.next().map(|(_, value)| value.trim_matches(['"', '<', '>']).to_owned())
    };
    for result in &results {
        // Where the domain is not named, it is that of From: DMARC is about no other.
        let about = property(result, &["header.from", "policy.from"]).is_none_or(|from| from == domain);
        if about && named(result, "dmarc", "pass") {
            return Authenticity::Passed;
        }
        if about && named(result, "dmarc", "fail") {
            return Authenticity::Failed;
        }
    }
    let vouches = results.iter().any(|result| {
        let by = if named(result, "dkim", "pass") {
            property(result, &["header.d", "header.i"])
        } else if named(result, "spf", "pass") {
            property(result, &["smtp.mailfrom", "smtp.mail"])
        } else {
            None
        };
        by.is_some_and(|by| is_of(by.rsplit('@').next().unwrap_or(&by), domain))
    });
    if vouches { Authenticity::Passed } else { Authenticity::Unknown }
}

/// Whether `by` may vouch for `domain`: it is the same, or a domain above it that is not a whole country's.
fn is_of(by: &str, domain: &str) -> bool {
    by == domain || by.contains('.') && domain.strip_suffix(by).is_some_and(|rest| rest.ends_with('.'))
}

/// Without what stands in parentheses, which may hold anything.
fn without_comments(value: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(value.len().min(4_000));
    for c in value.chars().take(4_000) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Authenticity, of};
    use crate::Message;

    fn found(headers: &str) -> Authenticity {
        let message = Message::read(format!("{headers}From: ana@lindenhof.example\n\nHi").as_bytes());
        of(&message.headers, "MX.desk.example", "lindenhof.example")
    }

    #[test]
    fn line_16_only_a_server_that_we_trust_vouches_for_a_sender() {
        use Authenticity::{Failed, Passed, Unknown};
        let cases = [
            ("mx.desk.example; dmarc=pass header.from=lindenhof.example", Passed),
            ("mx.desk.example 1; spf=none; dmarc=fail (p=none) header.from=lindenhof.example", Failed),
            ("mx.desk.example; dkim=pass header.d=lindenhof.example", Passed),
            ("mx.desk.example; dkim=pass (1024-bit key; dmarc=fail) header.i=@mail.lindenhof.example", Unknown),
            ("mx.desk.example; spf=pass smtp.mailfrom=bounce@lindenhof.example", Passed),
            ("mx.desk.example; spf=pass smtp.mailfrom=ana@evil.example; dkim=pass header.d=evil.example", Unknown),
            ("mx.desk.example; dkim=pass header.d=example", Unknown),
            ("mx.desk.example; dmarc=pass header.from=evil.example", Unknown),
            ("evil.example; dmarc=pass header.from=lindenhof.example", Unknown),
            ("mx.desk.example; none", Unknown),
            ("mx.desk.example", Unknown),
        ];
        for (value, wanted) in cases {
            assert_eq!(found(&format!("Authentication-Results: {value}\n")), wanted, "{value}");
        }
        let forged = "Authentication-Results: mx.desk.example; dmarc=fail\n\
            Authentication-Results: mx.desk.example; dmarc=pass header.from=lindenhof.example\n";
        assert_eq!(found(forged), Failed, "the topmost counts");
        assert_eq!(found(""), Unknown);
    }
}
