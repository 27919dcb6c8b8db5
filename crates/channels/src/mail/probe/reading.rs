//! The steps of reading.

use base::config::{Account, Auth, Imap, Pop3, Secret, Tls};
use web::App;

use super::{Side, Step, StepKind, Walk, ungreeted};
use crate::mail::fetch::imap::{Client, Folder};
use crate::mail::fetch::pop3;
use crate::mail::link::{Cause, Place, Proof, Trouble};
use crate::mail::mailroom::Mailroom;
use crate::mail::oauth;

pub(super) async fn steps(app: &App, room: &Mailroom, account: &Account) -> Vec<Step> {
    let mut walk = Walk::new(Side::Reading);
    if let Some(imap) = &account.imap {
        by_imap(app, room, account, imap, &mut walk).await;
    }
    if let Some(pop3) = &account.pop3 {
        by_pop3(app, room, account, pop3, &mut walk).await;
    }
    walk.steps
}

async fn by_imap(app: &App, room: &Mailroom, account: &Account, imap: &Imap, walk: &mut Walk) -> Option<()> {
    let (place, patience) = (Place::from(imap), room.pace().command);
    let of = format!("{}:{}", place.host, place.port);
    let mut link = walk.connect(place, patience).await?;
    if place.tls == Tls::Implicit {
        link = walk.encrypt(link, place).await?;
    }
    let mut client = Client::over(link);
    let greeting = async { client.greeting().await.map_err(|trouble| ungreeted(trouble, place)) };
    walk.take(StepKind::Greeting, &of, greeting, Clone::clone).await?;
    let can = async { client.capabilities().await.map(|can| can.join(" ")) };
    walk.take(StepKind::Capabilities, &of, can, Clone::clone).await?;
    if place.tls == Tls::Starttls {
        let link = walk.take(StepKind::Starttls, &of, client.starttls(), |_| String::new()).await?;
        client = Client::over(walk.encrypt(link, place).await?);
    }
    let proof = prove(app, room, account, &imap.password, walk).await?;
    walk.take(StepKind::SignIn, &imap.user, client.sign_in(place, &imap.user, &proof), |words| shown_login(words))
        .await?;
    for folder in imap.all_folders() {
        let opened = walk.take(StepKind::Folder, folder, client.select(folder), said_of).await;
        if opened.is_some() {
            let counting = async { client.search("UNSEEN").await.map(|found| found.len()) };
            walk.take(StepKind::Waiting, folder, counting, ToString::to_string).await?;
        }
    }
    if !imap.done_folder.is_empty() {
        walk.take(StepKind::Folder, &imap.done_folder, client.select(&imap.done_folder), said_of).await;
    }
    client.leave().await;
    Some(())
}

async fn by_pop3(app: &App, room: &Mailroom, account: &Account, set: &Pop3, walk: &mut Walk) -> Option<()> {
    let (place, patience) = (Place::from(set), room.pace().command);
    let of = format!("{}:{}", place.host, place.port);
    let mut link = walk.connect(place, patience).await?;
    if place.tls == Tls::Implicit {
        link = walk.encrypt(link, place).await?;
    }
    let mut client = pop3::Client::over(link);
    let greeting = async { client.greeting().await.map_err(|trouble| ungreeted(trouble, place)) };
    walk.take(StepKind::Greeting, &of, greeting, Clone::clone).await?;
    let can = async { client.capabilities().await.map(|can| can.join("; ")) };
    walk.take(StepKind::Capabilities, &of, can, Clone::clone).await?;
    if place.tls == Tls::Starttls {
        let link = walk.take(StepKind::Starttls, &of, client.starttls(), |_| String::new()).await?;
        client = pop3::Client::over(walk.encrypt(link, place).await?);
        let can = async { client.capabilities().await.map(|can| can.join("; ")) };
        walk.take(StepKind::Capabilities, &of, can, Clone::clone).await?;
    }
    let proof = prove(app, room, account, &set.password, walk).await?;
    walk.take(StepKind::SignIn, &set.user, client.sign_in(place, &set.user, &proof), |words| words.clone()).await?;
    let counting = async { client.list().await.map(|listed| listed.len()) };
    walk.take(StepKind::Waiting, &of, counting, ToString::to_string).await?;
    client.quit().await.ok()
}

/// What proves who signs in; with tokens, getting one is a step.
pub(super) async fn prove(
    app: &App,
    room: &Mailroom,
    account: &Account,
    password: &Secret,
    walk: &mut Walk,
) -> Option<Proof> {
    let proving = oauth::proof(app, room, account, password);
    match account.auth {
        Auth::Oauth2 => walk.take(StepKind::Token, &account.address, proving, |_| String::new()).await,
        Auth::Password => proving.await.ok(),
    }
}

fn said_of(folder: &Folder) -> String {
    format!("{} EXISTS", folder.exists)
}

/// What the server says to who signed in, without its list of capabilities.
fn shown_login(words: &str) -> String {
    let words = words.split_once(']').map_or(words, |(_, rest)| rest);
    Trouble::new(Cause::SaidNo, words.trim()).words
}
