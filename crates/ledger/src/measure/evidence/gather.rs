//! The pass over the rows.

use crate::projection::{Chunk, NOBODY, NumberMap, View};

use super::pulse::{self, Pulse};
use super::{Answer, Contact, DAY, Evidence, First, HEARD, Hope, Life, NEVER, Suggestion, Warning};
use crate::measure::period::Period;
use crate::measure::sample::Who;
use crate::measure::week::week_of;
use crate::touchpoint::{Channel, Source};

/// What a kind of touchpoint means to measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing.
    None,
    Opened,
    Written,
    Answered,
    Assigned,
    Resolved,
    Confirmed,
    Reopened,
    /// It went on as another ticket.
    Merged,
    /// A contact that is no ticket: a call, a chat, a place in line.
    Came,
    Invited,
    Gave,
    Amended,
    Found,
    InVain,
    Raised,
    Told,
    Noticed,
    Read,
    Kept,
    Missed,
    Served,
    Left,
    Suggested,
    Withheld,
    Pulsed,
    Said,
    SaidAnew,
}

/// The names by which capabilities record what measures ask for.
const ROLES: [(&str, Role); 30] = [
    ("ticket.opened", Role::Opened),
    ("ticket.written", Role::Written),
    ("ticket.answered", Role::Answered),
    ("ticket.assigned", Role::Assigned),
    ("ticket.resolved", Role::Resolved),
    ("ticket.confirmed", Role::Confirmed),
    ("ticket.reopened", Role::Reopened),
    ("ticket.merged", Role::Merged),
    ("call.taken", Role::Came),
    ("chat.opened", Role::Came),
    ("visit.joined", Role::Came),
    ("survey.invited", Role::Invited),
    ("survey.answered", Role::Gave),
    ("survey.amended", Role::Amended),
    ("search.made", Role::Found),
    ("search.empty", Role::InVain),
    ("followup.opened", Role::Raised),
    ("improvement.joined", Role::Raised),
    ("improvement.told", Role::Told),
    ("notice.sent", Role::Noticed),
    ("notice.read", Role::Read),
    ("callback.kept", Role::Kept),
    ("callback.missed", Role::Missed),
    ("visit.served", Role::Served),
    ("visit.left", Role::Left),
    ("suggestion.shown", Role::Suggested),
    ("suggestion.withheld", Role::Withheld),
    ("pulse.invited", Role::Pulsed),
    ("pulse.answered", Role::Said),
    ("pulse.amended", Role::SaidAnew),
];

/// The names of all kinds of touchpoint that measures ask for.
pub const KINDS_ASKED: [&str; ROLES.len()] = {
    let mut names = [""; ROLES.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = ROLES[at].0;
        at += 1;
    }
    names
};

fn role(kind: &str) -> Role {
    ROLES.iter().find(|(name, _)| *name == kind).map_or(Role::None, |(_, role)| *role)
}

/// What is known of a row whose kind has a role.
struct Seen {
    at: i64,
    who: Who,
    attributes: u32,
    object: u32,
    service: u16,
    channel: u8,
}

struct Gathering<'v> {
    view: &'v View,
    /// For each thing, the place of its life and 1; 0 is none.
    life_of: Vec<u32>,
    lives: Vec<Life>,
    contacts: Vec<Contact>,
    answers: Vec<Answer>,
    /// The place of the answer that a person gave on a thing.
    answer_of: NumberMap<(Who, u32), u32>,
    invitations: Vec<Hope>,
    searches: Vec<Hope>,
    raised: Vec<Hope>,
    told: Vec<(Who, i64)>,
    /// Notices, of which object and which service each is.
    notices: Vec<(u32, u16, Hope)>,
    /// The first reading of a notice by a person.
    read: NumberMap<(Who, u32), i64>,
    promises: Vec<Hope>,
    lines: Vec<Hope>,
    suggestions: Vec<Suggestion>,
    /// Who had come before the stretch, one bit a person.
    known: Vec<u64>,
    /// Who came when, shortly before the stretch.
    lately: Vec<(Who, i64)>,
    pulses: Vec<Pulse>,
    /// The place of the answer that a person gave to a pulse.
    pulse_of: NumberMap<(Who, u32), u32>,
    pulsed: Vec<Hope>,
    need: Option<usize>,
    columns: [Option<usize>; 5],
    pulse_columns: [Option<usize>; 3],
}

pub(super) fn gather(view: &View, stretch: Period) -> Evidence {
    let roles: Vec<Role> = view.kinds().iter().map(role).collect();
    let mut all = Gathering {
        view,
        life_of: vec![0; view.objects()],
        lives: Vec::new(),
        contacts: Vec::new(),
        answers: Vec::new(),
        answer_of: NumberMap::default(),
        invitations: Vec::new(),
        searches: Vec::new(),
        raised: Vec::new(),
        told: Vec::new(),
        notices: Vec::new(),
        read: NumberMap::default(),
        promises: Vec::new(),
        lines: Vec::new(),
        suggestions: Vec::new(),
        known: vec![0; view.people().div_ceil(64)],
        lately: Vec::new(),
        pulses: Vec::new(),
        pulse_of: NumberMap::default(),
        pulsed: Vec::new(),
        need: view.number("need"),
        columns: ["satisfaction", "effort", "emotion", "lost", "first"].map(|name| view.number(name)),
        pulse_columns: ["trouble", "went", "reported"].map(|name| view.number(name)),
    };
    let begins = |kind: u16| matches!(roles[usize::from(kind)], Role::Opened | Role::Came);
    for chunk in view.chunks_within(i64::MIN, stretch.from.0) {
        for (row, kind) in chunk.kind.iter().enumerate() {
            if begins(*kind) && chunk.at[row] < stretch.from.0 {
                all.know(chunk.person[row], chunk.at[row], stretch);
            }
        }
    }
    for chunk in view.chunks_within(stretch.from.0, stretch.to.0) {
        for (row, kind) in chunk.kind.iter().enumerate() {
            let role = roles[usize::from(*kind)];
            if role != Role::None && stretch.contains(chunk.at[row]) {
                all.take(role, chunk, row);
            }
        }
    }
    all.finish(stretch)
}

impl Gathering<'_> {
    fn take(&mut self, role: Role, chunk: &Chunk, row: usize) {
        let object = chunk.object[row];
        let person = chunk.person[row];
        // Somebody unknown is told apart by the thing that they came with.
        let who = if person == NOBODY { 1 << 40 | u64::from(object) } else { self.view.canonical(person).into() };
        let (at, attributes, service) = (chunk.at[row], chunk.attributes[row], chunk.service[row]);
        let seen = Seen { at, who, attributes, object, service, channel: chunk.channel[row] };
        match role {
            Role::None => {}
            Role::Opened => {
                let need = self.need.and_then(|column| chunk.numbers[column].get(row));
                let life = self.life(&seen);
                // A log that opens the same ticket twice does not move it: the first time may be released already.
                if life.opened == NEVER {
                    life.opened = at;
                    life.needed = need.map_or(NEVER, |seconds| at.saturating_add((seconds * 1_000.0) as i64));
                    (life.who, life.attributes) = (who, attributes);
                    life.on_behalf = match chunk.source[row] {
                        source if source == Source::OnBehalf as u8 => Some(true),
                        source if source == Source::Lived as u8 => Some(false),
                        _ => None,
                    };
                    let on_form = seen.channel == Channel::Portal as u8;
                    let is_own = life.on_behalf != Some(true);
                    let is_known = chunk.source[row] != Source::Imported as u8;
                    life.proper = is_known.then_some(on_form && is_own);
                }
                self.contact(&seen, self.life_of[object as usize], true);
            }
            Role::Written | Role::Came => self.contact(&seen, 0, role == Role::Came),
            Role::Answered => {
                let life = self.life(&seen);
                life.answered = life.answered.min(at);
            }
            Role::Assigned => {
                let life = self.life(&seen);
                life.taken = life.taken.saturating_add(1);
            }
            Role::Resolved => {
                let life = self.life(&seen);
                life.sorted = if life.sorted == NEVER { at } else { life.sorted.max(at) };
            }
            Role::Confirmed => {
                let life = self.life(&seen);
                life.confirmed = life.confirmed.min(at);
                life.sorted = if life.sorted == NEVER { at } else { life.sorted };
            }
            Role::Reopened => {
                let life = self.life(&seen);
                life.reopened = if life.reopened == NEVER { at } else { life.reopened.max(at) };
                life.returns = life.returns.saturating_add(1);
                self.contact(&seen, 0, false);
            }
            // Its person waits for the answer to the other one: to count this one too would count them twice.
            Role::Merged => self.life(&seen).merged = true,
            Role::Invited => self.invitations.push(hope(&seen, false)),
            Role::Gave | Role::Amended => {
                let value = |column: Option<usize>| column.and_then(|column| chunk.numbers[column].get(row));
                let [satisfaction, effort, emotion, lost, first] = self.columns.map(value);
                let answer = Answer {
                    at,
                    who,
                    attributes,
                    service,
                    channel: seen.channel,
                    satisfaction: choice(satisfaction, 1, 5),
                    effort: choice(effort, 1, 7),
                    emotion: choice(emotion, 1, 5),
                    lost: choice(lost, 0, 5),
                    first: choice(first, 1, 5),
                };
                self.answer(role, &seen, answer);
            }
            Role::Found => self.searches.push(hope(&seen, true)),
            Role::InVain => self.searches.push(hope(&seen, false)),
            Role::Raised => self.raised.push(hope(&seen, false)),
            Role::Told => self.told.push((who, at)),
            Role::Noticed => self.notices.push((object, service, hope(&seen, false))),
            Role::Read => {
                let first = self.read.entry((who, object)).or_insert(at);
                *first = (*first).min(at);
            }
            Role::Kept | Role::Missed => self.promises.push(hope(&seen, role == Role::Kept)),
            Role::Served | Role::Left => self.lines.push(hope(&seen, role == Role::Served)),
            Role::Suggested | Role::Withheld => {
                let shown = role == Role::Suggested;
                self.suggestions.push(Suggestion { at, next: NEVER, who, attributes, shown });
            }
            Role::Pulsed => self.pulsed.push(hope(&seen, false)),
            Role::Said | Role::SaidAnew => {
                let value = |column: Option<usize>| column.and_then(|column| chunk.numbers[column].get(row));
                let [trouble, went, reported] = self.pulse_columns.map(value);
                let said = [choice(trouble, 0, 1), choice(went, 1, 5), choice(reported, 0, 1)];
                self.said(role, &seen, Pulse::new(at, who, attributes, said));
            }
        }
    }

    /// An amended answer takes the place of the one that was given on the same thing, at the time of that one. One whose
    /// first answer lies before the stretch is somebody else's period. Once the week is over, answers are released: then
    /// another word may be said, but on no other question.
    fn answer(&mut self, role: Role, seen: &Seen, answer: Answer) {
        let key = (seen.who, seen.object);
        match (role, self.answer_of.get(&key)) {
            (Role::Amended, Some(&place)) => {
                let first = &mut self.answers[place as usize];
                *first = if week_of(first.at) == week_of(answer.at) {
                    Answer { at: first.at, ..answer }
                } else {
                    first.said_anew(&answer)
                };
            }
            (Role::Amended, None) => {}
            _ => {
                self.answer_of.insert(key, self.answers.len() as u32);
                self.answers.push(answer);
            }
        }
    }

    /// As [`Self::answer`], for a pulse.
    fn said(&mut self, role: Role, seen: &Seen, said: Pulse) {
        let key = (seen.who, seen.object);
        match (role, self.pulse_of.get(&key)) {
            (Role::SaidAnew, Some(&place)) => {
                let first = &mut self.pulses[place as usize];
                *first = first.said_anew(&said);
            }
            (Role::SaidAnew, None) => {}
            _ => {
                self.pulse_of.insert(key, self.pulses.len() as u32);
                self.pulses.push(said);
            }
        }
    }

    fn life(&mut self, seen: &Seen) -> &mut Life {
        let place = &mut self.life_of[seen.object as usize];
        if *place == 0 {
            self.lives.push(Life {
                opened: NEVER,
                answered: NEVER,
                sorted: NEVER,
                confirmed: NEVER,
                reopened: NEVER,
                next: NEVER,
                needed: NEVER,
                who: seen.who,
                attributes: seen.attributes,
                taken: 0,
                returns: 0,
                merged: false,
                on_behalf: None,
                proper: None,
            });
            *place = self.lives.len() as u32;
        }
        &mut self.lives[*place as usize - 1]
    }

    fn contact(&mut self, seen: &Seen, opens: u32, begins: bool) {
        self.contacts.push(Contact {
            at: seen.at,
            next: NEVER,
            who: seen.who,
            attributes: seen.attributes,
            service: seen.service,
            channel: seen.channel,
            opens,
            begins,
        });
    }

    fn finish(mut self, stretch: Period) -> Evidence {
        // The ledger is nearly in the order of time already, which makes these sorts cheap.
        self.contacts.sort_by_key(|contact| contact.at);
        self.link();
        // A ticket that was opened before the stretch is somebody else's period.
        self.lives.retain(|life| life.opened != NEVER);
        self.lives.sort_by_key(|life| life.opened);
        self.answers.sort_by_key(|answer| answer.at);
        self.suggest();
        let began = self.contacts.iter().filter(|contact| contact.begins).map(|contact| (contact.who, contact.at));
        pulse::compare(&mut self.pulses, began.chain(self.lately.iter().copied()));
        let (firsts, warnings) = (self.firsts(), self.warnings());
        let read = &self.read;
        let was_read = |(object, _, hope): (u32, u16, Hope)| Hope {
            fulfilled: read.get(&(hope.who, object)).is_some_and(|first| *first >= hope.at),
            ..hope
        };
        let mut notices: Vec<Hope> = self.notices.into_iter().map(was_read).collect();
        let lists = [&mut self.invitations, &mut self.searches, &mut self.raised, &mut notices, &mut self.promises];
        for hopes in lists.into_iter().chain([&mut self.lines, &mut self.pulsed]) {
            hopes.sort_by_key(|hope| hope.at);
        }
        let answered = self.answers.iter().map(|answer| (answer.who, answer.at)).collect();
        fulfil(&mut self.invitations, answered, true, NEVER);
        fulfil(&mut self.raised, self.told, false, HEARD);
        let said = self.pulses.iter().map(|pulse| (pulse.who, pulse.at)).collect();
        fulfil(&mut self.pulsed, said, true, NEVER);
        Evidence {
            from: stretch.from,
            now: stretch.to.0,
            lives: self.lives,
            contacts: self.contacts,
            answers: self.answers,
            invitations: self.invitations,
            searches: self.searches,
            raised: self.raised,
            notices,
            promises: self.promises,
            lines: self.lines,
            suggestions: self.suggestions,
            firsts,
            warnings,
            pulses: self.pulses,
            pulsed: self.pulsed,
        }
    }

    fn know(&mut self, person: u32, at: i64, stretch: Period) {
        let who = self.view.canonical(person);
        let person = who as usize;
        self.known[person / 64] |= 1 << (person % 64);
        if at >= stretch.from.0 - pulse::BACK {
            self.lately.push((who.into(), at));
        }
    }

    /// The first use by each person who never came before, and the next one on another day. Who is not known cannot be
    /// known again.
    fn firsts(&self) -> Vec<First> {
        let mut firsts: Vec<First> = Vec::new();
        let mut place_of: NumberMap<Who, u32> = NumberMap::default();
        for contact in self.contacts.iter().filter(|contact| contact.begins) {
            let who = contact.who as usize;
            if who >= self.view.people() || self.known[who / 64] >> (who % 64) & 1 == 1 {
                continue;
            }
            if let Some(place) = place_of.get(&contact.who) {
                let first = &mut firsts[*place as usize];
                if first.next == NEVER && contact.at >= first.at + DAY {
                    first.next = contact.at;
                }
            } else {
                place_of.insert(contact.who, firsts.len() as u32);
                let Contact { at, who, attributes, .. } = *contact;
                firsts.push(First { at, next: NEVER, who, attributes });
            }
        }
        firsts
    }

    /// For each notice on a service, when its person read it and when they next came about the service.
    fn warnings(&self) -> Vec<Warning> {
        let mut warnings: Vec<(u32, Warning)> = self
            .notices
            .iter()
            .filter(|(_, service, _)| *service != 0)
            .map(|&(object, service, Hope { at, who, attributes, .. })| {
                let read = self.read.get(&(who, object)).copied().filter(|read| *read >= at).unwrap_or(NEVER);
                (object, Warning { at, read, came: NEVER, who, attributes, service })
            })
            .collect();
        warnings.sort_by_key(|(_, warning)| warning.at);
        let mut coming: NumberMap<u64, i64> = NumberMap::default();
        let mut contacts = self.contacts.iter().rev().peekable();
        let key = |who: Who, service: u16| who << 16 | u64::from(service);
        for (_, warning) in warnings.iter_mut().rev() {
            while let Some(contact) = contacts.next_if(|contact| contact.at >= warning.at) {
                coming.insert(key(contact.who, contact.service), contact.at);
            }
            warning.came = coming.get(&key(warning.who, warning.service)).copied().unwrap_or(NEVER);
        }
        warnings.into_iter().map(|(_, warning)| warning).collect()
    }

    /// Gives each suggestion the person's next contact, on whatever service.
    fn suggest(&mut self) {
        self.suggestions.sort_by_key(|due| due.at);
        let mut coming: NumberMap<Who, i64> = NumberMap::default();
        let mut contacts = self.contacts.iter().rev().peekable();
        for due in self.suggestions.iter_mut().rev() {
            while let Some(contact) = contacts.next_if(|contact| contact.at >= due.at) {
                coming.insert(contact.who, contact.at);
            }
            due.next = coming.get(&due.who).copied().unwrap_or(NEVER);
        }
    }

    /// Gives each contact, and the ticket that it opened, the next one of the same person on the same service.
    fn link(&mut self) {
        let mut coming: NumberMap<u64, i64> = NumberMap::default();
        for contact in self.contacts.iter_mut().rev() {
            let key = contact.who << 16 | u64::from(contact.service);
            if let Some(next) = coming.insert(key, contact.at) {
                contact.next = next;
            }
            if contact.opens != 0 {
                self.lives[contact.opens as usize - 1].next = contact.next;
            }
        }
    }
}

fn hope(seen: &Seen, fulfilled: bool) -> Hope {
    Hope { at: seen.at, who: seen.who, attributes: seen.attributes, fulfilled }
}

/// An answer on its scale; what lies outside was never a choice.
fn choice(value: Option<f64>, least: u8, most: u8) -> Option<u8> {
    value.filter(|value| value.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(value)).map(|v| v as u8)
}

/// Marks the hopes of whom something happened to at or after them, no later than `soon`; with `each`, before their next
/// hope.
fn fulfil(hopes: &mut [Hope], mut happened: Vec<(Who, i64)>, each: bool, soon: i64) {
    happened.sort_unstable();
    let mut coming: NumberMap<Who, i64> = NumberMap::default();
    for hope in hopes.iter_mut().rev() {
        let until = if each { coming.insert(hope.who, hope.at).unwrap_or(NEVER) } else { NEVER };
        let first = happened.partition_point(|event| *event < (hope.who, hope.at));
        hope.fulfilled = happened
            .get(first)
            .is_some_and(|&(who, at)| who == hope.who && at < until && at <= hope.at.saturating_add(soon));
    }
}
