//! The end of a XES file, wherever it comes: after the log, or where the file breaks off.

use std::io::BufRead;

use quick_xml::Error;
use quick_xml::errors::IllFormedError::MismatchedEndTag;
use quick_xml::events::Event as Xml;

use super::{Level, XesReader};
use crate::read::ReadError;

impl XesReader<'_> {
    /// Reads what follows the log: nothing should, but a packed file shows only at its end whether it is whole.
    pub(super) fn drain(&mut self) -> Result<(), ReadError> {
        if !self.inside.whole || std::mem::replace(&mut self.inside.drained, true) {
            return Ok(());
        }
        let mut more = false;
        while !more {
            self.bytes.clear();
            match self.xml.read_event_into(&mut self.bytes) {
                Ok(Xml::Eof) => break,
                Ok(Xml::Comment(_) | Xml::PI(_)) => {}
                Ok(Xml::Text(text)) => more = text.bytes().any(|byte| !byte.is_ascii_whitespace()),
                Err(Error::Io(error)) => return Err(ReadError::Io(std::io::Error::new(error.kind(), error))),
                Ok(_) | Err(_) => more = true,
            }
        }
        if more {
            self.inside.report.note("something follows the end of the log in its file; it was not read");
        }
        let source = self.xml.get_mut();
        loop {
            let length = source.fill_buf()?.len();
            if length == 0 {
                break;
            }
            source.consume(length);
        }
        if source.decoder.broken { self.cut_off() } else { Ok(()) }
    }

    pub(super) fn failed(&mut self, error: Error) -> Result<(), ReadError> {
        match error {
            Error::Io(error) => {
                self.inside.level = Level::Done;
                Err(ReadError::Io(std::io::Error::new(error.kind(), error)))
            }
            // A tag that is whole and wrong is not the fault of the end that follows it.
            error if self.xml.get_mut().is_empty() && !matches!(error, Error::IllFormed(MismatchedEndTag { .. })) => {
                self.cut_off()
            }
            error => {
                let place = self.place();
                self.inside.level = Level::Done;
                Err(ReadError::Xml { place, reason: error.to_string(), events: self.inside.report.events })
            }
        }
    }

    pub(super) fn cut_off(&mut self) -> Result<(), ReadError> {
        let place = self.place();
        let before = self.inside.level == Level::Before;
        self.inside.level = Level::Done;
        if before && !self.xml.get_mut().decoder.broken {
            return Err(ReadError::Empty { reason: "it has no <log> in it" });
        }
        if !self.inside.options.partial {
            return Err(ReadError::CutOff { place, events: self.inside.report.events });
        }
        self.inside.report.cut_off = Some(place);
        Ok(())
    }

    pub(super) fn place(&self) -> String {
        let byte = self.xml.buffer_position() + self.passed;
        let inside = match self.inside.level {
            Level::Event => {
                format!("inside trace {} (\"{}\"), event {},", self.inside.trace, self.inside.case, self.inside.event)
            }
            Level::Trace => format!(
                "inside trace {} (\"{}\"), after event {},",
                self.inside.trace, self.inside.case, self.inside.event
            ),
            _ if self.inside.trace > 0 => format!("after trace {},", self.inside.trace),
            _ => "before the first trace,".to_owned(),
        };
        format!("{inside} at byte {byte} of the unpacked text")
    }
}
