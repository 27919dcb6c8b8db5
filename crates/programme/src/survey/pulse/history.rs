//! Pulses of the past, written in bulk: for the demo and for imports. No letter is posted.

use base::clock::Moment;
use base::db::{Result, Tx};
use ledger::person::PersonId;
use ledger::touchpoint::{self, Channel, Draft, Source};
use serde_json::json;

use super::{Said, kinds, store, turn};
use crate::survey::SurveyId;
use crate::survey::model::{Survey, Withheld};
use crate::survey::offer::about;
use crate::survey::store as surveys;

/// A turn of the past.
#[derive(Debug, Clone, PartialEq)]
pub struct PastPulse {
    /// Whose.
    pub person: PersonId,
    /// The version of their attributes that held then, if known.
    pub version: Option<i64>,
    /// When.
    pub at: Moment,
    /// In how many weeks everybody had their turn.
    pub weeks: u32,
    /// Why they were not asked, or what they answered, if anything.
    pub outcome: std::result::Result<Option<(Moment, Said)>, Withheld>,
}

/// Writes turns, answers and their touchpoints, in as few statements as there are tables.
pub fn import(tx: &mut Tx, past: &[PastPulse], source: Source) -> Result<()> {
    let surveys: Vec<Survey> = past
        .iter()
        .map(|past| turn(tx.new_id(), past.person, past.person, past.outcome.err(), past.at, source))
        .collect();
    surveys::insert_many(tx, &surveys)?;
    let mut drafts = Vec::with_capacity(past.len() * 2);
    let mut given: Vec<(SurveyId, Moment, Said)> = Vec::new();
    for (past, survey) in past.iter().zip(&surveys) {
        let mut add = |draft: Draft| drafts.push((about(survey, draft).source(source), past.version));
        match past.outcome {
            Err(reason) => {
                add(Draft::of(&kinds::WITHHELD, past.at, Channel::Survey).detail(json!({ "reason": reason })));
            }
            Ok(answer) => {
                add(Draft::of(&kinds::INVITED, past.at, Channel::Survey).detail(json!({ "weeks": past.weeks })));
                if let Some((at, said)) = answer {
                    add(Draft::of(&kinds::ANSWERED, at, Channel::Survey).detail(said.detail()));
                    given.push((survey.id, at, said));
                }
            }
        }
    }
    store::insert_many(tx, &given, source)?;
    touchpoint::record_many(tx, &drafts).map(drop)
}
