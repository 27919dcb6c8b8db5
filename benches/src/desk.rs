//! The desk under load: the release binary on a copy of a filled folder, and agents who are signed in.

use std::path::Path;

use stories::client::Client;
use tempfile::TempDir;
use testkit::desk::Process;
use tokio::runtime::Runtime;

use crate::Result;
use crate::fill::{Filled, PASSWORD, agent_email};
use crate::machine::{copy, memory_of};
use crate::row::Row;

/// As many agents are signed in.
pub(crate) const AGENTS: usize = 8;

/// A running desk on a folder of its own.
pub(crate) struct Loaded {
    // Order matters: the process ends before its folder goes.
    process: Process,
    folder: TempDir,
}

impl Loaded {
    /// Starts it on a copy of `filled`.
    pub(crate) fn start(filled: &Filled) -> Result<Self> {
        let folder = copy_of(filled)?;
        let process = serve(folder.path())?;
        Ok(Self { process, folder })
    }

    /// Where it answers.
    pub(crate) fn url(&self) -> String {
        self.process.url()
    }

    /// Where its data is.
    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// Agents who are signed in, each with a browser.
    pub(crate) fn agents(&self, runtime: &Runtime) -> Result<Vec<Client>> {
        let signed_in = async {
            let mut agents = Vec::with_capacity(AGENTS);
            for number in 0..AGENTS {
                let mut client = Client::new(&self.url()).accepting("br");
                client.sign_in(&agent_email(number), PASSWORD).await?;
                agents.push(client);
            }
            Ok(agents)
        };
        runtime.block_on(signed_in)
    }

    /// What it holds in memory after everything that was asked of it.
    pub(crate) fn memory_under_load(&self, filled: &Filled) -> Result<Row> {
        let megabytes =
            |field| Ok::<_, Box<dyn std::error::Error + Send + Sync>>(memory_of(self.process.id(), field)? / 1000);
        let (peak, own, mapped) = (megabytes("VmHWM")?, megabytes("RssAnon")?, megabytes("RssFile")?);
        Ok(Row {
            work: format!("memory with {} tickets under the load above", filled.tickets),
            measured: format!("{peak} MB at most; at the end {own} MB its own, {mapped} MB of files"),
            bar: "<= 200 MB",
            yardstick: "FreeScout 640 MB, osTicket 760 MB, django-helpdesk 1.0 GB, RT 2.8 GB",
            met: Some(peak <= 200),
        })
    }
}

/// A copy of the filled folder, beside it, so that it is on the same disk.
pub(crate) fn copy_of(filled: &Filled) -> Result<TempDir> {
    let beside = filled.folder.parent().unwrap_or(&filled.folder);
    let folder = tempfile::Builder::new().prefix("copy-").tempdir_in(beside)?;
    copy(&filled.folder, folder.path())?;
    Ok(folder)
}

/// The desk on this data folder, ready.
pub(crate) fn serve(data: &Path) -> Result<Process> {
    let data = data.display().to_string();
    Ok(Process::start(&["serve", "--data", &data])?)
}
