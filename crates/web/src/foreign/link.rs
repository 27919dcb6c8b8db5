//! Where links go, and whether their words say so.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::read::Piece;
use super::write;

/// Longest words of a link that are looked at, as they are written.
const LONGEST: usize = 1_000;

/// The place that a link really goes to, when its words name another: the oldest trick of phishing. Words that name no
/// place say nothing, and a place of the same domain is the same.
pub(super) fn leads_elsewhere(
    attributes: &[(&str, &str)],
    pieces: &[Piece<'_>],
    from: usize,
    to: usize,
) -> Option<String> {
    let (_, href) = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("href"))?;
    let target = host(&as_parsed("href", href))?;
    let mut words = String::new();
    for piece in pieces.get(from..to.min(pieces.len()))? {
        if let Piece::Text(text) = piece {
            words.push_str(text);
            if words.len() > LONGEST {
                return None;
            }
        }
    }
    let words = as_parsed("", &words);
    let words = words.trim();
    // One word that is an address, with or without the scheme; a sentence that ends in a dot is none.
    if words.is_empty() || words.contains(char::is_whitespace) || words.contains('@') {
        return None;
    }
    let has_scheme = words.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
    let said = if has_scheme { host(words)? } else { host(&format!("https://{words}"))? };
    let ending = said.rsplit('.').next().unwrap_or_default();
    let is_host = said.contains('.') && ending.len() >= 2 && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_host && (has_scheme || looks_like_site(&said, words)) && !same_site(&said, &target)).then_some(target)
}

/// `invoice.pdf` and `e.g` are words with a dot; `www.bank.example` and `bank.example/login` are places.
fn looks_like_site(host: &str, words: &str) -> bool {
    const ENDINGS: [&str; 14] =
        ["com", "net", "org", "info", "eu", "io", "de", "at", "ch", "fr", "uk", "example", "gov", "edu"];
    host.starts_with("www.")
        || words.len() > host.len()
        || host.rsplit('.').next().is_some_and(|ending| ENDINGS.contains(&ending))
}

fn same_site(one: &str, other: &str) -> bool {
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    let (one, other) = (bare(one), bare(other));
    one == other || one.ends_with(&format!(".{other}")) || other.ends_with(&format!(".{one}"))
}

/// The host of an address of the web, in the form in which a browser goes there.
fn host(address: &str) -> Option<String> {
    let url = ammonia::Url::parse(address.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.host_str().map(str::to_lowercase)).flatten()
}

/// What a browser makes of the value of an attribute, or of text: an entity that only we do not know, or a character
/// that only we mind, would hide a place from us.
fn as_parsed(attribute: &str, value: &str) -> String {
    if !value.contains(['&', '\0', '\r']) {
        return value.to_owned();
    }
    let mut html = String::with_capacity(value.len() + 20);
    if attribute.is_empty() {
        html.extend(value.chars().filter(|c| *c != '\0'));
    } else {
        html.push_str("<a ");
        write::attribute(attribute, value, &mut html);
        html.push('>');
    }
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokens = Tokenizer::new(Values::default(), TokenizerOpts::default());
    let _ = tokens.feed(&input);
    tokens.end();
    tokens.sink.0.into_inner()
}

/// Text, and values of attributes.
#[derive(Default)]
struct Values(RefCell<String>);

impl TokenSink for Values {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut all = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => all.push_str(&text),
            Token::TagToken(tag) => tag.attrs.iter().for_each(|attribute| all.push_str(&attribute.value)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Text with the entities undone that an address is hidden by.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    undo(text, |found| match found {
        Found::Text(text) | Found::Unknown(text) => out.push_str(text),
        Found::Char(c) => out.push(c),
    });
    out
}

/// A part of text with entities.
pub(super) enum Found<'t> {
    /// Text without any.
    Text(&'t str),
    /// An ampersand that begins none that we know.
    Unknown(&'t str),
    /// The character that one stands for.
    Char(char),
}

/// Goes through text and undoes the numbered entities and those of the commonest names.
pub(super) fn undo<'t>(text: &'t str, mut found: impl FnMut(Found<'t>)) {
    const NAMED: [(&str, char); 12] = [
        ("amp", '&'),
        ("nbsp", '\u{a0}'),
        ("quot", '"'),
        ("lt", '<'),
        ("gt", '>'),
        ("colon", ':'),
        ("sol", '/'),
        ("period", '.'),
        ("num", '#'),
        ("zwnj", '\u{200c}'),
        ("shy", '\u{ad}'),
        ("ZeroWidthSpace", '\u{200b}'),
    ];
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        found(Found::Text(&rest[..at]));
        let sign = &rest[at..=at];
        rest = &rest[at + 1..];
        let length = rest.bytes().take(20).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        let (name, after) = rest.split_at(length);
        let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        });
        // What a browser reads as Windows does is left to it.
        let number = number.filter(|number| !(0x80..0xa0).contains(number)).and_then(char::from_u32);
        let named = || NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
        match number.or_else(named).filter(|c| !c.is_control() || matches!(c, '\n' | '\t')) {
            Some(c) => {
                found(Found::Char(c));
                rest = after.strip_prefix(';').unwrap_or(after);
            }
            None => found(Found::Unknown(sign)),
        }
    }
    found(Found::Text(rest));
}
