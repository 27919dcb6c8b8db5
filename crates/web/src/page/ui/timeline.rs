//! What happened to a person: an instant, one row of a timeline, a ribbon of the last contacts.

use super::Given;
use super::chip::{Icon, named_icon};
use super::feeling::{Face, face, word};
use crate::page::Page;
use askama::Template;

/// An instant: short beside now, in full on hover, to the minute for machines.
#[derive(Template, Debug, Clone)]
#[template(source = r#"<time datetime="{{ machine }}" title="{{ full }}">{{ short }}</time>"#, ext = "html")]
pub struct When {
    machine: String,
    full: String,
    short: String,
}

impl When {
    pub(in crate::page) fn new(page: &Page, at: i64) -> Self {
        // Seconds would be a tenth of what a list of forty costs over the wire.
        let machine = jiff::Timestamp::from_millisecond(at).unwrap_or_default().strftime("%Y-%m-%dT%H:%MZ").to_string();
        let (full, short) = (page.words.moment(at, &page.zone), page.words.when(at, page.now, &page.zone));
        Self { machine, full, short }
    }
}

/// One row of a timeline, for an `<ol class="timeline">`.
#[derive(Template, Debug, Clone)]
#[template(path = "page/ui/event.html")]
pub struct Event {
    mark: Icon,
    what: String,
    when: When,
    href: Option<String>,
    detail: Option<String>,
    face: Option<Face>,
    unseen: bool,
}

/// A row: when, in which channel, and the sentence of what happened.
pub fn event(page: &Page, at: impl Given<i64>, channel: &str, what: impl ToString) -> Event {
    let key = format!("channel-{channel}");
    Event {
        mark: named_icon(&key, page.t(&key)),
        what: what.to_string(),
        when: page.when(at),
        href: None,
        detail: None,
        face: None,
        unseen: false,
    }
}

impl Event {
    /// Where it can be read in full.
    pub fn href(mut self, href: impl ToString) -> Self {
        self.href = Some(href.to_string());
        self
    }

    /// A second, quieter line.
    pub fn detail(mut self, detail: impl super::Maybe) -> Self {
        self.detail = detail.text();
        self
    }

    /// How it felt, 1 to 5; anything else shows nothing.
    pub fn felt(mut self, page: &Page, felt: impl Given<u8>) -> Self {
        let felt = felt.given();
        self.face = (1..=5).contains(&felt).then(|| face(page, felt));
        self
    }

    /// Beyond the line of visibility: the person did not see it happen.
    pub fn unseen(mut self) -> Self {
        self.unseen = true;
        self
    }
}

/// A contact on a ribbon.
#[derive(Debug, Clone)]
pub struct Dot {
    /// The channel: its shape.
    pub channel: String,
    /// How it felt, 1 to 5: its colour; 0 where nobody said.
    pub felt: u8,
}

/// The last contacts of a person as dots on a line.
#[derive(Template, Debug, Clone)]
#[template(path = "page/ui/ribbon.html")]
pub struct Ribbon {
    title: String,
    dots: Vec<Placed>,
    width: usize,
}

#[derive(Debug, Clone)]
struct Placed {
    x: usize,
    shape: String,
    felt: u8,
    title: String,
}

/// A ribbon of contacts, oldest first; the last twelve are shown.
pub fn ribbon(page: &Page, dots: &[Dot]) -> Ribbon {
    const STEP: usize = 30;
    let last = &dots[dots.len().saturating_sub(12)..];
    let placed = last.iter().enumerate().map(|(index, dot)| {
        let channel = page.t(format!("channel-{}", dot.channel));
        Placed {
            x: 4 + index * STEP,
            shape: dot.channel.clone(),
            felt: dot.felt.min(5),
            title: page.t2("ribbon-dot", "channel", channel, "felt", word(page, dot.felt)),
        }
    });
    let dots: Vec<Placed> = placed.collect();
    let spoken: Vec<&str> = dots.iter().map(|dot| dot.title.as_str()).collect();
    let title = format!("{}: {}", page.t1("ribbon-spoken", "n", dots.len()), spoken.join("; "));
    Ribbon { title, width: dots.len().max(1) * STEP, dots }
}
