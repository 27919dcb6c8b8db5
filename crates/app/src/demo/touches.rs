//! Contacts that belong to no ticket: finding, reading, waiting in line, being told.

use base::clock::Moment;
use ledger::touchpoint::{Channel, Draft, Kind, Source};
use serde_json::{Value, json};
use simulate::Company;
use simulate::notice::NoticeId;
use simulate::person::{Language, Person};
use simulate::touch::{Touch, TouchKind};

use super::kinds;
use super::people::Cast;

/// The share of people from whom suggestions are withheld, for comparison.
const WITHHELD: f64 = 0.1;

/// What a contact leaves in the ledger. `None` for what improvements tell themselves.
pub(super) fn draft(touch: &Touch, company: &Company, cast: &Cast) -> Option<Draft> {
    let reader = company.person(touch.person);
    let mut promise = None;
    let (kind, channel, detail): (&'static Kind, Channel, Value) = match &touch.kind {
        TouchKind::Searched { words, hits } => {
            (&kinds::SEARCH_MADE, Channel::Knowledge, json!({ "words": words, "hits": hits }))
        }
        TouchKind::SearchedInVain { words } => (&kinds::SEARCH_EMPTY, Channel::Knowledge, json!({ "words": words })),
        TouchKind::ServiceRead { seconds } => {
            (&kinds::SERVICE_READ, Channel::Portal, json!({ "name": service_name(touch, reader), "seconds": seconds }))
        }
        TouchKind::ArticleRead { article, seconds, helped } => {
            let mut detail = json!({ "title": article_title(company, *article, reader), "seconds": seconds });
            if let Some(helped) = helped {
                detail["helped"] = json!(helped);
            }
            (&kinds::ARTICLE_READ, Channel::Knowledge, detail)
        }
        TouchKind::FormStarted => (&kinds::FORM_STARTED, Channel::Portal, Value::Null),
        TouchKind::Suggested { article, held_out } => {
            let kind = if *held_out { &kinds::SUGGESTION_WITHHELD } else { &kinds::SUGGESTION_SHOWN };
            let title = article_title(company, *article, reader);
            (kind, Channel::Portal, json!({ "title": title, "odds": WITHHELD }))
        }
        TouchKind::FormGivenUp { filled, after_suggestion } => {
            let detail = json!({ "filled": filled, "after_suggestion": after_suggestion });
            (&kinds::FORM_GIVEN_UP, Channel::Portal, detail)
        }
        TouchKind::CallbackPromised { from, until } => {
            promise = Some(Moment(*until));
            (&kinds::CALLBACK_PROMISED, Channel::Phone, json!({ "from": from }))
        }
        TouchKind::CallbackKept => (&kinds::CALLBACK_KEPT, Channel::Phone, Value::Null),
        TouchKind::CallbackMissed { late } => {
            let detail = late.map_or(Value::Null, |late| json!({ "late": late }));
            (&kinds::CALLBACK_MISSED, Channel::Phone, detail)
        }
        TouchKind::LineJoined { place } => (&kinds::VISIT_JOINED, Channel::WalkUp, json!({ "place": place })),
        TouchKind::LineServed { waited } => (&kinds::VISIT_SERVED, Channel::WalkUp, json!({ "waited": waited })),
        TouchKind::LineLeft { waited } => (&kinds::VISIT_LEFT, Channel::WalkUp, json!({ "waited": waited })),
        TouchKind::NoticeSent(notice) => (&kinds::NOTICE_SENT, Channel::Notice, titled(company, *notice, reader)),
        TouchKind::NoticeRead { notice, seconds } => {
            let mut detail = titled(company, *notice, reader);
            detail["seconds"] = json!(seconds);
            (&kinds::NOTICE_READ, Channel::Notice, detail)
        }
        TouchKind::MeToo(notice) => (&kinds::NOTICE_ME_TOO, Channel::Notice, titled(company, *notice, reader)),
        TouchKind::FlyerScanned { notice, place } => {
            let mut detail = titled(company, *notice, reader);
            detail["place"] = json!(place);
            (&kinds::FLYER_SCANNED, Channel::Notice, detail)
        }
        TouchKind::Told(_) => return None,
    };
    let service = touch.service.map(|service| service.info().name_en.to_owned());
    let draft = Draft::of(kind, Moment(touch.at), channel).person(cast.id(touch.person)).service(service);
    let draft = draft.source(Source::Simulated).promise_until(promise).detail(detail);
    Some(match object(&touch.kind) {
        Some((kind, id)) => draft.object(kind, id),
        None => draft,
    })
}

/// Articles and notices have no rows of their own yet: they are known by their place in the company's lists, from 1.
fn object(kind: &TouchKind) -> Option<(&'static str, i64)> {
    match kind {
        TouchKind::ArticleRead { article, .. } | TouchKind::Suggested { article, .. } => {
            Some(("article", *article as i64 + 1))
        }
        TouchKind::NoticeSent(notice)
        | TouchKind::NoticeRead { notice, .. }
        | TouchKind::MeToo(notice)
        | TouchKind::FlyerScanned { notice, .. } => Some(("notice", i64::from(notice.0) + 1)),
        _ => None,
    }
}

fn titled(company: &Company, notice: NoticeId, reader: &Person) -> Value {
    let notice = &company.notices()[notice.0 as usize];
    json!({ "title": in_language(reader, &notice.title, &notice.title_de) })
}

fn article_title(company: &Company, article: usize, reader: &Person) -> &'static str {
    let article = &company.articles()[article];
    in_language(reader, article.title_en, article.title_de)
}

fn service_name(touch: &Touch, reader: &Person) -> &'static str {
    let info = touch.service.map(simulate::services::Service::info);
    info.map_or("", |info| in_language(reader, info.name_en, info.name_de))
}

fn in_language<'t>(reader: &Person, english: &'t str, german: &'t str) -> &'t str {
    match reader.language {
        Language::En => english,
        Language::De => german,
    }
}
