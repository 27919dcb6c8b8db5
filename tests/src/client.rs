//! Somebody with a browser, over a real socket: keeps one connection and its cookies, and counts what comes over the
//! wire. Small on purpose: what measures must cost little beside what is measured.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Whoever waits longer than this for an answer gets none.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client of one desk. Dropping it closes its connection.
#[derive(Debug)]
pub struct Client {
    host: String,
    coding: Option<&'static str>,
    cookies: Vec<(String, String)>,
    connection: Option<Connection>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Where it leads, for a redirection.
    pub location: Option<String>,
    /// The body as it was sent, still compressed when a coding was accepted.
    pub body: Vec<u8>,
    /// Bytes over the wire, head included.
    pub bytes: usize,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether it leads to a path that begins so, as a form that was done does.
    pub fn leads_to(&self, start: &str) -> bool {
        self.status == 303 && self.location.as_deref().is_some_and(|location| location.starts_with(start))
    }
}

impl Client {
    /// A client of the desk at `url`, as `http://127.0.0.1:7300`. Connects when it first asks.
    pub fn new(url: &str) -> Self {
        let host = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { host, coding: None, cookies: Vec::new(), connection: None }
    }

    /// The same client, asking for bodies in this coding, as a browser asks for `br`.
    pub fn accepting(mut self, coding: &'static str) -> Self {
        self.coding = Some(coding);
        self
    }

    /// Another client with the same cookies and a connection of its own, asking for plain bodies.
    pub fn twin(&self) -> Self {
        Self { host: self.host.clone(), coding: None, cookies: self.cookies.clone(), connection: None }
    }

    /// Asks for a page. Follows nothing.
    ///
    /// # Errors
    /// When the desk cannot be reached or breaks off; the next question then begins a new connection.
    pub async fn get(&mut self, path: &str) -> io::Result<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head());
        self.ask(&request).await
    }

    /// Sends a form. Follows nothing, and is never sent twice: whoever gets no answer does not know what came of it.
    ///
    /// # Errors
    /// As [`Client::get`].
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let head = self.head();
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\n{head}content-type: application/x-www-form-urlencoded\r\n\
             content-length: {length}\r\n\r\n{body}"
        );
        self.ask(&request).await
    }

    /// Signs in with a password.
    ///
    /// # Errors
    /// When the desk cannot be reached or refuses.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> io::Result<()> {
        let answer = self.post("/sign-in", &[("email", email), ("password", password)]).await?;
        if answer.status == 303 {
            return Ok(());
        }
        Err(io::Error::other(format!("{email} could not sign in: the desk answered {}", answer.status)))
    }

    fn head(&self) -> String {
        let mut head = format!("host: {}\r\n", self.host);
        if let Some(coding) = self.coding {
            head.push_str(&format!("accept-encoding: {coding}\r\n"));
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head.push_str(&format!("cookie: {}\r\n", pairs.join("; ")));
        }
        head
    }

    async fn ask(&mut self, request: &str) -> io::Result<Answer> {
        let mut connection = match self.connection.take() {
            Some(open) => open,
            None => Connection::open(&self.host).await?,
        };
        let late = |_| io::Error::new(io::ErrorKind::TimedOut, "the desk did not answer");
        let (answer, cookies) = tokio::time::timeout(PATIENCE, connection.ask(request)).await.map_err(late)??;
        // Only a connection whose answer was read to its end can carry the next one.
        self.connection = Some(connection);
        for cookie in &cookies {
            self.keep(cookie);
        }
        Ok(answer)
    }

    fn keep(&mut self, cookie: &str) {
        let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { return };
        self.cookies.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// A connection, and what was received on it and not yet taken.
#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

/// How an answer says where its body ends.
enum Length {
    Known(usize),
    Chunked,
}

impl Connection {
    async fn open(host: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(16 * 1024) })
    }

    /// The answer, and the cookies it sets.
    async fn ask(&mut self, request: &str) -> io::Result<(Answer, Vec<String>)> {
        self.stream.write_all(request.as_bytes()).await?;
        let head_end = self.find(0, b"\r\n\r\n").await? + 4;
        let head = String::from_utf8_lossy(&self.received[..head_end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let status: u16 = status.ok_or_else(|| broken("an answer without a status"))?;
        let (mut length, mut location, mut cookies) = (Length::Known(0), None, Vec::new());
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = Length::Known(value.parse().map_err(|_| broken("a length of no number"))?),
                "transfer-encoding" => length = Length::Chunked,
                "location" => location = Some(value.to_owned()),
                "set-cookie" => cookies.push(value.to_owned()),
                _ => {}
            }
        }
        let (body, bytes) = match length {
            Length::Known(length) => {
                self.fill(head_end + length).await?;
                (self.received[head_end..head_end + length].to_vec(), head_end + length)
            }
            Length::Chunked => self.chunks(head_end).await?,
        };
        self.received.drain(..bytes);
        Ok((Answer { status, location, body, bytes }, cookies))
    }

    /// A body in chunks that begins at `place`: what it holds, and where it ends.
    async fn chunks(&mut self, mut place: usize) -> io::Result<(Vec<u8>, usize)> {
        let mut body = Vec::new();
        loop {
            let line_end = self.find(place, b"\r\n").await?;
            let size = std::str::from_utf8(&self.received[place..line_end]).ok();
            let size = size.and_then(|size| usize::from_str_radix(size.split(';').next()?.trim(), 16).ok());
            let size = size.ok_or_else(|| broken("a chunk without a size"))?;
            let (start, end) = (line_end + 2, line_end + 2 + size);
            self.fill(end + 2).await?;
            body.extend_from_slice(&self.received[start..end]);
            place = end + 2;
            if size == 0 {
                return Ok((body, place));
            }
        }
    }

    /// Where `what` begins, at or behind `from`.
    async fn find(&mut self, from: usize, what: &[u8]) -> io::Result<usize> {
        let mut seen = from;
        loop {
            let place = self.received[seen..].windows(what.len()).position(|window| window == what);
            if let Some(place) = place {
                return Ok(seen + place);
            }
            seen = self.received.len().saturating_sub(what.len() - 1).max(from);
            self.fill(self.received.len() + 1).await?;
        }
    }

    /// Reads on until this much was received.
    async fn fill(&mut self, wanted: usize) -> io::Result<()> {
        while self.received.len() < wanted {
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the desk broke off"));
            }
        }
        Ok(())
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

fn encoded(text: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(text.len() + text.len() / 4);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// Answers each question with the next of these, in pieces of seven bytes.
    async fn desk(answers: Vec<&'static str>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            for answer in answers {
                let mut asked = vec![0; 4096];
                let _ = stream.read(&mut asked).await.unwrap();
                for piece in answer.as_bytes().chunks(7) {
                    stream.write_all(piece).await.unwrap();
                    tokio::task::yield_now().await;
                }
            }
        });
        url
    }

    #[tokio::test]
    async fn answers_are_read_whole_one_after_the_other_on_one_connection() {
        let url = desk(vec![
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=1; Path=/\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nwhol\r\nc\r\ne and plenty\r\n0\r\n\r\n",
            "HTTP/1.1 303 See Other\r\nlocation: /requests/abc\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
        ]);
        let mut client = Client::new(&url.await);
        assert_eq!(client.get("/").await.unwrap().text(), "hello");
        assert_eq!(client.head(), format!("host: {}\r\ncookie: a=1\r\n", client.host));
        let whole = client.get("/").await.unwrap();
        assert_eq!((whole.text().as_str(), whole.bytes), ("whole and plenty", 78));
        assert!(client.post("/requests", &[("a b", "ü&")]).await.unwrap().leads_to("/requests/"));
        let error = client.get("/").await.map(|answer| answer.text());
        assert_eq!(error.map_err(|error| error.kind()), Err(io::ErrorKind::UnexpectedEof));
    }

    #[test]
    fn fields_are_encoded() {
        assert_eq!(encoded("a b&ü="), "a+b%26%C3%BC%3D");
    }
}
