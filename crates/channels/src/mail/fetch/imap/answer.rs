//! What an IMAP server answers: lines with literals in them, as words, texts and lists.

use crate::mail::link::{Cause, Link, MOST_SKIPPED, Trouble};

/// The longest line, bytes: the numbers of half a million mails.
const LINE: usize = 4 * 1024 * 1024;
/// Literals in one answer, pieces of one answer, and lists within lists.
const MOST_LITERALS: usize = 64;
const MOST_PIECES: usize = 10_000;
const DEEPEST: usize = 16;

/// One answer.
#[derive(Debug)]
pub(super) struct Answer {
    parts: Vec<Part>,
    /// The size of a literal that was larger than allowed and is here in part.
    pub cut: Option<u64>,
}

#[derive(Debug)]
enum Part {
    Line(Vec<u8>),
    Literal(Vec<u8>),
}

/// A piece of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item {
    Word(String),
    Text(Vec<u8>),
    List(Vec<Item>),
}

impl Item {
    /// As bytes, whether it stood in quotes or not; `None` for a list and for NIL.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Word(word) if word.eq_ignore_ascii_case("nil") => None,
            Self::Word(word) => Some(word.as_bytes()),
            Self::Text(text) => Some(text),
            Self::List(_) => None,
        }
    }

    pub(super) fn number(&self) -> Option<u32> {
        if let Self::Word(word) = self { word.parse().ok() } else { None }
    }
}

/// How much of a literal is taken. Those after the first in an answer have the room that it left.
#[derive(Debug, Clone, Copy)]
pub(super) enum Room {
    /// A larger one is an error.
    Exactly(usize),
    /// Of a larger one than `whole`, the first `part` bytes; the rest is passed over.
    OrPart { whole: usize, part: usize },
}

impl Room {
    fn whole(self) -> usize {
        match self {
            Self::Exactly(most) => most,
            Self::OrPart { whole, .. } => whole,
        }
    }
}

impl Answer {
    /// Reads the next answer.
    pub(super) async fn read(link: &mut Link, room: Room) -> Result<Self, Trouble> {
        let mut answer = Self { parts: Vec::new(), cut: None };
        let (mut left, mut held) = (LINE, 0);
        loop {
            let mut line = link.line(left).await?;
            left = left.saturating_sub(line.len()).max(2);
            let Some(length) = announced(&mut line) else {
                answer.parts.push(Part::Line(line));
                return Ok(answer);
            };
            answer.parts.push(Part::Line(line));
            if answer.parts.len() > 2 * MOST_LITERALS {
                return Err(Trouble::new(Cause::Garbled, "too many literals in one answer"));
            }
            if held > 0 && length > room.whole().saturating_sub(held) as u64 {
                return Err(Trouble::new(Cause::Garbled, format!("one more literal of {length} bytes")));
            }
            let literal = match room {
                Room::Exactly(most) if length <= most as u64 => link.exactly(length as usize).await?,
                Room::OrPart { whole, .. } if length <= whole as u64 && answer.cut.is_none() => {
                    link.exactly(length as usize).await?
                }
                Room::OrPart { part, .. } if length <= MOST_SKIPPED && answer.cut.is_none() => {
                    answer.cut = Some(length);
                    let taken = length.min(part as u64);
                    let begin = link.exactly(taken as usize).await?;
                    link.skip(length - taken).await?;
                    begin
                }
                _ => return Err(Trouble::new(Cause::Garbled, format!("a literal of {length} bytes"))),
            };
            held += literal.len();
            answer.parts.push(Part::Literal(literal));
        }
    }

    /// The line up to its first literal.
    pub(super) fn line(&self) -> &[u8] {
        match self.parts.first() {
            Some(Part::Line(line)) => line,
            _ => b"",
        }
    }

    /// The words after `start`, when the answer begins so.
    pub(super) fn after(&self, start: &str) -> Option<&[u8]> {
        let (begin, rest) = self.line().split_at_checked(start.len())?;
        begin.eq_ignore_ascii_case(start.as_bytes()).then_some(rest)
    }

    /// The number of an answer such as `* 12 EXISTS`.
    pub(super) fn number_of(&self, kind: &str) -> Option<u32> {
        let line = std::str::from_utf8(self.after("* ")?).ok()?;
        let (number, what) = line.split_once(' ')?;
        let what = what.split(' ').next()?;
        what.eq_ignore_ascii_case(kind).then(|| number.parse().ok())?
    }

    /// The answer as pieces.
    pub(super) fn items(self) -> Result<Vec<Item>, Trouble> {
        let mut open: Vec<Vec<Item>> = vec![Vec::new()];
        let mut left = MOST_PIECES;
        for part in self.parts {
            match part {
                Part::Literal(text) => push(&mut open, Item::Text(text)),
                Part::Line(line) => pieces(&line, &mut open, &mut left)?,
            }
        }
        let all = open.pop().unwrap_or_default();
        if open.is_empty() { Ok(all) } else { Err(Trouble::new(Cause::Garbled, "a list without an end")) }
    }
}

fn push(open: &mut [Vec<Item>], item: Item) {
    if let Some(list) = open.last_mut() {
        list.push(item);
    }
}

fn pieces(line: &[u8], open: &mut Vec<Vec<Item>>, left: &mut usize) -> Result<(), Trouble> {
    let garbled = |what: &str| Trouble::new(Cause::Garbled, what);
    let mut rest = line;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first != b' ' {
            *left = left.checked_sub(1).ok_or_else(|| garbled("too many pieces in one answer"))?;
        }
        match first {
            b' ' => {}
            b'(' if open.len() > DEEPEST => return Err(garbled("lists within lists")),
            b'(' => open.push(Vec::new()),
            b')' => {
                let list = open.pop().unwrap_or_default();
                if open.is_empty() {
                    return Err(garbled("a list that never began"));
                }
                push(open, Item::List(list));
            }
            b'"' => {
                let mut text = Vec::new();
                loop {
                    let Some((&byte, after)) = rest.split_first() else { return Err(garbled("quotes without an end")) };
                    rest = after;
                    match byte {
                        b'"' => break,
                        b'\\' => {
                            if let Some((&escaped, after)) = rest.split_first() {
                                text.push(escaped);
                                rest = after;
                            }
                        }
                        _ => text.push(byte),
                    }
                }
                push(open, Item::Text(text));
            }
            _ => {
                // What stands in brackets belongs to the word: BODY[HEADER.FIELDS (SUBJECT)]<0>
                let word = &line[line.len() - rest.len() - 1..];
                let mut within = false;
                let end = word.iter().position(|byte| {
                    match byte {
                        b'[' => within = true,
                        b']' => within = false,
                        _ => {}
                    }
                    !within && matches!(byte, b' ' | b'(' | b')' | b'"')
                });
                let end = end.unwrap_or(word.len());
                push(open, Item::Word(String::from_utf8_lossy(&word[..end]).into_owned()));
                rest = &word[end..];
            }
        }
    }
    Ok(())
}

/// The length of the literal that a line announces at its end; the announcement is taken off.
fn announced(line: &mut Vec<u8>) -> Option<u64> {
    let inner = line.strip_suffix(b"}")?;
    let start = inner.iter().rposition(|byte| *byte == b'{')?;
    let digits = inner[start + 1..].strip_suffix(b"+").unwrap_or(&inner[start + 1..]);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // A number too large for us is too large for any mail.
    let length = std::str::from_utf8(digits).ok()?.parse().unwrap_or(u64::MAX);
    line.truncate(start);
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(said: &'static [u8]) -> Link {
        let stream = tokio::io::join(std::io::Cursor::new(said), tokio::io::sink());
        Link::over(Box::new(stream), std::time::Duration::from_secs(5))
    }

    async fn items(said: &'static [u8]) -> Result<Vec<Item>, Trouble> {
        Answer::read(&mut link(said), Room::Exactly(1_000)).await?.items()
    }

    fn word(word: &str) -> Item {
        Item::Word(word.to_owned())
    }

    #[tokio::test]
    async fn an_answer_is_read_with_its_literals() {
        let said = b"* 2 FETCH (UID 7 FLAGS (\\Seen a) BODY[HEADER.FIELDS (TO)]<0> {5}\r\nTo: a X \"q\\\"uote\")\r\n";
        let inner = vec![
            word("UID"),
            word("7"),
            word("FLAGS"),
            Item::List(vec![word("\\Seen"), word("a")]),
            word("BODY[HEADER.FIELDS (TO)]<0>"),
            Item::Text(b"To: a".to_vec()),
            word("X"),
            Item::Text(b"q\"uote".to_vec()),
        ];
        assert_eq!(items(said).await.unwrap(), [word("*"), word("2"), word("FETCH"), Item::List(inner)]);
    }

    #[tokio::test]
    async fn line_72_an_answer_that_makes_no_sense_is_an_error_and_no_memory() {
        for said in [
            b"* 1 FETCH (UID 1 BODY[] {99999999999999999999}\r\n".as_slice(),
            b"* 1 FETCH (UID 1 BODY[] {1001}\r\n",
            b"* 1 FETCH (UID 1 BODY[] {10}\r\nshort",
            b"* 1 FETCH (UID 1",
            b"* 1 FETCH ))))\r\n",
            b"* ((((((((((((((((((((((((\r\n",
            b"* LIST () \"\r\n",
            b"",
        ] {
            assert!(items(said).await.is_err(), "{}", String::from_utf8_lossy(said));
        }
        let many = b"* 1 FETCH (A {600}\r\n".iter().chain(&[b'x'; 600]).chain(b" B {600}\r\n").chain(&[b'x'; 600]);
        let many: &'static [u8] = many.copied().chain(*b")\r\n").collect::<Vec<_>>().leak();
        assert!(items(many).await.is_err(), "each has room, both have not");
        let pieces: &'static [u8] = [&b"()".repeat(MOST_PIECES)[..], b"\r\n"].concat().leak();
        assert!(items(pieces).await.is_err(), "as many pieces as no mail has");
        let endless = tokio::io::join(tokio::io::repeat(b'a'), tokio::io::sink());
        let mut link = Link::over(Box::new(endless), std::time::Duration::from_secs(5));
        let trouble = Answer::read(&mut link, Room::Exactly(10)).await.unwrap_err();
        assert_eq!(trouble.cause, Cause::Garbled);
    }

    #[tokio::test]
    async fn of_a_mail_that_is_too_large_the_beginning_is_taken() {
        let said = b"* 1 FETCH (UID 1 BODY[] {10}\r\n0123456789 SIZE 3)\r\n* OK\r\n";
        let mut link = link(said);
        let answer = Answer::read(&mut link, Room::OrPart { whole: 9, part: 4 }).await.unwrap();
        assert_eq!(answer.cut, Some(10));
        assert_eq!(answer.number_of("fetch"), Some(1));
        let Some(Item::List(items)) = answer.items().unwrap().pop() else { panic!("no list") };
        assert_eq!(items[3], Item::Text(b"0123".to_vec()));
        assert_eq!(Answer::read(&mut link, Room::Exactly(0)).await.unwrap().line(), b"* OK");
    }
}
