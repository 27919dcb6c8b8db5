//! Every statement about jobs.

use serde::Serialize;

use super::JobId;
use super::model::Job;
use crate::clock::Moment;
use crate::db::{Param, Result, Row, ToParam, Tx, params, placeholders};

const COLUMNS: &str = "id, kind, payload, state, run_at, attempts, leased_until, error, created_at";

fn job(row: &Row) -> Result<Job> {
    Ok(Job {
        id: row.read()?,
        kind: row.read()?,
        payload: row.read()?,
        state: row.read()?,
        run_at: row.read()?,
        attempts: row.read()?,
        leased_until: row.read()?,
        error: row.read()?,
        created_at: row.read()?,
    })
}

/// Puts down a job to be done from `run_at` on, and wakes the runners once this transaction is durable.
///
/// # Panics
/// When the payload cannot be written as JSON (a map with keys that are no text): a mistake in the code.
pub fn enqueue(tx: &mut Tx, kind: &'static str, payload: &impl Serialize, run_at: Moment) -> Result<JobId> {
    let id: JobId = tx.new_id();
    let payload = serde_json::to_string(payload).expect("a job's payload is made of plain fields, which JSON can hold");
    tx.execute(
        "INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at) VALUES ($1, $2, $3, 'ready', $4, 0, $5)",
        params![id, kind, payload, run_at, crate::id::made_at(id.0)],
    )?;
    tx.announce();
    Ok(id)
}

/// Takes the job that has waited longest into hand for `lease` milliseconds: one of `kinds`, or of any kind when there
/// are none given. No two callers get the same one.
pub fn claim(tx: &mut Tx, now: Moment, lease: i64, kinds: &[&str]) -> Result<Option<Job>> {
    let among =
        if kinds.is_empty() { String::new() } else { format!(" AND kind IN ({})", placeholders(3, kinds.len())) };
    // Without the outer condition PostgreSQL would let two workers update the row that both had chosen.
    let sql = format!(
        "UPDATE jobs SET state = 'running', attempts = attempts + 1, leased_until = $1
         WHERE id = (SELECT id FROM jobs WHERE state = 'ready' AND run_at <= $2{among} ORDER BY run_at, id LIMIT 1)
           AND state = 'ready' RETURNING {COLUMNS}"
    );
    let until = now.plus(lease);
    let mut params: Vec<Param> = vec![until.to_param(), now.to_param()];
    params.extend(kinds.iter().map(ToParam::to_param));
    tx.first(&sql, &params, job)
}

/// Makes jobs ready again whose lease has ended: their node died, or lost the database. Gives how many.
pub fn recover(tx: &mut Tx, now: Moment) -> Result<u64> {
    tx.execute(
        "UPDATE jobs SET state = 'ready', leased_until = NULL, error = 'whoever had it in hand did not come back'
         WHERE state = 'running' AND leased_until <= $1",
        params![now],
    )
}

/// Keeps a job in hand until `until`. `false` when the lease had ended and the job is somebody else's.
pub fn renew(tx: &mut Tx, job: &Job, until: Moment) -> Result<bool> {
    let sql = "UPDATE jobs SET leased_until = $1 WHERE id = $2 AND attempts = $3 AND state = 'running'";
    Ok(tx.execute(sql, params![until, job.id, job.attempts])? == 1)
}

/// Deletes a job that is done. `false` when the lease had ended and the job is somebody else's.
pub fn done(tx: &mut Tx, job: &Job) -> Result<bool> {
    let sql = "DELETE FROM jobs WHERE id = $1 AND attempts = $2 AND state = 'running'";
    Ok(tx.execute(sql, params![job.id, job.attempts])? == 1)
}

/// Puts a job back that did not succeed, to be tried at `next_try`; without one it is kept as failed.
/// `false` when the lease had ended and the job is somebody else's.
pub fn fail(tx: &mut Tx, job: &Job, why: &str, next_try: Option<Moment>) -> Result<bool> {
    let state = if next_try.is_some() { "ready" } else { "failed" };
    let sql = "UPDATE jobs SET state = $1, run_at = $2, leased_until = NULL, error = $3
               WHERE id = $4 AND attempts = $5 AND state = 'running'";
    Ok(tx.execute(sql, params![state, next_try.unwrap_or(job.run_at), why, job.id, job.attempts])? == 1)
}

/// Lets a failed job be tried again from `now` on, as if for the first time. `false` when it is not a failed one.
pub fn retry(tx: &mut Tx, id: JobId, now: Moment) -> Result<bool> {
    let sql = "UPDATE jobs SET state = 'ready', run_at = $1, attempts = 0 WHERE id = $2 AND state = 'failed'";
    let found = tx.execute(sql, params![now, id])? == 1;
    tx.announce();
    Ok(found)
}

/// Deletes a failed job that nobody wants any more. `false` when it is not a failed one.
pub fn discard(tx: &mut Tx, id: JobId) -> Result<bool> {
    Ok(tx.execute("DELETE FROM jobs WHERE id = $1 AND state = 'failed'", params![id])? == 1)
}

/// Jobs for the operators' page, at most `limit`: the failed ones first, then by the time they are due.
pub fn list(tx: &mut Tx, limit: i64) -> Result<Vec<Job>> {
    let sql =
        format!("SELECT {COLUMNS} FROM jobs ORDER BY CASE state WHEN 'failed' THEN 0 ELSE 1 END, run_at, id LIMIT $1");
    tx.query(&sql, params![limit], job)
}

/// How many jobs are to be done or in hand, and how many failed for good.
pub fn tally(tx: &mut Tx) -> Result<(i64, i64)> {
    let count = |tx: &mut Tx, state: &str| {
        tx.one("SELECT COUNT(*) FROM jobs WHERE state = $1", params![state], |row| row.read::<i64>())
    };
    Ok((count(tx, "ready")? + count(tx, "running")?, count(tx, "failed")?))
}
