//! Doors for the fuzz targets in `fuzz/`, and for the test that replays what they left: how servers are spoken to is no
//! business of other crates, but it is to hold whatever they answer. Only there in tests and in builds for fuzzing.

use std::time::Duration;

use base::clock::Moment;
use base::config::{Dkim, Oauth, Secret, Smtp, Tls};
use tokio::io::{AsyncRead, AsyncWrite};

use super::fetch::{imap, pop3};
use super::link::{Certificate, Link, Place, Proof, Trouble};
use super::{oauth, send};

const PATIENCE: Duration = Duration::from_secs(20);

/// What a connection runs over.
pub trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug + 'static {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug + 'static> Wire for T {}

/// What was taken from a server.
#[derive(Debug, Default)]
pub struct Heard {
    /// Mails, each with its size when it is here in part.
    pub mails: Vec<(Vec<u8>, Option<u64>)>,
    /// What an operator may come to read: words of the server, names of folders, troubles.
    pub words: Vec<String>,
}

/// How far a client takes mails: whole up to so many bytes, of larger ones the beginning.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Largest mail that is taken whole.
    pub whole: usize,
    /// As much is taken of others.
    pub part: usize,
}

fn link(wire: impl Wire) -> Link {
    Link::over(Box::new(wire), PATIENCE)
}

fn proof(with_token: bool) -> Proof {
    let secret = Secret::new("secret");
    if with_token { Proof::Token(secret) } else { Proof::Password(secret) }
}

fn place() -> Place<'static> {
    Place { host: "mail.example", port: 143, tls: Tls::None, ca_file: None }
}

/// Reads a mailbox by IMAP in the way in which the desk does.
pub async fn imap(wire: impl Wire, with_token: bool, room: Room) -> Heard {
    let mut heard = Heard::default();
    if let Err(trouble) = by_imap(wire, with_token, room, &mut heard).await {
        heard.words.push(trouble.to_string());
    }
    heard
}

async fn by_imap(wire: impl Wire, with_token: bool, room: Room, heard: &mut Heard) -> Result<(), Trouble> {
    let mut client = imap::Client::over(link(wire));
    heard.words.push(client.greeting().await?);
    client.sign_in(place(), "it@desk.example", &proof(with_token)).await?;
    client.select("INBOX").await?;
    let found = client.search("ALL").await?;
    let mut asked = client.fetch(&found, "(UID RFC822.SIZE BODY.PEEK[])").await?;
    while let Some(mail) = client.next(&mut asked, room.whole, room.part).await? {
        heard.mails.extend(mail.body.map(|body| (body, mail.cut)));
    }
    heard.words.extend(client.folders().await?);
    client.append("Sent", b"Subject: x\r\n\r\nx\r\n").await?;
    client.idle(Duration::from_millis(1)).await?;
    client.has_grown();
    client.leave().await;
    Ok(())
}

/// Reads a mailbox by POP3 in the way in which the desk does.
pub async fn pop3(wire: impl Wire, with_token: bool, room: Room) -> Heard {
    let mut heard = Heard::default();
    if let Err(trouble) = by_pop3(wire, with_token, room, &mut heard).await {
        heard.words.push(trouble.to_string());
    }
    heard
}

async fn by_pop3(wire: impl Wire, with_token: bool, room: Room, heard: &mut Heard) -> Result<(), Trouble> {
    let mut client = pop3::Client::over(link(wire));
    heard.words.push(client.greeting().await?);
    heard.words.extend(client.capabilities().await?.to_vec());
    heard.words.push(client.sign_in(place(), "it@desk.example", &proof(with_token)).await?);
    let mut listed = client.list().await?;
    client.names(&mut listed).await?;
    heard.words.extend(listed.iter().map(|mail| mail.name.clone()));
    for mail in &listed {
        heard.mails.push(client.retrieve(mail.number, room.whole, room.part).await?);
        heard.mails.push((client.top(mail.number, 0, room.part).await?, None));
        client.delete(mail.number).await?;
    }
    client.quit().await
}

/// Hands a letter over by SMTP: what it came to, in a word, and what an operator may come to read.
pub async fn smtp(wire: impl Wire, with_token: bool) -> (&'static str, Vec<String>) {
    let server = Smtp {
        host: "mail.example".to_owned(),
        port: None,
        tls: Tls::None,
        user: "it@desk.example".to_owned(),
        password: Secret::default(),
        password_file: None,
        ca_file: None,
        letters_a_day: None,
    };
    send::dialogue(link(wire), &server, &proof(with_token)).await
}

/// Hears a provider of tokens: its token, the next refresh token and until when it is good, milliseconds.
///
/// # Errors
/// The trouble, in words.
pub async fn provider(wire: impl Wire) -> Result<(String, String, i64), String> {
    let oauth = Oauth {
        token_url: "https://provider.example/token".to_owned(),
        authorize_url: String::new(),
        client_id: "desk".to_owned(),
        client_secret: Secret::default(),
        client_secret_file: None,
        refresh_token: Secret::default(),
        refresh_token_file: None,
        scope: String::new(),
        consent_days: Some(90),
        ca_file: None,
    };
    let heard = oauth::answered(&mut link(wire), &oauth).await;
    heard
        .map(|(access, refresh, until)| (access.expose().to_owned(), refresh.expose().to_owned(), until))
        .map_err(|trouble| trouble.to_string())
}

/// Answers a visitor who comes to the port at which a consent is awaited: the code that they bring, or the trouble in
/// words; nothing when they do not know the state.
pub async fn visitor(wire: impl Wire, state: &str) -> Option<Result<String, String>> {
    let told = oauth::visit(link(wire), state).await?;
    Some(told.map(|code| code.expose().to_owned()).map_err(|trouble| trouble.to_string()))
}

/// A folder's name as it is written to a server.
pub fn folder_written(name: &str) -> String {
    imap::name::encode(name)
}

/// A folder's name as a server wrote it.
pub fn folder_read(written: &[u8]) -> String {
    imap::name::decode(written)
}

/// A folder as it stands in a command.
pub fn folder_in_command(name: &str) -> String {
    imap::name::folder(name)
}

/// What a certificate says, for people.
pub fn certificate(der: &[u8]) -> Option<String> {
    Certificate::read(der).map(|certificate| certificate.to_string())
}

/// Signs a mail with the key in this file.
///
/// # Errors
/// Why the file holds no key, or the mail cannot be signed.
pub fn sign(key: &str, mail: &[u8]) -> Result<Vec<u8>, String> {
    let dkim = Dkim {
        domain: "desk.example".to_owned(),
        selector: "s".to_owned(),
        key_file: "dkim.pem".into(),
        key: Secret::new(key),
    };
    send::Signer::of(&dkim)?.sign(mail, Moment(1_772_442_000_000))
}
