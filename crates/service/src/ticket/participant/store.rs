//! Every statement about who is on a ticket.

use base::clock::Moment;
use base::db::{Result, Tx, params};
use ledger::outbox::Mailbox;
use ledger::person::{AddressKind, PersonId, find_by_address};

use super::{Participant, Role};
use crate::ticket::TicketId;

/// Everybody, by name.
pub(super) fn list(tx: &mut Tx, id: TicketId) -> Result<Vec<Participant>> {
    let sql = "SELECT t.address, COALESCE(p.name, t.name), t.person_id, t.role, t.muted_at
               FROM ticket_participants t LEFT JOIN people p ON p.id = t.person_id
               WHERE t.ticket_id = $1 ORDER BY t.added_at, t.address LIMIT 100";
    tx.query(sql, params![id], |row| {
        let (address, name) = (row.read::<String>()?, row.read::<String>()?);
        Ok(Participant {
            name: if name.is_empty() { address.clone() } else { name },
            address,
            person: row.read()?,
            role: row.read()?,
            is_muted: row.read::<Option<Moment>>()?.is_some(),
        })
    })
}

/// Adds somebody; `false` when they were there.
pub(super) fn insert(
    tx: &mut Tx,
    id: TicketId,
    mailbox: &Mailbox,
    role: Role,
    by: Option<PersonId>,
    now: Moment,
) -> Result<bool> {
    let person = find_by_address(tx, AddressKind::Email, &mailbox.address)?.map(|person| person.id);
    let inserted = tx.execute(
        "INSERT INTO ticket_participants (ticket_id, address, name, person_id, role, added_at, added_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        params![id, mailbox.address, mailbox.name, person, role, now, by],
    )?;
    if inserted == 0 && role == Role::Asked {
        // Whom a mail named has now written: we know who they are.
        tx.execute(
            "UPDATE ticket_participants SET role = $1, person_id = $2 WHERE ticket_id = $3 AND address = $4",
            params![role, person, id, mailbox.address],
        )?;
    }
    Ok(inserted == 1)
}

/// `false` when nothing changed.
pub(super) fn set_muted(tx: &mut Tx, id: TicketId, address: &str, at: Option<Moment>) -> Result<bool> {
    let sql = "UPDATE ticket_participants SET muted_at = $1 WHERE ticket_id = $2 AND address = $3";
    Ok(tx.execute(sql, params![at, id, address])? == 1)
}

/// `false` when they were not there.
pub(super) fn remove(tx: &mut Tx, id: TicketId, address: &str) -> Result<bool> {
    let sql = "DELETE FROM ticket_participants WHERE ticket_id = $1 AND address = $2";
    Ok(tx.execute(sql, params![id, address])? == 1)
}

/// The ticket is another person's from now on, under another link.
pub(super) fn set_person(tx: &mut Tx, id: TicketId, person: PersonId, view_token: &str) -> Result<()> {
    let sql = "UPDATE tickets SET person_id = $1, view_token = $2 WHERE id = $3";
    tx.execute(sql, params![person, view_token, id]).map(drop)
}

/// Which of our addresses the person wrote to last.
pub(in crate::ticket) fn sender_of(tx: &mut Tx, id: TicketId) -> Result<Option<String>> {
    tx.first("SELECT address FROM ticket_senders WHERE ticket_id = $1", params![id], |row| row.read())
}

/// Notes to which of our addresses the person wrote.
pub(super) fn set_sender(tx: &mut Tx, id: TicketId, address: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO ticket_senders (ticket_id, address) VALUES ($1, $2)
         ON CONFLICT (ticket_id) DO UPDATE SET address = $2",
        params![id, address],
    )
    .map(drop)
}

/// Whoever is on a ticket that is merged is on the one that is kept, which keeps its own address if it has one.
pub(in crate::ticket) fn move_to(tx: &mut Tx, from: TicketId, to: TicketId) -> Result<()> {
    tx.execute(
        "INSERT INTO ticket_participants (ticket_id, address, name, person_id, role, added_at, added_by, muted_at)
         SELECT CAST($1 AS BIGINT), address, name, person_id, role, added_at, added_by, muted_at
         FROM ticket_participants WHERE ticket_id = $2 ON CONFLICT DO NOTHING",
        params![to, from],
    )?;
    tx.execute("DELETE FROM ticket_participants WHERE ticket_id = $1", params![from])?;
    tx.execute(
        "INSERT INTO ticket_senders (ticket_id, address)
         SELECT CAST($1 AS BIGINT), address FROM ticket_senders WHERE ticket_id = $2 ON CONFLICT DO NOTHING",
        params![to, from],
    )
    .map(drop)
}
