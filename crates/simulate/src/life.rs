//! Life in the company, one day after the other: needs arise, people decide where to go with them.

use crate::calendar::{Calendar, DAY, HOUR, MINUTE};
use crate::company::Settings;
use crate::desk::{Desk, Opening, Story};
use crate::dice::Dice;
use crate::improvement::{FollowUp, Improvement};
use crate::mood;
use crate::need::{FORMS_LEFT, First, Need, NeedId, Outcome};
use crate::notice::{Notice, NoticeId, NoticeKind};
use crate::person::{Language, Nature, Person, PersonId, Role};
use crate::phrases::{self, Details};
use crate::places::{Department, Site};
use crate::services::ARTICLES;
use crate::situations::{self, Situation, Who};
use crate::survey::Silent;
use crate::ticket::{Channel, NeededBy, Ticket, TicketId, state};
use crate::touch::{Touch, TouchKind};
use crate::truth::Rate;
use crate::ways::Ways;

/// Needs of one person on a usual working day.
const NEEDS_A_DAY: f64 = 0.066;

pub(crate) struct Life<'a> {
    pub(crate) settings: Settings,
    pub(crate) ways: Ways,
    pub(crate) start: i64,
    pub(crate) calendar: &'a Calendar,
    pub(crate) people: &'a [Person],
    pub(crate) natures: Vec<Nature>,
    pub(crate) notices: &'a [Notice],
    /// Persons who read the outage notice, with when.
    pub(crate) warned: Vec<Option<i64>>,
    pub(crate) desk: Desk,
    pub(crate) dice: Dice,
    pub(crate) needs: Vec<Need>,
    pub(crate) tickets: Vec<Ticket>,
    pub(crate) touches: Vec<Touch>,
    pub(crate) improvements: Vec<Improvement>,
    pub(crate) follow_ups: Vec<FollowUp>,
    pub(crate) silent: Vec<Silent>,
    pub(crate) satisfied: Rate,
    pub(crate) satisfied_among_answers: Rate,
    pub(crate) spared: Rate,
    pub(crate) outage_tickets: Vec<TicketId>,
}

/// A need before anything was done about it.
pub(crate) struct Arising {
    pub(crate) at: i64,
    pub(crate) person: PersonId,
    pub(crate) situation: &'static Situation,
}

impl Life<'_> {
    /// Lives from the start to the end.
    pub(crate) fn live(&mut self) {
        let groups = [Who::All, Who::Office, Who::Shop, Who::Booking, Who::Customers, Who::Outage];
        let tables = groups.map(|who| situations::all().filter(|s| s.who == who).collect::<Vec<_>>());
        let mut today: Vec<Arising> = Vec::new();
        let mut midnight = self.start - self.start.rem_euclid(DAY);
        while midnight < self.settings.end {
            today.clear();
            self.arise(midnight, &tables, &mut today);
            self.outage(midnight, &tables[5], &mut today);
            today.retain(|need| self.start <= need.at && need.at < self.settings.end);
            today.sort_by_key(|need| (need.at, need.person));
            for need in &today {
                self.decide(need);
            }
            midnight += DAY;
        }
        self.sort();
    }

    /// Tickets in the order in which they were opened: a few were logged long after the need.
    fn sort(&mut self) {
        self.tickets.sort_by_key(|ticket| (ticket.opened, ticket.need));
        let mut place = vec![0u32; self.tickets.len()];
        for (index, ticket) in self.tickets.iter_mut().enumerate() {
            place[ticket.id.0 as usize] = index as u32;
            ticket.id = TicketId(index as u32);
        }
        let moved = |id: &mut TicketId| id.0 = place[id.0 as usize];
        self.needs.iter_mut().filter_map(|need| need.ticket.as_mut()).for_each(moved);
        self.silent.iter_mut().map(|silent| &mut silent.ticket).for_each(moved);
        self.outage_tickets.iter_mut().for_each(moved);
        self.follow_ups.iter_mut().map(|follow_up| &mut follow_up.ticket).for_each(moved);
        self.improvements.iter_mut().flat_map(|i| &mut i.raisers).map(|raiser| &mut raiser.ticket).for_each(moved);
        self.follow_ups.sort_by_key(|follow_up| (follow_up.opened, follow_up.ticket));
        for improvement in &mut self.improvements {
            improvement.raisers.sort_by_key(|raiser| (raiser.at, raiser.person));
            let mut seen = std::collections::HashSet::new();
            improvement.raisers.retain(|raiser| seen.insert(raiser.person));
        }
    }

    fn arise(&mut self, midnight: i64, tables: &[Vec<&'static Situation>; 6], today: &mut Vec<Arising>) {
        let dice = &mut self.dice;
        // What improvements have already made rarer.
        let eased: Vec<(&str, f64)> = self
            .improvements
            .iter()
            .filter(|i| i.done.is_some_and(|done| done <= midnight) && !i.story.about.is_empty())
            .map(|i| (i.story.about, self.ways.effect_of(i.story)))
            .collect();
        for (person, nature) in self.people.iter().zip(&self.natures) {
            // Agents help themselves.
            if person.started > midnight || matches!(person.role, Role::Agent(_)) {
                continue;
            }
            let day = self.calendar.day(midnight + 12 * HOUR);
            let shifts = person.department == Department::Production && day.weekday == 5;
            let load = if shifts { day.load + 0.25 } else { day.load };
            let outside = if person.is_external() { 0.55 } else { 1.0 };
            let fresh = if midnight - person.started < 30 * DAY { 2.2 } else { 1.0 };
            if !dice.chance(NEEDS_A_DAY * load * nature.needy * outside * fresh) {
                continue;
            }
            let (site, department) = person.then(midnight);
            let table = match department {
                Department::Customers => &tables[4],
                Department::Production | Department::Logistics => &tables[if dice.chance(0.45) { 2 } else { 0 }],
                Department::Finance | Department::Sales => {
                    let booking = if day.quarter_end { 0.55 } else { 0.2 };
                    &tables[if dice.chance(booking) { 3 } else { dice.below(2) }]
                }
                _ => &tables[usize::from(dice.chance(0.45))],
            };
            if table.is_empty() {
                continue;
            }
            let situation = choose(table, day.date >= 25 || day.date <= 3, dice);
            let spared = eased.iter().any(|(about, effect)| situation.key.starts_with(about) && dice.chance(*effect));
            if spared {
                continue;
            }
            // Two humps, before and after lunch, in local time.
            let hour = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22]
                [dice.weighted(&[1, 4, 14, 18, 15, 11, 5, 9, 12, 10, 6, 3, 1, 1, 1])];
            let local = midnight + hour * HOUR + dice.whole(0, 59) * MINUTE + dice.whole(0, 59) * 1_000;
            today.push(Arising { at: self.calendar.utc(site, local), person: person.id, situation });
        }
    }

    /// On the day of the outage, those in Lisbon find out one after the other.
    fn outage(&mut self, midnight: i64, table: &[&'static Situation], today: &mut Vec<Arising>) {
        let Some((from, until)) = outage_window(self.notices) else { return };
        if from - from.rem_euclid(DAY) != midnight || table.is_empty() {
            return;
        }
        for person in self.people {
            let here = person.then(from).0 == Site::Lisbon && !person.is_external() && person.started < from;
            if here && self.dice.chance(0.62) {
                let into = self.dice.share() * self.dice.share();
                let at = from + (into * (until - from) as f64) as i64;
                today.push(Arising { at, person: person.id, situation: self.dice.pick(table) });
            }
        }
    }

    fn touch(&mut self, at: i64, need: &Arising, kind: TouchKind) {
        if at < self.settings.end {
            let id = NeedId(self.needs.len() as u32);
            self.touches.push(Touch {
                at,
                person: need.person,
                service: Some(need.situation.service),
                need: Some(id),
                kind,
            });
        }
    }

    fn decide(&mut self, need: &Arising) {
        let person = &self.people[need.person.0 as usize];
        let department = person.then(need.at).1;
        let nature = self.natures[need.person.0 as usize];
        let outage = need.situation.who == Who::Outage;
        if outage
            && let Some(read) = self.warned[need.person.0 as usize]
            && read < need.at
            && self.dice.chance(0.88)
        {
            if self.dice.chance(0.6) {
                self.touch(need.at, need, TouchKind::MeToo(NoticeId(0)));
            }
            return self.settle(need, First::Waited, Outcome::Notice, None);
        }
        let own = department.habit_of_going_around() + nature.around + nature.memory;
        let habit = self.ways.around.unwrap_or_else(|| own.clamp(0.02, 0.85));
        // A person whose line is dead is quicker to call.
        let habit = if outage { habit * 0.5 } else { habit };
        if self.dice.chance(habit) {
            return self.go_around(need);
        }
        let searches = if person.is_external() { 0.25 } else { 0.32 };
        if !outage && self.dice.chance(searches) {
            self.search(need);
        } else {
            match self.dice.weighted(&nature.channels) {
                0 => self.open(need, First::Mailed, Channel::Email, need.at, false),
                1 => self.form(need, First::Portal, need.at, false),
                2 => self.call(need),
                _ => self.walk_up(need),
            }
        }
    }

    fn go_around(&mut self, need: &Arising) {
        let first = [First::AskedColleague, First::AskedTechnician, First::Waited][self.dice.weighted(&[45, 27, 28])];
        // One in eight of those asked directly writes it down later, for the record.
        if first == First::AskedTechnician && self.dice.chance(0.12) {
            let later = need.at + self.dice.whole(60, 60 * 60) * MINUTE;
            return self.open_around(need, later);
        }
        self.settle(need, first, Outcome::WentAround, None);
    }

    fn search(&mut self, need: &Arising) {
        let person = &self.people[need.person.0 as usize];
        let words = match person.language {
            Language::En => need.situation.en.subjects,
            Language::De => need.situation.de.subjects,
        };
        let details = Details::new(person.site, person.language, "Kai", &mut self.dice);
        let mut query: String = details.fill(self.dice.pick(words)).to_lowercase();
        if let Some((cut, _)) = query.char_indices().filter(|(_, c)| *c == ' ').nth(self.dice.below(2) + 1) {
            query.truncate(cut);
        }
        let articles: Vec<usize> =
            (0..ARTICLES.len()).filter(|&a| ARTICLES[a].service == need.situation.service).collect();
        let mut at = need.at;
        let found = !articles.is_empty() && self.dice.chance(0.8);
        if found {
            let hits = self.dice.whole(1, 9) as u16;
            self.touch(at, need, TouchKind::Searched { words: query.into(), hits });
            at += self.dice.whole(5, 40) * 1_000;
            let article = self.dice.pick(&articles);
            let seconds = (45.0 * self.dice.spread()) as u32 + 4;
            let helps = self.dice.chance(ARTICLES[article].helps);
            let helped = self.dice.chance(0.05).then_some(helps);
            self.touch(at, need, TouchKind::ArticleRead { article, seconds, helped });
            at += i64::from(seconds) * 1_000;
            if helps {
                return self.settle(need, First::Searched, Outcome::SelfService, None);
            }
        } else {
            self.touch(at, need, TouchKind::SearchedInVain { words: query.clone().into() });
            at += self.dice.whole(15, 90) * 1_000;
            if self.dice.chance(0.4) {
                let hits = self.dice.whole(1, 5) as u16;
                let words = need.situation.service.info().name_en.to_lowercase().into();
                self.touch(at, need, TouchKind::Searched { words, hits });
            }
        }
        if self.dice.chance(0.45) {
            let seconds = (30.0 * self.dice.spread()) as u32 + 3;
            self.touch(at, need, TouchKind::ServiceRead { seconds });
            at += i64::from(seconds) * 1_000;
        }
        if self.dice.chance(0.12) {
            return self.settle(need, First::Searched, Outcome::TurnedAway, None);
        }
        if self.dice.chance(0.7) {
            self.form(need, First::Searched, at, !found);
        } else {
            let channel = if person.email.is_some() { Channel::Email } else { Channel::Phone };
            self.open(need, First::Searched, channel, at + 4 * MINUTE, !found);
        }
    }

    fn form(&mut self, need: &Arising, first: First, at: i64, in_vain: bool) {
        self.touch(at, need, TouchKind::FormStarted);
        let mut at = at + self.dice.whole(20, 120) * 1_000;
        let article = (0..ARTICLES.len()).find(|&a| ARTICLES[a].service == need.situation.service);
        if let Some(article) = article {
            let held_out = self.dice.chance(0.1);
            self.touch(at, need, TouchKind::Suggested { article, held_out });
            if !held_out {
                // Few suggestions are opened, and fewer help: four of a hundred, not the ninety of brochures.
                let opened = self.dice.chance(0.16);
                let spared = opened && self.dice.chance(ARTICLES[article].helps);
                self.spared.count(spared);
                if opened {
                    let seconds = (35.0 * self.dice.spread()) as u32 + 4;
                    at += 8_000;
                    self.touch(at, need, TouchKind::ArticleRead { article, seconds, helped: None });
                    at += i64::from(seconds) * 1_000;
                }
                if spared {
                    self.touch(at, need, TouchKind::FormGivenUp { filled: 1, after_suggestion: true });
                    return self.settle(need, first, Outcome::SelfService, None);
                }
            }
        }
        if self.dice.chance(FORMS_LEFT) {
            let filled = self.dice.whole(1, 5) as u8;
            self.touch(at, need, TouchKind::FormGivenUp { filled, after_suggestion: false });
            return self.settle(need, first, Outcome::TurnedAway, None);
        }
        let at = at + self.dice.whole(40, 400) * 1_000;
        self.open(need, first, Channel::Portal, at, in_vain);
    }

    fn call(&mut self, need: &Arising) {
        let site = Site::Hamburg;
        let at = self.calendar.opens(site, crate::calendar::DESK, need.at);
        let busy = self.desk.queue_minutes(crate::places::Team::FirstLine, at, self.calendar);
        if busy > 12 || self.dice.chance(0.08) {
            let from = at + (busy.min(240) * MINUTE) / 2 + 10 * MINUTE;
            let until = from + 60 * MINUTE;
            self.touch(at, need, TouchKind::CallbackPromised { from, until });
            if self.dice.chance(0.83) {
                let when = from + self.dice.whole(2, 58) * MINUTE;
                self.touch(when, need, TouchKind::CallbackKept);
            } else {
                let late = self.dice.chance(0.7).then(|| self.dice.whole(5, 240) as u32);
                let when = until + i64::from(late.unwrap_or(240)) * MINUTE;
                self.touch(when, need, TouchKind::CallbackMissed { late });
            }
        }
        let logged = at + self.dice.whole(2, 9) * MINUTE;
        self.open(need, First::Called, Channel::Phone, logged, false);
    }

    fn walk_up(&mut self, need: &Arising) {
        let site = self.people[need.person.0 as usize].site;
        let at = self.calendar.opens(site, crate::calendar::DESK, need.at);
        let place = self.dice.weighted(&[40, 25, 15, 10, 6, 4]) as u8 + 1;
        self.touch(at, need, TouchKind::LineJoined { place });
        let waited = (f64::from(place - 1) * 6.0 * self.dice.spread().min(4.0)) as u32 + 1;
        if waited > 15 && self.dice.chance(0.3) {
            let waited = waited.min(30);
            self.touch(at + i64::from(waited) * MINUTE, need, TouchKind::LineLeft { waited });
            return self.settle(need, First::WalkedUp, Outcome::TurnedAway, None);
        }
        let served = at + i64::from(waited) * MINUTE;
        self.touch(served, need, TouchKind::LineServed { waited });
        self.open(need, First::WalkedUp, Channel::WalkUp, served + 3 * MINUTE, false);
    }

    fn settle(&mut self, need: &Arising, first: First, outcome: Outcome, ticket: Option<TicketId>) {
        self.needs.push(Need {
            id: NeedId(self.needs.len() as u32),
            person: need.person,
            service: need.situation.service,
            situation: need.situation,
            at: need.at,
            first,
            outcome,
            ticket,
        });
    }

    /// Somebody who was asked in the corridor logs it for the person.
    fn open_around(&mut self, need: &Arising, later: i64) {
        let at = self.calendar.opens(Site::Hamburg, crate::calendar::DESK, later);
        let ticket = self.ticket(need, Channel::WalkUp, at, false, Some(need.at));
        self.settle(need, First::AskedTechnician, Outcome::WentAround, ticket);
    }

    fn open(&mut self, need: &Arising, first: First, channel: Channel, at: i64, in_vain: bool) {
        let ticket = self.ticket(need, channel, at, in_vain, None);
        self.settle(need, first, Outcome::Desk, ticket);
    }

    /// Opens a ticket, unless the simulation ends before.
    fn ticket(
        &mut self,
        need: &Arising,
        channel: Channel,
        at: i64,
        in_vain: bool,
        happened: Option<i64>,
    ) -> Option<TicketId> {
        if at >= self.settings.end {
            return None;
        }
        let id = TicketId(self.tickets.len() as u32);
        let person = &self.people[need.person.0 as usize];
        let situation = need.situation;
        let colleague = self.people[self.dice.below(self.people.len())].given;
        let dice = &mut self.dice;
        let details = Details::new(person.site, person.language, colleague, dice);
        let needed_by =
            [NeededBy::Now, NeededBy::Today, NeededBy::ThisWeek, NeededBy::NoHurry][dice.weighted(&situation.hurry)];
        let words = match person.language {
            Language::En => &situation.en,
            Language::De => &situation.de,
        };
        let (subject, matter) = words.letter(dice);
        let (subject, matter) = (details.fill(subject), details.fill(matter));
        let hurried = needed_by <= NeededBy::Today;
        let (body, proper) = match channel {
            Channel::Email => (phrases::letter(person, &matter, hurried, dice), dice.chance(0.35)),
            Channel::Portal if dice.chance(0.6) => (matter, dice.chance(0.8)),
            Channel::Portal => (phrases::letter(person, &matter, hurried, dice), dice.chance(0.8)),
            Channel::Phone | Channel::WalkUp => (phrases::dictated(person, &matter, dice), dice.chance(0.7)),
        };
        let outage_ends = match situation.who {
            Who::Outage => outage_window(self.notices).map(|(_, until)| until),
            _ => None,
        };
        let opening = Opening {
            person,
            situation,
            details: &details,
            channel,
            needed_by,
            opened: at,
            proper,
            searched_in_vain: in_vain,
            outage_ends,
        };
        let Story { mut events, lived, over, first_agent } = self.desk.story(&opening, self.calendar, dice);
        let temper = self.natures[need.person.0 as usize].temper;
        let mood = mood::felt(&lived, temper, dice);
        if outage_ends.is_some() {
            self.outage_tickets.push(id);
        }
        let survey = self.survey(id, need, over, mood, &lived, outage_ends.is_some());
        let nature = &mut self.natures[need.person.0 as usize];
        // Bad is remembered longer than good.
        nature.memory = match mood.satisfaction {
            1 => nature.memory + 0.14,
            2 => nature.memory + 0.09,
            5 => nature.memory * 0.75 - 0.01,
            _ => nature.memory * 0.95,
        }
        .clamp(-0.06, 0.30);
        let way = mood::Way { opened: at, events: &events, lived: &lived, temper };
        let mut felt = mood::way(&way);
        events.retain(|event| event.at < self.settings.end);
        felt.truncate(events.len());
        self.tickets.push(Ticket {
            id,
            need: NeedId(self.needs.len() as u32),
            person: need.person,
            service: situation.service,
            channel,
            subject,
            body,
            opened: at,
            logged_by: matches!(channel, Channel::Phone | Channel::WalkUp).then_some(first_agent),
            happened,
            needed_by,
            proper,
            state: state(&events),
            events,
            survey,
            felt,
        });
        Some(id)
    }
}

fn choose(table: &[&'static Situation], month_turns: bool, dice: &mut Dice) -> &'static Situation {
    let mut weights = [0u32; 64];
    for (weight, situation) in weights.iter_mut().zip(table) {
        let peak = if month_turns && situation.key.starts_with("payroll") { 3 } else { 1 };
        *weight = situation.weight * peak;
    }
    table[dice.weighted(&weights[..table.len().min(64)]).min(table.len() - 1)]
}

/// When the outage begins and ends; none in a company of so few days that it did not come to it.
fn outage_window(notices: &[Notice]) -> Option<(i64, i64)> {
    notices.first().filter(|notice| notice.kind == NoticeKind::Outage)?.window
}
