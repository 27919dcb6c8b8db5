//! Events that wait for the end of their trace, because its name or more of its attributes may come after them.

use super::super::attributes::Buffer;
use super::Inside;
use super::own::Own;

/// Most bytes that wait, texts and what is around them. A trace with more is handed out as far as it is known.
const MOST: usize = 1 << 24;

/// Events of the present trace, in room that is used again for the next.
#[derive(Default)]
pub(super) struct Held {
    events: Vec<(Own, Buffer)>,
    count: usize,
    bytes: usize,
    /// How many were handed out since the trace's end; `None` before that.
    out: Option<usize>,
}

impl Held {
    /// Takes an event, which is empty afterwards; whether there is room for more.
    pub(super) fn keep(&mut self, own: &mut Own, attributes: &mut Buffer) -> bool {
        if self.count == self.events.len() {
            self.events.push(Default::default());
        }
        self.bytes += own.bytes() + attributes.bytes() + size_of::<(Own, Buffer)>();
        let (free, room) = &mut self.events[self.count];
        std::mem::swap(free, own);
        std::mem::swap(room, attributes);
        self.count += 1;
        self.bytes < MOST
    }

    /// Lets the events go that wait; whether there are any.
    pub(super) fn release(&mut self) -> bool {
        if self.count > 0 {
            self.out = Some(0);
        }
        self.count > 0
    }

    /// Puts the next event that may go in place of the present one; `false` when none is left.
    pub(super) fn next(&mut self, own: &mut Own, attributes: &mut Buffer) -> bool {
        let Some(out) = &mut self.out else { return false };
        if *out == self.count {
            (self.out, self.count, self.bytes) = (None, 0, 0);
            return false;
        }
        let (event, its) = &mut self.events[*out];
        std::mem::swap(event, own);
        std::mem::swap(its, attributes);
        *out += 1;
        true
    }
}

impl Inside<'_> {
    /// Lets the events go that wait for the end of their trace; whether there are any, of which the first is in place.
    pub(super) fn release(&mut self) -> bool {
        if !self.held.release() {
            return false;
        }
        if !self.named && self.numbers.call(self.trace) {
            self.called_twice();
        }
        if self.options.defaults {
            self.fill_case();
        }
        self.held.next(&mut self.own, &mut self.attributes)
    }
}
