//! One server that takes letters: which of them are its, how many may be on their way, and how many it takes a day.
//!
//! Each has lanes of its own, so that a server that does not answer holds up nobody else's letters.

use std::sync::Arc;

use base::clock::{DAY, Moment};
use base::config::Smtp;
use base::db::{Result, Tx};
use ledger::outbox::{self, Whose};
use tokio::sync::Semaphore;

use crate::mail::mailroom::Mailroom;

/// Letters on their way at once, by each server.
const AT_ONCE: usize = 4;

/// A server with its letters.
pub(super) struct Lane {
    /// The account's address.
    pub address: String,
    /// Where letters go; nowhere when they are simulated.
    pub server: Option<Smtp>,
    /// What it is called in reports.
    pub name: String,
    pub free: Arc<Semaphore>,
    /// Addresses whose letters are its own; the first server has all that are no other's instead.
    own: Vec<String>,
    others: Vec<String>,
    is_first: bool,
}

impl Lane {
    /// All of them.
    pub(super) fn all(room: &Mailroom, simulated: bool) -> Vec<Arc<Self>> {
        let servers = if simulated { Vec::new() } else { room.servers() };
        let lanes = servers.iter().enumerate().map(|(place, (account, own))| Self {
            address: account.address.clone(),
            server: account.smtp.clone(),
            name: name(account.smtp.as_ref()),
            free: Arc::new(Semaphore::new(AT_ONCE)),
            own: (*own).clone(),
            others: servers.iter().skip(1).flat_map(|(_, own)| own.iter().cloned()).collect(),
            is_first: place == 0,
        });
        let mut lanes: Vec<Arc<Self>> = lanes.map(Arc::new).collect();
        if simulated {
            lanes.push(Arc::new(Self {
                address: String::new(),
                server: None,
                name: name(None),
                free: Arc::new(Semaphore::new(AT_ONCE)),
                own: Vec::new(),
                others: Vec::new(),
                is_first: true,
            }));
        }
        lanes
    }

    /// Which letters are its.
    pub(super) fn whose(&self) -> Whose<'_> {
        if self.is_first { Whose::AllBut(&self.others) } else { Whose::Any(&self.own) }
    }

    /// How many letters it takes within a day, when that is limited.
    pub(super) fn a_day(&self) -> Option<i64> {
        self.server.as_ref().and_then(|server| server.letters_a_day).map(i64::from)
    }

    /// How many letters it may still take today, and how many wait; nothing when that is not limited.
    pub(super) fn left(&self, tx: &mut Tx, now: Moment) -> Result<Option<(i64, i64)>> {
        let Some(most) = self.a_day() else { return Ok(None) };
        let sent = outbox::sent_by(tx, &self.address, now.plus(-DAY))?;
        let left = (most - sent).max(0);
        let waiting = if left == 0 { outbox::waiting_from(tx, self.whose())? } else { 0 };
        Ok(Some((left, waiting)))
    }
}

fn name(server: Option<&Smtp>) -> String {
    match server {
        Some(server) => format!("sending {}:{}", server.host, server.port()),
        None => "sending (simulated)".to_owned(),
    }
}
