//! The company: made once from its settings, then only read.

use crate::calendar::{Calendar, DAY};
use crate::desk::Desk;
use crate::dice::Dice;
use crate::improvement::{FollowUp, Improvement, planned};
use crate::life::Life;
use crate::mood::WEIGHTS;
use crate::need::Need;
use crate::notice::{self, Notice};
use crate::person::{self, Person, PersonId};
use crate::services::{ARTICLES, Article, SERVICES, ServiceInfo};
use crate::ticket::{Ticket, TicketId};
use crate::touch::{Touch, TouchKind};
use crate::truth::{self, Truth};
use crate::ways::Ways;

/// What to simulate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Employees; customers from outside come on top. The desk has fifteen agents for 2,000. At least 40.
    pub people: usize,
    /// Months before `end`, 1 to 120.
    pub months: u32,
    /// The same seed gives the same company, to the letter.
    pub seed: u64,
    /// "Now", in UTC milliseconds: nothing in the company is later.
    pub end: i64,
}

/// A company that never existed, with everything that happened in it.
#[derive(Debug, Clone)]
pub struct Company {
    settings: Settings,
    start: i64,
    people: Vec<Person>,
    needs: Vec<Need>,
    tickets: Vec<Ticket>,
    touches: Vec<Touch>,
    notices: Vec<Notice>,
    improvements: Vec<Improvement>,
    follow_ups: Vec<FollowUp>,
    truth: Truth,
}

impl Company {
    /// Lives through the months. Settings outside their ranges are brought into them.
    pub fn new(settings: Settings) -> Self {
        Self::with(settings, Ways::default())
    }

    /// The same with other ways.
    pub fn with(settings: Settings, ways: Ways) -> Self {
        let settings = Settings { people: settings.people.max(40), months: settings.months.clamp(1, 120), ..settings };
        // A month of 30.4375 days, a twelfth of a year.
        let start = settings.end - i64::from(settings.months) * 2_629_800_000;
        let start = start - start.rem_euclid(DAY);
        let mut dice = Dice::new(settings.seed);
        let calendar = Calendar::new(start, settings.end);
        let (people, natures) = person::people(settings.people, start, settings.end, &mut dice);
        let news = notice::notices(&people, start, settings.end, &calendar, &mut dice);
        let improvements = planned(&people, start, settings.end, &mut dice);
        let mut life = Life {
            settings,
            ways,
            start,
            calendar: &calendar,
            desk: Desk::new(&people, settings.end),
            people: &people,
            natures,
            notices: &news.notices,
            warned: news.warned,
            dice,
            needs: Vec::new(),
            tickets: Vec::new(),
            touches: news.touches,
            improvements,
            follow_ups: Vec::new(),
            silent: Vec::new(),
            satisfied: Default::default(),
            satisfied_among_answers: Default::default(),
            spared: Default::default(),
            outage_tickets: Vec::new(),
        };
        life.live();
        let Life { needs, tickets, mut touches, improvements, follow_ups, .. } = life;
        for (index, improvement) in improvements.iter().enumerate() {
            let Some(at) = improvement.told else { continue };
            let told = improvement.raisers.iter().map(|raiser| raiser.person);
            touches.extend(told.map(|person| Touch {
                at,
                person,
                service: None,
                need: None,
                kind: TouchKind::Told(index),
            }));
        }
        // Stable, so that what one person does in one moment stays in order.
        touches.sort_by_key(|touch| touch.at);
        let (around, around_by_department, around_by_site) = truth::around(&needs, &people);
        let truth = Truth {
            around,
            around_by_department,
            around_by_site,
            weights: WEIGHTS,
            answer_chance: ways.answer_chance,
            silent: life.silent,
            satisfied: life.satisfied,
            satisfied_among_answers: life.satisfied_among_answers,
            spared_by_suggestion: life.spared,
            outage_tickets: life.outage_tickets,
            effects: improvements
                .iter()
                .enumerate()
                .filter(|(_, i)| i.done.is_some())
                .map(|(n, i)| (n, ways.effect_of(i.story)))
                .collect(),
        };
        Self {
            settings,
            start,
            notices: news.notices,
            people,
            needs,
            tickets,
            touches,
            improvements,
            follow_ups,
            truth,
        }
    }

    /// What was asked for, within its ranges.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// When the story begins: a midnight, UTC.
    pub fn start(&self) -> i64 {
        self.start
    }

    /// Everyone, in the order of their ids: agents, leads, admin, stakeholders, other employees, customers outside.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// One person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0 as usize]
    }

    /// The catalogue.
    pub fn services(&self) -> &'static [ServiceInfo] {
        &SERVICES
    }

    /// The knowledge base.
    pub fn articles(&self) -> &'static [Article] {
        &ARTICLES
    }

    /// All needs, in time order, with what the person did first.
    pub fn journeys(&self) -> &[Need] {
        &self.needs
    }

    /// All tickets, in the order in which they were opened.
    pub fn tickets(&self) -> &[Ticket] {
        &self.tickets
    }

    /// One ticket.
    pub fn ticket(&self, id: TicketId) -> &Ticket {
        &self.tickets[id.0 as usize]
    }

    /// All contacts that belong to no ticket, in time order.
    pub fn touches(&self) -> &[Touch] {
        &self.touches
    }

    /// All notices, in the order of their ids; the first is the outage.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// All improvements.
    pub fn improvements(&self) -> &[Improvement] {
        &self.improvements
    }

    /// What was done about each bad answer, in time order.
    pub fn follow_ups(&self) -> &[FollowUp] {
        &self.follow_ups
    }

    /// What really was.
    pub fn truth(&self) -> &Truth {
        &self.truth
    }
}
