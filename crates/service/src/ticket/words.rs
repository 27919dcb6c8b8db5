//! What a ticket says to its person by mail, in their language.

use base::clock::Moment;
use base::db::Result;
use base::db::Tx;
use ledger::outbox::{self, LetterId, Mailbox, NewLetter};
use ledger::person::{find, reach};
use web::Voice;
use web::senders::Senders;

use super::file::Enclosure;
use super::model::Ticket;
use super::participant::{Recipients, sender_of};
use super::quote::quoted;
use super::store;
use super::work::By;

/// Posts a letter to the person who asked, as [`compose`] writes it. `None` when nobody can be reached, or when this
/// occasion had its letter.
pub(super) fn write_to_person(
    tx: &mut Tx,
    voice: &Voice,
    ticket: &Ticket,
    occasion: &str,
    say: &Say<'_>,
    now: Moment,
) -> Result<Option<LetterId>> {
    let Some(letter) = compose(tx, voice, ticket, say)? else { return Ok(None) };
    outbox::post(tx, &NewLetter { occasion: occasion.to_owned(), ..letter }, now)
}

/// The letter, but for its occasion, without posting it: what is said, beneath it how to go on, and what was said before
/// as far as that is set. `None` when nobody can be reached.
pub(super) fn compose(tx: &mut Tx, voice: &Voice, ticket: &Ticket, say: &Say<'_>) -> Result<Option<NewLetter>> {
    let reached = reach(tx, ticket.person)?;
    let mut recipients = say.recipients().cloned().unwrap_or_default();
    let alone = recipients.is_alone();
    let (to, language) = match reached {
        Some((person, address)) => (Mailbox { name: person.name, address }, person.language),
        // The others still hear of it.
        None if !recipients.cc.is_empty() => {
            let language = find(tx, ticket.person)?.map(|person| person.language);
            (recipients.cc.remove(0), language.unwrap_or_default())
        }
        None => return Ok(None),
    };
    recipients.cc.retain(|other| other.address != to.address);
    recipients.bcc.retain(|other| other.address != to.address && !recipients.cc.contains(other));
    let words = voice.words(&language);
    let link = voice.url(&format!("/requests/{}", ticket.view_token));
    let values = [
        ("name", to.name.as_str().into()),
        ("number", ticket.label().into()),
        ("subject", ticket.subject.as_str().into()),
        ("link", link.as_str().into()),
        ("brand", voice.brand().into()),
    ];
    let by = say.by();
    let team = ticket.team.as_deref().or_else(|| by.and_then(|by| by.team));
    let sender = match recipients.from.as_deref().and_then(|address| voice.senders().find(address)) {
        Some(chosen) => Some(chosen),
        None => voice.senders().pick(sender_of(tx, ticket.id)?.as_deref(), team),
    };
    let text = match say {
        Say::Received { .. } => words.tn("ticket-mail-received", &values),
        Say::Answer { text, by, asks, .. } => {
            // The link opens the person's own page: only a mail to them alone names it.
            let key = match (alone, asks) {
                (false, _) => "ticket-mail-answer-all",
                (true, true) => "ticket-mail-sorted",
                (true, false) => "ticket-mail-answer",
            };
            let signature = Senders::signature(sender, voice.brand(), by.name, team);
            let parts = [(*text).to_owned(), signature, words.tn(key, &values), quoted(tx, voice, &words, ticket)?];
            let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
            parts.join("\n\n")
        }
        Say::Resolved => words.tn("ticket-mail-resolved", &values),
    };
    let from = sender.map(|sender| Mailbox {
        name: voice.senders().name(sender, voice.brand(), by.map(|by| (by.name, team))),
        address: sender.address.clone(),
    });
    Ok(Some(NewLetter {
        person: Some(ticket.person),
        name: to.name,
        address: to.address,
        cc: recipients.cc,
        bcc: recipients.bcc,
        sender: from,
        subject: subject(ticket),
        text,
        reply_token: Some(ticket.reply_token.clone()),
        in_reply_to: match say {
            Say::Received { mail_id } => mail_id.iter().map(|id| (*id).to_owned()).collect(),
            Say::Answer { .. } | Say::Resolved => store::mail_ids(tx, ticket.id)?,
        },
        files: say.files(),
        automatic: !matches!(say, Say::Answer { .. }),
        object: Some(("ticket", ticket.id.0)),
        ..NewLetter::default()
    }))
}

/// The ticket's subject as that of an answer: one "Re:", and its number once.
pub(super) fn subject(ticket: &Ticket) -> String {
    let number = format!("[{}]", ticket.label());
    let mut plain = ticket.subject.replace(&number, " ");
    loop {
        let trimmed = plain.trim();
        let word =
            REPLIES.iter().find(|word| trimmed.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
        let Some(word) = word else { break };
        plain = trimmed[word.len()..].to_owned();
    }
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("Re: {plain} {number}")
}

/// How programs mark the subject of an answer.
const REPLIES: [&str; 8] = ["re:", "aw:", "antw:", "sv:", "vs:", "odp:", "ynt:", "res:"];

/// What is to be said.
pub(super) enum Say<'t> {
    /// We have it.
    Received {
        /// The Message-ID of the mail that it came by.
        mail_id: Option<&'t str>,
    },
    /// An agent writes; `asks` when they think that it is sorted.
    Answer {
        /// What they wrote.
        text: &'t str,
        /// Who they are.
        by: By<'t>,
        /// Whether the person is asked if it is sorted.
        asks: bool,
        /// What they enclosed.
        files: &'t [Enclosure],
        /// Who else gets it.
        recipients: &'t Recipients,
    },
    /// It was resolved without a word of an agent.
    Resolved,
}

impl<'t> Say<'t> {
    /// What programs say goes to nobody else.
    fn recipients(&self) -> Option<&'t Recipients> {
        match self {
            Self::Answer { recipients, .. } => Some(recipients),
            Self::Received { .. } | Self::Resolved => None,
        }
    }

    fn by(&self) -> Option<By<'t>> {
        match self {
            Self::Answer { by, .. } => Some(*by),
            Self::Received { .. } | Self::Resolved => None,
        }
    }

    /// The keys of what is enclosed, each with its name: `KEY|plan.pdf`, escaped so that a blank ends it.
    fn files(&self) -> Vec<String> {
        match self {
            Self::Answer { files, .. } => {
                files.iter().map(|file| format!("{}|{}", file.key, web::form::url_encoded(&file.name))).collect()
            }
            Self::Received { .. } | Self::Resolved => Vec::new(),
        }
    }
}
