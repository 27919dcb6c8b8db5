//! What must hold of a server that does not stop: what it says takes no more memory than a mail and a listing may.

use std::alloc::{GlobalAlloc, Layout, System};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use channels::mail::fuzzing as mail;
use channels::mail::fuzzing::Room;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::dialogue::{Server, run};

/// As much is said of the piece that is repeated, bytes.
const SAID: usize = 16_000_000;
/// As much memory it may take: a listing of the largest mailbox that is read, and the names in it.
const MOST: usize = 48_000_000;
/// Mails are taken whole up to so many bytes.
const ROOM: Room = Room { whole: 1_000_000, part: 10_000 };

/// The system's memory, counted.
pub struct Counted;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is handed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(held, Ordering::Relaxed);
        // SAFETY: the caller's promise is handed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is handed on.
        unsafe { System.dealloc(place, layout) }
    }
}

/// First one says what he has to, then again and again the same, then the end.
#[derive(Debug)]
struct Endless {
    first: Server,
    piece: Vec<u8>,
    at: usize,
    left: usize,
    last: Server,
}

impl AsyncRead for Endless {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = into.filled().len();
        let first = Pin::new(&mut self.first).poll_read(context, into);
        if into.filled().len() > before {
            return first;
        }
        if self.left > 0 && !self.piece.is_empty() {
            let this = &mut *self;
            while into.remaining() > 0 && this.left > 0 {
                let rest = &this.piece[this.at..];
                let taken = rest.len().min(into.remaining()).min(this.left);
                into.put_slice(&rest[..taken]);
                this.at = (this.at + taken) % this.piece.len();
                this.left -= taken;
            }
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.last).poll_read(context, into)
    }
}

impl AsyncWrite for Endless {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        let _ = Pin::new(&mut self.last).poll_write(context, bytes);
        Pin::new(&mut self.first).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// `data` is a byte that says with whom, then the beginning, the piece and the end, cut at the byte 253.
pub fn endless(data: &[u8]) {
    let Some((&with, data)) = data.split_first() else { return };
    let mut parts = data.splitn(3, |byte| *byte == 253);
    let (first, piece, last) =
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if piece.is_empty() {
        return;
    }
    let server =
        Endless { first: Server::saying(first), piece: piece.to_vec(), at: 0, left: SAID, last: Server::saying(last) };
    let before = HELD.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let with_token = with & 1 == 1;
    match with >> 1 & 3 {
        0 => drop(run(mail::imap(server, with_token, ROOM))),
        1 => drop(run(mail::pop3(server, with_token, ROOM))),
        2 => drop(run(mail::smtp(server, with_token))),
        _ => drop(run(mail::provider(server))),
    }
    let taken = PEAK.load(Ordering::Relaxed).saturating_sub(before);
    assert!(taken <= MOST, "{taken} bytes of memory for what a server said");
}
