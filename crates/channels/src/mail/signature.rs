//! How one sender's mails end: learned from several of them, and folded away from then on. The mail stays as it is.

use base::clock::Moment;
use base::db::Tx;
use ledger::person::PersonId;
use mail_message::Reply;
use mail_message::reply::common_signature;
use service::ticket;
use web::error::Result;

use super::store;

/// Longest text that is looked at, bytes.
const LONGEST: usize = 20_000;
/// Mails that must end alike, this one among them, and how many are looked at.
const ALIKE: usize = 3;
const LOOKED_AT: i64 = 5;

/// The reply without the signature that this sender's mails have in common; `None` when it has none.
pub(super) fn folded(tx: &mut Tx, sender: &str, person: PersonId, reply: &Reply, now: Moment) -> Result<Option<Reply>> {
    let visible = reply.visible.trim();
    // One that the mail itself sets apart needs no learning; one line cannot have text above it.
    if !reply.signature.is_empty() || visible.len() > LONGEST || visible.lines().count() < 3 {
        return Ok(None);
    }
    if let Some(known) = store::signature_of(tx, sender)? {
        let without = reply.clone().without_signature(&known);
        if !without.signature.is_empty() {
            return Ok(Some(without));
        }
    }
    let earlier = ticket::recent_words(tx, person, LOOKED_AT)?;
    let mut texts: Vec<&str> = vec![visible];
    texts.extend(earlier.iter().map(String::as_str).filter(|text| text.len() <= LONGEST));
    let Some(learned) = common_signature(&texts) else { return Ok(None) };
    if texts.iter().filter(|text| text.trim_end().ends_with(learned.trim_end())).count() < ALIKE {
        return Ok(None);
    }
    let without = reply.clone().without_signature(&learned);
    if without.signature.is_empty() {
        return Ok(None);
    }
    store::learn_signature(tx, sender, &learned, now)?;
    Ok(Some(without))
}
