//! The connection to a mail server, the same for reading and for sending: a name becomes a connection, plain or with
//! TLS, over which lines go to and fro. Nothing that a server says takes more memory than is stated here, and nothing
//! waits for ever.

mod certificate;
pub(in crate::mail) mod sasl;
pub(in crate::mail) mod smtp;
mod tls;
mod trouble;

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use base::config::{Imap, Pop3, Smtp, Tls};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

pub(in crate::mail) use certificate::Certificate;
pub(in crate::mail) use sasl::Proof;
pub(in crate::mail) use trouble::{Cause, Trouble};

/// Of a mail that is larger than we take, a server has to send all that it began; but not without end.
pub(in crate::mail) const MOST_SKIPPED: u64 = 2_000_000_000;

/// Where in a line that may begin with a dot.
#[derive(Debug, Clone, Copy)]
enum At {
    Start,
    Dot,
    DotReturn,
    Within,
}

/// What a connection runs over.
pub(in crate::mail) trait Stream:
    AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug
{
}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug> Stream for T {}

/// Where a server is, and how it is spoken to.
#[derive(Debug, Clone, Copy)]
pub(in crate::mail) struct Place<'c> {
    pub host: &'c str,
    pub port: u16,
    pub tls: Tls,
    pub ca_file: Option<&'c Path>,
}

impl<'c> From<&'c Imap> for Place<'c> {
    fn from(imap: &'c Imap) -> Self {
        Self { host: &imap.host, port: imap.port(), tls: imap.tls, ca_file: imap.ca_file.as_deref() }
    }
}

impl<'c> From<&'c Pop3> for Place<'c> {
    fn from(pop3: &'c Pop3) -> Self {
        Self { host: &pop3.host, port: pop3.port(), tls: pop3.tls, ca_file: pop3.ca_file.as_deref() }
    }
}

impl<'c> From<&'c Smtp> for Place<'c> {
    fn from(smtp: &'c Smtp) -> Self {
        Self { host: &smtp.host, port: smtp.port(), tls: smtp.tls, ca_file: smtp.ca_file.as_deref() }
    }
}

/// A connection over which lines are spoken.
#[derive(Debug)]
pub(in crate::mail) struct Link {
    stream: BufReader<Box<dyn Stream>>,
    patience: Duration,
}

/// The addresses of a host.
pub(in crate::mail) async fn resolve(place: Place<'_>, patience: Duration) -> Result<Vec<SocketAddr>, Trouble> {
    let looking = tokio::net::lookup_host((place.host, place.port));
    match tokio::time::timeout(patience, looking).await {
        Ok(Ok(found)) => {
            let found: Vec<SocketAddr> = found.take(8).collect();
            if found.is_empty() { Err(Trouble::new(Cause::NameUnknown, "")) } else { Ok(found) }
        }
        Ok(Err(error)) => Err(Trouble::new(Cause::NameUnknown, error)),
        Err(_) => Err(Trouble::silent(patience)),
    }
}

impl Link {
    /// Connects to the first of these addresses that answers.
    pub(in crate::mail) async fn connect(
        addresses: &[SocketAddr],
        patience: Duration,
    ) -> Result<(Self, SocketAddr), Trouble> {
        let mut last = Trouble::new(Cause::NameUnknown, "");
        // One address that does not answer must not use up the time of the next.
        let each = patience / addresses.len().clamp(1, 4) as u32;
        for address in addresses {
            match tokio::time::timeout(each, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    let _ = stream.set_nodelay(true);
                    return Ok((Self::over(Box::new(stream), patience), *address));
                }
                Ok(Err(error)) => last = Trouble::connecting(&error),
                Err(_) => last = Trouble::silent(each),
            }
        }
        Err(last)
    }

    /// Finds the server and connects, with TLS when it begins with that.
    pub(in crate::mail) async fn open(place: Place<'_>, patience: Duration) -> Result<Self, Trouble> {
        let addresses = resolve(place, patience).await?;
        let (link, _) = Self::connect(&addresses, patience).await?;
        if place.tls == Tls::Implicit { link.encrypt(place).await } else { Ok(link) }
    }

    /// A connection over this stream.
    pub(in crate::mail) fn over(stream: Box<dyn Stream>, patience: Duration) -> Self {
        Self { stream: BufReader::with_capacity(32 * 1024, stream), patience }
    }

    /// The same connection with TLS from here on.
    pub(in crate::mail) async fn encrypt(self, place: Place<'_>) -> Result<Self, Trouble> {
        self.encrypt_and_show(place).await.map(|(link, _)| link).map_err(|(trouble, _)| trouble)
    }

    /// The same, with the certificate that the server showed, whether or not it was trusted.
    pub(in crate::mail) async fn encrypt_and_show(
        self,
        place: Place<'_>,
    ) -> Result<(Self, Option<Certificate>), (Trouble, Option<Certificate>)> {
        // What came unasked before TLS began, anybody on the way may have written. To read it afterwards would be to
        // believe it.
        if !self.stream.buffer().is_empty() {
            return Err((Trouble::new(Cause::OutOfTurn, ""), None));
        }
        let Self { stream, patience } = self;
        let (stream, certificate) = tls::connect(stream.into_inner(), place, patience).await?;
        Ok((Self::over(stream, patience), certificate))
    }

    /// The next line, without its end.
    pub(in crate::mail) async fn line(&mut self, most: usize) -> Result<Vec<u8>, Trouble> {
        let mut line = Vec::new();
        loop {
            let patience = self.patience;
            let read = tokio::time::timeout(patience, self.stream.fill_buf()).await;
            let found = read.map_err(|_| Trouble::silent(patience))?.map_err(|error| Trouble::broken(&error))?;
            if found.is_empty() {
                return Err(Trouble::closed(&line));
            }
            let end = found.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(found.len(), |end| end + 1);
            if line.len() + taken > most {
                return Err(Trouble::new(Cause::Garbled, format!("a line of more than {most} bytes")));
            }
            line.extend_from_slice(&found[..taken]);
            self.stream.consume(taken);
            if end.is_some() {
                while matches!(line.last(), Some(b'\n' | b'\r')) {
                    line.pop();
                }
                return Ok(line);
            }
        }
    }

    /// As many bytes as the server said would come. They are made room for as they come, whatever it said.
    pub(in crate::mail) async fn exactly(&mut self, wanted: usize) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::with_capacity(wanted.min(256 * 1024));
        while bytes.len() < wanted {
            let found = self.some().await?;
            let taken = found.len().min(wanted - bytes.len());
            bytes.extend_from_slice(&found[..taken]);
            self.stream.consume(taken);
        }
        Ok(bytes)
    }

    /// Passes over bytes.
    pub(in crate::mail) async fn skip(&mut self, mut wanted: u64) -> Result<(), Trouble> {
        while wanted > 0 {
            let found = self.some().await?.len() as u64;
            let taken = found.min(wanted);
            self.stream.consume(taken as usize);
            wanted -= taken;
        }
        Ok(())
    }

    async fn some(&mut self) -> Result<&[u8], Trouble> {
        let patience = self.patience;
        let read = tokio::time::timeout(patience, self.stream.fill_buf()).await;
        let found = read.map_err(|_| Trouble::silent(patience))?.map_err(|error| Trouble::broken(&error))?;
        if found.is_empty() { Err(Trouble::closed(b"")) } else { Ok(found) }
    }

    /// Lines up to the one that is a single dot, without the dots that were put before others (RFC 1939, 3). Of more
    /// than `whole` bytes, the first `part`; and how many there were.
    pub(in crate::mail) async fn dotted(
        &mut self,
        whole: usize,
        part: usize,
    ) -> Result<(Vec<u8>, Option<u64>), Trouble> {
        let (mut bytes, mut size) = (Vec::new(), 0_u64);
        let mut at = At::Start;
        loop {
            let found = self.some().await?;
            let mut used = 0;
            let mut ended = false;
            for &byte in found {
                used += 1;
                let (next, kept): (At, &[u8]) = match (at, byte) {
                    (At::Start, b'.') => (At::Dot, b""),
                    (At::Dot, b'\r') => (At::DotReturn, b""),
                    (At::Dot | At::DotReturn, b'\n') => {
                        ended = true;
                        break;
                    }
                    (At::DotReturn, _) => (At::Within, b"\r"),
                    _ => (At::Within, b""),
                };
                at = next;
                let text = !matches!(at, At::Dot | At::DotReturn);
                for &byte in kept.iter().chain(text.then_some(&byte)) {
                    size += 1;
                    if size <= whole as u64 {
                        bytes.push(byte);
                    }
                }
                if byte == b'\n' {
                    at = At::Start;
                }
            }
            self.stream.consume(used);
            if ended {
                let cut = (size > whole as u64).then_some(size);
                if cut.is_some() {
                    bytes.truncate(part);
                }
                return Ok((bytes, cut));
            }
            if size > MOST_SKIPPED {
                return Err(Trouble::new(Cause::Garbled, "a mail without end"));
            }
        }
    }

    /// Until there is something to read, or this long has gone by; whether there is.
    pub(in crate::mail) async fn has_news(&mut self, within: Duration) -> Result<bool, Trouble> {
        match tokio::time::timeout(within, self.stream.fill_buf()).await {
            Err(_) => Ok(false),
            Ok(Ok([])) => Err(Trouble::closed(b"")),
            Ok(Ok(_)) => Ok(true),
            Ok(Err(error)) => Err(Trouble::broken(&error)),
        }
    }

    /// Writes.
    pub(in crate::mail) async fn send(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        let writing = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        match tokio::time::timeout(self.patience, writing).await {
            Ok(written) => written.map_err(|error| Trouble::broken(&error)),
            Err(_) => Err(Trouble::silent(self.patience)),
        }
    }

    /// The stream, for another to speak over. Nothing that was read may be left.
    pub(in crate::mail) fn into_stream(self) -> Result<Box<dyn Stream>, Trouble> {
        if self.stream.buffer().is_empty() {
            Ok(self.stream.into_inner())
        } else {
            Err(Trouble::new(Cause::OutOfTurn, ""))
        }
    }
}

/// What a server wrote, as one line that can be shown: no control characters, not too long.
pub(in crate::mail) fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]);
    let clean: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(said: &'static [u8]) -> Link {
        let stream = tokio::io::join(std::io::Cursor::new(said), tokio::io::sink());
        Link::over(Box::new(stream), Duration::from_secs(5))
    }

    #[tokio::test]
    async fn line_75_dots_at_the_start_of_lines_are_what_they_were() {
        for (said, meant) in [
            (b"a\r\n.\r\n".as_slice(), b"a\r\n".as_slice()),
            (b"..\r\n..a\r\n.\r\n", b".\r\n.a\r\n"),
            (b"a.\r\n.\rb\r\n.\r\n", b"a.\r\n\rb\r\n"),
            (b".\r\n", b""),
            (b"no return\n.\n", b"no return\n"),
        ] {
            let mut link = link(said);
            assert_eq!(link.dotted(100, 10).await.unwrap(), (meant.to_vec(), None));
            assert!(link.stream.buffer().is_empty());
        }
        let mut cut = link(b"0123456789\r\n.\r\n+OK\r\n");
        assert_eq!(cut.dotted(8, 3).await.unwrap(), (b"012".to_vec(), Some(12)));
        assert_eq!(cut.line(10).await.unwrap(), b"+OK");
        assert!(link(b"a\r\n").dotted(10, 10).await.is_err(), "it never ended");
    }

    #[tokio::test]
    async fn line_72_what_was_said_before_tls_is_not_believed_after() {
        let mut link = link(b"* OK begin TLS\r\nd2 OK [CAPABILITY IMAP4rev1] injected\r\n");
        link.line(100).await.unwrap();
        let place = Place { host: "mail.example", port: 143, tls: Tls::Starttls, ca_file: None };
        assert_eq!(link.encrypt(place).await.unwrap_err().cause, Cause::OutOfTurn);
    }
}
