//! Tickets opened by their people, durable before the answer: over HTTP, and the same closures without it.

use std::time::Duration;

use base::clock::Clock;
use base::db::{Db, Size};
use base::text::{Catalogue, Texts};
use ledger::person::{Relation, find_or_create_by_email};
use ledger::touchpoint::{Channel, Source};
use service::ticket::work::{self, Request};
use stories::client::Client;
use tokio::runtime::Runtime;
use web::Voice;
use web::error::Error;

use crate::desk::{Loaded, copy_of};
use crate::fill::{Filled, person_email};
use crate::load::{Timing, closed, thousands};
use crate::prose::{Dice, Language};
use crate::row::Row;
use crate::{Result, note};

const CLIENTS: [usize; 2] = [8, 64];
/// What the best peer reaches with 8 clients, and how much faster the desk is to be with as many clients as above.
const PEER: f64 = 47.0;
const TIMES: [f64; 2] = [50.0, 200.0];

/// What somebody asks: their address, the subject, the text.
struct Asked {
    email: String,
    subject: String,
    text: String,
}

/// Somebody who asks again and again; the same questions in each run.
struct Asking {
    dice: Dice,
    people: usize,
}

impl Asking {
    fn all(count: usize, people: usize) -> Vec<Self> {
        (0..count).map(|number| Self { dice: Dice::new(7_000 + number as u64), people }).collect()
    }

    fn next(&mut self, language: &Language) -> Asked {
        Asked {
            email: person_email(self.dice.below(self.people)),
            subject: language.line(&mut self.dice, 4, 8),
            text: language.message(&mut self.dice, 30, 60),
        }
    }
}

/// The closures of `POST /requests` alone, on a copy of the filled folder, with nothing else going on in it.
pub(crate) fn without_http(runtime: &Runtime, filled: &Filled, within: Duration) -> Result<Vec<Timing>> {
    note("the same closures without HTTP");
    let folder = copy_of(filled)?;
    let url = format!("sqlite:{}", folder.path().join("desk.db").display());
    let db = Db::open(&url, Clock::default(), Size::default())?;
    let texts: Vec<Texts> = web::TEXTS.iter().chain(service::TEXTS).copied().collect();
    let voice = Voice::new(Catalogue::new(&texts)?, "http://127.0.0.1:7300", "The Desk");
    let language = std::sync::Arc::new(Language::new());
    CLIENTS
        .iter()
        .map(|&count| {
            let (db, voice, language) = (db.clone(), voice.clone(), language.clone());
            let work = move |mut asking: Asking, _: usize| {
                let (db, voice, asked) = (db.clone(), voice.clone(), asking.next(&language));
                async move {
                    open(&db, voice, asked).await?;
                    Ok(asking)
                }
            };
            Ok(closed(runtime, Asking::all(count, filled.people), within, work)?.0)
        })
        .collect()
}

/// What the handler of `POST /requests` writes.
async fn open(db: &Db, voice: Voice, asked: Asked) -> Result<()> {
    let now = Clock::default().now();
    db.write(move |tx| {
        let found = find_or_create_by_email(tx, &asked.email, Some("Somebody"), "en", |_| Relation::External, now)?;
        let request = Request {
            person: found.ok_or(Error::Refused("no address"))?.id,
            channel: Channel::Portal,
            subject: &asked.subject,
            text: &asked.text,
            quoted: "",
            html: None,
            mail_id: None,
            service: None,
            needed_by: None,
            files: &[],
            by_machine: false,
            source: Source::Lived,
            extras: None,
        };
        work::open(tx, &voice, &request, now)
    })
    .await
    .map(drop)
    .map_err(|error| error.to_string().into())
}

/// The portal's form, as one row for each number of clients, with how that compares to `closures`.
pub(crate) fn over_http(
    runtime: &Runtime,
    desk: &Loaded,
    filled: &Filled,
    within: Duration,
    closures: &[Timing],
) -> Result<Vec<Row>> {
    let language = std::sync::Arc::new(Language::new());
    let mut rows = Vec::new();
    for ((&count, times), closure) in CLIENTS.iter().zip(TIMES).zip(closures) {
        let language = language.clone();
        let clients = Asking::all(count, filled.people).into_iter().map(|asking| (asking, Client::new(&desk.url())));
        let work = move |(mut asking, mut client): (Asking, Client), _: usize| {
            let Asked { email, subject, text } = asking.next(&language);
            async move {
                let fields = [("name", "Somebody"), ("email", &email), ("subject", &subject), ("text", &text)];
                let answer = client.post("/requests", &fields).await?;
                if !answer.leads_to("/requests/") {
                    return Err(format!("a request was answered with {}", answer.status).into());
                }
                Ok((asking, client))
            }
        };
        let timing = closed(runtime, clients.collect(), within, work)?.0;
        rows.push(Row {
            work: format!("ticket created over HTTP, durable, {count} clients"),
            measured: timing.words(),
            bar: if count == 8 { ">= 50 x the best peer: 2,350/s" } else { ">= 200 x the best peer: 9,400/s" },
            yardstick: "8 clients: django-helpdesk 47/s, osTicket 25/s, FreeScout 11/s, RT 2.6/s",
            met: Some(timing.rate() >= PEER * times),
        });
        let share = timing.rate() / closure.rate();
        rows.push(Row {
            work: format!("the same as a share of its closures without HTTP, {count} clients"),
            measured: format!("{:.0}% of {}/s", share * 100.0, thousands(closure.rate())),
            bar: ">= 50%",
            yardstick: "the closures alone, in this run",
            met: Some(share >= 0.5),
        });
    }
    Ok(rows)
}
