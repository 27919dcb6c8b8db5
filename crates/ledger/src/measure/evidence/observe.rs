//! One observation of a measure at a time: what is released, and what a sample is made of.

use std::collections::BTreeMap;

use super::{
    AGAIN, Answer, Contact, Evidence, First, HEARD, Hope, Life, NEVER, Notice, SECOND, SETTLED, Suggestion, within,
};
use crate::measure::denominator::Denominator;
use crate::measure::period::Period;
use crate::measure::registry::Question;
use crate::measure::sample::{Sample, Who};

/// What was seen once. Whether there is one follows from what was known at the time (`at`), and whether it counts yet
/// (`ripe`) from when it happened, never from how it went: else the number of those that do not count would tell how it
/// went.
#[derive(Debug, Clone, Copy)]
pub(in crate::measure) struct Observation {
    pub at: i64,
    /// From when on it is known how it went.
    pub ripe: i64,
    pub who: Who,
    pub attributes: u32,
    /// The service; 0 is none.
    pub service: u16,
    /// The channel, for observations on contacts and answers; else 0.
    pub channel: u8,
    pub value: Value,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::measure) enum Value {
    Yes(bool),
    /// Milliseconds, and whether it ended.
    Wait(i64, bool),
    Class(u8),
    Number(f64),
    /// It is no observation after all, which was only seen later: the ticket was merged, was never sorted, nobody heeded
    /// the notice. It stays in its group, because groups do not change once they are released.
    Uncounted,
    /// Whether a suggestion was shown, and whether the person came nevertheless.
    Drawn {
        shown: bool,
        came: bool,
    },
}

fn of_hope(hope: &Hope, wanted: bool) -> Observation {
    let value = Value::Yes(hope.fulfilled == wanted);
    let Hope { at, who, attributes, .. } = *hope;
    Observation { at, ripe: at, who, attributes, service: 0, channel: 0, value }
}

fn of_life(life: &Life, value: Value) -> Observation {
    let value = if life.merged { Value::Uncounted } else { value };
    let Life { opened: at, who, attributes, .. } = *life;
    Observation { at, ripe: at, who, attributes, service: 0, channel: 0, value }
}

fn of_answer(answer: &Answer, value: Value) -> Observation {
    let Answer { at, who, attributes, service, channel, .. } = *answer;
    Observation { at, ripe: at, who, attributes, service, channel, value }
}

impl Evidence {
    /// Every observation of a question within the period, in whatever order.
    pub(in crate::measure) fn observe(&self, question: Question, period: Period) -> Vec<Observation> {
        match question {
            Question::Satisfaction => self.given(period, |answer| Some(Value::Yes(answer.satisfaction? >= 4))),
            Question::Effort => self.given(period, |answer| Some(Value::Yes(answer.effort? >= 5))),
            Question::Emotion => self.given(period, |answer| Some(Value::Yes(answer.emotion? >= 4))),
            Question::LostTime => self.given(period, |answer| Some(Value::Class(answer.lost?))),
            Question::FirstChoice => self.given(period, |answer| Some(Value::Yes(answer.first? == 1))),
            Question::ResponseRate => hopes(&self.invitations, period, true),
            Question::InVain => hopes(&self.searches, period, false),
            Question::PromiseKept => hopes(&self.promises, period, true),
            Question::Abandoned => hopes(&self.lines, period, false),
            Question::Told => {
                let all = hopes(&self.raised, period, true).into_iter();
                all.map(|seen| Observation { ripe: seen.at + HEARD, ..seen }).collect()
            }
            Question::Read => {
                let of = |notice: &Notice| {
                    let Notice { at, who, attributes, read, .. } = *notice;
                    let value = Value::Yes(read != NEVER);
                    Observation { at, ripe: at + AGAIN, who, attributes, service: 0, channel: 0, value }
                };
                within(&self.notices, period, |notice| notice.at).map(of).collect()
            }
            Question::Avoided => self.drawn(period),
            Question::Repeat => {
                let of = |contact: &Contact| {
                    let Contact { at, who, attributes, service, channel, next, .. } = *contact;
                    let value = Value::Yes(next <= at + AGAIN);
                    Observation { at, ripe: at + AGAIN, who, attributes, service, channel, value }
                };
                within(&self.contacts, period, |contact| contact.at).map(of).collect()
            }
            Question::FirstAnswer => {
                self.lived(period, |life| Some(self.wait(life, (life.answered != NEVER).then_some(life.answered))))
            }
            Question::Resolution | Question::SlowestTenth => {
                self.lived(period, |life| Some(self.wait(life, life.end())))
            }
            // What is not over yet has no length, and the longest are among those.
            Question::SlowestShare => self.lived(period, |life| {
                let took = life.end().map(|end| Value::Number((end - life.opened) as f64));
                Some(took.unwrap_or(Value::Uncounted))
            }),
            Question::Proper => self.lived(period, |life| Some(Value::Yes(life.proper?))),
            Question::Troubled => self.troubled(period),
            Question::AroundSaid => self.around_said(period),
            Question::AroundFound => self.around_found(period),
            Question::Silent => self.silent(period),
            Question::Returned => self.returned(period),
            Question::Pulsed => hopes(&self.pulsed, period, true),
            Question::Came => {
                let began = within(&self.contacts, period, |contact| contact.at).filter(|own| own.begins);
                let of = |contact: &Contact| {
                    let Contact { at, who, attributes, service, channel, .. } = *contact;
                    Observation { at, ripe: at, who, attributes, service, channel, value: Value::Yes(true) }
                };
                began.map(of).collect()
            }
            Question::OnBehalf => self.lived(period, |life| Some(Value::Yes(life.on_behalf?))),
            Question::SecondUse => {
                let of = |first: &First| {
                    let First { at, next, who, attributes } = *first;
                    let (ripe, value) = (at + SECOND, Value::Yes(next <= at + SECOND));
                    Observation { at, ripe, who, attributes, service: 0, channel: 0, value }
                };
                within(&self.firsts, period, |first| first.at).map(of).collect()
            }
            Question::Warned => {
                let of = |notice: &Notice| {
                    let Notice { at, read, came, who, attributes, service, .. } = *notice;
                    let soon = at + AGAIN;
                    let is_heeded = read <= soon || came <= soon;
                    let value = if is_heeded { Value::Yes(read < came) } else { Value::Uncounted };
                    Observation { at, ripe: soon, who, attributes, service, channel: 0, value }
                };
                let on_a_service = within(&self.notices, period, |notice| notice.at).filter(|own| own.service != 0);
                on_a_service.map(of).collect()
            }
            Question::FirstContact => {
                let all = self.lived(period, |life| Some(Value::Yes(self.was_once_enough(life))));
                all.into_iter().map(|seen| Observation { ripe: seen.at + SETTLED, ..seen }).collect()
            }
            Question::Reopened => self.lived(period, |life| {
                let is_sorted = life.sorted != NEVER || life.reopened != NEVER;
                Some(if is_sorted { Value::Yes(life.returns > 0) } else { Value::Uncounted })
            }),
            Question::HandOvers => {
                self.lived(period, |life| Some(Value::Number(f64::from(life.taken.saturating_sub(1)))))
            }
            Question::NeedMet => {
                let needed = within(&self.lives, period, |life| life.opened).filter(|life| life.needed != NEVER);
                // Sorted for good by the time at which it was needed; what is still open when that time has passed was not.
                let of = |life: &Life| {
                    let met = Value::Yes(life.end().is_some_and(|end| end <= life.needed));
                    Observation { ripe: life.needed, ..of_life(life, met) }
                };
                needed.map(of).collect()
            }
            // A table has its own answers; the ledger has none.
            Question::Table => Vec::new(),
        }
    }

    fn given(&self, period: Period, value: impl Fn(&Answer) -> Option<Value>) -> Vec<Observation> {
        let answers = within(&self.answers, period, |answer| answer.at);
        answers.filter_map(|answer| Some(of_answer(answer, value(answer)?))).collect()
    }

    fn lived(&self, period: Period, value: impl Fn(&Life) -> Option<Value>) -> Vec<Observation> {
        let lives = within(&self.lives, period, |life| life.opened);
        lives.filter_map(|life| Some(of_life(life, value(life)?))).collect()
    }

    fn wait(&self, life: &Life, end: Option<i64>) -> Value {
        Value::Wait(end.unwrap_or(self.now) - life.opened, end.is_some())
    }

    /// The person says yes, nothing came back, and there was no further contact until a week after the yes. A yes whose
    /// quiet week is not over is none yet.
    fn was_once_enough(&self, life: &Life) -> bool {
        let quiet_until = life.confirmed.saturating_add(AGAIN);
        life.confirmed != NEVER && life.returns == 0 && self.next_after(life) > quiet_until && quiet_until <= self.now
    }

    /// The next contact of a ticket's person on its service after it was opened.
    fn next_after(&self, life: &Life) -> i64 {
        life.contact.checked_sub(1).map_or(NEVER, |place| self.contacts[place as usize].next)
    }

    /// By hold-out: whether a suggestion was shown or withheld, and whether the person came to the desk within a week.
    /// What giving up or another way to the desk looks like does not count as avoided.
    fn drawn(&self, period: Period) -> Vec<Observation> {
        let of = |due: &Suggestion| {
            let Suggestion { at, next, who, attributes, shown, .. } = *due;
            let value = Value::Drawn { shown, came: next <= at + AGAIN };
            Observation { at, ripe: at + AGAIN, who, attributes, service: 0, channel: 0, value }
        };
        within(&self.suggestions, period, |due| due.at).map(of).collect()
    }
}

/// Each hope of a period: fulfilled or not.
fn hopes(list: &[Hope], period: Period, wanted: bool) -> Vec<Observation> {
    within(list, period, |hope| hope.at).map(|hope| of_hope(hope, wanted)).collect()
}

/// The sample of a question that these observations make.
pub(in crate::measure) fn sample_of<'o>(
    question: Question,
    observed: impl IntoIterator<Item = &'o Observation>,
) -> Sample {
    let of = question.denominator();
    let observed = observed.into_iter();
    match question {
        Question::FirstAnswer | Question::Resolution | Question::SlowestTenth => {
            let waits = observed.filter_map(|seen| match seen.value {
                Value::Wait(span, ended) => Some((seen.who, span, ended)),
                _ => None,
            });
            if question == Question::SlowestTenth { Sample::slowest(of, waits) } else { Sample::spans(of, waits) }
        }
        Question::LostTime => {
            let classes = observed.filter_map(|seen| match seen.value {
                Value::Class(class) => Some((seen.who, class)),
                _ => None,
            });
            Sample::classes(of, classes)
        }
        Question::HandOvers | Question::SlowestShare => {
            let numbers = observed.filter_map(|seen| match seen.value {
                Value::Number(number) => Some((seen.who, number)),
                _ => None,
            });
            if question == Question::SlowestShare { Sample::top(of, numbers) } else { Sample::events(of, numbers) }
        }
        Question::Avoided => {
            let (mut with, mut without) = (Vec::new(), Vec::new());
            for seen in observed {
                if let Value::Drawn { shown, came } = seen.value {
                    if shown { &mut with } else { &mut without }.push((seen.who, came));
                }
            }
            Sample::difference(of, without, with)
        }
        // The other list is told afterwards, as it is of other observations.
        Question::AroundFound => Sample::lists(of, yeses(observed)),
        // People, whatever number of times they raised something: told after each of them, or not.
        Question::Told => {
            let mut people: BTreeMap<Who, bool> = BTreeMap::new();
            for (who, yes) in yeses(observed) {
                let told = people.entry(who).or_insert(true);
                *told = *told && yes;
            }
            Sample::share(of, people)
        }
        _ => Sample::share(of, yeses(observed)),
    }
}

fn yeses<'o>(observed: impl Iterator<Item = &'o Observation>) -> impl Iterator<Item = (Who, bool)> {
    observed.filter_map(|seen| match seen.value {
        Value::Yes(yes) => Some((seen.who, yes)),
        _ => None,
    })
}

impl Question {
    /// What the observations of it are a part of.
    pub(in crate::measure) fn denominator(self) -> Denominator {
        match self {
            Self::Satisfaction | Self::Effort | Self::Emotion | Self::LostTime | Self::FirstChoice => {
                Denominator::Answers
            }
            Self::ResponseRate | Self::Pulsed => Denominator::Invitations,
            Self::Troubled => Denominator::Pulses,
            Self::AroundSaid | Self::AroundFound | Self::Silent => Denominator::Troubles,
            Self::Returned => Denominator::TroublesAfter,
            Self::InVain => Denominator::Searches,
            Self::Read => Denominator::SettledNotices,
            Self::Avoided => Denominator::SettledSuggestions,
            Self::PromiseKept => Denominator::Promises,
            Self::Abandoned => Denominator::Lines,
            Self::NeedMet => Denominator::Needs,
            Self::Told => Denominator::Raisers,
            Self::FirstAnswer | Self::Resolution | Self::SlowestTenth | Self::HandOvers => Denominator::Tickets,
            Self::FirstContact => Denominator::SettledTickets,
            Self::Reopened | Self::SlowestShare => Denominator::SortedTickets,
            Self::Warned => Denominator::Heeded,
            Self::OnBehalf | Self::Proper => Denominator::Written,
            Self::SecondUse => Denominator::Newcomers,
            Self::Repeat | Self::Came => Denominator::SettledContacts,
            Self::Table => Denominator::Rows,
        }
    }

    /// The question whose observations stand beside those of this one: of whom it was asked, as some do not answer, or
    /// the other list.
    pub(in crate::measure) fn beside(self) -> Option<Self> {
        match self {
            Self::Satisfaction | Self::Effort | Self::Emotion | Self::LostTime => Some(Self::ResponseRate),
            Self::Troubled => Some(Self::Pulsed),
            Self::AroundFound => Some(Self::Came),
            _ => None,
        }
    }
}
