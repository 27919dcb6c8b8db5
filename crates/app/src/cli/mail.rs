//! `thedesk mail`: one message from a mail server, or a look at what the reader makes of some.

mod thread;

use std::io::Read;
use std::path::PathBuf;

use base::clock::Clock;
use base::text::Lang;
use channels::mail::StepOutcome;
use clap::Subcommand;
use mail_seal::Keyring;

use super::{Failure, Outcome, Place, say};
use crate::house::House;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Take in one message from standard input; exit 75 when it could not be stored
    Pipe(Place),
    /// Try each mailbox step by step, and say what to do where a step fails; exit 1 when one does
    Check(Place),
    /// Have somebody consent in a browser to the desk's using a mailbox with auth = "oauth2"
    Authorize {
        /// The account's address
        address: String,
        #[command(flatten)]
        place: Place,
    },
    /// Say what the reader makes of messages, one JSON object a line; stores nothing
    Inspect {
        /// Message files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Print JSON, which is the only form there is
        #[arg(long)]
        json: bool,
    },
    /// Say which messages make one conversation, and by what evidence; stores nothing
    Thread(thread::Arguments),
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Pipe(place) => pipe(place),
        Command::Check(place) => check(place),
        Command::Authorize { address, place } => authorize(address, place),
        Command::Inspect { files, .. } => inspect(files),
        Command::Thread(arguments) => thread::run(arguments),
    }
}

fn pipe(place: &Place) -> Outcome {
    // Whatever goes wrong here, the mail server keeps the message and tries again.
    let later = |why: String| Failure::TryAgain(why);
    let config = place.config().map_err(|failure| later(failure.into_words()))?;
    let mut bytes = Vec::new();
    let most = config.limits.mail_bytes + 1;
    std::io::stdin().take(most).read_to_end(&mut bytes).map_err(|error| later(error.to_string()))?;
    if bytes.is_empty() {
        return Err(Failure::Failed("there is no message on standard input".to_owned()));
    }
    let house = House::build(&config, Clock::default(), false).map_err(|error| later(error.to_string()))?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| later(e.to_string()))?;
    let taken = runtime.block_on(channels::mail::pipe(&house.app, &house.room, bytes));
    taken.map(drop).map_err(|error| later(error.to_string()))
}

fn check(place: &Place) -> Outcome {
    let config = place.config()?;
    let house = House::build(&config, Clock::default(), false)?;
    let words = house.app.catalogue.words(Lang::from_code(&config.desk.language).unwrap_or_default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let all = runtime.block_on(channels::mail::check(&house.app, &house.room));
    let mut failed = 0;
    for (address, steps) in &all {
        say(address);
        for step in steps {
            let (side, what) = (format!("mail-side-{}", step.side), format!("mail-step-{}", step.what));
            let outcome = if step.is_ok() { "ok" } else { "FAILED" };
            let (side, what) = (words.t(&side), words.t(&what));
            say(format_args!("  {outcome:<6} {side}: {what} ({}), {} ms", step.of, step.took.as_millis()));
            if let Some(said) = &step.said {
                say(format_args!("           {said}"));
            }
            if let StepOutcome::Failed { advice_key } = step.outcome {
                failed += 1;
                say(format_args!("         > {}", words.t(advice_key)));
            }
        }
    }
    match (all.len(), failed) {
        (0, _) => Err(Failure::Failed("no mailbox is set up: see [[mail.accounts]] in thedesk.toml".to_owned())),
        (_, 0) => Ok(()),
        (_, failed) => Err(Failure::Failed(format!("{failed} of these steps failed: what to do stands beneath each"))),
    }
}

fn authorize(address: &str, place: &Place) -> Outcome {
    let config = place.config()?;
    let house = House::build(&config, Clock::default(), false)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let show = |url: &str| say(format_args!("Open this page in a browser on this machine, and consent:\n\n{url}\n"));
    runtime.block_on(channels::mail::authorize(&house.app, &house.room, address, show))?;
    say(format_args!("Done: the desk can use {address}."));
    Ok(())
}

fn inspect(files: &[PathBuf]) -> Outcome {
    for file in files {
        let bytes = std::fs::read(file)
            .map_err(|error| Failure::Failed(format!("cannot read {} ({error})", file.display())))?;
        let mut seen = mail_message::inspect(&bytes);
        if let Some(seen) = seen.as_object_mut() {
            seen.insert("file".to_owned(), file.display().to_string().into());
            // Without a desk there are no keys: what is signed and locked is told, and by which keys.
            if let Some(seal) = mail_seal::open(&bytes, &Keyring::new(), 0).seal {
                seen.insert("seal".to_owned(), serde_json::to_value(seal).unwrap_or_default());
            }
        }
        say(seen);
    }
    Ok(())
}
