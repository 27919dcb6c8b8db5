//! Starts the servers that tests need, says in one line of JSON where they are, and ends them when its standard
//! input closes. The browser tests and `bin/test` use it; `--help` tells the rest.

use std::collections::BTreeMap;
use std::io::{BufRead as _, Write as _};

use clap::{Parser, ValueEnum};
use serde::{Deserialize, Serialize};
use testkit::mail::{self, Letter, PASSWORD};
use testkit::port::Port;
use testkit::{Error, desk, postgres};

/// Real servers on loopback for tests, until standard input closes.
///
/// Prints one line of JSON when all are ready, for example
/// {"postgres":"postgres://desk@127.0.0.1:20001/test_1","mail":{"smtp":20002,"imap":20003,"password":".."},"ports":[..]}.
/// Then takes commands, one JSON object a line, and answers each with one line:
/// {"deliver":{"to":"desk@desk.example","raw":"From: .."}} -> {"ok":true};
/// {"list":{"mailbox":"ana@lindenhof.example"}} -> {"letters":[{"subject":..,"from":..,"text":..,"html":..,"links":[..],"message_id":..,"raw":..}]};
/// {"smtp":"kill"} or {"smtp":"start"} -> {"ok":true};
/// anything else -> {"error":".."}.
#[derive(Debug, Parser)]
struct Arguments {
    /// The engine under test: postgres starts a server and makes an empty database on it.
    #[arg(long, value_enum, default_value_t = Engine::Sqlite)]
    engine: Engine,
    /// Leave the mail servers out.
    #[arg(long)]
    no_mail: bool,
    /// Also start `thedesk demo` on a free port, in a temporary folder (binary: THEDESK_TEST_BIN, else beside this one).
    #[arg(long)]
    demo: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Sqlite,
    Postgres,
}

/// The first line out.
#[derive(Debug, Serialize)]
struct Ready {
    /// An empty database's address; null with SQLite.
    postgres: Option<String>,
    /// The address of its server, without a database.
    postgres_server: Option<String>,
    mail: Option<MailPlace>,
    /// Where `thedesk demo` answers, when it was asked for.
    demo: Option<String>,
    /// Ports that nobody else takes while this runs: for the desk that a test starts itself.
    ports: Vec<u16>,
}

#[derive(Debug, Serialize)]
struct MailPlace {
    host: &'static str,
    smtp: u16,
    imap: u16,
    password: &'static str,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Order {
    Deliver { to: String, raw: String },
    List { mailbox: String },
    Smtp(Smtp),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Smtp {
    Kill,
    Start,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Ok(bool),
    Letters(Vec<Shown>),
    Error(String),
}

#[derive(Debug, Serialize)]
struct Shown {
    subject: String,
    from: String,
    text: String,
    html: String,
    links: Vec<String>,
    message_id: String,
    headers: BTreeMap<&'static str, String>,
    raw: String,
}

fn main() -> std::process::ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("testbed: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Error> {
    let server = match arguments.engine {
        Engine::Sqlite => None,
        // The run's shared server when bin/test has named one, else one of our own.
        Engine::Postgres => Some(match std::env::var(postgres::VARIABLE) {
            Ok(url) if !url.is_empty() => postgres::Server::at(&url),
            _ => postgres::Server::start()?,
        }),
    };
    let database = server.as_ref().map(|server| server.create_database(None)).transpose()?;
    let mut mail = if arguments.no_mail { None } else { Some(mail::Server::start()?) };
    let data = tempfile::tempdir().map_err(|source| Error::Io { doing: "make a temporary folder".into(), source })?;
    let demo = if arguments.demo {
        let folder = data.path().to_string_lossy();
        Some(desk::Process::start(&["demo", "--data", &folder])?)
    } else {
        None
    };
    let ports = (0..3).map(|_| Port::reserve()).collect::<Result<Vec<_>, _>>()?;
    say(&Ready {
        postgres: database.clone(),
        postgres_server: server.as_ref().map(|server| server.address().to_string()),
        mail: mail.as_ref().map(|mail| MailPlace {
            host: "127.0.0.1",
            smtp: mail.smtp_port(),
            imap: mail.imap_port(),
            password: PASSWORD,
        }),
        demo: demo.as_ref().map(desk::Process::url),
        ports: ports.iter().map(Port::number).collect(),
    });
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let answer = match serde_json::from_str(&line) {
            Ok(order) => carry_out(order, mail.as_mut()).unwrap_or_else(|error| Answer::Error(error.to_string())),
            Err(error) => Answer::Error(format!("not a command of the testbed: {error}")),
        };
        say(&answer);
    }
    drop(demo);
    // On a server that outlives us the database would stay behind.
    if let (Some(server), Some(database)) = (server, database) {
        server.drop_database(&database)?;
    }
    Ok(())
}

fn carry_out(order: Order, mail: Option<&mut mail::Server>) -> Result<Answer, Error> {
    let Some(mail) = mail else {
        return Ok(Answer::Error("there are no mail servers: started with --no-mail".into()));
    };
    match order {
        Order::Deliver { to, raw } => mail.deliver(&to, raw.as_bytes()).map(|()| Answer::Ok(true)),
        Order::List { mailbox } => Ok(Answer::Letters(mail.list(&mailbox)?.iter().map(shown).collect())),
        Order::Smtp(Smtp::Start) => mail.start_smtp().map(|()| Answer::Ok(true)),
        Order::Smtp(Smtp::Kill) => {
            mail.kill_smtp();
            Ok(Answer::Ok(true))
        }
    }
}

fn shown(letter: &Letter) -> Shown {
    let names = ["To", "Cc", "Reply-To", "In-Reply-To", "References", "Auto-Submitted", "List-Unsubscribe", "Date"];
    Shown {
        subject: letter.subject(),
        from: letter.from(),
        text: letter.text(),
        html: letter.html(),
        links: letter.links(),
        message_id: letter.message_id(),
        headers: names.into_iter().filter_map(|name| Some((name, letter.header(name)?))).collect(),
        raw: String::from_utf8_lossy(letter.raw()).into_owned(),
    }
}

/// One line on standard output; whoever started us may have gone, and then nobody misses it.
fn say(answer: &impl Serialize) {
    if let Ok(line) = serde_json::to_string(answer) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    }
}
