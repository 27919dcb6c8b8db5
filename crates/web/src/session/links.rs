//! One-time links: the way in for people without a password. Opening one does nothing (mail scanners open links);
//! the page it shows has a button that does.

use base::clock::Moment;
use base::db::{Result, Tx};
use ledger::person::PersonId;

use super::store;

base::code::define! {
    /// What a link opens.
    pub enum Purpose {
        /// Signs a person in.
        SignIn = "sign-in",
        /// Makes the first administrator.
        SetUp = "set-up",
    }
}

/// Makes a link that lasts `lifetime` milliseconds and leads to `target`; gives its token.
pub fn make_link(
    tx: &mut Tx,
    purpose: Purpose,
    person: Option<PersonId>,
    target: &str,
    now: Moment,
    lifetime: i64,
) -> Result<String> {
    let token = base::id::token();
    store::insert_link(tx, &base::id::digest(&token), purpose.as_str(), person, target, now.plus(lifetime))?;
    Ok(token)
}
