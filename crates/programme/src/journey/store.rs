//! Every statement about journeys. All of them read: a journey is what the ledger holds.

use std::collections::BTreeMap;

use base::clock::Moment;
use base::db::{Result, ToParam, Tx, params, placeholders};
use ledger::import::ImportId;
use ledger::person::PersonId;
use ledger::touchpoint::{self, Channel, Object, Touchpoint, TouchpointId};

/// As many steps a map is made of at most, the newest: more would keep a reader waiting.
pub(super) const STEPS: i64 = 300_000;
/// As many touchpoints as can share one instant on a page of a timeline.
const AT_ONCE: i64 = 1_000;

/// A page of a person's timeline: touchpoints before `before`, newest first, about `limit`, and from where on the next
/// page goes. Touchpoints of one instant are never parted.
pub(super) fn page(
    tx: &mut Tx,
    person: PersonId,
    before: Moment,
    all: bool,
    limit: i64,
) -> Result<(Vec<Touchpoint>, Option<Moment>)> {
    let mut found = touchpoint::of_person(tx, person, before, all, limit + 1)?;
    if found.len() as i64 <= limit {
        return Ok((found, None));
    }
    let next = found[limit as usize].at;
    let whole = found.iter().position(|touchpoint| touchpoint.at == next).unwrap_or(0);
    if whole > 0 {
        found.truncate(whole);
    } else {
        found = touchpoint::of_person(tx, person, before, all, AT_ONCE)?;
        found.retain(|touchpoint| touchpoint.at == next);
        let older = touchpoint::of_person(tx, person, next, all, 1)?;
        return Ok((found, older.first().map(|_| next)));
    }
    Ok((found, Some(next.plus(1))))
}

/// What a person said of the desk and what they were told came of it, newest first.
pub(super) fn said_and_told(tx: &mut Tx, person: PersonId, limit: i64) -> Result<Vec<Touchpoint>> {
    // The person's own words go to the desk; what came of them is told with its outcome.
    let sql = "SELECT t.id, t.at FROM touchpoints t
               WHERE t.person_id IN (SELECT id FROM people WHERE canonical_id =
                        (SELECT canonical_id FROM people WHERE id = $1))
                 AND t.stage = 'improvement' AND t.visible = 1
                 AND (t.direction = 'to-desk' OR t.detail LIKE '%\"outcome\"%')
               ORDER BY t.at DESC, t.id DESC LIMIT $2";
    let wanted: Vec<(TouchpointId, Moment)> =
        tx.query(sql, params![person, limit], |row| Ok((row.read()?, row.read()?)))?;
    let Some((_, newest)) = wanted.first() else { return Ok(Vec::new()) };
    let mut found = touchpoint::of_person(tx, person, newest.plus(1), false, AT_ONCE)?;
    found.retain(|touchpoint| wanted.iter().any(|(id, _)| *id == touchpoint.id));
    Ok(found)
}

/// What the ledger says of some tickets beyond the touchpoint at hand.
#[derive(Debug, Clone, Default)]
pub(super) struct Matter {
    /// What it is about.
    pub subject: String,
    /// The token of the person's own page of it.
    pub view: Option<String>,
}

/// The matters of these tickets.
pub(super) fn matters(tx: &mut Tx, tickets: &[i64]) -> Result<BTreeMap<i64, Matter>> {
    let mut matters: BTreeMap<i64, Matter> = BTreeMap::new();
    if tickets.is_empty() {
        return Ok(matters);
    }
    let sql = format!(
        "SELECT o.object_id, t.detail FROM touchpoint_objects o JOIN touchpoints t ON t.id = o.touchpoint_id
         WHERE o.object_type = 'ticket' AND o.object_id IN ({}) AND t.detail LIKE '%\"subject\"%'",
        placeholders(1, tickets.len())
    );
    let ids: Vec<_> = tickets.iter().map(ToParam::to_param).collect();
    tx.each(&sql, &ids, |row| {
        let (id, detail): (i64, String) = (row.read()?, row.read()?);
        let detail: serde_json::Value = serde_json::from_str(&detail).unwrap_or_default();
        let text = |name: &str| detail.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
        let matter = matters.entry(id).or_default();
        if let Some(subject) = text("subject") {
            matter.subject = subject;
        }
        matter.view = text("view").or(matter.view.take());
        Ok(())
    })?;
    Ok(matters)
}

/// A step of a case, as a map needs it.
pub(super) struct Step<'r> {
    /// The case: a ticket, or a case of a log.
    pub case: i64,
    /// When, UTC milliseconds.
    pub at: i64,
    /// The kind's name.
    pub kind: &'r str,
    /// Where.
    pub channel: Channel,
}

/// The steps of our own tickets since `since`, newest first, at most [`STEPS`]; `all` with what people do not see.
pub(super) fn ticket_steps(tx: &mut Tx, since: Moment, all: bool, mut visit: impl FnMut(Step<'_>)) -> Result<()> {
    let sql = "SELECT o.object_id, t.at, t.kind, t.channel FROM touchpoint_objects o
               JOIN touchpoints t ON t.id = o.touchpoint_id
               WHERE o.object_type = 'ticket' AND t.at >= $1 AND t.visible >= $2
               ORDER BY t.at DESC, t.id DESC LIMIT $3";
    tx.each(sql, params![since, i64::from(!all), STEPS], |row| {
        let (case, at) = (row.read()?, row.read()?);
        let kind: String = row.read()?;
        visit(Step { case, at, kind: &kind, channel: row.read()? });
        Ok(())
    })
}

/// The steps of an imported log, newest first, at most [`STEPS`].
pub(super) fn log_steps(tx: &mut Tx, log: ImportId, mut visit: impl FnMut(Step<'_>)) -> Result<()> {
    // Along the log's own entry, with the case read from the touchpoint: joined by cases, SQLite takes minutes.
    let sql = "SELECT t.objects, t.at, t.kind, t.channel FROM touchpoint_objects o
               JOIN touchpoints t ON t.id = o.touchpoint_id
               WHERE o.object_type = 'log' AND o.object_id = $1 ORDER BY t.at DESC, t.id DESC LIMIT $2";
    tx.each(sql, params![log, STEPS], |row| {
        let objects: Vec<Object> = serde_json::from_str(&row.read::<String>()?).unwrap_or_default();
        let (at, kind): (i64, String) = (row.read()?, row.read()?);
        let channel = row.read()?;
        if let Some(case) = objects.iter().find(|object| object.kind == "case") {
            visit(Step { case: case.id, at, kind: &kind, channel });
        }
        Ok(())
    })
}
