//! The statements that write tickets many at a time.

use base::db::{Param, Result, ToParam, Tx};

use super::super::TicketId;
use super::Past;

const TICKETS: &str = "INSERT INTO tickets (id, number, subject, state, is_open, person_id, channel, service, team, \
     agent_id, needed_by, view_token, reply_token, last_words, opened_at, changed_at, waiting_since, answered_at, \
     resolved_at, closed_at, source)";
const MESSAGES: &str = "INSERT INTO ticket_messages (id, ticket_id, at, author_id, author, channel, text, quoted)";
const TAGS: &str = "INSERT INTO ticket_tags (ticket_id, tag)";

/// Ids and numbers for `count` tickets, both growing: the numbers are the desk's next ones, and are used up by this.
pub fn reserve(tx: &mut Tx, count: usize) -> Result<Vec<(TicketId, i64)>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let numbers: Vec<i64> = if tx.is_postgres() {
        // One by one, because others may take numbers from the sequence meanwhile.
        let sql = "SELECT nextval('counter_ticket') FROM generate_series(1, $1)";
        let mut numbers = tx.query(sql, &[Param::Int(count as i64)], |row| row.read())?;
        numbers.sort_unstable();
        numbers
    } else {
        let sql = "UPDATE counters SET value = value + $1 WHERE name = 'ticket' RETURNING value";
        let last: i64 = tx.one(sql, &[Param::Int(count as i64)], |row| row.read())?;
        (last - count as i64 + 1..=last).collect()
    };
    Ok(numbers.into_iter().map(|number| (tx.new_id(), number)).collect())
}

/// Writes tickets with their conversations and tags, in as few statements as the engine can do with.
pub fn insert(tx: &mut Tx, all: &[Past]) -> Result<()> {
    let open: Vec<bool> = all.iter().map(|past| past.ticket.state.is_open()).collect();
    let mut tickets: Vec<Param> = Vec::with_capacity(all.len() * 21);
    for (past, open) in all.iter().zip(&open) {
        let ticket = &past.ticket;
        tickets.extend_from_slice(&[
            ticket.id.to_param(),
            ticket.number.to_param(),
            ticket.subject.to_param(),
            ticket.state.to_param(),
            open.to_param(),
            ticket.person.to_param(),
            ticket.channel.to_param(),
            ticket.service.to_param(),
            ticket.team.to_param(),
            ticket.agent.to_param(),
            ticket.needed_by.to_param(),
            ticket.view_token.to_param(),
            ticket.reply_token.to_param(),
            ticket.last_words.to_param(),
            ticket.opened_at.to_param(),
            ticket.changed_at.to_param(),
            ticket.waiting_since.to_param(),
            ticket.answered_at.to_param(),
            ticket.resolved_at.to_param(),
            ticket.closed_at.to_param(),
            ticket.source.to_param(),
        ]);
    }
    tx.insert_rows(TICKETS, 21, &tickets)?;
    let mut messages: Vec<Param> = Vec::with_capacity(all.len() * 4 * 8);
    let mut tags: Vec<Param> = Vec::new();
    for past in all {
        for said in &past.messages {
            messages.extend_from_slice(&[
                Param::Int(tx.new_id()),
                past.ticket.id.to_param(),
                said.at.to_param(),
                said.author_id.to_param(),
                said.author.to_param(),
                said.channel.to_param(),
                said.text.to_param(),
                Param::Text(""),
            ]);
        }
        for tag in &past.tags {
            tags.extend_from_slice(&[past.ticket.id.to_param(), tag.to_param()]);
        }
    }
    tx.insert_rows(MESSAGES, 8, &messages)?;
    tx.insert_rows(TAGS, 2, &tags).map(drop)
}
