//! Little-endian numbers and pieces, taken from the front of a slice; `None` when it is too short.

/// What is left to read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'x>(pub(super) &'x [u8]);

impl<'x> Reader<'x> {
    pub(super) fn take(&mut self, count: usize) -> Option<&'x [u8]> {
        let (piece, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(piece)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A piece of `count` bytes that is filled up to a multiple of four.
    pub(super) fn padded(&mut self, count: usize) -> Option<&'x [u8]> {
        let piece = self.take(count)?;
        // The filling of the very last piece is often left out.
        let filling = (4 - count % 4) % 4;
        self.take(filling.min(self.0.len()))?;
        Some(piece)
    }
}
