//! People and agents who use the desk all the time, whether it is there or not, and write down what they were told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use stories::client::Client;
use tokio::task::JoinHandle;

use crate::book::Book;

/// Words that requests are about; a search for one finds its share of them.
pub(crate) const MATTERS: [&str; 12] = [
    "printer",
    "badge",
    "invoice",
    "laptop",
    "password",
    "projector",
    "heating",
    "calendar",
    "headset",
    "parking",
    "scanner",
    "voicemail",
];
/// Requests come from so many clients, answers from two more.
const CUSTOMERS: u64 = 6;

/// Eight clients at work.
pub(crate) struct Crowd {
    stop: Arc<AtomicBool>,
    clients: Vec<JoinHandle<Book>>,
}

impl Crowd {
    /// Sets them to work; `agents` are signed in. To be called within a runtime.
    pub(crate) fn gathers(url: &str, agents: Vec<Client>, seed: u64) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let customers = (0..CUSTOMERS).map(|number| {
            let customer = Customer {
                client: Client::new(url),
                number,
                dice: ChaCha8Rng::seed_from_u64(seed ^ number),
                mine: Vec::new(),
                book: Book::default(),
            };
            tokio::spawn(customer.lives(Arc::clone(&stop)))
        });
        let mut clients: Vec<_> = customers.collect();
        for (number, client) in (CUSTOMERS..).zip(agents) {
            let dice = ChaCha8Rng::seed_from_u64(seed ^ number);
            clients.push(tokio::spawn(Agent { client, number, dice, book: Book::default() }.works(Arc::clone(&stop))));
        }
        Self { stop, clients }
    }

    /// Lets everybody finish, and gives what they wrote down.
    pub(crate) async fn parts(self) -> Result<Book, tokio::task::JoinError> {
        self.stop.store(true, Ordering::Release);
        let mut book = Book::default();
        for client in self.clients {
            book.join(client.await?);
        }
        Ok(book)
    }
}

struct Customer {
    client: Client,
    number: u64,
    dice: ChaCha8Rng,
    /// Where they read on about their requests.
    mine: Vec<String>,
    book: Book,
}

impl Customer {
    async fn lives(mut self, stop: Arc<AtomicBool>) -> Book {
        let mut count = 0;
        while !stop.load(Ordering::Acquire) {
            count += 1;
            let again = !self.mine.is_empty() && below(&mut self.dice, 3) == 0;
            let answered = if again { self.writes_again(count).await } else { self.asks(count).await };
            rest(&mut self.dice, answered).await;
        }
        self.book
    }

    async fn asks(&mut self, count: u64) -> bool {
        let matter = MATTERS[below(&mut self.dice, MATTERS.len())];
        let subject = format!("The {matter} {}x{count}", self.number);
        let person = below(&mut self.dice, 200);
        let email = format!("person{person}@people.example");
        let text = format!("It is about the {matter}, which does not work since this morning.\nCan you help?");
        let fields = [("name", "Somebody"), ("email", &email), ("subject", &subject), ("text", &text)];
        let outcome = self.client.post("/requests", &fields).await;
        self.book.tickets.note(subject, &outcome, "/requests/");
        if let Ok(answer) = &outcome {
            self.mine.extend(answer.location.clone());
        }
        outcome.is_ok()
    }

    async fn writes_again(&mut self, count: u64) -> bool {
        let page = self.mine[below(&mut self.dice, self.mine.len())].clone();
        let text = format!("again {}x{count}", self.number);
        let outcome = self.client.post(&format!("{page}/messages"), &[("text", &text)]).await;
        // Whoever writes long after a ticket was closed would be led to a new one, but nothing here is that old.
        self.book.messages.note(text, &outcome, &page);
        outcome.is_ok()
    }
}

struct Agent {
    client: Client,
    number: u64,
    dice: ChaCha8Rng,
    book: Book,
}

impl Agent {
    async fn works(mut self, stop: Arc<AtomicBool>) -> Book {
        let mut count = 0;
        while !stop.load(Ordering::Acquire) {
            let inbox = self.client.get("/desk?view=nobodys").await;
            let ids = inbox.as_ref().map(|page| tickets_on(&page.text())).unwrap_or_default();
            if ids.is_empty() {
                rest(&mut self.dice, false).await;
            }
            for id in ids.into_iter().take(4) {
                count += 1;
                let text = format!("answer {}x{count}", self.number);
                let path = format!("/desk/tickets/{id}");
                // Whatever the person wrote last, this agent has "seen" it.
                let seen = i64::MAX.to_string();
                let fields = [("text", text.as_str()), ("next", "waiting-person"), ("seen", &seen)];
                let outcome = self.client.post(&format!("{path}/messages"), &fields).await;
                self.book.answers.note(text, &outcome, &path);
                rest(&mut self.dice, outcome.is_ok()).await;
            }
        }
        self.book
    }
}

/// The tickets that a page links to, each once.
fn tickets_on(page: &str) -> Vec<String> {
    let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>();
    let mut ids: Vec<String> = page.split("/desk/tickets/").skip(1).map(digits).filter(|id| !id.is_empty()).collect();
    ids.dedup();
    ids
}

/// A moment between two questions; a longer one when the desk was not there.
async fn rest(dice: &mut ChaCha8Rng, answered: bool) {
    let most = if answered { 8 } else { 40 };
    tokio::time::sleep(Duration::from_millis(below(dice, most) as u64)).await;
}

/// From 0 up to `n`, without it.
pub(crate) fn below(dice: &mut ChaCha8Rng, n: usize) -> usize {
    (dice.next_u64() % n as u64) as usize
}
