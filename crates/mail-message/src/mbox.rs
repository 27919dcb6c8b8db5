//! Where the mails lie in an mbox file (RFC 4155 and its elder relatives): found in one pass with little memory, and
//! read one by one after that, in whatever order.
//!
//! A mail begins after a line `From SENDER DATE` that stands first in the file or after an empty line. Not every program
//! marks such a line within a mail, as it should, so the date has to look like one. Lines that were marked, `>From`,
//! `>>From`, lose one mark again.

use std::io::{self, BufRead};

/// As much of a line as tells whether it parts two mails.
const PREFIX: usize = 256;
/// As much of a mail as is given with its place: its headers, and what an endless header leaves of them.
const HEAD: usize = 32 * 1024;

/// Where one mail lies, and how it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where its first header begins, bytes from the start of the file.
    pub at: u64,
    /// How long it is, bytes, without the empty line that ends it.
    pub length: u64,
    /// The headers as far as they fit 32 kB, and perhaps some of the text.
    pub head: Vec<u8>,
}

/// Whether a file that begins with these bytes is an mbox.
pub fn is_mbox(beginning: &[u8]) -> bool {
    let line = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    parts(line)
}

/// The mails of an mbox, in the order of the file.
pub fn mails<R: BufRead>(read: R) -> Mails<R> {
    Mails { read, at: 0, begun: None, after_empty: true, is_over: false }
}

/// See [`mails`].
pub struct Mails<R> {
    read: R,
    at: u64,
    begun: Option<Found>,
    after_empty: bool,
    is_over: bool,
}

/// One line, as far as it matters.
struct Line {
    prefix: Vec<u8>,
    length: u64,
}

impl Line {
    fn is_empty(&self) -> bool {
        self.length <= 2 && matches!(&self.prefix[..], b"\n" | b"\r\n" | b"\r")
    }
}

impl<R: BufRead> Mails<R> {
    /// The next line; its text goes to the mail that is being read as far as its head has room.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Line { prefix: Vec::new(), length: 0 };
        // Outside of a mail any line may be the first of one, and then belongs to its head as far as that has room.
        let most = if self.begun.is_none() { HEAD } else { PREFIX };
        loop {
            let bytes = match self.read.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if bytes.is_empty() {
                return Ok((line.length > 0).then_some(line));
            }
            let end = memchr::memchr(b'\n', bytes).map(|end| end + 1);
            let piece = &bytes[..end.unwrap_or(bytes.len())];
            let room = most.saturating_sub(line.prefix.len());
            line.prefix.extend_from_slice(&piece[..room.min(piece.len())]);
            if let Some(mail) = &mut self.begun {
                let room = HEAD.saturating_sub(mail.head.len());
                mail.head.extend_from_slice(&piece[..room.min(piece.len())]);
            }
            let taken = piece.len();
            line.length += taken as u64;
            self.read.consume(taken);
            if end.is_some() {
                return Ok(Some(line));
            }
        }
    }

    /// The mail that was being read ends where the line that was just read begins.
    fn end(&mut self, line: u64, empty_before: u64) -> Option<Found> {
        let mut mail = self.begun.take()?;
        mail.length = line.saturating_sub(empty_before).saturating_sub(mail.at);
        mail.head.truncate(mail.length.min(HEAD as u64) as usize);
        Some(mail)
    }
}

impl<R: BufRead> Iterator for Mails<R> {
    type Item = io::Result<Found>;

    fn next(&mut self) -> Option<Self::Item> {
        // How long the empty line before the current one was.
        let mut empty = 0;
        while !self.is_over {
            let line = match self.line() {
                Ok(Some(line)) => line,
                Ok(None) => {
                    self.is_over = true;
                    return self.end(self.at, empty).map(Ok);
                }
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error));
                }
            };
            let begins = self.at;
            self.at += line.length;
            if self.after_empty && parts(&line.prefix) {
                let ended = self.end(begins, empty);
                self.begun = Some(Found { at: self.at, length: 0, head: Vec::new() });
                self.after_empty = false;
                if ended.is_some() {
                    return ended.map(Ok);
                }
                continue;
            }
            self.after_empty = line.is_empty();
            empty = if self.after_empty { line.length } else { 0 };
            if self.begun.is_none() && !self.after_empty {
                // What begins without such a line is a mail nevertheless; nothing is lost.
                self.begun = Some(Found { at: begins, length: 0, head: line.prefix });
            }
        }
        None
    }
}

/// Whether a line parts two mails: `From`, a blank, somebody or `-`, and a time of day and a year.
fn parts(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let rest = &rest[..rest.len().min(PREFIX)];
    let is_time = |five: &[u8]| {
        five[2] == b':' && [0, 1, 3, 4].into_iter().all(|at| five[at].is_ascii_digit() || (at == 0 && five[at] == b' '))
    };
    let has_year = rest.split(|byte| !byte.is_ascii_alphanumeric()).any(|word| {
        word.len() == 4 && word.iter().all(u8::is_ascii_digit) && (word.starts_with(b"19") || word.starts_with(b"20"))
    });
    has_year && rest.windows(5).any(is_time)
}

/// A mail as it was before it was put into the mbox: marked `From` lines lose one mark.
pub fn unmarked(mail: Vec<u8>) -> Vec<u8> {
    if memchr::memmem::find(&mail, b">From ").is_none() {
        return mail;
    }
    let mut plain = Vec::with_capacity(mail.len());
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        let marks = line.iter().take_while(|byte| **byte == b'>').count();
        let is_marked = marks > 0 && line[marks..].starts_with(b"From ");
        plain.extend_from_slice(if is_marked { &line[1..] } else { line });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(mbox: &str) -> Vec<String> {
        let found = mails(mbox.as_bytes()).map(Result::unwrap);
        let text = |found: Found| mbox[found.at as usize..(found.at + found.length) as usize].to_owned();
        found.map(text).collect()
    }

    const ANA: &str = "From ana@lindenhof.example Mon Mar  2 09:00:00 2026\n";

    #[test]
    fn mails_are_parted_where_a_line_says_so() {
        let two = format!("{ANA}Subject: One\n\nHello\n\n{ANA}Subject: Two\n\nBye\n");
        assert_eq!(texts(&two), ["Subject: One\n\nHello\n", "Subject: Two\n\nBye\n"]);
        let windows = two.replace('\n', "\r\n");
        assert_eq!(texts(&windows), ["Subject: One\r\n\r\nHello\r\n", "Subject: Two\r\n\r\nBye\r\n"]);
        assert_eq!(texts(""), [""; 0]);
        assert_eq!(texts(ANA), [""]);
    }

    #[test]
    fn each_program_writes_its_own_line() {
        for line in [
            "From - Mon Mar 02 09:00:00 2026",
            "From 1590000000000000001@xxx Mon Mar 02 09:00:00 +0000 2026",
            "From MAILER-DAEMON Mon Mar  2  9:00:00 2026",
            "From \"Ana Lind\"@lindenhof.example Mon, 2 Mar 2026 09:00:00 +0100",
            "From ana@lindenhof.example 2026-03-02T09:00:00Z",
        ] {
            assert!(is_mbox(line.as_bytes()), "{line}");
        }
        for line in
            ["From: ana@lindenhof.example", "From here on 2026 is quiet", "From 09:00 on we meet", ">From x 09:00 2026"]
        {
            assert!(!is_mbox(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn text_that_begins_with_from_stays_text() {
        let one = format!("{ANA}Subject: One\n\nSee below.\n\nFrom here on it is locked.\nFrom 2026 at 09:00 too\n");
        assert_eq!(texts(&one).len(), 1);
        let marked = b"a\n>From x\n>>From y\n> From z\n".to_vec();
        assert_eq!(unmarked(marked), b"a\nFrom x\n>From y\n> From z\n");
    }

    #[test]
    fn what_has_no_such_line_is_one_mail() {
        assert_eq!(texts("Subject: One\n\nHello\n"), ["Subject: One\n\nHello\n"]);
        let head = mails(&b"\n\nSubject: One\n\nHello"[..]).next().unwrap().unwrap().head;
        assert!(head.starts_with(b"Subject: One\n\nHello"), "{head:?}");
        let long = format!("Subject: {}\n\nHello\n", "a".repeat(2 * PREFIX));
        assert_eq!(mails(long.as_bytes()).next().unwrap().unwrap().head, long.as_bytes());
    }

    #[test]
    fn only_a_line_end_is_an_empty_line() {
        // Two carriage returns at the end of the file are something that somebody wrote.
        let text = format!("{ANA}Subject: One\n\nHello\n\r\r");
        assert_eq!(texts(&text), ["Subject: One\n\nHello\n\r\r"]);
    }

    #[test]
    fn a_line_without_end_takes_little_memory() {
        let mut mbox = ANA.as_bytes().to_vec();
        mbox.resize(5_000_000, b'x');
        let found: Vec<Found> = mails(&mbox[..]).map(Result::unwrap).collect();
        assert_eq!((found.len(), found[0].head.len(), found[0].length), (1, HEAD, 5_000_000 - ANA.len() as u64));
    }
}
