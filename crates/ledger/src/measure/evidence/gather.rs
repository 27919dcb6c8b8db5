//! Taking rows in, one by one, in the order of time: each changes what its person, or its thing, waited for.

use crate::projection::{Chunk, NOBODY, View};

use super::index::{Begun, about};
use super::pulse::Pulse;
use super::role::Role;
use super::{Answer, Contact, DAY, Evidence, First, HEARD, Hope, Life, NEVER, Notice, Suggestion, Who};
use crate::measure::week::week_of;
use crate::touchpoint::{Channel, Source};

/// What is known of a row whose kind has a role.
struct Seen {
    at: i64,
    who: Who,
    attributes: u32,
    object: u32,
    service: u16,
    channel: u8,
}

/// The columns of numbers that measures ask for.
struct Columns {
    need: Option<usize>,
    survey: [Option<usize>; 5],
    pulse: [Option<usize>; 3],
}

/// Taking rows of a view into evidence.
pub(super) struct Gathering<'g> {
    all: &'g mut Evidence,
    view: &'g View,
    columns: Columns,
}

impl<'g> Gathering<'g> {
    pub(super) fn new(all: &'g mut Evidence, view: &'g View) -> Self {
        all.index.grow(view.people(), view.objects());
        let columns = Columns {
            need: view.number("need"),
            survey: ["satisfaction", "effort", "emotion", "lost", "first"].map(|name| view.number(name)),
            pulse: ["trouble", "went", "reported"].map(|name| view.number(name)),
        };
        Self { all, view, columns }
    }

    /// Who a row is about: somebody unknown is told apart by the thing that they came with.
    fn who(&self, chunk: &Chunk, row: usize) -> Who {
        let person = chunk.person[row];
        if person == NOBODY { 1 << 40 | u64::from(chunk.object[row]) } else { self.view.canonical(person).into() }
    }

    /// Takes a row in with which somebody began something before the stretch, however long. False when it is older than
    /// what was taken in of them before.
    pub(super) fn came_before(&mut self, chunk: &Chunk, row: usize) -> bool {
        let who = self.who(chunk, row);
        let track = self.all.index.track(who);
        track.came_before = true;
        chunk.at[row] >= track.latest
    }

    /// Takes a row in. False when it is older than what was taken in before of the same person or thing: what follows
    /// from it would be wrong.
    pub(super) fn take(&mut self, role: Role, chunk: &Chunk, row: usize) -> bool {
        let who = self.who(chunk, row);
        let (at, attributes, service) = (chunk.at[row], chunk.attributes[row], chunk.service[row]);
        let seen = Seen { at, who, attributes, object: chunk.object[row], service, channel: chunk.channel[row] };
        let track = self.all.index.track(who);
        if at < track.latest {
            return false;
        }
        track.latest = at;
        if at < self.all.from.0 {
            // It is no part of the stretch, but whoever came before it is known in it.
            if role.begins() {
                track.came_before = true;
                self.all.begin(&seen);
            }
            return true;
        }
        match role {
            Role::None => {}
            Role::Opened
            | Role::Answered
            | Role::Assigned
            | Role::Resolved
            | Role::Confirmed
            | Role::Reopened
            | Role::Merged => return self.live(role, &seen, chunk, row),
            Role::Written | Role::Came => {
                self.all.contact(&seen, role == Role::Came);
            }
            Role::Gave | Role::Amended => {
                let value = |column: Option<usize>| column.and_then(|column| chunk.numbers[column].get(row));
                let [satisfaction, effort, emotion, lost, first] = self.columns.survey.map(value);
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
                self.all.answer(role, &seen, answer);
            }
            Role::Found | Role::InVain => self.all.searches.push(hope(&seen, role == Role::Found)),
            Role::Kept | Role::Missed => self.all.promises.push(hope(&seen, role == Role::Kept)),
            Role::Served | Role::Left => self.all.lines.push(hope(&seen, role == Role::Served)),
            Role::Invited => {
                let Evidence { invitations, index, .. } = &mut *self.all;
                await_one(invitations, &mut index.track(who).invited, &seen);
            }
            Role::Pulsed => {
                let Evidence { pulsed, index, .. } = &mut *self.all;
                await_one(pulsed, &mut index.track(who).pulsed, &seen);
            }
            Role::Raised => {
                let Evidence { raised, index, .. } = &mut *self.all;
                await_one(raised, &mut index.track(who).raised, &seen);
            }
            Role::Told => self.all.told(&seen),
            Role::Noticed => self.all.noticed(&seen),
            Role::Read => self.all.was_read(&seen),
            Role::Suggested | Role::Withheld => {
                let Evidence { suggestions, index, .. } = &mut *self.all;
                let before = std::mem::replace(&mut index.track(who).suggestion, suggestions.len() as u32 + 1);
                let shown = role == Role::Suggested;
                suggestions.push(Suggestion { at, next: NEVER, who, attributes, shown, before });
            }
            Role::Said | Role::SaidAnew => {
                let value = |column: Option<usize>| column.and_then(|column| chunk.numbers[column].get(row));
                let [trouble, went, reported] = self.columns.pulse.map(value);
                let said = [choice(trouble, 0, 1), choice(went, 1, 5), choice(reported, 0, 1)];
                self.all.said(role, &seen, Pulse::new(at, who, attributes, said));
            }
        }
        true
    }

    /// Takes in what happened to a ticket.
    fn live(&mut self, role: Role, seen: &Seen, chunk: &Chunk, row: usize) -> bool {
        let at = seen.at;
        let Some(place) = self.all.life(seen) else { return false };
        let begins = role == Role::Opened;
        let contact = if begins || role == Role::Reopened { self.all.contact(seen, begins) } else { 0 };
        let life = &mut self.all.lives[place];
        match role {
            // A log that opens the same ticket twice does not move it: the first time may be released already.
            Role::Opened if life.opened == NEVER => {
                let need = self.columns.need.and_then(|column| chunk.numbers[column].get(row));
                life.opened = at;
                life.needed = need.map_or(NEVER, |seconds| at.saturating_add((seconds * 1_000.0) as i64));
                (life.who, life.attributes, life.contact) = (seen.who, seen.attributes, contact);
                life.on_behalf = match chunk.source[row] {
                    source if source == Source::OnBehalf as u8 => Some(true),
                    source if source == Source::Lived as u8 => Some(false),
                    _ => None,
                };
                let is_own_form = seen.channel == Channel::Portal as u8 && life.on_behalf != Some(true);
                life.proper = (chunk.source[row] != Source::Imported as u8).then_some(is_own_form);
            }
            Role::Answered => life.answered = life.answered.min(at),
            Role::Assigned => life.taken = life.taken.saturating_add(1),
            Role::Resolved => life.sorted = at,
            Role::Confirmed => {
                life.confirmed = life.confirmed.min(at);
                life.sorted = life.sorted.min(at);
            }
            Role::Reopened => {
                life.reopened = at;
                life.returns = life.returns.saturating_add(1);
            }
            // Its person waits for the answer to the other one: to count this one too would count them twice.
            Role::Merged => life.merged = true,
            _ => {}
        }
        true
    }
}

impl Evidence {
    /// An amended answer takes the place of the one that was given on the same thing, at the time of that one. One whose
    /// first answer lies before the stretch is somebody else's period. Once the week is over, answers are released: then
    /// another word may be said, but on no other question.
    fn answer(&mut self, role: Role, seen: &Seen, answer: Answer) {
        let place = self.index.answer_of.entry((seen.who, seen.object)).or_default();
        if role == Role::Amended {
            let first = place.checked_sub(1).map(|at| &mut self.answers[at as usize]);
            if let Some(first) = first {
                *first = if week_of(first.at) == week_of(answer.at) {
                    Answer { at: first.at, ..answer }
                } else {
                    first.said_anew(&answer)
                };
            }
            return;
        }
        self.answers.push(answer);
        *place = self.answers.len() as u32;
        fulfil(&mut self.invitations, self.index.track(seen.who).invited);
    }

    /// As [`Self::answer`], for a pulse; and beside it what the desk knows.
    fn said(&mut self, role: Role, seen: &Seen, said: Pulse) {
        let place = self.index.pulse_of.entry((seen.who, seen.object)).or_default();
        if role == Role::SaidAnew {
            if let Some(first) = place.checked_sub(1).map(|at| &mut self.pulses[at as usize]) {
                *first = first.said_anew(&said);
            }
            return;
        }
        self.pulses.push(Pulse::default());
        *place = self.pulses.len() as u32;
        let track = *self.index.track(seen.who);
        fulfil(&mut self.pulsed, track.pulsed);
        if let Some(last) = self.pulses.last_mut() {
            *last = said.beside(&self.index.begun, track.begun);
        }
    }

    /// The place of a ticket's life; `None` when it went on already after this.
    fn life(&mut self, seen: &Seen) -> Option<usize> {
        let place = &mut self.index.life_of[seen.object as usize];
        if *place == 0 {
            self.lives.push(Life::of(seen.who, seen.attributes));
            *place = self.lives.len() as u32;
        }
        let place = *place as usize - 1;
        let life = &mut self.lives[place];
        let is_in_order = life.latest <= seen.at;
        life.latest = seen.at;
        is_in_order.then_some(place)
    }

    /// A contact: gives its place. It is what the person's last one about the service waited for, and notices on it, and
    /// suggestions.
    fn contact(&mut self, seen: &Seen, begins: bool) -> u32 {
        let Seen { at, who, attributes, service, channel, .. } = *seen;
        self.contacts.push(Contact { at, next: NEVER, who, attributes, service, channel, begins });
        let place = self.contacts.len() as u32;
        let about = about(who, service);
        if let Some(last) = self.index.contact_of.insert(about, place) {
            self.contacts[last as usize - 1].next = at;
        }
        let mut notice = self.index.notice_on.remove(&about).unwrap_or(0);
        while let Some(waiting) = notice.checked_sub(1).map(|place| &mut self.notices[place as usize]) {
            waiting.came = at;
            notice = waiting.before_on_service;
        }
        let mut due = std::mem::take(&mut self.index.track(who).suggestion);
        while let Some(waiting) = due.checked_sub(1).map(|place| &mut self.suggestions[place as usize]) {
            waiting.next = at;
            due = waiting.before;
        }
        if begins {
            self.use_desk(seen);
            self.begin(seen);
        }
        place
    }

    /// The first use by a person who never came before, and the next one on another day. Who is not known cannot be known
    /// again.
    fn use_desk(&mut self, seen: &Seen) {
        let Seen { at, who, attributes, .. } = *seen;
        if !self.index.is_known(who) {
            return;
        }
        let track = self.index.track(who);
        if track.came_before {
            return;
        }
        match track.first.checked_sub(1).map(|place| &mut self.firsts[place as usize]) {
            None => {
                self.firsts.push(First { at, next: NEVER, who, attributes });
                track.first = self.firsts.len() as u32;
            }
            Some(first) if first.next == NEVER && at >= first.at + DAY => first.next = at,
            Some(_) => {}
        }
    }

    /// Keeps in mind when somebody began something.
    fn begin(&mut self, seen: &Seen) {
        let place = self.index.begun.len() as u32 + 1;
        let before = std::mem::replace(&mut self.index.track(seen.who).begun, place);
        self.index.begun.push(Begun { at: seen.at, before });
    }

    /// Somebody was told what came of what they had raised lately.
    fn told(&mut self, seen: &Seen) {
        let mut raised = self.index.track(seen.who).raised;
        while let Some(hope) = raised.checked_sub(1).map(|place| &mut self.raised[place as usize]) {
            if hope.fulfilled || hope.at + HEARD < seen.at {
                return;
            }
            hope.fulfilled = true;
            raised = hope.before;
        }
    }

    fn noticed(&mut self, seen: &Seen) {
        let Seen { at, who, attributes, object, service, .. } = *seen;
        let place = self.notices.len() as u32 + 1;
        let before = self.index.notice_of.insert((who, object), place).unwrap_or(0);
        let on_service = (service != 0).then(|| self.index.notice_on.insert(about(who, service), place));
        let before_on_service = on_service.flatten().unwrap_or(0);
        self.notices.push(Notice { at, read: NEVER, came: NEVER, who, attributes, service, before, before_on_service });
    }

    fn was_read(&mut self, seen: &Seen) {
        let mut notice = self.index.notice_of.get(&(seen.who, seen.object)).copied().unwrap_or(0);
        while let Some(sent) = notice.checked_sub(1).map(|place| &mut self.notices[place as usize]) {
            if sent.read != NEVER {
                return;
            }
            sent.read = seen.at;
            notice = sent.before;
        }
    }
}

/// Puts somebody's hope into a list, where their last one is `latest`.
fn await_one(list: &mut Vec<Hope>, latest: &mut u32, seen: &Seen) {
    let before = std::mem::replace(latest, list.len() as u32 + 1);
    list.push(Hope { before, ..hope(seen, false) });
}

/// What was hoped for last happened.
fn fulfil(list: &mut [Hope], latest: u32) {
    if let Some(hope) = latest.checked_sub(1).and_then(|place| list.get_mut(place as usize)) {
        hope.fulfilled = true;
    }
}

fn hope(seen: &Seen, fulfilled: bool) -> Hope {
    Hope { at: seen.at, who: seen.who, attributes: seen.attributes, before: 0, fulfilled }
}

/// An answer on its scale; what lies outside was never a choice.
fn choice(value: Option<f64>, least: u8, most: u8) -> Option<u8> {
    value.filter(|value| value.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(value)).map(|v| v as u8)
}
