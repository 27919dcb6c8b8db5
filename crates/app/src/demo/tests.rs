use std::collections::BTreeMap;
use std::path::Path;

use base::clock::{Clock, Moment};
use base::db::{Db, Error, Tx};
use ledger::person::{self, PersonId};
use ledger::touchpoint::{self, Kinds};
use simulate::Company;
use simulate::person::{Person, Role};
use simulate::survey::Survey;
use simulate::ticket::{State, What};
use simulate::touch::TouchKind;

use super::mark::MarkError;
use super::{Found, Mark, Progress, Wanted, make_up};

const SMALL: Wanted = Wanted { people: 60, months: 2, seed: 7 };

fn made(db: &Db, clock: &Clock) -> Company {
    let progress = Progress::default();
    make_up(db, SMALL, clock.now(), &progress).unwrap();
    let (done, total) = progress.now();
    assert!(total > 0 && done * 10 > total * 7, "{done} of {total}");
    Company::new(SMALL.settings(clock.now()))
}

fn count(tx: &mut Tx, sql: &str) -> usize {
    tx.one(sql, &[], |row| row.read::<i64>()).unwrap() as usize
}

testkit::both_engines! {
    fn a_small_company_is_written_as_it_was_made_up(db: Db, clock: Clock) {
        let company = made(&db, &clock);
        db.read_now(move |tx| {
            assert_eq!(count(tx, "SELECT COUNT(*) FROM people WHERE simulated = 1"), company.people().len());
            let versions: usize = company.people().len()
                + company.people().iter().flat_map(|p| &p.moves).filter(|m| m.at < company.settings().end).count();
            assert_eq!(count(tx, "SELECT COUNT(*) FROM person_versions"), versions);
            assert_eq!(count(tx, "SELECT COUNT(*) FROM accounts WHERE roles = 'agent'"), 3);
            assert_eq!(count(tx, "SELECT COUNT(*) FROM accounts WHERE roles = 'lead'"), 2);
            assert_eq!(count(tx, "SELECT COUNT(*) FROM accounts WHERE roles = 'stakeholder'"), 4);
            assert_eq!(count(tx, "SELECT COUNT(*) FROM accounts WHERE roles = 'admin'"), 1);

            let tickets = company.tickets();
            let open = tickets.iter().filter(|ticket| ticket.state < State::Resolved).count();
            assert_eq!(count(tx, "SELECT COUNT(*) FROM tickets WHERE source = 'simulated'"), tickets.len());
            assert_eq!(count(tx, "SELECT COUNT(*) FROM tickets WHERE is_open = 1"), open);
            let resolved = tickets.iter().filter(|ticket| ticket.state == State::Resolved).count();
            assert_eq!(count(tx, "SELECT COUNT(*) FROM tickets WHERE state = 'resolved'"), resolved);
            let said = |what: &What| matches!(what, What::Replied { .. } | What::Noted { .. } | What::Said { .. } | What::Chased { .. });
            let messages: usize = tickets.iter().map(|ticket| 1 + ticket.events.iter().filter(|e| said(&e.what)).count()).sum();
            assert_eq!(count(tx, "SELECT COUNT(*) FROM ticket_messages"), messages);

            let of_kind = |tx: &mut Tx, kind: &str| count(tx, &format!("SELECT COUNT(*) FROM touchpoints WHERE kind = '{kind}'"));
            let events = |is: fn(&What) -> bool| tickets.iter().flat_map(|ticket| &ticket.events).filter(|e| is(&e.what)).count();
            assert_eq!(of_kind(tx, "ticket.opened"), tickets.len());
            assert_eq!(of_kind(tx, "ticket.answered"), events(|what| matches!(what, What::Replied { .. })));
            assert_eq!(of_kind(tx, "ticket.resolved"), events(|what| matches!(what, What::Resolved { .. })));
            assert_eq!(of_kind(tx, "ticket.reopened"), events(|what| matches!(what, What::Reopened)));
            assert_eq!(of_kind(tx, "ticket.confirmed"), events(|what| matches!(what, What::Confirmed)));
            assert_eq!(of_kind(tx, "ticket.closed"), events(|what| matches!(what, What::Closed { by_itself: true })));
            let touches = |is: fn(&TouchKind) -> bool| company.touches().iter().filter(|touch| is(&touch.kind)).count();
            assert_eq!(of_kind(tx, "search.empty"), touches(|kind| matches!(kind, TouchKind::SearchedInVain { .. })));
            assert_eq!(of_kind(tx, "callback.promised"), touches(|kind| matches!(kind, TouchKind::CallbackPromised { .. })));
            assert_eq!(of_kind(tx, "improvement.told"), touches(|kind| matches!(kind, TouchKind::Told(_))));

            let surveys = tickets.iter().filter(|ticket| ticket.survey != Survey::NotDue).count();
            let answers = tickets.iter().filter(|ticket| matches!(ticket.survey, Survey::Invited { answer: Some(_), .. })).count();
            assert_eq!(count(tx, "SELECT COUNT(*) FROM surveys WHERE object_type = 'ticket'"), surveys);
            assert_eq!(count(tx, "SELECT COUNT(*) FROM responses"), answers);
            assert_eq!(of_kind(tx, "survey.answered"), answers);
            assert_eq!(count(tx, "SELECT COUNT(*) FROM follow_ups"), company.follow_ups().len());
            let states: Vec<String> = tx.query(
                "SELECT DISTINCT state FROM improvements WHERE merged_into IS NULL ORDER BY state", &[], |row| row.read())?;
            assert_eq!(states, ["declined", "doing", "planned", "proposed", "told"]);
            assert_eq!(of_kind(tx, "survey.withheld") + of_kind(tx, "survey.invited"), surveys);

            // In two months of a cycle of twelve weeks most employees had their turn, nobody twice, and some answered.
            let turns = count(tx, "SELECT COUNT(*) FROM surveys WHERE object_type = 'pulse'");
            let whose = "SELECT COUNT(DISTINCT person_id) FROM surveys WHERE object_type = 'pulse'";
            let is_asked = |own: &&Person| !own.is_external() && !matches!(own.role, Role::Agent(_));
            let employees = company.people().iter().filter(is_asked).count();
            assert!((employees / 3..=employees).contains(&turns) && turns == count(tx, whose), "{turns} of {employees}");
            assert_eq!(of_kind(tx, "pulse.withheld") + of_kind(tx, "pulse.invited"), turns);
            let said = of_kind(tx, "pulse.answered");
            assert!(said > 0 && count(tx, "SELECT COUNT(*) FROM pulse_responses") == said, "{said}");
            Ok::<_, Error>(())
        })
        .unwrap();
    }

    fn the_ledger_is_in_order_and_speaks_only_of_what_is_declared(db: Db, clock: Clock) {
        let company = made(&db, &clock);
        let busiest = {
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            company.tickets().iter().for_each(|ticket| *counts.entry(ticket.person.0).or_default() += 1);
            let most = counts.into_iter().max_by_key(|(_, count)| *count).map(|(person, _)| person);
            company.people()[most.unwrap() as usize].email.clone().unwrap()
        };
        let kinds: Vec<_> = [service::KINDS, programme::KINDS, &[crate::demo::KINDS]].concat();
        let kinds = Kinds::gather(&kinds);
        let (start, end) = (company.start(), company.settings().end);
        db.read_now(move |tx| {
            assert_eq!(count(tx, "SELECT COUNT(*) FROM touchpoints WHERE source <> 'simulated'"), 0);
            let names: Vec<String> = tx.query("SELECT DISTINCT kind FROM touchpoints", &[], |row| row.read())?;
            assert!(names.len() > 25, "{names:?}");
            for name in names {
                assert!(kinds.get(&name).is_some(), "{name} is not declared");
            }
            // What a ticket and its people did is told in the order of time.
            let sql = "SELECT t.at FROM touchpoints t WHERE t.kind LIKE 'ticket.%' OR t.kind LIKE 'search.%' OR t.kind LIKE 'notice.%'
                       ORDER BY t.position, t.id";
            let times: Vec<i64> = tx.query(sql, &[], |row| row.read())?;
            assert!(times.is_sorted() && times[0] >= start && *times.last().unwrap() < end);
            let person = person::find_by_address(tx, person::AddressKind::Email, &busiest)?.unwrap();
            let timeline = touchpoint::of_person(tx, person.id, Moment(end), true, 10_000)?;
            assert!(timeline.len() > 10 && timeline.windows(2).all(|pair| pair[0].at >= pair[1].at));
            assert!(timeline.iter().all(|touchpoint| touchpoint.person_version >= 1));
            // Nobody is to react to any of it.
            assert_eq!(touchpoint::cursor(tx, crate::reactions::NAME)?, touchpoint::end(tx)?);
            Ok::<_, Error>(())
        })
        .unwrap();
    }

    fn feelings_and_versions_are_those_of_then(db: Db, clock: Clock) {
        let company = made(&db, &clock);
        let mut felt: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for ticket in company.tickets() {
            if let Survey::Invited { answer: Some(answer), .. } = &ticket.survey
                && let Some(emotion) = answer.emotion
            {
                let email = company.person(ticket.person).email.clone().unwrap();
                let newest = felt.entry(email).or_default();
                *newest = (*newest).max((answer.at, i64::from(emotion)));
            }
        }
        assert!(felt.len() > 3);
        db.read_now(move |tx| {
            assert_eq!(count(tx, "SELECT COUNT(*) FROM people WHERE felt IS NOT NULL"), felt.len());
            for (email, (_, emotion)) in &felt {
                let person = person::find_by_address(tx, person::AddressKind::Email, email)?.unwrap();
                let sql = "SELECT felt FROM people WHERE id = $1";
                assert_eq!(tx.one(sql, base::db::params![person.id], |row| row.read::<i64>())?, *emotion);
            }
            let wrong = "SELECT COUNT(*) FROM touchpoints t JOIN person_versions v
                         ON v.person_id = t.person_id AND v.version = t.person_version
                         WHERE v.from_at > t.at AND v.version > 1";
            assert_eq!(count(tx, wrong), 0);
            Ok::<_, Error>(())
        })
        .unwrap();
    }

    fn the_next_ticket_gets_the_next_number(db: Db, clock: Clock) {
        made(&db, &clock);
        let next = db.write_now(|tx| tx.next_number("ticket")).unwrap();
        let sql = "SELECT MAX(number), MIN(person_id) FROM tickets";
        let (last, somebody) = db.read_now(move |tx| tx.one(sql, &[], |row| Ok((row.read::<i64>()?, row.read::<PersonId>()?)))).unwrap();
        assert_eq!(next, last + 1);
        assert!(somebody.0 > 0);
    }
}

/// What people read of a company: names, subjects, words, in their order.
fn texts(db: &Db) -> Vec<String> {
    db.read_now(|tx| {
        let mut texts = tx.query("SELECT name FROM people ORDER BY id", &[], |row| row.read::<String>())?;
        texts.extend(tx.query("SELECT subject FROM tickets ORDER BY id", &[], |row| row.read::<String>())?);
        texts.extend(tx.query("SELECT text FROM ticket_messages ORDER BY id", &[], |row| row.read::<String>())?);
        texts.extend(tx.query("SELECT kind FROM touchpoints ORDER BY position, id", &[], |row| row.read::<String>())?);
        Ok::<_, Error>(texts)
    })
    .unwrap()
}

#[test]
fn the_same_seed_tells_the_same_story_an_hour_later() {
    let [one, other] = [0, 1].map(|_| testkit::database::Database::sqlite());
    let now = one.clock().now();
    made(&one.db(), &one.clock());
    make_up(&other.db(), SMALL, now.plus(59 * 60_000), &Progress::default()).unwrap();
    assert_eq!(texts(&one.db()), texts(&other.db()));
}

fn mark(folder: &Path) -> Mark {
    Mark::of(folder, &format!("sqlite:{}", folder.join("desk.db").display()))
}

#[test]
fn a_folder_says_what_is_in_it() {
    let folder = testkit::folder::in_memory("demo").unwrap();
    let (folder, database) = (folder.path(), folder.path().join("desk.db"));
    let other = Wanted { people: 80, ..SMALL };
    assert_eq!(mark(folder).look(SMALL).unwrap(), Found::Nothing);
    std::fs::write(&database, "half of it").unwrap();
    // Cut off: the rest is cleared away, and it begins anew.
    assert_eq!(mark(folder).look(other).unwrap(), Found::Nothing);
    assert!(!database.exists());
    std::fs::write(&database, "all of it").unwrap();
    mark(folder).finish(other).unwrap();
    // Whole: it is not written again, whatever is asked for.
    assert_eq!(mark(folder).look(SMALL).unwrap(), Found::Demo(other));
    assert!(database.exists());
}

#[test]
fn a_real_desk_is_never_taken_for_a_demo() {
    let folder = testkit::folder::in_memory("demo").unwrap();
    let database = folder.path().join("desk.db");
    std::fs::write(&database, "somebody's work").unwrap();
    assert!(matches!(mark(folder.path()).look(SMALL), Err(MarkError::NotDemo(_))));
    assert!(database.exists());
    let elsewhere = testkit::folder::in_memory("demo").unwrap();
    let server = Mark::of(elsewhere.path(), "postgres://db.example/desk");
    assert_eq!(server.look(SMALL).unwrap(), Found::Nothing);
    assert!(matches!(server.look(SMALL), Err(MarkError::CutOff)));
}
