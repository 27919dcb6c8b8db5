//! Accounts of staff: roles, password, team.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base::clock::{HOUR, Moment};
use base::db::{Result, Tx};
use ledger::person::PersonId;
use tokio::sync::Semaphore;

use super::links::{Purpose, make_link};
use super::store;
use crate::actor::Roles;

/// Somebody with roles. Customers have no account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// What they may be.
    pub roles: Roles,
    /// Argon2id in PHC form; without one they sign in by a link.
    pub password_hash: Option<String>,
    /// The team they work in.
    pub team: Option<String>,
}

/// Makes an account or changes it.
pub fn save_account(tx: &mut Tx, account: &Account) -> Result<()> {
    store::save_account(tx, account)
}

/// Argon2id of a password, in PHC form with its own salt. Takes tens of milliseconds: keep it off the async threads.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn password_hash(password: &str) -> std::result::Result<String, String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

/// Whether this is the password. Without a hash the work is done all the same, so that the time it takes does not tell
/// whether there is such an account.
pub(super) async fn is_password(password: String, hash: Option<String>) -> bool {
    // Each takes 19 MB and a core: a crowd that signs in at nine waits a little instead of filling the memory.
    static AT_ONCE: Semaphore = Semaphore::const_new(2);
    let Ok(_turn) = AT_ONCE.acquire().await else { return false };
    tokio::task::spawn_blocking(move || matches(&password, hash.as_deref())).await.unwrap_or(false)
}

fn matches(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
        yMdy0d3sXpFVWvWNIZ0NqCQnvQkKkfQGGNqMQVQ0Hn8";
    let matches = Argon2::default().verify_password(password.as_bytes(), hash.unwrap_or(NOBODY)).is_ok();
    matches && hash.is_some()
}

/// The token of a one-time link with which the first administrator sets the desk up; `None` when there is one already.
pub fn set_up_link(tx: &mut Tx, now: Moment) -> Result<Option<String>> {
    if store::has_admin(tx)? {
        return Ok(None);
    }
    make_link(tx, Purpose::SetUp, None, "/admin", now, 24 * HOUR).map(Some)
}
