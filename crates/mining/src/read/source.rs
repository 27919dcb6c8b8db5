//! Where the bytes come from: counted for the progress bar, and unpacked when they are gzipped.

use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;

/// Bytes from anywhere.
pub(crate) type Source<'a> = Box<dyn Read + Send + 'a>;

/// Told how many bytes were taken so far.
pub(crate) type Progress<'a> = Box<dyn FnMut(u64) + Send + 'a>;

/// How much is looked at to recognise the format.
const FIRST: usize = 4096;

/// The first bytes of the text, and the whole text from its beginning.
pub(crate) fn unpacked<'a>(source: Source<'a>, progress: Option<Progress<'a>>) -> io::Result<(Vec<u8>, Source<'a>)> {
    let source: Source<'a> = match progress {
        Some(progress) => Box::new(Counted { source, progress, bytes: 0 }),
        None => source,
    };
    let (first, source) = peeked(source, 2)?;
    if first == b"\x1f\x8b" {
        // Buffered, because the decoder would otherwise ask for 32 kB at a time.
        peeked(Box::new(MultiGzDecoder::new(io::BufReader::with_capacity(1 << 17, source))), FIRST)
    } else {
        peeked(source, FIRST)
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
