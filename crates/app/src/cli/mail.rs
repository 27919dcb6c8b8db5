//! `thedesk mail`: one message from a mail server, or a look at what the reader makes of some.

mod thread;

use std::io::Read;
use std::path::PathBuf;

use base::clock::Clock;
use clap::Subcommand;

use super::{Failure, Outcome, Place, say};
use crate::house::House;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Take in one message from standard input; exit 75 when it could not be stored
    Pipe(Place),
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

fn inspect(files: &[PathBuf]) -> Outcome {
    for file in files {
        let bytes = std::fs::read(file)
            .map_err(|error| Failure::Failed(format!("cannot read {} ({error})", file.display())))?;
        let mut seen = mail_message::inspect(&bytes);
        if let Some(seen) = seen.as_object_mut() {
            seen.insert("file".to_owned(), file.display().to_string().into());
        }
        say(seen);
    }
    Ok(())
}
