//! The desk at work: who takes a ticket, when, and the story it becomes.
//!
//! Agents are a queue: whoever is free first takes the next ticket, so waits grow with the load by themselves, and
//! a flood is felt for days.

use crate::calendar::{Calendar, DAY, DESK, HOUR, Hours, MINUTE, OFFICE, SHIFTS};
use crate::dice::Dice;
use crate::mood::Experience;
use crate::person::{Person, PersonId, Role};
use crate::phrases::{self, Details};
use crate::places::{Department, Site, Team};
use crate::situations::{Situation, Who};
use crate::ticket::{Channel, Event, NeededBy, What};
use crate::{Text, situations};

/// A minute of work on a ticket takes this many of an agent's day: meetings, projects, coffee, other people's doors.
const OTHER_DUTIES: f64 = 2.4;
/// The last days: half the desk has a cold, and what comes in piles up.
const WITH_A_COLD: f64 = 4.6;
const DAYS_OF_COLDS: i64 = 9;

#[derive(Clone, Copy)]
struct Agent {
    person: PersonId,
    team: Team,
    site: Site,
    name: &'static str,
    free: i64,
}

pub(crate) struct Desk {
    agents: Vec<Agent>,
    thin_from: i64,
}

/// What a story needs to know about its ticket.
pub(crate) struct Opening<'a> {
    pub(crate) person: &'a Person,
    pub(crate) situation: &'static Situation,
    pub(crate) details: &'a Details,
    pub(crate) channel: Channel,
    pub(crate) needed_by: NeededBy,
    pub(crate) opened: i64,
    pub(crate) proper: bool,
    pub(crate) searched_in_vain: bool,
    /// When everything works again, for a ticket that an outage caused.
    pub(crate) outage_ends: Option<i64>,
}

/// A ticket's events (uncut), and what the person lived through.
pub(crate) struct Story {
    pub(crate) events: Vec<Event>,
    pub(crate) lived: Experience,
    /// When it was over for the person.
    pub(crate) over: i64,
    pub(crate) first_agent: PersonId,
}

pub(crate) fn hours(person: &Person) -> Hours {
    match person.department {
        Department::Production | Department::Logistics => SHIFTS,
        _ => OFFICE,
    }
}

impl Desk {
    pub(crate) fn new(people: &[Person], end: i64) -> Self {
        let agents = people
            .iter()
            .filter_map(|person| match person.role {
                Role::Agent(team) => {
                    Some(Agent { person: person.id, team, site: person.site, name: person.given, free: i64::MIN / 2 })
                }
                _ => None,
            })
            .collect();
        Self { agents, thin_from: end - DAYS_OF_COLDS * DAY }
    }

    /// The agent of the team who is free first, and since when.
    fn next(&self, team: Team, at: i64, calendar: &Calendar) -> (usize, i64) {
        let free = |index: &usize| self.agents[*index].free.max(at);
        let best = (0..self.agents.len())
            .filter(|index| self.agents[*index].team == team)
            .min_by_key(free)
            .unwrap_or_default();
        (best, calendar.opens(self.agents[best].site, DESK, free(&best)))
    }

    /// Minutes that somebody who calls now would wait for an agent.
    pub(crate) fn queue_minutes(&self, team: Team, at: i64, calendar: &Calendar) -> i64 {
        (self.next(team, at, calendar).1 - at) / MINUTE
    }

    /// When work that begins at `from` is done. It takes room in the agent's days from `now` on, not from `from`:
    /// what lies idle until then is filled with other tickets.
    fn work(&mut self, agent: usize, now: i64, from: i64, minutes: f64, calendar: &Calendar) -> i64 {
        let Agent { site, free, .. } = self.agents[agent];
        let effort = (minutes * MINUTE as f64) as i64;
        let duties = if now < self.thin_from { OTHER_DUTIES } else { WITH_A_COLD };
        let room = (effort as f64 * duties) as i64;
        self.agents[agent].free = calendar.after(site, DESK, free.max(now), room);
        calendar.after(site, DESK, from, effort)
    }

    /// Everything that happens to a ticket, as if time had no end.
    pub(crate) fn story(&mut self, opening: &Opening<'_>, calendar: &Calendar, dice: &mut Dice) -> Story {
        let own = opening.situation.service.info().team;
        let straight = match opening.channel {
            Channel::Portal if opening.proper => 0.95,
            Channel::Portal => 0.8,
            _ => 0.7,
        };
        let first = if dice.chance(straight) { own } else { Team::FirstLine };
        let (agent, starts) = self.next(first, opening.opened, calendar);
        let mut telling = Telling {
            desk: self,
            opening,
            calendar,
            events: Vec::with_capacity(8),
            agent,
            at: opening.opened,
            heard: opening.opened,
            hand_overs: 0,
            chasers: 0,
            questions: 0,
            words: match opening.person.language {
                crate::person::Language::En => &opening.situation.en,
                crate::person::Language::De => &opening.situation.de,
            },
        };
        // Somebody picks it up on the way to starting with it.
        let wait = (starts - opening.opened) as f64;
        telling.at = opening.opened + (wait * dice.between(0.4, 1.0)) as i64 + MINUTE;
        telling.at = telling.at.min(starts.max(opening.opened + MINUTE));
        let first_agent = telling.desk.agents[agent].person;
        telling.push(What::Assigned { agent: first_agent, team: first });
        telling.at = starts.max(telling.at);
        match opening.outage_ends {
            Some(ends) => telling.outage(ends, dice),
            None => telling.ordinary(first != own, own, dice),
        }
        telling.ending(first_agent, dice)
    }
}

struct Telling<'a> {
    desk: &'a mut Desk,
    opening: &'a Opening<'a>,
    calendar: &'a Calendar,
    events: Vec<Event>,
    agent: usize,
    at: i64,
    /// When the person last heard something.
    heard: i64,
    hand_overs: u32,
    chasers: u32,
    questions: u32,
    words: &'static situations::Words,
}

impl Telling<'_> {
    fn push(&mut self, what: What) {
        self.events.push(Event { at: self.at, what });
    }

    fn agent(&self) -> PersonId {
        self.desk.agents[self.agent].person
    }

    fn works(&mut self, minutes: f64) {
        self.at = self.desk.work(self.agent, self.opening.opened, self.at, minutes, self.calendar);
    }

    /// The person runs out of patience when they hear nothing for too long.
    fn silence(&mut self, until: i64, dice: &mut Dice) {
        let patience = self.opening.needed_by.hours() * dice.between(0.8, 2.5) + 2.0;
        let person = self.opening.person;
        let mut next = self.heard + (patience * HOUR as f64) as i64;
        while self.chasers < 4 && next < until && dice.chance(0.36) {
            let at = self.calendar.opens(person.site, hours(person), next) + dice.whole(0, 90) * MINUTE;
            if at >= until {
                break;
            }
            let text = phrases::chaser(person.language, self.chasers > 0, dice).into();
            self.events.push(Event { at, what: What::Chased { text } });
            self.chasers += 1;
            next = at + (patience * HOUR as f64) as i64;
        }
    }

    fn says(&mut self, matter: &Text, dice: &mut Dice) {
        self.silence(self.at, dice);
        let name = self.desk.agents[self.agent].name;
        let text = phrases::reply(self.opening.person, name, matter, dice);
        let agent = self.agent();
        self.push(What::Replied { agent, text });
        self.heard = self.at;
    }

    fn person_answers(&mut self, text: Text, hours_later: f64) {
        let person = self.opening.person;
        self.at += (hours_later * HOUR as f64) as i64;
        self.at = self.calendar.opens(person.site, hours(person), self.at);
        self.heard = self.at;
        self.push(What::Said { text });
    }

    /// Back to the agent, who may be busy by now.
    fn resumes(&mut self, dice: &mut Dice) {
        self.at += MINUTE;
        self.push(What::Resumed);
        let busy = self.desk.agents[self.agent].free;
        // Things in hand come before new ones, mostly.
        let start = if dice.chance(0.6) { self.at + dice.whole(5, 60) * MINUTE } else { self.at.max(busy) };
        self.at = self.calendar.opens(self.desk.agents[self.agent].site, DESK, start);
    }

    fn hand_over(&mut self, team: Team, told: bool, dice: &mut Dice) {
        let language = self.opening.person.language;
        if told {
            self.says(&phrases::passing_on(language, dice).into(), dice);
        }
        let from = self.agent();
        self.push(What::Noted { agent: from, text: phrases::note(true, dice).into() });
        let (agent, starts) = self.desk.next(team, self.at, self.calendar);
        self.agent = agent;
        self.at += MINUTE;
        let to = self.agent();
        self.push(What::HandedOver { from, to, team });
        self.at = starts.max(self.at) + dice.whole(5, 90) * MINUTE;
        self.at = self.calendar.opens(self.desk.agents[self.agent].site, DESK, self.at);
        self.hand_overs += 1;
    }

    fn outage(&mut self, ends: i64, dice: &mut Dice) {
        self.works(4.0);
        let matter = match self.opening.person.language {
            crate::person::Language::En => {
                "It is not you: the line in Lisbon is down. We are on it with the provider, and the notice in the portal is renewed as soon as we know more."
            }
            crate::person::Language::De => {
                "Es liegt nicht an Ihnen: Die Leitung in Lissabon ist gestört. Wir sind mit dem Anbieter dran, der Hinweis im Portal wird laufend erneuert."
            }
        };
        self.says(&matter.into(), dice);
        self.push(What::WaitsForOthers(situations::Party::Carrier));
        self.at = ends.max(self.at) + dice.whole(10, 100) * MINUTE;
        self.at = self.calendar.opens(self.desk.agents[self.agent].site, DESK, self.at);
        self.push(What::Resumed);
        self.works(2.0);
    }

    fn ordinary(&mut self, misplaced: bool, own: Team, dice: &mut Dice) {
        let situation = self.opening.situation;
        let language = self.opening.person.language;
        let effort = f64::from(situation.minutes) * dice.spread().min(5.0);
        if misplaced {
            self.works((effort * 0.2).clamp(3.0, 20.0));
            let told = dice.chance(0.6);
            self.hand_over(own, told, dice);
        }
        let asks = if self.opening.proper { 0.12 } else { 0.42 };
        if dice.chance(asks) {
            self.works((effort * 0.2).clamp(3.0, 15.0));
            self.says(&self.opening.details.fill(self.words.ask), dice);
            self.push(What::WaitsForPerson);
            self.questions += 1;
            if dice.chance(0.12) {
                // Never answered; closed in the ending.
                self.at += 8 * DAY;
                self.at = self.calendar.opens(self.desk.agents[self.agent].site, DESK, self.at);
                return;
            }
            self.person_answers(self.opening.details.fill(self.words.answer), 4.0 * dice.spread());
            self.resumes(dice);
        } else if effort > 25.0 && dice.chance(0.45) {
            self.works(3.0);
            self.says(&phrases::taken(language, dice).into(), dice);
        }
        if dice.chance(0.2) {
            let agent = self.agent();
            self.at += 2 * MINUTE;
            self.push(What::Noted { agent, text: phrases::note(false, dice).into() });
        }
        // The other team after all, and sometimes back again.
        let passes = if situation.who == Who::Customers { 0.06 } else { 0.09 };
        let mut times = 0;
        while times < 3 && dice.chance(if times == 0 { passes } else { 0.28 }) {
            let others = Team::ALL.map(|team| u32::from(team != self.desk.agents[self.agent].team));
            self.works((effort * 0.25).clamp(3.0, 25.0));
            let team = Team::ALL[dice.weighted(&others)];
            let told = dice.chance(0.5);
            self.hand_over(team, told, dice);
            times += 1;
        }
        if let Some(party) = situation.party
            && dice.chance(0.55)
        {
            self.works((effort * 0.4).clamp(4.0, 40.0));
            self.says(&phrases::waiting(language, party, dice).into(), dice);
            self.push(What::WaitsForOthers(party));
            self.at += (1.9 * dice.spread() * DAY as f64) as i64;
            self.at =
                self.calendar.opens(self.desk.agents[self.agent].site, DESK, self.at) + dice.whole(5, 240) * MINUTE;
            self.resumes(dice);
        }
        // Things get forgotten. Rarely.
        if dice.chance(0.025) {
            self.at += dice.whole(3, 24) * DAY;
            self.at =
                self.calendar.opens(self.desk.agents[self.agent].site, DESK, self.at) + dice.whole(5, 200) * MINUTE;
        }
        self.works((effort * 0.7).max(3.0));
    }

    fn ending(mut self, first_agent: PersonId, dice: &mut Dice) -> Story {
        let opening = self.opening;
        let language = opening.person.language;
        let waiting = matches!(self.events.last(), Some(Event { what: What::WaitsForPerson, .. }));
        // What cannot be done at all, or was never answered.
        let mut solved = !waiting && !dice.chance(0.045);
        let matter = if solved {
            opening.details.fill(self.words.done)
        } else {
            phrases::giving_up(language, waiting, dice).into()
        };
        self.says(&matter, dice);
        self.resolved();
        let mut reopened = 0;
        let rushed = if self.hand_overs > 0 { 0.10 } else { 0.065 };
        while solved && reopened < 2 && dice.chance(rushed) {
            self.person_answers(phrases::still_broken(language, dice).into(), 5.0 * dice.spread());
            self.push(What::Reopened);
            reopened += 1;
            self.resumes(dice);
            self.works(f64::from(opening.situation.minutes) * 0.6 * dice.spread().min(4.0) + 4.0);
            self.says(&phrases::second_try(language, dice).into(), dice);
            self.resolved();
            solved = !dice.chance(0.12);
        }
        let resolved = self.at;
        if solved && dice.chance(0.46) {
            let later = 2.0 * dice.spread();
            if dice.chance(0.5) {
                self.person_answers(
                    phrases::thanks(language, resolved - opening.opened < 3 * HOUR, dice).into(),
                    later,
                );
            } else {
                self.at += (later * HOUR as f64) as i64;
            }
            self.push(What::Confirmed);
            self.at += MINUTE;
            self.push(What::Closed { by_itself: false });
        } else {
            self.at += 5 * DAY;
            self.push(What::Closed { by_itself: true });
        }
        self.events.sort_by_key(|event| event.at);
        let lived = Experience {
            hours: (resolved - opening.opened) as f64 / HOUR as f64,
            needed_by: opening.needed_by,
            hand_overs: self.hand_overs,
            chasers: self.chasers,
            reopened,
            questions: self.questions,
            solved,
            searched_in_vain: opening.searched_in_vain,
        };
        Story { events: self.events, lived, over: self.at, first_agent }
    }

    fn resolved(&mut self) {
        let agent = self.agent();
        self.push(What::Resolved { agent });
    }
}
