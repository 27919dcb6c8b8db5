//! Archives of mails on the command line.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn thedesk(arguments: &[&str], path: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thedesk")).args(arguments).arg(path).output().unwrap()
}

/// What a command printed, an object a line.
fn told(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn mail(from: &str, id: &str, answers: &str, subject: &str) -> String {
    let answers = if answers.is_empty() { String::new() } else { format!("References: <{answers}>\n") };
    format!(
        "From {from} Mon Mar  2 09:00:00 2026\nFrom: {from}\nTo: it@desk.example\nSubject: {subject}\n\
         Date: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <{id}>\n{answers}\nHello\n\n"
    )
}

#[test]
fn an_archive_is_looked_at_put_together_and_taken_in_once() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("Support");
    let mails = [
        mail("bo@lindenhof.example", "2@x", "1@x", "Re: Door"),
        mail("ana@lindenhof.example", "1@x", "", "Door"),
        mail("cleo@other.example", "3@x", "", "Door"),
    ];
    std::fs::write(&path, mails.concat()).unwrap();

    let conversations = told(&thedesk(&["mail", "thread", "--json"], &path));
    let ids = |conversation: &Value| -> Vec<String> {
        let messages = conversation["messages"].as_array().unwrap().iter();
        messages.map(|message| message["message_id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(conversations.iter().map(ids).collect::<Vec<_>>(), [vec!["2@x", "1@x"], vec!["3@x"]]);
    assert_eq!(conversations[0]["messages"][1]["evidence"], "answered");
    assert_eq!(conversations[1]["messages"][0]["evidence"], "new");

    let data = home.path().join("desk");
    let place = ["import", "--json", "--data", data.to_str().unwrap()];
    let dry = told(&thedesk(&[&place[..], &["--dry-run"]].concat(), &path));
    assert_eq!((dry[0]["mails"].as_u64(), dry[0]["done"].is_null()), (Some(3), true));
    assert!(!data.join("desk.db").exists(), "a dry run stores nothing");
    let first = told(&thedesk(&place, &path));
    assert_eq!((first[0]["done"]["opened"].as_u64(), first[0]["done"]["closed"].as_u64()), (Some(3), Some(3)));
    let again = told(&thedesk(&place, &path));
    assert_eq!((again[0]["done"]["opened"].as_u64(), again[0]["done"]["before"].as_u64()), (Some(0), Some(3)));
}

#[test]
fn what_is_no_archive_is_refused_with_a_reason() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("desk");
    let place = ["import", "--data", data.to_str().unwrap()];
    for (name, content, words) in
        [("empty.mbox", "", "holds no mail"), ("packed.mbox.gz", "\x1f", "gunzip"), ("gone.eml", "-", "cannot read")]
    {
        let path = home.path().join(name);
        if content != "-" {
            std::fs::write(&path, content).unwrap();
        }
        let output = thedesk(&place, &path);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(words), "{name}: {said}");
    }
}
