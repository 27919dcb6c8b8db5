//! One ticket, as the desk sees it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum_extra::extract::Query;
use base::clock::Moment;
use ledger::person::{self, AddressKind, Attributes, Person, PersonId};
use ledger::touchpoint;
use web::App;
use web::actor::Agent;
use web::error::{Error, Result};
use web::form::{Errors, Input};
use web::page::{Page, Section, ui};
use web::senders::Senders;

use super::delivery::Deliveries;
use super::inbox::{List, Place};
use super::letter::Letter;
use super::preview::Preview;
use super::recipients::is_ticked;
use crate::ticket::desk::{self, delivery};
use crate::ticket::file::File;
use crate::ticket::model::{Author, Message, State as Standing, Ticket};
use crate::ticket::participant::{self, Participant};
use crate::ticket::store;
use crate::ticket::succession::{self, Neighbours};
use crate::ticket::{MessageId, TicketId};

/// As many messages as a page shows; older ones are in the conversation's own page.
const MESSAGES: i64 = 200;

/// Everything that a ticket's page shows.
pub(super) struct Whole {
    pub ticket: Ticket,
    pub person: Person,
    pub addresses: Vec<(AddressKind, String)>,
    pub attributes: Attributes,
    pub messages: Vec<Message>,
    pub files: Vec<File>,
    pub tags: Vec<String>,
    pub others: Vec<Ticket>,
    pub agents: Vec<(PersonId, String, Option<String>)>,
    pub participants: Vec<Participant>,
    pub deliveries: Deliveries,
    pub dots: Vec<ui::Dot>,
    /// Their addresses to which mail comes back, each since when.
    pub failing: Vec<(String, Moment)>,
    /// What this goes on from, and in what.
    pub neighbours: Neighbours,
}

impl Whole {
    pub(super) async fn read(app: &App, id: TicketId) -> Result<Self> {
        let now = app.clock.now();
        app.db
            .read(move |tx| {
                let ticket = store::find(tx, id)?.ok_or(Error::NotFound)?;
                let id = ticket.id;
                let person = person::find(tx, ticket.person)?.ok_or(Error::NotFound)?;
                let past = touchpoint::of_person(tx, person.id, Moment(now.0 + 1), false, 12)?;
                let dots = past.iter().rev().map(|touchpoint| ui::Dot {
                    channel: touchpoint.channel.as_str().to_owned(),
                    felt: touchpoint.detail.get("emotion").and_then(serde_json::Value::as_u64).unwrap_or(0) as u8,
                });
                Ok(Self {
                    dots: dots.collect(),
                    failing: person::failing(tx, person.id)?,
                    neighbours: succession::neighbours(tx, id)?,
                    addresses: person::addresses(tx, person.id)?,
                    attributes: person::attributes_at(tx, person.id, person.version)?,
                    messages: store::messages(tx, id, true, MESSAGES)?,
                    files: store::files(tx, id)?,
                    tags: store::tags(tx, id)?,
                    others: store::list_of_person(tx, person.id, 6)?,
                    agents: store::agents(tx)?,
                    participants: participant::participants(tx, id)?,
                    deliveries: Deliveries::read(tx, id)?,
                    ticket,
                    person,
                })
            })
            .await
    }

    /// The newest message of the person's: the composer says that its writer has seen this one.
    fn seen(&self) -> MessageId {
        let theirs = self.messages.iter().rev().find(|message| message.author == Author::Person);
        theirs.map_or(MessageId(0), |message| message.id)
    }

    fn files_of(&self, message: &MessageId) -> Vec<&File> {
        self.files.iter().filter(|file| file.message == *message).collect()
    }

    /// What is known of the person, each under its name in the reader's language where it has one.
    fn facts(&self, page: &Page) -> Vec<(String, &String)> {
        let named = |name: &String| {
            let key = format!("attribute-{name}");
            if page.words.has(&key) { page.t(&key) } else { name.clone() }
        };
        self.attributes.iter().map(|(name, value)| (named(name), value)).collect()
    }

    fn tag_line(&self) -> String {
        self.tags.join(", ")
    }

    fn email(&self) -> Option<&str> {
        self.addresses.iter().find(|(kind, _)| *kind == AddressKind::Email).map(|(_, value)| value.as_str())
    }
}

#[derive(Template)]
#[template(path = "ticket/desk/show.html", blocks = ["conversation"])]
struct Show {
    page: Page,
    list: List,
    whole: Whole,
    me: PersonId,
    input: Input,
    errors: Errors,
    /// Somebody wrote while this answer was being written.
    overtaken: bool,
    preview: Option<Preview>,
    senders: Senders,
}

impl Show {
    fn base(&self) -> String {
        format!("/desk/tickets/{}", self.whole.ticket.id)
    }

    fn next_states() -> [(Standing, &'static str); 3] {
        [
            (Standing::WaitingPerson, "send-and-wait"),
            (Standing::Resolved, "send-and-resolve"),
            (Standing::Open, "send-and-keep"),
        ]
    }

    /// States that the desk may set without a word.
    fn settable(&self) -> Vec<(Standing, &'static str)> {
        let all = [
            (Standing::Open, "set-open"),
            (Standing::WaitingOthers, "set-waiting-others"),
            (Standing::Resolved, "set-resolved"),
        ];
        all.into_iter().filter(|(state, _)| *state != self.whole.ticket.state).collect()
    }

    fn letter<'s>(&'s self, message: &'s Message) -> Letter<'s> {
        Letter::new(&self.page, self.base(), message, self.whole.files_of(&message.id))
    }

    /// The page of the person's journey, which the programme keeps.
    fn person_path(&self) -> String {
        format!("/programme/people/{}", self.whole.person.id)
    }

    /// Whether somebody gets the answer, as the boxes stand.
    fn is_ticked(&self, known: &Participant) -> bool {
        is_ticked(&self.input, known)
    }

    /// Whether what is seldom needed about recipients is in use.
    fn names_more(&self) -> bool {
        ["also_cc", "bcc"].iter().any(|field| !self.input.get(field).is_empty() || self.errors.get(field).is_some())
    }

    /// Our addresses, as they are to be chosen from; none when there is nothing to choose.
    fn froms(&self) -> Vec<ui::Opt> {
        let all = self.senders.all();
        let usual = std::iter::once(ui::Opt::new("", self.page.t("from-usual")));
        let others = all.iter().map(|sender| ui::Opt::new(&sender.address, &sender.address));
        if all.len() > 1 { usual.chain(others).collect() } else { Vec::new() }
    }

    fn is_mine(&self) -> bool {
        self.whole.ticket.agent == Some(self.me)
    }
}

/// GET /desk/tickets/{id}
pub(super) async fn show(
    agent: Agent,
    State(app): State<App>,
    Path(id): Path<TicketId>,
    Query(place): Query<Place>,
) -> Result {
    show_again(&app, &agent, id, place, Input::default(), Errors::default(), false).await
}

/// The page of a ticket; with errors, or when somebody wrote meanwhile, with what was typed still in it.
pub(super) async fn show_again(
    app: &App,
    agent: &Agent,
    id: TicketId,
    place: Place,
    input: Input,
    errors: Errors,
    overtaken: bool,
) -> Result {
    show_with(app, agent, id, place, Again { input, errors, overtaken, preview: None }).await
}

/// What is shown of a form that was sent and did not go through.
#[derive(Default)]
pub(super) struct Again {
    pub input: Input,
    pub errors: Errors,
    pub overtaken: bool,
    pub preview: Option<Preview>,
}

/// The page of a ticket with what was typed still in it.
pub(super) async fn show_with(app: &App, agent: &Agent, id: TicketId, place: Place, again: Again) -> Result {
    let Again { input, errors, overtaken, preview } = again;
    let whole = Whole::read(app, id).await?;
    if whole.ticket.id != id {
        return Ok(Redirect::to(&format!("/desk/tickets/{}{}", whole.ticket.id, place.query())).into_response());
    }
    let title = format!("{} {}", whole.ticket.label(), whole.ticket.subject);
    let page = agent.visit.page(app, &title, Section::Desk);
    let list = if agent.visit.is_part {
        List::none(page.clone(), place)
    } else {
        List::read(app, page.clone(), agent.person, place, id.0).await?
    };
    let page = list.with_views(page);
    let status = match (errors.is_empty(), overtaken) {
        (true, false) => StatusCode::OK,
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::CONFLICT,
    };
    let (me, senders) = (agent.person, app.site.senders.clone());
    let show = Show { page, list, whole, me, input, errors, overtaken, preview, senders };
    let html = if agent.visit.is_part { show.as_conversation().render()? } else { show.render()? };
    Ok((status, Html(html)).into_response())
}
