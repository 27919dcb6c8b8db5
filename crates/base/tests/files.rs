//! Files in a local folder.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use base::file::{FileError, Files, Key};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};

fn files(limit: u64) -> (tempfile::TempDir, Files) {
    let home = tempfile::tempdir().unwrap();
    let files = Files::in_folder(&home.path().join("files"), limit).unwrap();
    (home, files)
}

fn pieces(count: usize, size: usize) -> impl futures::Stream<Item = Result<Bytes, String>> + Send {
    stream::iter((0..count).map(move |number| Ok(Bytes::from(vec![number as u8; size]))))
}

/// How many files there are below the folder, unfinished ones too.
fn count(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
}

#[tokio::test]
async fn what_is_put_is_got_until_it_is_deleted() {
    let (_home, files) = files(1_000);
    let stored = files.put("Grüße".as_bytes().to_vec()).await.unwrap();
    assert_eq!(stored.size, 7);
    assert_eq!(stored.digest, base::id::digest("Grüße"));
    assert_eq!(files.get(&stored.key).await.unwrap(), "Grüße".as_bytes());
    assert_eq!(Key::parse(stored.key.as_str()), Some(stored.key.clone()));
    files.delete(&stored.key).await.unwrap();
    files.delete(&stored.key).await.unwrap();
    let gone = files.get(&stored.key).await.unwrap_err();
    assert!(matches!(gone, FileError::Missing(_)), "{gone}");
}

#[tokio::test]
async fn the_same_content_twice_is_two_files() {
    let (_home, files) = files(1_000);
    let (one, two) = (files.put("a").await.unwrap(), files.put("a").await.unwrap());
    assert_eq!(one.digest, two.digest);
    files.delete(&one.key).await.unwrap();
    assert_eq!(files.get(&two.key).await.unwrap(), "a");
}

#[tokio::test]
async fn a_stream_is_stored_whole_and_read_in_pieces() {
    let (_home, files) = files(100_000_000);
    let stored = files.put_stream(pieces(12, 1_000_003)).await.unwrap();
    assert_eq!(stored.size, 12 * 1_000_003);
    let (size, content) = files.stream(&stored.key).await.unwrap();
    let read: Vec<u8> = content.map_ok(|piece| piece.to_vec()).try_concat().await.unwrap();
    assert_eq!((size, read.len()), (stored.size, 12 * 1_000_003));
    assert!(read.iter().enumerate().all(|(place, byte)| usize::from(*byte) == place / 1_000_003));
    let empty = files.put_stream(stream::empty::<Result<Bytes, String>>()).await.unwrap();
    assert_eq!(files.get(&empty.key).await.unwrap(), "");
}

#[tokio::test]
async fn too_much_is_refused_with_what_to_do_and_leaves_nothing() {
    let (home, files) = files(1_000);
    assert!(files.put(vec![0; 1_000]).await.is_ok());
    let refused = files.put(vec![0; 1_001]).await.unwrap_err();
    assert!(refused.to_string().contains("limits.upload_bytes"), "{refused}");
    let refused = files.put_stream(pieces(3, 400)).await.unwrap_err();
    assert!(matches!(refused, FileError::TooLarge { limit: 1_000 }), "{refused}");
    let broken = pieces(2, 10).chain(stream::iter([Err("the line went dead".to_owned())]));
    let refused = files.put_stream(broken).await.unwrap_err();
    assert!(refused.to_string().contains("the line went dead"), "{refused}");
    assert_eq!(count(home.path()), 1);
}

#[test]
fn a_key_never_leads_elsewhere() {
    for text in ["", "../../etc/passwd", "abcdefghijklmnopqrstuvwxyz23456/", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"] {
        assert_eq!(Key::parse(text), None, "{text}");
        assert!(serde_json::from_str::<Key>(&format!("{text:?}")).is_err());
    }
}

#[test]
fn a_folder_that_cannot_be_is_named() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("files"), "in the way").unwrap();
    let refused = Files::in_folder(&home.path().join("files"), 1).unwrap_err();
    assert!(refused.to_string().contains("make it writable"), "{refused}");
}

#[tokio::test]
async fn many_files_are_stored_together() {
    let (home, files) = files(1_000);
    let contents: Vec<Bytes> = (0..300).map(|number| Bytes::from(format!("file {number}"))).collect();
    let stored = files.put_all(contents.clone()).await.unwrap();
    assert_eq!(count(&home.path().join("files")), 300);
    for (stored, content) in stored.iter().zip(&contents) {
        assert_eq!(files.get(&stored.key).await.unwrap(), content);
        assert_eq!((stored.size, stored.digest.len()), (content.len() as u64, 64));
    }
    let refused = files.put_all(vec![Bytes::from(vec![0; 1_001])]).await.unwrap_err();
    assert!(matches!(refused, FileError::TooLarge { limit: 1_000 }), "{refused}");
    assert!(files.put_all(Vec::new()).await.unwrap().is_empty());
}
