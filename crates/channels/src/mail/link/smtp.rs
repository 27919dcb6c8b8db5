//! The beginning of a dialogue with a server that takes mail: greeting, EHLO, STARTTLS, signing in. The letter itself is
//! handed over elsewhere.

use base::config::Tls;

use super::{Cause, Link, Place, Proof, Trouble, sasl, shown};

/// Lines of one answer.
const MOST_LINES: usize = 100;
/// The longest line of an answer, bytes.
const LINE: usize = 4_096;

/// A connection to a server that takes mail.
#[derive(Debug)]
pub(in crate::mail) struct Client {
    link: Link,
    can: Vec<String>,
}

/// What the server says to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail) struct Reply {
    pub code: u16,
    /// Its lines after the code.
    pub lines: Vec<String>,
}

impl Reply {
    /// As one line, with the code.
    pub(in crate::mail) fn words(&self) -> String {
        shown(format!("{} {}", self.code, self.lines.join(" ")).as_bytes())
    }

    fn class(&self) -> u16 {
        self.code / 100
    }

    fn accepted(self, cause: Cause) -> Result<Self, Trouble> {
        match self.class() {
            2 => Ok(self),
            4 if self.code == 421 || self.code == 451 => Err(Trouble::new(Cause::Busy, self.words())),
            _ => Err(Trouble::new(cause, self.words())),
        }
    }
}

impl Client {
    pub(in crate::mail) fn over(link: Link) -> Self {
        Self { link, can: Vec::new() }
    }

    /// What the server says first.
    pub(in crate::mail) async fn greeting(&mut self) -> Result<Reply, Trouble> {
        self.reply().await?.accepted(Cause::Closed)
    }

    /// Says who we are, and hears what the server can do.
    pub(in crate::mail) async fn ehlo(&mut self, domain: &str) -> Result<Reply, Trouble> {
        let domain = if domain.is_ascii() && !domain.is_empty() { domain } else { "localhost" };
        let reply = self.command(&format!("EHLO {domain}")).await?.accepted(Cause::SaidNo)?;
        self.can = reply.lines.iter().skip(1).map(|line| line.to_ascii_uppercase()).collect();
        Ok(reply)
    }

    pub(in crate::mail) fn can(&self, what: &str) -> bool {
        self.can.iter().any(|can| can.split(' ').next() == Some(what))
    }

    /// Asks for TLS; the connection that comes back is to be encrypted before another word.
    pub(in crate::mail) async fn starttls(mut self) -> Result<Link, Trouble> {
        if !self.can("STARTTLS") {
            return Err(Trouble::new(Cause::NoStarttls, self.can.join(" ")));
        }
        self.command("STARTTLS").await?.accepted(Cause::NoStarttls)?;
        Ok(self.link)
    }

    /// Signs in, by the best way that the server offers.
    pub(in crate::mail) async fn sign_in(
        &mut self,
        place: Place<'_>,
        user: &str,
        proof: &Proof,
    ) -> Result<Reply, Trouble> {
        let ways = self.can.iter().find_map(|can| can.strip_prefix("AUTH ").or_else(|| can.strip_prefix("AUTH=")));
        let ways: Vec<String> = ways.unwrap_or_default().split_whitespace().map(ToOwned::to_owned).collect();
        let offers = |way: &str| ways.iter().any(|offered| offered == way);
        let (with_token, reply) = match proof {
            Proof::Token(token) => {
                let (how, first) = if offers("OAUTHBEARER") && !offers("XOAUTH2") {
                    ("OAUTHBEARER", sasl::oauthbearer(user, place.host, place.port, token))
                } else {
                    ("XOAUTH2", sasl::xoauth2(user, token))
                };
                let mut reply = self.command(&format!("AUTH {how} {first}")).await?;
                if reply.code == 334 {
                    // It tells why, and wants to hear that we heard, before it says no.
                    let why = sasl::refusal(&reply.lines.join(""));
                    reply = self.command(if how == "XOAUTH2" { "" } else { "AQ==" }).await?;
                    reply.lines.insert(0, why);
                }
                (true, reply)
            }
            Proof::Password(_) if ways.is_empty() => {
                let cause = if place.tls == Tls::None { Cause::TlsWanted } else { Cause::SaidNo };
                return Err(Trouble::new(cause, self.can.join(" ")));
            }
            Proof::Password(password) if offers("PLAIN") => {
                (false, self.command(&format!("AUTH PLAIN {}", sasl::plain(user, password))).await?)
            }
            Proof::Password(password) if offers("LOGIN") => {
                let mut reply = self.command("AUTH LOGIN").await?;
                for word in [user, password.expose()] {
                    if reply.code == 334 {
                        reply = self.command(&sasl::word(word)).await?;
                    }
                }
                (false, reply)
            }
            Proof::Password(_) => return Err(Trouble::new(Cause::TokenWanted, ways.join(" "))),
        };
        if reply.class() == 2 {
            return Ok(reply);
        }
        let words = reply.words();
        Err(Trouble { cause: Cause::of_refused_login(&words, with_token), words })
    }

    /// Says something, and hears the answer.
    pub(in crate::mail) async fn command(&mut self, words: &str) -> Result<Reply, Trouble> {
        if words.contains(['\r', '\n']) {
            return Err(Trouble::new(Cause::SaidNo, "a command of more than one line"));
        }
        self.link.send(format!("{words}\r\n").as_bytes()).await?;
        self.reply().await
    }

    /// Says something that the server has to agree to.
    pub(in crate::mail) async fn agreed(&mut self, words: &str, otherwise: Cause) -> Result<Reply, Trouble> {
        self.command(words).await?.accepted(otherwise)
    }

    /// The connection, for another to speak over.
    pub(in crate::mail) fn into_link(self) -> Link {
        self.link
    }

    async fn reply(&mut self) -> Result<Reply, Trouble> {
        let mut lines = Vec::new();
        loop {
            let line = self.link.line(LINE).await?;
            let code = line.get(..3).and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| code.parse().ok());
            let Some(code @ 200..600) = code else { return Err(Trouble::new(Cause::Garbled, shown(&line))) };
            lines.push(shown(line.get(4..).unwrap_or_default()));
            if line.get(3) != Some(&b'-') {
                return Ok(Reply { code, lines });
            }
            if lines.len() > MOST_LINES {
                return Err(Trouble::new(Cause::Garbled, "an answer without end"));
            }
        }
    }
}
