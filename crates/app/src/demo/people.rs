//! The people of the company: everyone with what was known of them when, and the accounts of those who work there.

use base::clock::Moment;
use base::db::{Result, Tx};
use ledger::person::{self, AddressKind, Attributes, NewPerson, PersonId, Relation};
use simulate::Company;
use simulate::person::{Language, Move, Person, Role};
use web::actor::{self, Roles};
use web::session::{Account, save_account};

/// Who is who, once they are in the database.
#[derive(Debug, Clone)]
pub(super) struct Cast(Vec<Member>);

#[derive(Debug, Clone)]
struct Member {
    id: PersonId,
    /// When each version of their attributes but the first began.
    moved: Vec<i64>,
    has_mailbox: bool,
    team: Option<&'static str>,
}

impl Cast {
    /// The person of this place in the company's list.
    pub(super) fn id(&self, person: simulate::person::PersonId) -> PersonId {
        self.member(person).id
    }

    /// Which version of a person's attributes held then.
    pub(super) fn version(&self, person: simulate::person::PersonId, at: i64) -> i64 {
        1 + self.member(person).moved.iter().filter(|moved| **moved <= at).count() as i64
    }

    /// Whether mail reaches them.
    pub(super) fn has_mailbox(&self, person: simulate::person::PersonId) -> bool {
        self.member(person).has_mailbox
    }

    /// The team of the desk that they work in.
    pub(super) fn team(&self, person: simulate::person::PersonId) -> Option<&'static str> {
        self.member(person).team
    }

    fn member(&self, person: simulate::person::PersonId) -> &Member {
        &self.0[person.0 as usize]
    }
}

/// Writes everyone.
pub(super) fn insert(tx: &mut Tx, company: &Company) -> Result<Cast> {
    let mut cast = Vec::with_capacity(company.people().len());
    for person in company.people() {
        cast.push(insert_one(tx, person, company.settings().end)?);
    }
    Ok(Cast(cast))
}

fn insert_one(tx: &mut Tx, person: &Person, end: i64) -> Result<Member> {
    let started = Moment(person.started);
    let new = NewPerson {
        name: person.name(),
        relation: if person.is_external() { Relation::External } else { Relation::Internal },
        language: language(person).to_owned(),
        email: person.email.clone(),
        attributes: attributes(person, None),
        simulated: true,
    };
    let id = person::insert(tx, &new, started)?.id;
    if let Some(phone) = person::normal_phone(&person.phone) {
        person::add_address(tx, id, AddressKind::Phone, &phone, started)?;
    }
    let mut moved = Vec::new();
    for change in person.moves.iter().filter(|change| change.at < end) {
        let before = 1 + moved.len() as i64;
        // A move to where one is already makes no new version.
        if person::set_attributes(tx, id, &attributes(person, Some(change)), Moment(change.at))? > before {
            moved.push(change.at);
        }
    }
    let team = if let Role::Agent(team) = person.role { Some(team.name()) } else { None };
    if let Some(roles) = roles(person) {
        let account = Account { person: id, roles, password_hash: None, team: team.map(str::to_owned) };
        save_account(tx, &account)?;
    }
    Ok(Member { id, moved, has_mailbox: person.email.is_some(), team })
}

/// What they read. The desk works in English, whoever signs in as one of its people.
fn language(person: &Person) -> &'static str {
    match (person.role, person.language) {
        (Role::Customer, Language::De) => "de",
        _ => "en",
    }
}

/// What a directory would say of them, at first or after a change.
fn attributes(person: &Person, change: Option<&Move>) -> Attributes {
    let (site, department, title) = change.map_or((person.site, person.department, person.title), |change| {
        (change.site, change.department, change.title)
    });
    let mut attributes = Attributes::new();
    let mut know = |name: &str, value: &str| attributes.insert(name.to_owned(), value.to_owned());
    know("site", site.name());
    know("department", department.name());
    know("role", title);
    if let Some(organisation) = person.organisation {
        know("organisation", organisation);
    }
    let since = jiff::Timestamp::from_millisecond(person.started).unwrap_or_default();
    know("since", &since.strftime("%Y-%m").to_string());
    attributes
}

fn roles(person: &Person) -> Option<Roles> {
    let role = match person.role {
        Role::Customer => return None,
        Role::Agent(_) => actor::Role::Agent,
        Role::Lead => actor::Role::Lead,
        Role::Stakeholder => actor::Role::Stakeholder,
        Role::Admin => actor::Role::Admin,
    };
    Some(Roles::CUSTOMER.with(role))
}
