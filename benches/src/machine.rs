//! The shape of the machine, without its name.

use std::fs::File;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::Result;
use crate::load::span;

/// What figures depend on.
pub(crate) struct Shape {
    /// The day.
    pub date: String,
    /// Cores that we may use.
    pub cores: usize,
    /// Memory.
    pub gigabytes: u64,
    /// A durable write of 4 kB: the middle and the 99th percentile.
    pub sync: (String, String),
}

impl Shape {
    /// Looks, and measures the disk that `folder` is on.
    pub(crate) fn look(folder: &Path) -> Result<Self> {
        let memory = std::fs::read_to_string("/proc/meminfo")?;
        let sync = sync(folder)?;
        let today = base::clock::Clock::default().now().to_string();
        Ok(Self {
            date: today.chars().take(10).collect(),
            cores: std::thread::available_parallelism()?.get(),
            gigabytes: kilobytes(&memory, "MemTotal").unwrap_or(0).div_ceil(1_000_000),
            sync: (span(sync.0), span(sync.1)),
        })
    }
}

/// How long a durable write of 4 kB takes: the middle and the 99th percentile of 300.
fn sync(folder: &Path) -> Result<(Duration, Duration)> {
    let mut file = tempfile::tempfile_in(folder)?;
    let page = [7u8; 4096];
    let mut each: Vec<Duration> = Vec::with_capacity(300);
    for place in 0..300 {
        file.seek(std::io::SeekFrom::Start(place % 64 * 4096))?;
        let begun = Instant::now();
        file.write_all(&page)?;
        file.sync_data()?;
        each.push(begun.elapsed());
    }
    each.sort_unstable();
    Ok((each[150], each[297]))
}

/// A figure of a process in kilobytes: `VmRSS`, `VmHWM`, `RssAnon`.
pub(crate) fn memory_of(process: u32, field: &str) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    kilobytes(&status, field).ok_or_else(|| format!("the system does not tell {field}").into())
}

fn kilobytes(text: &str, field: &str) -> Option<u64> {
    let line = text.lines().find(|line| line.split(':').next() == Some(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The folder that our own binary is in.
pub(crate) fn beside_the_binary() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own.parent().unwrap_or(Path::new(".")).to_owned())
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
            // What is measured later must not pay for this copy's way to the disk.
            File::open(&target)?.sync_all()?;
        }
    }
    Ok(())
}
