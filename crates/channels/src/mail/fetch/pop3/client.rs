//! A POP3 client (RFC 1939, 2449, 2595, 5034): as much of it as reading a mailbox needs.

use std::time::Duration;

use base::config::Tls;

use crate::mail::link::{Cause, Link, Place, Proof, Trouble, sasl, shown};
use crate::mail::probe::ungreeted;

/// The longest line of an answer, bytes; servers may write 512.
const LINE: usize = 4_096;
/// Lines of a listing: as many mails as nobody leaves in a mailbox.
const MOST_LINES: usize = 500_000;
/// Lines of what a server can do.
const MOST_ABLE: usize = 200;

/// Letters of a name that are kept; servers may give 70 (RFC 1939, 7).
const LONGEST_NAME: usize = 128;

/// A connection to a POP3 server.
#[derive(Debug)]
pub(in crate::mail) struct Client {
    link: Link,
    can: Vec<String>,
}

/// A mail in the mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail) struct Listed {
    pub number: u32,
    pub size: u64,
    /// The server's name for it, for as long as it is there.
    pub name: String,
}

impl Client {
    /// Connects, encrypts and signs in.
    pub(in crate::mail) async fn open(
        place: Place<'_>,
        user: &str,
        proof: &Proof,
        patience: Duration,
    ) -> Result<Self, Trouble> {
        let mut client = Self::over(Link::open(place, patience).await?);
        client.greeting().await.map_err(|trouble| ungreeted(trouble, place))?;
        client.capabilities().await?;
        if place.tls == Tls::Starttls {
            client = Self::over(client.starttls().await?.encrypt(place).await?);
            client.capabilities().await?;
        }
        client.sign_in(place, user, proof).await?;
        Ok(client)
    }

    pub(in crate::mail) fn over(link: Link) -> Self {
        Self { link, can: Vec::new() }
    }

    /// What the server says first.
    pub(in crate::mail) async fn greeting(&mut self) -> Result<String, Trouble> {
        self.answer(Cause::Closed).await
    }

    /// What the server can do; nothing, when it cannot say.
    pub(in crate::mail) async fn capabilities(&mut self) -> Result<&[String], Trouble> {
        self.can = match self.ask("CAPA").await {
            Ok(_) => self.lines(MOST_ABLE, |line| Some(shown(line).to_ascii_uppercase())).await?,
            Err(Trouble { cause: Cause::SaidNo, .. }) => Vec::new(),
            Err(trouble) => return Err(trouble),
        };
        Ok(&self.can)
    }

    fn can(&self, what: &str) -> bool {
        self.can.iter().any(|can| can.split(' ').next() == Some(what))
    }

    fn offers(&self, way: &str) -> bool {
        self.can.iter().any(|can| can.starts_with("SASL ") && can.split(' ').any(|word| word == way))
    }

    /// Asks for TLS; the connection that comes back is to be encrypted before another word.
    pub(in crate::mail) async fn starttls(mut self) -> Result<Link, Trouble> {
        if !self.can("STLS") {
            return Err(Trouble::new(Cause::NoStarttls, self.can.join("; ")));
        }
        match self.ask("STLS").await {
            Ok(_) => Ok(self.link),
            Err(Trouble { cause: Cause::SaidNo, words }) => Err(Trouble { cause: Cause::NoStarttls, words }),
            Err(trouble) => Err(trouble),
        }
    }

    /// Signs in.
    pub(in crate::mail) async fn sign_in(
        &mut self,
        place: Place<'_>,
        user: &str,
        proof: &Proof,
    ) -> Result<String, Trouble> {
        let signed = match proof {
            Proof::Token(token) if self.offers("OAUTHBEARER") && !self.offers("XOAUTH2") => {
                let first = sasl::oauthbearer(user, place.host, place.port, token);
                self.authenticate("OAUTHBEARER", &first, "AQ==").await
            }
            Proof::Token(token) => self.authenticate("XOAUTH2", &sasl::xoauth2(user, token), "").await,
            Proof::Password(password) if self.offers("PLAIN") => {
                self.authenticate("PLAIN", &sasl::plain(user, password), "").await
            }
            Proof::Password(password) => match self.ask(&format!("USER {user}")).await {
                Ok(_) => self.ask(&format!("PASS {}", password.expose())).await,
                Err(trouble) => Err(trouble),
            },
        };
        signed.map_err(|trouble| match trouble.cause {
            Cause::SaidNo | Cause::Busy => {
                let with_token = matches!(proof, Proof::Token(_));
                Trouble { cause: Cause::of_refused_login(&trouble.words, with_token), words: trouble.words }
            }
            _ => trouble,
        })
    }

    async fn authenticate(&mut self, how: &str, first: &str, last: &str) -> Result<String, Trouble> {
        self.send(&format!("AUTH {how}")).await?;
        let mut why = String::new();
        for words in [first, last] {
            let line = self.link.line(LINE).await?;
            if !line.starts_with(b"+ ") && line != b"+" {
                return said(&line, Cause::SaidNo);
            }
            if words == last && words != first {
                why = sasl::refusal(&shown(&line[1..]));
            }
            self.send(words).await?;
        }
        self.answer(Cause::SaidNo).await.map_err(|trouble| {
            let words = format!("{why} {}", trouble.words);
            Trouble::new(trouble.cause, words)
        })
    }

    /// What is in the mailbox, without names.
    pub(in crate::mail) async fn list(&mut self) -> Result<Vec<Listed>, Trouble> {
        self.ask("LIST").await?;
        self.lines(MOST_LINES, |line| {
            let line = String::from_utf8_lossy(line);
            let mut words = line.split_whitespace();
            let (number, size) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some(Listed { number, size, name: String::new() })
        })
        .await
    }

    /// Fills in the server's names; whether it has any.
    pub(in crate::mail) async fn names(&mut self, listed: &mut [Listed]) -> Result<bool, Trouble> {
        match self.ask("UIDL").await {
            Ok(_) => {}
            Err(Trouble { cause: Cause::SaidNo, .. }) => return Ok(false),
            Err(trouble) => return Err(trouble),
        }
        let named = self.lines(MOST_LINES, |line| {
            let line = shown(line);
            let (number, name) = line.split_once(' ')?;
            Some((number.parse::<u32>().ok()?, name.trim().chars().take(LONGEST_NAME).collect::<String>()))
        });
        let mut names: std::collections::BTreeMap<u32, String> = named.await?.into_iter().collect();
        for mail in listed.iter_mut() {
            match names.remove(&mail.number) {
                Some(name) if !name.is_empty() => mail.name = name,
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// A mail; of one larger than `whole`, the first `part` bytes, and its size.
    pub(in crate::mail) async fn retrieve(
        &mut self,
        number: u32,
        whole: usize,
        part: usize,
    ) -> Result<(Vec<u8>, Option<u64>), Trouble> {
        self.ask(&format!("RETR {number}")).await?;
        self.link.dotted(whole, part).await
    }

    /// The beginning of a mail: its headers and so many lines.
    pub(in crate::mail) async fn top(&mut self, number: u32, lines: usize, most: usize) -> Result<Vec<u8>, Trouble> {
        match self.ask(&format!("TOP {number} {lines}")).await {
            Ok(_) => Ok(self.link.dotted(most, most).await?.0),
            // Not every server can do that.
            Err(Trouble { cause: Cause::SaidNo, .. }) => Ok(self.retrieve(number, most, most).await?.0),
            Err(trouble) => Err(trouble),
        }
    }

    /// Marks a mail as to be deleted when we say goodbye.
    pub(in crate::mail) async fn delete(&mut self, number: u32) -> Result<(), Trouble> {
        self.ask(&format!("DELE {number}")).await.map(drop)
    }

    /// Says goodbye: what was marked is deleted now.
    pub(in crate::mail) async fn quit(mut self) -> Result<(), Trouble> {
        self.ask("QUIT").await.map(drop)
    }

    async fn ask(&mut self, command: &str) -> Result<String, Trouble> {
        self.send(command).await?;
        self.answer(Cause::SaidNo).await
    }

    async fn send(&mut self, command: &str) -> Result<(), Trouble> {
        if command.contains(['\r', '\n', '\0']) {
            return Err(Trouble::new(Cause::SaidNo, "a command of more than one line"));
        }
        self.link.send(format!("{command}\r\n").as_bytes()).await
    }

    async fn answer(&mut self, otherwise: Cause) -> Result<String, Trouble> {
        let line = self.link.line(LINE).await?;
        said(&line, otherwise)
    }

    /// What there is in the lines of an answer that has many. No line is kept as it came.
    async fn lines<T>(&mut self, most: usize, read: impl Fn(&[u8]) -> Option<T>) -> Result<Vec<T>, Trouble> {
        let mut all = Vec::new();
        for _ in 0..=most {
            let line = self.link.line(LINE).await?;
            if line == b"." {
                return Ok(all);
            }
            all.extend(read(line.strip_prefix(b".").unwrap_or(&line)));
        }
        Err(Trouble::new(Cause::Garbled, "a listing without end"))
    }
}

fn said(line: &[u8], otherwise: Cause) -> Result<String, Trouble> {
    let words = shown(line);
    if line.starts_with(b"+OK") {
        return Ok(words);
    }
    if !line.starts_with(b"-ERR") {
        return Err(Trouble { cause: Cause::Garbled, words });
    }
    let lower = words.to_lowercase();
    let busy = ["[in-use]", "[login-delay]", "[sys/temp]", "throttl", "too many", "locked"];
    let cause = if busy.iter().any(|word| lower.contains(word)) { Cause::Busy } else { otherwise };
    Err(Trouble { cause, words })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn client(said: Vec<u8>) -> Client {
        let stream = tokio::io::join(Cursor::new(said), tokio::io::sink());
        Client::over(Link::over(Box::new(stream), Duration::from_secs(20)))
    }

    #[tokio::test]
    async fn line_75_a_listing_without_end_is_an_error_and_no_memory() {
        let able = |lines: usize| [b"+OK\r\n".to_vec(), b"X-ABLE\r\n".repeat(lines), b".\r\n".to_vec()].concat();
        assert_eq!(client(able(MOST_ABLE)).capabilities().await.unwrap().len(), MOST_ABLE);
        assert_eq!(client(able(MOST_ABLE + 1)).capabilities().await.unwrap_err().cause, Cause::Garbled);
        let endless = [b"+OK\r\n".to_vec(), b"1 1\r\n".repeat(MOST_LINES + 1)].concat();
        assert_eq!(client(endless).list().await.unwrap_err().cause, Cause::Garbled);
    }

    #[tokio::test]
    async fn line_75_a_mail_has_the_name_that_the_server_gave_it() {
        let said = b"+OK\r\n1 10\r\n3 x\r\n4 40 more\r\n.\r\n+OK\r\n1  abc \r\n4 d\x00e\r\n9 z\r\n.\r\n";
        let mut client = client(said.to_vec());
        let mut listed = client.list().await.unwrap();
        let numbers: Vec<(u32, u64)> = listed.iter().map(|mail| (mail.number, mail.size)).collect();
        assert_eq!(numbers, [(1, 10), (4, 40)]);
        assert!(client.names(&mut listed).await.unwrap());
        assert_eq!(listed.iter().map(|mail| mail.name.as_str()).collect::<Vec<_>>(), ["abc", "d e"]);
    }
}
