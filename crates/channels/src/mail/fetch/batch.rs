//! Takes in some mails over one connection, in one question, one mail in memory at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::imap::{Client, Fetched};
use super::{FetchError, Reader};
use crate::mail::hold::{HEAD, hold, hold_large};
use crate::mail::model::{Outcome, Why};
use crate::mail::receive::{ReceiveError, receive};

/// After this many broken connections at one mail, the mail is held to be the reason.
const STUCK: u32 = 3;

impl Reader {
    /// Takes in these mails, which ascend. The last one up to which all are done, and how it ended.
    pub(super) async fn take(&mut self, client: &mut Client, uids: &[u32]) -> (Option<u32>, Result<(), FetchError>) {
        let mut done = BTreeSet::new();
        let ended = self.take_some(client, uids, &mut done).await;
        let until = uids.iter().take_while(|uid| done.contains(uid)).last().copied();
        match &ended {
            Ok(()) => self.stuck = self.stuck.filter(|(at, _)| !uids.contains(at)),
            Err(FetchError::Server(trouble)) if trouble.may_be_a_mail() => {
                // Only the server's part counts: what we could not store says nothing about the mail.
                if let Some(&uid) = uids.iter().find(|uid| !done.contains(uid)) {
                    let times = self.stuck.filter(|(at, _)| *at == uid).map_or(0, |(_, times)| times);
                    self.stuck = Some((uid, times + 1));
                }
            }
            Err(_) => {}
        }
        (until, ended)
    }

    async fn take_some(
        &mut self,
        client: &mut Client,
        uids: &[u32],
        done: &mut BTreeSet<u32>,
    ) -> Result<(), FetchError> {
        if uids.is_empty() {
            return Ok(());
        }
        if let (Some((at, times)), [uid]) = (self.stuck, uids)
            && at == *uid
            && times >= STUCK
        {
            self.hold_back(*uid).await?;
            done.insert(*uid);
            return Ok(());
        }
        let sizes = sizes(client, uids).await?;
        // What has no size was deleted meanwhile.
        done.extend(uids.iter().filter(|uid| !sizes.contains_key(uid)));
        let limit = self.room.limit();
        let (large, small): (Vec<u32>, Vec<u32>) = sizes.keys().partition(|uid| u64::from(sizes[uid]) > limit);
        let mut taken = Vec::new();
        if !small.is_empty() {
            let mut asked = client.fetch(&small, "(UID BODY.PEEK[])").await?;
            let most = usize::try_from(limit).unwrap_or(usize::MAX);
            // A server may answer about mails that it was not asked about, or twice.
            while let Some(mail) = client.next(&mut asked, most, HEAD).await? {
                if small.contains(&mail.uid) && !done.contains(&mail.uid) && mail.body.is_some() {
                    let uid = mail.uid;
                    self.receive_one(mail).await?;
                    done.insert(uid);
                    taken.push(uid);
                }
            }
            for uid in small.iter().filter(|uid| !taken.contains(uid)) {
                // It has a size and no text. Deleted at this moment, or never to be had.
                if sizes_again(client, *uid).await? {
                    self.hold_back(*uid).await?;
                }
                done.insert(*uid);
            }
        }
        for uid in large {
            let size = sizes.get(&uid).copied().unwrap_or_default();
            let mut asked = client.fetch(&[uid], &format!("(UID BODY.PEEK[]<0.{HEAD}>)")).await?;
            let mut head = Vec::new();
            while let Some(mail) = client.next(&mut asked, HEAD, HEAD).await? {
                if mail.uid == uid {
                    head = mail.body.unwrap_or_default();
                }
            }
            self.hold_large(uid, &head, i64::from(size)).await?;
            done.insert(uid);
            taken.push(uid);
        }
        taken.sort_unstable();
        self.settle(client, &taken).await;
        Ok(())
    }

    async fn receive_one(&self, mail: Fetched) -> Result<(), FetchError> {
        let (uid, bytes) = (mail.uid, mail.body.unwrap_or_default());
        if let Some(size) = mail.cut {
            // It said that it was smaller than it is.
            return Ok(self.hold_large(uid, &bytes, i64::try_from(size).unwrap_or(i64::MAX)).await?);
        }
        let outcome = receive(&self.app, &self.room, bytes, &self.mailbox).await?;
        self.came(uid, &outcome);
        Ok(())
    }

    async fn hold_large(&self, uid: u32, head: &[u8], size: i64) -> Result<(), ReceiveError> {
        let outcome = hold_large(&self.app, &self.room, head, size, &self.mailbox).await?;
        self.came(uid, &outcome);
        Ok(())
    }

    /// A mail that the server does not give out is not in the way of the next; it stays where it is.
    async fn hold_back(&self, uid: u32) -> Result<(), ReceiveError> {
        let head = format!("{} {uid}\n", self.mailbox);
        hold(&self.app, head.as_bytes(), head.len() as i64, &self.mailbox, Why::Unfetchable, "").await?;
        Ok(())
    }

    fn came(&self, uid: u32, outcome: &Outcome) {
        self.room.health().did(&self.name, self.app.clock.now());
        tracing::info!(mailbox = self.mailbox, uid, mail = %outcome.mail, decision = %outcome.decision, why = %outcome.why, repeated = outcome.repeated, "a mail came");
    }
}

/// How large these mails are, as the server says; without those that are gone.
async fn sizes(client: &mut Client, uids: &[u32]) -> Result<BTreeMap<u32, u32>, FetchError> {
    let mut found = BTreeMap::new();
    let mut asked = client.fetch(uids, "(UID RFC822.SIZE)").await?;
    while let Some(mail) = client.next(&mut asked, HEAD, HEAD).await? {
        if let Some(size) = mail.size
            && uids.contains(&mail.uid)
        {
            found.insert(mail.uid, size);
        }
    }
    Ok(found)
}

async fn sizes_again(client: &mut Client, uid: u32) -> Result<bool, FetchError> {
    Ok(sizes(client, &[uid]).await?.contains_key(&uid))
}
