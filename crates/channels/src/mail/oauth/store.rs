//! Every statement about tokens.

use base::clock::Moment;
use base::config::Secret;
use base::db::{Result, Row, Tx, params};

/// The tokens of one mailbox.
pub(super) struct Tokens {
    pub access: Secret,
    pub expires_at: Moment,
    pub refresh: Secret,
    pub given: String,
    pub consented_at: Moment,
    pub consent_until: Option<Moment>,
    pub consent_ended: bool,
    pub renewing_until: Moment,
    pub failures: i64,
    pub retry_at: Moment,
    pub error: Option<String>,
}

const COLUMNS: &str = "access_token, expires_at, refresh_token, given, consented_at, consent_until, consent_ended, \
     renewing_until, failures, retry_at, error";

fn tokens(row: &Row) -> Result<Tokens> {
    Ok(Tokens {
        access: Secret::new(row.read::<String>()?),
        expires_at: row.read()?,
        refresh: Secret::new(row.read::<String>()?),
        given: row.read()?,
        consented_at: row.read()?,
        consent_until: row.read()?,
        consent_ended: row.read::<i64>()? != 0,
        renewing_until: row.read()?,
        failures: row.read()?,
        retry_at: row.read()?,
        error: row.read()?,
    })
}

/// The tokens of this address.
pub(super) fn find(tx: &mut Tx, address: &str) -> Result<Option<Tokens>> {
    tx.first(&format!("SELECT {COLUMNS} FROM mail_tokens WHERE address = $1"), params![address], tokens)
}

/// Begins anew with this refresh token. `given` is the digest of the one in the configuration.
pub(super) fn begin(tx: &mut Tx, address: &str, refresh: &Secret, given: &str, now: Moment) -> Result<()> {
    tx.execute(
        "INSERT INTO mail_tokens (address, access_token, expires_at, refresh_token, given, consented_at, consent_ended,
             renewing_until, failures, retry_at)
         VALUES ($1, '', 0, $2, $3, $4, 0, 0, 0, 0)
         ON CONFLICT (address) DO UPDATE SET access_token = '', expires_at = 0, refresh_token = $2, given = $3,
             consented_at = $4, consent_until = NULL, consent_ended = 0, renewing_until = 0, failures = 0, retry_at = 0,
             error = NULL",
        params![address, refresh.expose(), given, now],
    )?;
    Ok(())
}

/// Takes the right to renew.
pub(super) fn set_renewing(tx: &mut Tx, address: &str, until: Moment) -> Result<()> {
    tx.execute("UPDATE mail_tokens SET renewing_until = $1 WHERE address = $2", params![until, address])?;
    Ok(())
}

/// What a provider gave out.
pub(super) struct Given {
    pub access: Secret,
    pub expires_at: Moment,
    /// The refresh token to use next, which may be the one that was used.
    pub refresh: Secret,
    pub consent_until: Option<Moment>,
}

/// Records what the provider gave out for the refresh token `used`; whether that was still the one to use.
pub(super) fn renewed(tx: &mut Tx, address: &str, used: &Secret, given: &Given) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE mail_tokens SET access_token = $1, expires_at = $2, refresh_token = $3, consent_until = $4,
             consent_ended = 0, renewing_until = 0, failures = 0, retry_at = 0, error = NULL
         WHERE address = $5 AND refresh_token = $6",
        params![
            given.access.expose(),
            given.expires_at,
            given.refresh.expose(),
            given.consent_until,
            address,
            used.expose()
        ],
    )?;
    Ok(changed == 1)
}

/// Records that the provider gave nothing out for the refresh token `used`.
pub(super) fn failed(
    tx: &mut Tx,
    address: &str,
    used: &Secret,
    (ended, retry_at, error): (bool, Moment, &str),
) -> Result<()> {
    tx.execute(
        "UPDATE mail_tokens SET consent_ended = $1, renewing_until = 0, failures = failures + 1, retry_at = $2, error = $3
         WHERE address = $4 AND refresh_token = $5",
        params![i64::from(ended), retry_at, error, address, used.expose()],
    )?;
    Ok(())
}

/// Records that a mail server refused this access token: it is not used again.
pub(super) fn expire(tx: &mut Tx, address: &str, access: &Secret) -> Result<()> {
    tx.execute(
        "UPDATE mail_tokens SET expires_at = 0 WHERE address = $1 AND access_token = $2",
        params![address, access.expose()],
    )?;
    Ok(())
}
