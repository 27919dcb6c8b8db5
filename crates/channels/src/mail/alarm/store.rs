//! Every statement about alarms.

use base::clock::{HOUR, Moment};
use base::db::{Result, Row, Tx, params};

use super::model::{Alarm, AlarmId, Cause, Way};

const COLUMNS: &str = "id, way, place, cause, said, since, began_at, ended_at, told_at";
/// What begins again so soon after it ended is the same trouble, and nobody is written to again.
const SAME: i64 = HOUR;

fn alarm(row: &Row) -> Result<Alarm> {
    Ok(Alarm {
        id: row.read()?,
        way: row.read()?,
        place: row.read()?,
        cause: row.read()?,
        said: row.read()?,
        since: row.read()?,
        began_at: row.read()?,
        ended_at: row.read()?,
        told_at: row.read()?,
    })
}

/// An alarm that is to begin.
pub(super) struct NewAlarm<'n> {
    pub way: Way,
    pub place: &'n str,
    pub cause: Cause,
    pub said: &'n str,
    pub since: Moment,
}

/// The alarms that stand now.
pub(super) fn standing(tx: &mut Tx) -> Result<Vec<Alarm>> {
    let sql = format!("SELECT {COLUMNS} FROM alarms WHERE ended_at IS NULL ORDER BY began_at, id LIMIT 100");
    tx.query(&sql, &[], alarm)
}

/// The last alarms, newest first, those that stand among them.
pub(in crate::mail) fn lately(tx: &mut Tx, limit: i64) -> Result<Vec<Alarm>> {
    let sql = format!("SELECT {COLUMNS} FROM alarms ORDER BY id DESC LIMIT $1");
    tx.query(&sql, params![limit], alarm)
}

/// Begins an alarm; gives it when it is a new one. One that ended a moment ago goes on, and one that stands already
/// (another node was quicker) is left alone.
pub(super) fn begin(tx: &mut Tx, new: &NewAlarm, now: Moment) -> Result<Option<AlarmId>> {
    let sql = "SELECT id FROM alarms WHERE way = $1 AND place = $2 AND ended_at > $3 ORDER BY ended_at DESC LIMIT 1";
    let lately: Option<AlarmId> = tx.first(sql, params![new.way, new.place, now.plus(-SAME)], |row| row.read())?;
    if let Some(id) = lately {
        let sql = "UPDATE alarms SET ended_at = NULL, cause = $1, said = $2 WHERE id = $3
                     AND NOT EXISTS (SELECT 1 FROM alarms a WHERE a.way = $4 AND a.place = $5 AND a.ended_at IS NULL)";
        tx.execute(sql, params![new.cause, new.said, id, new.way, new.place])?;
        return Ok(None);
    }
    let id: AlarmId = tx.new_id();
    let sql = "INSERT INTO alarms (id, way, place, cause, said, since, began_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT DO NOTHING";
    let begun = tx.execute(sql, params![id, new.way, new.place, new.cause, new.said, new.since, now])?;
    Ok((begun == 1).then_some(id))
}

/// Ends an alarm.
pub(super) fn end(tx: &mut Tx, id: AlarmId, now: Moment) -> Result<()> {
    tx.execute("UPDATE alarms SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL", params![now, id])?;
    Ok(())
}

/// Notes that the operator was written to.
pub(super) fn told(tx: &mut Tx, id: AlarmId, now: Moment) -> Result<()> {
    tx.execute("UPDATE alarms SET told_at = $1 WHERE id = $2", params![now, id])?;
    Ok(())
}
