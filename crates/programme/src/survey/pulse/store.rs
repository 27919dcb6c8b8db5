//! Every statement about pulses.

use base::clock::Moment;
use base::db::{Param, Result, ToParam, Tx, params};
use ledger::person::{PersonId, Relation};
use ledger::touchpoint::Source;

use super::{PULSE, Said};
use crate::survey::SurveyId;
use crate::survey::model::FirstChoice;

/// People who may be asked, in the order of their ids, after one: staff who are not of the desk, each by the record that
/// stands for them.
pub(super) fn staff(tx: &mut Tx, after: PersonId, simulated: bool, most: i64) -> Result<Vec<PersonId>> {
    let sql = "SELECT id FROM people
               WHERE id > $1 AND canonical_id = id AND relation = $2 AND simulated = $3 AND erased_at IS NULL
                 AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = people.id AND a.roles LIKE '%agent%')
               ORDER BY id LIMIT $4";
    tx.query(sql, params![after, Relation::Internal, simulated, most], |row| row.read())
}

/// Whether it was decided since then whether to ask this person (any of their records), and whether they were asked
/// anything.
pub(super) fn decided_since(tx: &mut Tx, person: PersonId, since: Moment) -> Result<bool> {
    let sql = "SELECT 1 FROM surveys WHERE decided_at >= $2 AND object_type = $3 AND person_id IN
                  (SELECT id FROM people WHERE canonical_id = (SELECT canonical_id FROM people WHERE id = $1)) LIMIT 1";
    Ok(tx.first(sql, params![person, since, PULSE], |row| row.read::<i64>())?.is_some())
}

/// What was answered, and when first.
pub(super) fn find(tx: &mut Tx, id: SurveyId) -> Result<Option<(Said, Moment)>> {
    let sql = "SELECT trouble, went, reported, answered_at FROM pulse_responses WHERE survey_id = $1";
    tx.first(sql, params![id], |row| {
        let yes = |number: Option<i64>| number.map(|number| number == 1);
        let trouble = yes(row.read()?);
        let went = row.read::<Option<i64>>()?.and_then(FirstChoice::of_number);
        Ok((Said { trouble, went, reported: yes(row.read()?) }, row.read()?))
    })
}

/// Stores an answer, in place of the one before. `answered_at` is when they answered first.
pub(super) fn save(
    tx: &mut Tx,
    id: SurveyId,
    said: Said,
    answered_at: Moment,
    now: Moment,
    source: Source,
) -> Result<()> {
    let sql = "INSERT INTO pulse_responses (survey_id, trouble, went, reported, answered_at, changed_at, source)
               VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (survey_id) DO UPDATE SET trouble = excluded.trouble, went = excluded.went,
                   reported = excluded.reported, changed_at = excluded.changed_at";
    let went = said.went.map(FirstChoice::number);
    tx.execute(sql, params![id, number(said.trouble), went, number(said.reported), answered_at, now, source]).map(drop)
}

/// Stores many answers, each as it was first given.
pub(super) fn insert_many(tx: &mut Tx, given: &[(SurveyId, Moment, Said)], source: Source) -> Result<()> {
    let mut rows: Vec<Param> = Vec::with_capacity(given.len() * 7);
    for (id, at, said) in given {
        let numbers = [number(said.trouble), said.went.map(FirstChoice::number), number(said.reported)];
        rows.push(id.to_param());
        rows.extend(numbers.map(|number| number.map_or(Param::Null, Param::Int)));
        rows.extend_from_slice(&[at.to_param(), at.to_param(), source.to_param()]);
    }
    let insert = "INSERT INTO pulse_responses (survey_id, trouble, went, reported, answered_at, changed_at, source)";
    tx.insert_rows(insert, 7, &rows).map(drop)
}

fn number(yes: Option<bool>) -> Option<i64> {
    yes.map(i64::from)
}
