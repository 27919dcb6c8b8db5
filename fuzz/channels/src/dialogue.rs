//! What must hold whatever a server says: of mail by IMAP, POP3 or SMTP, or of tokens; and whatever a visitor says who
//! comes to the port at which somebody's consent is awaited.
//!
//! A dialogue is a list of pieces, cut at the byte 255. Each is what the server says when it is listened to next; the
//! byte 254 in it stands for the tag of the command that it heard last.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use channels::mail::fuzzing as mail;
use channels::mail::fuzzing::{Heard, Room};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Mails are taken whole up to so many bytes.
const ROOM: Room = Room { whole: 600, part: 100 };

/// A server that says what it was given, whatever it hears.
#[derive(Debug, Default)]
pub struct Server {
    pieces: VecDeque<Vec<u8>>,
    /// What is left of the piece that is being said.
    rest: VecDeque<u8>,
    heard: Vec<u8>,
}

impl Server {
    /// One that says these pieces.
    pub fn saying(data: &[u8]) -> Self {
        Self { pieces: data.split(|byte| *byte == 255).map(<[u8]>::to_vec).collect(), ..Self::default() }
    }

    fn tag(&self) -> &[u8] {
        let line = self.heard.strip_suffix(b"\r\n").unwrap_or(&self.heard);
        let line = line.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        line.split(|byte| *byte == b' ').next().unwrap_or_default()
    }
}

impl AsyncRead for Server {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        while self.rest.is_empty() {
            let Some(piece) = self.pieces.pop_front() else { return Poll::Ready(Ok(())) };
            let tag = self.tag().to_vec();
            self.rest = piece.split(|byte| *byte == 254).collect::<Vec<_>>().join(&tag[..]).into();
        }
        let taken = into.remaining().min(self.rest.len());
        let bytes: Vec<u8> = self.rest.drain(..taken).collect();
        into.put_slice(&bytes);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Server {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        // Its last words are enough to know the tag.
        if self.heard.len() > 1_000 {
            self.heard.clear();
        }
        self.heard.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// Runs a dialogue to its end.
pub fn run<T>(dialogue: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: tokio::runtime::Runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    }
    RUNTIME.with(|runtime| runtime.block_on(dialogue))
}

/// A dialogue; its first byte says with whom.
pub fn dialogue(data: &[u8]) {
    let Some((&with, said)) = data.split_first() else { return };
    let (with_token, server) = (with & 1 == 1, Server::saying(said));
    match with >> 1 & 3 {
        _ if with >= 240 => visited(said, run(mail::visitor(server, "state"))),
        0 => heard(said, &run(mail::imap(server, with_token, ROOM))),
        1 => heard(said, &run(mail::pop3(server, with_token, ROOM))),
        2 => sent(said, run(mail::smtp(server, with_token))),
        _ => provided(said, run(mail::provider(server))),
    }
}

fn words_hold(said: &[u8], words: &[String], most: usize) {
    // What it says itself may be shown, also when it comes in pieces.
    let letters: Vec<u8> = said.iter().copied().filter(u8::is_ascii_alphabetic).collect();
    let known = letters.windows(6).any(|six| six == b"secret");
    for words in words {
        assert!(!words.contains(char::is_control) && words.chars().count() <= most, "shown: {words:?}");
        assert!(known || !words.contains("secret"), "a password is shown: {words:?}");
    }
}

fn heard(said: &[u8], heard: &Heard) {
    words_hold(said, &heard.words, 1_000);
    for (mail, size) in &heard.mails {
        match size {
            None => assert!(mail.len() <= ROOM.whole, "{} bytes", mail.len()),
            Some(size) => assert!(*size > ROOM.whole as u64 && mail.len() <= ROOM.part, "{} of {size}", mail.len()),
        }
    }
}

/// Whether a letter was taken is what the server said last, and never a guess.
fn sent(said: &[u8], (came_to, words): (&'static str, Vec<String>)) {
    words_hold(said, &words, 5_000);
    let said: Vec<u8> = said.iter().copied().filter(|byte| *byte < 254).collect();
    let says = |class: u8| {
        said.split(|byte| *byte == b'\n').any(|line| {
            line.first() == Some(&class) && line.get(1..3).is_some_and(|rest| rest.iter().all(u8::is_ascii_digit))
        })
    };
    match came_to {
        "taken" => assert!(says(b'2') && says(b'3'), "taken: {words:?}"),
        "refused" => assert!(says(b'5'), "refused: {words:?}"),
        "not now" => assert!(says(b'4'), "not now: {words:?}"),
        // All of it was written and nothing was heard: only then may it have been taken.
        "perhaps" => assert!(says(b'3'), "perhaps: {words:?}"),
        _ => {}
    }
}

/// Who does not know the state is nobody, whatever they bring.
fn visited(said: &[u8], told: Option<Result<String, String>>) {
    let said: Vec<u8> = said.iter().copied().filter(|byte| *byte < 254).collect();
    let knows = said.windows(6).any(|six| six == b"state=");
    assert!(knows || told.is_none(), "somebody was taken for the provider");
    match told {
        Some(Ok(code)) => assert!(!code.is_empty() && code.len() <= 3 * said.len()),
        Some(Err(trouble)) => words_hold(&said, &[trouble], 1_000),
        None => {}
    }
}

fn provided(said: &[u8], heard: Result<(String, String, i64), String>) {
    match heard {
        Ok((access, refresh, until)) => {
            assert!(!access.is_empty() && !access.contains(char::is_control), "token {access:?}");
            assert!(!refresh.is_empty() && until >= 0);
        }
        Err(trouble) => words_hold(said, &[trouble], 1_000),
    }
}

/// Names of folders: whatever name people gave, a server has it under one that is read back; any name that a server
/// has is shown; and in a command it stays within its quotes.
pub fn name(data: &[u8]) {
    let name = String::from_utf8_lossy(data);
    let written = mail::folder_written(&name);
    assert!(written.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{written:?}");
    assert_eq!(mail::folder_read(written.as_bytes()), name, "written as {written:?}");
    let shown = mail::folder_read(data);
    assert!(shown.len() <= 3 * data.len(), "{} bytes of {}", shown.len(), data.len());
    let command = mail::folder_in_command(&name);
    let within = command.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).expect("in quotes");
    let mut escaped = false;
    for letter in within.chars() {
        assert!(escaped || letter != '"', "{command}");
        assert!((' '..='~').contains(&letter));
        escaped = letter == '\\' && !escaped;
    }
    assert!(!escaped, "{command}");
}

/// Keys and certificates, and mails to be signed.
pub fn key(data: &[u8]) {
    /// Made for this with `openssl genpkey -algorithm ed25519`; of nobody.
    const KEY: &str = include_str!("ed25519.pem");
    if let Some(shown) = mail::certificate(data) {
        assert!(!shown.contains(char::is_control), "{shown:?}");
    }
    let text = String::from_utf8_lossy(data);
    if let Err(error) = mail::sign(&text, b"From: a@b.example\r\n\r\nx\r\n") {
        // It says what is wrong, and nothing of what stands in the file.
        assert!(error.len() < 200, "{error}");
    }
    let signed = mail::sign(KEY, data).expect("any mail can be signed");
    let header = signed.strip_suffix(data).expect("the mail itself stays as it is");
    assert!(header.starts_with(b"DKIM-Signature:") && header.ends_with(b"\r\n") && header.len() < 1_200);
    // One header: each of its lines but the first begins with a blank.
    let lines = header.strip_suffix(b"\r\n").unwrap_or(header);
    let lines = String::from_utf8_lossy(lines).into_owned();
    assert!(lines.split("\r\n").skip(1).all(|line| line.starts_with('\t')), "{lines}");
}
