//! A copy of what went out, in the account's own folder for it: a job of its own, so that it neither delays a letter nor
//! makes one fail. When it cannot be laid there for a day, the job is kept as failed and the health report says so.

use base::clock::Moment;
use base::db::{Result, Tx};
use base::file::Key;
use base::job::{self, Runner};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use web::App;

use crate::mail::fetch::imap::{Client, name};
use crate::mail::link::{Place, Trouble};
use crate::mail::mailroom::Mailroom;
use crate::mail::{oauth, stopped};

const KIND: &str = "file_sent_letter";

/// What is to be laid where.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Filing {
    /// The account's address.
    pub account: String,
    /// The file with the mail.
    pub key: String,
    /// The mail's Message-ID, by which it is known when it lies there already.
    pub message_id: String,
}

/// Keeps the mail for its copy; nothing when the account keeps none, or when it could not be kept.
pub(super) async fn keep(app: &App, room: &Mailroom, account: &str, mail: &[u8], message_id: &str) -> Option<Filing> {
    room.sent_folder(account)?;
    match app.files.put(mail.to_vec()).await {
        Ok(stored) => Some(Filing {
            account: account.to_owned(),
            key: stored.key.as_str().to_owned(),
            message_id: message_id.to_owned(),
        }),
        Err(error) => {
            tracing::warn!("a letter went out, and no copy of it can be kept: {error}");
            None
        }
    }
}

/// Puts it down as work, in the transaction that says the letter went out.
pub(super) fn enqueue(tx: &mut Tx, filing: &Filing, now: Moment) -> Result<()> {
    job::enqueue(tx, KIND, filing, now).map(drop)
}

/// Lays copies into their folders until `stop`.
pub(in crate::mail) async fn run(app: App, room: Mailroom, mut stop: watch::Receiver<bool>) {
    let (app_of_it, room_of_it) = (app.clone(), room.clone());
    let runner = Runner::new(app.db.clone(), app.clock.clone()).lanes(1).on(KIND, move |filing: Filing| {
        let (app, room) = (app_of_it.clone(), room_of_it.clone());
        async move { file(&app, &room, &filing).await }
    });
    runner.run(stopped(&mut stop)).await;
}

async fn file(app: &App, room: &Mailroom, filing: &Filing) -> Result<(), String> {
    let name = format!("copies of what {} sent", filing.account);
    let laid = lay(app, room, filing).await;
    let now = app.clock.now();
    match &laid {
        Ok(()) => room.health().did(&name, now),
        Err(why) => {
            tracing::warn!("{name}: {why}");
            room.health().failing(&name, now, why.clone());
        }
    }
    laid
}

async fn lay(app: &App, room: &Mailroom, filing: &Filing) -> Result<(), String> {
    // Whoever changed the configuration meanwhile wants no copies; there is nothing to be done about old ones.
    let Some((account, imap, folder)) = room.sent_folder(&filing.account) else { return forget(app, filing).await };
    let key = Key::parse(&filing.key).ok_or("the copy's file has no valid name")?;
    let mail = app.files.get(&key).await.map_err(|error| format!("the copy cannot be read: {error}"))?;
    let patience = room.pace().command;
    let laying = async {
        let proof = oauth::proof(app, room, account, &imap.password).await?;
        let mut client = Client::open(Place::from(imap), &imap.user, &proof, patience).await?;
        append(&mut client, folder, &mail, &filing.message_id).await?;
        client.leave().await;
        Ok::<_, Trouble>(())
    };
    match tokio::time::timeout(patience * 3, laying).await {
        Ok(laid) => laid.map_err(|trouble| format!("{folder}: {trouble}"))?,
        Err(_) => return Err(format!("{} did not take it in time", imap.host)),
    }
    forget(app, filing).await
}

async fn append(client: &mut Client, folder: &str, mail: &[u8], message_id: &str) -> Result<(), Trouble> {
    if client.select(folder).await.is_err() {
        client.tell(&format!("CREATE {}", name::folder(folder))).await?;
        client.select(folder).await?;
    }
    // An earlier try may have laid it there without our hearing of it.
    let known = client.search(&format!("HEADER Message-ID {message_id}")).await?;
    if known.is_empty() { client.append(folder, mail).await } else { Ok(()) }
}

async fn forget(app: &App, filing: &Filing) -> Result<(), String> {
    let Some(key) = Key::parse(&filing.key) else { return Ok(()) };
    app.files.delete(&key).await.map_err(|error| format!("the copy lies there, and its file stays: {error}"))
}
