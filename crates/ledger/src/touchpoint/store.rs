//! Every statement that writes touchpoints, and those that look along a person or a thing.

use base::clock::Moment;
use base::db::{Param, Result, Row, ToParam, Tx, params};

use super::TouchpointId;
use super::model::{Draft, Touchpoint};
use crate::person::PersonId;

pub(super) const COLUMNS: &str = "t.id, t.position, t.at, t.person_id, t.person_version, t.channel, t.stage, t.kind, \
     t.service, t.direction, t.initiator, t.team, t.visible, t.source, t.promise_until, t.objects, t.detail";

const INSERT: &str = "INSERT INTO touchpoints (id, position, at, person_id, person_version, channel, stage, kind, \
     service, direction, initiator, team, visible, source, promise_until, objects, detail)";
const WIDTH: usize = 17;

pub(super) fn touchpoint(row: &Row) -> Result<Touchpoint> {
    Ok(Touchpoint {
        id: row.read()?,
        position: row.read()?,
        at: row.read()?,
        person: row.read()?,
        person_version: row.read::<Option<i64>>()?.unwrap_or(0),
        channel: row.read()?,
        stage: row.read()?,
        kind: row.read()?,
        service: row.read()?,
        direction: row.read()?,
        initiator: row.read()?,
        team: row.read()?,
        visible: row.read()?,
        source: row.read()?,
        promise_until: row.read()?,
        objects: serde_json::from_str(&row.read::<String>()?).unwrap_or_default(),
        detail: serde_json::from_str(&row.read::<String>()?).unwrap_or_default(),
    })
}

/// Appends a touchpoint, in the transaction that does what it tells of; wakes followers once it is durable.
pub fn record(tx: &mut Tx, draft: Draft) -> Result<TouchpointId> {
    let version = match draft.person {
        Some(person) => {
            let sql = "SELECT version FROM people WHERE id = $1";
            tx.first(sql, params![person], |row| row.read::<i64>())?
        }
        None => None,
    };
    if let (Some(person), Some(felt)) = (draft.person, draft.detail.get("emotion").and_then(serde_json::Value::as_i64))
    {
        // How a person last felt stands with them, so that a list of many people needs no look into the ledger.
        tx.execute("UPDATE people SET felt = $1 WHERE id = $2", params![felt, person])?;
    }
    let ids = append(tx, &[(draft, version)])?;
    Ok(ids[0])
}

/// Appends many at once, each with the version of the person's attributes that held then: for imports and the demo.
pub fn record_many(tx: &mut Tx, drafts: &[(Draft, Option<i64>)]) -> Result<()> {
    append(tx, drafts).map(drop)
}

fn append(tx: &mut Tx, drafts: &[(Draft, Option<i64>)]) -> Result<Vec<TouchpointId>> {
    let position = tx.number()?;
    let texts: Vec<(TouchpointId, std::borrow::Cow<'static, str>, String, String)> = drafts
        .iter()
        .map(|(draft, _)| {
            let objects = serde_json::to_string(&draft.objects).unwrap_or_default();
            let detail = if draft.detail.is_null() { "{}".to_owned() } else { draft.detail.to_string() };
            (tx.new_id(), draft.stored_kind(), objects, detail)
        })
        .collect();
    let mut rows: Vec<Param> = Vec::with_capacity(drafts.len() * WIDTH);
    let mut links: Vec<Param> = Vec::new();
    for ((draft, version), (id, kind, objects, detail)) in drafts.iter().zip(&texts) {
        let visible = i64::from(draft.kind.visible);
        rows.extend_from_slice(&[
            id.to_param(),
            Param::Int(position),
            draft.at.to_param(),
            draft.person.to_param(),
            version.to_param(),
            draft.channel.to_param(),
            draft.kind.stage.to_param(),
            Param::Text(kind),
            draft.service.to_param(),
            draft.direction.to_param(),
            draft.initiator.to_param(),
            draft.team.to_param(),
            Param::Int(visible),
            draft.source.to_param(),
            draft.promise_until.to_param(),
            Param::Text(objects),
            Param::Text(detail),
        ]);
        for object in &draft.objects {
            links.extend_from_slice(&[Param::Text(&object.kind), Param::Int(object.id), id.to_param()]);
        }
    }
    tx.insert_rows(INSERT, WIDTH, &rows)?;
    tx.insert_rows("INSERT INTO touchpoint_objects (object_type, object_id, touchpoint_id)", 3, &links)?;
    tx.announce();
    Ok(texts.into_iter().map(|(id, ..)| id).collect())
}

/// A person's touchpoints before `before` (their merged records' too), newest first, at most `limit`.
/// `all` also gives what they do not see.
pub fn of_person(tx: &mut Tx, person: PersonId, before: Moment, all: bool, limit: i64) -> Result<Vec<Touchpoint>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM touchpoints t
         WHERE t.person_id IN (SELECT id FROM people WHERE canonical_id =
                  (SELECT canonical_id FROM people WHERE id = $1))
           AND t.at < $2 AND t.visible >= $3
         ORDER BY t.at DESC, t.id DESC LIMIT $4"
    );
    let least = i64::from(!all);
    tx.query(&sql, params![person, before, least, limit], touchpoint)
}

/// The touchpoints of one thing, oldest first.
pub fn of_object(tx: &mut Tx, kind: &str, id: i64, limit: i64) -> Result<Vec<Touchpoint>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM touchpoint_objects o JOIN touchpoints t ON t.id = o.touchpoint_id
         WHERE o.object_type = $1 AND o.object_id = $2 ORDER BY t.at, t.id LIMIT $3"
    );
    tx.query(&sql, params![kind, id, limit], touchpoint)
}

/// How many touchpoints there are.
pub fn count(tx: &mut Tx) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM touchpoints", &[], |row| row.read())
}
