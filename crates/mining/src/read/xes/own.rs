//! The fields of one event, in room that is used again for the next.

/// The present event's fields.
#[derive(Default)]
pub(super) struct Own {
    pub(super) activity: Slot,
    pub(super) time: Option<i64>,
    pub(super) finer: u32,
    pub(super) bad_time: Option<String>,
    pub(super) resource: Slot,
    pub(super) lifecycle: Slot,
}

impl Own {
    /// Bytes of its texts.
    pub(super) fn bytes(&self) -> usize {
        [&self.activity, &self.resource, &self.lifecycle].iter().map(|slot| slot.text.len()).sum()
    }

    pub(super) fn clear(&mut self) {
        (self.time, self.finer, self.bad_time) = (None, 0, None);
        for slot in [&mut self.activity, &mut self.resource, &mut self.lifecycle] {
            slot.full = false;
        }
    }
}

/// A text that may be missing. Its room is used again for the next event.
#[derive(Default)]
pub(super) struct Slot {
    pub(super) full: bool,
    pub(super) text: String,
}

impl Slot {
    pub(super) fn set(&mut self, text: &str) {
        self.full = true;
        self.text.clear();
        self.text.push_str(text);
    }

    pub(super) fn get(&self) -> Option<&str> {
        self.full.then_some(self.text.as_str())
    }
}
