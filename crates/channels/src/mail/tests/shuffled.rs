//! Mails in any order, some of them twice, the desk broken off at any moment: the same tickets with the same messages.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::task::Poll;

use base::db::params;
use futures::FutureExt;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use testkit::database::{Database, block_on};

use super::{Desk, mail, receive};

const PEOPLE: [&str; 3] = ["ana@lindenhof.example", "bob@elsewhere.example", "chi@example.net"];

/// A mail of a story: who wrote it, and which mails it says it answers.
struct Told {
    from: usize,
    names: BTreeSet<usize>,
    text: String,
    /// A program wrote it for them: it opens no ticket, and joins the one of a mail that it is linked with.
    auto: bool,
}

/// Conversations that people have with each other and with the desk, as mail programs write them: with all references,
/// with the first and the last, or with the parent alone; some parents never reach the desk.
struct Story {
    mails: Vec<Told>,
    /// Those that come to the desk.
    sent: Vec<usize>,
}

impl Story {
    fn new(dice: &mut ChaCha8Rng) -> Self {
        let mut mails: Vec<Told> = Vec::new();
        let mut chains: Vec<Vec<usize>> = Vec::new();
        for number in 0..dice.random_range(4..16_usize) {
            let parent = (number > 0 && dice.random_bool(0.75)).then(|| dice.random_range(0..number));
            let chain: Vec<usize> = parent.map_or(Vec::new(), |at| [&chains[at][..], &[at]].concat());
            let names: BTreeSet<usize> = match (dice.random_range(0..3), chain.last()) {
                (_, None) => BTreeSet::new(),
                (0, _) => chain.iter().copied().collect(),
                (1, Some(last)) => [chain[0], *last].into(),
                (_, Some(last)) => [*last].into(),
            };
            // Most of a conversation is between one person and the desk.
            let from = match parent {
                Some(at) if dice.random_bool(0.7) => mails[at].from,
                _ => dice.random_range(0..PEOPLE.len()),
            };
            let auto = parent.is_some() && dice.random_bool(0.2);
            mails.push(Told { from, names, text: format!("Mail number {number} of this story."), auto });
            chains.push(chain);
        }
        let sent = (0..mails.len()).filter(|_| dice.random_bool(0.85)).collect();
        Self { mails, sent }
    }

    fn written(&self, number: usize) -> String {
        let told = &self.mails[number];
        let ids: Vec<String> = told.names.iter().map(|name| format!("<m{name}@story.example>")).collect();
        let auto = if told.auto { "Auto-Submitted: auto-replied\r\n" } else { "" };
        let headers = match ids.as_slice() {
            [] => String::new(),
            [parent] => format!("{auto}In-Reply-To: {parent}\r\n"),
            many => format!("{auto}References: {}\r\n", many.join(" ")),
        };
        mail(PEOPLE[told.from], &format!("m{number}@story.example"), "The story", &headers, &told.text)
    }

    /// Which mails are one ticket: those of one person that are linked, by naming each other or a third.
    fn tickets(&self) -> BTreeSet<BTreeSet<String>> {
        let mut group: Vec<usize> = (0..self.mails.len()).collect();
        let known = |number: usize| self.mails[number].names.iter().copied().chain([number]).collect::<BTreeSet<_>>();
        for &one in &self.sent {
            for &other in &self.sent {
                let linked = self.mails[one].from == self.mails[other].from && !known(one).is_disjoint(&known(other));
                let (from, to) = (group[other], group[one]);
                if linked && from != to {
                    group.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
                }
            }
        }
        let mut tickets: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for &number in &self.sent {
            tickets.entry(group[number]).or_default().insert(self.mails[number].text.clone());
        }
        // Programs alone open none.
        let people: BTreeSet<&String> = self.mails.iter().filter(|told| !told.auto).map(|told| &told.text).collect();
        tickets.into_values().filter(|ticket| ticket.iter().any(|text| people.contains(text))).collect()
    }
}

/// Takes a mail in; broken off after so many steps first, as a desk is that dies.
async fn take(desk: &Desk, mail: &str, steps: usize) {
    let mut left = steps;
    {
        let mut taking = pin!(receive(&desk.app, &desk.room, mail.as_bytes().to_vec(), "test"));
        let broken_off = std::future::poll_fn(|context| match taking.poll_unpin(context) {
            Poll::Ready(_) => Poll::Ready(false),
            Poll::Pending if left == 0 => Poll::Ready(true),
            Poll::Pending => {
                left -= 1;
                Poll::Pending
            }
        });
        if !broken_off.await {
            return;
        }
    }
    desk.take(mail).await;
}

/// The tickets that are not merged into others, each as the texts in it.
async fn tickets(desk: &Desk) -> Vec<Vec<String>> {
    let sql = "SELECT ticket_id, text FROM ticket_messages ORDER BY ticket_id, id";
    let rows: Vec<(i64, String)> =
        desk.app.db.read(move |tx| tx.query(sql, params![], |row| Ok((row.read()?, row.read()?)))).await.unwrap();
    let mut tickets: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (ticket, text) in rows {
        tickets.entry(ticket).or_default().push(text);
    }
    tickets.into_values().collect()
}

async fn holds(story: &Story, database: Database, dice: &mut ChaCha8Rng) {
    let desk = Desk::new(database.db(), database.clock());
    let mut order = story.sent.clone();
    let again: Vec<usize> = order.iter().copied().filter(|_| dice.random_bool(0.3)).collect();
    order.extend(again);
    order.shuffle(dice);
    // Written once: the same mail has the same date whenever it comes again.
    let written: BTreeMap<usize, String> = story.sent.iter().map(|&number| (number, story.written(number))).collect();
    for number in &order {
        let steps = if dice.random_bool(0.3) { dice.random_range(0..6) } else { usize::MAX };
        take(&desk, &written[number], steps).await;
    }
    let found = tickets(&desk).await;
    let messages: usize = found.iter().map(Vec::len).sum();
    let found: BTreeSet<BTreeSet<String>> = found.into_iter().map(|ticket| ticket.into_iter().collect()).collect();
    assert_eq!(found, story.tickets(), "in the order {order:?}");
    let told: usize = story.tickets().iter().map(BTreeSet::len).sum();
    assert_eq!(messages, told, "each mail is there once, in the order {order:?}");
    let unmerged = "SELECT COUNT(*) FROM tickets t WHERE is_open = 1";
    assert_eq!(desk.count(unmerged).await, found.len() as i64, "what was merged is over");
}

fn tell(stories: u64, orders: usize, fresh: fn() -> Database) {
    for seed in 0..stories {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let story = Story::new(&mut dice);
        for _ in 0..orders {
            block_on(holds(&story, fresh(), &mut dice));
        }
    }
}

#[test]
fn whichever_order_mails_come_in_on_sqlite() {
    tell(25, 4, Database::sqlite);
}

#[test]
fn whichever_order_mails_come_in_on_postgres() {
    tell(6, 2, Database::postgres);
}
