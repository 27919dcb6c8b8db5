//! Status codes (RFC 3463) and SMTP reply codes in running text.

use std::sync::LazyLock;

use regex::Regex;

/// Longest text that is searched; a server's words are short.
const LONGEST: usize = 20_000;

/// `550 5.1.1`, `550-5.1.1`, `550 #5.1.1`, `550-'5.7.1`, `550, 5.1.1`: a reply code with its status.
static BOTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9.])([45][0-9]{2})[ \-/,:;]{1,2}[#'(\[]?([45]\.[0-9]\.[0-9]{1,3})(?:[^0-9.]|\.?$|\. |\.\n)")
        .expect("this expression is fixed and was tried")
});
/// A status alone.
static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9.])([45]\.[0-9]\.[0-9]{1,3})(?:[^0-9.]|\.?$|\. |\.\n)")
        .expect("this expression is fixed and was tried")
});
/// A reply code alone: at the start of a line, or after a colon, a semicolon, a bracket or "said".
static REPLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)(?:^[ \t]*|[:;=(\['>] ?|said:? |with:? |code:? |error:? )(4[0-9]{2}|5[0-9]{2})(?:[ \-:,)\]'.]|$)")
        .expect("this expression is fixed and was tried")
});

/// The codes that were found.
#[derive(Default)]
pub(super) struct Codes {
    pub(super) status: Option<String>,
    pub(super) reply: Option<String>,
}

/// The codes in `text`: the pair that stands together first, else each for itself.
pub(super) fn find(text: &str) -> Codes {
    let text = within(text);
    if let Some(found) = BOTH.captures(text) {
        return Codes { reply: Some(found[1].to_owned()), status: Some(found[2].to_owned()) };
    }
    let one = |expression: &Regex| expression.captures(text).map(|found| found[1].to_owned());
    Codes { status: one(&STATUS), reply: one(&REPLY) }
}

/// The status code in a Status field: `5.1.1 (no such user)`, `550 5.1.1`, `#5.1.1`.
pub(super) fn of_field(value: &str) -> Option<String> {
    let mut words = value.split(|c: char| !(c.is_ascii_digit() || c == '.')).take(20);
    words.find(|word| is_status(word)).map(str::to_owned)
}

fn is_status(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3 && matches!(parts[0], "2" | "4" | "5") && parts.iter().all(|part| (1..=3).contains(&part.len()))
}

/// How much a status says: 0 for `5.0.0`, which a server writes when it does not know, 1 for `5.2.0`, and for `5.4.7`
/// (it took too long, whatever the other server said all the time), 2 for the rest.
pub(super) fn exactness(code: &str) -> u8 {
    match code.split_once('.').map_or("", |(_, detail)| detail) {
        "0.0" => 0,
        "4.7" => 1,
        detail if detail.ends_with(".0") => 1,
        _ => 2,
    }
}

fn within(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
