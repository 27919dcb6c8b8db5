//! The people of the company, its desk and its customers.

use crate::calendar::DAY;
use crate::dice::Dice;
use crate::names;
use crate::places::{Department, Site, Team};

/// A position in [`crate::Company::people`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(pub u32);

/// The language a person writes and reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

/// What a person is to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Gets help; employee or external.
    Customer,
    /// Gives help.
    Agent(Team),
    /// Leads the programme.
    Lead,
    /// Owns a part of journeys in another department.
    Stakeholder,
    /// Runs the system.
    Admin,
}

/// A change of site, department or title during the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// From when on.
    pub at: i64,
    /// Where to.
    pub site: Site,
    /// As part of what.
    pub department: Department,
    /// As what.
    pub title: &'static str,
}

/// A person, as the directory knows them at the beginning; [`Person::moves`] tells the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Index.
    pub id: PersonId,
    /// First name.
    pub given: &'static str,
    /// Last name.
    pub family: &'static str,
    /// Unique. Some people on the shop floor have none.
    pub email: Option<String>,
    /// Extension or mobile.
    pub phone: String,
    /// Writes and reads this.
    pub language: Language,
    /// To the desk.
    pub role: Role,
    /// Employer, when a customer from outside.
    pub organisation: Option<&'static str>,
    /// Site (for a customer from outside, the one that looks after them).
    pub site: Site,
    /// Department.
    pub department: Department,
    /// Job title.
    pub title: &'static str,
    /// First working day, or first order.
    pub started: i64,
    /// In time order.
    pub moves: Vec<Move>,
}

impl Person {
    /// Given and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// A customer from outside the company.
    pub fn is_external(&self) -> bool {
        self.organisation.is_some()
    }

    /// Site and department at a time.
    pub fn then(&self, at: i64) -> (Site, Department) {
        let last = self.moves.iter().rev().find(|change| change.at <= at);
        last.map_or((self.site, self.department), |change| (change.site, change.department))
    }
}

/// What nobody sees: how a person is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nature {
    /// Added to the habit of the department.
    pub(crate) around: f64,
    /// Added to every mood, -12 to 8.
    pub(crate) temper: f64,
    /// Needs compared with others.
    pub(crate) needy: f64,
    /// Weights of email, portal, phone, walk-up.
    pub(crate) channels: [u32; 4],
    /// What was learnt: positive after bad experiences.
    pub(crate) memory: f64,
    /// When the person was last asked.
    pub(crate) asked: i64,
    pub(crate) opted_out: bool,
}

/// Everyone: `employees` of the company first (the desk's own people at the beginning), then customers.
pub(crate) fn people(employees: usize, start: i64, end: i64, dice: &mut Dice) -> (Vec<Person>, Vec<Nature>) {
    let agents = (employees * 15).div_ceil(2_000).max(3);
    let externals = (employees * 150).div_ceil(2_000).max(4);
    let mut taken = std::collections::HashMap::new();
    let mut people = Vec::with_capacity(employees + externals);
    let mut natures = Vec::with_capacity(employees + externals);
    for index in 0..employees + externals {
        let external = index >= employees;
        let (role, site, department, title) = post(index, agents, external, dice);
        let (given, family) = names::full(site, dice);
        let organisation = external.then(|| dice.pick(&names::ORGANISATIONS));
        let domain = organisation.map_or("lindenhof.example".to_owned(), |(_, domain)| format!("{domain}.example"));
        let without_mailbox = department == Department::Production && dice.chance(0.2);
        let email = (!without_mailbox).then(|| unique(&mut taken, given, family, &domain));
        let german = matches!(site, Site::Hamburg | Site::Leipzig) && dice.chance(0.85);
        let new = dice.chance(0.11) && index > agents + 8;
        let started = if new {
            start + dice.whole(0, ((end - start) / DAY - 20).max(1)) * DAY
        } else {
            start - dice.whole(60, 7_000) * DAY
        };
        let mut moves = Vec::new();
        if !external && matches!(role, Role::Customer) && dice.chance(0.05) {
            let at = start + dice.whole(30, ((end - start) / DAY).max(31)) * DAY;
            let (_, site, department, title) = post(usize::MAX, agents, false, dice);
            moves.push(Move { at, site, department, title });
        }
        let phone = if external || matches!(department, Department::Sales | Department::FieldService) {
            format!("+49 151 5550 {:04}", index % 10_000)
        } else {
            format!("+49 40 5550 {}", 1_000 + index)
        };
        people.push(Person {
            id: PersonId(index as u32),
            given,
            family,
            email,
            phone,
            language: if german { Language::De } else { Language::En },
            role,
            organisation: organisation.map(|(name, _)| name),
            site,
            department,
            title,
            started,
            moves,
        });
        natures.push(nature(department, without_mailbox, dice));
    }
    (people, natures)
}

fn post(index: usize, agents: usize, external: bool, dice: &mut Dice) -> (Role, Site, Department, &'static str) {
    use Department::{Customers, Facilities, HumanResources, It, Production, Sales};
    if index < agents {
        // Six, five and four of fifteen.
        let team = [Team::FirstLine, Team::Workplace, Team::Business]
            [[0, 1, 2, 0, 1, 2, 0, 1, 0, 1, 2, 0, 1, 2, 0][index % 15]];
        let site = [Site::Hamburg, Site::Porto, Site::Krakow, Site::Hamburg, Site::Leipzig][index % 5];
        return (Role::Agent(team), site, It, "Service desk agent");
    }
    match index - agents.min(index) {
        0 => return (Role::Lead, Site::Hamburg, It, "Head of support"),
        1 => return (Role::Lead, Site::Porto, It, "Experience lead"),
        2 => return (Role::Admin, Site::Hamburg, It, "System administrator"),
        3 => return (Role::Stakeholder, Site::Hamburg, HumanResources, "Head of payroll"),
        4 => return (Role::Stakeholder, Site::Leipzig, Facilities, "Head of facilities"),
        5 => return (Role::Stakeholder, Site::Lisbon, Sales, "Sales operations manager"),
        6 => return (Role::Stakeholder, Site::Leipzig, Production, "Plant manager"),
        _ => {}
    }
    let site = Site::ALL[dice.weighted(&[30, 24, 16, 13, 8, 9])];
    let department = if external {
        Customers
    } else {
        Department::ALL[match site {
            Site::Hamburg => dice.weighted(&[0, 22, 18, 8, 14, 8, 4, 12, 6, 8]),
            Site::Leipzig | Site::Porto => dice.weighted(&[56, 10, 2, 4, 3, 3, 14, 0, 6, 2]),
            Site::Lisbon => dice.weighted(&[0, 6, 34, 8, 16, 12, 4, 14, 3, 3]),
            Site::Leeds => dice.weighted(&[0, 2, 40, 34, 5, 4, 6, 5, 4, 0]),
            Site::Krakow => dice.weighted(&[0, 52, 2, 2, 28, 6, 0, 4, 3, 3]),
        }]
    };
    (Role::Customer, site, department, dice.pick(department.titles()))
}

fn nature(department: Department, without_mailbox: bool, dice: &mut Dice) -> Nature {
    let channels = match department {
        _ if without_mailbox => [0, 10, 45, 45],
        Department::Customers => [52, 26, 22, 0],
        Department::Production | Department::Logistics => [20, 25, 30, 25],
        Department::FieldService => [34, 14, 48, 4],
        Department::Engineering => [40, 44, 6, 10],
        _ => [42, 30, 18, 10],
    };
    let needy = if dice.chance(0.08) { dice.between(1.8, 3.2) } else { dice.between(0.4, 1.5) };
    Nature {
        around: dice.bell() * 0.06,
        temper: dice.between(-12.0, 8.0),
        needy,
        channels,
        memory: 0.0,
        asked: i64::MIN / 2,
        opted_out: dice.chance(0.02),
    }
}

fn unique(taken: &mut std::collections::HashMap<String, u32>, given: &str, family: &str, domain: &str) -> String {
    let local = format!("{}.{}", names::ascii(given), names::ascii(family));
    let address = format!("{local}@{domain}");
    let count = taken.entry(address.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { address } else { format!("{local}{count}@{domain}") }
}
