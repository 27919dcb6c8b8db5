//! A whole log at once: while this thread parses, another unpacks and decodes what comes next.

use std::thread;

use super::XesReader;
use crate::log::Header;
use crate::read::{Event, ReadError};

impl XesReader<'_> {
    /// Reads the rest, and tells each event.
    pub(in crate::read) fn rest(&mut self, mut tell: impl FnMut(Event<'_>)) -> Result<(), ReadError> {
        self.ahead(|reader| {
            while let Some(event) = reader.next_event()? {
                tell(event);
            }
            reader.inside.any_event()
        })
    }

    /// What the log says of itself beside its traces; empty unless [`Options::attributes`](crate::read::Options) was set.
    pub(in crate::read) fn take_header(&mut self) -> Header {
        let renamed = self.inside.declared.wanted(&self.inside.options.activity).is_some();
        let mut header = std::mem::take(&mut self.inside.header);
        if renamed && header.forget_classifiers() {
            self.note("the log's classifiers do not come along: activities have other names now");
        }
        header
    }

    /// Does `work`, which reads the rest of the log, while another thread unpacks and decodes what comes next.
    fn ahead<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        if thread::available_parallelism().is_ok_and(|threads| threads.get() == 1) {
            return work(self);
        }
        let ahead = self.xml.get_mut().decoder.go_ahead();
        thread::scope(|scope| {
            scope.spawn(move || ahead.run());
            // Also when the work panics: the thread must not wait for a reader.
            let stopping = Stopping(self);
            work(stopping.0)
        })
    }
}

/// Ends the thread that decodes.
struct Stopping<'r, 'a>(&'r mut XesReader<'a>);

impl Drop for Stopping<'_, '_> {
    fn drop(&mut self) {
        self.0.xml.get_mut().decoder.stop_ahead();
    }
}
