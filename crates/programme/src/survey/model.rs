//! What is asked, what can be answered, and until when. No I/O.

use base::clock::{DAY, Moment};
use ledger::person::PersonId;
use ledger::touchpoint::Source;
use serde_json::{Map, Value, json};

use super::SurveyId;

/// Somebody who was asked can answer for this long.
pub(super) const OPEN_FOR: i64 = 30 * DAY;
/// Somebody who answered can change it for this long.
const AMEND_FOR: i64 = 14 * DAY;
/// The longest comment, characters.
pub(super) const COMMENT: usize = 4_000;

/// Each item of the form and the version of its wording: a changed wording begins a new series.
pub(super) const ITEMS: [(&str, i64); 7] =
    [("satisfaction", 1), ("effort", 1), ("emotion", 1), ("word", 1), ("lost", 1), ("first", 1), ("comment", 1)];

/// Of how many surveys one asks where the person would go first: often enough to know, seldom enough not to nag.
const FIRST_CHOICE: f64 = 0.25;

base::code::define! {
    /// Why somebody was not asked.
    pub enum Withheld {
        /// They were asked a short while ago.
        CoolDown = "cool-down",
        /// They were not drawn.
        SampledOut = "sampled-out",
        /// We have no mail address that works.
        NoAddress = "no-address",
        /// They asked not to be asked.
        OptedOut = "opted-out",
        /// A program said that it is sorted, not a person.
        Machine = "machine",
        /// Many had the same trouble at once, and are asked together later.
        Outage = "outage",
        /// It is their turn for a pulse soon, and one question is enough.
        PulseDue = "pulse-due",
    }
}

base::code::define! {
    /// One word for how it felt.
    pub enum Word {
        /// It is off my shoulders.
        Relieved = "relieved",
        /// I know what to do.
        Confident = "confident",
        /// I was taken seriously.
        Respected = "respected",
        /// Nothing in particular.
        Neutral = "neutral",
        /// I do not understand it.
        Confused = "confused",
        /// It worries me.
        Anxious = "anxious",
        /// It was a fight.
        Frustrated = "frustrated",
        /// Nobody cared.
        Ignored = "ignored",
    }
}

base::code::define! {
    /// Working time that it cost, in classes: never a midpoint to the minute.
    pub enum Lost {
        /// None.
        None = "none",
        /// Under 15 minutes.
        UnderQuarter = "under-quarter",
        /// 15 to 60 minutes.
        UnderHour = "under-hour",
        /// 1 to 4 hours.
        Hours = "hours",
        /// Half a day or more.
        HalfDay = "half-day",
        /// More than a day.
        Days = "days",
    }
}

impl Lost {
    /// The class as a number, 0 to 5.
    pub fn class(self) -> i64 {
        self as i64
    }

    /// The class of a number.
    pub(super) fn of_class(class: i64) -> Option<Self> {
        usize::try_from(class).ok().and_then(|class| Self::ALL.get(class)).copied()
    }
}

base::code::define! {
    /// Where a person would go first the next time something breaks.
    pub enum FirstChoice {
        /// The desk.
        Desk = "desk",
        /// Somebody in IT whom they know.
        Acquaintance = "acquaintance",
        /// A colleague.
        Colleague = "colleague",
        /// They would look it up.
        Search = "search",
        /// They would put up with it.
        Bear = "bear",
    }
}

impl FirstChoice {
    /// As a number, 1 (the desk) to 5.
    pub fn number(self) -> i64 {
        self as i64 + 1
    }

    /// The choice of a number.
    pub(super) fn of_number(number: i64) -> Option<Self> {
        usize::try_from(number - 1).ok().and_then(|place| Self::ALL.get(place)).copied()
    }
}

/// What a person answered; every item can be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// 1 (very unhappy) to 5 (very happy) with how it was handled.
    pub satisfaction: Option<i64>,
    /// 1 to 7: the desk made it easy.
    pub effort: Option<i64>,
    /// Face 1 to 5.
    pub emotion: Option<i64>,
    /// A word for it.
    pub word: Option<Word>,
    /// Working time that it cost.
    pub lost: Option<Lost>,
    /// Where they would go first the next time.
    pub first: Option<FirstChoice>,
    /// One thing that would have made it better, in their words.
    pub comment: String,
    /// They agreed to be written to about it.
    pub may_contact: bool,
}

impl Answers {
    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        let Self { satisfaction, effort, emotion, word, lost, first, comment, .. } = self;
        let is_no_step = satisfaction.or(*effort).or(*emotion).is_none();
        is_no_step && word.is_none() && lost.is_none() && first.is_none() && comment.is_empty()
    }

    /// What the ledger keeps of it.
    pub(super) fn detail(&self, subject: &str) -> Value {
        let mut detail = Map::new();
        let numbers = [
            ("satisfaction", self.satisfaction),
            ("effort", self.effort),
            ("emotion", self.emotion),
            ("lost", self.lost.map(Lost::class)),
            ("first", self.first.map(FirstChoice::number)),
        ];
        for (name, number) in numbers {
            if let Some(number) = number {
                detail.insert(name.to_owned(), json!(number));
            }
        }
        if let Some(word) = self.word {
            detail.insert("word".to_owned(), json!(word));
        }
        if !self.comment.is_empty() {
            detail.insert("comment".to_owned(), json!(self.comment));
        }
        detail.insert("may_contact".to_owned(), json!(self.may_contact));
        detail.insert("subject".to_owned(), json!(subject));
        detail.insert("items".to_owned(), self.items());
        Value::Object(detail)
    }

    /// The version of each item that was answered.
    pub(super) fn items(&self) -> Value {
        let answered = |item: &str| match item {
            "satisfaction" => self.satisfaction.is_some(),
            "effort" => self.effort.is_some(),
            "emotion" => self.emotion.is_some(),
            "word" => self.word.is_some(),
            "lost" => self.lost.is_some(),
            "first" => self.first.is_some(),
            _ => !self.comment.is_empty(),
        };
        let given = ITEMS.iter().filter(|(item, _)| answered(item));
        Value::Object(given.map(|(item, version)| ((*item).to_owned(), json!(version))).collect())
    }
}

/// Somebody who was asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Survey {
    pub(super) id: SurveyId,
    /// Type and id of what it is about.
    pub(super) object: (String, i64),
    pub(super) person: PersonId,
    pub(super) subject: String,
    pub(super) service: Option<String>,
    /// The token of the person's own page of it.
    pub(super) view_token: Option<String>,
    /// Opens the form; empty when the person was not asked.
    pub(super) token: String,
    pub(super) withheld: Option<Withheld>,
    /// Which share of people is drawn.
    pub(super) share: f64,
    /// Whether this person reads the best answer first.
    pub(super) best_first: bool,
    pub(super) decided_at: Moment,
    pub(super) dismissed_at: Option<Moment>,
    pub(super) source: Source,
}

impl Survey {
    /// Until when it can be answered, or the answer changed.
    pub(super) fn open_until(&self, answered_at: Option<Moment>) -> Moment {
        answered_at.map_or_else(|| self.decided_at.plus(OPEN_FOR), |at| at.plus(AMEND_FOR))
    }

    /// Whether it also asks where the person would go first the next time: one of four does, by lot.
    pub(super) fn asks_first_choice(&self) -> bool {
        chance(&format!("first {}", self.id)) < FIRST_CHOICE
    }

    /// Whether it still takes an answer.
    pub(super) fn is_open(&self, answered_at: Option<Moment>, now: Moment) -> bool {
        now <= self.open_until(answered_at)
    }
}

/// A number from 0 to 1 that is always the same for the same words, and looks like chance.
pub(super) fn chance(words: &str) -> f64 {
    let digest = base::id::digest(words);
    let number = u32::from_str_radix(&digest[..8], 16).unwrap_or(0);
    f64::from(number) / (f64::from(u32::MAX) + 1.0)
}

/// Whether this contact is drawn when `share` of all are.
pub(super) fn is_drawn(person: PersonId, object: (&str, i64), share: f64) -> bool {
    chance(&format!("draw {person} {} {}", object.0, object.1)) < share
}

/// Whether this person reads the best answer first: half of all people do, each always.
pub(super) fn reads_best_first(person: PersonId) -> bool {
    chance(&format!("order {person}")) < 0.5
}
