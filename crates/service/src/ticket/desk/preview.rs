//! The mail that an answer would be, exactly, without sending it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use ledger::outbox::{Mailbox, NewLetter};
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::form::Input;
use web::page::{Page, Section, ui};

use super::act::{Written, by, find, place_of};
use super::show::{Again, show_with};
use crate::ticket::TicketId;
use crate::ticket::model::State as Standing;
use crate::ticket::words::{Say, compose};

/// What is shown.
#[derive(Template, Clone)]
#[template(path = "ticket/desk/preview.html")]
pub(super) struct Preview {
    pub page: Page,
    /// The mail; `None` when none would be sent.
    pub letter: Option<NewLetter>,
    pub is_note: bool,
    pub files: Vec<String>,
    /// The page was loaded anew, so that the browser forgot the files.
    pub forgot: bool,
}

impl Preview {
    fn from(&self) -> String {
        self.letter
            .as_ref()
            .and_then(|letter| letter.sender.as_ref())
            .map_or_else(|| self.page.brand.name.clone(), shown)
    }

    fn to(letter: &NewLetter) -> String {
        shown(&Mailbox { name: letter.name.clone(), address: letter.address.clone() })
    }

    fn list(list: &[Mailbox]) -> String {
        list.iter().map(shown).collect::<Vec<_>>().join(", ")
    }
}

/// A name with its address, as a mail program shows it.
pub(super) fn shown(mailbox: &Mailbox) -> String {
    match mailbox.name.as_str() {
        "" => mailbox.address.clone(),
        name => format!("{name} <{}>", mailbox.address),
    }
}

/// POST /desk/tickets/{id}/preview: the composer's form, looked at and not sent.
pub(super) async fn preview(agent: Agent, State(app): State<App>, Path(id): Path<TicketId>, input: Input) -> Result {
    let (written, uploads) = match Written::parse(&input, &app.site.senders) {
        Ok(parsed) => parsed,
        Err(errors) => {
            let again = Again { input: input.clone(), errors, ..Again::default() };
            return show_with(&app, &agent, id, place_of(&input), again).await;
        }
    };
    let files: Vec<String> = uploads.iter().map(|upload| upload.name.clone()).collect();
    let (actor, voice, is_note) = (agent.actor.clone(), app.voice(), written.is_note);
    let letter = app
        .db
        .read(move |tx| {
            let ticket = find(tx, id)?;
            if is_note {
                return Ok(None);
            }
            let recipients = written.chosen.recipients(tx, ticket.id)?;
            let say = Say::Answer {
                text: &written.text,
                by: by(actor.person, &actor.name, actor.team.as_deref()),
                asks: written.next == Standing::Resolved,
                files: &[],
                recipients: &recipients,
            };
            Ok::<_, Error>(compose(tx, &voice, &ticket, &say)?)
        })
        .await?;
    let page = agent.visit.page(&app, "", Section::Desk);
    let forgot = !agent.visit.is_part && !files.is_empty();
    let preview = Preview { page, letter, is_note, files, forgot };
    if agent.visit.is_part {
        return Ok(Html(preview.render()?).into_response());
    }
    let again = Again { input: input.clone(), preview: Some(preview), ..Again::default() };
    show_with(&app, &agent, id, place_of(&input), again).await
}
