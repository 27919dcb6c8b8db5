//! Every statement about tickets.

pub(super) mod links;
mod lists;

use base::clock::Moment;
use base::db::{Result, Row, ToParam, Tx, params};
use base::index::Document;
use ledger::outbox::LetterId;
use ledger::person::PersonId;
use ledger::touchpoint::{Channel, Source};

use super::extras::Extras;
use super::file::{Enclosure, File};
use super::model::{Author, Message, State, Ticket, first_words, label};
use super::{MessageId, TicketId};

pub(super) use lists::{Line, View, counts, list, list_of};

const COLUMNS: &str = "t.id, t.number, t.subject, t.state, t.person_id, t.channel, t.service, t.team, t.agent_id, \
     t.needed_by, t.view_token, t.reply_token, t.last_words, t.opened_at, t.changed_at, t.waiting_since, \
     t.answered_at, t.resolved_at, t.closed_at, t.source";

fn ticket(row: &Row) -> Result<Ticket> {
    Ok(Ticket {
        id: row.read()?,
        number: row.read()?,
        subject: row.read()?,
        state: row.read()?,
        person: row.read()?,
        channel: row.read()?,
        service: row.read()?,
        team: row.read()?,
        agent: row.read()?,
        needed_by: row.read()?,
        view_token: row.read()?,
        reply_token: row.read()?,
        last_words: row.read()?,
        opened_at: row.read()?,
        changed_at: row.read()?,
        waiting_since: row.read()?,
        answered_at: row.read()?,
        resolved_at: row.read()?,
        closed_at: row.read()?,
        source: row.read()?,
    })
}

fn find_where(tx: &mut Tx, condition: &str, value: impl ToParam) -> Result<Option<Ticket>> {
    let sql = format!("SELECT {COLUMNS} FROM tickets t WHERE {condition} = $1");
    let Some(found) = tx.first(&sql, params![value], ticket)? else { return Ok(None) };
    // Whoever asks for a ticket that was merged is given the one that was kept.
    if found.state == State::Closed
        && let Some(kept) = links::kept_for(tx, found.id)?
    {
        return find(tx, kept);
    }
    Ok(Some(found))
}

/// The ticket of this id.
pub fn find(tx: &mut Tx, id: TicketId) -> Result<Option<Ticket>> {
    find_where(tx, "t.id", id)
}

/// The ticket of this number.
pub fn find_by_number(tx: &mut Tx, number: i64) -> Result<Option<Ticket>> {
    find_where(tx, "t.number", number)
}

/// The ticket whose answers come to this address.
pub fn find_by_reply_token(tx: &mut Tx, token: &str) -> Result<Option<Ticket>> {
    find_where(tx, "t.reply_token", token)
}

/// The ticket whose page this token opens.
pub(super) fn find_by_view_token(tx: &mut Tx, token: &str) -> Result<Option<Ticket>> {
    find_where(tx, "t.view_token", token)
}

/// Stores a new ticket.
pub(super) fn insert(tx: &mut Tx, new: &Ticket) -> Result<()> {
    tx.execute(
        "INSERT INTO tickets (id, number, subject, state, is_open, person_id, channel, service, team, agent_id,
             needed_by, view_token, reply_token, last_words, opened_at, changed_at, waiting_since, answered_at,
             resolved_at, closed_at, source)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        params![
            new.id,
            new.number,
            new.subject,
            new.state,
            new.state.is_open(),
            new.person,
            new.channel,
            new.service,
            new.team,
            new.agent,
            new.needed_by,
            new.view_token,
            new.reply_token,
            new.last_words,
            new.opened_at,
            new.changed_at,
            new.waiting_since,
            new.answered_at,
            new.resolved_at,
            new.closed_at,
            new.source
        ],
    )
    .map(drop)
}

/// Stores what became of a ticket.
pub(super) fn update(tx: &mut Tx, changed: &Ticket) -> Result<()> {
    tx.execute(
        "UPDATE tickets SET subject = $2, state = $3, is_open = $4, service = $5, team = $6, agent_id = $7,
             changed_at = $8, waiting_since = $9, answered_at = $10, resolved_at = $11, closed_at = $12
         WHERE id = $1",
        params![
            changed.id,
            changed.subject,
            changed.state,
            changed.state.is_open(),
            changed.service,
            changed.team,
            changed.agent,
            changed.changed_at,
            changed.waiting_since,
            changed.answered_at,
            changed.resolved_at,
            changed.closed_at
        ],
    )
    .map(drop)
}

/// A message to be stored.
pub(super) struct NewMessage<'m> {
    pub ticket: TicketId,
    pub at: Moment,
    pub author_id: Option<PersonId>,
    pub author: Author,
    pub channel: Channel,
    pub text: &'m str,
    pub quoted: &'m str,
    pub html: Option<&'m str>,
    pub mail_id: Option<&'m str>,
    pub letter: Option<LetterId>,
    pub extras: Option<&'m Extras>,
}

/// Adds a message to its ticket's conversation, with what is enclosed; lists then show its first words, unless a program
/// wrote it.
pub(super) fn add_message(tx: &mut Tx, new: &NewMessage, files: &[Enclosure]) -> Result<MessageId> {
    if new.author != Author::Machine {
        let words = first_words(new.text);
        tx.execute("UPDATE tickets SET last_words = $1 WHERE id = $2", params![words, new.ticket])?;
    }
    insert_message(tx, new, files)
}

/// Stores a message whose first words stand with its ticket already, with what is enclosed.
pub(super) fn insert_message(tx: &mut Tx, new: &NewMessage, files: &[Enclosure]) -> Result<MessageId> {
    let id: MessageId = tx.new_id();
    tx.execute(
        "INSERT INTO ticket_messages (id, ticket_id, at, author_id, author, channel, text, quoted, html, mail_id, letter_id,
             extras)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            id,
            new.ticket,
            new.at,
            new.author_id,
            new.author,
            new.channel,
            new.text,
            new.quoted,
            new.html,
            new.mail_id,
            new.letter.map(|letter| letter.0),
            new.extras.and_then(Extras::to_json)
        ],
    )?;
    for file in files {
        let file_id: i64 = tx.new_id();
        tx.execute(
            "INSERT INTO ticket_files (id, message_id, ticket_id, key, name, kind, bytes, cid, is_inline)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            params![file_id, id, new.ticket, file.key, file.name, file.kind, file.bytes, file.cid, file.is_inline],
        )?;
    }
    Ok(id)
}

/// Moves messages, files, tags and what lists show of the last message from one ticket to another.
pub(super) fn move_conversation(tx: &mut Tx, from: TicketId, to: TicketId) -> Result<()> {
    let newest = "SELECT MAX(id) FROM ticket_messages WHERE ticket_id = $1";
    let later = tx.one(newest, params![from], |row| row.read::<Option<i64>>())?
        > tx.one(newest, params![to], |row| row.read::<Option<i64>>())?;
    if later {
        tx.execute(
            "UPDATE tickets SET last_words = (SELECT last_words FROM tickets WHERE id = $1) WHERE id = $2",
            params![from, to],
        )?;
    }
    tx.execute("UPDATE ticket_messages SET ticket_id = $1 WHERE ticket_id = $2", params![to, from])?;
    tx.execute("UPDATE ticket_files SET ticket_id = $1 WHERE ticket_id = $2", params![to, from])?;
    tx.execute(
        "INSERT INTO ticket_tags (ticket_id, tag) SELECT CAST($1 AS BIGINT), tag FROM ticket_tags WHERE ticket_id = $2
         ON CONFLICT DO NOTHING",
        params![to, from],
    )?;
    Ok(())
}

/// Whether somebody of the desk wrote in a ticket, to the person or to each other.
pub(super) fn desk_wrote(tx: &mut Tx, id: TicketId) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM ticket_messages WHERE ticket_id = $1 AND author IN ('desk', 'note')";
    Ok(tx.one(sql, params![id], |row| row.read::<i64>())? > 0)
}

/// The conversation, oldest first, at most the last `limit` messages; without what only the desk sees unless `all`.
pub(super) fn messages(tx: &mut Tx, id: TicketId, all: bool, limit: i64) -> Result<Vec<Message>> {
    let visible = if all { "" } else { "AND m.author IN ('person', 'desk')" };
    let sql = format!(
        "SELECT m.id, m.at, m.author_id, COALESCE(p.name, ''), m.author, m.channel, m.text, m.quoted,
                CASE WHEN m.html IS NULL THEN 0 ELSE 1 END, m.extras,
                CASE WHEN o.state = 'failed' THEN COALESCE(o.error, '') END
         FROM ticket_messages m LEFT JOIN people p ON p.id = m.author_id LEFT JOIN outbox o ON o.id = m.letter_id
         WHERE m.ticket_id = $1 {visible} ORDER BY m.id DESC LIMIT $2"
    );
    let mut newest_first = tx.query(&sql, params![id, limit], |row| {
        Ok(Message {
            id: row.read()?,
            at: row.read()?,
            author_id: row.read()?,
            name: row.read()?,
            author: row.read()?,
            channel: row.read()?,
            text: row.read()?,
            quoted: row.read()?,
            has_html: row.read::<i64>()? == 1,
            extras: Extras::of_json(row.read::<Option<String>>()?.as_deref()),
            failed: row.read()?,
        })
    })?;
    newest_first.reverse();
    Ok(newest_first)
}

/// What a message says, whole.
pub(super) struct Body {
    pub text: String,
    pub quoted: String,
    pub html: Option<String>,
}

/// The body of a message of a ticket.
pub(super) fn find_body(tx: &mut Tx, ticket: TicketId, message: MessageId) -> Result<Option<Body>> {
    let sql = "SELECT text, quoted, html FROM ticket_messages WHERE id = $1 AND ticket_id = $2";
    tx.first(sql, params![message, ticket], |row| {
        Ok(Body { text: row.read()?, quoted: row.read()?, html: row.read()? })
    })
}

/// The messages of a ticket that went out by mail, with their letters.
pub(super) fn letters(tx: &mut Tx, id: TicketId) -> Result<Vec<(MessageId, LetterId)>> {
    let sql = "SELECT id, letter_id FROM ticket_messages WHERE ticket_id = $1 AND letter_id IS NOT NULL ORDER BY id";
    tx.query(sql, params![id], |row| Ok((row.read()?, LetterId(row.read()?))))
}

/// The newest message that the person wrote: what an agent who answers should have seen.
pub(super) fn newest_from_person(tx: &mut Tx, id: TicketId) -> Result<Option<MessageId>> {
    let sql = "SELECT id FROM ticket_messages WHERE ticket_id = $1 AND author = 'person' ORDER BY id DESC LIMIT 1";
    tx.first(sql, params![id], |row| row.read())
}

/// The Message-IDs of the mails that a ticket's person wrote, newest last, for the headers of our answer.
pub(super) fn mail_ids(tx: &mut Tx, id: TicketId) -> Result<Vec<String>> {
    let sql =
        "SELECT mail_id FROM ticket_messages WHERE ticket_id = $1 AND mail_id IS NOT NULL ORDER BY id DESC LIMIT 10";
    let mut ids: Vec<String> = tx.query(sql, params![id], |row| row.read())?;
    ids.reverse();
    Ok(ids)
}

/// The ticket that holds a mail with this Message-ID.
pub(super) fn find_by_mail_id(tx: &mut Tx, mail_id: &str) -> Result<Option<TicketId>> {
    let sql = "SELECT ticket_id FROM ticket_messages WHERE mail_id = $1 ORDER BY id LIMIT 1";
    tx.first(sql, params![mail_id], |row| row.read())
}

/// The files of a ticket's conversation.
pub(super) fn files(tx: &mut Tx, id: TicketId) -> Result<Vec<File>> {
    let sql = "SELECT id, message_id, key, name, kind, bytes, cid, is_inline FROM ticket_files
               WHERE ticket_id = $1 ORDER BY id LIMIT 500";
    tx.query(sql, params![id], |row| {
        Ok(File {
            id: row.read()?,
            message: row.read()?,
            key: row.read()?,
            name: row.read()?,
            kind: row.read()?,
            bytes: row.read()?,
            cid: row.read()?,
            is_inline: row.read::<i64>()? == 1,
        })
    })
}

/// The tags of a ticket.
pub(super) fn tags(tx: &mut Tx, id: TicketId) -> Result<Vec<String>> {
    tx.query("SELECT tag FROM ticket_tags WHERE ticket_id = $1 ORDER BY tag", params![id], |row| row.read())
}

/// Adds a tag to a ticket, once.
pub(super) fn add_tag(tx: &mut Tx, id: TicketId, tag: &str) -> Result<()> {
    let sql = "INSERT INTO ticket_tags (ticket_id, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    tx.execute(sql, params![id, tag]).map(drop)
}

/// Replaces the tags of a ticket.
pub(super) fn set_tags(tx: &mut Tx, id: TicketId, tags: &[String]) -> Result<()> {
    tx.execute("DELETE FROM ticket_tags WHERE ticket_id = $1", params![id])?;
    for tag in tags {
        tx.execute("INSERT INTO ticket_tags (ticket_id, tag) VALUES ($1, $2)", params![id, tag])?;
    }
    Ok(())
}

/// A person's tickets (their merged records' too), newest first.
pub(super) fn list_of_person(tx: &mut Tx, person: PersonId, limit: i64) -> Result<Vec<Ticket>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tickets t WHERE t.person_id IN
            (SELECT id FROM people WHERE canonical_id = (SELECT canonical_id FROM people WHERE id = $1))
           AND NOT EXISTS (SELECT 1 FROM ticket_merges g WHERE g.merged_id = t.id)
         ORDER BY t.opened_at DESC, t.id DESC LIMIT $2"
    );
    tx.query(&sql, params![person, limit], ticket)
}

/// Agents to whom a ticket can be given: id, name, team.
pub(super) fn agents(tx: &mut Tx) -> Result<Vec<(PersonId, String, Option<String>)>> {
    let sql = "SELECT p.id, p.name, a.team FROM accounts a JOIN people p ON p.id = a.person_id
               WHERE a.roles LIKE '%agent%' AND a.disabled_at IS NULL ORDER BY p.name, p.id LIMIT 500";
    tx.query(sql, &[], |row| Ok((row.read()?, row.read()?, row.read()?)))
}

/// The agent that this person is: id, name, team; `None` when they are none, or no longer.
pub fn agent_of(tx: &mut Tx, person: PersonId) -> Result<Option<(PersonId, String, Option<String>)>> {
    let sql = "SELECT p.id, p.name, a.team FROM accounts a JOIN people p ON p.id = a.person_id
               WHERE p.canonical_id = (SELECT canonical_id FROM people WHERE id = $1)
                 AND a.roles LIKE '%agent%' AND a.disabled_at IS NULL ORDER BY p.id LIMIT 1";
    tx.first(sql, params![person], |row| Ok((row.read()?, row.read()?, row.read()?)))
}

/// When a person opened tickets by mail since `since`, and about what: at most `limit`, newest first.
pub fn opened_lately(tx: &mut Tx, person: PersonId, since: Moment, limit: i64) -> Result<Vec<(Moment, String)>> {
    let sql = "SELECT opened_at, subject FROM tickets WHERE person_id = $1 AND opened_at >= $2 AND channel = 'email'
               ORDER BY opened_at DESC LIMIT $3";
    tx.query(sql, params![person, since, limit], |row| Ok((row.read()?, row.read()?)))
}

/// The newest message of a ticket.
pub fn newest_message(tx: &mut Tx, id: TicketId) -> Result<Option<MessageId>> {
    tx.one("SELECT MAX(id) FROM ticket_messages WHERE ticket_id = $1", params![id], |row| row.read())
}

/// What a person last wrote by mail in their own tickets, at most `limit` texts, newest first.
pub fn recent_words(tx: &mut Tx, person: PersonId, limit: i64) -> Result<Vec<String>> {
    let sql = "SELECT m.text FROM ticket_messages m
               WHERE m.author = 'person' AND m.channel = 'email' AND m.author_id = $1 AND m.ticket_id IN
                   (SELECT id FROM tickets WHERE person_id = $1 ORDER BY opened_at DESC LIMIT 8)
               ORDER BY m.id DESC LIMIT $2";
    tx.query(sql, params![person, limit], |row| row.read())
}

/// Tickets that were resolved before `before` and that nobody answered, at most `limit`.
pub fn overdue(tx: &mut Tx, before: Moment, limit: i64) -> Result<Vec<TicketId>> {
    let sql =
        "SELECT id FROM tickets WHERE is_open = 0 AND state = $1 AND changed_at < $2 ORDER BY changed_at LIMIT $3";
    tx.query(sql, params![State::Resolved, before, limit], |row| row.read())
}

/// Imported tickets that are open and in which nothing happened since `before`, at most `limit`.
pub(super) fn silent(tx: &mut Tx, before: Moment, limit: i64) -> Result<Vec<Ticket>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tickets t WHERE t.is_open = 1 AND t.changed_at < $1 AND t.source = $2
         ORDER BY t.changed_at LIMIT $3"
    );
    tx.query(&sql, params![before, Source::Imported, limit], ticket)
}

/// Who is in the conversation of a ticket besides the one who asked.
pub fn people_of(tx: &mut Tx, id: TicketId) -> Result<Vec<PersonId>> {
    let sql = "SELECT DISTINCT author_id FROM ticket_messages
               WHERE ticket_id = $1 AND author = 'person' AND author_id IS NOT NULL";
    tx.query(sql, params![id], |row| row.read())
}

/// A ticket as the full-text index keeps it: the desk finds it all, the person what they can see of it. `None` when it
/// was merged into another.
pub fn document(tx: &mut Tx, id: TicketId) -> Result<Option<Document>> {
    let Some(ticket) = find(tx, id)?.filter(|ticket| ticket.id == id) else { return Ok(None) };
    let mut body = String::new();
    for message in messages(tx, id, true, 200)? {
        body.push_str(&message.text);
        body.push('\n');
    }
    let name = tx.first("SELECT name FROM people WHERE id = $1", params![ticket.person], |row| row.read::<String>())?;
    body.push_str(&name.unwrap_or_default());
    Ok(Some(Document {
        kind: "ticket".to_owned(),
        id: id.0,
        title: ticket.subject,
        body,
        exact: vec![label(ticket.number), ticket.number.to_string()],
        at: ticket.changed_at,
        readers: vec![base::index::AGENTS],
        tags: tags(tx, id)?,
    }))
}
