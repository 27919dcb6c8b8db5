//! Every statement about surveys and responses.

use base::clock::Moment;
use base::db::{Param, Result, Row, ToParam, Tx, params};
use ledger::person::PersonId;
use ledger::touchpoint::Source;

use super::SurveyId;
use super::model::{Answers, FirstChoice, Lost, Survey};

const COLUMNS: &str = "id, object_type, object_id, person_id, subject, service, view_token, token, withheld, share, \
     best_first, decided_at, dismissed_at, source";

fn survey(row: &Row) -> Result<Survey> {
    Ok(Survey {
        id: row.read()?,
        object: (row.read()?, row.read()?),
        person: row.read()?,
        subject: row.read()?,
        service: row.read()?,
        view_token: row.read()?,
        token: row.read::<Option<String>>()?.unwrap_or_default(),
        withheld: row.read()?,
        share: row.read()?,
        best_first: row.read()?,
        decided_at: row.read()?,
        dismissed_at: row.read()?,
        source: row.read()?,
    })
}

/// The survey that this token opens.
pub(super) fn find_by_token(tx: &mut Tx, token: &str) -> Result<Option<Survey>> {
    tx.first(&format!("SELECT {COLUMNS} FROM surveys WHERE token = $1"), params![token], survey)
}

/// The newest survey that was asked about what this token shows.
pub(super) fn find_by_view_token(tx: &mut Tx, view: &str) -> Result<Option<Survey>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM surveys WHERE view_token = $1 AND token IS NOT NULL ORDER BY decided_at DESC LIMIT 1"
    );
    tx.first(&sql, params![view], survey)
}

/// The newest survey about such a thing that this person (any of their records) was asked since then, and did not put aside.
pub(super) fn find_newest(tx: &mut Tx, person: PersonId, object_type: &str, since: Moment) -> Result<Option<Survey>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM surveys
         WHERE object_type = $2 AND decided_at >= $3 AND token IS NOT NULL AND dismissed_at IS NULL AND person_id IN
            (SELECT id FROM people WHERE canonical_id = (SELECT canonical_id FROM people WHERE id = $1))
         ORDER BY decided_at DESC LIMIT 1"
    );
    tx.first(&sql, params![person, object_type, since], survey)
}

/// Whether it was decided about this thing already.
pub(super) fn is_decided(tx: &mut Tx, object_type: &str, object_id: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM surveys WHERE object_type = $1 AND object_id = $2";
    Ok(tx.first(sql, params![object_type, object_id], |row| row.read::<i64>())?.is_some())
}

/// Whether this person (any of their records) was asked since then.
pub(super) fn was_asked_since(tx: &mut Tx, person: PersonId, since: Moment) -> Result<bool> {
    let sql = "SELECT 1 FROM surveys WHERE decided_at >= $2 AND token IS NOT NULL AND person_id IN
                  (SELECT id FROM people WHERE canonical_id = (SELECT canonical_id FROM people WHERE id = $1)) LIMIT 1";
    Ok(tx.first(sql, params![person, since], |row| row.read::<i64>())?.is_some())
}

/// Whether this person (any of their records) asked not to be asked.
pub(super) fn has_refused(tx: &mut Tx, person: PersonId) -> Result<bool> {
    let sql = "SELECT 1 FROM survey_refusals WHERE person_id IN
                  (SELECT id FROM people WHERE canonical_id = (SELECT canonical_id FROM people WHERE id = $1)) LIMIT 1";
    Ok(tx.first(sql, params![person], |row| row.read::<i64>())?.is_some())
}

/// How many people see the name beside an answer: agents and leads, see `improvement/can.rs`.
pub(super) fn count_readers(tx: &mut Tx) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM accounts WHERE disabled_at IS NULL
               AND (roles LIKE '%agent%' OR roles LIKE '%lead%')";
    tx.one(sql, &[], |row| row.read())
}

const INSERT: &str = "INSERT INTO surveys (id, object_type, object_id, person_id, subject, service, view_token, token, \
     withheld, share, best_first, decided_at, dismissed_at, source)";

fn row_of(new: &Survey) -> [Param<'_>; 14] {
    [
        new.id.to_param(),
        new.object.0.to_param(),
        new.object.1.to_param(),
        new.person.to_param(),
        new.subject.to_param(),
        new.service.to_param(),
        new.view_token.to_param(),
        if new.token.is_empty() { Param::Null } else { Param::Text(&new.token) },
        new.withheld.to_param(),
        new.share.to_param(),
        new.best_first.to_param(),
        new.decided_at.to_param(),
        new.dismissed_at.to_param(),
        new.source.to_param(),
    ]
}

/// Stores a decision.
pub(super) fn insert(tx: &mut Tx, new: &Survey) -> Result<()> {
    tx.insert_rows(INSERT, 14, &row_of(new)).map(drop)
}

/// Stores many decisions.
pub(super) fn insert_many(tx: &mut Tx, new: &[Survey]) -> Result<()> {
    let rows: Vec<Param> = new.iter().flat_map(row_of).collect();
    tx.insert_rows(INSERT, 14, &rows).map(drop)
}

/// The person put it aside.
pub(super) fn dismiss(tx: &mut Tx, id: SurveyId, now: Moment) -> Result<()> {
    tx.execute("UPDATE surveys SET dismissed_at = $1 WHERE id = $2", params![now, id]).map(drop)
}

/// The person does not want to be asked again.
pub(super) fn refuse(tx: &mut Tx, person: PersonId, now: Moment) -> Result<()> {
    let sql = "INSERT INTO survey_refusals (person_id, at) VALUES ($1, $2) ON CONFLICT (person_id) DO NOTHING";
    tx.execute(sql, params![person, now]).map(drop)
}

/// What a person answered, and when first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) answers: Answers,
    pub(super) answered_at: Moment,
}

/// The response to a survey.
pub(super) fn find_response(tx: &mut Tx, id: SurveyId) -> Result<Option<Response>> {
    let sql = "SELECT satisfaction, effort, emotion, word, lost, first_choice, comment, may_contact, answered_at
               FROM responses WHERE survey_id = $1";
    tx.first(sql, params![id], |row| {
        Ok(Response {
            answers: Answers {
                satisfaction: row.read()?,
                effort: row.read()?,
                emotion: row.read()?,
                word: row.read()?,
                lost: row.read::<Option<i64>>()?.and_then(Lost::of_class),
                first: row.read::<Option<i64>>()?.and_then(FirstChoice::of_number),
                comment: row.read()?,
                may_contact: row.read()?,
            },
            answered_at: row.read()?,
        })
    })
}

/// Stores a response, in place of the one before. `answered_at` is when they answered first.
pub(super) fn save_response(
    tx: &mut Tx,
    survey: &Survey,
    answers: &Answers,
    answered_at: Moment,
    now: Moment,
) -> Result<()> {
    tx.execute(
        "INSERT INTO responses (survey_id, satisfaction, effort, emotion, word, lost, first_choice, comment, may_contact,
             items, answered_at, changed_at, source)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (survey_id) DO UPDATE SET satisfaction = excluded.satisfaction, effort = excluded.effort,
             emotion = excluded.emotion, word = excluded.word, lost = excluded.lost,
             first_choice = excluded.first_choice, comment = excluded.comment,
             may_contact = excluded.may_contact, items = excluded.items, changed_at = excluded.changed_at",
        params![
            survey.id,
            answers.satisfaction,
            answers.effort,
            answers.emotion,
            answers.word,
            answers.lost.map(Lost::class),
            answers.first.map(FirstChoice::number),
            answers.comment,
            answers.may_contact,
            answers.items().to_string(),
            answered_at,
            now,
            survey.source
        ],
    )
    .map(drop)
}

/// Stores many responses, each as it was first given.
pub(super) fn insert_responses(tx: &mut Tx, given: &[(SurveyId, Moment, &Answers)], source: Source) -> Result<()> {
    let items: Vec<String> = given.iter().map(|(_, _, answers)| answers.items().to_string()).collect();
    let mut rows: Vec<Param> = Vec::with_capacity(given.len() * 13);
    for ((id, at, answers), items) in given.iter().zip(&items) {
        rows.extend_from_slice(&[
            id.to_param(),
            answers.satisfaction.to_param(),
            answers.effort.to_param(),
            answers.emotion.to_param(),
            answers.word.to_param(),
            answers.lost.map_or(Param::Null, |lost| Param::Int(lost.class())),
            answers.first.map_or(Param::Null, |first| Param::Int(first.number())),
            answers.comment.to_param(),
            answers.may_contact.to_param(),
            Param::Text(items),
            at.to_param(),
            at.to_param(),
            source.to_param(),
        ]);
    }
    let insert = "INSERT INTO responses (survey_id, satisfaction, effort, emotion, word, lost, first_choice, comment, \
         may_contact, items, answered_at, changed_at, source)";
    tx.insert_rows(insert, 13, &rows).map(drop)
}

/// How many people said something here: for the number beside "may be shown".
#[cfg(test)]
pub(super) fn count_responses(tx: &mut Tx) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM responses", &[], |row| row.read())
}

/// Notes how people felt who answered long ago, without a look at each answer's touchpoint.
pub(super) fn set_felt(tx: &mut Tx, felt: &[(PersonId, i64)]) -> Result<()> {
    for (person, felt) in felt {
        tx.execute("UPDATE people SET felt = $1 WHERE id = $2", params![felt, person])?;
    }
    Ok(())
}
