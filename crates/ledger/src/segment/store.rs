//! Every statement about segments.

use base::clock::Moment;
use base::db::{Result, Row, Tx, params};

use super::{Rule, SegmentId};

/// A segment as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Which one.
    pub id: SegmentId,
    /// What people call it.
    pub name: String,
    /// Who belongs.
    pub rule: Rule,
    /// How they like to be helped, in words.
    pub style: String,
}

const COLUMNS: &str = "id, name, rule, style";

fn segment(row: &Row) -> Result<Segment> {
    let (id, name, rule, style) = (row.read()?, row.read()?, row.read::<String>()?, row.read()?);
    // A rule that cannot be read must not become "everybody": nobody has an attribute without a name.
    let rule = Rule::parse(&rule).unwrap_or_else(|_| Rule::everybody().with("", ""));
    Ok(Segment { id, name, rule, style })
}

/// All segments by name.
pub fn list(tx: &mut Tx) -> Result<Vec<Segment>> {
    tx.query(&format!("SELECT {COLUMNS} FROM segments ORDER BY name, id"), &[], segment)
}

/// The segment of this id.
pub fn find(tx: &mut Tx, id: SegmentId) -> Result<Option<Segment>> {
    tx.first(&format!("SELECT {COLUMNS} FROM segments WHERE id = $1"), params![id], segment)
}

/// Stores a segment.
///
/// # Errors
/// [`base::db::Error::Taken`] when there is one of this name.
pub fn insert(tx: &mut Tx, name: &str, rule: &Rule, style: &str, now: Moment) -> Result<SegmentId> {
    let id: SegmentId = tx.new_id();
    let rule = serde_json::to_string(rule).unwrap_or_default();
    let sql = "INSERT INTO segments (id, name, rule, style, created_at) VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, params![id, name.trim(), rule, style, now])?;
    Ok(id)
}
