//! What a ticket says to its person by mail, in their language.

use base::clock::Moment;
use base::db::Result;
use base::db::Tx;
use ledger::outbox::{self, LetterId, NewLetter};
use ledger::person::reach;
use web::Voice;

use super::file::Enclosure;
use super::model::Ticket;
use super::store;

/// Posts a letter to the person who asked: `text`, and beneath it where to see the ticket. `None` when they have no
/// address that works, or when this occasion had its letter.
pub(super) fn write_to_person(
    tx: &mut Tx,
    voice: &Voice,
    ticket: &Ticket,
    occasion: &str,
    say: &Say<'_>,
    now: Moment,
) -> Result<Option<LetterId>> {
    let Some((person, address)) = reach(tx, ticket.person)? else { return Ok(None) };
    let words = voice.words(&person.language);
    let link = voice.url(&format!("/requests/{}", ticket.view_token));
    let text = match say {
        Say::Received { .. } => words.tn(
            "ticket-mail-received",
            &[
                ("name", person.name.as_str().into()),
                ("number", ticket.label().as_str().into()),
                ("link", link.as_str().into()),
                ("brand", voice.brand().into()),
            ],
        ),
        Say::Answer { text, agent, asks, .. } => {
            let key = if *asks { "ticket-mail-sorted" } else { "ticket-mail-answer" };
            let foot = words.tn(
                key,
                &[("agent", (*agent).into()), ("link", link.as_str().into()), ("brand", voice.brand().into())],
            );
            format!("{text}\n\n{foot}")
        }
        Say::Resolved => words.tn(
            "ticket-mail-resolved",
            &[
                ("name", person.name.as_str().into()),
                ("subject", ticket.subject.as_str().into()),
                ("link", link.as_str().into()),
                ("brand", voice.brand().into()),
            ],
        ),
    };
    let subject = format!("Re: {} [{}]", ticket.subject.trim_start_matches("Re: "), ticket.label());
    let letter = NewLetter {
        person: Some(ticket.person),
        address,
        occasion: occasion.to_owned(),
        subject,
        text,
        html: None,
        reply_token: Some(ticket.reply_token.clone()),
        in_reply_to: match say {
            Say::Received { mail_id } => mail_id.iter().map(|id| (*id).to_owned()).collect(),
            Say::Answer { .. } | Say::Resolved => store::mail_ids(tx, ticket.id)?,
        },
        files: say.files(),
        automatic: !matches!(say, Say::Answer { .. }),
        object: Some(("ticket", ticket.id.0)),
    };
    outbox::post(tx, &letter, now)
}

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
        agent: &'t str,
        /// Whether the person is asked if it is sorted.
        asks: bool,
        /// What they enclosed.
        files: &'t [Enclosure],
    },
    /// It was resolved without a word of an agent.
    Resolved,
}

impl Say<'_> {
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
