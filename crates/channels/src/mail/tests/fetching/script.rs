//! Servers that do what a test tells them, right or wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// One visitor of such a server.
pub(super) struct Visitor {
    stream: BufReader<TcpStream>,
    /// How many came before.
    pub number: usize,
}

impl Visitor {
    pub(super) async fn say(&mut self, words: &str) {
        self.say_bytes(words.as_bytes()).await;
    }

    pub(super) async fn say_bytes(&mut self, words: &[u8]) {
        // The desk may have left already, which is what some tests are about.
        let _ = self.stream.get_mut().write_all(words).await;
    }

    /// The next line, without its end; `None` when the visitor left.
    pub(super) async fn hear(&mut self) -> Option<String> {
        let mut line = Vec::new();
        match self.stream.read_until(b'\n', &mut line).await {
            Ok(1..) => Some(String::from_utf8_lossy(&line).trim_end().to_owned()),
            _ => None,
        }
    }
}

/// A server and how often it was visited.
#[derive(Clone)]
pub(super) struct Server {
    pub port: u16,
    visits: Arc<AtomicUsize>,
}

impl Server {
    /// A server that treats each visitor so.
    pub(super) async fn start<F: Future<Output = ()> + Send>(
        treat: impl Fn(Visitor) -> F + Send + Sync + 'static,
    ) -> Self {
        let door = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = Self { port: door.local_addr().unwrap().port(), visits: Arc::default() };
        let visits = Arc::clone(&server.visits);
        let treat = Arc::new(treat);
        tokio::spawn(async move {
            while let Ok((stream, _)) = door.accept().await {
                let number = visits.fetch_add(1, Ordering::SeqCst);
                let treat = Arc::clone(&treat);
                tokio::spawn(async move { treat(Visitor { stream: BufReader::new(stream), number }).await });
            }
        });
        server
    }

    pub(super) fn visits(&self) -> usize {
        self.visits.load(Ordering::SeqCst)
    }

    pub(super) async fn until_visited(&self, times: usize) {
        let begun = std::time::Instant::now();
        while self.visits() < times {
            assert!(begun.elapsed().as_secs() < 60, "{} visits, wanted {times}", self.visits());
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}

/// An IMAP server with these mails, by their numbers, in any folder. `odd` may answer a command in its own way: what it
/// gives is said as it stands, `TAG` being the command's.
pub(super) async fn imap(
    mails: Vec<(u32, String)>,
    odd: impl Fn(&str, usize) -> Option<String> + Send + Sync + 'static,
) -> Server {
    let shared = Arc::new((mails, odd));
    Server::start(move |mut visitor| {
        let shared = Arc::clone(&shared);
        async move {
            let (mails, odd) = &*shared;
            if let Some(greeting) = odd("GREETING", visitor.number) {
                return visitor.say(&greeting).await;
            }
            visitor.say("* OK ready\r\n").await;
            while let Some(line) = visitor.hear().await {
                let (tag, command) = line.split_once(' ').unwrap_or((line.as_str(), ""));
                let answer = odd(command, visitor.number).unwrap_or_else(|| usual(command, mails));
                visitor.say(&answer.replace("TAG", tag)).await;
                if command == "IDLE" {
                    // "DONE" has no tag of its own.
                    let _ = visitor.hear().await;
                    visitor.say(&format!("{tag} OK\r\n")).await;
                }
            }
        }
    })
    .await
}

fn usual(command: &str, mails: &[(u32, String)]) -> String {
    let last = mails.last().map_or(0, |(uid, _)| *uid);
    let asked = |uid: u32| {
        let set = command.trim_start_matches("UID SEARCH ").trim_start_matches("UID FETCH ").trim_start_matches("UID ");
        let set = set.split(' ').next().unwrap_or_default();
        set.split(',').any(|part| {
            let (low, high) = part.split_once(':').unwrap_or((part, part));
            let high = if high == "*" { u32::MAX } else { high.parse().unwrap() };
            (low.parse().unwrap()..=high).contains(&uid)
        })
    };
    let found = |of: &dyn Fn(&(u32, String)) -> String| {
        let wanted = mails.iter().filter(|(uid, _)| asked(*uid));
        wanted.map(of).collect::<String>()
    };
    if command == "CAPABILITY" {
        "* CAPABILITY IMAP4rev1 IDLE UIDPLUS\r\nTAG OK\r\n".to_owned()
    } else if command.starts_with("SELECT") {
        let next = last + 1;
        format!("* {} EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT {next}] n\r\nTAG OK opened\r\n", mails.len())
    } else if command == "UID SEARCH UNSEEN" {
        let all: Vec<String> = mails.iter().map(|(uid, _)| uid.to_string()).collect();
        format!("* SEARCH {}\r\nTAG OK\r\n", all.join(" "))
    } else if command.starts_with("UID SEARCH UID") {
        format!("* SEARCH{}\r\nTAG OK\r\n", found(&|(uid, _)| format!(" {uid}")))
    } else if command.starts_with("UID FETCH") && command.contains("RFC822.SIZE") {
        let sizes = found(&|(uid, mail)| format!("* 1 FETCH (UID {uid} RFC822.SIZE {})\r\n", mail.len()));
        format!("{sizes}TAG OK\r\n")
    } else if command.starts_with("UID FETCH") {
        let bodies = found(&|(uid, mail)| body(*uid, mail));
        format!("{bodies}TAG OK\r\n")
    } else if command == "IDLE" {
        "+ idling\r\n".to_owned()
    } else {
        "TAG OK\r\n".to_owned()
    }
}

/// A mail as a server sends it.
pub(super) fn body(uid: u32, mail: &str) -> String {
    format!("* 1 FETCH (UID {uid} BODY[] {{{}}}\r\n{mail})\r\n", mail.len())
}
