//! What agents do about a mail, each in one write with its record.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base::clock::Moment;
use base::db::Tx;
use ledger::person::{PersonId, find_or_create_by_email};
use ledger::touchpoint::{self, Channel, Draft, Initiator, Kind, Source};
use serde_json::{Value, json};
use service::ticket::work::{self, Request};
use service::ticket::{Enclosure, Extras, TicketId};
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::form::{Check, Done, Input};

use super::super::arrival::{Arrival, clean};
use super::super::mailroom::Mailroom;
use super::super::model::{Decision, Mail, Verdict, Why};
use super::super::receive::{self, Again, digest, keep, raw_of};
use super::super::{MailId, kinds, store};
use super::show;

/// Longest reason that somebody gives.
const WORDS: usize = 300;

/// POST /desk/quarantine/{id}/admission: it is taken in again, as if it came now.
pub(super) async fn create_admission(
    agent: Agent,
    State(app): State<App>,
    Extension(room): Extension<Mailroom>,
    Path(id): Path<MailId>,
) -> Result {
    let outcome = receive::receive_again(&app, &room, Again { mail: id, by: Some(agent.person) }).await?;
    let itself = format!("/desk/quarantine/{id}");
    Ok(match (outcome.decision, outcome.ticket) {
        (Decision::Quarantined, _) => Done::to(itself).saying("done-mail-still"),
        (_, Some(ticket)) => Done::to(format!("/desk/tickets/{ticket}")).saying("done-mail-admitted"),
        (_, None) => Done::to(itself).saying("done-mail-left-out"),
    }
    .into_response())
}

/// Records that a mail of the quarantine was taken in, in the write that does it.
pub(in crate::mail) fn admitted(tx: &mut Tx, again: Again, verdict: &Verdict, now: Moment) -> base::db::Result<()> {
    if let Some(by) = again.by {
        store::set_decided_by(tx, again.mail, by)?;
    }
    let detail = json!({ "became": verdict.decision, "by": again.by });
    let draft = draft(&kinds::ADMITTED, again.mail, now, detail);
    let draft = if again.by.is_none() { draft.initiator(Initiator::Machine) } else { draft };
    touchpoint::record(tx, about(draft, verdict.ticket)).map(drop)
}

/// POST /desk/quarantine/{id}/discard: it is put aside; the record and the raw mail stay.
pub(super) async fn create_discard(
    agent: Agent,
    State(app): State<App>,
    Path(id): Path<MailId>,
    input: Input,
) -> Result {
    let (by, now, words) = (agent.person, app.clock.now(), words_of(&input));
    app.db.write(move |tx| discard(tx, id, by, &words, now)).await?;
    Ok(Done::to("/desk/quarantine").saying("done-mail-discarded").into_response())
}

/// Why somebody puts a mail aside, in their words.
pub(super) fn words_of(input: &Input) -> String {
    Check::of(input).optional("words", WORDS).chars().take(WORDS).collect()
}

pub(super) fn discard(tx: &mut Tx, id: MailId, by: PersonId, words: &str, now: Moment) -> Result<()> {
    let mail = store::find(tx, id)?.ok_or(Error::NotFound)?;
    if mail.decision != Decision::Quarantined {
        return Err(Error::Conflict);
    }
    let verdict = Verdict::new(Decision::Discarded, mail.why, None);
    store::decide(tx, id, &verdict, mail.error.as_deref(), now)?;
    store::set_decided_by(tx, id, by)?;
    let detail = json!({ "why": mail.why, "by": by, "words": words });
    touchpoint::record(tx, draft(&kinds::DISCARDED, id, now, detail))?;
    Ok(())
}

/// POST /desk/quarantine/{id}/restoration: what was put aside waits again.
pub(super) async fn create_restoration(agent: Agent, State(app): State<App>, Path(id): Path<MailId>) -> Result {
    let (by, now) = (agent.person, app.clock.now());
    app.db
        .write(move |tx| {
            let mail = store::find(tx, id)?.ok_or(Error::NotFound)?;
            // What was put aside because it came twice has its ticket.
            if mail.decision != Decision::Discarded || mail.ticket.is_some() {
                return Err(Error::Conflict);
            }
            let verdict = Verdict::new(Decision::Quarantined, mail.why, None);
            store::decide(tx, id, &verdict, mail.error.as_deref(), now)?;
            store::set_decided_by(tx, id, by)?;
            touchpoint::record(tx, draft(&kinds::RESTORED, id, now, json!({ "by": by })))?;
            Ok(())
        })
        .await?;
    Ok(Done::to(format!("/desk/quarantine/{id}")).saying("done-mail-restored").into_response())
}

/// What a ticket is made of when the desk itself found no place for the mail.
struct Material {
    text: String,
    quoted: String,
    html: Option<String>,
    extras: Option<Extras>,
    files: Vec<Enclosure>,
}

/// POST /desk/quarantine/{id}/ticket: it becomes a ticket as it is, from whom the agent says it is.
pub(super) async fn create_ticket(
    agent: Agent,
    State(app): State<App>,
    Extension(room): Extension<Mailroom>,
    Path(id): Path<MailId>,
    input: Input,
) -> Result {
    let mut check = Check::of(&input);
    let address = check.email("email");
    if !address.is_empty() && room.is_ours(&address) {
        check.refuse("email", "mail-our-own");
    }
    let address = match check.finish(address) {
        Ok(address) => address,
        Err(errors) => return show::page(&agent, &app, id, input.clone(), errors).await,
    };
    let mail = app.db.read(move |tx| store::find(tx, id)).await?.ok_or(Error::NotFound)?;
    if !may_become_a_ticket(&mail) {
        return Err(Error::Conflict);
    }
    let material = material(&app, &room, &mail).await?;
    let (by, now, voice, language) = (agent.person, app.clock.now(), app.voice(), room.language().to_owned());
    let within = app.clone();
    let ticket = app
        .db
        .write(move |tx| {
            let mail = store::find(tx, id)?.filter(may_become_a_ticket).ok_or(Error::Conflict)?;
            let relation = |email: &str| within.site.relation_of(email);
            let person = find_or_create_by_email(tx, &address, None, &language, relation, now)?;
            let person = person.ok_or_else(|| Error::Internal("an address in normal form is no address".to_owned()))?;
            let request = Request {
                person: person.id,
                channel: Channel::Email,
                subject: &mail.subject,
                text: &material.text,
                quoted: &material.quoted,
                html: material.html.as_deref(),
                extras: material.extras.as_ref(),
                mail_id: None,
                service: None,
                needed_by: None,
                files: &material.files,
                // Nobody is told by a program that we have what a program could not read.
                by_machine: true,
                source: Source::Lived,
            };
            let ticket = work::open(tx, &voice, &request, now)?.id;
            let verdict = Verdict::new(Decision::Opened, mail.why, ticket);
            store::decide(tx, id, &verdict, mail.error.as_deref(), now)?;
            admitted(tx, Again { mail: id, by: Some(by) }, &verdict, now)?;
            Ok::<_, Error>(ticket)
        })
        .await?;
    Ok(Done::to(format!("/desk/tickets/{ticket}")).saying("done-mail-admitted").into_response())
}

fn may_become_a_ticket(mail: &Mail) -> bool {
    matches!(mail.decision, Decision::Quarantined | Decision::Dropped) && mail.why != Why::Unfetchable
}

/// What the reader makes of it, if it can read it; and always the raw mail when it could not.
async fn material(app: &App, room: &Mailroom, mail: &Mail) -> Result<Material> {
    let bytes = raw_of(app, mail).await?;
    let whole = mail.why != Why::TooLarge;
    if whole && let Ok(parsed) = receive::read(app, room, &bytes).await {
        let key = base::file::Key::parse(&mail.raw).ok_or(Error::NotFound)?;
        let raw = base::file::Stored { key, size: bytes.len() as u64, digest: digest(&bytes) };
        let files = keep(app, &parsed.message.attachments).await.map_err(Error::internal)?;
        let read = Arrival::new(parsed, &raw, &mail.mailbox, files);
        let mut files = read.enclosures;
        if mail.why == Why::Unstorable {
            files = vec![enclosed(mail, bytes.len())];
        }
        return Ok(Material {
            text: read.text,
            quoted: read.quoted,
            html: read.html,
            extras: Some(read.extras),
            files,
        });
    }
    let words = app.voice().words(room.language());
    let key = if whole { "mail-as-file" } else { "mail-as-file-too-large" };
    let text = clean(&words.t(key), 10_000);
    Ok(Material { text, quoted: String::new(), html: None, extras: None, files: vec![enclosed(mail, bytes.len())] })
}

/// The raw mail, as a file of the ticket.
fn enclosed(mail: &Mail, bytes: usize) -> Enclosure {
    Enclosure {
        key: mail.raw.clone(),
        name: "mail.eml".to_owned(),
        kind: "message/rfc822".to_owned(),
        bytes: bytes as i64,
        cid: None,
        is_inline: false,
    }
}

fn draft(kind: &'static Kind, mail: MailId, now: Moment, detail: Value) -> Draft {
    Draft::of(kind, now, Channel::Email).object("mail", mail.0).detail(detail)
}

fn about(draft: Draft, ticket: Option<TicketId>) -> Draft {
    match ticket {
        Some(ticket) => draft.object("ticket", ticket.0),
        None => draft,
    }
}
