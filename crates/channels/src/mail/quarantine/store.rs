//! Statements about mails as agents look for them: what is held back, what was left out, and any mail at all.

use base::db::{Result, Tx, params};

use super::super::MailId;
use super::super::model::{Decision, Mail, Why};
use super::super::store::{COLUMNS, find, mail};

/// How many mails one search looks at that does not name an address or a Message-ID.
const LOOKED_AT: usize = 20_000;
/// How many of them at a time.
const AT_A_TIME: i64 = 1_000;

/// Mails of which this was decided (and for this reason, when one is given), older than `before`, newest first.
pub(super) fn list(tx: &mut Tx, decision: Decision, why: Option<Why>, before: MailId, limit: i64) -> Result<Vec<Mail>> {
    if let Some(why) = why {
        let sql = format!(
            "SELECT {COLUMNS} FROM mails WHERE decision = $1 AND why = $2 AND id < $3 ORDER BY id DESC LIMIT $4"
        );
        return tx.query(&sql, params![decision, why, before, limit], mail);
    }
    let sql = format!("SELECT {COLUMNS} FROM mails WHERE decision = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    tx.query(&sql, params![decision, before, limit], mail)
}

/// How many mails are held back, by reason.
pub(super) fn waiting(tx: &mut Tx) -> Result<Vec<(Why, i64)>> {
    let sql = "SELECT why, COUNT(*) FROM mails WHERE decision = $1 GROUP BY why ORDER BY why";
    tx.query(sql, params![Decision::Quarantined], |row| Ok((row.read()?, row.read()?)))
}

/// How often a mail was tried, and by which version last.
pub(super) fn tries(tx: &mut Tx, id: MailId) -> Result<(i64, Option<String>)> {
    let sql = "SELECT tries, version FROM mails WHERE id = $1";
    tx.one(sql, params![id], |row| Ok((row.read()?, row.read()?)))
}

/// Notes that this version could not take a mail in.
pub(in crate::mail) fn set_version(tx: &mut Tx, id: MailId, version: &str) -> Result<()> {
    tx.execute("UPDATE mails SET version = $1 WHERE id = $2", params![version, id])?;
    Ok(())
}

/// Notes that this version tried once more, and why it could not.
pub(in crate::mail) fn tried(tx: &mut Tx, id: MailId, version: &str, why: Why, error: &str) -> Result<()> {
    let sql = "UPDATE mails SET version = $1, tries = tries + 1, why = $2, error = $3 WHERE id = $4 AND decision = $5";
    tx.execute(sql, params![version, why, error, id, Decision::Quarantined])?;
    Ok(())
}

/// The oldest mails after this one that could not be read or stored, and not by this version.
pub(super) fn failed_before(tx: &mut Tx, version: &str, after: MailId, limit: i64) -> Result<Vec<MailId>> {
    let sql = "SELECT id FROM mails WHERE decision = $1 AND id > $2 AND why IN ('unreadable', 'unstorable')
                 AND (version IS NULL OR version <> $3) ORDER BY id LIMIT $4";
    tx.query(sql, params![Decision::Quarantined, after, version, limit], |row| row.read())
}

/// What somebody looks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Everything.
    All,
    /// A whole address, or a Message-ID: found by an index, however long ago it was.
    Exact(String),
    /// Part of an address, a subject or a Message-ID, in lower case.
    Part(String),
}

impl Question {
    pub(super) fn parse(typed: &str) -> Self {
        let typed = typed.trim().trim_matches(['<', '>']).to_lowercase();
        let whole = typed.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'));
        match typed.as_str() {
            "" => Self::All,
            _ if whole && !typed.contains(char::is_whitespace) => Self::Exact(typed),
            _ => Self::Part(typed),
        }
    }
}

/// Mails that were found.
pub(super) struct Found {
    pub mails: Vec<Mail>,
    /// From where on to look for more; nothing when all were looked at.
    pub onward: Option<MailId>,
    /// The search ended before it had looked at all.
    pub broke_off: bool,
}

/// Mails older than `before` that answer the question, newest first.
pub(super) fn search(tx: &mut Tx, question: &Question, before: MailId, limit: usize) -> Result<Found> {
    let most = limit as i64 + 1;
    match question {
        Question::All => {
            let sql = format!("SELECT {COLUMNS} FROM mails WHERE id < $1 ORDER BY id DESC LIMIT $2");
            Ok(page_of(tx.query(&sql, params![before, most], mail)?, limit))
        }
        Question::Exact(words) => {
            let sql =
                format!("SELECT {COLUMNS} FROM mails WHERE LOWER(sender) = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
            let mut found = tx.query(&sql, params![words, before, most], mail)?;
            // A Message-ID is compared as it was written; most are in lower case, and the others are found by a part.
            let sql =
                format!("SELECT {COLUMNS} FROM mails WHERE message_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
            found.extend(tx.query(&sql, params![words, before, most], mail)?);
            found.sort_by_key(|mail| std::cmp::Reverse(mail.id));
            found.dedup_by_key(|mail| mail.id);
            Ok(page_of(found, limit))
        }
        Question::Part(words) => part(tx, words, before, limit),
    }
}

fn page_of(mut mails: Vec<Mail>, limit: usize) -> Found {
    let more = mails.len() > limit;
    mails.truncate(limit);
    let onward = if more { mails.last().map(|mail| mail.id) } else { None };
    Found { mails, onward, broke_off: false }
}

/// Looks at mails one after the other, and at so many at most: how letters are compared is then the same everywhere.
fn part(tx: &mut Tx, words: &str, before: MailId, limit: usize) -> Result<Found> {
    let sql = "SELECT id, sender, subject, message_id FROM mails WHERE id < $1 ORDER BY id DESC LIMIT $2";
    let (mut hits, mut last, mut looked_at) = (Vec::new(), before, 0);
    let onward = 'looking: loop {
        let rows: Vec<(MailId, bool)> = tx.query(sql, params![last, AT_A_TIME], |row| {
            let id = row.read()?;
            let texts =
                [row.read::<String>()?, row.read::<String>()?, row.read::<Option<String>>()?.unwrap_or_default()];
            Ok((id, texts.iter().any(|text| text.to_lowercase().contains(words))))
        })?;
        let ended = (rows.len() as i64) < AT_A_TIME;
        for (id, hit) in rows {
            (last, looked_at) = (id, looked_at + 1);
            if hit {
                hits.push(id);
            }
            if hits.len() == limit {
                break 'looking Some(last);
            }
        }
        if ended {
            break None;
        }
        if looked_at >= LOOKED_AT {
            break Some(last);
        }
    };
    let mut mails = Vec::with_capacity(hits.len());
    for id in &hits {
        mails.extend(find(tx, *id)?);
    }
    Ok(Found { mails, onward, broke_off: onward.is_some() && hits.len() < limit })
}

#[cfg(test)]
mod tests {
    use super::Question;

    #[test]
    fn a_whole_address_is_told_from_a_part() {
        assert_eq!(Question::parse(" Ana@Lindenhof.example "), Question::Exact("ana@lindenhof.example".to_owned()));
        assert_eq!(Question::parse("<1@x.example>"), Question::Exact("1@x.example".to_owned()));
        assert_eq!(Question::parse("Lindenhof"), Question::Part("lindenhof".to_owned()));
        assert_eq!(Question::parse("a b@c.d e"), Question::Part("a b@c.d e".to_owned()));
        assert_eq!(Question::parse(" "), Question::All);
    }
}
