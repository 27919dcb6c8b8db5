//! What is to be read in a folder: what is new, always first; and what was there before we came, the newest first, so
//! that whoever wrote yesterday does not wait for the mails of two years.

use base::clock::{DAY, Moment};

use super::imap::Client;
use super::{FetchError, Reader};
use crate::mail::store::{self, Mark};

/// Mails between two notes of how far we are.
pub(super) const BATCH: usize = 20;

impl Reader {
    /// Opens the folder. The numbers of mails that were there before we came and are still to be read, ascending.
    pub(super) async fn begin(&mut self, client: &mut Client) -> Result<Vec<u32>, FetchError> {
        let folder = client.select(&self.folder).await?;
        let validity = i64::from(folder.uid_validity);
        let mark = self.mark().await?;
        if let Some(mark) = mark.filter(|mark| mark.uid_validity == validity) {
            if mark.backlog == 0 {
                return Ok(Vec::new());
            }
            let query = format!("UID 1:{} {}", mark.backlog, self.rest(mark));
            let mut found = client.search(&query).await?;
            found.retain(|uid| i64::from(*uid) <= mark.backlog);
            return Ok(found);
        }
        // The number of the last mail that is there now; "*" is the last, whichever it is.
        let newest = match folder.uid_next {
            Some(next) => next.saturating_sub(1),
            None if folder.exists == 0 => 0,
            None => client.search("UID *").await?.last().copied().unwrap_or(0),
        };
        let mut found = client.search(&self.first(mark)).await?;
        found.retain(|uid| *uid <= newest);
        let now = self.app.clock.now();
        let backlog = found.last().copied().map_or(0, i64::from);
        let last_uid = i64::from(newest);
        self.note(Mark { uid_validity: validity, last_uid, read_at: now, backlog, backlog_at: now }).await?;
        if !found.is_empty() {
            tracing::info!(mailbox = self.mailbox, mails = found.len(), "mails were here before");
        }
        Ok(found)
    }

    /// Takes in what is new, oldest first. Whether more came meanwhile: a server that said so once does not say it
    /// again.
    pub(super) async fn take_new(&mut self, client: &mut Client) -> Result<bool, FetchError> {
        let Some(mut mark) = self.mark().await? else { return Ok(false) };
        // What was said before now is what we are about to look at.
        let _ = client.has_grown();
        let mut uids = client.search(&format!("UID {}:*", mark.last_uid + 1)).await?;
        // "7:*" names the last mail even when its number is below 7.
        uids.retain(|uid| i64::from(*uid) > mark.last_uid);
        let mut rest = uids.as_slice();
        while !rest.is_empty() {
            let (batch, after) = rest.split_at(self.batch(rest).min(rest.len()));
            let (done, ended) = self.take(client, batch).await;
            if let Some(last) = done {
                (mark.last_uid, mark.read_at) = (i64::from(last), self.app.clock.now());
                self.note(mark).await?;
            }
            ended?;
            rest = after;
        }
        if uids.is_empty() {
            mark.read_at = self.app.clock.now();
            self.note(mark).await?;
        }
        Ok(client.has_grown())
    }

    /// Takes in some of the mails that were there before. Whether there were any.
    pub(super) async fn take_earlier(
        &mut self,
        client: &mut Client,
        backlog: &mut Vec<u32>,
    ) -> Result<bool, FetchError> {
        let Some(mut mark) = self.mark().await? else { return Ok(false) };
        if backlog.is_empty() && mark.backlog == 0 {
            return Ok(false);
        }
        let batch = backlog.split_off(backlog.len() - self.batch(backlog).min(backlog.len()));
        let (_, ended) = self.take(client, &batch).await;
        ended?;
        (mark.backlog, mark.read_at) = (backlog.last().copied().map_or(0, i64::from), self.app.clock.now());
        self.note(mark).await?;
        Ok(true)
    }

    /// Where a mail is among these at which the connection broke, one at a time, so that it is known which one it is.
    fn batch(&self, uids: &[u32]) -> usize {
        if self.stuck.is_some_and(|(at, _)| uids.binary_search(&at).is_ok()) { 1 } else { BATCH }
    }

    /// What to look for on the first look: what came since the day that was set, or what nobody has read. When the
    /// server's numbers began anew, also what may have come since we were here.
    fn first(&self, mark: Option<Mark>) -> String {
        match mark {
            None => self.since().unwrap_or_else(|| "UNSEEN".to_owned()),
            Some(mark) if mark.backlog > 0 => self.rest(mark),
            Some(mark) => unread_or_since(mark.read_at),
        }
    }

    /// What is left of a first look that was broken off.
    fn rest(&self, mark: Mark) -> String {
        self.since().unwrap_or_else(|| unread_or_since(mark.backlog_at))
    }

    fn since(&self) -> Option<String> {
        let day: jiff::civil::Date = self.imap.since.parse().ok()?;
        Some(format!("SINCE {}", day.strftime("%-d-%b-%Y")))
    }

    async fn mark(&self) -> Result<Option<Mark>, FetchError> {
        let mailbox = self.mailbox.clone();
        Ok(self.app.db.read(move |tx| store::mark(tx, &mailbox)).await?)
    }

    async fn note(&self, mark: Mark) -> Result<(), FetchError> {
        let mailbox = self.mailbox.clone();
        self.app.db.write(move |tx| store::set_mark(tx, &mailbox, mark)).await?;
        Ok(())
    }
}

fn unread_or_since(at: Moment) -> String {
    format!("OR UNSEEN SINCE {}", day(at.plus(-2 * DAY)))
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
    fn line_72_a_day_is_written_as_servers_read_it() {
        assert_eq!(day(Moment(1_772_442_000_000)), "2-Mar-2026");
        assert_eq!(unread_or_since(Moment(1_772_442_000_000)), "OR UNSEEN SINCE 28-Feb-2026");
    }
}
