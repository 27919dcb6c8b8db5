//! What becomes of mails in the mailbox once they are stored. Should it fail, nothing is lost and nothing comes twice.

use base::config::After;

use super::Reader;
use super::imap::{Client, name};
use crate::mail::link::Trouble;

impl Reader {
    /// Flags, moves or deletes these mails, as the operator set it.
    pub(super) async fn settle(&self, client: &mut Client, uids: &[u32]) {
        if uids.is_empty() {
            return;
        }
        let settled = match self.imap.after {
            After::Keep => flag(client, uids, "\\Seen").await,
            After::Move => move_to(client, uids, &self.imap.done_folder).await,
            After::Delete => delete(client, uids).await,
        };
        if let Err(trouble) = settled {
            let uids = name::set(uids);
            tracing::warn!(mailbox = self.mailbox, uids, "mails are stored, and stay as they are: {trouble}");
        }
    }
}

async fn flag(client: &mut Client, uids: &[u32], flag: &str) -> Result<(), Trouble> {
    client.tell(&format!("UID STORE {} +FLAGS.SILENT ({flag})", name::set(uids))).await
}

async fn move_to(client: &mut Client, uids: &[u32], folder: &str) -> Result<(), Trouble> {
    let (set, folder) = (name::set(uids), name::folder(folder));
    // Whoever looks into the other folder sees that they are done.
    flag(client, uids, "\\Seen").await?;
    if client.can("MOVE") {
        return client.tell(&format!("UID MOVE {set} {folder}")).await;
    }
    client.tell(&format!("UID COPY {set} {folder}")).await?;
    delete(client, uids).await
}

async fn delete(client: &mut Client, uids: &[u32]) -> Result<(), Trouble> {
    flag(client, uids, "\\Deleted").await?;
    if client.can("UIDPLUS") {
        return client.tell(&format!("UID EXPUNGE {}", name::set(uids))).await;
    }
    // EXPUNGE removes whatever anybody flagged. Where others did, ours stay flagged, which hides them in most programs.
    let flagged = client.search("DELETED").await?;
    if flagged.iter().all(|uid| uids.contains(uid)) { client.tell("EXPUNGE").await } else { Ok(()) }
}
