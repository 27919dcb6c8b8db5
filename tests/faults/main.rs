//! What is left of a desk that was killed: everything it acknowledged, once, and copies that agree with it.
//!
//! `THEDESK_TEST_KILLS` says how often (50), `THEDESK_TEST_SEED` repeats the moments of an earlier run.

mod book;
mod copies;
mod crowd;
mod storm;

/// `bin/test faults` runs what is in here.
mod under_faults {
    use testkit::{folder, postgres};

    use crate::storm::{Result, Storm, wanted_kills};

    #[test]
    fn kills_lose_nothing_on_sqlite() -> Result<()> {
        let folder = folder::on_disk("kills")?;
        Storm { data: folder.path(), database_url: None, kills: wanted_kills() }.rages()
    }

    /// The server lives on; each kill breaks the connections that its transactions run on.
    #[test]
    fn kills_lose_nothing_on_postgres() -> Result<()> {
        let folder = folder::on_disk("kills")?;
        let server = postgres::shared()?;
        let url = server.create_database(None)?;
        let outcome =
            Storm { data: folder.path(), database_url: Some(&url), kills: wanted_kills().div_ceil(5) }.rages();
        server.drop_database(&url)?;
        outcome
    }
}
