//! A mail that is attached to a message, opened: what it says, and the mails that are attached to it in turn.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use mail_message::{Address, Message};
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::foreign;
use web::page::{Page, Section, ui};

use super::letter::file_path;
use crate::ticket::file::{Sort, read, size};
use crate::ticket::{TicketId, store};

/// How deep mails within mails are opened, and how many in all.
const DEEPEST: usize = 3;
const MOST: usize = 10;
/// Longest text of one that is shown, and most files that are named.
const TEXT: usize = 50_000;
const FILES: usize = 50;

#[derive(Template)]
#[template(path = "ticket/desk/attached.html")]
struct Attached {
    page: Page,
    label: String,
    back: String,
    download: String,
    mails: Vec<Mail>,
    is_cut: bool,
}

/// One mail, as it is shown.
#[derive(Debug, Default, PartialEq, Eq)]
struct Mail {
    depth: usize,
    subject: String,
    from: String,
    to: String,
    date: Option<i64>,
    text: String,
    files: Vec<(String, String)>,
}

impl Mail {
    fn of(message: &Message, depth: usize) -> Self {
        let to: Vec<String> = message.to.iter().chain(&message.cc).take(20).map(written).collect();
        let files = message.attachments.iter().take(FILES);
        Self {
            depth,
            subject: message.subject.chars().take(300).collect(),
            from: message.from.as_ref().map(written).unwrap_or_default(),
            to: to.join(", "),
            date: message.date,
            text: message.text[..message.text.floor_char_boundary(TEXT)].to_owned(),
            files: files.map(|file| (file.name.clone(), size(file.bytes.len() as i64))).collect(),
        }
    }

    fn facts(&self, page: &Page) -> Vec<(&'static str, String)> {
        let date = self.date.map(|at| page.words.moment(at, &page.zone)).unwrap_or_default();
        let facts = [("attached-from", self.from.clone()), ("attached-to", self.to.clone()), ("attached-date", date)];
        facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}

fn written(who: &Address) -> String {
    match &who.name {
        Some(name) => format!("{name} <{}>", who.address),
        None => who.address.clone(),
    }
}

/// Opens a mail and those within it, outermost first; whether some were left out.
fn open(bytes: &[u8]) -> (Vec<Mail>, bool) {
    let mut mails = Vec::new();
    let mut waiting = vec![(Message::read(bytes), 0)];
    let mut is_cut = false;
    while let Some((message, depth)) = waiting.pop() {
        mails.push(Mail::of(&message, depth));
        for inner in
            message.attachments.iter().rev().filter(|file| Sort::of(&file.content_type, &file.name) == Sort::Mail)
        {
            if depth < DEEPEST && mails.len() + waiting.len() < MOST {
                waiting.push((Message::read(&inner.bytes), depth + 1));
            } else {
                is_cut = true;
            }
        }
    }
    (mails, is_cut)
}

/// GET /desk/tickets/{id}/files/{file}/message
pub(super) async fn show(agent: Agent, State(app): State<App>, Path((id, wanted)): Path<(TicketId, i64)>) -> Result {
    let (ticket, files) = app
        .db
        .read(move |tx| {
            let ticket = store::find(tx, id)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>((store::files(tx, ticket.id)?, ticket))
        })
        .await
        .map(|(files, ticket)| (ticket, files))?;
    let file = files.into_iter().find(|file| file.id == wanted && file.sort() == Sort::Mail).ok_or(Error::NotFound)?;
    let bytes = read(&app.files, &file).await?;
    let (mails, is_cut) = tokio::task::spawn_blocking(move || open(&bytes)).await.map_err(Error::internal)?;
    let base = format!("/desk/tickets/{}", ticket.id);
    let page = agent.visit.page(&app, &file.name, Section::Desk);
    let download = file_path(&base, &file);
    let attached =
        Attached { page, label: ticket.label(), back: format!("{base}#m{}", file.message), download, mails, is_cut };
    Ok(Html(attached.render()?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(inner: &str, depth: usize) -> String {
        let boundary = format!("b{depth}");
        format!(
            "From: Ana <ana@lindenhof.example>\nSubject: Level {depth}\nContent-Type: multipart/mixed; boundary={boundary}\n\n\
             --{boundary}\nContent-Type: text/plain\n\nText {depth}\n--{boundary}\nContent-Type: message/rfc822\n\n{inner}\n--{boundary}--\n"
        )
    }

    #[test]
    fn line_63_mails_within_mails_are_opened_to_a_depth() {
        let mut mail = "From: ben@lindenhof.example\nSubject: Innermost\n\nHello.\n".to_owned();
        mail = within(&mail, 1);
        let (mails, is_cut) = open(mail.as_bytes());
        let seen: Vec<(usize, &str)> = mails.iter().map(|mail| (mail.depth, mail.subject.as_str())).collect();
        assert_eq!(seen, [(0, "Level 1"), (1, "Innermost")]);
        assert_eq!((mails[0].from.as_str(), mails[1].text.as_str()), ("Ana <ana@lindenhof.example>", "Hello."));
        assert!(!is_cut);
        for depth in 2..30 {
            mail = within(&mail, depth);
        }
        let (mails, is_cut) = open(mail.as_bytes());
        assert!(mails.len() <= DEEPEST + 1 && is_cut);
    }
}
