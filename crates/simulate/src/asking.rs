//! Asking afterwards: who is invited, who answers and what, and what is done about a bad answer.

use crate::calendar::{Calendar, DAY, HOUR};
use crate::desk::hours;
use crate::dice::Dice;
use crate::improvement::{FollowUp, Improvement, NOTES, Raiser};
use crate::life::{Arising, Life};
use crate::mood::{self, Mood};
use crate::person::{Language, Person, Role};
use crate::phrases::{self, About};
use crate::places::Department;
use crate::survey::{Answer, COOL_DOWN_DAYS, LostTime, SAMPLED, Silent, Survey, Withheld};
use crate::ticket::{NeededBy, TicketId};

impl Life<'_> {
    pub(crate) fn survey(
        &mut self,
        id: TicketId,
        need: &Arising,
        over: i64,
        mood: Mood,
        lived: &mood::Experience,
        outage: bool,
    ) -> Survey {
        let person = &self.people[need.person.0 as usize];
        let at = self.calendar.opens(person.site, hours(person), over + self.dice.whole(1, 20) * HOUR);
        if at >= self.settings.end {
            return Survey::NotDue;
        }
        self.satisfied.count(mood.satisfaction >= 4);
        let nature = &mut self.natures[need.person.0 as usize];
        let why = if outage {
            Some(Withheld::Outage)
        } else if person.email.is_none() {
            Some(Withheld::NoAddress)
        } else if nature.opted_out {
            Some(Withheld::OptedOut)
        } else if at - nature.asked < COOL_DOWN_DAYS * DAY {
            Some(Withheld::CoolDown)
        } else if !self.dice.chance(SAMPLED) {
            Some(Withheld::SampledOut)
        } else {
            None
        };
        if let Some(why) = why {
            self.silent.push(Silent { ticket: id, mood });
            return Survey::Withheld { at, why };
        }
        nature.asked = at;
        let answered = at + (9.0 * self.dice.spread() * HOUR as f64) as i64;
        if !self.dice.chance(self.ways.answer_chance[mood.satisfaction as usize - 1]) || answered >= self.settings.end {
            self.silent.push(Silent { ticket: id, mood });
            return Survey::Invited { at, answer: None };
        }
        self.satisfied_among_answers.count(mood.satisfaction >= 4);
        let answer = self.answer(id, need, answered, mood, lived);
        Survey::Invited { at, answer: Some(answer) }
    }

    fn answer(&mut self, id: TicketId, need: &Arising, at: i64, mood: Mood, lived: &mood::Experience) -> Answer {
        let language = self.people[need.person.0 as usize].language;
        let dice = &mut self.dice;
        let bad = mood.satisfaction <= 2;
        let talks = match mood.satisfaction {
            1 => 0.75,
            2 => 0.6,
            3 => 0.3,
            4 => 0.12,
            _ => 0.25,
        };
        let (mut comment, mut raises) = (None, None);
        if dice.chance(talks) {
            let about = match mood.satisfaction {
                4.. => About::Good,
                _ if !lived.solved => About::Unsolved,
                _ if lived.hand_overs > 1 => About::PassedAround,
                _ if lived.chasers > 0 => About::Chasing,
                _ if lived.wait_steps() >= 2.0 => About::Waiting,
                _ => About::Middling,
            };
            comment = Some(phrases::comment(language, about, dice).into());
        }
        // Wishes are uttered in bad moods mostly, but not only.
        let wishes = [0.6, 0.55, 0.45, 0.3, 0.1][mood.satisfaction as usize - 1];
        if dice.chance(wishes) {
            let fits = |i: &Improvement| {
                let open = i.decided.is_none_or(|decided| at < decided) || i.done.is_some_and(|done| at < done);
                let theme = match i.story.key {
                    "tell-me-when" => bad && lived.chasers > 0,
                    "weekend-desk" => bad && self.people[need.person.0 as usize].department == Department::Production,
                    _ => need.situation.key.starts_with(i.story.about),
                };
                open && theme
            };
            let fitting: Vec<usize> = (0..self.improvements.len()).filter(|&i| fits(&self.improvements[i])).collect();
            if !fitting.is_empty() {
                let which = dice.pick(&fitting);
                let (en, de) = dice.pick(self.improvements[which].story.said);
                comment = Some(match language {
                    Language::En => en.into(),
                    Language::De => de.into(),
                });
                raises = Some(which);
                self.improvements[which].raisers.push(Raiser { person: need.person, ticket: id, at });
            }
        }
        // Two taps: satisfaction always, and one of three others in turn.
        let turn = dice.below(3);
        let answer = Answer {
            at,
            satisfaction: mood.satisfaction,
            effort: (turn == 0 || dice.chance(0.25)).then_some(mood.effort),
            emotion: (turn == 1 || dice.chance(0.25)).then_some(mood.emotion),
            word: (turn == 1 && dice.chance(0.7)).then_some(mood.word),
            lost: (turn == 2 || dice.chance(0.25)).then(|| lost(lived, dice)),
            comment,
            raises,
        };
        if bad {
            self.follow_up(id, at, raises);
        }
        answer
    }

    fn follow_up(&mut self, ticket: TicketId, at: i64, improvement: Option<usize>) {
        let leads: Vec<&Person> = self.people.iter().filter(|person| person.role == Role::Lead).collect();
        let owner = self.dice.pick(&leads);
        let end = self.settings.end;
        let later = |calendar: &Calendar, hours: f64| {
            let at = calendar.opens(owner.site, crate::calendar::DESK, at + (hours * HOUR as f64) as i64);
            (at < end).then_some(at)
        };
        let contacted = later(self.calendar, 10.0 * self.dice.spread());
        let closed = contacted.and_then(|_| later(self.calendar, 100.0 + 30.0 * self.dice.spread()));
        let note = contacted.map(|_| self.dice.pick(&NOTES));
        self.follow_ups.push(FollowUp { ticket, owner: owner.id, opened: at, contacted, closed, note, improvement });
    }
}

fn lost(lived: &mood::Experience, dice: &mut Dice) -> LostTime {
    let hindered = match lived.needed_by {
        NeededBy::Now => 0.5,
        NeededBy::Today => 0.18,
        NeededBy::ThisWeek => 0.03,
        NeededBy::NoHurry => 0.005,
    };
    let minutes = lived.hours.min(48.0) * 60.0 * hindered * dice.spread().min(3.0);
    match minutes as u32 {
        0..3 => LostTime::None,
        3..15 => LostTime::UnderQuarter,
        15..60 => LostTime::UnderHour,
        60..240 => LostTime::Hours,
        240..480 => LostTime::HalfDay,
        _ => LostTime::Days,
    }
}
