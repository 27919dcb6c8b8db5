//! Encryption as servers that follow a script offer it, or do not.

use std::time::Duration;

use base::config::{Secret, Tls};

use super::script::{Server, Visitor};
use crate::mail::fetch::{imap, pop3};
use crate::mail::link::{Cause, Link, Place, Proof, Trouble, smtp};

#[derive(Debug, Clone, Copy)]
enum Speech {
    Imap,
    Pop3,
    Smtp,
}

/// Answers until TLS would begin, with these words in place of the agreement; panics when a password is said.
async fn treat(speech: Speech, offered: bool, agreement: &str, mut visitor: Visitor) {
    visitor
        .say(match speech {
            Speech::Imap => "* OK ready\r\n",
            Speech::Pop3 => "+OK ready\r\n",
            Speech::Smtp => "220 ready\r\n",
        })
        .await;
    while let Some(line) = visitor.hear().await {
        let (tag, command) = match speech {
            Speech::Imap => line.split_once(' ').unwrap_or(("", &line)),
            _ => ("", line.as_str()),
        };
        let word = command.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        assert!(!["LOGIN", "AUTH", "AUTHENTICATE", "USER", "PASS"].contains(&word.as_str()), "{speech:?}: {line}");
        let answer = match (speech, word.as_str(), offered) {
            (Speech::Imap, "CAPABILITY", true) => "* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK\r\n",
            (Speech::Imap, "CAPABILITY", false) => "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK\r\n",
            (Speech::Pop3, "CAPA", true) => "+OK\r\nUSER\r\nSTLS\r\n.\r\n",
            (Speech::Pop3, "CAPA", false) => "+OK\r\nUSER\r\n.\r\n",
            (Speech::Smtp, "EHLO", true) => "250-mail\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n",
            (Speech::Smtp, "EHLO", false) => "250-mail\r\n250 AUTH PLAIN\r\n",
            (_, "STARTTLS" | "STLS", true) => agreement,
            _ => "TAG BAD what?\r\n",
        };
        visitor.say(&answer.replace("TAG", tag)).await;
    }
}

async fn open(speech: Speech, port: u16, tls: Tls) -> Result<(), Trouble> {
    let place = Place { host: "localhost", port, tls, ca_file: None };
    let (proof, patience) = (Proof::Password(Secret::new("secret")), Duration::from_secs(5));
    match speech {
        Speech::Imap => imap::Client::open(place, "it", &proof, patience).await.map(drop),
        Speech::Pop3 => pop3::Client::open(place, "it", &proof, patience).await.map(drop),
        Speech::Smtp => {
            let mut client = smtp::Client::over(Link::open(place, patience).await?);
            client.greeting().await?;
            client.ehlo("desk.example").await?;
            let mut client = smtp::Client::over(client.starttls().await?.encrypt(place).await?);
            client.sign_in(place, "it", &proof).await.map(drop)
        }
    }
}

#[tokio::test]
async fn line_72_a_server_without_starttls_hears_no_password() {
    for speech in [Speech::Imap, Speech::Pop3, Speech::Smtp] {
        let server = Server::start(move |visitor| treat(speech, false, "", visitor)).await;
        let trouble = open(speech, server.port, Tls::Starttls).await.unwrap_err();
        assert_eq!(trouble.cause, Cause::NoStarttls, "{speech:?}: {trouble}");
    }
}

#[tokio::test]
async fn line_72_words_slipped_in_before_tls_are_not_heard() {
    for (speech, agreement) in [
        (Speech::Imap, "TAG OK begin\r\nd3 OK [CAPABILITY IMAP4rev1] injected\r\n"),
        (Speech::Pop3, "+OK begin\r\n+OK injected\r\n"),
        (Speech::Smtp, "220 begin\r\n250 injected\r\n"),
    ] {
        let server = Server::start(move |visitor| treat(speech, true, agreement, visitor)).await;
        let trouble = open(speech, server.port, Tls::Starttls).await.unwrap_err();
        assert_eq!(trouble.cause, Cause::OutOfTurn, "{speech:?}: {trouble}");
    }
}

#[tokio::test]
async fn line_72_the_wrong_port_for_tls_is_told_as_that() {
    let server = Server::start(|visitor| treat(Speech::Imap, true, "", visitor)).await;
    let trouble = open(Speech::Imap, server.port, Tls::Implicit).await.unwrap_err();
    assert_eq!(trouble.cause, Cause::NoTlsHere, "{trouble}");
}

#[tokio::test]
async fn line_73_a_refused_token_brings_the_providers_words() {
    use base64::Engine;
    let why = base64::engine::general_purpose::STANDARD.encode("{\"status\":\"400\",\"schemes\":\"Bearer\"}");
    let server = Server::start(move |mut visitor: Visitor| {
        let why = why.clone();
        async move {
            visitor.say("220 ready\r\n").await;
            assert!(visitor.hear().await.unwrap().starts_with("EHLO"));
            visitor.say("250-mail\r\n250 AUTH LOGIN XOAUTH2\r\n").await;
            let said = visitor.hear().await.unwrap();
            let token = said.strip_prefix("AUTH XOAUTH2 ").unwrap();
            let token = base64::engine::general_purpose::STANDARD.decode(token).unwrap();
            assert_eq!(token, b"user=it@desk.example\x01auth=Bearer tok\x01\x01");
            visitor.say(&format!("334 {why}\r\n")).await;
            assert_eq!(visitor.hear().await.unwrap(), "");
            visitor.say("535 5.7.8 Username and Password not accepted\r\n").await;
        }
    })
    .await;
    let place = Place { host: "127.0.0.1", port: server.port, tls: Tls::None, ca_file: None };
    let mut client = smtp::Client::over(Link::open(place, Duration::from_secs(5)).await.unwrap());
    client.greeting().await.unwrap();
    client.ehlo("desk.example").await.unwrap();
    let proof = Proof::Token(Secret::new("tok"));
    let trouble = client.sign_in(place, "it@desk.example", &proof).await.unwrap_err();
    assert_eq!(trouble.cause, Cause::TokenRefused);
    assert!(trouble.words.contains("schemes") && !trouble.words.contains("tok "), "{trouble}");
}
