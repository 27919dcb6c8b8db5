//! What a job is.

use serde::de::DeserializeOwned;

use super::JobId;
use crate::clock::Moment;

crate::code::define! {
    /// Where a job is on its way. One that was done is gone.
    pub enum State {
        /// To be done from `run_at` on.
        Ready = "ready",
        /// Somebody has it in hand until its lease ends.
        Running = "running",
        /// Given up; `error` says why. An operator may try it again.
        Failed = "failed",
    }
}

/// A job as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which one.
    pub id: JobId,
    /// What is to be done: an imperative, such as `deliver_reply`.
    pub kind: String,
    /// With what, as JSON; see [`Job::payload`].
    pub payload: String,
    /// Where it is.
    pub state: State,
    /// Not before this.
    pub run_at: Moment,
    /// How often it was begun, this time included. Also tells one claim from the next.
    pub attempts: i64,
    /// Until when whoever has it may keep it.
    pub leased_until: Option<Moment>,
    /// Why it did not succeed the last time.
    pub error: Option<String>,
    /// When it was put down.
    pub created_at: Moment,
}

impl Job {
    /// What was enqueued.
    ///
    /// # Errors
    /// When it has another shape, told in a sentence for the operators' page.
    pub fn payload<P: DeserializeOwned>(&self) -> Result<P, String> {
        payload(&self.kind, &self.payload)
    }
}

pub(super) fn payload<P: DeserializeOwned>(kind: &str, text: &str) -> Result<P, String> {
    serde_json::from_str(text).map_err(|error| {
        format!("the job {kind} cannot read its payload ({error}): it was enqueued by another version of the program")
    })
}
