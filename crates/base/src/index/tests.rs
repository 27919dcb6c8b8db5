//! What only the inside of the index shows: how its segments are merged.

use super::*;
use crate::clock::Moment;

fn documents(ids: std::ops::Range<i64>) -> Vec<Document> {
    let one = |id| Document {
        kind: "ticket".to_owned(),
        id,
        title: String::new(),
        body: "a ticket".to_owned(),
        exact: vec![],
        at: Moment(0),
        readers: vec![AGENTS],
        tags: vec![],
    };
    ids.map(one).collect()
}

/// What a process leaves behind that is killed when many segments wait to be merged: one of them had a deletion in
/// the very last commit. The next process merges them while its first update replaces a document of that segment.
#[test]
fn a_merge_during_the_first_update_leaves_no_document_twice() {
    let home = tempfile::tempdir().unwrap();
    let index = Index::open(home.path()).unwrap();
    let mut writer = index.new_writer().unwrap();
    writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
    for part in 0..12 {
        // The first segment is the largest: a merge goes by its place among the deletions.
        let ids = if part == 0 { 0..40 } else { 100 * part..100 * part + 10 };
        index.write(&mut writer, &documents(ids), &[], "before").unwrap();
    }
    index.write(&mut writer, &documents(105..106), &[], "before").unwrap();
    drop(writer);
    drop(index);

    let index = Index::open(home.path()).unwrap();
    let segments = || index.engine.searchable_segment_ids().unwrap().len();
    let before = segments();
    index.update(&documents(107..108), &[], "after").unwrap();
    let writer = index.writer.lock().unwrap().take().unwrap();
    writer.wait_merging_threads().unwrap();
    assert!(segments() < before, "the segments were merged");
    index.reader.reload().unwrap();
    assert_eq!(index.count(), 40 + 11 * 10);
}
