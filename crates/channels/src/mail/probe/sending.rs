//! The steps of sending. No letter is handed over: sender and recipient are named and taken back.

use base::config::{Account, Tls};
use web::App;

use super::reading::prove;
use super::{Side, Step, StepKind, Walk, ungreeted};
use crate::mail::link::smtp::{Client, Reply};
use crate::mail::link::{Cause, Place, Trouble};
use crate::mail::mailroom::Mailroom;

pub(super) async fn steps(app: &App, room: &Mailroom, account: &Account) -> Vec<Step> {
    let mut walk = Walk::new(Side::Sending);
    by_smtp(app, room, account, &mut walk).await;
    walk.steps
}

async fn by_smtp(app: &App, room: &Mailroom, account: &Account, walk: &mut Walk) -> Option<()> {
    let server = account.smtp.as_ref()?;
    let (place, patience) = (Place::from(server), room.pace().greeting);
    let of = format!("{}:{}", place.host, place.port);
    let domain = account.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let mut link = walk.connect(place, patience).await?;
    if place.tls == Tls::Implicit {
        link = walk.encrypt(link, place).await?;
    }
    let mut client = Client::over(link);
    let greeting = async { client.greeting().await.map_err(|trouble| ungreeted(trouble, place)) };
    walk.take(StepKind::Greeting, &of, greeting, Reply::words).await?;
    walk.take(StepKind::Capabilities, &of, client.ehlo(domain), Reply::words).await?;
    if place.tls == Tls::Starttls {
        let link = walk.take(StepKind::Starttls, &of, client.starttls(), |_| String::new()).await?;
        client = Client::over(walk.encrypt(link, place).await?);
        walk.take(StepKind::Capabilities, &of, client.ehlo(domain), Reply::words).await?;
    }
    if !server.user.is_empty() {
        let proof = prove(app, room, account, &server.password, walk).await?;
        walk.take(StepKind::SignIn, &server.user, client.sign_in(place, &server.user, &proof), Reply::words).await?;
    }
    let naming = name_ourselves(&mut client, &account.address);
    walk.take(StepKind::Letter, &account.address, naming, Reply::words).await?;
    let _ = client.command("QUIT").await;
    Some(())
}

async fn name_ourselves(client: &mut Client, address: &str) -> Result<Reply, Trouble> {
    if !address.is_ascii() || address.contains(|letter: char| letter.is_control() || "<> ".contains(letter)) {
        return Err(Trouble::new(Cause::SenderRefused, address));
    }
    client.agreed(&format!("MAIL FROM:<{address}>"), Cause::SenderRefused).await?;
    let heard = client.agreed(&format!("RCPT TO:<{address}>"), Cause::SaidNo).await?;
    client.agreed("RSET", Cause::SaidNo).await?;
    Ok(heard)
}
