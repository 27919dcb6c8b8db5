//! A look at the mailboxes on the command line.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::process::Command;

#[test]
fn line_74_a_mailbox_that_cannot_be_reached_is_told_with_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    // A port of which nobody listens: it was ours a moment ago.
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let config = format!(
        "[[mail.accounts]]\naddress = \"it@desk.example\"\n[mail.accounts.imap]\nhost = \"127.0.0.1\"\nport = {port}\n\
         user = \"it\"\npassword = \"hush-hush\"\n"
    );
    std::fs::write(home.path().join("thedesk.toml"), config).unwrap();
    let check = Command::new(env!("CARGO_BIN_EXE_thedesk"))
        .args(["mail", "check", "--data"])
        .arg(home.path())
        .output()
        .unwrap();
    let (said, complained) = (String::from_utf8_lossy(&check.stdout), String::from_utf8_lossy(&check.stderr));
    assert_eq!(check.status.code(), Some(1), "{said}{complained}");
    assert!(said.contains("it@desk.example") && said.contains("FAILED Reading: Connect"), "{said}");
    assert!(said.contains("Nobody listens at this port."), "{said}");
    assert!(!said.contains("hush") && !complained.contains("hush"), "{said}{complained}");
}
