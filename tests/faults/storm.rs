//! The story of a desk that is killed again and again while people use it, and what it must still be true to.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use base::clock::Clock;
use base::db::{Db, Size, Tx};
use ledger::person::{NewPerson, Relation, insert};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use stories::client::Client;
use testkit::desk::Process;
use web::actor::{Role, Roles};
use web::session::{Account, password_hash, save_account};

use crate::book::{Book, Stored};
use crate::copies;
use crate::crowd::{Crowd, below};

/// What a story ends with: nothing, or what went wrong.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

const AGENTS: [&str; 2] = ["ada@desk.example", "ben@desk.example"];
const PASSWORD: &str = "correct horse battery";
/// Between a start and the next kill, in milliseconds.
const CALM: (u64, u64) = (20, 1_200);

/// How many kills are wanted: `THEDESK_TEST_KILLS`, else 50.
pub(crate) fn wanted_kills() -> usize {
    from_environment("THEDESK_TEST_KILLS").map_or(50, |kills| kills as usize)
}

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// A desk to be killed.
pub(crate) struct Storm<'s> {
    /// Its data folder, empty and on disk.
    pub(crate) data: &'s Path,
    /// Its database, empty; the SQLite file in the folder when there is none.
    pub(crate) database_url: Option<&'s str>,
    /// How often.
    pub(crate) kills: usize,
}

impl Storm<'_> {
    /// Kills the desk while eight clients use it, and then looks at what is left.
    pub(crate) fn rages(&self) -> Result<()> {
        let clock = Clock::default().now().0.cast_unsigned();
        let seed = from_environment("THEDESK_TEST_SEED").unwrap_or(clock);
        eprintln!("THEDESK_TEST_SEED={seed} THEDESK_TEST_KILLS={} repeats the moments of this run", self.kills);
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        self.open(&mut |db| Ok(db.write_now(staff)?))?;
        let data = self.data.display().to_string();
        let mut arguments = vec!["serve", "--data", data.as_str()];
        arguments.extend(self.database_url.iter().flat_map(|url| ["--database-url", *url]));
        let mut desk = Process::start(&arguments)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let agents = runtime.block_on(sign_in(&desk.url()))?;
        let crowd = runtime.block_on(async { Crowd::gathers(&desk.url(), agents, seed) });
        let begun = Instant::now();
        for kill in 1..=self.kills {
            let calm = CALM.0 + below(&mut dice, (CALM.1 - CALM.0) as usize) as u64;
            std::thread::sleep(Duration::from_millis(calm));
            desk.kill9();
            if kill == self.kills.div_ceil(2) {
                self.open(&mut |db| copies::snapshot(db, &self.kept()))?;
            }
            desk.start_again()?;
        }
        let book = runtime.block_on(crowd.parts())?;
        eprintln!("{} kills in {:?}; {}", self.kills, begun.elapsed(), told(&book));
        if book.tickets.counts().0 < self.kills * 3 {
            return Err(format!("hardly anything was written between {} kills: {}", self.kills, told(&book)).into());
        }
        self.open(&mut |db| {
            let followed = copies::caught_up(self.data, db)?;
            copies::delete_index(&mut desk, self.data)?;
            let anew = copies::caught_up(self.data, db)?;
            desk.stop();
            let tickets: i64 = db.read_now(|tx| count(tx, "SELECT COUNT(*) FROM tickets"))?;
            let same = followed == anew && anew.documents.cast_signed() == tickets && anew.something();
            if !same {
                let counts = (followed.documents, anew.documents);
                return Err(format!("of {tickets} tickets the index had {counts:?}, as it was and anew").into());
            }
            copies::projection_agrees(db, &self.kept())?;
            let objections = book.objections(&db.read_now(stored)?);
            let broken = db.read_now(broken)?;
            match objections.len() + broken.len() {
                0 => Ok(()),
                _ => Err(format!("{}\n{}", objections.join("\n"), broken.join("\n")).into()),
            }
        })
    }

    /// Opens the database beside the desk, for as long as `look` takes.
    fn open(&self, look: &mut dyn FnMut(&Db) -> Result<()>) -> Result<()> {
        let file = format!("sqlite:{}", self.data.join("desk.db").display());
        let db = Db::open(self.database_url.unwrap_or(&file), Clock::default(), Size { readers: 1, connections: 2 })?;
        look(&db)
    }

    /// Where the projection's snapshot is kept.
    fn kept(&self) -> std::path::PathBuf {
        self.data.join("kept")
    }
}

fn told(book: &Book) -> String {
    let pages = [("requests", &book.tickets), ("messages", &book.messages), ("answers", &book.answers)];
    let said = pages.map(|(name, page)| {
        let (acknowledged, unanswered) = page.counts();
        format!("{acknowledged} {name} acknowledged and {unanswered} cut off")
    });
    said.join(", ")
}

/// Two agents with a password.
fn staff(tx: &mut Tx) -> base::db::Result<()> {
    let now = Clock::default().now();
    for email in AGENTS {
        let new = NewPerson {
            name: "An Agent".to_owned(),
            relation: Relation::Internal,
            language: "en".to_owned(),
            email: Some(email.to_owned()),
            attributes: Default::default(),
            simulated: false,
        };
        let person = insert(tx, &new, now)?.id;
        let password_hash = password_hash(PASSWORD).ok();
        save_account(tx, &Account { person, roles: Roles::CUSTOMER.with(Role::Agent), password_hash, team: None })?;
    }
    Ok(())
}

async fn sign_in(url: &str) -> Result<Vec<Client>> {
    let mut agents = Vec::new();
    for email in AGENTS {
        let mut client = Client::new(url);
        client.sign_in(email, PASSWORD).await?;
        agents.push(client);
    }
    Ok(agents)
}

fn stored(tx: &mut Tx) -> base::db::Result<Stored> {
    let mut counted = |sql: &str| -> base::db::Result<BTreeMap<String, i64>> {
        let rows = tx.query(sql, &[], |row| Ok((row.read()?, row.read()?)))?;
        Ok(rows.into_iter().collect())
    };
    Ok(Stored {
        tickets: counted("SELECT subject, COUNT(*) FROM tickets GROUP BY subject")?,
        messages: counted(
            "SELECT text, COUNT(*) FROM ticket_messages WHERE author = 'person' AND text LIKE 'again %' GROUP BY text",
        )?,
        answers: counted("SELECT text, COUNT(*) FROM ticket_messages WHERE author = 'desk' GROUP BY text")?,
    })
}

/// Writes of which only a part is there, by what is wrong with them.
fn broken(tx: &mut Tx) -> base::db::Result<Vec<String>> {
    const TOUCHED: &str = "SELECT COUNT(*) FROM touchpoint_objects o JOIN touchpoints p ON p.id = o.touchpoint_id
                           WHERE o.object_type = 'ticket' AND o.object_id = t.id AND p.kind = ";
    let each = [
        (
            "tickets without exactly one first message",
            "SELECT COUNT(*) FROM tickets t WHERE (SELECT COUNT(*) FROM ticket_messages m
                 WHERE m.ticket_id = t.id AND m.author = 'person' AND m.text NOT LIKE 'again %') <> 1"
                .to_owned(),
        ),
        (
            "tickets without exactly one touchpoint of their opening",
            format!("SELECT COUNT(*) FROM tickets t WHERE ({TOUCHED} 'ticket.opened') <> 1"),
        ),
        (
            "tickets without exactly one letter that says so",
            "SELECT COUNT(*) FROM tickets t WHERE (SELECT COUNT(*) FROM outbox o WHERE o.object_type = 'ticket'
                 AND o.object_id = t.id AND o.occasion LIKE 'ticket.received:%') <> 1"
                .to_owned(),
        ),
        (
            "tickets whose answers have another number of touchpoints",
            format!(
                "SELECT COUNT(*) FROM tickets t WHERE ({TOUCHED} 'ticket.answered') <>
                     (SELECT COUNT(*) FROM ticket_messages m WHERE m.ticket_id = t.id AND m.author = 'desk')"
            ),
        ),
        (
            "answers without exactly one letter",
            "SELECT COUNT(*) FROM ticket_messages m WHERE m.author = 'desk'
                 AND (SELECT COUNT(*) FROM outbox o WHERE o.id = m.letter_id) <> 1"
                .to_owned(),
        ),
    ];
    let mut found = Vec::new();
    for (what, sql) in each {
        let broken = count(tx, &sql)?;
        if broken > 0 {
            found.push(format!("{broken} {what}"));
        }
    }
    if !tx.is_postgres() {
        let verdict: Vec<String> = tx.query("PRAGMA integrity_check", &[], |row| row.read())?;
        found.extend(verdict.into_iter().filter(|verdict| verdict != "ok"));
    }
    Ok(found)
}

fn count(tx: &mut Tx, sql: &str) -> base::db::Result<i64> {
    tx.one(sql, &[], |row| row.read())
}
