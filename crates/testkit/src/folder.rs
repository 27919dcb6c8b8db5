//! A temporary folder for a server, owned by the user that the server runs as.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::Error;
use crate::error::io;
use crate::port::own_user;

/// Whom a server runs as: `nobody` when the tests run as root (PostgreSQL and Dovecot's mail processes refuse root).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    /// The numeric user.
    pub uid: u32,
    /// The numeric group.
    pub gid: u32,
    switch: bool,
}

impl User {
    /// Looks up the user for servers.
    pub fn for_servers() -> Result<User, Error> {
        let own = own_user()?;
        let users = fs::read_to_string("/etc/passwd").map_err(io("read /etc/passwd"))?;
        let found = users.lines().find_map(|line| {
            let fields: Vec<&str> = line.split(':').collect();
            let (uid, gid) = (fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?);
            let wanted = if own == 0 { fields[0] == "nobody" } else { uid == own };
            wanted.then_some(User { uid, gid, switch: own == 0 })
        });
        found.ok_or_else(|| Error::Missing {
            program: "a line in /etc/passwd for the user that servers run as".into(),
            package: "base-passwd",
        })
    }

    /// Makes a command run as this user.
    pub(crate) fn runs(self, command: &mut Command) -> &mut Command {
        if self.switch { command.uid(self.uid).gid(self.gid) } else { command }
    }

    /// Gives a path to this user.
    pub(crate) fn owns(self, path: &Path) -> Result<(), Error> {
        if !self.switch {
            return Ok(());
        }
        chown(path, Some(self.uid), Some(self.gid)).map_err(io(format!("give {} to the servers' user", path.display())))
    }

    /// Makes a folder, with the parents that are missing below `root`, and gives all of them to this user.
    pub(crate) fn makes(self, root: &Path, below: &str) -> Result<PathBuf, Error> {
        let mut path = root.to_path_buf();
        for part in below.split('/') {
            path.push(part);
            match fs::create_dir(&path) {
                Ok(()) => self.owns(&path)?,
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(io(format!("make the folder {}", path.display()))(error)),
            }
        }
        Ok(path)
    }
}

/// A new folder, in memory where the machine has a writable `/dev/shm`, else on disk.
pub fn in_memory(name: &str) -> Result<TempDir, Error> {
    let shm = Path::new("/dev/shm");
    match tempfile::Builder::new().prefix(&format!("thedesk-{name}-")).tempdir_in(shm) {
        Ok(folder) => Ok(folder),
        Err(_) => on_disk(name),
    }
}

/// A new folder on disk, for tests where durability matters.
pub fn on_disk(name: &str) -> Result<TempDir, Error> {
    tempfile::Builder::new().prefix(&format!("thedesk-{name}-")).tempdir().map_err(io("make a temporary folder"))
}
