//! A mail that is larger than the desk takes: its beginning is kept for agents to see, and its sender, when that is a
//! person, is told what the limit is and how else a file can be handed in; once a day at most.

use base::clock::{DAY, Moment};
use base::db::Tx;
use ledger::outbox::{self, NewLetter};
use ledger::person::{AddressKind, find_by_address, normal_email};
use mail_message::{Message, classify};
use web::error::Result;
use web::{App, Voice};

use super::arrival::clean;
use super::mailroom::Mailroom;
use super::send::LOOP_HEADER;

/// Who is to be told, and of what.
#[derive(Clone)]
pub(super) struct Notice {
    address: String,
    subject: String,
    message_id: Option<String>,
    size: i64,
    limit: u64,
    upload: u64,
    language: String,
}

/// Whom the beginning of a mail of `size` bytes says to tell; nobody when a program wrote it.
pub(super) fn notice(app: &App, room: &Mailroom, head: &Message, size: i64) -> Option<Notice> {
    let from = head.from.as_ref()?;
    let address = normal_email(&clean(&from.address, 320))?;
    let ours = room.is_ours(&address) || head.headers.all(LOOP_HEADER).any(|mark| mark.trim() == room.mark());
    if ours || classify::classify(head).must_not_be_answered() {
        return None;
    }
    Some(Notice {
        address,
        subject: clean(&head.subject, 300),
        message_id: head.message_id.as_deref().map(|id| clean(id, 998)),
        size,
        limit: room.limit(),
        upload: app.site.upload_bytes as u64,
        language: room.language().to_owned(),
    })
}

/// Posts it, unless this address was told today.
pub(super) fn post(tx: &mut Tx, voice: &Voice, notice: &Notice, now: Moment) -> Result<()> {
    let person = find_by_address(tx, AddressKind::Email, &notice.address)?;
    let language = person.as_ref().map_or(&notice.language, |person| &person.language);
    let words = voice.words(language);
    let (size, limit, upload) = (megabytes(notice.size as u64), whole(notice.limit), whole(notice.upload));
    let link = voice.url("/requests/new");
    let text = words.tn(
        "mail-too-large-text",
        &[
            ("size", size.as_str().into()),
            ("limit", limit.as_str().into()),
            ("upload", upload.as_str().into()),
            ("link", link.as_str().into()),
            ("brand", voice.brand().into()),
        ],
    );
    let letter = NewLetter {
        person: person.map(|person| person.id),
        address: notice.address.clone(),
        occasion: format!("mail.too-large:{}:{}", notice.address, now.0 / DAY),
        subject: words.tn("mail-too-large-subject", &[("subject", notice.subject.as_str().into())]),
        text,
        html: None,
        reply_token: None,
        in_reply_to: notice.message_id.iter().cloned().collect(),
        files: Vec::new(),
        automatic: true,
        object: None,
        ..NewLetter::default()
    };
    outbox::post(tx, &letter, now)?;
    Ok(())
}

/// What somebody sent, rounded up, so that it is never said to be as small as the limit.
fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}

/// What we take, rounded down.
fn whole(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{} kB", bytes / 1_000) } else { format!("{} MB", bytes / 1_000_000) }
}
