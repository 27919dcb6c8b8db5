//! Surveys of the past, written in bulk: for the demo and for imports. No letter is posted.

use std::collections::BTreeMap;

use base::clock::Moment;
use base::db::{Result, Tx};
use ledger::person::PersonId;
use ledger::touchpoint::{self, Channel, Draft, Source};
use serde_json::json;

use super::model::{Answers, Survey, Withheld, reads_best_first};
use super::offer::about;
use super::{SurveyId, kinds, store};

/// What became of asking somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// They were not asked.
    Withheld(Withheld),
    /// They were asked, and perhaps answered.
    Asked(Option<(Moment, Answers)>),
}

/// A survey of the past.
#[derive(Debug, Clone, PartialEq)]
pub struct PastSurvey {
    /// Who.
    pub person: PersonId,
    /// The version of their attributes that held then, if known.
    pub version: Option<i64>,
    /// Type and id of what it was about: `("ticket", 42)`. Each has one survey.
    pub object: (&'static str, i64),
    /// What that was, in words.
    pub subject: String,
    /// The service concerned.
    pub service: Option<String>,
    /// The token of the person's own page of it, so that the form appears there.
    pub view_token: Option<String>,
    /// Which share of contacts was drawn, 0 to 1.
    pub share: f64,
    /// When it was decided.
    pub at: Moment,
    /// What came of it.
    pub outcome: Outcome,
}

/// Writes surveys, responses and their touchpoints, in as few statements as there are tables; gives the ids in order.
/// Best called with some thousand at a time, in the order of time: the last feeling of each person stands with them.
pub fn import(tx: &mut Tx, past: &[PastSurvey], source: Source) -> Result<Vec<SurveyId>> {
    let surveys: Vec<Survey> = past.iter().map(|past| survey_of(tx, past, source)).collect();
    store::insert_many(tx, &surveys)?;
    let mut drafts = Vec::with_capacity(past.len() * 2);
    let mut responses = Vec::new();
    let mut felt: BTreeMap<PersonId, i64> = BTreeMap::new();
    for (past, survey) in past.iter().zip(&surveys) {
        let mut add = |draft: Draft| drafts.push((about(survey, draft).source(source), past.version));
        let detail = match past.outcome {
            Outcome::Withheld(reason) => json!({ "reason": reason, "share": past.share }),
            Outcome::Asked(_) => {
                json!({ "subject": past.subject, "share": past.share, "best_first": survey.best_first })
            }
        };
        match &past.outcome {
            Outcome::Withheld(_) => add(Draft::of(&kinds::WITHHELD, past.at, Channel::Survey).detail(detail)),
            Outcome::Asked(answer) => {
                add(Draft::of(&kinds::INVITED, past.at, Channel::Survey).detail(detail));
                if let Some((at, answers)) = answer {
                    let detail = answers.detail(&past.subject);
                    add(Draft::of(&kinds::ANSWERED, *at, Channel::Survey).detail(detail));
                    responses.push((survey.id, *at, answers));
                    felt.extend(answers.emotion.map(|felt| (past.person, felt)));
                }
            }
        }
    }
    store::insert_responses(tx, &responses, source)?;
    touchpoint::record_many(tx, &drafts)?;
    store::set_felt(tx, &felt.into_iter().collect::<Vec<_>>())?;
    Ok(surveys.iter().map(|survey| survey.id).collect())
}

fn survey_of(tx: &Tx, past: &PastSurvey, source: Source) -> Survey {
    let withheld = match past.outcome {
        Outcome::Withheld(reason) => Some(reason),
        Outcome::Asked(_) => None,
    };
    Survey {
        id: tx.new_id(),
        object: (past.object.0.to_owned(), past.object.1),
        person: past.person,
        subject: past.subject.clone(),
        service: past.service.clone(),
        view_token: past.view_token.clone(),
        token: if withheld.is_some() { String::new() } else { base::id::token() },
        withheld,
        share: past.share,
        best_first: reads_best_first(past.person),
        decided_at: past.at,
        dismissed_at: None,
        source,
    }
}
