//! The dialogue with a mail server, one letter a connection, step by step, so that we know at each moment whether the
//! letter may have been taken.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base::config::{Smtp, Tls};
use futures::FutureExt;
use ledger::outbox::Refused;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Severity;

use super::greeted::Greeted;
use super::letter::Written;
use crate::mail::link::smtp::Client;
use crate::mail::link::{Link, Place, Proof, Trouble, shown};
use crate::mail::mailroom::Pace;
use crate::mail::probe::ungreeted;

/// As much of a server's last word as is kept, characters.
const LAST_WORD: usize = 200;
/// How much of a letter is written at a time, bytes.
const PIECE: usize = 16 * 1024;

/// What the server said, or did not say.
#[derive(Debug)]
pub(super) enum Answer {
    /// It took the letter, for somebody at least.
    Taken {
        /// Its last word, with the number under which it knows the letter.
        said: String,
        /// For whom not, for good.
        refused: Vec<Refused>,
        /// For whom not now.
        later: Vec<Refused>,
    },
    /// It will not take this letter, now or ever.
    Refused(String),
    /// It does not take this letter now.
    NotNow(String),
    /// There was no talking to it; the letter was not handed over.
    Unreachable(String),
    /// The letter was handed over, and nothing was heard.
    Perhaps(String),
    /// Another sender has the letter.
    Lost,
}

/// Brings a letter to its server. `handing` is asked just before it is handed over, and may refuse.
pub(super) async fn deliver(
    server: &Smtp,
    proof: &Proof,
    pace: &Pace,
    letter: &Written,
    handing: impl AsyncFnOnce() -> bool,
) -> Answer {
    let Ok(ready) = tokio::time::timeout(pace.greeting, prepare(server, proof, pace.greeting, letter)).await else {
        return Answer::Unreachable(format!("{}:{} did not answer in time", server.host, server.port()));
    };
    let mut ready = match ready {
        Ok(ready) => ready,
        Err(answer) => return answer,
    };
    if !handing().await {
        ready.connection.abort().await;
        return Answer::Lost;
    }
    hand_over(server, ready, letter, pace.answer).await
}

/// A server that waits for the letter.
struct Ready {
    connection: AsyncSmtpConnection,
    refused: Vec<Refused>,
    later: Vec<Refused>,
}

/// Everything up to the point where the server says: go on.
async fn prepare(server: &Smtp, proof: &Proof, patience: Duration, letter: &Written) -> Result<Ready, Answer> {
    let stream = connect(server, proof, letter.from.domain(), patience)
        .await
        .map_err(|trouble| Answer::Unreachable(format!("{}:{}: {trouble}", server.host, server.port())))?;
    offer(server, stream, letter).await
}

/// Says whom the letter is from and for, until the server says: go on.
async fn offer(server: &Smtp, stream: Greeted, letter: &Written) -> Result<Ready, Answer> {
    let name = ClientId::Domain(letter.from.domain().to_owned());
    // What reads the answer to EHLO panics at a line of blanks. Nothing was handed over yet.
    let connecting = AssertUnwindSafe(AsyncSmtpConnection::connect_with_transport(Box::new(stream), &name));
    let Ok(connecting) = connecting.catch_unwind().await else {
        let words = format!("{}:{}: its answer to EHLO cannot be understood", server.host, server.port());
        return Err(Answer::Unreachable(words));
    };
    let mut connection = connecting.map_err(|error| unreachable(server, &error))?;
    let mut parameters = Vec::new();
    let utf8 = letter.to.iter().chain([&letter.from]).any(|address| !address.to_string().is_ascii());
    if utf8 && !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
        return Err(Answer::Refused("this address has letters that the server does not take".to_owned()));
    }
    if utf8 {
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !letter.bytes.is_ascii() {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    // Who does not take mail from us says nothing about this letter: the operator has to mend it, and it waits.
    if let Err(error) = connection.command(Mail::new(Some(letter.from.clone()), parameters)).await {
        connection.abort().await;
        return Err(unreachable(server, &error));
    }
    let (mut refused, mut later) = (Vec::new(), Vec::new());
    for to in &letter.to {
        let Err(error) = connection.command(Rcpt::new(to.clone(), Vec::new())).await else { continue };
        let no = Refused { address: to.to_string(), said: words(&error) };
        if error.is_permanent() {
            refused.push(no);
        } else if error.is_transient() {
            later.push(no);
        } else {
            connection.abort().await;
            return Err(unreachable(server, &error));
        }
    }
    if refused.len() + later.len() == letter.to.len() {
        connection.abort().await;
        // While it may take it for somebody later, nothing is settled for anybody.
        return Err(if later.is_empty() {
            Answer::Refused(all_said(&refused))
        } else {
            Answer::NotNow(all_said(&later))
        });
    }
    match connection.command(Data).await {
        Ok(response) if response.code().severity == Severity::PositiveIntermediate => {
            Ok(Ready { connection, refused, later })
        }
        // It would take the letter's lines for commands.
        Ok(response) => {
            connection.abort().await;
            let words = format!("{}:{}: answered DATA with {}", server.host, server.port(), response.code());
            Err(Answer::Unreachable(words))
        }
        Err(error) => {
            connection.abort().await;
            Err(said(&error).unwrap_or_else(|| unreachable(server, &error)))
        }
    }
}

/// What was said to each, named when there are several.
fn all_said(refused: &[Refused]) -> String {
    match refused {
        [one] => one.said.clone(),
        several => several.iter().map(|no| format!("{}: {}", no.address, no.said)).collect::<Vec<_>>().join("; "),
    }
}

/// Everything before the letter: encrypted and signed in.
async fn connect(server: &Smtp, proof: &Proof, domain: &str, patience: Duration) -> Result<Greeted, Trouble> {
    let link = Link::open(Place::from(server), patience).await?;
    greet(link, server, proof, domain).await
}

async fn greet(link: Link, server: &Smtp, proof: &Proof, domain: &str) -> Result<Greeted, Trouble> {
    let place = Place::from(server);
    let mut client = Client::over(link);
    client.greeting().await.map_err(|trouble| ungreeted(trouble, place))?;
    // Servers look twice at who has no name.
    client.ehlo(domain).await?;
    if place.tls == Tls::Starttls {
        client = Client::over(client.starttls().await?.encrypt(place).await?);
        client.ehlo(domain).await?;
    }
    if !server.user.is_empty() {
        client.sign_in(place, &server.user, proof).await?;
    }
    Greeted::over(client.into_link())
}

/// The whole of it over a connection that is there already: what it came to, in a word, and the server's own words.
#[cfg(any(test, fuzzing))]
pub(in crate::mail) async fn dialogue(link: Link, server: &Smtp, proof: &Proof) -> (&'static str, Vec<String>) {
    let address = |text: &str| text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    let letter = Written {
        from: address("help@desk.example"),
        to: vec![address("ana@lindenhof.example"), address("ben@lindenhof.example")],
        refused: Vec::new(),
        bytes: b"Subject: x\r\n\r\n.x\r\n".to_vec(),
    };
    let stream = match greet(link, server, proof, letter.from.domain()).await {
        Ok(stream) => stream,
        Err(trouble) => return ("trouble", vec![trouble.to_string()]),
    };
    let answer = match offer(server, stream, &letter).await {
        Ok(ready) => hand_over(server, ready, &letter, Duration::from_secs(5)).await,
        Err(answer) => answer,
    };
    match answer {
        Answer::Taken { said, refused, later } => {
            let others = refused.into_iter().chain(later).map(|no| no.said);
            ("taken", std::iter::once(said).chain(others).collect())
        }
        Answer::Refused(said) => ("refused", vec![said]),
        Answer::NotNow(said) => ("not now", vec![said]),
        Answer::Unreachable(said) => ("unreachable", vec![said]),
        Answer::Perhaps(said) => ("perhaps", vec![said]),
        Answer::Lost => ("lost", Vec::new()),
    }
}

/// The letter itself. The server may take it once it has the line that ends it; what breaks before that was not taken.
async fn hand_over(server: &Smtp, ready: Ready, letter: &Written, patience: Duration) -> Answer {
    let Ready { mut connection, refused, later } = ready;
    let all_written = AtomicBool::new(false);
    let mut pieces = letter.bytes.chunks(PIECE);
    // Asked for the piece after the last, the connection has written all others, and ends the letter next.
    let pieces = std::iter::from_fn(|| {
        let piece = pieces.next();
        all_written.store(piece.is_none(), Ordering::Relaxed);
        piece
    });
    let heard = tokio::time::timeout(patience, connection.message_iter(pieces)).await;
    let perhaps = |why: String| {
        if all_written.load(Ordering::Relaxed) { Answer::Perhaps(why) } else { Answer::Unreachable(why) }
    };
    match heard {
        Ok(Ok(response)) if response.code().severity != Severity::PositiveCompletion => {
            perhaps(format!("{}:{}: answered the letter with {}", server.host, server.port(), response.code()))
        }
        Ok(Ok(response)) => {
            let last = response.message().collect::<Vec<_>>().join(" ");
            let said: String =
                shown(format!("{} {last}", response.code()).as_bytes()).chars().take(LAST_WORD).collect();
            // It is taken; whether the server hears our goodbye does not matter.
            let _ = tokio::time::timeout(Duration::from_secs(5), connection.quit()).await;
            Answer::Taken { said, refused, later }
        }
        Ok(Err(error)) => said(&error).unwrap_or_else(|| perhaps(told(server, &error))),
        Err(_) => perhaps(format!("{}:{}: no answer within {} s", server.host, server.port(), patience.as_secs())),
    }
}

/// What the server said against the letter, if it is the server that spoke.
fn said(error: &Error) -> Option<Answer> {
    let words = words(error);
    if error.is_permanent() {
        Some(Answer::Refused(words))
    } else if error.is_transient() {
        Some(Answer::NotNow(words))
    } else {
        None
    }
}

fn unreachable(server: &Smtp, error: &Error) -> Answer {
    Answer::Unreachable(told(server, error))
}

fn told(server: &Smtp, error: &Error) -> String {
    format!("{}:{}: {}", server.host, server.port(), words(error))
}

/// The error with what lies beneath it: the server's own words, without what no database and no page takes.
fn words(error: &Error) -> String {
    use std::error::Error as _;
    let code = error.status().map(|code| format!("{code} ")).unwrap_or_default();
    let source = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    shown(format!("{code}{source}").as_bytes())
}
