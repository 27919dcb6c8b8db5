//! A connection that was greeted already, given to a dialogue that waits for a greeting.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::mail::link::{Link, Stream, Trouble};

/// What it hears first. EHLO follows, which a server answers at any time (RFC 5321, 4.1.4).
const GREETING: &[u8] = b"220 go on\r\n";

/// A connection on which the greeting is heard once more.
#[derive(Debug)]
pub(super) struct Greeted {
    heard: usize,
    stream: Box<dyn Stream>,
}

impl Greeted {
    pub(super) fn over(link: Link) -> Result<Self, Trouble> {
        Ok(Self { heard: 0, stream: link.into_stream()? })
    }
}

impl AsyncTokioStream for Greeted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }
}

impl AsyncRead for Greeted {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let rest = &GREETING[self.heard..];
        if rest.is_empty() {
            return Pin::new(&mut self.stream).poll_read(context, into);
        }
        let taken = rest.len().min(into.remaining());
        into.put_slice(&rest[..taken]);
        self.heard += taken;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Greeted {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
