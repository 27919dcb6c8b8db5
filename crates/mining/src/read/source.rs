//! Where the bytes come from: counted for the progress bar, and unpacked when they are gzipped.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::GzDecoder;

/// Bytes from anywhere.
pub(crate) type Source<'a> = Box<dyn Read + Send + 'a>;

/// Told how many bytes were taken so far.
pub(crate) type Progress<'a> = Box<dyn FnMut(u64) + Send + 'a>;

/// How much is looked at to recognise the format.
const FIRST: usize = 4096;

const BZIP2: &str = "packed with bzip2";

/// How packed files of other kinds begin, and what they are.
const PACKED: [(&[u8], &str); 9] = [
    (b"PK\x03\x04", "a zip file, as .zip and .xlsx are"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"BZh", BZIP2),
    (b"\xFD7zXZ\0", "packed with xz"),
    (b"\x28\xB5\x2F\xFD", "packed with zstd"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z file"),
    (b"Rar!\x1A\x07", "a rar file"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Excel workbook"),
    (b"\x1F\x8B", "packed with gzip twice"),
];

/// The first bytes of the text, and the whole text from its beginning.
pub(crate) fn unpacked<'a>(source: Source<'a>, progress: Option<Progress<'a>>) -> io::Result<(Vec<u8>, Source<'a>)> {
    let source: Source<'a> = match progress {
        Some(progress) => Box::new(Counted { source, progress, bytes: 0 }),
        None => source,
    };
    let (first, source) = peeked(source, 2)?;
    if first == b"\x1f\x8b" {
        // Buffered, because the decoder would otherwise ask for 32 kB at a time.
        let packed = BufReader::with_capacity(1 << 17, source);
        peeked(Box::new(Gzip::Member(Box::new(GzDecoder::new(packed)))), FIRST)
    } else {
        peeked(source, FIRST)
    }
}

/// What a file is packed with that begins so and is not unpacked here.
pub(crate) fn packed(first: &[u8]) -> Option<&'static str> {
    let is = |(begins, kind): &(&[u8], &str)| {
        // The three letters may be a word; what follows them is not.
        first.starts_with(begins) && (*kind != BZIP2 || first.get(4..10) == Some(b"1AY&SY"))
    };
    PACKED.into_iter().find(is).map(|(_, kind)| kind)
}

/// Gzip as its format allows it and `gzip` reads it: one member after another, and zeros at the end, which tapes and some
/// transfers add. Anything else after a member is an error: it may be the rest of the log.
enum Gzip<'a> {
    Member(Box<GzDecoder<BufReader<Source<'a>>>>),
    Ended,
}

impl Read for Gzip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let Self::Member(decoder) = self else { return Ok(0) };
            let count = decoder.read(into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            let Self::Member(decoder) = std::mem::replace(self, Self::Ended) else { return Ok(0) };
            let mut source = decoder.into_inner();
            let mut padded = false;
            let next = loop {
                let more = source.fill_buf()?;
                match more.iter().position(|byte| *byte != 0) {
                    _ if more.is_empty() => return Ok(0),
                    Some(at) => {
                        padded |= at > 0;
                        break more[at];
                    }
                    None => {
                        padded = true;
                        let count = more.len();
                        source.consume(count);
                    }
                }
            };
            if next != b'\x1f' || padded {
                let why = "something that is not gzip follows the packed log. Export or copy the file again";
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
            *self = Self::Member(Box::new(GzDecoder::new(source)));
        }
    }
}

/// Reads up to `wanted` bytes and puts them back in front. An error that comes after some bytes comes again later.
pub(crate) fn peeked(mut source: Source<'_>, wanted: usize) -> io::Result<(Vec<u8>, Source<'_>)> {
    let mut first = vec![0; wanted];
    let mut held = 0;
    while held < wanted {
        match source.read(&mut first[held..]) {
            Ok(0) => break,
            Ok(count) => held += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if held == 0 => return Err(error),
            Err(error) => {
                first.truncate(held);
                let again = Cursor::new(first.clone()).chain(Failing(Some(error)));
                return Ok((first, Box::new(again)));
            }
        }
    }
    first.truncate(held);
    let again = Cursor::new(first.clone()).chain(source);
    Ok((first, Box::new(again)))
}

/// Fails once, then is at its end.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

struct Counted<'a> {
    source: Source<'a>,
    progress: Progress<'a>,
    bytes: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.bytes += count as u64;
        (self.progress)(self.bytes);
        Ok(count)
    }
}
