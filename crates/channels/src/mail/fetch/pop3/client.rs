//! A POP3 client (RFC 1939, 2449, 2595, 5034): as much of it as reading a mailbox needs.

use std::time::Duration;

use base::config::Tls;

use crate::mail::link::{Cause, Link, Place, Proof, Trouble, sasl, shown};
use crate::mail::probe::ungreeted;

/// The longest line of an answer, bytes; servers may write 512.
const LINE: usize = 4_096;
/// Lines of a listing: as many mails as nobody leaves in a mailbox.
const MOST_LINES: usize = 1_000_000;

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
            Ok(_) => self.lines().await?.iter().map(|line| shown(line).to_ascii_uppercase()).collect(),
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
        let lines = self.lines().await?;
        let read = |line: &Vec<u8>| {
            let line = String::from_utf8_lossy(line);
            let mut words = line.split_whitespace();
            let (number, size) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some(Listed { number, size, name: String::new() })
        };
        Ok(lines.iter().filter_map(read).collect())
    }

    /// Fills in the server's names; whether it has any.
    pub(in crate::mail) async fn names(&mut self, listed: &mut [Listed]) -> Result<bool, Trouble> {
        match self.ask("UIDL").await {
            Ok(_) => {}
            Err(Trouble { cause: Cause::SaidNo, .. }) => return Ok(false),
            Err(trouble) => return Err(trouble),
        }
        let mut names = std::collections::BTreeMap::new();
        for line in self.lines().await? {
            let line = shown(&line);
            if let Some((number, name)) = line.split_once(' ')
                && let Ok(number) = number.parse::<u32>()
            {
                names.insert(number, name.trim().to_owned());
            }
        }
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

    /// The lines of an answer that has many.
    async fn lines(&mut self) -> Result<Vec<Vec<u8>>, Trouble> {
        let mut lines = Vec::new();
        loop {
            let mut line = self.link.line(LINE).await?;
            if line == b"." {
                return Ok(lines);
            }
            if line.starts_with(b".") {
                line.remove(0);
            }
            if lines.len() >= MOST_LINES {
                return Err(Trouble::new(Cause::Garbled, "a listing without end"));
            }
            lines.push(line);
        }
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
