//! JSON as some programs write it: with a mark at its beginning, and with numbers that JSON does not have.

use std::io::{self, BufRead, Read};

use memchr::{memchr2, memchr3};

/// Text of a JSON file, in which `NaN`, `Infinity` and `-Infinity` are `null`.
pub(super) struct Tolerant<R> {
    pub(super) source: R,
    /// How many were replaced.
    pub(super) replaced: u64,
    out: Vec<u8>,
    at: usize,
    /// A word outside of texts that is not over yet.
    word: Vec<u8>,
    in_text: bool,
    escaped: bool,
    begun: bool,
}

impl<R: BufRead> Tolerant<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            replaced: 0,
            out: Vec::new(),
            at: 0,
            word: Vec::new(),
            in_text: false,
            escaped: false,
            begun: false,
        }
    }

    /// Takes what the source has next; nothing more is in `out` at its end.
    fn more(&mut self) -> io::Result<()> {
        self.out.clear();
        self.at = 0;
        while self.out.is_empty() {
            let block = self.source.fill_buf()?;
            let length = block.len();
            if length == 0 {
                self.out.append(&mut self.word);
                return Ok(());
            }
            let mut rest = block;
            if !self.begun {
                self.begun = true;
                rest = rest.strip_prefix("\u{feff}".as_bytes()).unwrap_or(rest);
            }
            while let [first, after @ ..] = rest {
                if self.escaped {
                    self.out.push(*first);
                    (self.escaped, rest) = (false, after);
                } else if self.in_text {
                    let end = memchr2(b'"', b'\\', rest).map_or(rest.len(), |at| at + 1);
                    self.out.extend_from_slice(&rest[..end]);
                    match rest[end - 1] {
                        b'"' => self.in_text = false,
                        b'\\' => self.escaped = true,
                        _ => {}
                    }
                    rest = &rest[end..];
                } else if !self.word.is_empty() {
                    let end = rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
                    self.word.extend_from_slice(&rest[..end]);
                    rest = &rest[end..];
                    if !rest.is_empty() {
                        if matches!(self.word.as_slice(), b"NaN" | b"Infinity" | b"-Infinity") {
                            self.replaced += 1;
                            self.out.extend_from_slice(b"null");
                        } else {
                            self.out.extend_from_slice(&self.word);
                        }
                        self.word.clear();
                    }
                } else {
                    let end = memchr3(b'"', b'N', b'I', rest).unwrap_or(rest.len());
                    self.out.extend_from_slice(&rest[..end]);
                    rest = &rest[end..];
                    // A sign may belong to the word, which may be in the next block.
                    let signed = self.out.last() == Some(&b'-') && rest.first() != Some(&b'"');
                    if signed {
                        self.out.pop();
                        self.word.push(b'-');
                    }
                    match rest {
                        [b'"', after @ ..] => {
                            self.out.push(b'"');
                            (self.in_text, rest) = (true, after);
                        }
                        [letter, after @ ..] => {
                            self.word.push(*letter);
                            rest = after;
                        }
                        [] => {}
                    }
                }
            }
            self.source.consume(length);
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Tolerant<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.out.len() {
            self.more()?;
        }
        let count = (&self.out[self.at..]).read(into)?;
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wherever_blocks_end_only_words_outside_of_texts_are_replaced() {
        let text = "\u{feff}{\"NaN\": NaN, \"a\\\"Infinity\\\\\": -Infinity, \"b\": [-1, Infinity,-2], \
            \"Né\":NaNo, \"c\": -Infinity}";
        let expected = "{\"NaN\": null, \"a\\\"Infinity\\\\\": null, \"b\": [-1, null,-2], \"Né\":NaNo, \"c\": null}";
        for size in 3..40 {
            let mut read = String::new();
            let mut source = Tolerant::new(io::BufReader::with_capacity(size, text.as_bytes()));
            source.read_to_string(&mut read).unwrap();
            assert_eq!((read.as_str(), source.replaced), (expected, 4), "{size}");
        }
    }
}
