//! `thedesk mail thread`: which messages make one conversation, by the evidence that the desk goes by, without a desk.

use std::path::PathBuf;

use channels::mail::history::Archive;
use mail_message::thread::{Evidence, Link, Mail, Own, Place, conversations, evidence};
use mail_message::{Address, Message};
use serde_json::{Value, json};

use super::{Outcome, say};

#[derive(clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Mbox files, single messages, or folders of messages
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The desk's own address, by whose tokens messages are found to belong together as well
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    address: String,
    /// One JSON object a conversation
    #[arg(long)]
    json: bool,
}

/// How a number of ours looks in a subject.
const NUMBER: &str = "[D-{number}]";
/// Longest message that is read whole, bytes.
const LONGEST: u64 = 50_000_000;

/// What is kept of a message while all are read.
struct Seen {
    file: String,
    number: u32,
    message_id: Option<String>,
    from: String,
    subject: String,
    date: Option<i64>,
    evidence: Evidence,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let archive = Archive::look(&arguments.files, |_| {})?;
    let (local, domain) = arguments.address.rsplit_once('@').unwrap_or_default();
    let own = Own { address_local_part: local, domain, number_pattern: NUMBER };
    let mut seen = Vec::with_capacity(archive.len());
    for at in 0..archive.len() {
        let (file, number, bytes) = archive.mail(at, LONGEST)?;
        let message = Message::read(&bytes);
        seen.push(Seen {
            file: file.display().to_string(),
            number,
            from: message.from.as_ref().map(Address::key).unwrap_or_default(),
            evidence: evidence(&message, &own),
            message_id: message.message_id,
            subject: message.subject,
            date: message.date,
        });
    }
    let mails: Vec<Mail> = seen
        .iter()
        .map(|seen| Mail { message_id: seen.message_id.as_deref(), evidence: &seen.evidence, sender: &seen.from })
        .collect();
    let places = conversations(&mails);
    let mut together: Vec<Vec<usize>> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        if place.conversation == together.len() {
            together.push(Vec::new());
        }
        together[place.conversation].push(at);
    }
    for (number, messages) in together.iter().enumerate() {
        let told = messages.iter().map(|at| told(&seen, *at, places[*at]));
        if arguments.json {
            let messages: Vec<Value> = told.collect();
            let subject = messages.first().map(|first| first["subject"].clone());
            say(json!({ "conversation": number + 1, "subject": subject, "messages": messages }));
            continue;
        }
        say(format!("{}. {}", number + 1, seen[messages[0]].subject));
        for at in messages {
            let Seen { file, number, from, .. } = &seen[*at];
            say(format!("   {from}, {} ({file}, {number})", words(places[*at].link)));
        }
    }
    Ok(())
}

fn told(all: &[Seen], at: usize, place: Place) -> Value {
    let Seen { file, number, message_id, from, subject, date, .. } = &all[at];
    let to =
        place.to.map(|to| json!({ "file": all[to].file, "number": all[to].number, "message_id": all[to].message_id }));
    json!({
        "file": file, "number": number, "message_id": message_id, "from": from, "subject": subject, "date": date,
        "evidence": place.link, "of": to,
    })
}

fn words(link: Link) -> &'static str {
    match link {
        Link::Copy => "the same message once more",
        Link::Token => "to the same address of ours",
        Link::Held => "answers one of them",
        Link::Answered => "one of them answers it",
        Link::Sibling => "answers the same message, which is not here",
        Link::Number => "has the same number of ours in its subject",
        Link::New => "begins",
    }
}
