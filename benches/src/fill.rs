//! A data folder with as many tickets as wanted, two years of them, filled once through the bulk functions and kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base::clock::{Clock, DAY, HOUR, MINUTE, Moment};
use base::db::{Db, Size, Tx, params};
use ledger::person::{NewPerson, PersonId, Relation, insert};
use ledger::touchpoint::{self, Channel, Draft, Source};
use serde_json::{Value, json};
use service::ticket::bulk::{self, Beginning, By, Past};
use service::ticket::{State, TicketId};
use stories::client::Client;
use tokio::runtime::Runtime;
use web::actor::{Role, Roles};
use web::session::{Account, password_hash, save_account};

use crate::prose::{Dice, LAST, Language, PLANTED};
use crate::{Result, desk, note};

/// Raised whenever what is filled in changes.
const SHAPE: u32 = 2;
/// Everybody's of the desk.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// Tickets that are written in one transaction.
const AT_ONCE: usize = 2_000;
/// Agents of the desk, in four teams.
const STAFF: usize = 20;
const TEAMS: [&str; 4] = ["First line", "Workplace", "Business systems", "Network"];
/// Of the newest tickets so many in a hundred of all are not over.
const OPEN: usize = 4;
/// For so long the desk has been in use.
const YEARS: i64 = 2 * 365 * DAY;

/// A filled folder, and what is in it.
pub(crate) struct Filled {
    /// Where; never to be started on, only copied.
    pub folder: PathBuf,
    /// How many tickets there are.
    pub tickets: usize,
    /// How many messages.
    pub messages: i64,
    /// How many touchpoints.
    pub touchpoints: i64,
    /// How many people asked.
    pub people: usize,
    /// How many tickets are open.
    pub open: i64,
    /// Some of the tickets, spread over all of them: id and number.
    pub some: Vec<(i64, i64)>,
}

/// The mail address of an agent.
pub(crate) fn agent_email(number: usize) -> String {
    format!("agent{number}@desk.example")
}

/// The mail address of somebody who asks.
pub(crate) fn person_email(number: usize) -> String {
    format!("person{number}@people.example")
}

/// How many people a desk of so many tickets has.
fn people_of(tickets: usize) -> usize {
    (tickets / 50).max(100)
}

/// The folder of `tickets` tickets, filled now unless an earlier run did.
pub(crate) fn ready(runtime: &Runtime, cache: &Path, tickets: usize) -> Result<Filled> {
    let schema = base::db::schema_fingerprint();
    let folder = cache.join(format!("{tickets}-{}-{SHAPE}", &schema[..12]));
    let figures = folder.join("figures.json");
    if !figures.is_file() {
        if folder.exists() {
            note("an earlier filling was not finished: beginning again");
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let begun = Instant::now();
        note(format!("filling a folder with {tickets} tickets, once"));
        let counted = fill(&folder, tickets)?;
        note(format!("filled in {:?}; now the desk makes its search index", begun.elapsed()));
        index(runtime, &folder, &counted)?;
        fs::write(&figures, counted.to_string())?;
        note(format!("ready after {:?}", begun.elapsed()));
    }
    let read: Value = serde_json::from_str(&fs::read_to_string(&figures)?)?;
    let number = |name: &str| read[name].as_i64().unwrap_or_default();
    let some = read["some"].as_array().into_iter().flatten();
    Ok(Filled {
        folder,
        tickets,
        messages: number("messages"),
        touchpoints: number("touchpoints"),
        people: people_of(tickets),
        open: number("open"),
        some: some.filter_map(|pair| Some((pair[0].as_i64()?, pair[1].as_i64()?))).collect(),
    })
}

/// Who asks, and who answers.
struct People {
    customers: Vec<(PersonId, i64)>,
    agents: Vec<(PersonId, &'static str)>,
}

fn fill(folder: &Path, tickets: usize) -> Result<Value> {
    let url = format!("sqlite:{}", folder.join("desk.db").display());
    let clock = Clock::default();
    let now = clock.now();
    let db = Db::open(&url, clock, Size { readers: 1, connections: 1 })?;
    let hash = password_hash(PASSWORD)?;
    let people = Arc::new(db.write_now(move |tx| populate(tx, people_of(tickets), &hash, now.plus(-YEARS)))?);
    let language = Arc::new(Language::new());
    for first in (0..tickets).step_by(AT_ONCE) {
        let (people, language) = (Arc::clone(&people), Arc::clone(&language));
        let slice = first..(first + AT_ONCE).min(tickets);
        db.write_now(move |tx| live(tx, &people, &language, slice.clone(), tickets, now))?;
    }
    // All this is long past: nothing follows from it any more, and a desk of that age would have read it.
    db.write_now(|tx| {
        let end = touchpoint::end(tx)?;
        touchpoint::advance(tx, "reactions", end)
    })?;
    db.read_now(move |tx| {
        let mut count = |sql: &str| tx.one(sql, &[], |row| row.read::<i64>());
        let messages = count("SELECT COUNT(*) FROM ticket_messages")?;
        let open = count("SELECT COUNT(*) FROM tickets WHERE is_open = 1")?;
        let touchpoints = touchpoint::count(tx)?;
        let step = (tickets / 1_000).max(1) as i64;
        let sql = "SELECT id, number FROM tickets WHERE number % $1 = 0 OR number = $2 ORDER BY number";
        let pair = |row: &base::db::Row| Ok(json!([row.read::<i64>()?, row.read::<i64>()?]));
        let some = tx.query(sql, params![step, tickets as i64], pair)?;
        let newest = tx.one("SELECT MAX(id) FROM tickets", &[], |row| row.read::<i64>())?;
        let figures =
            json!({ "messages": messages, "open": open, "touchpoints": touchpoints, "some": some, "newest": newest });
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(figures)
    })
}

fn populate(tx: &mut Tx, customers: usize, hash: &str, at: Moment) -> base::db::Result<People> {
    const SITES: [&str; 6] = ["Lisbon", "Graz", "Turku", "Ghent", "Brno", "Cork"];
    const DEPARTMENTS: [&str; 5] = ["Sales", "Laboratory", "Production", "Finance", "Service"];
    let mut dice = Dice::new(11);
    let person = |tx: &mut Tx, name: String, email: String, place: usize| {
        let site = SITES[place % SITES.len()].to_owned();
        let department = DEPARTMENTS[place / 7 % DEPARTMENTS.len()].to_owned();
        let new = NewPerson {
            name,
            relation: Relation::Internal,
            language: if place.is_multiple_of(5) { "de" } else { "en" }.to_owned(),
            email: Some(email),
            attributes: [("site".to_owned(), site), ("department".to_owned(), department)].into(),
            simulated: false,
        };
        insert(tx, &new, at)
    };
    let mut people = People { customers: Vec::new(), agents: Vec::new() };
    for number in 0..customers {
        let new = person(tx, format!("Person Number{number}"), person_email(number), number)?;
        people.customers.push((new.id, new.version));
        // Three in ten have said how they felt, a fifth of those not well.
        if dice.below(10) < 3 {
            let felt = [1_i64, 2, 3, 3, 4, 4, 4, 5, 5, 5][dice.below(10)];
            tx.execute("UPDATE people SET felt = $1 WHERE id = $2", params![felt, new.id])?;
        }
    }
    for number in 0..STAFF {
        let id = person(tx, format!("Agent Number{number}"), agent_email(number), number)?.id;
        let team = TEAMS[number % TEAMS.len()];
        let roles = Roles::CUSTOMER.with(Role::Agent);
        let account = Account { person: id, roles, password_hash: Some(hash.to_owned()), team: Some(team.to_owned()) };
        save_account(tx, &account)?;
        people.agents.push((id, team));
    }
    Ok(people)
}

/// Writes some of the tickets, with what happened to them in the order of time.
fn live(
    tx: &mut Tx,
    people: &People,
    language: &Language,
    slice: std::ops::Range<usize>,
    all: usize,
    now: Moment,
) -> base::db::Result<()> {
    let mut dice = Dice::new(slice.start as u64 + 1);
    let reserved = bulk::reserve(tx, slice.len())?;
    let mut pasts = Vec::with_capacity(slice.len());
    let mut happened: Vec<(Moment, Draft, Option<i64>)> = Vec::with_capacity(slice.len() * 6);
    for (place, reserved) in slice.zip(reserved) {
        let at = now.plus(-YEARS).plus((YEARS - 2 * DAY) / all as i64 * place as i64);
        let (person, version) = people.customers[dice.below(people.customers.len())];
        let mut past = begin(language, &mut dice, reserved, person, place, all, at);
        let over = place < all - all * OPEN / 100;
        go_on(&mut past, people, language, &mut dice, over, at);
        happened.extend(past.take_happened().into_iter().map(|(at, draft)| (at, draft, Some(version))));
        pasts.push(past);
    }
    bulk::insert(tx, &pasts)?;
    happened.sort_by_key(|(at, ..)| *at);
    let drafts: Vec<_> = happened.into_iter().map(|(_, draft, version)| (draft, version)).collect();
    touchpoint::record_many(tx, &drafts)
}

fn begin(
    language: &Language,
    dice: &mut Dice,
    reserved: (TicketId, i64),
    person: PersonId,
    place: usize,
    all: usize,
    at: Moment,
) -> Past {
    let channel = if dice.below(3) == 0 { Channel::Portal } else { Channel::Email };
    let mut text = language.message(dice, 25, 90);
    text.push_str(&format!("\nSerial number SN-{}", 100_000 + place));
    if place.is_multiple_of(1_000) {
        text.push_str(&format!(" {PLANTED}"));
    }
    if place + 1 == all {
        text.push_str(&format!(" {LAST}"));
    }
    let past = Past::open(Beginning {
        reserved,
        person,
        channel,
        subject: language.line(dice, 4, 8),
        text,
        service: (dice.below(2) == 0).then(|| language.word(200 + dice.below(12)).to_owned()),
        needed_by: None,
        source: Source::Imported,
        at,
    });
    if dice.below(5) == 0 { past.tag(language.word(300 + dice.below(20))) } else { past }
}

/// What became of a ticket: 2.4 messages on average.
fn go_on(past: &mut Past, people: &People, language: &Language, dice: &mut Dice, over: bool, at: Moment) {
    let (agent, team) = people.agents[dice.below(people.agents.len())];
    let by = By { person: agent, team: Some(team) };
    let minutes = |dice: &mut Dice, most: usize| (1 + dice.below(most)) as i64 * MINUTE;
    let mut at = at;
    // Of those that are not over, a quarter was not looked at yet.
    if !over && dice.below(4) == 0 {
        return;
    }
    at = at.plus(minutes(dice, 240));
    past.assign(by, by, at);
    if dice.below(5) == 0 || !over {
        at = at.plus(minutes(dice, 60));
        past.answer(by, Channel::Email, language.message(dice, 12, 50), State::WaitingPerson, at);
        if !over && dice.below(2) == 0 {
            return;
        }
        at = at.plus(minutes(dice, 600));
        past.write(Channel::Email, language.message(dice, 10, 60), false, at);
    }
    if !over {
        return;
    }
    at = at.plus(minutes(dice, 300));
    past.answer(by, Channel::Email, language.message(dice, 15, 70), State::Resolved, at);
    if dice.below(10) < 3 {
        past.confirm(at.plus(minutes(dice, 1_000)));
    } else {
        past.close(at.plus(7 * DAY + HOUR));
    }
}

/// Lets the desk itself make its index, and waits until the last ticket is found.
fn index(runtime: &Runtime, folder: &Path, counted: &Value) -> Result<()> {
    const PATIENCE: Duration = Duration::from_mins(10);
    let mut desk = desk::serve(folder)?;
    let last = format!("/desk/tickets/{}", counted["newest"]);
    let found = async {
        let mut client = Client::new(&desk.url());
        client.sign_in(&agent_email(0), PASSWORD).await?;
        let begun = Instant::now();
        while !client.get(&format!("/desk/search?q={LAST}")).await?.text().contains(&last) {
            if begun.elapsed() > PATIENCE {
                return Err(format!("the last ticket is not found after {PATIENCE:?}").into());
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        // The commit that brought it is followed by the merging of what was written in pieces.
        tokio::time::sleep(Duration::from_secs(5)).await;
        Result::Ok(())
    };
    runtime.block_on(found)?;
    desk.stop();
    Ok(())
}
