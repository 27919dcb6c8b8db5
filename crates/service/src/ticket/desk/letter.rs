//! How one message of a conversation looks to an agent: its words, or the mail as it was sent, in a frame of its own;
//! the meeting that came with it, how it was sealed, and its files.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum_extra::extract::Query;
use serde::Deserialize;
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::foreign::{self, Frame, Pictures, Wanted};
use web::page::{Page, ui};

use super::seal;
use crate::ticket::extras::{Guest, Meeting, Point};
use crate::ticket::file::{File, Sort};
use crate::ticket::model::{Author, Message};
use crate::ticket::{MessageId, TicketId, store};

/// As much of a text as a letter shows at once, and as much as its page holds; bytes.
const HEAD: usize = 8_000;
const WHOLE: usize = 60_000;

/// One message with what belongs to it.
#[derive(Template)]
#[template(path = "ticket/desk/letter.html")]
pub(super) struct Letter<'l> {
    page: &'l Page,
    message: &'l Message,
    files: Vec<&'l File>,
    base: String,
    head: &'l str,
    tail: Option<&'l str>,
    is_cut: bool,
    quoted: &'l str,
}

// Everything in it is escaped by its own template.
impl askama::filters::HtmlSafe for Letter<'_> {}

impl<'l> Letter<'l> {
    pub(super) fn new(page: &'l Page, base: String, message: &'l Message, files: Vec<&'l File>) -> Self {
        let (head, rest) = cut(&message.text, HEAD);
        let (tail, beyond) = cut(rest, WHOLE);
        let (quoted, quoted_beyond) = cut(&message.quoted, WHOLE);
        Self {
            page,
            message,
            files,
            base,
            head,
            tail: (!tail.trim().is_empty()).then_some(tail),
            is_cut: message.extras.is_cut || !beyond.is_empty() || !quoted_beyond.is_empty(),
            quoted,
        }
    }

    /// It can be seen as text and as it was sent.
    fn has_forms(&self) -> bool {
        self.message.has_html && self.message.author == Author::Person
    }

    fn path(&self, what: &str) -> String {
        format!("{}/messages/{}/{what}", self.base, self.message.id)
    }

    fn file_path(&self, file: &File) -> String {
        file_path(&self.base, file)
    }

    fn ask_key(meeting: &Meeting) -> String {
        meeting.ask.map_or_else(|| "meeting-told".to_owned(), |ask| format!("meeting-{ask}"))
    }

    fn more(&self, meeting: &Meeting) -> String {
        self.page.t1("meeting-more", "n", meeting.more as i64)
    }

    fn name(guest: &Guest) -> &str {
        if guest.name.is_empty() { &guest.address } else { &guest.name }
    }

    /// In the reader's zone when the instant is certain, else as written, with the zone that its writer named.
    fn when(&self, meeting: &Meeting) -> Option<String> {
        let start = meeting.start.as_ref()?;
        let Some(at) = start.at else { return Some(as_written(start, meeting.end.as_ref())) };
        let (words, zone) = (&self.page.words, &self.page.zone);
        let from = words.moment(at, zone);
        Some(match meeting.end.as_ref().and_then(|end| end.at).filter(|end| *end > at) {
            Some(end) if words.date(at, zone) == words.date(end, zone) => format!("{from} – {}", words.time(end, zone)),
            Some(end) => format!("{from} – {}", words.moment(end, zone)),
            None => from,
        })
    }
}

/// The address of a file of a ticket.
pub(super) fn file_path(base: &str, file: &File) -> String {
    format!("{base}/files/{}/{}", file.id, web::form::url_encoded(&file.name).replace('/', "_"))
}

/// Cuts a text where a line ends, near `most` bytes; a little more than that stays whole.
fn cut(text: &str, most: usize) -> (&str, &str) {
    if text.len() <= most + most / 4 {
        return (text, "");
    }
    let end = text.floor_char_boundary(most);
    let end = text[..end].rfind('\n').filter(|line| *line > most / 2).unwrap_or(end);
    text.split_at(end)
}

/// `20240715T100000` as `2024-07-15 10:00`.
fn as_written(start: &Point, end: Option<&Point>) -> String {
    let point = |point: &Point| {
        let digits: String = point.written.chars().filter(char::is_ascii_digit).collect();
        match digits.len() {
            8 => format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]),
            12.. => {
                format!("{}-{}-{} {}:{}", &digits[..4], &digits[4..6], &digits[6..8], &digits[8..10], &digits[10..12])
            }
            _ => point.written.clone(),
        }
    };
    let mut said = point(start);
    if let Some(end) = end.filter(|end| end.written != start.written) {
        said.push_str(" – ");
        said.push_str(&point(end));
    }
    if let Some(zone) = &start.zone {
        said.push_str(&format!(" ({zone})"));
    }
    said
}

/// What an address of a body may ask for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    remote: Option<u8>,
}

/// GET /desk/tickets/{id}/messages/{message}/body: the mail as it was sent, made safe, for the frame in its letter.
pub(super) async fn body(
    agent: Agent,
    State(app): State<App>,
    Path((id, message)): Path<(TicketId, MessageId)>,
    Query(asked): Query<Asked>,
) -> Result {
    let (found, files, ticket) = app
        .db
        .read(move |tx| {
            let ticket = store::find(tx, id)?.ok_or(Error::NotFound)?;
            let found = store::find_body(tx, ticket.id, message)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>((found, store::files(tx, ticket.id)?, ticket))
        })
        .await?;
    let html = found.html.ok_or(Error::NotFound)?;
    let base = format!("/desk/tickets/{}", ticket.id);
    let mut pictures = Pictures::default();
    for file in files.iter().filter(|file| file.message == message) {
        pictures.add(file.cid.as_deref(), &file.name, file_path(&base, file));
    }
    let remote = asked.remote == Some(1);
    let fold = (!found.quoted.is_empty()).then(|| agent.visit.words.t("frame-history"));
    let wanted = Wanted { pictures, remote, fold };
    let clean = tokio::task::spawn_blocking(move || foreign::clean(&html, wanted)).await.map_err(Error::internal)?;
    Frame::new(clean, &ticket.subject, remote, &agent.visit).response()
}

/// GET /desk/tickets/{id}/messages/{message}/text: all of the text that is kept, as text.
pub(super) async fn text(_: Agent, State(app): State<App>, Path((id, message)): Path<(TicketId, MessageId)>) -> Result {
    let found = app
        .db
        .read(move |tx| {
            let ticket = store::find(tx, id)?.ok_or(Error::NotFound)?;
            store::find_body(tx, ticket.id, message)?.ok_or(Error::NotFound)
        })
        .await?;
    let mut response = [found.text, found.quoted].join("\n\n").into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_58_a_long_text_is_cut_between_lines() {
        assert_eq!(cut("short", HEAD), ("short", ""));
        let long = "a line of text\n".repeat(2_000);
        let (head, rest) = cut(&long, HEAD);
        assert!(head.len() <= HEAD && head.ends_with("text") && rest.starts_with('\n'));
        let one_line = "ü".repeat(20_000);
        let (head, rest) = cut(&one_line, HEAD);
        assert_eq!(head.len() + rest.len(), one_line.len());
    }

    #[test]
    fn line_65_a_time_that_is_not_certain_is_shown_as_written() {
        let point = |written: &str, zone: Option<&str>| Point {
            at: None,
            written: written.to_owned(),
            zone: zone.map(str::to_owned),
        };
        assert_eq!(as_written(&point("20260302T090000", Some("Hall time")), None), "2026-03-02 09:00 (Hall time)");
        let (start, end) = (point("20260302", None), point("20260304", None));
        assert_eq!(as_written(&start, Some(&end)), "2026-03-02 – 2026-03-04");
        assert_eq!(as_written(&point("soon", None), None), "soon");
    }
}
