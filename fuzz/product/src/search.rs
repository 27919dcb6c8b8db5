//! What must hold for any question to the index, and for what is shown of any text.

use std::sync::LazyLock;

use base::clock::Moment;
use base::index::{AGENTS, Document, EVERYONE, Index, Marked, Query, Reader};

/// An index of a few documents, and its folder.
static INDEX: LazyLock<(Index, tempfile::TempDir)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::open(folder.path()).expect("an index");
    let document = |id: i64, title: &str, body: &str, reader: i64| Document {
        kind: if id % 2 == 0 { "ticket" } else { "article" }.to_owned(),
        id,
        title: title.to_owned(),
        body: body.to_owned(),
        exact: vec![format!("D-{}", 1_000 + id)],
        at: Moment(1_772_442_000_000 - id * 86_400_000),
        readers: vec![reader],
        tags: vec!["Printer".to_owned(), "Straße".to_owned()],
    };
    let documents = [
        document(1, "The printer on floor 3 is stuck", "Toner is low.\nÖl für die Türe, Größe 12.", EVERYONE),
        document(2, "VPN keeps dropping", "Every ten minutes, since Monday. printer printers printed", AGENTS),
        document(3, "Drucker druckt nicht", "Der Drucker im 3. Stock. Müller, Mueller, Muller.", 77),
        document(4, "東京 office", "受信箱 is empty; نص عربي; naïve café", EVERYONE),
        document(5, "", "", EVERYONE),
    ];
    index.update(&documents, &[], "1").expect("documents go in");
    (index, folder)
});

/// A question; its first byte says who asks, and how.
pub fn search(data: &[u8]) {
    let Some((&how, words)) = data.split_first() else { return };
    let words = String::from_utf8_lossy(words);
    let (words, tag) = words.split_once('\u{1}').map_or((&*words, None), |(words, tag)| (words, Some(tag.to_owned())));
    let reader = [Reader::Desk, Reader::Person(77), Reader::Anyone, Reader::Person(-1)][usize::from(how & 3)];
    let limit = usize::from(how >> 2 & 3);
    let query = Query {
        words: words.to_owned(),
        kind: (how & 16 == 16).then(|| "ticket".to_owned()),
        tag,
        reader,
        now: Moment(1_772_442_000_000),
        limit,
        offset: usize::from(how >> 5),
    };
    let found = INDEX.0.search(&query).expect("any question is answered");
    assert!(found.hits.len() <= limit && found.total >= found.hits.len() && found.total <= 5);
    assert!(found.hits.windows(2).all(|two| two[0].score >= two[1].score), "not in order");
    for hit in &found.hits {
        let allowed: &[i64] = match reader {
            Reader::Desk => &[1, 2, 4, 5],
            Reader::Person(77) => &[1, 3, 4, 5],
            Reader::Anyone => &[1, 4, 5],
            Reader::Person(_) => &[],
        };
        assert!(allowed.contains(&hit.id), "{reader:?} found {}", hit.id);
        marked(&hit.title);
        marked(&hit.snippet);
    }
    let (asked, text) = words.split_once('\n').unwrap_or((words, words));
    let (whole, part) = base::fuzzing::marked(asked, text);
    marked(&whole);
    marked(&part);
    assert_eq!(whole.text, text);
    assert!(part.text.len() <= 900, "{} bytes are shown", part.text.len());
}

/// What is marked are pieces of the text, in order, and together they are the text.
fn marked(text: &Marked) {
    let pieces = text.pieces();
    assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), text.text);
    assert!(text.marks.windows(2).all(|two| two[0].end <= two[1].start), "{:?}", text.marks);
}
