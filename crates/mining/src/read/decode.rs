//! Bytes made into text a block at a time: UTF-8 is checked, UTF-16 (by its mark) decoded, and what is neither is taken
//! as Windows-1252, because that is what it nearly always is.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::source::Source;

/// How much is read at a time.
pub(crate) const BLOCK: usize = 1 << 16;

/// A source read as text.
pub(crate) struct Decoder<'a> {
    source: Source<'a>,
    utf16: Option<encoding_rs::Decoder>,
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
            utf16: utf16.map(|(_, encoding)| encoding.new_decoder()),
            raw: vec![0; BLOCK],
            waiting: 0,
            ended: false,
            broken: false,
            not_utf8: false,
            ahead: None,
        }
    }

    /// One that is at its end.
    pub(crate) fn ended() -> Self {
        Self {
            source: Box::new(io::empty()),
            utf16: None,
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
        let behind = Self { ahead: Some(ahead), ended: self.ended, not_utf8: self.not_utf8, ..Self::ended() };
        Ahead { decoder: std::mem::replace(self, behind), blocks }
    }

    /// Ends what another thread decodes; there is nothing more to read.
    pub(crate) fn stop_ahead(&mut self) {
        self.ahead = None;
        self.ended = true;
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
        if let Some(utf16) = &mut self.utf16 {
            let block = &self.raw[..held];
            text.reserve(utf16.max_utf8_buffer_length(block.len()).unwrap_or(block.len() * 3));
            let (_, _, replaced) = utf16.decode_to_string(block, text, self.ended);
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
