//! What nearly all of a XES file is, read past the parser: `<event>`, `</event>`, and between them attributes with just a
//! key and a value in which nothing is escaped. The parser sees everything else: it is at a tag or at its end whenever it
//! is asked, because text between tags, which means nothing in XES, is passed over here too.

use std::io::BufRead;

use memchr::{memchr, memchr2};
use quick_xml::Error;
use quick_xml::errors::IllFormedError;

use super::super::attributes::Kind;
use super::{Inside, Level, XesReader};

/// What is looked at in one go: an element that is longer is not plain.
const AHEAD: usize = if cfg!(test) { 100 } else { 4096 };
/// A closing tag is not longer than this.
const LONGEST_END: usize = 1 << 20;

/// What reading past the parser came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// The end of an event that can be handed out.
    Event,
    /// Something for the parser, or the end.
    Rest,
    /// The end of the file inside a closing tag.
    CutOff,
}

impl XesReader<'_> {
    /// Reads on as long as what comes is plain.
    pub(super) fn plain(&mut self) -> Result<Plain, Error> {
        loop {
            self.xml.get_mut().look_ahead(AHEAD)?;
            let text = self.xml.get_ref().rest();
            let mut at = 0;
            let found = loop {
                let rest = &text[at..];
                // A reference in a text is for the parser, which knows whether it is one.
                let Some(tag) = memchr2(b'<', b'&', rest.as_bytes()) else {
                    at = text.len();
                    break None;
                };
                at += tag;
                let rest = &rest[tag..];
                if rest.len() < AHEAD && !self.xml.get_ref().decoder.ended && at > 0 {
                    break None;
                }
                match step(&mut self.inside, &mut self.own_event, rest) {
                    Step::Past(length) => at += length,
                    other => break Some(other),
                }
            };
            if let Some(Step::Event(length)) = found {
                at += length;
            }
            self.passed += at as u64;
            self.xml.get_mut().consume(at);
            match found {
                Some(Step::Event(_)) => return Ok(Plain::Event),
                Some(Step::Rest) => return Ok(Plain::Rest),
                Some(Step::End) => {
                    if let Some(found) = self.end_tag()? {
                        return Ok(found);
                    }
                }
                None if self.xml.get_mut().is_empty() => return Ok(Plain::Rest),
                Some(Step::Past(_)) | None => {}
            }
        }
    }

    /// Reads the closing tag of an event that is written in an unusual way, or is not the event's.
    fn end_tag(&mut self) -> Result<Option<Plain>, Error> {
        let mut ahead = AHEAD;
        let length = loop {
            let source = self.xml.get_mut();
            match memchr(b'>', source.rest().as_bytes()) {
                Some(length) => break length + 1,
                None if source.decoder.ended || ahead > LONGEST_END => return Ok(Some(Plain::CutOff)),
                None => {
                    ahead *= 2;
                    source.look_ahead(ahead)?;
                }
            }
        };
        let name = self.xml.get_ref().rest()[2..length - 1].trim_end_matches([' ', '\t', '\r', '\n']).to_owned();
        self.passed += length as u64;
        self.xml.get_mut().consume(length);
        if name != "event" {
            let error = IllFormedError::MismatchedEndTag { expected: "event".into(), found: name };
            return Err(Error::IllFormed(error));
        }
        self.own_event = false;
        Ok(self.inside.end().then_some(Plain::Event))
    }
}

/// What a tag is.
enum Step {
    /// It was taken, so many bytes.
    Past(usize),
    /// It was taken, and completes an event.
    Event(usize),
    /// It ends an event whose beginning the parser has not seen.
    End,
    /// Something else.
    Rest,
}

/// Takes the tag that `text` begins with, if it is plain.
fn step(inside: &mut Inside<'_>, own_event: &mut bool, text: &str) -> Step {
    let outside = inside.open.is_empty();
    match inside.level {
        Level::Trace if outside && text.starts_with("<event>") => {
            inside.begin_event();
            *own_event = true;
            return Step::Past("<event>".len());
        }
        Level::Event if outside && *own_event && text.starts_with("</") => {
            if !text.starts_with("</event>") {
                return Step::End;
            }
            *own_event = false;
            return if inside.end() { Step::Event("</event>".len()) } else { Step::Past("</event>".len()) };
        }
        Level::Trace | Level::Event => {}
        Level::Before | Level::Log | Level::Done => return Step::Rest,
    }
    match attribute(text) {
        Some((kind, key, value, length)) => {
            inside.take(kind, key, value);
            Step::Past(length)
        }
        None => Step::Rest,
    }
}

/// Kind, key and value of an attribute without others inside it, and how long it is.
#[inline]
fn attribute(text: &str) -> Option<(Kind, &str, &str, usize)> {
    let (kind, rest) = [
        ("<string key=\"", Kind::Text),
        ("<date key=\"", Kind::Date),
        ("<int key=\"", Kind::Int),
        ("<float key=\"", Kind::Float),
        ("<boolean key=\"", Kind::Boolean),
        ("<id key=\"", Kind::Id),
    ]
    .into_iter()
    .find_map(|(begin, kind)| Some((kind, text.strip_prefix(begin)?)))?;
    let (key, rest) = quoted(rest)?;
    let (value, rest) = quoted(rest.strip_prefix(" value=\"")?)?;
    let rest = rest.strip_prefix("/>").or_else(|| rest.strip_prefix(" />"))?;
    Some((kind, key, value, text.len() - rest.len()))
}

/// What stands before the closing mark, if it means just what is written, and what follows the mark.
#[inline]
fn quoted(text: &str) -> Option<(&str, &str)> {
    let end = memchr(b'"', text.as_bytes())?;
    let value = &text[..end];
    // References stand for something else, and so do line ends and tabs.
    let special = value.bytes().fold(0, |special, byte| special | u8::from(byte < b' ') | u8::from(byte == b'&'));
    (special == 0).then(|| (value, &text[end + 1..]))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::super::super::Options;
    use super::*;

    /// Everything that reading said, with or without reading past the parser.
    fn said(source: &[u8], at_once: usize, past: bool, partial: bool) -> (Vec<String>, String) {
        let options =
            Options { partial, attributes: true, defaults: source.len().is_multiple_of(2), ..Options::default() };
        let mut reader = XesReader::new(&source[..source.len().min(4)], Box::new(Little(source, at_once)), options);
        reader.past = past;
        let mut events = Vec::new();
        let ended = loop {
            match reader.next_event() {
                Ok(Some(event)) => {
                    let fields = (event.case, event.activity, event.time, event.resource, event.lifecycle);
                    events.push(format!("{fields:?} {:?}", event.attributes.iter().collect::<Vec<_>>()));
                }
                Ok(None) => break String::new(),
                Err(error) => break error.to_string(),
            }
        };
        (events, format!("{:?} {ended}", reader.report()))
    }

    struct Little<'a>(&'a [u8], usize);

    impl Read for Little<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let room = into.len().min(self.1);
            self.0.read(&mut into[..room])
        }
    }

    const PIECES: [&str; 40] = [
        "<event>",
        "<event>",
        "<event>",
        "<event >",
        "<event/>",
        "<x:event>",
        "</event>",
        "</event>",
        "</event>",
        "</event \n>",
        "</x:event>",
        "</evens>",
        "<trace>",
        "</trace>",
        "</trace>\n<trace>\n",
        "<trace><string key=\"concept:name\" value=\"c 2\"/>",
        "<string key=\"concept:name\" value=\"ask\"/>",
        "<string key=\"concept:name\" value=\"söl&amp;ve\"/>",
        "<string key=\"concept:name\" value=\"a > b\" />",
        "<string value=\"turned\" key=\"concept:name\"/>",
        "<string key='concept:name' value='single'/>",
        "<string key=\"org:resource\" value=\"\"/>",
        "<string key=\"org:resource\" value=\"ana\"/>",
        "<string key=\"note\" value=\"two\nlines\ttab\"/>",
        "<string key=\"lifecycle:transition\" value=\"start\">",
        "<string key=\"more\" value=\"x\"></string>",
        "</string>",
        "<list key=\"l\"><values>",
        "</values></list>",
        "<date key=\"time:timestamp\" value=\"2026-01-01T10:00:00.000+01:00\"/>",
        "<date key=\"time:timestamp\" value=\"soon\"/>",
        "<int key=\"n\" value=\"7\"/>",
        "<int key=\"n\" value=\"7\" more=\"8\"/>",
        " text ",
        "text &lt; with a reference ",
        "&",
        "<!-- a <event> in a comment -->",
        "<![CDATA[<event>]]>",
        "<",
        "\n    ",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn past_the_parser_a_log_is_the_same(
            pieces in prop::collection::vec(0..PIECES.len(), 0..40),
            whole in 0..4_u8,
            at_once in prop_oneof![1..9_usize, 1..5000_usize],
            partial: bool,
        ) {
            let mut text = String::from(
                "<?xml version=\"1.0\"?>\n<log><global scope=\"event\"><string key=\"g\" value=\"h\"/></global>\n<trace>",
            );
            // Mostly what is well formed: pieces without those that break it.
            pieces.iter().map(|&piece| PIECES[piece]).filter(|piece| {
                whole == 0 || !["</evens>", "&", "<", "</x:event>", "<x:event>", "<event >"].contains(piece)
            }).for_each(|piece| text.push_str(piece));
            let source = text.as_bytes();
            prop_assert_eq!(said(source, at_once, true, partial), said(source, at_once, false, partial));
        }

        #[test]
        fn well_formed_logs_are_the_same(
            events in prop::collection::vec(prop::collection::vec(15..PIECES.len(), 0..6), 0..30),
            at_once in 1..3000_usize,
        ) {
            let mut text = "<log><trace>".to_owned();
            for (number, inside) in events.iter().enumerate() {
                text.push_str(if number % 7 == 6 { "<x:event>" } else { "<event>\n" });
                let calm = |piece: &&str| {
                    !piece.starts_with("</")
                        && !piece.ends_with("start\">")
                        && !piece.starts_with("<trace")
                        && !["<", "&", "<list key=\"l\"><values>"].contains(piece)
                };
                inside.iter().map(|&piece| PIECES[piece]).filter(calm).for_each(|piece| text.push_str(piece));
                text.push_str(match number % 35 {
                    number if number % 7 == 6 => "</x:event>",
                    number if number % 5 == 4 => "</event\t>",
                    _ => "</event>",
                });
            }
            text.push_str("</trace></log>");
            let found = said(text.as_bytes(), at_once, true, false);
            prop_assert!(!found.1.contains("<event>") && !found.1.contains("byte"), "{}", found.1);
            prop_assert_eq!(found, said(text.as_bytes(), at_once, false, false));
        }
    }
}
