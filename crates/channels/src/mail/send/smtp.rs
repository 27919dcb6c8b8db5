//! The dialogue with a mail server, one letter a connection, step by step, so that we know at each moment whether the
//! letter may have been taken.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base::config::{Smtp, Tls};
use ledger::outbox::Refused;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};

use super::greeted::Greeted;
use super::letter::Written;
use crate::mail::link::smtp::Client;
use crate::mail::link::{Link, Place, Proof, Trouble};
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
    let domain = letter.from.domain();
    let stream = connect(server, proof, domain, patience)
        .await
        .map_err(|trouble| Answer::Unreachable(format!("{}:{}: {trouble}", server.host, server.port())))?;
    let name = ClientId::Domain(domain.to_owned());
    let connecting = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &name);
    let mut connection = connecting.await.map_err(|error| unreachable(server, &error))?;
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
        Ok(_) => Ok(Ready { connection, refused, later }),
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
    let place = Place::from(server);
    let mut client = Client::over(Link::open(place, patience).await?);
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
        Ok(Ok(response)) => {
            let last = response.message().collect::<Vec<_>>().join(" ");
            let said: String = format!("{} {last}", response.code()).chars().take(LAST_WORD).collect();
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

/// The error with what lies beneath it: the server's own words.
fn words(error: &Error) -> String {
    use std::error::Error as _;
    let code = error.status().map(|code| format!("{code} ")).unwrap_or_default();
    let source = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    format!("{code}{source}").split_whitespace().collect::<Vec<_>>().join(" ")
}
