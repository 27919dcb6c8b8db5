//! A port of 127.0.0.1 that nobody else takes while it is held.
//!
//! Asking the system for port 0 and closing it again lets another test process, or any outgoing connection, take the
//! port before the server binds it. So ports come from below the range of outgoing connections, and a lock file keeps
//! other test processes of the same user away.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::sync::atomic::{AtomicU16, Ordering};

use crate::Error;
use crate::error::io;

/// Linux hands out 32768 and up for outgoing connections; below 20000 is where people run their own servers.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

/// A reserved port; the reservation ends when this is dropped.
#[derive(Debug)]
pub struct Port {
    number: u16,
    _lock: File,
}

impl Port {
    /// Reserves a free port.
    pub fn reserve() -> Result<Port, Error> {
        static NEXT: AtomicU16 = AtomicU16::new(0);
        let folder = std::env::temp_dir().join(format!("thedesk-ports-{}", own_user()?));
        fs::create_dir_all(&folder).map_err(io(format!("make the folder {}", folder.display())))?;
        // Test processes start at different places, so that they seldom try each other's ports.
        let start = u16::try_from(std::process::id().wrapping_mul(131) % u32::from(COUNT)).unwrap_or(0);
        for _ in 0..COUNT {
            let step = NEXT.fetch_add(1, Ordering::Relaxed);
            let number = FIRST + (start.wrapping_add(step)) % COUNT;
            let path = folder.join(number.to_string());
            let lock = File::create(&path).map_err(io(format!("open the lock file {}", path.display())))?;
            if lock.try_lock().is_ok() && TcpListener::bind(("127.0.0.1", number)).is_ok() {
                return Ok(Port { number, _lock: lock });
            }
        }
        Err(Error::TimedOut {
            what: "a free port".into(),
            waited: std::time::Duration::ZERO,
            seen: format!("every port from {FIRST} to {} in use", FIRST + COUNT - 1),
        })
    }

    /// The number, to listen on.
    pub fn number(&self) -> u16 {
        self.number
    }
}

/// The user that this process runs as.
pub(crate) fn own_user() -> Result<u32, Error> {
    Ok(fs::metadata("/proc/self").map_err(io("look at /proc/self"))?.uid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_reservations_never_share_a_number_and_both_can_be_bound() -> Result<(), Error> {
        let one = Port::reserve()?;
        let two = Port::reserve()?;
        assert_ne!(one.number(), two.number());
        TcpListener::bind(("127.0.0.1", one.number())).map_err(io("bind the first"))?;
        TcpListener::bind(("127.0.0.1", two.number())).map_err(io("bind the second"))?;
        Ok(())
    }
}
