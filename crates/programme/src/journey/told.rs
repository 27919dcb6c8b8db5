//! A touchpoint as it is told: its sentence, what it was about, where it can be read, how it felt.

use std::collections::BTreeMap;

use base::text::{Value, Words};
use jiff::Timestamp;
use ledger::touchpoint::{Source, Touchpoint, imported_step};
use serde_json::Value as Json;
use web::actor::Roles;
use web::page::{Page, ui};

use super::can;
use super::store::Matter;

/// Values that sentences may name; a touchpoint that lacks one leaves its place empty.
const NAMED: [&str; 8] = ["subject", "reason", "title", "word", "number", "name", "words", "outcome"];

/// The reader of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The person it is about.
    Themself,
    /// Someone of the desk or the programme.
    Staff(Roles),
}

/// A month of a timeline.
pub(super) struct Month {
    /// `March 2026`
    pub name: String,
    pub events: Vec<ui::Event>,
}

/// The sentence of a touchpoint: the text of its kind, with the values that its detail has.
pub(super) fn sentence(words: &Words, touchpoint: &Touchpoint) -> String {
    if let Some(step) = imported_step(&touchpoint.kind) {
        return step.to_owned();
    }
    let key = touchpoint.text_key();
    if !words.has(&key) {
        return words.t1("journey-other", "kind", touchpoint.kind.replace(['.', '_', '-'], " "));
    }
    let mut values: BTreeMap<&str, Value<'_>> = NAMED.iter().map(|name| (*name, Value::from(""))).collect();
    if let Json::Object(detail) = &touchpoint.detail {
        for (name, value) in detail {
            match value {
                Json::String(text) => values.insert(name, text.as_str().into()),
                // A number of ours is a name that people say, and not a quantity: D-1042 and not D-1,042.
                Json::Number(number) if name == "number" => values.insert(name, number.to_string().into()),
                Json::Number(number) => values.insert(name, Value::Number(number.as_f64().unwrap_or_default())),
                _ => None,
            };
        }
    }
    let values: Vec<(&str, Value<'_>)> = values.into_iter().collect();
    words.tn(&key, &values)
}

/// The name of a step on a map: its sentence without the particulars, `Asked` of `Asked: { $subject }`.
pub(super) fn step_name(words: &Words, kind: &str) -> String {
    if let Some(step) = imported_step(kind) {
        return step.to_owned();
    }
    let key = format!("did-{}", kind.replace(['.', '_'], "-"));
    if !words.has(&key) {
        return words.t1("journey-other", "kind", kind.replace(['.', '_', '-'], " "));
    }
    let values: Vec<(&str, Value<'_>)> = NAMED.iter().map(|name| (*name, Value::from(""))).collect();
    let bare = words.tn(&key, &values).replace("“”", "").replace("„“", "");
    bare.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '.' | '·' | '-')).to_owned()
}

/// How it felt, 1 to 5; 0 when nobody said.
pub(super) fn felt(touchpoint: &Touchpoint) -> u8 {
    let said = touchpoint.detail.get("emotion").and_then(Json::as_u64).unwrap_or(0);
    u8::try_from(said).ok().filter(|felt| *felt <= 5).unwrap_or(0)
}

/// A row of a timeline.
pub(super) fn event(
    page: &Page,
    touchpoint: &Touchpoint,
    matters: &BTreeMap<i64, Matter>,
    reader: Reader,
) -> ui::Event {
    let what = sentence(&page.words, touchpoint);
    let matter = touchpoint.object("ticket").and_then(|ticket| matters.get(&ticket));
    let mut event = ui::event(page, touchpoint.at.0, touchpoint.channel.as_str(), &what)
        .detail(detail(page, touchpoint, matter, &what, reader))
        .felt(page, felt(touchpoint));
    if let Some(href) = href(touchpoint, matter, reader) {
        event = event.href(href);
    }
    if touchpoint.visible { event } else { event.unseen() }
}

/// The second line: what it was about where the sentence does not say so, and what was written.
fn detail(page: &Page, touchpoint: &Touchpoint, matter: Option<&Matter>, what: &str, reader: Reader) -> Option<String> {
    let text = |name: &str| touchpoint.detail.get(name).and_then(Json::as_str).filter(|text| !text.trim().is_empty());
    let mut parts: Vec<String> = Vec::new();
    let subject = text("subject").or(matter.map(|matter| matter.subject.as_str())).or(text("title"));
    parts.extend(subject.filter(|subject| !subject.is_empty() && !what.contains(subject)).map(str::to_owned));
    parts.extend(touchpoint.service.clone());
    let may_read = match reader {
        Reader::Themself => true,
        Reader::Staff(roles) => can::read_comments(roles),
    };
    let written = text("outcome").or(text("comment").filter(|_| may_read));
    parts.extend(
        written.filter(|written| !what.contains(written)).map(|written| page.t1("journey-quoted", "words", written)),
    );
    if touchpoint.source == Source::OnBehalf {
        parts.push(page.t("journey-on-behalf"));
    }
    if !touchpoint.visible {
        parts.push(page.t("journey-unseen"));
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn href(touchpoint: &Touchpoint, matter: Option<&Matter>, reader: Reader) -> Option<String> {
    match (reader, touchpoint.object("ticket"), touchpoint.object("improvement")) {
        (Reader::Themself, Some(_), _) => matter?.view.as_ref().map(|view| format!("/requests/{view}")),
        (Reader::Staff(roles), Some(ticket), _) if can::open_tickets(roles) => Some(format!("/desk/tickets/{ticket}")),
        (Reader::Staff(_), _, Some(improvement)) => Some(format!("/programme/improvements/{improvement}")),
        _ => None,
    }
}

/// The rows of a timeline, newest first, by month of the reader's calendar.
pub(super) fn months(
    page: &Page,
    touchpoints: &[Touchpoint],
    matters: &BTreeMap<i64, Matter>,
    reader: Reader,
) -> Vec<Month> {
    let mut months: Vec<(i16, i8, Month)> = Vec::new();
    for touchpoint in touchpoints {
        let at = Timestamp::from_millisecond(touchpoint.at.0).unwrap_or_default().to_zoned(page.zone.clone());
        let event = event(page, touchpoint, matters, reader);
        match months.last_mut() {
            Some((year, month, last)) if (*year, *month) == (at.year(), at.month()) => last.events.push(event),
            _ => {
                let name = page.t2("journey-month", "month", i64::from(at.month()), "year", at.year().to_string());
                months.push((at.year(), at.month(), Month { name, events: vec![event] }));
            }
        }
    }
    months.into_iter().map(|(_, _, month)| month).collect()
}

/// The tickets that these touchpoints are about, each once.
pub(super) fn tickets(touchpoints: &[Touchpoint]) -> Vec<i64> {
    let mut tickets: Vec<i64> = touchpoints.iter().filter_map(|touchpoint| touchpoint.object("ticket")).collect();
    tickets.sort_unstable();
    tickets.dedup();
    tickets
}

/// The last contacts as dots, oldest first; given newest first.
pub(super) fn dots(touchpoints: &[Touchpoint]) -> Vec<ui::Dot> {
    let dot =
        |touchpoint: &Touchpoint| ui::Dot { channel: touchpoint.channel.as_str().to_owned(), felt: felt(touchpoint) };
    touchpoints.iter().rev().map(dot).collect()
}

/// How they felt when they last said so, 1 to 5; 0 when they did not.
pub(super) fn mood(dots: &[ui::Dot]) -> u8 {
    dots.iter().rev().map(|dot| dot.felt).find(|felt| *felt > 0).unwrap_or(0)
}
