//! An IMAP client of our own (RFC 3501 and what goes with it): as much of it as reading a mailbox needs. One mail is in
//! memory at a time, and no answer takes more than is said in `answer`.

mod answer;
pub(in crate::mail) mod name;

use std::time::Duration;

use base::config::Tls;

use crate::mail::link::{Cause, Link, Place, Proof, Trouble, sasl, shown};
use crate::mail::probe::ungreeted;
use answer::{Answer, Item, Room};

/// Answers to one command.
const MOST_ANSWERS: usize = 1_000_000;
/// Mails that a search finds.
const MOST_FOUND: usize = 2_000_000;
/// Literals in answers that are no mails, bytes.
const SMALL: Room = Room::Exactly(64 * 1024);
/// How many folders are named to an operator who named one that is not there.
const FOLDERS: usize = 40;

/// A connection to an IMAP server.
#[derive(Debug)]
pub(in crate::mail) struct Client {
    link: Link,
    commands: u32,
    can: Vec<String>,
    /// Whether the server spoke of new mail that nobody looked for yet.
    grown: bool,
}

/// A folder as it was when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mail) struct Folder {
    pub exists: u32,
    pub uid_validity: u32,
    pub uid_next: Option<u32>,
}

/// A mail, or something about one, as the server sent it.
#[derive(Debug)]
pub(in crate::mail) struct Fetched {
    pub uid: u32,
    pub size: Option<u32>,
    /// `None` when none was asked for, or the server has none to give.
    pub body: Option<Vec<u8>>,
    /// How large it is, when it was larger than asked for and is here in part.
    pub cut: Option<u64>,
}

/// How the last command ended.
struct Done {
    ok: bool,
    /// `NO` and `BAD` with the rest.
    words: String,
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
        if place.tls == Tls::Starttls {
            client.capabilities().await?;
            client = Self::over(client.starttls().await?.encrypt(place).await?);
        }
        client.sign_in(place, user, proof).await?;
        Ok(client)
    }

    pub(in crate::mail) fn over(link: Link) -> Self {
        Self { link, commands: 0, can: Vec::new(), grown: false }
    }

    /// What the server says first.
    pub(in crate::mail) async fn greeting(&mut self) -> Result<String, Trouble> {
        let answer = Answer::read(&mut self.link, SMALL).await?;
        let words = shown(answer.line());
        if answer.after("* BYE").is_some() {
            return Err(refusal(Cause::Closed, words));
        }
        let Some(rest) = answer.after("* OK") else {
            return Err(Trouble::new(Cause::Garbled, words));
        };
        self.note_code(rest);
        Ok(words)
    }

    /// What the server can do.
    pub(in crate::mail) async fn capabilities(&mut self) -> Result<&[String], Trouble> {
        let mut can = Vec::new();
        self.ask("CAPABILITY", |answer| {
            if let Some(words) = answer.after("* CAPABILITY ") {
                can = capabilities(words);
            }
        })
        .await?;
        self.can = can;
        Ok(&self.can)
    }

    pub(in crate::mail) fn can(&self, what: &str) -> bool {
        self.can.iter().any(|can| can == what)
    }

    /// Asks for TLS; what comes back is to be encrypted before another word.
    pub(in crate::mail) async fn starttls(mut self) -> Result<Link, Trouble> {
        if !self.can("STARTTLS") {
            return Err(Trouble::new(Cause::NoStarttls, self.can.join(" ")));
        }
        match self.ask("STARTTLS", |_| {}).await {
            Ok(_) => Ok(self.link),
            Err(Trouble { cause: Cause::SaidNo, words }) => Err(Trouble { cause: Cause::NoStarttls, words }),
            Err(trouble) => Err(trouble),
        }
    }

    /// Signs in, by the best way that the server offers.
    pub(in crate::mail) async fn sign_in(
        &mut self,
        place: Place<'_>,
        user: &str,
        proof: &Proof,
    ) -> Result<String, Trouble> {
        // What was said before TLS counts for nothing.
        if self.can.is_empty() {
            self.capabilities().await?;
        }
        let (with_token, done) = match proof {
            Proof::Token(token) => {
                let bearer = self.can("AUTH=OAUTHBEARER") && !self.can("AUTH=XOAUTH2");
                let done = if bearer {
                    let first = sasl::oauthbearer(user, place.host, place.port, token);
                    self.authenticate("OAUTHBEARER", &first, "AQ==").await
                } else {
                    self.authenticate("XOAUTH2", &sasl::xoauth2(user, token), "").await
                };
                (true, done)
            }
            Proof::Password(_) if self.can("LOGINDISABLED") && !self.can("AUTH=PLAIN") => {
                let cause = if place.tls == Tls::None { Cause::TlsWanted } else { Cause::TokenWanted };
                return Err(Trouble::new(cause, self.can.join(" ")));
            }
            Proof::Password(password) if self.can("AUTH=PLAIN") => {
                (false, self.authenticate("PLAIN", &sasl::plain(user, password), "").await)
            }
            Proof::Password(password) => (false, self.login(user, password.expose()).await),
        };
        match done {
            Ok(done) => {
                self.note_code(done.words.as_bytes());
                if !done.words.to_ascii_uppercase().contains("[CAPABILITY") {
                    self.capabilities().await?;
                }
                Ok(done.words)
            }
            Err(Trouble { cause: Cause::SaidNo | Cause::Busy, words }) => {
                Err(Trouble { cause: Cause::of_refused_login(&words, with_token), words })
            }
            Err(trouble) => Err(trouble),
        }
    }

    async fn login(&mut self, user: &str, password: &str) -> Result<Done, Trouble> {
        let mut line = format!("{} LOGIN", self.next_tag());
        for word in [user, password] {
            if let Some(quoted) = name::quoted(word) {
                line.push(' ');
                line.push_str(&quoted);
            } else {
                line.push_str(&format!(" {{{}}}\r\n", word.len()));
                self.link.send(line.as_bytes()).await?;
                self.go_on().await?;
                line = word.to_owned();
            }
        }
        line.push_str("\r\n");
        self.link.send(line.as_bytes()).await?;
        self.ended(|_| {}).await?.worked()
    }

    async fn authenticate(&mut self, how: &str, first: &str, last: &str) -> Result<Done, Trouble> {
        let tag = self.next_tag();
        if self.can("SASL-IR") {
            self.link.send(format!("{tag} AUTHENTICATE {how} {first}\r\n").as_bytes()).await?;
        } else {
            self.link.send(format!("{tag} AUTHENTICATE {how}\r\n").as_bytes()).await?;
            self.go_on().await?;
            self.link.send(format!("{first}\r\n").as_bytes()).await?;
        }
        let mut said = String::new();
        loop {
            let answer = Answer::read(&mut self.link, SMALL).await?;
            if let Some(words) = answer.after("+") {
                // It tells why, and wants to hear that we heard, before it says no.
                if !said.is_empty() {
                    return Err(Trouble::new(Cause::SaidNo, said));
                }
                said = format!("{} ", sasl::refusal(&shown(words)));
                self.link.send(format!("{last}\r\n").as_bytes()).await?;
            } else if let Some(done) = self.done(&answer)? {
                return done
                    .worked()
                    .map_err(|trouble| Trouble { cause: trouble.cause, words: format!("{said}{}", trouble.words) });
            }
        }
    }

    /// Opens a folder; when it is not there, the trouble lists those that are.
    pub(in crate::mail) async fn select(&mut self, folder: &str) -> Result<Folder, Trouble> {
        let mut opened = Folder { exists: 0, uid_validity: 0, uid_next: None };
        let command = format!("SELECT {}", name::folder(folder));
        let selected = self.ask(&command, |answer| {
            if let Some(exists) = answer.number_of("EXISTS") {
                opened.exists = exists;
            }
            let line = String::from_utf8_lossy(answer.line()).to_ascii_uppercase();
            opened.uid_validity = code(&line, "UIDVALIDITY").unwrap_or(opened.uid_validity);
            opened.uid_next = code(&line, "UIDNEXT").or(opened.uid_next);
        });
        match selected.await {
            Ok(_) => {
                self.grown = false;
                Ok(opened)
            }
            Err(Trouble { cause: Cause::SaidNo, words }) => {
                let there = self.folders().await.unwrap_or_default();
                let words = format!("{words}; {}", there.join(", "));
                Err(Trouble::new(Cause::FolderMissing, words))
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// The names of folders, as people know them; not more than an operator wants to read.
    pub(in crate::mail) async fn folders(&mut self) -> Result<Vec<String>, Trouble> {
        let mut lines = Vec::new();
        self.listing("LIST \"\" \"*\"", &mut lines).await?;
        Ok(lines)
    }

    async fn listing(&mut self, command: &str, found: &mut Vec<String>) -> Result<(), Trouble> {
        let tag = self.send(command).await?;
        for _ in 0..MOST_ANSWERS {
            let answer = Answer::read(&mut self.link, SMALL).await?;
            if let Some(done) = self.done_of(&tag, &answer)? {
                return done.worked().map(drop);
            }
            if answer.after("* LIST ").is_some() && found.len() < FOLDERS {
                let items = answer.items()?;
                found.extend(items.last().and_then(Item::bytes).map(|written| shown(name::decode(written).as_bytes())));
            }
        }
        Err(Trouble::new(Cause::Garbled, "answers without end"))
    }

    /// The numbers of mails that this is true of, ascending.
    pub(in crate::mail) async fn search(&mut self, what: &str) -> Result<Vec<u32>, Trouble> {
        let mut found: Vec<u32> = Vec::new();
        self.ask(&format!("UID SEARCH {what}"), |answer| {
            if let Some(words) = answer.after("* SEARCH").filter(|_| found.len() <= MOST_FOUND) {
                let numbers = words.split(|byte| *byte == b' ').filter_map(|word| std::str::from_utf8(word).ok());
                found.extend(numbers.filter_map(|word| word.parse::<u32>().ok()).filter(|uid| *uid > 0));
            }
        })
        .await?;
        if found.len() > MOST_FOUND {
            return Err(Trouble::new(Cause::Garbled, "more mails than a folder can have"));
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Asks for something about mails; [`Client::next`] gives the answers one by one and must be asked to the end.
    pub(in crate::mail) async fn fetch(&mut self, uids: &[u32], what: &str) -> Result<Asked, Trouble> {
        let tag = self.send(&format!("UID FETCH {} {what}", name::set(uids))).await?;
        Ok(Asked { tag, answers: 0 })
    }

    /// The next mail; `None` when there are no more. Of a mail larger than `whole`, the first `part` bytes come.
    pub(in crate::mail) async fn next(
        &mut self,
        asked: &mut Asked,
        whole: usize,
        part: usize,
    ) -> Result<Option<Fetched>, Trouble> {
        loop {
            asked.answers += 1;
            if asked.answers > MOST_ANSWERS {
                return Err(Trouble::new(Cause::Garbled, "answers without end"));
            }
            let answer = Answer::read(&mut self.link, Room::OrPart { whole, part }).await?;
            if let Some(done) = self.done_of(&asked.tag, &answer)? {
                return done.worked().map(|_| None);
            }
            if answer.number_of("FETCH").is_some() {
                let cut = answer.cut;
                if let Some(found) = fetched(answer.items()?, cut) {
                    return Ok(Some(found));
                }
            }
        }
    }

    /// A command of which only success counts.
    pub(in crate::mail) async fn tell(&mut self, command: &str) -> Result<(), Trouble> {
        self.ask(command, |_| {}).await.map(drop)
    }

    /// Puts a mail into a folder, flagged as seen.
    pub(in crate::mail) async fn append(&mut self, folder: &str, mail: &[u8]) -> Result<(), Trouble> {
        let length = mail.len();
        self.send(&format!("APPEND {} (\\Seen) {{{length}}}", name::folder(folder))).await?;
        self.go_on().await?;
        self.link.send(mail).await?;
        self.link.send(b"\r\n").await?;
        self.ended(|_| {}).await?.worked().map(drop)
    }

    /// Whether the server spoke of new mail since this was asked last.
    pub(in crate::mail) fn has_grown(&mut self) -> bool {
        std::mem::take(&mut self.grown)
    }

    /// Waits until the server speaks of something, or this long.
    pub(in crate::mail) async fn idle(&mut self, at_most: Duration) -> Result<(), Trouble> {
        let tag = self.send("IDLE").await?;
        self.go_on().await?;
        self.link.has_news(at_most).await?;
        self.link.send(b"DONE\r\n").await?;
        for _ in 0..MOST_ANSWERS {
            let answer = Answer::read(&mut self.link, SMALL).await?;
            if let Some(done) = self.done_of(&tag, &answer)? {
                return done.worked().map(drop);
            }
        }
        Err(Trouble::new(Cause::Garbled, "answers without end"))
    }

    /// Says goodbye; whether the server hears it does not matter.
    pub(in crate::mail) async fn leave(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(2), self.tell("LOGOUT")).await;
    }

    async fn ask(&mut self, command: &str, each: impl FnMut(&Answer)) -> Result<Done, Trouble> {
        self.send(command).await?;
        self.ended(each).await?.worked()
    }

    fn next_tag(&mut self) -> String {
        self.commands = self.commands.wrapping_add(1);
        self.tag()
    }

    fn tag(&self) -> String {
        format!("d{}", self.commands)
    }

    async fn send(&mut self, command: &str) -> Result<String, Trouble> {
        let tag = self.next_tag();
        self.link.send(format!("{tag} {command}\r\n").as_bytes()).await?;
        Ok(tag)
    }

    async fn go_on(&mut self) -> Result<(), Trouble> {
        for _ in 0..MOST_ANSWERS {
            let answer = Answer::read(&mut self.link, SMALL).await?;
            if answer.after("+").is_some() {
                return Ok(());
            }
            if let Some(done) = self.done(&answer)? {
                done.worked()?;
                return Err(Trouble::new(Cause::Garbled, "the server went on by itself"));
            }
        }
        Err(Trouble::new(Cause::Garbled, "answers without end"))
    }

    async fn ended(&mut self, mut each: impl FnMut(&Answer)) -> Result<Done, Trouble> {
        for _ in 0..MOST_ANSWERS {
            let answer = Answer::read(&mut self.link, SMALL).await?;
            if let Some(done) = self.done(&answer)? {
                return Ok(done);
            }
            each(&answer);
        }
        Err(Trouble::new(Cause::Garbled, "answers without end"))
    }

    fn done(&mut self, answer: &Answer) -> Result<Option<Done>, Trouble> {
        let tag = self.tag();
        self.done_of(&tag, answer)
    }

    /// Whether this answer ends the command; on the way, news are noted and a goodbye is an error.
    fn done_of(&mut self, tag: &str, answer: &Answer) -> Result<Option<Done>, Trouble> {
        if answer.number_of("EXISTS").is_some() {
            self.grown = true;
        }
        if let Some(words) = answer.after("* BYE") {
            return Err(refusal(Cause::Closed, shown(words)));
        }
        let Some(rest) = answer.after(tag).and_then(|rest| rest.strip_prefix(b" ")) else { return Ok(None) };
        let ok = rest.get(..2).is_some_and(|word| word.eq_ignore_ascii_case(b"OK"));
        // A list of capabilities may be longer than what is shown.
        let words = if ok { String::from_utf8_lossy(rest).into_owned() } else { shown(rest) };
        Ok(Some(Done { ok, words }))
    }

    fn note_code(&mut self, words: &[u8]) {
        let words = String::from_utf8_lossy(words);
        let upper = words.to_ascii_uppercase();
        if let Some(start) = upper.find("[CAPABILITY ") {
            let list = upper[start + "[CAPABILITY ".len()..].split(']').next().unwrap_or_default();
            self.can = capabilities(list.as_bytes());
        }
    }
}

/// A question whose answers are still to come.
#[derive(Debug)]
pub(in crate::mail) struct Asked {
    tag: String,
    answers: usize,
}

impl Done {
    fn worked(self) -> Result<Self, Trouble> {
        if self.ok { Ok(self) } else { Err(refusal(Cause::SaidNo, self.words)) }
    }
}

/// A no: for this command, or because the server has too much to do.
fn refusal(otherwise: Cause, words: String) -> Trouble {
    let lower = words.to_lowercase();
    let busy =
        ["[limit]", "[unavailable]", "[throttled]", "[overquota]", "throttl", "too many", "backoff", "rate limit"];
    let cause = if busy.iter().any(|word| lower.contains(word)) { Cause::Busy } else { otherwise };
    Trouble { cause, words: shown(words.as_bytes()) }
}

fn capabilities(words: &[u8]) -> Vec<String> {
    let words = String::from_utf8_lossy(words).to_ascii_uppercase();
    words.split_whitespace().take(200).map(ToOwned::to_owned).collect()
}

/// The number in a code such as `[UIDNEXT 12]`.
fn code(line: &str, name: &str) -> Option<u32> {
    let (_, rest) = line.split_once(&format!("[{name} "))?;
    rest.split(']').next()?.trim().parse().ok()
}

fn fetched(mut items: Vec<Item>, cut: Option<u64>) -> Option<Fetched> {
    let Some(Item::List(list)) = items.pop() else { return None };
    let mut found = Fetched { uid: 0, size: None, body: None, cut };
    let mut list = list.into_iter();
    while let (Some(Item::Word(name)), Some(value)) = (list.next(), list.next()) {
        let name = name.to_ascii_uppercase();
        match (name.as_str(), value) {
            ("UID", value) => found.uid = value.number()?,
            ("RFC822.SIZE", value) => found.size = value.number(),
            (name, Item::Text(body)) if name.starts_with("BODY[]") => found.body = Some(body),
            _ => {}
        }
    }
    (found.uid > 0).then_some(found)
}
