//! Every statement about improvements, their raisers and who was told.

mod follow_up;

use base::clock::Moment;
use base::db::{Param, Result, Row, ToParam, Tx, params};
use ledger::person::PersonId;

pub(super) use follow_up::{
    FollowUpLine, Note, View, count_open, find_follow_up, follow_up_lines, insert_follow_ups, insert_note,
    insert_notes, least_busy, notes, refresh_follow_up, update_follow_up,
};

use super::ImprovementId;
use super::model::{Came, Improvement, State};

const COLUMNS: &str = "i.id, i.title, i.plan, i.outcome, i.state, i.owner_id, i.merged_into, i.proposed_at, \
     i.changed_at, i.ended_at, i.told_at, i.source";

/// Ids of an improvement and all duplicates that were merged into it, however deep.
const TREE: &str = "WITH RECURSIVE tree(id) AS (SELECT id FROM improvements WHERE id = $1 \
     UNION ALL SELECT d.id FROM improvements d JOIN tree ON d.merged_into = tree.id)";

fn improvement(row: &Row) -> Result<Improvement> {
    Ok(Improvement {
        id: row.read()?,
        title: row.read()?,
        plan: row.read()?,
        outcome: row.read()?,
        state: row.read()?,
        owner: row.read()?,
        merged_into: row.read()?,
        proposed_at: row.read()?,
        changed_at: row.read()?,
        ended_at: row.read()?,
        told_at: row.read()?,
        source: row.read()?,
    })
}

/// The improvement of this id, duplicate or not.
pub(super) fn find(tx: &mut Tx, id: ImprovementId) -> Result<Option<Improvement>> {
    tx.first(&format!("SELECT {COLUMNS} FROM improvements i WHERE i.id = $1"), params![id], improvement)
}

/// What this one is a duplicate of, at the end of the chain; itself when it is none.
pub(super) fn root_of(tx: &mut Tx, id: ImprovementId) -> Result<Option<Improvement>> {
    let mut found = find(tx, id)?;
    while let Some(into) = found.as_ref().and_then(|improvement| improvement.merged_into) {
        found = find(tx, into)?;
    }
    Ok(found)
}

/// Stores a new improvement.
pub(super) fn insert(tx: &mut Tx, new: &Improvement) -> Result<()> {
    tx.execute(
        "INSERT INTO improvements (id, title, plan, outcome, state, owner_id, merged_into, proposed_at, changed_at,
             ended_at, told_at, source)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            new.id,
            new.title,
            new.plan,
            new.outcome,
            new.state,
            new.owner,
            new.merged_into,
            new.proposed_at,
            new.changed_at,
            new.ended_at,
            new.told_at,
            new.source
        ],
    )
    .map(drop)
}

/// Stores what became of it.
pub(super) fn update(tx: &mut Tx, changed: &Improvement) -> Result<()> {
    tx.execute(
        "UPDATE improvements SET title = $2, plan = $3, outcome = $4, state = $5, owner_id = $6, merged_into = $7,
             changed_at = $8, ended_at = $9, told_at = $10 WHERE id = $1",
        params![
            changed.id,
            changed.title,
            changed.plan,
            changed.outcome,
            changed.state,
            changed.owner,
            changed.merged_into,
            changed.changed_at,
            changed.ended_at,
            changed.told_at
        ],
    )
    .map(drop)
}

/// Adds a raiser; `false` when they were one already.
pub(super) fn insert_raiser(tx: &mut Tx, id: ImprovementId, person: PersonId, came: Came, at: Moment) -> Result<bool> {
    let sql = "INSERT INTO improvement_raisers (improvement_id, person_id, came, at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (improvement_id, person_id) DO NOTHING";
    Ok(tx.execute(sql, params![id, person, came, at])? > 0)
}

/// Somebody who asked, over all duplicates, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::improvement) struct Raiser {
    pub(in crate::improvement) person: PersonId,
    pub(in crate::improvement) name: String,
    pub(in crate::improvement) at: Moment,
    pub(in crate::improvement) told_at: Option<Moment>,
    pub(in crate::improvement) helped: Option<bool>,
}

/// All who asked for it or for a duplicate of it, each person once, the first first.
pub(super) fn raisers(tx: &mut Tx, root: ImprovementId) -> Result<Vec<Raiser>> {
    let sql = format!(
        "{TREE} SELECT p.id, p.name, MIN(r.at), MIN(t.at), MIN(t.helped)
         FROM improvement_raisers r JOIN tree ON tree.id = r.improvement_id
         JOIN people o ON o.id = r.person_id JOIN people p ON p.id = o.canonical_id
         LEFT JOIN people q ON q.canonical_id = p.id
         LEFT JOIN improvement_tellings t ON t.person_id = q.id AND t.improvement_id IN (SELECT id FROM tree)
         WHERE p.erased_at IS NULL GROUP BY p.id, p.name ORDER BY MIN(r.at), p.id LIMIT 2000"
    );
    tx.query(&sql, params![root], |row| {
        Ok(Raiser {
            person: row.read()?,
            name: row.read()?,
            at: row.read()?,
            told_at: row.read()?,
            helped: row.read()?,
        })
    })
}

/// Who asked and has not been told, each person once, with the title under which they asked first.
pub(super) fn untold(tx: &mut Tx, root: ImprovementId) -> Result<Vec<(PersonId, String)>> {
    let sql = format!(
        "{TREE} SELECT p.id, i.title FROM improvement_raisers r
         JOIN tree ON tree.id = r.improvement_id JOIN improvements i ON i.id = r.improvement_id
         JOIN people o ON o.id = r.person_id JOIN people p ON p.id = o.canonical_id
         WHERE p.erased_at IS NULL AND NOT EXISTS (
             SELECT 1 FROM improvement_tellings t JOIN people q ON q.id = t.person_id
             WHERE q.canonical_id = p.id AND t.improvement_id IN (SELECT id FROM tree))
         ORDER BY p.id, r.at, i.id"
    );
    let mut all: Vec<(PersonId, String)> = tx.query(&sql, params![root], |row| Ok((row.read()?, row.read()?)))?;
    all.dedup_by_key(|(person, _)| *person);
    Ok(all)
}

/// Notes that a person was told; the token opens "did it help?".
pub(super) fn insert_telling(
    tx: &mut Tx,
    id: ImprovementId,
    person: PersonId,
    token: &str,
    by_letter: bool,
    at: Moment,
) -> Result<()> {
    let sql = "INSERT INTO improvement_tellings (improvement_id, person_id, token, by_letter, at) VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, params![id, person, token, by_letter, at]).map(drop)
}

/// That somebody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::improvement) struct Telling {
    pub(in crate::improvement) person: PersonId,
    pub(in crate::improvement) helped: Option<bool>,
    pub(in crate::improvement) improvement: Improvement,
}

/// The telling whose letter holds this token.
pub(super) fn find_telling(tx: &mut Tx, token: &str) -> Result<Option<Telling>> {
    let sql = format!(
        "SELECT t.person_id, t.helped, {COLUMNS} FROM improvement_tellings t
         JOIN improvements i ON i.id = t.improvement_id WHERE t.token = $1"
    );
    tx.first(&sql, params![token], |row| {
        Ok(Telling { person: row.read()?, helped: row.read()?, improvement: improvement(row)? })
    })
}

/// What they said when asked whether it helped. Who changes their mind keeps their place among the answers.
pub(super) fn judge_telling(tx: &mut Tx, token: &str, helped: bool, now: Moment) -> Result<()> {
    let sql = "UPDATE improvement_tellings SET helped = $1, answered_at = COALESCE(answered_at, $2) WHERE token = $3";
    tx.execute(sql, params![helped, now, token]).map(drop)
}

/// Many tellings of the past: improvement, person, token, when, whether it helped.
pub(super) type PastTelling = (ImprovementId, PersonId, String, Moment, Option<bool>);

/// Stores them.
pub(super) fn insert_tellings(tx: &mut Tx, past: &[PastTelling]) -> Result<()> {
    let mut rows: Vec<Param> = Vec::with_capacity(past.len() * 7);
    for (improvement, person, token, at, helped) in past {
        let answered = if helped.is_some() { at.to_param() } else { Param::Null };
        rows.extend_from_slice(&[
            improvement.to_param(),
            person.to_param(),
            token.to_param(),
            Param::Int(1),
            at.to_param(),
            helped.to_param(),
            answered,
        ]);
    }
    let insert =
        "INSERT INTO improvement_tellings (improvement_id, person_id, token, by_letter, at, helped, answered_at)";
    tx.insert_rows(insert, 7, &rows).map(drop)
}

/// A step of its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::improvement) struct Change {
    pub(in crate::improvement) at: Moment,
    pub(in crate::improvement) by: Option<String>,
    /// A state's word, or `merged`.
    pub(in crate::improvement) what: String,
    pub(in crate::improvement) words: String,
}

/// Adds a step.
pub(super) fn insert_change(
    tx: &mut Tx,
    id: ImprovementId,
    at: Moment,
    by: Option<PersonId>,
    what: &str,
    words: &str,
) -> Result<()> {
    let change: i64 = tx.new_id();
    let sql =
        "INSERT INTO improvement_changes (id, improvement_id, at, by_id, what, words) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, params![change, id, at, by, what, words]).map(drop)
}

/// The steps, oldest first.
pub(super) fn changes(tx: &mut Tx, id: ImprovementId) -> Result<Vec<Change>> {
    let sql = "SELECT c.at, p.name, c.what, c.words FROM improvement_changes c LEFT JOIN people p ON p.id = c.by_id
               WHERE c.improvement_id = $1 ORDER BY c.at, c.id LIMIT 500";
    tx.query(sql, params![id], |row| {
        Ok(Change { at: row.read()?, by: row.read()?, what: row.read()?, words: row.read()? })
    })
}

/// An improvement on the board: with its owner's name and how many people asked, over all duplicates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::improvement) struct Line {
    pub(in crate::improvement) improvement: Improvement,
    pub(in crate::improvement) owner: Option<String>,
    pub(in crate::improvement) raisers: i64,
    /// How many of them said whether it helped, and how many that it did, in whole groups of k.
    pub(in crate::improvement) judged: (i64, i64),
}

/// How many people asked for each improvement that is no duplicate, and said that it helped. Answers count in groups of
/// `$1`, in the order in which they came: one more would be one person's.
const COUNTED: &str = "WITH RECURSIVE tree(root, id) AS (SELECT id, id FROM improvements WHERE merged_into IS NULL \
     UNION ALL SELECT tree.root, d.id FROM improvements d JOIN tree ON d.merged_into = tree.id), \
     said AS (SELECT tree.root, COUNT(DISTINCT p.canonical_id) AS people FROM tree \
         JOIN improvement_raisers r ON r.improvement_id = tree.id JOIN people p ON p.id = r.person_id \
         GROUP BY tree.root), \
     placed AS (SELECT improvement_id, helped, \
         ROW_NUMBER() OVER (PARTITION BY improvement_id ORDER BY answered_at, person_id) AS place, \
         COUNT(*) OVER (PARTITION BY improvement_id) AS answers \
         FROM improvement_tellings WHERE helped IS NOT NULL), \
     judged AS (SELECT improvement_id, COUNT(*) AS said, COUNT(*) FILTER (WHERE helped = 1) AS good \
         FROM placed WHERE place <= answers / $1 * $1 GROUP BY improvement_id)";

/// Improvements that are no duplicates and stand in one of these states, those that changed last first.
pub(super) fn lines(tx: &mut Tx, states: &[State], limit: i64, k: u32) -> Result<Vec<Line>> {
    let sql = format!(
        "{COUNTED} SELECT {COLUMNS}, o.name, COALESCE(s.people, 0), COALESCE(j.said, 0), COALESCE(j.good, 0)
         FROM improvements i LEFT JOIN people o ON o.id = i.owner_id
         LEFT JOIN said s ON s.root = i.id LEFT JOIN judged j ON j.improvement_id = i.id
         WHERE i.merged_into IS NULL AND i.state IN ({})
         ORDER BY COALESCE(i.ended_at, i.changed_at) DESC, i.id DESC LIMIT $2",
        base::db::placeholders(3, states.len())
    );
    let mut values = vec![Param::Int(i64::from(k.max(1))), Param::Int(limit)];
    values.extend(states.iter().map(ToParam::to_param));
    tx.query(&sql, &values, |row| {
        Ok(Line {
            improvement: improvement(row)?,
            owner: row.read()?,
            raisers: row.read()?,
            judged: (row.read()?, row.read()?),
        })
    })
}

/// How many said whether one helped, and how many that it did, in whole groups of k.
pub(super) fn judged(tx: &mut Tx, id: ImprovementId, k: u32) -> Result<(i64, i64)> {
    let sql = format!("{COUNTED} SELECT said, good FROM judged WHERE improvement_id = $2");
    let found = tx.first(&sql, params![i64::from(k.max(1)), id], |row| Ok((row.read()?, row.read()?)))?;
    Ok(found.unwrap_or_default())
}

/// What was merged into this one, directly or not.
pub(super) fn duplicates(tx: &mut Tx, root: ImprovementId) -> Result<Vec<Improvement>> {
    let sql = format!(
        "{TREE} SELECT {COLUMNS} FROM improvements i JOIN tree ON tree.id = i.id WHERE i.id <> $1 ORDER BY i.id"
    );
    tx.query(&sql, params![root], improvement)
}

/// Who can carry an improvement: everybody who may see the programme.
pub(super) fn possible_owners(tx: &mut Tx) -> Result<Vec<(PersonId, String)>> {
    let sql = "SELECT p.id, p.name FROM accounts a JOIN people p ON p.id = a.person_id
               WHERE a.disabled_at IS NULL
                 AND (a.roles LIKE '%lead%' OR a.roles LIKE '%stakeholder%' OR a.roles LIKE '%agent%')
               ORDER BY p.name, p.id LIMIT 500";
    tx.query(sql, &[], |row| Ok((row.read()?, row.read()?)))
}
