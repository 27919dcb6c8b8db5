//! A column while a log is read.

use super::NO_CODE;

/// Rows per chunk. Growing by chunks never copies what is already there, whatever the allocator.
pub(super) const CHUNK: usize = 1 << 16;

/// A growing column in pieces of equal size.
#[derive(Debug)]
pub(super) struct Chunks<T> {
    full: Vec<Vec<T>>,
    last: Vec<T>,
    pub(super) len: usize,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { full: Vec::new(), last: Vec::new(), len: 0 }
    }
}

impl<T: Copy + Default> Chunks<T> {
    #[inline]
    pub(super) fn push(&mut self, value: T) {
        if self.last.len() == CHUNK {
            self.turn_over();
        }
        self.last.push(value);
        self.len += 1;
    }

    #[cold]
    fn turn_over(&mut self) {
        assert!(self.len < u32::MAX as usize, "a log has fewer than 2^32 events");
        self.full.push(std::mem::replace(&mut self.last, Vec::with_capacity(CHUNK)));
    }

    /// Fills up to `len` values with `value`.
    #[inline]
    pub(super) fn pad(&mut self, len: usize, value: T) {
        while self.len < len {
            self.push(value);
        }
    }

    pub(super) fn clear(&mut self) {
        self.full.clear();
        self.last.clear();
        self.len = 0;
    }

    /// The pieces, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        self.full.iter().chain([&self.last]).map(Vec::as_slice)
    }

    pub(super) fn extend(&mut self, values: impl IntoIterator<Item = T>) {
        let mut values = values.into_iter();
        loop {
            let before = self.last.len();
            self.last.extend(values.by_ref().take(CHUNK - before));
            self.len += self.last.len() - before;
            // Only a full piece leaves values behind.
            if self.last.len() < CHUNK {
                return;
            }
            let Some(value) = values.next() else { return };
            self.push(value);
        }
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.full.iter_mut().flatten().chain(&mut self.last)
    }

    pub(super) fn joined(self) -> Vec<T> {
        let mut all = Vec::with_capacity(self.len);
        for chunk in self.full {
            all.extend_from_slice(&chunk);
        }
        all.extend_from_slice(&self.last);
        all
    }

    /// The values, each in the row that `rows` gives for it; nothing when the column is empty.
    pub(super) fn scattered(self, rows: &Chunks<u32>) -> Vec<T> {
        let mut all = vec![T::default(); self.len];
        let mut place = |values: &[T], rows: &[u32]| {
            for (&value, &row) in values.iter().zip(rows) {
                all[row as usize] = value;
            }
        };
        for (values, rows) in self.full.into_iter().zip(&rows.full) {
            place(&values, rows);
        }
        place(&self.last, &rows.last);
        all
    }
}

impl Chunks<u32> {
    /// Adds another column's codes as they are called here.
    pub(super) fn extend_mapped(&mut self, other: &Self, codes: &[u32]) {
        for piece in other.iter() {
            // What has no code here is NO_CODE, which is beyond all of them.
            self.extend(piece.iter().map(|&code| codes.get(code as usize).copied().unwrap_or(NO_CODE)));
        }
    }
}
