//! Bytes made into text a block at a time: UTF-8 is checked, UTF-16 (by its mark) and what an XML declaration names are
//! decoded, and what is neither is taken as Windows-1252, because that is what it nearly always is.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::source::Source;

/// How much is read at a time.
pub(crate) const BLOCK: usize = 1 << 16;

/// A source read as text.
pub(crate) struct Decoder<'a> {
    source: Source<'a>,
    /// What is not UTF-8 by its mark or its declaration.
    other: Option<encoding_rs::Decoder>,
    /// What the file says of its encoding.
    pub(crate) declared: Declared,
    raw: Vec<u8>,
    /// Bytes at the front of `raw` that wait for the rest of their character.
    waiting: usize,
    /// The source is at its end.
    pub(crate) ended: bool,
    /// The source broke off (a gzip stream without its end).
    pub(crate) broken: bool,
    /// Some bytes were not UTF-8.
    pub(crate) not_utf8: bool,
    /// Where blocks come from when another thread decodes.
    ahead: Option<Receiver<Block>>,
}

/// What a file says of its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Declared {
    /// Nothing, or UTF-8.
    Utf8,
    /// Windows-1252 or ISO-8859-1: what is not UTF-8 is that indeed.
    Western,
    /// Another, which is followed.
    Other(&'static str),
    /// One that is not known.
    Unknown(String),
}

/// A block of text, and whether all before its end was UTF-8, or what became of the source instead.
enum Block {
    Text { text: String, not_utf8: bool },
    Failed(io::Error),
    Ended { broken: bool, not_utf8: bool },
}

/// How many blocks wait at most.
const WAITING: usize = 16;

impl<'a> Decoder<'a> {
    /// A source that begins with `first` (given to recognise UTF-16 by its mark).
    pub(crate) fn new(first: &[u8], source: Source<'a>) -> Self {
        let marks = [(&b"\xFF\xFE"[..], UTF_16LE), (&b"\xFE\xFF"[..], UTF_16BE)];
        let utf16 = marks.iter().find(|(mark, _)| first.starts_with(mark));
        Self {
            source,
            other: utf16.map(|(_, encoding)| encoding.new_decoder()),
            declared: utf16.map_or(Declared::Utf8, |(_, encoding)| Declared::Other(encoding.name())),
            raw: vec![0; BLOCK],
            waiting: 0,
            ended: false,
            broken: false,
            not_utf8: false,
            ahead: None,
        }
    }

    /// A source of XML that begins with `first`: what its declaration says of the encoding counts, unless a mark says
    /// otherwise, or `first` cannot be so encoded.
    pub(crate) fn of_xml(first: &[u8], source: Source<'a>) -> Self {
        let mut decoder = Self::new(first, source);
        // UTF-16 without its mark begins with a `<` and half a character.
        let encoding = match first {
            _ if decoder.other.is_some() || first.starts_with(b"\xEF\xBB\xBF") => return decoder,
            [b'<', 0, ..] => Some(UTF_16LE),
            [0, b'<', ..] => Some(UTF_16BE),
            _ => match label(first) {
                Some(label) => {
                    let known = Encoding::for_label_no_replacement(label);
                    if known.is_none() {
                        decoder.declared = Declared::Unknown(String::from_utf8_lossy(label).into_owned());
                    }
                    known.filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
                }
                None => None,
            },
        };
        match encoding {
            Some(encoding) if encoding == WINDOWS_1252 => decoder.declared = Declared::Western,
            Some(encoding) if encoding != UTF_8 => {
                decoder.other = Some(encoding.new_decoder_without_bom_handling());
                decoder.declared = Declared::Other(encoding.name());
            }
            _ => {}
        }
        decoder
    }

    /// One that is at its end.
    pub(crate) fn ended() -> Self {
        Self {
            source: Box::new(io::empty()),
            other: None,
            declared: Declared::Utf8,
            raw: Vec::new(),
            waiting: 0,
            ended: true,
            broken: false,
            not_utf8: false,
            ahead: None,
        }
    }

    /// Leaves decoding to another thread: what is given back is to [run](Ahead::run) there.
    pub(crate) fn go_ahead(&mut self) -> Ahead<'a> {
        let (blocks, ahead) = sync_channel(WAITING);
        let (ended, not_utf8, declared) = (self.ended, self.not_utf8, self.declared.clone());
        let behind = Self { ahead: Some(ahead), ended, not_utf8, declared, ..Self::ended() };
        Ahead { decoder: std::mem::replace(self, behind), blocks }
    }

    /// Ends what another thread decodes; there is nothing more to read.
    pub(crate) fn stop_ahead(&mut self) {
        self.ahead = None;
        self.ended = true;
    }

    /// What to say of the encoding at the end, if anything.
    pub(crate) fn note(&self) -> Option<String> {
        match &self.declared {
            Declared::Unknown(label) => {
                Some(format!("the encoding \"{label}\" is not known; the text was taken as UTF-8 or Windows-1252"))
            }
            Declared::Other(name) if self.not_utf8 => {
                Some(format!("some text is not {name}, as the file says it is (check names with accents)"))
            }
            Declared::Utf8 if self.not_utf8 => {
                Some("some text is not UTF-8; it was taken as Windows-1252 (check names with accents)".to_owned())
            }
            Declared::Western | Declared::Utf8 | Declared::Other(_) => None,
        }
    }

    /// Appends the next block to `text`, or sets `ended`.
    pub(crate) fn more(&mut self, text: &mut String) -> io::Result<()> {
        if let Some(ahead) = &self.ahead {
            // Without an end the other thread has panicked, and soon this one will know.
            match ahead.recv().unwrap_or(Block::Ended { broken: true, not_utf8: self.not_utf8 }) {
                Block::Text { text: more, not_utf8 } => {
                    text.push_str(&more);
                    self.not_utf8 = not_utf8;
                }
                Block::Failed(error) => return Err(error),
                Block::Ended { broken, not_utf8 } => {
                    (self.ended, self.broken, self.not_utf8, self.ahead) = (true, broken, not_utf8, None);
                }
            }
            return Ok(());
        }
        let count = loop {
            match self.source.read(&mut self.raw[self.waiting..]) {
                Ok(count) => break count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // That is how the gzip decoder says that its stream has no end.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    self.broken = true;
                    break 0;
                }
                Err(error) => return Err(error),
            }
        };
        self.ended = count == 0;
        let held = self.waiting + count;
        self.waiting = 0;
        if let Some(other) = &mut self.other {
            let block = &self.raw[..held];
            text.reserve(other.max_utf8_buffer_length(block.len()).unwrap_or(block.len() * 3));
            let (_, _, replaced) = other.decode_to_string(block, text, self.ended);
            self.not_utf8 |= replaced;
            return Ok(());
        }
        let mut at = 0;
        while at < held {
            match std::str::from_utf8(&self.raw[at..held]) {
                Ok(block) => {
                    text.push_str(block);
                    break;
                }
                Err(error) => {
                    let bad = at + error.valid_up_to();
                    text.push_str(std::str::from_utf8(&self.raw[at..bad]).unwrap_or_default());
                    if error.error_len().is_none() && !self.ended {
                        self.raw.copy_within(bad..held, 0);
                        self.waiting = held - bad;
                        break;
                    }
                    at = bad + error.error_len().unwrap_or(held - bad);
                    text.push_str(&WINDOWS_1252.decode_without_bom_handling(&self.raw[bad..at]).0);
                    self.not_utf8 = true;
                }
            }
        }
        Ok(())
    }
}

/// What an XML declaration at the beginning of `first` names as the encoding.
fn label(first: &[u8]) -> Option<&[u8]> {
    let begin = first.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &begin[..memchr::memmem::find(begin, b"?>")?];
    let rest = &declaration[memchr::memmem::find(declaration, b"encoding")? + b"encoding".len()..];
    let (mark, rest) = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start().split_first()?;
    let end = memchr::memchr(*mark, rest).filter(|_| matches!(mark, b'"' | b'\''))?;
    Some(&rest[..end])
}

/// A decoder that runs ahead of who reads, on another thread.
pub(crate) struct Ahead<'a> {
    decoder: Decoder<'a>,
    blocks: SyncSender<Block>,
}

impl Ahead<'_> {
    /// Decodes until the end, or until nobody reads any more.
    pub(crate) fn run(mut self) {
        loop {
            let mut text = String::new();
            let more = self.decoder.more(&mut text);
            let Decoder { broken, not_utf8, ended, .. } = self.decoder;
            let failed = more.is_err();
            let blocks = [
                (!text.is_empty()).then_some(Block::Text { text, not_utf8 }),
                more.err().map(Block::Failed),
                ended.then_some(Block::Ended { broken, not_utf8 }),
            ];
            for block in blocks.into_iter().flatten() {
                if self.blocks.send(block).is_err() {
                    return;
                }
            }
            if ended || failed {
                return;
            }
        }
    }
}

/// The decoded text as bytes again, for readers that want those.
pub(crate) struct Utf8<'a> {
    pub(crate) decoder: Decoder<'a>,
    text: String,
    at: usize,
}

impl<'a> Utf8<'a> {
    pub(crate) fn new(decoder: Decoder<'a>) -> Self {
        Self { decoder, text: String::with_capacity(2 * BLOCK), at: 0 }
    }

    /// What is there already of what is left.
    pub(crate) fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Takes more, unless so many bytes are there already, or there are no more.
    pub(crate) fn look_ahead(&mut self, bytes: usize) -> io::Result<()> {
        if self.text.len() - self.at < bytes && !self.decoder.ended {
            self.text.drain(..self.at);
            self.at = 0;
            while self.text.len() < bytes && !self.decoder.ended {
                self.decoder.more(&mut self.text)?;
            }
        }
        Ok(())
    }

    /// Whether nothing is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.decoder.ended && self.at == self.text.len()
    }
}

impl BufRead for Utf8<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.text.len() && !self.decoder.ended {
            self.text.clear();
            self.at = 0;
            self.decoder.more(&mut self.text)?;
        }
        Ok(&self.text.as_bytes()[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.text.len());
    }
}

impl Read for Utf8<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}
