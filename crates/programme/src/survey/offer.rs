//! Deciding whether to ask, and asking.

use base::clock::{DAY, Moment};
use base::db::{Result, Tx};
use ledger::outbox::{self, NewLetter};
use ledger::person::{PersonId, address_of, canonical, reach};
use ledger::touchpoint::{self, Channel, Draft, Initiator, Source, Touchpoint};
use serde_json::json;
use web::Voice;

use super::model::{Survey, Withheld, is_drawn, reads_best_first};
use super::pulse::{Panel, day_of};
use super::{kinds, store};

/// What the operator set about asking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Which share of the contacts that may be asked is asked, 0 to 1.
    pub sample_share: f64,
    /// For how many days somebody who was asked is left alone.
    pub cooldown_days: u32,
    /// From how many people on a number about a group is shown.
    pub k: u32,
    /// In how many weeks everybody is asked a pulse once; 0 when nobody is.
    pub pulse_weeks: u32,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// The person was asked, and a letter posted.
    Invited,
    /// The person was not asked; the reason is recorded.
    Withheld(Withheld),
    /// Nothing was to be decided: it was decided before, or did not happen here, or to nobody we know.
    Passed,
}

/// Decides whether the person of a confirmed ticket is asked how it was, and asks. For each thing this is decided once,
/// whatever runs again. What was imported or simulated is nobody's to ask about.
pub fn offer(tx: &mut Tx, voice: &Voice, confirmed: &Touchpoint, settings: &Settings, now: Moment) -> Result<Offer> {
    let (Some(person), Some(ticket)) = (confirmed.person, confirmed.object("ticket")) else { return Ok(Offer::Passed) };
    let elsewhere = matches!(confirmed.source, Source::Imported | Source::Simulated);
    if elsewhere || store::is_decided(tx, "ticket", ticket)? {
        return Ok(Offer::Passed);
    }
    let text = |name: &str| confirmed.detail.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    let withheld = reason_not_to(tx, person, confirmed, settings, now)?;
    let survey = Survey {
        id: tx.new_id(),
        object: ("ticket".to_owned(), ticket),
        person,
        subject: text("subject").unwrap_or_default(),
        service: confirmed.service.clone(),
        view_token: text("view"),
        token: if withheld.is_some() { String::new() } else { base::id::token() },
        withheld,
        share: settings.sample_share,
        best_first: reads_best_first(canonical(tx, person)?),
        decided_at: now,
        dismissed_at: None,
        source: confirmed.source,
    };
    store::insert(tx, &survey)?;
    if let Some(reason) = withheld {
        let draft = about(&survey, Draft::of(&kinds::WITHHELD, now, Channel::Survey));
        touchpoint::record(tx, draft.detail(json!({ "reason": reason, "share": settings.sample_share })))?;
        return Ok(Offer::Withheld(reason));
    }
    let detail = json!({ "subject": survey.subject, "share": settings.sample_share, "best_first": survey.best_first });
    touchpoint::record(tx, about(&survey, Draft::of(&kinds::INVITED, now, Channel::Survey)).detail(detail))?;
    let asking = Asking { words: "survey", page: "surveys", object: ("ticket", ticket) };
    post(tx, voice, &survey, &asking, settings, now)?;
    Ok(Offer::Invited)
}

/// A draft about a survey's person and thing. What happens now was lived, also to somebody asked by the simulation.
pub(super) fn about(survey: &Survey, draft: Draft) -> Draft {
    draft
        .person(survey.person)
        .object(&survey.object.0, survey.object.1)
        .object("survey", survey.id.0)
        .service(survey.service.clone())
}

/// Why this person is not asked now, if there is a reason. The first that holds is recorded.
fn reason_not_to(
    tx: &mut Tx,
    person: PersonId,
    confirmed: &Touchpoint,
    settings: &Settings,
    now: Moment,
) -> Result<Option<Withheld>> {
    if confirmed.initiator == Initiator::Machine {
        return Ok(Some(Withheld::Machine));
    }
    if store::has_refused(tx, person)? {
        return Ok(Some(Withheld::OptedOut));
    }
    let Some(address) = address_of(tx, person)? else { return Ok(Some(Withheld::NoAddress)) };
    if outbox::refuses(tx, &address, "survey")? {
        return Ok(Some(Withheld::OptedOut));
    }
    let since = now.plus(-i64::from(settings.cooldown_days) * DAY);
    if store::was_asked_since(tx, person, since)? {
        return Ok(Some(Withheld::CoolDown));
    }
    if is_pulse_due(canonical(tx, person)?, settings, now) {
        return Ok(Some(Withheld::PulseDue));
    }
    let ticket = confirmed.object("ticket").unwrap_or_default();
    Ok((!is_drawn(person, ("ticket", ticket), settings.sample_share)).then_some(Withheld::SampledOut))
}

/// Whether a pulse follows within the cool-down. In which zone its day is counted makes no difference of weight.
fn is_pulse_due(person: PersonId, settings: &Settings, now: Moment) -> bool {
    Panel::of(settings.pulse_weeks).is_some_and(|panel| {
        let today = day_of(now, &jiff::tz::TimeZone::UTC);
        let soon = today.saturating_add(jiff::Span::new().days(settings.cooldown_days.min(3_650)));
        panel.next_turn(person, today) <= soon
    })
}

/// What differs between the letters that ask.
pub(super) struct Asking {
    /// Of what kind, as its texts are named: `survey`, `pulse`.
    pub(super) words: &'static str,
    /// The page that it leads to, without its token.
    pub(super) page: &'static str,
    /// What the letter is about; its occasion, too.
    pub(super) object: (&'static str, i64),
}

/// Posts the letter that asks, in the person's language.
pub(super) fn post(
    tx: &mut Tx,
    voice: &Voice,
    survey: &Survey,
    asking: &Asking,
    settings: &Settings,
    now: Moment,
) -> Result<()> {
    let Some((person, address)) = reach(tx, survey.person)? else { return Ok(()) };
    let Asking { words: kind, page, object } = asking;
    let words = voice.words(&person.language);
    let link = voice.url(&format!("/{page}/{}", survey.token));
    let readers = store::count_readers(tx)?;
    let values = [
        ("name", person.name.as_str().into()),
        ("subject", survey.subject.as_str().into()),
        ("link", link.as_str().into()),
        ("readers", readers.into()),
        ("k", settings.k.into()),
        ("brand", voice.brand().into()),
    ];
    let privacy = words.tn("survey-privacy", &values);
    let text = words.tn(&format!("{kind}-mail-text"), &[&values[..], &[("privacy", privacy.into())]].concat());
    let letter = NewLetter {
        person: Some(survey.person),
        address,
        occasion: format!("survey:{}:{}", object.0, object.1),
        subject: words.tn(&format!("{kind}-mail-subject"), &values),
        text,
        automatic: true,
        object: Some(*object),
        refusable: Some("survey"),
        name: person.name.clone(),
        ..NewLetter::default()
    };
    outbox::post(tx, &letter, now).map(drop)
}
