//! Every statement about the outbox.

use base::clock::Moment;
use base::db::{Param, Result, Row, ToParam, Tx, params, placeholders};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::LetterId;
use super::model::{Delivery, Letter, Mailbox, NewLetter, Refused, State, Taken};

const COLUMNS: &str = "id, person_id, address, name, cc, bcc, sender, sender_name, occasion, subject, text, html, \
     reply_token, message_id, in_reply_to, files, automatic, object_type, object_id, state, attempts, created_at, \
     sent_at, error, reached, refused, refusal_kind, refusal_token";

fn letter(row: &Row) -> Result<Letter> {
    Ok(Letter {
        id: row.read()?,
        person: row.read()?,
        address: row.read()?,
        name: row.read()?,
        cc: list(&row.read::<String>()?),
        bcc: list(&row.read::<String>()?),
        sender: sender(row.read()?, row.read()?),
        occasion: row.read()?,
        subject: row.read()?,
        text: row.read()?,
        html: row.read()?,
        reply_token: row.read()?,
        message_id: row.read()?,
        in_reply_to: words(&row.read::<String>()?),
        files: words(&row.read::<String>()?),
        automatic: row.read()?,
        object_type: row.read()?,
        object_id: row.read()?,
        state: row.read()?,
        attempts: row.read()?,
        created_at: row.read()?,
        sent_at: row.read()?,
        error: row.read()?,
        reached: list(&row.read::<String>()?),
        refused: list(&row.read::<String>()?),
        refusal_kind: row.read()?,
        refusal_token: row.read()?,
    })
}

fn sender(address: Option<String>, name: Option<String>) -> Option<Mailbox> {
    address.map(|address| Mailbox { name: name.unwrap_or_default(), address })
}

/// A list as we wrote it; empty when it is not.
fn list<T: DeserializeOwned>(text: &str) -> Vec<T> {
    serde_json::from_str(text).unwrap_or_default()
}

fn json(list: &[impl Serialize]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Puts a letter into the outbox; `None` when this occasion had its letter already.
pub fn post(tx: &mut Tx, new: &NewLetter, now: Moment) -> Result<Option<LetterId>> {
    let id: LetterId = tx.new_id();
    let message_id = base::id::token();
    let (object_type, object_id) = new.object.map_or((None, None), |(kind, id)| (Some(kind), Some(id)));
    let posted = tx.execute(
        "INSERT INTO outbox (id, person_id, address, channel, occasion, subject, text, html, reply_token, message_id,
             in_reply_to, files, automatic, object_type, object_id, state, attempts, due_at, created_at, name, cc, bcc,
             sender, sender_name, refusal_kind, refusal_token)
         VALUES ($1, $2, $3, 'email', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'waiting', 0, $15, $15, $16, $17,
             $18, $19, $20, $21, $22)
         ON CONFLICT (occasion) DO NOTHING",
        params![
            id,
            new.person,
            new.address,
            new.occasion,
            new.subject,
            new.text,
            new.html,
            new.reply_token,
            message_id,
            new.in_reply_to.join(" "),
            new.files.join(" "),
            new.automatic,
            object_type,
            object_id,
            now,
            new.name,
            json(&new.cc),
            json(&new.bcc),
            new.sender.as_ref().map(|sender| sender.address.as_str()),
            new.sender.as_ref().map(|sender| sender.name.as_str()),
            new.refusable,
            new.refusable.map(|_| base::id::token())
        ],
    )?;
    if posted == 0 {
        return Ok(None);
    }
    tx.announce();
    Ok(Some(id))
}

/// Takes the letters that are due, at most `limit`, for `lease` milliseconds.
pub fn claim(tx: &mut Tx, now: Moment, lease: i64, limit: i64) -> Result<Vec<Letter>> {
    claim_from(tx, now, lease, limit, Whose::AllBut(&[]))
}

/// Letters by whom they come from.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'a> {
    /// These addresses.
    Any(&'a [String]),
    /// Every other, and those that say nothing.
    AllBut(&'a [String]),
}

/// Takes the letters from somebody that are due, at most `limit`, for `lease` milliseconds.
pub fn claim_from(tx: &mut Tx, now: Moment, lease: i64, limit: i64, from: Whose) -> Result<Vec<Letter>> {
    let (whose, addresses) = condition(from, 3);
    let sql =
        format!("SELECT id FROM outbox WHERE state = 'waiting' AND due_at <= $1 {whose} ORDER BY due_at, id LIMIT $2");
    let mut params = vec![now.to_param(), limit.to_param()];
    params.extend(addresses);
    let due: Vec<LetterId> = tx.query(&sql, &params, |row| row.read())?;
    let mut claimed = Vec::with_capacity(due.len());
    for id in due {
        let sql = format!(
            "UPDATE outbox SET state = 'sending', attempts = attempts + 1, leased_until = $1
             WHERE id = $2 AND state = 'waiting' RETURNING {COLUMNS}"
        );
        claimed.extend(tx.first(&sql, params![now.plus(lease), id], letter)?);
    }
    Ok(claimed)
}

/// How many letters from somebody wait, due or not.
pub fn waiting_from(tx: &mut Tx, from: Whose) -> Result<i64> {
    let (whose, addresses) = condition(from, 1);
    let sql = format!("SELECT COUNT(*) FROM outbox WHERE state = 'waiting' {whose}");
    tx.one(&sql, &addresses, |row| row.read())
}

fn condition(from: Whose<'_>, first: usize) -> (String, Vec<Param<'_>>) {
    fn params(addresses: &[String]) -> Vec<Param<'_>> {
        addresses.iter().map(ToParam::to_param).collect()
    }
    match from {
        Whose::Any([]) => ("AND sender IS NULL AND sender IS NOT NULL".to_owned(), Vec::new()),
        Whose::AllBut([]) => (String::new(), Vec::new()),
        Whose::Any(some) => (format!("AND sender IN ({})", placeholders(first, some.len())), params(some)),
        Whose::AllBut(others) => {
            let others_of = placeholders(first, others.len());
            (format!("AND (sender IS NULL OR sender NOT IN ({others_of}))"), params(others))
        }
    }
}

/// Notes that a letter is about to be handed to its server: from here on it may have been taken, whatever we hear.
/// `false` when its lease was lost; then it must not be handed over.
pub fn handing(tx: &mut Tx, id: LetterId, now: Moment, lease: i64) -> Result<bool> {
    let sql = "UPDATE outbox SET handed_at = $1, leased_until = $2
               WHERE id = $3 AND state = 'sending' AND leased_until > $1";
    Ok(tx.execute(sql, params![now, now.plus(lease), id])? == 1)
}

/// Letters whose lease ended without an answer, at most `limit`, each with whether it had been handed to its server.
pub fn lapsed(tx: &mut Tx, now: Moment, limit: i64) -> Result<Vec<(LetterId, bool)>> {
    let sql = "SELECT id, handed_at FROM outbox WHERE state = 'sending' AND leased_until < $1 ORDER BY id LIMIT $2";
    tx.query(sql, params![now, limit], |row| Ok((row.read()?, row.read::<Option<Moment>>()?.is_some())))
}

/// How many letters that programs wrote went to an address since `since`: a loop shows here first.
pub fn automatic_since(tx: &mut Tx, address: &str, since: Moment) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM outbox WHERE address = $1 AND sent_at >= $2 AND automatic = 1";
    tx.one(sql, params![address, since], |row| row.read())
}

/// How many letters that programs wrote about a thing went out since `since`.
pub fn automatic_about(tx: &mut Tx, kind: &str, id: i64, since: Moment) -> Result<i64> {
    let sql =
        "SELECT COUNT(*) FROM outbox WHERE object_type = $1 AND object_id = $2 AND sent_at >= $3 AND automatic = 1";
    tx.one(sql, params![kind, id, since], |row| row.read())
}

/// How many letters an account's server took since `since`.
pub fn sent_by(tx: &mut Tx, account: &str, since: Moment) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM outbox WHERE account = $1 AND sent_at >= $2";
    tx.one(sql, params![account, since], |row| row.read())
}

/// Notes for whom the server took a letter, and that nothing is left to do about it. One that came back meanwhile stays
/// failed.
pub fn taken(tx: &mut Tx, id: LetterId, taken: &Taken, now: Moment) -> Result<()> {
    note_taken(tx, id, taken)?;
    sent(tx, id, now)
}

/// Notes for whom the server took a letter; for the others it is tried again at `due`.
pub fn taken_in_part(tx: &mut Tx, id: LetterId, taken: &Taken, due: Moment, why: &str) -> Result<()> {
    note_taken(tx, id, taken)?;
    try_again(tx, id, due, why)
}

fn note_taken(tx: &mut Tx, id: LetterId, taken: &Taken) -> Result<()> {
    tx.execute(
        "UPDATE outbox SET reached = $1, refused = $2, queue = $3, account = $4 WHERE id = $5",
        params![json(&taken.reached), json(&taken.refused), taken.said, taken.account, id],
    )
    .map(drop)
}

/// Notes that a letter came back from one of those who got it.
pub fn add_refused(tx: &mut Tx, letter: &Letter, refused: Refused) -> Result<()> {
    let mut all = letter.refused.clone();
    all.retain(|known| known.address != refused.address);
    all.push(refused);
    tx.execute("UPDATE outbox SET refused = $1 WHERE id = $2", params![json(&all), letter.id]).map(drop)
}

/// Notes that the server took a letter. One that came back meanwhile stays failed.
pub fn sent(tx: &mut Tx, id: LetterId, now: Moment) -> Result<()> {
    tx.execute(
        "UPDATE outbox SET state = 'sent', sent_at = $1, leased_until = NULL, error = NULL
         WHERE id = $2 AND state <> 'failed'",
        params![now, id],
    )?;
    Ok(())
}

/// Puts a letter back that was certainly not taken, to be tried at `due`.
pub fn try_again(tx: &mut Tx, id: LetterId, due: Moment, why: &str) -> Result<()> {
    tx.execute(
        "UPDATE outbox SET state = 'waiting', due_at = $1, leased_until = NULL, handed_at = NULL, error = $2 WHERE id = $3",
        params![due, why, id],
    )?;
    Ok(())
}

/// Notes that a letter will not be sent, and why.
pub fn failed(tx: &mut Tx, id: LetterId, why: &str) -> Result<()> {
    tx.execute("UPDATE outbox SET state = 'failed', leased_until = NULL, error = $1 WHERE id = $2", params![why, id])?;
    Ok(())
}

/// The letter that this reply address was made for.
pub fn find_by_reply_token(tx: &mut Tx, token: &str) -> Result<Option<Letter>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE reply_token = $1 ORDER BY id DESC LIMIT 1");
    tx.first(&sql, params![token], letter)
}

/// The letter with this Message-ID, given without brackets and domain.
pub fn find_by_message_id(tx: &mut Tx, message_id: &str) -> Result<Option<Letter>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE message_id = $1");
    tx.first(&sql, params![message_id], letter)
}

/// What was said about a thing, oldest first.
pub fn of_object(tx: &mut Tx, kind: &str, id: i64) -> Result<Vec<Letter>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE object_type = $1 AND object_id = $2 ORDER BY id LIMIT 500");
    tx.query(&sql, params![kind, id], letter)
}

/// How the outbox fares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Letters that wait.
    pub waiting: i64,
    /// Letters that a channel has in hand.
    pub sending: i64,
    /// When the oldest of the waiting was written.
    pub oldest_waiting: Option<Moment>,
    /// Since when the one is due that is due longest.
    pub oldest_due: Option<Moment>,
    /// When the last one went out.
    pub last_sent: Option<Moment>,
    /// Letters of the last hour that went out.
    pub sent_in_an_hour: i64,
    /// Letters of the last hour that will not be sent.
    pub failed_in_an_hour: i64,
    /// Letters of the last day that will not be sent.
    pub failed_in_a_day: i64,
    /// Why the last of them will not.
    pub last_error: Option<String>,
}

/// How the outbox fares at `now`. What is over counts by when it was last due, which is when it was last tried.
pub fn tally(tx: &mut Tx, now: Moment) -> Result<Tally> {
    let waiting =
        tx.one("SELECT COUNT(*), MIN(created_at), MIN(due_at) FROM outbox WHERE state = 'waiting'", &[], |row| {
            Ok((row.read()?, row.read()?, row.read::<Option<Moment>>()?))
        })?;
    let in_state = |tx: &mut Tx, state: State, since: Moment| {
        let sql = "SELECT COUNT(*) FROM outbox WHERE state = $1 AND due_at >= $2";
        tx.one(sql, params![state, since], |row| row.read::<i64>())
    };
    let (hour, day) = (now.plus(-base::clock::HOUR), now.plus(-base::clock::DAY));
    let last_sent = "SELECT sent_at FROM outbox WHERE state = 'sent' ORDER BY due_at DESC LIMIT 1";
    let last_error = "SELECT error FROM outbox WHERE state = 'failed' AND due_at >= $1 ORDER BY due_at DESC LIMIT 1";
    Ok(Tally {
        waiting: waiting.0,
        sending: in_state(tx, State::Sending, Moment(0))?,
        oldest_waiting: waiting.1,
        oldest_due: waiting.2.filter(|due| *due <= now),
        last_sent: tx.first(last_sent, &[], |row| row.read::<Option<Moment>>())?.flatten(),
        sent_in_an_hour: in_state(tx, State::Sent, hour)?,
        failed_in_an_hour: in_state(tx, State::Failed, hour)?,
        failed_in_a_day: in_state(tx, State::Failed, day)?,
        last_error: tx.first(last_error, params![day], |row| row.read::<Option<String>>())?.flatten(),
    })
}

/// How the letters about a thing fare, oldest first.
pub fn deliveries(tx: &mut Tx, kind: &str, id: i64) -> Result<Vec<Delivery>> {
    let sql = "SELECT id, name, address, cc, bcc, sender, state, created_at, sent_at, error, refused, queue
               FROM outbox WHERE object_type = $1 AND object_id = $2 ORDER BY id LIMIT 500";
    tx.query(sql, params![kind, id], |row| {
        Ok(Delivery {
            id: row.read()?,
            to: Mailbox { name: row.read()?, address: row.read()? },
            cc: list(&row.read::<String>()?),
            bcc: list(&row.read::<String>()?),
            sender: row.read()?,
            state: row.read()?,
            created_at: row.read()?,
            sent_at: row.read()?,
            error: row.read()?,
            refused: list(&row.read::<String>()?),
            queue: row.read()?,
        })
    })
}

/// The letter by which this token came to its reader.
pub fn find_by_refusal_token(tx: &mut Tx, token: &str) -> Result<Option<Letter>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE refusal_token = $1");
    tx.first(&sql, params![token], letter)
}

/// Whether an address does not want letters of this kind.
pub fn refuses(tx: &mut Tx, address: &str, kind: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM refusals WHERE address = $1 AND kind = $2";
    Ok(tx.first(sql, params![address.to_lowercase(), kind], |row| row.read::<i64>())?.is_some())
}

/// Notes that the reader of a letter wants no more of its kind; `false` when they had said so.
pub fn refuse(tx: &mut Tx, letter: &Letter, now: Moment) -> Result<bool> {
    let sql = "INSERT INTO refusals (address, kind, person_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let kind = letter.refusal_kind.as_deref().unwrap_or_default();
    Ok(tx.execute(sql, params![letter.address.to_lowercase(), kind, letter.person, now])? == 1)
}

/// Takes a refusal back; `false` when there was none.
pub fn accept_again(tx: &mut Tx, letter: &Letter) -> Result<bool> {
    let sql = "DELETE FROM refusals WHERE address = $1 AND kind = $2";
    let kind = letter.refusal_kind.as_deref().unwrap_or_default();
    Ok(tx.execute(sql, params![letter.address.to_lowercase(), kind])? == 1)
}
