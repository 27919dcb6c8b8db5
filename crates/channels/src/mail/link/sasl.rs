//! How the desk proves who it is, written as mail servers want it.

use base::config::Secret;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What proves who signs in.
#[derive(Debug, Clone)]
pub(in crate::mail) enum Proof {
    /// A password.
    Password(Secret),
    /// A token that is good for some time.
    Token(Secret),
}

/// `PLAIN` (RFC 4616).
pub(in crate::mail) fn plain(user: &str, password: &Secret) -> String {
    STANDARD.encode(format!("\0{user}\0{}", password.expose()))
}

/// `XOAUTH2`, as Google and Microsoft describe it.
pub(in crate::mail) fn xoauth2(user: &str, token: &Secret) -> String {
    STANDARD.encode(format!("user={user}\x01auth=Bearer {}\x01\x01", token.expose()))
}

/// `OAUTHBEARER` (RFC 7628).
pub(in crate::mail) fn oauthbearer(user: &str, host: &str, port: u16, token: &Secret) -> String {
    // The two letters that RFC 5801 gives a meaning in a name.
    let user = user.replace('=', "=3D").replace(',', "=2C");
    STANDARD.encode(format!("n,a={user},\x01host={host}\x01port={port}\x01auth=Bearer {}\x01\x01", token.expose()))
}

/// `LOGIN`: a word at a time.
pub(in crate::mail) fn word(word: &str) -> String {
    STANDARD.encode(word)
}

/// What a server says in base64 when it refuses a token.
pub(in crate::mail) fn refusal(words: &str) -> String {
    STANDARD.decode(words.trim()).map_or_else(|_| words.to_owned(), |found| super::shown(&found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_73_a_token_is_written_as_each_mechanism_wants_it() {
        let token = Secret::new("tok");
        let read = |written: String| String::from_utf8(STANDARD.decode(written).unwrap()).unwrap();
        assert_eq!(read(xoauth2("a@b.example", &token)), "user=a@b.example\x01auth=Bearer tok\x01\x01");
        let bearer = read(oauthbearer("a,b=c", "h.example", 993, &token));
        assert_eq!(bearer, "n,a=a=2Cb=3Dc,\x01host=h.example\x01port=993\x01auth=Bearer tok\x01\x01");
        assert_eq!(read(plain("a", &Secret::new("päss"))), "\0a\0päss");
    }
}
