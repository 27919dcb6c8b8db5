//! Being asked afterwards, what people answered, and what was done about each bad answer.

use std::collections::BTreeMap;

use base::clock::Moment;
use programme::improvement::{ImprovementId, PastFollowUp, Reason};
use programme::survey::{self, Answers, FirstChoice, Lost, Outcome, PastSurvey};
use service::ticket::bulk::Past;
use simulate::Company;
use simulate::improvement::FollowUp;
use simulate::mood::Word;
use simulate::pulse::Turns;
use simulate::survey::{Answer, LostTime, SAMPLED, Survey, Withheld};
use simulate::ticket::{Ticket, TicketId};

use super::people::Cast;
use super::pulses::first_choice;

/// What the surveys of a company are told with.
pub(super) struct Surveys<'c> {
    cast: &'c Cast,
    follow_ups: BTreeMap<TicketId, &'c FollowUp>,
    improvements: &'c [ImprovementId],
    turns: Turns<'c>,
}

impl<'c> Surveys<'c> {
    pub(super) fn new(company: &'c Company, cast: &'c Cast, improvements: &'c [ImprovementId]) -> Self {
        let follow_ups = company.follow_ups().iter().map(|follow_up| (follow_up.ticket, follow_up)).collect();
        Self { cast, follow_ups, improvements, turns: Turns::new(company) }
    }

    /// The survey of a ticket with the follow-up that came of it, and when the last of the survey happened.
    /// The follow-up's origin is left open until the survey has an id.
    pub(super) fn of(&self, ticket: &Ticket, past: &Past) -> Option<(i64, PastSurvey, Option<PastFollowUp>)> {
        let (at, outcome) = match &ticket.survey {
            Survey::NotDue => return None,
            Survey::Withheld { at, why } => (*at, Outcome::Withheld(withheld(*why))),
            Survey::Invited { at, answer } => {
                (*at, Outcome::Asked(answer.as_ref().map(|answer| (Moment(answer.at), self.answers(ticket, answer)))))
            }
        };
        let last = match &ticket.survey {
            Survey::Invited { answer: Some(answer), .. } => answer.at,
            _ => at,
        };
        let written = past.ticket();
        let survey = PastSurvey {
            person: written.person,
            version: Some(self.cast.version(ticket.person, at)),
            object: ("ticket", written.id.0),
            subject: written.subject.clone(),
            service: written.service.clone(),
            view_token: Some(written.view_token.clone()),
            share: SAMPLED,
            at: Moment(at),
            outcome,
        };
        Some((last, survey, self.follow_up(ticket, past)))
    }

    /// What they answered; one of four is also asked where they would go first the next time.
    fn answers(&self, ticket: &Ticket, answer: &Answer) -> Answers {
        let first = ticket.id.0.is_multiple_of(4).then(|| first_choice(self.turns.next(ticket.person, answer.at)));
        answers(answer, first)
    }

    fn follow_up(&self, ticket: &Ticket, past: &Past) -> Option<PastFollowUp> {
        let follow_up = self.follow_ups.get(&ticket.id)?;
        let Survey::Invited { answer: Some(answer), .. } = &ticket.survey else { return None };
        let written = past.ticket();
        Some(PastFollowUp {
            origin: 0,
            person: written.person,
            version: Some(self.cast.version(ticket.person, follow_up.opened)),
            object: ("ticket", written.id.0),
            subject: written.subject.clone(),
            reason: Reason::Unhappy,
            satisfaction: Some(i64::from(answer.satisfaction)),
            emotion: answer.emotion.map(i64::from),
            words: answer.comment.as_ref().map(ToString::to_string).unwrap_or_default(),
            may_contact: may_contact(answer),
            owner: Some(self.cast.id(follow_up.owner)),
            opened_at: Moment(follow_up.opened),
            contacted_at: follow_up.contacted.map(Moment),
            closed_at: follow_up.closed.map(Moment),
            note: follow_up.note.map(str::to_owned),
            improvement: follow_up.improvement.and_then(|place| self.improvements.get(place).copied()),
        })
    }
}

/// Who writes something agrees to be written to.
fn may_contact(answer: &Answer) -> bool {
    answer.comment.is_some()
}

fn answers(answer: &Answer, first: Option<FirstChoice>) -> Answers {
    Answers {
        satisfaction: Some(i64::from(answer.satisfaction)),
        effort: answer.effort.map(i64::from),
        emotion: answer.emotion.map(i64::from),
        word: answer.word.map(word),
        lost: answer.lost.map(lost),
        first,
        comment: answer.comment.as_ref().map(ToString::to_string).unwrap_or_default(),
        may_contact: may_contact(answer),
    }
}

fn withheld(why: Withheld) -> survey::Withheld {
    match why {
        Withheld::CoolDown => survey::Withheld::CoolDown,
        Withheld::SampledOut => survey::Withheld::SampledOut,
        Withheld::NoAddress => survey::Withheld::NoAddress,
        Withheld::OptedOut => survey::Withheld::OptedOut,
        Withheld::Outage => survey::Withheld::Outage,
    }
}

fn word(word: Word) -> survey::Word {
    match word {
        Word::Relieved => survey::Word::Relieved,
        Word::Confident => survey::Word::Confident,
        Word::Respected => survey::Word::Respected,
        Word::Neutral => survey::Word::Neutral,
        Word::Confused => survey::Word::Confused,
        Word::Anxious => survey::Word::Anxious,
        Word::Frustrated => survey::Word::Frustrated,
        Word::Ignored => survey::Word::Ignored,
    }
}

fn lost(lost: LostTime) -> Lost {
    match lost {
        LostTime::None => Lost::None,
        LostTime::UnderQuarter => Lost::UnderQuarter,
        LostTime::UnderHour => Lost::UnderHour,
        LostTime::Hours => Lost::Hours,
        LostTime::HalfDay => Lost::HalfDay,
        LostTime::Days => Lost::Days,
    }
}
