//! Every statement about follow-ups and their notes.

use base::clock::Moment;
use base::db::{Param, Result, Row, ToParam, Tx, params};
use ledger::person::PersonId;

use crate::improvement::FollowUpId;
use crate::improvement::follow_up::{FollowUp, Standing};

const COLUMNS: &str = "f.id, f.origin_id, f.person_id, f.object_type, f.object_id, f.subject, f.reason, f.satisfaction, \
     f.emotion, f.words, f.may_contact, f.state, f.owner_id, f.improvement_id, f.opened_at, f.due_at, f.contacted_at, \
     f.closed_at, f.source";

fn follow_up(row: &Row) -> Result<FollowUp> {
    Ok(FollowUp {
        id: row.read()?,
        origin: row.read()?,
        person: row.read()?,
        object: match (row.read::<Option<String>>()?, row.read::<Option<i64>>()?) {
            (Some(kind), Some(id)) => Some((kind, id)),
            _ => None,
        },
        subject: row.read()?,
        reason: row.read()?,
        satisfaction: row.read()?,
        emotion: row.read()?,
        words: row.read()?,
        may_contact: row.read()?,
        state: row.read()?,
        owner: row.read()?,
        improvement: row.read()?,
        opened_at: row.read()?,
        due_at: row.read()?,
        contacted_at: row.read()?,
        closed_at: row.read()?,
        source: row.read()?,
    })
}

/// The follow-up of this id.
pub(in crate::improvement) fn find_follow_up(tx: &mut Tx, id: FollowUpId) -> Result<Option<FollowUp>> {
    tx.first(&format!("SELECT {COLUMNS} FROM follow_ups f WHERE f.id = $1"), params![id], follow_up)
}

/// Stores new follow-ups.
pub(in crate::improvement) fn insert_follow_ups(tx: &mut Tx, new: &[FollowUp]) -> Result<()> {
    let mut rows: Vec<Param> = Vec::with_capacity(new.len() * 20);
    for new in new {
        rows.extend_from_slice(&[
            new.id.to_param(),
            new.origin.to_param(),
            new.person.to_param(),
            new.object.as_ref().map_or(Param::Null, |(kind, _)| Param::Text(kind)),
            new.object.as_ref().map_or(Param::Null, |(_, id)| Param::Int(*id)),
            new.subject.to_param(),
            new.reason.to_param(),
            new.satisfaction.to_param(),
            new.emotion.to_param(),
            new.words.to_param(),
            new.may_contact.to_param(),
            new.state.to_param(),
            Param::Int(i64::from(new.state == Standing::Closed)),
            new.owner.to_param(),
            new.improvement.to_param(),
            new.opened_at.to_param(),
            new.due_at.to_param(),
            new.contacted_at.to_param(),
            new.closed_at.to_param(),
            new.source.to_param(),
        ]);
    }
    let insert = "INSERT INTO follow_ups (id, origin_id, person_id, object_type, object_id, subject, reason, \
         satisfaction, emotion, words, may_contact, state, is_over, owner_id, improvement_id, opened_at, due_at, \
         contacted_at, closed_at, source)";
    tx.insert_rows(insert, 20, &rows).map(drop)
}

/// Brings what the person said up to date in the follow-up of the same origin; `false` when there is none yet.
pub(in crate::improvement) fn refresh_follow_up(tx: &mut Tx, new: &FollowUp) -> Result<bool> {
    let sql =
        "UPDATE follow_ups SET satisfaction = $2, emotion = $3, words = $4, may_contact = $5 WHERE origin_id = $1";
    Ok(tx.execute(sql, params![new.origin, new.satisfaction, new.emotion, new.words, new.may_contact])? > 0)
}

/// Stores what became of it.
pub(in crate::improvement) fn update_follow_up(tx: &mut Tx, changed: &FollowUp) -> Result<()> {
    tx.execute(
        "UPDATE follow_ups SET state = $2, is_over = $3, owner_id = $4, improvement_id = $5, contacted_at = $6,
             closed_at = $7 WHERE id = $1",
        params![
            changed.id,
            changed.state,
            changed.state == Standing::Closed,
            changed.owner,
            changed.improvement,
            changed.contacted_at,
            changed.closed_at
        ],
    )
    .map(drop)
}

/// Which follow-ups a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::improvement) enum View {
    /// All that wait, the most urgent first.
    Waiting,
    /// Those of this person.
    Mine(PersonId),
    /// Those that are over, newest first.
    Over,
}

/// A follow-up in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::improvement) struct FollowUpLine {
    pub(in crate::improvement) follow_up: FollowUp,
    pub(in crate::improvement) name: String,
    pub(in crate::improvement) owner: Option<String>,
    pub(in crate::improvement) improvement: Option<String>,
}

/// The follow-ups of a view: `limit` lines from the `skip`-th on.
pub(in crate::improvement) fn follow_up_lines(
    tx: &mut Tx,
    view: View,
    skip: i64,
    limit: i64,
) -> Result<Vec<FollowUpLine>> {
    let (condition, order) = match view {
        View::Waiting => ("f.is_over = 0", "f.state DESC, f.due_at, f.id"),
        View::Mine(_) => ("f.is_over = 0 AND f.owner_id = $3", "f.state DESC, f.due_at, f.id"),
        View::Over => ("f.is_over = 1", "f.closed_at DESC, f.id DESC"),
    };
    let me = match view {
        View::Mine(me) => me,
        View::Waiting | View::Over => PersonId(0),
    };
    let sql = format!(
        "SELECT {COLUMNS}, p.name, o.name, i.title FROM follow_ups f JOIN people p ON p.id = f.person_id
         LEFT JOIN people o ON o.id = f.owner_id LEFT JOIN improvements i ON i.id = f.improvement_id
         WHERE {condition} ORDER BY {order} LIMIT $1 OFFSET $2"
    );
    tx.query(&sql, params![limit, skip, me], |row| {
        Ok(FollowUpLine { follow_up: follow_up(row)?, name: row.read()?, owner: row.read()?, improvement: row.read()? })
    })
}

/// How many wait, and how many of them for this person.
pub(in crate::improvement) fn count_open(tx: &mut Tx, me: PersonId) -> Result<(i64, i64)> {
    let sql = "SELECT COUNT(*), COUNT(*) FILTER (WHERE owner_id = $1) FROM follow_ups WHERE is_over = 0";
    tx.one(sql, params![me], |row| Ok((row.read()?, row.read()?)))
}

/// The lead, or where there is none the agent, who has the fewest open follow-ups.
pub(in crate::improvement) fn least_busy(tx: &mut Tx) -> Result<Option<PersonId>> {
    let sql = "SELECT a.person_id FROM accounts a
               WHERE a.disabled_at IS NULL AND (a.roles LIKE '%lead%' OR a.roles LIKE '%agent%')
               ORDER BY CASE WHEN a.roles LIKE '%lead%' THEN 0 ELSE 1 END,
                   (SELECT COUNT(*) FROM follow_ups f WHERE f.owner_id = a.person_id AND f.is_over = 0), a.person_id
               LIMIT 1";
    tx.first(sql, &[], |row| row.read())
}

/// Something noted, or written to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::improvement) struct Note {
    pub(in crate::improvement) at: Moment,
    pub(in crate::improvement) by: String,
    pub(in crate::improvement) to_person: bool,
    pub(in crate::improvement) text: String,
}

/// Adds a note; gives its id.
pub(in crate::improvement) fn insert_note(
    tx: &mut Tx,
    id: FollowUpId,
    at: Moment,
    by: PersonId,
    to_person: bool,
    text: &str,
) -> Result<i64> {
    let note: i64 = tx.new_id();
    let sql =
        "INSERT INTO follow_up_notes (id, follow_up_id, at, by_id, to_person, text) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, params![note, id, at, by, to_person, text])?;
    Ok(note)
}

/// Adds notes of the past.
pub(in crate::improvement) fn insert_notes(
    tx: &mut Tx,
    past: &[(FollowUpId, Moment, Option<PersonId>, &str)],
) -> Result<()> {
    let ids: Vec<i64> = past.iter().map(|_| tx.new_id()).collect();
    let mut rows: Vec<Param> = Vec::with_capacity(past.len() * 6);
    for ((follow_up, at, by, text), id) in past.iter().zip(&ids) {
        rows.extend_from_slice(&[
            Param::Int(*id),
            follow_up.to_param(),
            at.to_param(),
            by.to_param(),
            Param::Int(0),
            Param::Text(text),
        ]);
    }
    tx.insert_rows("INSERT INTO follow_up_notes (id, follow_up_id, at, by_id, to_person, text)", 6, &rows).map(drop)
}

/// The notes, oldest first.
pub(in crate::improvement) fn notes(tx: &mut Tx, id: FollowUpId) -> Result<Vec<Note>> {
    let sql = "SELECT n.at, COALESCE(p.name, ''), n.to_person, n.text FROM follow_up_notes n
               LEFT JOIN people p ON p.id = n.by_id WHERE n.follow_up_id = $1 ORDER BY n.at, n.id LIMIT 500";
    tx.query(sql, params![id], |row| {
        Ok(Note { at: row.read()?, by: row.read()?, to_person: row.read()?, text: row.read()? })
    })
}
