//! Every statement about moving a message.

use base::clock::Moment;
use base::db::{Result, Tx, params};
use ledger::person::PersonId;
use ledger::touchpoint::Channel;

use crate::ticket::model::{Author, first_words};
use crate::ticket::{MessageId, TicketId};

/// What has to be known of a message that is moved.
pub(super) struct Moved {
    pub id: MessageId,
    pub ticket: TicketId,
    pub at: Moment,
    pub author: Author,
    pub author_id: Option<PersonId>,
    pub channel: Channel,
    pub text: String,
}

pub(super) fn find(tx: &mut Tx, id: MessageId) -> Result<Option<Moved>> {
    let sql = "SELECT ticket_id, at, author, author_id, channel, text FROM ticket_messages WHERE id = $1";
    tx.first(sql, params![id], |row| {
        Ok(Moved {
            id,
            ticket: row.read()?,
            at: row.read()?,
            author: row.read()?,
            author_id: row.read()?,
            channel: row.read()?,
            text: row.read()?,
        })
    })
}

/// Puts a message and its files into another ticket.
pub(super) fn set_ticket(tx: &mut Tx, id: MessageId, to: TicketId) -> Result<()> {
    tx.execute("UPDATE ticket_messages SET ticket_id = $1 WHERE id = $2", params![to, id])?;
    tx.execute("UPDATE ticket_files SET ticket_id = $1 WHERE message_id = $2", params![to, id])?;
    Ok(())
}

/// Whether people said more in a ticket than this message.
pub(super) fn has_others(tx: &mut Tx, id: TicketId, but: MessageId) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM ticket_messages WHERE ticket_id = $1 AND id <> $2 AND author <> 'machine'";
    Ok(tx.one(sql, params![id, but], |row| row.read::<i64>())? > 0)
}

/// Who had the last word between the person and the desk.
pub(super) fn newest_author(tx: &mut Tx, id: TicketId) -> Result<Option<Author>> {
    let sql = "SELECT author FROM ticket_messages WHERE ticket_id = $1 AND author IN ('person', 'desk')
               ORDER BY id DESC LIMIT 1";
    tx.first(sql, params![id], |row| row.read())
}

/// Whether the desk wrote in a ticket after this message came.
pub(super) fn answered_after(tx: &mut Tx, id: TicketId, message: MessageId) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM ticket_messages WHERE ticket_id = $1 AND author = 'desk' AND id > $2";
    Ok(tx.one(sql, params![id, message], |row| row.read::<i64>())? > 0)
}

/// Lists show the beginning of the newest message that is no program's.
pub(super) fn refresh_last_words(tx: &mut Tx, id: TicketId) -> Result<()> {
    let sql = "SELECT text FROM ticket_messages WHERE ticket_id = $1 AND author <> 'machine' ORDER BY id DESC LIMIT 1";
    let text: Option<String> = tx.first(sql, params![id], |row| row.read())?;
    let words = text.map(|text| first_words(&text)).unwrap_or_default();
    tx.execute("UPDATE tickets SET last_words = $1 WHERE id = $2", params![words, id])?;
    Ok(())
}
