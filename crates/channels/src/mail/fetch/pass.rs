//! One look at a mailbox: everything that is new, oldest first, one mail in memory at a time.

use async_imap::types::{Fetch, UnsolicitedResponse};
use base::clock::{DAY, Moment};
use futures::TryStreamExt;

use super::connection::Session;
use super::{FetchError, Reader, within};
use crate::mail::hold::{HEAD, hold};
use crate::mail::model::{Outcome, Why};
use crate::mail::receive::{ReceiveError, receive};
use crate::mail::store::{self, Mark};

/// Mails between two notes of how far we are.
const BATCH: usize = 20;
/// After this many broken connections at one mail, the mail is held to be the reason.
const STUCK: u32 = 3;

impl Reader {
    /// Takes in everything that is new. Whether more came meanwhile: a server that said so once does not say it again.
    pub(super) async fn pass(&mut self, session: &mut Session) -> Result<bool, FetchError> {
        let patience = self.room.pace().command;
        let folder = within(patience, session.select(&self.imap.folder)).await?;
        let validity = i64::from(folder.uid_validity.unwrap_or(0));
        let mailbox = self.mailbox.clone();
        let mark = self.app.db.read(move |tx| store::mark(tx, &mailbox)).await?;
        let after = mark.filter(|mark| mark.uid_validity == validity).map_or(0, |mark| mark.last_uid);
        // What was said before now is what we are about to look at.
        let _ = has_grown(session);
        let query = query(mark, validity);
        let mut uids: Vec<u32> = within(patience, session.uid_search(query)).await?.into_iter().collect();
        // "7:*" names the last mail even when its number is below 7.
        uids.retain(|uid| i64::from(*uid) > after);
        uids.sort_unstable();
        let mut done = after;
        for (at, uid) in uids.iter().enumerate() {
            match self.take(session, *uid).await {
                Ok(()) => self.stuck = None,
                Err(error) => {
                    self.note(validity, done).await?;
                    self.count_stuck(*uid, &error);
                    return Err(error);
                }
            }
            done = i64::from(*uid);
            if at % BATCH == BATCH - 1 {
                self.note(validity, done).await?;
            }
        }
        // On the first look, what had been read before we came stays as it is.
        if mark.is_none_or(|mark| mark.uid_validity != validity) {
            done = folder.uid_next.map_or(done, |next| i64::from(next) - 1).max(done);
        }
        self.note(validity, done).await?;
        Ok(has_grown(session))
    }

    /// Takes in one mail, and flags it as seen when it is stored.
    async fn take(&mut self, session: &mut Session, uid: u32) -> Result<(), FetchError> {
        if self.stuck.is_some_and(|(at, times)| at == uid && times >= STUCK) {
            let head = format!("{} {uid}\n", self.mailbox);
            let size = head.len() as i64;
            hold(&self.app, head.as_bytes(), size, &self.mailbox, Why::Unfetchable, "").await?;
            return Ok(());
        }
        let Some(size) = self.fetch(session, uid, "(UID RFC822.SIZE)").await?.and_then(|mail| mail.size) else {
            // It was deleted meanwhile.
            return Ok(());
        };
        let outcome = if u64::from(size) > self.room.limit() {
            let head = self.fetch(session, uid, &format!("(UID BODY.PEEK[]<0.{HEAD}>)")).await?;
            let head = head.as_ref().and_then(Fetch::body).unwrap_or_default().to_vec();
            hold(&self.app, &head, i64::from(size), &self.mailbox, Why::TooLarge, "").await?
        } else {
            let Some(mail) = self.fetch(session, uid, "(UID BODY.PEEK[])").await? else { return Ok(()) };
            let bytes = mail.body().unwrap_or_default().to_vec();
            drop(mail);
            self.receive(bytes).await?
        };
        self.room.health().did(&self.name, self.app.clock.now());
        tracing::info!(mailbox = self.mailbox, uid, mail = %outcome.mail, decision = %outcome.decision, why = %outcome.why, repeated = outcome.repeated, "a mail came");
        self.flag(session, uid).await;
        Ok(())
    }

    async fn receive(&self, bytes: Vec<u8>) -> Result<Outcome, ReceiveError> {
        receive(&self.app, &self.room, bytes, &self.mailbox).await
    }

    /// What the server answers about one mail; `None` when it has none of this number.
    async fn fetch(&self, session: &mut Session, uid: u32, what: &str) -> Result<Option<Fetch>, FetchError> {
        let asked = async {
            let answers: Vec<Fetch> = session.uid_fetch(uid.to_string(), what).await?.try_collect().await?;
            Ok(answers.into_iter().find(|answer| answer.uid == Some(uid)))
        };
        within(self.room.pace().command, asked).await
    }

    /// Flags a mail as seen. It is stored already: should this fail, nothing is lost and nothing comes twice.
    async fn flag(&self, session: &mut Session, uid: u32) {
        let flagging = async {
            let answers = session.uid_store(uid.to_string(), "+FLAGS.SILENT (\\Seen)").await?;
            answers.try_collect::<Vec<_>>().await
        };
        if let Err(error) = within(self.room.pace().command, flagging).await {
            tracing::warn!(mailbox = self.mailbox, uid, "a mail could not be flagged as seen: {error}");
        }
    }

    async fn note(&self, uid_validity: i64, last_uid: i64) -> Result<(), FetchError> {
        let (mailbox, read_at) = (self.mailbox.clone(), self.app.clock.now());
        let mark = Mark { uid_validity, last_uid, read_at };
        self.app.db.write(move |tx| store::set_mark(tx, &mailbox, mark)).await?;
        Ok(())
    }

    /// Only the server's part counts: what we could not store says nothing about the mail.
    fn count_stuck(&mut self, uid: u32, error: &FetchError) {
        if matches!(error, FetchError::Imap(_) | FetchError::Silent(_)) {
            let times = self.stuck.filter(|(at, _)| *at == uid).map_or(0, |(_, times)| times);
            self.stuck = Some((uid, times + 1));
        }
    }
}

/// Whether the server spoke of new mail while it answered something else.
fn has_grown(session: &Session) -> bool {
    let said = std::iter::from_fn(|| session.unsolicited_responses.try_recv().ok());
    // All of them are taken out, so that none is held for news later.
    said.filter(|said| matches!(said, UnsolicitedResponse::Exists(_))).count() > 0
}

/// What to look for: what came after the last; on the first look, what nobody has read; when numbers began anew, what
/// nobody has read and what may have come since we were here.
fn query(mark: Option<Mark>, validity: i64) -> String {
    match mark {
        None => "UNSEEN".to_owned(),
        Some(mark) if mark.uid_validity == validity => format!("UID {}:*", mark.last_uid + 1),
        Some(mark) => format!("OR UNSEEN SINCE {}", day(mark.read_at.plus(-2 * DAY))),
    }
}

/// A day as IMAP writes it: `2-Mar-2026`.
fn day(at: Moment) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    at.strftime("%-d-%b-%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_follows_from_how_far_we_were() {
        let mark = Mark { uid_validity: 7, last_uid: 41, read_at: Moment(1_772_442_000_000) };
        assert_eq!(query(None, 7), "UNSEEN");
        assert_eq!(query(Some(mark), 7), "UID 42:*");
        assert_eq!(query(Some(mark), 8), "OR UNSEEN SINCE 28-Feb-2026");
    }
}
