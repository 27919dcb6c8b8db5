//! Asking those whose turn it is.

use base::clock::{DAY, Moment};
use base::db::{Db, Result, Tx};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::outbox;
use ledger::person::{PersonId, address_of, canonical};
use ledger::touchpoint::{self, Channel, Draft, Source};
use serde_json::json;
use web::Voice;

use super::panel::number;
use super::{PULSE, Panel, kinds, store, turn};
use crate::survey::model::Withheld;
use crate::survey::offer::{Asking, about, post};
use crate::survey::{Settings, store as surveys};

/// The hour of the desk's day from which on people are asked.
const FROM_HOUR: i32 = 9;
/// For how many days a turn that was missed is made up for.
const MADE_UP: i64 = 7;
/// People looked at in one transaction, to find out whose turn it is.
const LOOK: i64 = 2_000;
/// People asked in one transaction.
const TOGETHER: usize = 100;

/// The last day of which it is known that everybody whose turn it was is asked. Only a memory: after a restart the day is
/// looked at again, and nobody is asked twice.
#[derive(Debug, Default)]
pub struct Rounds {
    done: Option<Date>,
}

/// Who may be asked, and how.
#[derive(Clone)]
pub struct Round {
    /// What the operator set.
    pub settings: Settings,
    /// The desk's own time zone.
    pub zone: TimeZone,
    /// Whether this desk is made up: then its people are, too.
    pub simulated: bool,
}

/// Asks everybody whose turn it is and who was not asked yet. Does nothing but once a day. Blocks on the database.
///
/// # Errors
/// When the database refuses; whoever was asked until then stays asked, and the rest is asked the next time.
pub async fn ask(db: &Db, voice: &Voice, round: &Round, rounds: &mut Rounds, now: Moment) -> Result<()> {
    let Some(panel) = Panel::of(round.settings.pulse_weeks) else { return Ok(()) };
    let day = day_of(now, &round.zone);
    if rounds.done == Some(day) {
        return Ok(());
    }
    let mut after = PersonId(0);
    loop {
        let simulated = round.simulated;
        let people = db.read(move |tx| store::staff(tx, after, simulated, LOOK)).await?;
        let Some(last) = people.last() else { break };
        after = *last;
        let is_due = |person: &PersonId| number(day) - number(panel.last_turn(*person, day)) < MADE_UP;
        let due: Vec<PersonId> = people.into_iter().filter(is_due).collect();
        for some in due.chunks(TOGETHER) {
            let (some, voice, settings) = (some.to_vec(), voice.clone(), round.settings);
            db.write(move |tx| some.iter().try_for_each(|person| decide(tx, &voice, *person, panel, &settings, now)))
                .await?;
        }
    }
    rounds.done = Some(day);
    Ok(())
}

/// The day of which turns are asked now: the one before as long as it is early.
pub(in crate::survey) fn day_of(now: Moment, zone: &TimeZone) -> Date {
    let at = jiff::Timestamp::from_millisecond(now.0).unwrap_or_default().to_zoned(zone.clone());
    let today = at.date();
    if i32::from(at.hour()) < FROM_HOUR { today.yesterday().unwrap_or(today) } else { today }
}

/// Asks one person, or notes why not, unless that was decided in this cycle.
pub(super) fn decide(
    tx: &mut Tx,
    voice: &Voice,
    person: PersonId,
    panel: Panel,
    settings: &Settings,
    now: Moment,
) -> Result<()> {
    // A turn that was made up for is later by days than the next one's distance says.
    if store::decided_since(tx, person, now.plus((MADE_UP - panel.days()) * DAY))? {
        return Ok(());
    }
    let withheld = reason_not_to(tx, person, settings, now)?;
    let survey = turn(tx.new_id(), person, canonical(tx, person)?, withheld, now, Source::Lived);
    surveys::insert(tx, &survey)?;
    if let Some(reason) = withheld {
        let draft = about(&survey, Draft::of(&kinds::WITHHELD, now, Channel::Survey));
        touchpoint::record(tx, draft.detail(json!({ "reason": reason })))?;
        return Ok(());
    }
    let draft = about(&survey, Draft::of(&kinds::INVITED, now, Channel::Survey));
    touchpoint::record(tx, draft.detail(json!({ "weeks": settings.pulse_weeks })))?;
    post(tx, voice, &survey, &Asking { words: PULSE, page: PULSE, object: (PULSE, survey.id.0) }, settings, now)
}

/// Why this person is not asked in their turn, if there is a reason. That they came to the desk is none: see the module.
fn reason_not_to(tx: &mut Tx, person: PersonId, settings: &Settings, now: Moment) -> Result<Option<Withheld>> {
    if surveys::has_refused(tx, person)? {
        return Ok(Some(Withheld::OptedOut));
    }
    let Some(address) = address_of(tx, person)? else { return Ok(Some(Withheld::NoAddress)) };
    if outbox::refuses(tx, &address, "survey")? {
        return Ok(Some(Withheld::OptedOut));
    }
    let since = now.plus(-i64::from(settings.cooldown_days) * DAY);
    Ok(surveys::was_asked_since(tx, person, since)?.then_some(Withheld::CoolDown))
}
